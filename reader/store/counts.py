"""How many rows each view has, from what is kept; a story of several entries is one.

Entries are tallied by feed; taken off are those that tell a story once more, of which
there are few, read in the order of an index that holds all that is asked of them.
"""

import json
import sqlite3
from datetime import datetime, tzinfo

from reader.query import midnight
from reader.store.codec import to_micros
from reader.store.compile import SHOWN
from reader.store.lists import hidden, some_hidden
from reader.store.values import Counts

_TALLIES = """SELECT f.id, t.entries, t.unread, t.starred, t.stubs, t.unresolved
    FROM feed f JOIN tally t ON t.feed_id = f.id WHERE f.hidden_at IS NULL"""

_SHARED = "FROM state INDEXED BY state_shared WHERE shared = 1 AND hidden = 0"

_AGAIN = """SELECT sum(max(every - 1, 0)), sum(max(unread - 1, 0)),
    sum(max(starred - 1, 0)), sum(max(stubs - 1, 0)), sum(max(unresolved - 1, 0)),
    sum(max(today - 1, 0))
    FROM (SELECT count(*) every, sum(read = 0) unread, sum(starred) starred,
        sum(stub IS 1) stubs, sum(status = 'unresolved') unresolved,
        sum(at >= :midnight) today {shared} GROUP BY story)"""

_MATES = """SELECT json_group_array(feed_id) {shared} AND read = 0
    GROUP BY story HAVING count(*) > 1"""


def counts(connection: sqlite3.Connection, now: datetime, zone: tzinfo) -> Counts:
    """How many rows each view has."""
    rows = connection.execute(_TALLIES).fetchall()
    gone = ", ".join(map(str, hidden(connection)))
    shared = f"{_SHARED} AND feed_id NOT IN ({gone})"
    today = to_micros(midnight(now, zone))
    found = connection.execute(_AGAIN.format(shared=shared), {"midnight": today})
    again = tuple(count or 0 for count in found.fetchone())
    every, unread, starred, stubs, unresolved = (
        sum(row[column] for row in rows) - again[column - 1] for column in range(1, 6)
    )
    return Counts(
        all=every,
        unread=unread,
        today=_since(connection, today, gone) - again[5],
        starred=starred,
        stubs=stubs,
        unresolved=unresolved,
        feeds={row[0]: row[2] for row in rows},
        mates=_mates(connection, shared),
    )


def _mates(connection: sqlite3.Connection, shared: str) -> tuple[tuple[int, ...], ...]:
    rows = connection.execute(_MATES.format(shared=shared))
    return tuple(tuple(json.loads(feeds)) for (feeds,) in rows)


def _since(connection: sqlite3.Connection, moment: int, gone: str) -> int:
    shown = f" AND {SHOWN}" if some_hidden(connection) else ""
    row = connection.execute(
        f"""SELECT count(*) FROM state s
        WHERE at >= ? AND feed_id NOT IN ({gone}){shown}""",
        (moment,),
    )
    return int(row.fetchone()[0])
