"""Who published first, over all feeds: each with the entries that are theirs."""

import sqlite3
from dataclasses import dataclass

from reader.store.compile import SHOWN
from reader.store.lists import FIGURES, hidden, some_hidden


@dataclass(frozen=True, slots=True)
class PublisherCount:
    """A publisher, the entries and stories here, the unread ones of both.

    `stubs` counts entries that somebody else's feed brought, `feeds` those that did.
    """

    name: str
    entries: int
    stories: int
    unread: int
    unread_stories: int
    stubs: int
    feeds: int


def every(connection: sqlite3.Connection) -> tuple[PublisherCount, ...]:
    """Every publisher, most entries first."""
    gone = ", ".join(map(str, hidden(connection)))
    shown = f"AND {SHOWN}" if some_hidden(connection) else ""
    rows = connection.execute(
        f"""SELECT a.publisher, {FIGURES}, sum(s.stub IS 1), count(DISTINCT s.feed_id)
        FROM attribution a JOIN state s ON s.entry_id = a.entry_id
        WHERE a.publisher IS NOT NULL AND s.feed_id NOT IN ({gone}) {shown}
        GROUP BY a.publisher ORDER BY count(*) DESC, folded(a.publisher)"""
    )
    return tuple(PublisherCount(*row) for row in rows)
