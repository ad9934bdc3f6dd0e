"""Accounts at servers: the part of the store's face that syncing needs.

Like `store`, each method is one transaction, or reads one moment.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from reader.errors import NotFoundError, StoreError
from reader.store import filters, labelled, outbox, synced
from reader.store.codec import id_list, maybe_micros, maybe_moment, to_micros
from reader.store.feeds import KEPT_HIDDEN
from reader.store.filters import Rules
from reader.store.labelled import Lists
from reader.store.values import (
    Account,
    Known,
    Listed,
    Outgoing,
    Poll,
    Told,
)

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""How a connection is come by, within a transaction."""

_ACCOUNT = """SELECT id, name, url, user, server, app_id, last_sync, since, whole_at,
    error, failures, retry_at, (SELECT count(*) FROM feed
        WHERE account_id = account.id AND hidden_at IS NULL),
    (SELECT count(*) FROM outbox WHERE account_id = account.id), owner FROM account"""
_MOMENTS = ("last_sync", "since", "whole_at", "retry_at")
_FIELDS = (
    *("id", "name", "url", "user", "server", "app_id", "last_sync", "since"),
    *("whole_at", "error", "failures", "retry_at", "feeds", "waiting", "owner"),
)


def _account(row: tuple[Any, ...]) -> Account:
    given = dict(zip(_FIELDS, row, strict=True))
    moments = {name: maybe_moment(given[name]) for name in _MOMENTS}
    return Account(**{**given, **moments})


