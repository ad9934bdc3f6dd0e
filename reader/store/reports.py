"""How feeds have fared: the part of the store's face that only counts, for reports.

Each method reads one moment.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from reader.store.codec import id_list, to_micros

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]
DAY = 86_400_000_000
"""Microseconds of a day."""


class Reports:
    """Counts over many feeds at once."""

    def __init__(self, reading: Opened) -> None:
        self._reading = reading

    def daily(self, since: datetime, days: int) -> Mapping[int, tuple[int, ...]]:
        """How many entries each feed had on each of some days; none had: left out."""
        found: dict[int, list[int]] = {}
        first = to_micros(since)
        with self._reading() as connection:
            rows = connection.execute(
                """SELECT feed_id, (at - :first) / :day AS number, count(*) FROM state
                WHERE at >= :first AND at < :first + :day * :days
                GROUP BY feed_id, number""",
                {"first": first, "day": DAY, "days": days},
            )
            for feed_id, number, count in rows:
                found.setdefault(feed_id, [0] * days)[number] = count
        return {feed_id: tuple(counts) for feed_id, counts in found.items()}

    def sources(self) -> Mapping[int, tuple[tuple[str, int], ...]]:
        """Whose stories each feed carries as stubs, the most carried first."""
        found: dict[int, tuple[tuple[str, int], ...]] = {}
        with self._reading() as connection:
            rows = connection.execute(
                """SELECT s.feed_id, a.publisher, count(*) FROM state s
                JOIN attribution a ON a.entry_id = s.entry_id
                WHERE s.stub = 1 AND s.status = 'resolved' AND s.hidden = 0
                AND a.publisher IS NOT NULL
                GROUP BY s.feed_id, a.publisher
                ORDER BY s.feed_id, count(*) DESC, folded(a.publisher)"""
            )
            for feed_id, publisher, count in rows:
                found[feed_id] = (*found.get(feed_id, ()), (publisher, count))
        return found

    def gone(self, feed_ids: Iterable[int]) -> frozenset[int]:
        """Those of some feeds that are no more, not even as removed ones."""
        asked = frozenset(feed_ids)
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id FROM feed WHERE id IN (SELECT value FROM json_each(?))",
                (id_list(sorted(asked)),),
            )
            return asked - {row[0] for row in rows}
