"""What a poll brought, written down; the caller holds the transaction.

An update never touches what the reader did, and drops what was found out about an
entry only where the entry now leads elsewhere.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from reader.errors import NotFoundError
from reader.model import Feed
from reader.store import attributions, codec, moves, search
from reader.store.codec import maybe_length, maybe_micros, to_micros, to_moment
from reader.store.packing import packed
from reader.store.values import Move, Packed, Poll, Saved
from reader.urls import page_key

_POLLED = """UPDATE poll SET last_poll = :at,
    last_success = CASE WHEN :error IS NULL THEN :at ELSE last_success END,
    next_poll = :next, error = :error, kind = :kind, failures = :failures,
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
    return tuple([to_moment(at) for (at,) in rows])


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
    known = (*met, *packed(poll.updated))
    changed = [_change(connection, poll, entry) for entry in known]
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
            "kind": poll.kind,
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


def _add(connection: sqlite3.Connection, poll: Poll) -> tuple[list[int], list[Packed]]:
    """The ids of new entries, in the feed's order, and which turn out to be known."""
    if not poll.new:
        return [], []
    new = packed(poll.new)
    held = _held(connection, poll.feed_id, [one.guid for one in new])
    fresh: list[Packed] = []
    met: list[Packed] = []
    # The newest stands first in a feed and gets the highest id, for lists to agree.
    for one in reversed(new):
        (met if one.guid in held else fresh).append(one)
        held.add(one.guid)
    rows = dict(enumerate(fresh, _next_id(connection)))
    _insert(connection, poll, rows)
    return list(rows)[::-1], met


def _held(
    connection: sqlite3.Connection, feed_id: int, guids: Sequence[str]
) -> set[str]:
    """Which of these guids a feed has already, or had."""
    rows = connection.execute(
        """SELECT value FROM json_each(:guids) WHERE EXISTS (
            SELECT 1 FROM entry WHERE feed_id = :feed AND guid = value)
        OR EXISTS (SELECT 1 FROM tombstone WHERE feed_id = :feed AND guid = value)""",
        {"feed": feed_id, "guids": codec.to_json(tuple(guids))},
    )
    return {row[0] for row in rows}


def _next_id(connection: sqlite3.Connection) -> int:
    """The id of the next entry: no id is ever given twice (AUTOINCREMENT)."""
    row = connection.execute(
        "SELECT seq + 1 FROM sqlite_sequence WHERE name = 'entry'"
    ).fetchone()
    return int(row[0]) if row else 1


def _insert(
    connection: sqlite3.Connection, poll: Poll, fresh: Mapping[int, Packed]
) -> None:
    """The rows of new entries, a table at a time."""
    feed, now = poll.feed_id, to_micros(poll.at)
    for statement, rows in (
        (
            _ENTRY,
            (
                (e, feed, p.guid, p.fingerprint, *p.columns, now)
                for e, p in fresh.items()
            ),
        ),
        (_CONTENT, ((e, p.data) for e, p in fresh.items())),
        (attributions.ADD, ((e, *p.verdict) for e, p in fresh.items())),
        (_STATE, ((e, feed, p.when(now), *p.summary) for e, p in fresh.items())),
    ):
        connection.executemany(statement, rows)
    attributions.share(connection, fresh)
    search.postpone(connection, fresh)


_ENTRY = """INSERT INTO entry(id, feed_id, guid, fingerprint, url, title, authors,
    categories, published, updated, enclosures, first_seen)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_CONTENT = "INSERT INTO content(entry_id, data) VALUES(?, ?)"
_STATE = """INSERT INTO state(entry_id, feed_id, at, status, stub, checked, story)
    VALUES(?, ?, ?, ?, ?, ?, ?)"""


def _change(connection: sqlite3.Connection, poll: Poll, entry: Packed) -> int | None:
    """Change the entry with this guid; the id, None where it has expired."""
    found = connection.execute(
        """SELECT e.id, e.url, e.first_seen, s.checked FROM entry e
        JOIN state s ON s.entry_id = e.id WHERE e.feed_id = ? AND e.guid = ?""",
        (poll.feed_id, entry.guid),
    ).fetchone()
    if found is None:
        connection.execute(
            "UPDATE tombstone SET fingerprint = ? WHERE feed_id = ? AND guid = ?",
            (entry.fingerprint, poll.feed_id, entry.guid),
        )
        return None
    entry_id, url, first_seen, checked = found
    search.forget(connection, (entry_id,))
    _rewrite(connection, entry_id, entry, entry.when(first_seen))
    elsewhere = _place(url) != _place(entry.url)
    if elsewhere:
        # What was read stays until something newer came in its place.
        connection.execute(
            "UPDATE reading SET retry_at = fetched_at WHERE entry_id = ?", (entry_id,)
        )
    if elsewhere or not checked:
        attributions.keep_columns(connection, entry_id, entry.verdict, entry.summary)
    return int(entry_id)


def _place(url: str) -> str:
    """A URL without its query, where trackers and sessions change at every poll."""
    return page_key(url.partition("?")[0])


def _rewrite(
    connection: sqlite3.Connection, entry_id: int, entry: Packed, when: int
) -> None:
    connection.execute(
        """UPDATE entry SET fingerprint = ?, url = ?, title = ?, authors = ?,
        categories = ?, published = ?, updated = ?, enclosures = ? WHERE id = ?""",
        (entry.fingerprint, *entry.columns, entry_id),
    )
    connection.execute(
        "UPDATE content SET data = ? WHERE entry_id = ?", (entry.data, entry_id)
    )
    connection.execute(
        "UPDATE state SET at = ? WHERE entry_id = ? AND at != ?", (when, entry_id, when)
    )
