"""Feeds that moved: their addresses changed, written down, and changed back.

Whether a feed has moved is decided elsewhere. Nothing here is forgotten but with its
feed; the caller holds the transaction.
"""

import sqlite3
from datetime import datetime
from typing import Any

from reader.errors import NotFoundError
from reader.store.codec import maybe_moment, to_micros, to_moment
from reader.store.values import Move

_MOVE = "SELECT id, feed_id, at, before, after, reason, undone_at FROM move"


def move(
    connection: sqlite3.Connection, feed_id: int, url: str, reason: str, now: datetime
) -> Move | None:
    """Give a feed another address; None where another feed has that one."""
    if not (before := _readdress(connection, feed_id, url)):
        return None
    made = connection.execute(
        """INSERT INTO move(feed_id, at, before, after, reason)
        VALUES(?, ?, ?, ?, ?) RETURNING id""",
        (feed_id, to_micros(now), before, url, reason),
    ).fetchone()[0]
    return _move((made, feed_id, to_micros(now), before, url, reason, None))


def _readdress(connection: sqlite3.Connection, feed_id: int, url: str) -> str | None:
    """Change a feed's address, and give the one before; None where nothing changed."""
    before = connection.execute(
        "SELECT url FROM feed WHERE id = ?", (feed_id,)
    ).fetchone()[0]
    changed = connection.execute(
        """UPDATE feed SET url = :url WHERE id = :feed
        AND NOT EXISTS (
        SELECT 1 FROM feed WHERE url = :url AND account_id IS NULL)""",
        {"url": url, "feed": feed_id},
    )
    return str(before) if changed.rowcount else None


def undo(connection: sqlite3.Connection, feed_id: int, now: datetime) -> Move:
    """Take a feed's last move back, for good."""
    row = connection.execute(
        f"""{_MOVE} WHERE feed_id = ? AND undone_at IS NULL
        ORDER BY id DESC LIMIT 1""",
        (feed_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError(
            f"feed {feed_id}", "has not moved, so nothing is taken back"
        )
    last = _move(row)
    if not _readdress(connection, feed_id, last.before):
        reason = f"another feed has {last.before} now; remove that one first"
        raise NotFoundError(f"feed {feed_id}", reason)
    connection.execute(
        "UPDATE move SET undone_at = ? WHERE id = ?", (to_micros(now), last.id)
    )
    connection.execute(
        """UPDATE poll SET etag = NULL, last_modified = NULL, digest = NULL,
        next_poll = NULL WHERE feed_id = ?""",
        (feed_id,),
    )
    return last


def every(connection: sqlite3.Connection, feed_id: int | None) -> tuple[Move, ...]:
    """The moves of a feed, or of all that are here, newest first."""
    rows = connection.execute(
        f"""{_MOVE} WHERE (:feed IS NULL OR feed_id = :feed) AND feed_id IN (
        SELECT id FROM feed WHERE hidden_at IS NULL) ORDER BY id DESC""",
        {"feed": feed_id},
    )
    return tuple(map(_move, rows))


def _move(row: tuple[Any, ...]) -> Move:
    made, feed_id, at, before, after, reason, undone_at = row
    gone = maybe_moment(undone_at)
    return Move(made, feed_id, to_moment(at), before, after, reason, gone)
