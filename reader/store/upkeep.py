"""What is done now and then: the file checked, what was removed or is old deleted.

Deleting goes in portions, a transaction each, so that nobody waits long for a lock.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from reader.store import search
from reader.store.codec import id_list, to_micros
from reader.store.feeds import KEPT_HIDDEN

PORTION = 1_000
"""How many entries one transaction deletes."""


def check(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the file, in one sentence; None when it is sound."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        return f"the database is damaged: {found}"
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        return "the database holds parts of entries that are gone"
    return None


def purge(connection: sqlite3.Connection, now: datetime) -> int:
    """Delete a portion of the feeds that were removed seven days ago or earlier.

    Gives the entries and feeds deleted; 0 when nothing is left to delete.
    """
    due = (to_micros(now - KEPT_HIDDEN),)
    rows = connection.execute(
        """SELECT e.id FROM feed f JOIN entry e ON e.feed_id = f.id
        WHERE f.hidden_at <= ? LIMIT ?""",
        (*due, PORTION),
    ).fetchall()
    if rows:
        _delete(connection, [row[0] for row in rows])
        return len(rows)
    return connection.execute("DELETE FROM feed WHERE hidden_at <= ?", due).rowcount


# An entry stands in lists no later than it was first seen: the index of the one finds
# what may be too old by the other. Only feeds that have too many are put in order.
_EXPIRED = """SELECT entry_id FROM (
        SELECT s.entry_id, s.starred FROM state s JOIN entry e ON e.id = s.entry_id
        WHERE s.at < :oldest AND e.first_seen < :oldest
        UNION SELECT entry_id, starred FROM (
            SELECT entry_id, starred, row_number() OVER (
                PARTITION BY feed_id ORDER BY at DESC, entry_id DESC) AS place
            FROM state WHERE feed_id IN (
                SELECT feed_id FROM state GROUP BY feed_id HAVING count(*) > :most))
        WHERE place > :most)
    WHERE starred = 0 AND entry_id NOT IN (SELECT entry_id FROM tagged)
    LIMIT :portion"""


def expire(
    connection: sqlite3.Connection,
    now: datetime,
    keep_days: int | None,
    keep_entries: int | None,
) -> int:
    """Delete a portion of what is older than `keep_days`, or beyond the newest
    `keep_entries` of its feed; starred and tagged ones stay for ever. How many it were.

    Each leaves a tombstone, so that it does not come back as new.
    """
    oldest = -(2**62) if keep_days is None else to_micros(now - timedelta(keep_days))
    most = 2**62 if keep_entries is None else keep_entries
    rows = connection.execute(
        _EXPIRED, {"oldest": oldest, "most": most, "portion": PORTION}
    )
    gone = [row[0] for row in rows]
    connection.execute(
        """INSERT OR REPLACE INTO tombstone(feed_id, guid, fingerprint, expired_at)
        SELECT feed_id, guid, fingerprint, ? FROM entry
        WHERE id IN (SELECT value FROM json_each(?))""",
        (to_micros(now), id_list(gone)),
    )
    _delete(connection, gone)
    return len(gone)


def _delete(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Delete entries and all that hangs on them, the index included."""
    search.forget(connection, ids)
    connection.execute(
        "DELETE FROM entry WHERE id IN (SELECT value FROM json_each(?))",
        (id_list(ids),),
    )


def give_back(connection: sqlite3.Connection) -> None:
    """Give the room of what was deleted back to the disk."""
    # Gives a row without columns for each page, and `execute` stops after the first.
    connection.executescript("PRAGMA incremental_vacuum")
