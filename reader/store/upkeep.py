"""What is done now and then: checking the file, purging what was removed."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from reader.store import search
from reader.store.codec import to_micros
from reader.store.feeds import KEPT_HIDDEN


def check(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the file, in one sentence; None when it is sound."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        return f"the database is damaged: {found}"
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        return "the database holds parts of entries that are gone"
    return None


def purge(connection: sqlite3.Connection, now: datetime) -> int:
    """Delete the feeds that were removed seven days ago or earlier; how many."""
    rows = connection.execute(
        "SELECT id FROM feed WHERE hidden_at <= ?", (to_micros(now - KEPT_HIDDEN),)
    ).fetchall()
    for (feed,) in rows:
        delete_entries(connection, _entries_of(connection, feed))
        connection.execute("DELETE FROM feed WHERE id = ?", (feed,))
    return len(rows)


def _entries_of(connection: sqlite3.Connection, feed_id: int) -> list[int]:
    rows = connection.execute("SELECT id FROM entry WHERE feed_id = ?", (feed_id,))
    return [row[0] for row in rows]


def delete_entries(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Delete entries and all that hangs on them, the index included."""
    gone = tuple(ids)
    search.forget(connection, gone)
    connection.executemany("DELETE FROM entry WHERE id = ?", ((i,) for i in gone))
