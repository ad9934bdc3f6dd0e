"""Which of our entries might be the original of a stub; no judging here."""

import re
import sqlite3
from datetime import datetime

from reader import urls
from reader.store.codec import id_list, maybe_moment
from reader.store.search import folded

MAX_CANDIDATES = 20
"""How many entries are worth a comparison."""
MAX_COMPARED = 2_000
"""How many of the publisher's newest entries are looked at."""

Row = tuple[str, str, datetime | None, str]
"""URL, title, when published, and the feed's title."""


def candidates(
    connection: sqlite3.Connection, publisher: str, home: str | None, title: str
) -> tuple[Row, ...]:
    """Entries of the publisher's own feeds that share words with a title, most first.

    A feed is the publisher's when it has that name or stands on the site of `home`.
    """
    wanted = _words(title)
    rows = connection.execute(
        """SELECT e.url, e.title, e.published, coalesce(f.own_title, f.title)
        FROM state s JOIN entry e ON e.id = s.entry_id JOIN feed f ON f.id = s.feed_id
        WHERE s.feed_id IN (SELECT value FROM json_each(?))
        ORDER BY s.at DESC LIMIT ?""",
        (id_list(_feeds_of(connection, publisher, home)), MAX_COMPARED),
    )
    shared = [(len(wanted & _words(row[1])), row) for row in rows]
    best = sorted((one for one in shared if one[0]), key=lambda one: -one[0])
    return tuple(
        (row[0], row[1], maybe_moment(row[2]), row[3])
        for _, row in best[:MAX_CANDIDATES]
    )


def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", folded(title)))


def _feeds_of(
    connection: sqlite3.Connection, publisher: str, home: str | None
) -> list[int]:
    rows = connection.execute(
        """SELECT id, coalesce(site_url, url), folded(title), folded(own_title)
        FROM feed WHERE hidden_at IS NULL"""
    )
    name = folded(publisher)
    return [
        row[0]
        for row in rows
        if (name and name in row[2:]) or (home and urls.same_site(row[1], home))
    ]