class Accounts:
    """What is kept of accounts, of what their servers said and are to be told."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def add(self, account: Account, now: datetime) -> Account:
        """Keep a new account; one with this name, or of this user, must not be here."""
        with self._writing() as connection:
            try:
                made = connection.execute(
                    """INSERT INTO account(name, url, user, server, app_id, added_at)
                    VALUES(?, ?, ?, ?, ?, ?) RETURNING id""",
                    (
                        *(account.name, account.url, account.user, account.server),
                        *(account.app_id, to_micros(now)),
                    ),
                ).fetchone()[0]
            except sqlite3.IntegrityError as error:
                reason = "there is an account of this name, or of this user, already"
                raise StoreError(account.name, reason) from error
            return replace(account, id=made)

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._reading() as connection:
            rows = connection.execute(f"{_ACCOUNT} ORDER BY folded(name)")
            return tuple(map(_account, rows))

    def find(self, name: str) -> Account:
        """An account by its name."""
        with self._reading() as connection:
            row = connection.execute(f"{_ACCOUNT} WHERE name = ?", (name,)).fetchone()
        if row is None:
            reason = "no such account; firsthand sync status lists them"
            raise NotFoundError(name, reason)
        return _account(row)

    def remove(self, account: Account, now: datetime, *, keep: bool) -> int:
        """Log out: the feeds are to be purged, or with `keep` become local ones.

        One that is a local feed already is purged, too. How many were kept.
        """
        with self._writing() as connection:
            kept = _keep_local(connection, account.id) if keep else 0
            connection.execute(
                """UPDATE feed SET account_id = NULL, stream = NULL, hidden_at = ?,
                url = 'removed-' || id || ':' || url WHERE account_id = ?""",
                (to_micros(now - KEPT_HIDDEN), account.id),
            )
            connection.execute("DELETE FROM account WHERE id = ?", (account.id,))
            return kept

    def lease(
        self, account: Account, owner: str, now: datetime, until: datetime
    ) -> bool:
        """Claim an account for syncing, unless another holds it just now."""
        with self._writing() as connection:
            changed = connection.execute(
                """UPDATE account SET owner = :owner, until = :until WHERE id = :id
                AND (owner IS NULL OR owner = :owner
                    OR until NOT BETWEEN :now + 1 AND :far)""",
                {
                    "owner": owner,
                    "until": to_micros(until),
                    "id": account.id,
                    "now": to_micros(now),
                    "far": to_micros(now + timedelta(days=1)),
                },
            )
            return bool(changed.rowcount)

    def release(self, account: Account) -> None:
        """Let an account go, if who held it when it was read still does."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE account SET owner = NULL WHERE id = ? AND owner = ?",
                (account.id, account.owner),
            )

    def note(self, account: Account, next_sync: datetime | None = None) -> None:
        """Keep how the last sync went, and let the account go.

        With `next_sync` it went well, as if all feeds of the account had been polled.
        """
        with self._writing() as connection:
            if next_sync and account.last_sync:
                synced.polled(connection, account.id, account.last_sync, next_sync)
            connection.execute(
                """UPDATE account SET last_sync = ?, since = ?, whole_at = ?,
                error = ?, failures = ?, retry_at = ?, owner = NULL, until = NULL
                WHERE id = ?""",
                (
                    maybe_micros(account.last_sync),
                    maybe_micros(account.since),
                    maybe_micros(account.whole_at),
                    *(account.error, account.failures),
                    *(maybe_micros(account.retry_at), account.id),
                ),
            )

    # --- what a server says

    def save_subscriptions(
        self, account: Account, listed: Sequence[Listed], now: datetime
    ) -> tuple[int, int]:
        """Make the account's feeds what its server lists; how many came and went."""
        with self._writing() as connection:
            return synced.subscriptions(connection, account.id, listed, now)

    def streams(self, account: Account) -> dict[str, int]:
        """The account's feeds in sight, by what its server calls them."""
        with self._reading() as connection:
            return synced.streams(connection, account.id)

    def known(self, account: Account) -> dict[str, Known]:
        """The account's entries, by their server's ids."""
        with self._reading() as connection:
            return synced.known(connection, account.id)

    def passed(self, account: Account) -> frozenset[str]:
        """The ids of items that have expired here, or were left where they are."""
        with self._reading() as connection:
            return synced.passed(connection, account.id)

    def recall(self, account: Account, items: Sequence[str]) -> None:
        """Let items that have expired here come once more."""
        with self._writing() as connection:
            synced.recall(connection, account.id, items)

    def skip(self, account: Account, items: Sequence[str]) -> None:
        """Do not ask for these items again, until the subscriptions change."""
        with self._writing() as connection:
            synced.skip(connection, account.id, items)

    def save_items(
        self,
        polls: Iterable[Poll],
        marks: Mapping[str, tuple[bool, bool]],
        rules: Rules = (),
    ) -> tuple[int, int]:
        """Keep the items of some feeds, new ones with their marks, read and starred.

        How many were new, and how many changed.
        """
        with self._writing() as connection:
            kept = [synced.items(connection, poll, marks) for poll in polls]
            saved = [filters.saved(connection, rules, one) for one in kept]
            new = sum(len(one.new_ids) for one in saved)
            return new, sum(len(one.updated) for one in saved)

    def save_marks(
        self,
        account: Account,
        changes: Iterable[tuple[str, bool, Sequence[int]]],
        forgotten: Sequence[int] = (),
        remembered: Sequence[int] = (),
    ) -> int:
        """Set marks as the server says; how many changed.

        A mark that the server is still to be told stays as it is here.
        """
        with self._writing() as connection:
            synced.forget(connection, forgotten, gone=True)
            synced.forget(connection, remembered, gone=False)
            return sum(
                synced.mark(connection, account.id, field, value, ids)
                for field, value, ids in changes
            )

    def fingerprints(self, ids: Sequence[int]) -> dict[str, str]:
        """The fingerprints of entries as they were last stored, by their guids."""
        with self._reading() as connection:
            return synced.fingerprints(connection, ids)

    def lost_labels(self, account: Account, lists: Lists) -> frozenset[str]:
        """The items that are in fewer lists of labels than they were last time."""
        with self._reading() as connection:
            return labelled.lost(connection, account.id, lists)

    def save_labels(
        self, account: Account, lists: Lists, present: Collection[str] | None
    ) -> int:
        """Make tags what the labels at the server are; how many changed.

        Nothing is taken off an item that is not `present`; None: nothing at all.
        """
        with self._writing() as connection:
            return labelled.agree(connection, account.id, lists, present)

    # --- what a server is to be told

    def tell(
        self,
        account: Account,
        what: Told,
        values: Iterable[tuple[str, str]],
        now: datetime,
    ) -> None:
        """Put into the outbox what is to be so, by what it is about."""
        with self._writing() as connection:
            outbox.put(connection, account.id, what, values, now)

    def waiting(self, account: Account) -> tuple[Outgoing, ...]:
        """What the server is still to be told, in order."""
        with self._reading() as connection:
            return outbox.waiting(connection, account.id)

    def told(self, ids: Sequence[int]) -> None:
        """The server knows these now."""
        with self._writing() as connection:
            outbox.told(connection, ids)

    def tried(self, ids: Sequence[int]) -> None:
        """The server refused these this time."""
        with self._writing() as connection:
            outbox.tried(connection, ids)


def _keep_local(connection: sqlite3.Connection, account_id: int) -> int:
    """Make an account's feeds local where there is no local one with their address."""
    rows = connection.execute(
        """SELECT min(id) FROM feed WHERE account_id = ? AND hidden_at IS NULL
        AND url NOT IN (SELECT url FROM feed WHERE account_id IS NULL) GROUP BY url""",
        (account_id,),
    ).fetchall()
    ids = [row[0] for row in rows]
    connection.execute(
        """UPDATE feed SET account_id = NULL, stream = NULL
        WHERE id IN (SELECT value FROM json_each(?))""",
        (id_list(ids),),
    )
    return len(ids)
