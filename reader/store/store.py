"""The store's one face: every method is one transaction, or reads one moment.

Synchronous; each thread has its own connection. Raises StoreError when the file cannot
be used, NotFoundError for what is not there. It decides nothing: what to poll, what an
entry is and when to look again is known elsewhere.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

from reader.errors import StoreError
from reader.model import Article, Attribution, Entry, EntryRow, Feed, Follow
from reader.query import ALL, Query
from reader.store import (
    candidates,
    counts,
    entries,
    feeds,
    holds,
    journal,
    lists,
    moves,
    polls,
    schema,
    search,
    small,
    upkeep,
)
from reader.store.accounts import Accounts
from reader.store.connection import Connections, plain_trouble, reading, writing
from reader.store.filters import Filters, Rules, learning, saved
from reader.store.labels import Labels
from reader.store.reports import Reports
from reader.store.values import (
    Action,
    Counts,
    Ids,
    Move,
    Order,
    Poll,
    Saved,
    StoredReading,
)
from reader.store.wishes import Wishes


class Store:
    """Everything that is kept, in one SQLite file, made when it is not there."""

    def __init__(self, path: Path, patience: float = 5.0) -> None:
        """Open the file; `patience` is how long a lock is waited for, in seconds."""
        self.path, self._connections = path, Connections(path, patience)
        self.uncertain = self._connections.uncertain  # left open: a check is due
        self.labels = Labels(self._reading, self._writing)
        self.wishes = Wishes(self._reading, self._writing)
        self.reports = Reports(self._reading)
        self.filters = Filters(self._writing)
        self.accounts = Accounts(self._reading, self._writing)

    def close(self) -> None:
        """Close every thread's connection; nothing may be asked after."""
        self._connections.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with plain_trouble(self.path):
            connection = self._connections.mine()
            with reading(connection):
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with plain_trouble(self.path):
            connection = self._connections.mine()
            with writing(connection):
                yield connection

    # --- feeds
    def add_feed(
        self,
        url: str,
        title: str,
        site_url: str | None,
        folder: str | None,
        now: datetime,
        poll: Poll | None = None,
        rules: Rules = (),
    ) -> Feed:
        """Subscribe; a removed feed comes back, one that is here stays as it is.

        What `poll` brought, whatever feed it names, is kept in the same transaction.
        """
        with self._writing() as connection:
            feed = feeds.add(connection, url, title, site_url, folder, now)
            if poll is None:
                return feed
            found = replace(poll, feed_id=feed.id)
            saved(connection, rules, polls.save(connection, found, index=False))
            return feeds.one(connection, feed.id)

    def feeds(self) -> tuple[Feed, ...]:
        """Every subscription, by folder, then title; those without a folder last."""
        with self._reading() as connection:
            return feeds.every(connection)

    def feed(self, feed_id: int) -> Feed:
        """A subscription by its id."""
        with self._reading() as connection:
            return feeds.one(connection, feed_id)

    def find_feed(self, ref: str) -> Feed:
        """A subscription by what a person calls it: its id, or its URL."""
        with self._reading() as connection:
            return feeds.find(connection, ref)

    def update_feed(
        self,
        feed_id: int,
        title: str | None = None,
        folder: str | None = None,
        follow: Follow | None = None,
    ) -> Feed:
        """Change what is not None; "" gives the feed's own title back, or no folder."""
        with self._writing() as connection:
            return feeds.update(connection, feed_id, title, folder, follow)

    def hide_feeds(
        self, feed_ids: Sequence[int], now: datetime, by: str = "reader"
    ) -> Action:
        """Unsubscribe: the feeds are out of sight, and purged after seven days."""
        with self._writing() as connection:
            return journal.hide(connection, feed_ids, by, now)

    # --- polling
    def lease(
        self,
        owner: str,
        now: datetime,
        until: datetime,
        feed_ids: Sequence[int] | None = None,
        due: bool = True,
    ) -> tuple[Feed, ...]:
        """Claim feeds that are due, or the named, unless another holds them."""
        with self._writing() as connection:
            return feeds.lease(connection, owner, now, until, feed_ids, due)

    def release(self, owner: str | None) -> None:
        """Give up every feed that `owner` holds; None: that anybody holds."""
        with self._writing() as connection:
            feeds.release(connection, owner)

    def known(self, feed_id: int) -> dict[str, str]:
        """Every guid of a feed that may come again, and its fingerprint."""
        with self._reading() as connection:
            return polls.known(connection, feed_id)

    def rhythm(self, feed_id: int, limit: int = 20) -> tuple[datetime, ...]:
        """When the newest entries of a feed came, newest first."""
        with self._reading() as connection:
            return polls.rhythm(connection, feed_id, limit)

    def save_poll(self, poll: Poll, index: bool = True, rules: Rules = ()) -> Saved:
        """Keep all of a poll or nothing; not to `index` leaves that to `catch_up`."""
        with self._writing() as connection:
            return saved(connection, rules, polls.save(connection, poll, index))

    def moves(self, feed_id: int | None = None) -> tuple[Move, ...]:
        """Every move of a feed, or of all, newest first."""
        with self._reading() as connection:
            return moves.every(connection, feed_id)

    def undo_move(self, feed_id: int, now: datetime) -> Move:
        """Give a feed the address back that it had before its last move."""
        with self._writing() as connection:
            return moves.undo(connection, feed_id, now)

    def hold(self, host: str, until: datetime, feed_ids: Sequence[int]) -> None:
        """Leave a host alone until then; `feed_ids` are its feeds."""
        with self._writing() as connection:
            holds.hold(connection, host, until, feed_ids)

    def held(self, now: datetime) -> dict[str, datetime]:
        """The hosts to be left alone now, and until when."""
        with self._reading() as connection:
            return holds.held(connection, now)

    def catch_up(self, limit: int = 4_000) -> int:
        """Index at most `limit` entries that were left for later; 0 when it is done."""
        with self._reading() as connection:
            if not search.is_behind(connection):
                return 0
        with self._writing() as connection:
            return search.catch_up(connection, limit)

    # --- lists
    def ids(
        self,
        query: Query = ALL,
        *,
        order: Order = "newest",
        stories: bool = False,
        limit: int | None = None,
    ) -> Ids:
        """The entries that a query fits, in order; with `stories` one of each story,
        its first-hand copy, else its oldest.
        """
        with self._reading() as connection:
            return lists.ids(connection, query, order, stories, limit)

    def search(self, query: Query, limit: int = 50, *, stories: bool = False) -> Ids:
        """The entries that fit best, best first; without words the newest."""
        with self._reading() as connection:
            return lists.ranked(connection, query, limit, stories)

    def count(self, query: Query) -> int:
        """How many entries a query fits."""
        with self._reading() as connection:
            return lists.count(connection, query)

    def counts(self, now: datetime, zone: tzinfo) -> Counts:
        """How many rows each view has, and what is unread in each feed."""
        with self._reading() as connection:
            return counts.counts(connection, now, zone)

    def copies(self, entry_ids: Sequence[int]) -> Ids:
        """These entries and every other one of the same stories."""
        with self._reading() as connection:
            return lists.copies(connection, entry_ids)

    def unchecked(
        self,
        limit: int,
        feed_ids: Sequence[int] | None = None,
        now: datetime | None = None,
    ) -> tuple[int, ...]:
        """Entries with a signal that was not followed yet, newest first.

        Of feeds that are always followed, those whose page was never fetched, too; none
        of feeds that never are. With `now`, what failed is left alone until it is due.
        """
        with self._reading() as connection:
            return lists.unchecked(connection, limit, feed_ids, now)

    def unlooked(
        self,
        limit: int,
        feed_ids: Sequence[int] | None = None,
        now: datetime | None = None,
    ) -> tuple[int, ...]:
        """Entries whose page was never fetched, newest first, bounded as above."""
        with self._reading() as connection:
            return lists.unlooked(connection, limit, feed_ids, now)

    def ahead(
        self,
        limit: int,
        feed_ids: Sequence[int] | None = None,
        now: datetime | None = None,
    ) -> tuple[int, ...]:
        """Unread entries whose page was never fetched, newest first, bounded."""
        with self._reading() as connection:
            return lists.ahead(connection, limit, feed_ids, now)

    # --- entries
    def rows(self, entry_ids: Sequence[int]) -> tuple[EntryRow, ...]:
        """The lines of a list, in this order; what is gone is left out."""
        with self._reading() as connection:
            return entries.rows(connection, entry_ids)

    def entry(self, entry_id: int) -> Entry:
        """One entry as its feed gave it."""
        return self.stored(entry_id).entry

    def stored(self, entry_id: int) -> StoredReading:
        """All that is kept of one entry."""
        with self._reading() as connection:
            return entries.stored(connection, entry_id)

    def save_reading(
        self,
        entry_id: int,
        attribution: Attribution,
        article: Article | None,
        copy: Article | None,
        problem: str | None,
        text: str,
        now: datetime,
        tries: int = 0,
        retry_at: datetime | None = None,
        rules: Rules = (),
    ) -> None:
        """Keep what was found out and fetched; `text` is the article's plain text.

        An article that could not be had this time stays as long as the verdict does.
        """
        with self._writing() as connection, learning(connection, rules, entry_id):
            entries.save_reading(
                connection, entry_id, attribution, article, copy, problem, text, now
            )
            entries.remember_failure(connection, entry_id, tries, retry_at)

    def save_verdict(
        self, entry_id: int, attribution: Attribution, rules: Rules = ()
    ) -> None:
        """Keep another verdict on an entry; what was fetched for it stays."""
        with self._writing() as connection, learning(connection, rules, entry_id):
            entries.save_verdict(connection, entry_id, attribution)

    def candidates(
        self, publisher: str, home: str | None, title: str
    ) -> tuple[tuple[str, str, datetime | None, str], ...]:
        """Entries of a publisher's own feeds with words of a title, best first.

        Each as URL, title, when published, and the feed's title.
        """
        with self._reading() as connection:
            return candidates.candidates(connection, publisher, home, title)

    # --- marks
    def mark(
        self,
        entry_ids: Sequence[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        by: str,
        now: datetime,
    ) -> Action:
        """Set what is not None; what is so already is no part of the action."""
        with self._writing() as connection:
            return journal.mark(connection, entry_ids, read, starred, by, now)

    def undo(self, now: datetime) -> Action | None:
        """Take back the last action, where things are as it left them."""
        with self._writing() as connection:
            return journal.undo(connection, now)

    def redo(self, now: datetime) -> Action | None:
        """Do again what was taken back last, unless something was done since."""
        with self._writing() as connection:
            return journal.redo(connection)

    # --- the file itself
    def check(self) -> str | None:
        """What is wrong with the file, in one sentence; None when it is sound."""
        try:
            with self._reading() as connection:
                return upkeep.check(connection)
        except StoreError as error:
            return str(error)

    def backup(self, target: Path) -> None:
        """Copy everything to a file of its own, while others read and write."""
        with plain_trouble(target):
            schema.backup(self._connections.mine(), target)

    def purge(self, now: datetime) -> int:
        """Delete feeds removed seven days ago or earlier; how many rows are gone."""
        return self._deleting(lambda connection: upkeep.purge(connection, now))

    def expire(
        self, now: datetime, keep_days: int | None, keep_entries: int | None
    ) -> int:
        """Delete entries that are too old or too many, by `upkeep.expire`; how many."""
        return self._deleting(
            lambda connection: upkeep.expire(connection, now, keep_days, keep_entries)
        )

    def _deleting(self, portion: Callable[[sqlite3.Connection], int]) -> int:
        total, deleted = 0, 1
        while deleted:
            with self._writing() as connection:
                deleted = portion(connection)
            total += deleted
        if total:
            with plain_trouble(self.path):
                upkeep.give_back(self._connections.mine())
        return total

    def data_version(self) -> int:
        """A number that changes when anybody but this thread has written."""
        with plain_trouble(self.path):
            row = self._connections.mine().execute("PRAGMA data_version").fetchone()
            return int(row[0])

    def get_setting(self, key: str) -> str | None:
        """What `set_setting` kept under this name: the screen's own small state."""
        with self._reading() as connection:
            return small.get(connection, key)

    def set_setting(self, key: str, value: str) -> None:
        """Keep a small value under a name."""
        with self._writing() as connection:
            small.put(connection, key, value)
