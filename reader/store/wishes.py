"""What a reader wants of single feeds: a name for several, a pause, another rhythm.

The part of the store's face that `update_feed` leaves; each method one transaction.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from reader.model import Feed
from reader.store import feeds
from reader.store.codec import maybe_length, to_micros
from reader.store.tags import named

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]


class Wishes:
    """The reader's wishes for feeds."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def tag(self, feed_id: int, tags: Sequence[str]) -> Feed:
        """Give a feed these tags, and no others; its entries are found by them."""
        names = "\n".join(dict.fromkeys(filter(None, map(named, tags))))
        return self._set(feed_id, "UPDATE feed SET tags = ? WHERE id = ?", names)

    def every(self, feed_id: int, pause: timedelta | None) -> Feed:
        """Have a feed asked this often, None: as often as it publishes.

        It is due at once, so that the new rhythm begins.
        """
        change = "UPDATE feed SET every = ? WHERE id = ?"
        return self._set(feed_id, change, maybe_length(pause), due=True)

    def pause(self, feed_id: int, now: datetime) -> Feed:
        """Have a feed polled only when it is named."""
        change = "UPDATE feed SET stopped_at = ? WHERE id = ?"
        return self._set(feed_id, change, to_micros(now))

    def resume(self, feed_id: int) -> Feed:
        """Have a feed polled again, whoever paused it; it is due at once."""
        change = "UPDATE feed SET stopped_at = ? WHERE id = ?"
        return self._set(feed_id, change, None, due=True)

    def _set(
        self, feed_id: int, change: str, value: int | str | None, due: bool = False
    ) -> Feed:
        with self._writing() as connection:
            connection.execute(change, (value, feed_id))
            if due:
                connection.execute(
                    """UPDATE poll SET next_poll = NULL, paused = NULL
                    WHERE feed_id = ?""",
                    (feed_id,),
                )
            return feeds.one(connection, feed_id)
