"""What a poll brought, written down; the caller holds the transaction.

An update never touches what the reader did, and drops what was found out about an
entry only where the entry now leads elsewhere.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from reader.errors import NotFoundError
from reader.model import Entry, Feed
from reader.store import attributions, codec, moves, search
from reader.store.codec import maybe_length, maybe_micros, to_micros, to_moment
from reader.store.values import Move, Poll, Polled, Saved
from reader.urls import page_key

_POLLED = """UPDATE poll SET last_poll = :at,
    last_success = CASE WHEN :error IS NULL THEN :at ELSE last_success END,
    next_poll = :next, error = :error, failures = :failures,
    etag = :etag, last_modified = :modified, digest = :digest,
    asked_pause = :interval, fresh = :fresh, skip_hours = :hours, skip_days = :days,
    moving_to = :moving_to, moving_since = :moving_since,
    moving_ours = :moving_ours, paused = :paused
    WHERE feed_id = :feed"""
_RENAMED = """UPDATE feed SET title = coalesce(?, title),
    site_url = coalesce(?, site_url) WHERE id = ?"""


def rhythm(
    connection: sqlite3.Connection, feed_id: int, limit: int
) -> tuple[datetime, ...]:
    """When the newest entries of a feed came, newest first."""
    rows = connection.execute(
        "SELECT at FROM state WHERE feed_id = ? ORDER BY at DESC LIMIT ?",
        (feed_id, limit),
    )
    return tuple(to_moment(row[0]) for row in rows)


def known(connection: sqlite3.Connection, feed_id: int) -> dict[str, str]:
    """Every guid of a feed that may come again, and its fingerprint."""
    rows = connection.execute(
        """SELECT guid, fingerprint FROM tombstone WHERE feed_id = :feed
        UNION ALL SELECT guid, fingerprint FROM entry WHERE feed_id = :feed""",
        {"feed": feed_id},
    )
    return dict(rows.fetchall())


def save(connection: sqlite3.Connection, poll: Poll, index: bool) -> Saved:
    """Keep all that a poll found out; `index` says whether its words, too, at once."""
    moved = _note(connection, poll)
    new, met = _add(connection, poll)
    changed = [_change(connection, poll, polled) for polled in (*met, *poll.updated)]
    updated = dict.fromkeys(entry for entry in changed if entry is not None)
    if index:
        search.learn(connection, (*new, *updated))
    if poll.listed is not None:
        _bury(connection, poll.feed_id, poll.listed)
    return Saved(tuple(new), tuple(updated), moved)


def _note(connection: sqlite3.Connection, poll: Poll) -> Move | None:
    """The feed's own news: how the poll went, title, addresses."""
    asked = connection.execute(
        _POLLED,
        {
            "at": to_micros(poll.at),
            "next": maybe_micros(poll.next_poll),
            "error": poll.error,
            "failures": poll.failures,
            "etag": poll.validators.etag,
            "modified": poll.validators.last_modified,
            "digest": poll.digest,
            "interval": maybe_length(poll.hints.interval),
            "fresh": maybe_length(poll.fresh),
            "hours": _bits(poll.hints.skip_hours),
            "days": _bits(poll.hints.skip_days),
            "moving_to": poll.moving.url if poll.moving else None,
            "moving_since": to_micros(poll.moving.since) if poll.moving else None,
            "moving_ours": poll.moving.ours if poll.moving else None,
            "paused": maybe_micros(poll.paused),
            "feed": poll.feed_id,
        },
    )
    if not asked.rowcount:
        raise NotFoundError(str(poll.feed_id), "no such feed; it was removed meanwhile")
    told = Feed(poll.feed_id, poll.url or "", poll.title or "", poll.site_url)
    connection.execute(_RENAMED, (told.title or None, told.site_url, poll.feed_id))
    if not told.url:
        return None
    return moves.move(connection, poll.feed_id, told.url, poll.reason, poll.at)


def _bits(numbers: Iterable[int]) -> int:
    """Small numbers as the bits of one."""
    return sum(1 << number for number in set(numbers))


def _bury(connection: sqlite3.Connection, feed_id: int, listed: frozenset[str]) -> None:
    """Drop the tombstones of what the feed lists no more."""
    rows = connection.execute(
        "SELECT guid FROM tombstone WHERE feed_id = ?", (feed_id,)
    ).fetchall()
    connection.executemany(
        "DELETE FROM tombstone WHERE feed_id = ? AND guid = ?",
        ((feed_id, guid) for (guid,) in rows if guid not in listed),
    )


