"""Hosts that asked to be left alone for a while; it does not judge how long."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from reader.store.codec import id_list, to_micros, to_moment

LONGEST = timedelta(days=8)
"""A host held for longer than this was held while the clock was wrong."""


def hold(
    connection: sqlite3.Connection,
    host: str,
    until: datetime,
    feed_ids: Sequence[int],
) -> None:
    """Leave a host alone until then, and do not call its feeds due before."""
    connection.execute(
        """INSERT INTO hold(host, until) VALUES(?, ?) ON CONFLICT(host)
        DO UPDATE SET until = excluded.until""",
        (host, to_micros(until)),
    )
    connection.execute(
        """UPDATE poll SET next_poll = max(coalesce(next_poll, 0), ?)
        WHERE feed_id IN (SELECT value FROM json_each(?))""",
        (to_micros(until), id_list(feed_ids)),
    )


def held(connection: sqlite3.Connection, now: datetime) -> dict[str, datetime]:
    """The hosts to be left alone now, and until when."""
    rows = connection.execute(
        "SELECT host, until FROM hold WHERE until > ? AND until <= ?",
        (to_micros(now), to_micros(now + LONGEST)),
    )
    return {host: to_moment(until) for host, until in rows}