def _add(connection: sqlite3.Connection, poll: Poll) -> tuple[list[int], list[Polled]]:
    """The ids of new entries, in the feed's order, and which turn out to be known."""
    fresh: dict[int, Polled] = {}
    met: list[Polled] = []
    # The newest stands first in a feed and gets the highest id, for lists to agree.
    for polled in reversed(poll.new):
        row = connection.execute(_ENTRY, _entry(poll, polled)).fetchone()
        if row is None:
            met.append(polled)
        else:
            fresh[row[0]] = polled
    connection.executemany(
        "INSERT INTO content(entry_id, data) VALUES(?, ?)",
        ((entry, _packed(polled)) for entry, polled in fresh.items()),
    )
    connection.executemany(
        attributions.ADD,
        (
            (entry, *attributions.columns(polled.attribution))
            for entry, polled in fresh.items()
        ),
    )
    connection.executemany(
        _STATE, (_state(poll, entry, polled) for entry, polled in fresh.items())
    )
    attributions.share(connection, fresh)
    search.postpone(connection, fresh)
    return list(fresh)[::-1], met


_ENTRY = """INSERT INTO entry(feed_id, guid, fingerprint, url, title, authors,
    categories, published, updated, enclosures, first_seen) SELECT ?1, ?2, ?3, ?4, ?5,
    ?6, ?7, ?8, ?9, ?10, ?11
    WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE feed_id = ?1 AND guid = ?2)
    ON CONFLICT(feed_id, guid) DO NOTHING RETURNING id"""
_STATE = """INSERT INTO state(entry_id, feed_id, at, status, stub, checked, story)
    VALUES(?, ?, ?, ?, ?, ?, ?)"""

Columns = tuple[str | int | None, ...]


def _entry(poll: Poll, polled: Polled) -> Columns:
    head = (poll.feed_id, polled.entry.guid, polled.fingerprint)
    return (*head, *_columns(polled.entry), to_micros(poll.at))


def _state(poll: Poll, entry_id: int, polled: Polled) -> Columns:
    when = _when(polled.entry, to_micros(poll.at))
    return (entry_id, poll.feed_id, when, *attributions.summary(polled.attribution))


def _change(connection: sqlite3.Connection, poll: Poll, polled: Polled) -> int | None:
    """Change the entry with this guid; the id, None where it has expired."""
    entry = polled.entry
    found = connection.execute(
        """SELECT e.id, e.url, e.first_seen, s.checked FROM entry e
        JOIN state s ON s.entry_id = e.id WHERE e.feed_id = ? AND e.guid = ?""",
        (poll.feed_id, entry.guid),
    ).fetchone()
    if found is None:
        connection.execute(
            "UPDATE tombstone SET fingerprint = ? WHERE feed_id = ? AND guid = ?",
            (polled.fingerprint, poll.feed_id, entry.guid),
        )
        return None
    entry_id, url, first_seen, checked = found
    search.forget(connection, (entry_id,))
    _rewrite(connection, entry_id, polled, _when(entry, first_seen))
    elsewhere = _place(url) != _place(entry.url)
    if elsewhere:
        # What was read stays until something newer came in its place.
        connection.execute(
            "UPDATE reading SET retry_at = fetched_at WHERE entry_id = ?", (entry_id,)
        )
    if elsewhere or not checked:
        attributions.keep(connection, entry_id, polled.attribution)
    return int(entry_id)


def _place(url: str) -> str:
    """A URL without its query, where trackers and sessions change at every poll."""
    return page_key(url.partition("?")[0])


def _rewrite(
    connection: sqlite3.Connection, entry_id: int, polled: Polled, when: int
) -> None:
    connection.execute(
        """UPDATE entry SET fingerprint = ?, url = ?, title = ?, authors = ?,
        categories = ?, published = ?, updated = ?, enclosures = ? WHERE id = ?""",
        (polled.fingerprint, *_columns(polled.entry), entry_id),
    )
    connection.execute(
        "UPDATE content SET data = ? WHERE entry_id = ?", (_packed(polled), entry_id)
    )
    connection.execute(
        "UPDATE state SET at = ? WHERE entry_id = ? AND at != ?", (when, entry_id, when)
    )


def _columns(entry: Entry) -> Columns:
    return (
        entry.url,
        entry.title,
        "\n".join(entry.authors),
        "\n".join(entry.categories),
        maybe_micros(entry.published),
        maybe_micros(entry.updated),
        codec.to_json(entry.enclosures) if entry.enclosures else None,
    )


_IN_COLUMNS = ("id", "guid", "url", "title", "authors", "categories", "published")
_REST = codec.defaults(Entry, without=(*_IN_COLUMNS, "updated", "enclosures"))


def _packed(polled: Polled) -> bytes:
    """The text, and the fields of the entry that have no column."""
    return codec.pack(polled.text, codec.fields_of(polled.entry, _REST))


def _when(entry: Entry, first_seen: int) -> int:
    """What lists order by: published or, when missing or later, first seen."""
    published = maybe_micros(entry.published)
    return first_seen if published is None else min(published, first_seen)
