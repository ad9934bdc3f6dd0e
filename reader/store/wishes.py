"""What a reader wants of feeds: many at once, a name for several, a pause, a rhythm.

The part of the store's face that `update_feed` leaves; each method one transaction.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.model import Feed
from reader.store import feeds
from reader.store.codec import maybe_length, to_micros
from reader.store.tags import named as tag_named
from reader.urls import host

if TYPE_CHECKING:
    from reader.feeds import Subscription

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]


class Wishes:
    """The reader's wishes for feeds."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def tag(self, feed_id: int, tags: Sequence[str]) -> Feed:
        """Give a feed these tags, and no others; its entries are found by them."""
        change = "UPDATE feed SET tags = ? WHERE id = ?"
        return self._set(feed_id, change, _joined(tags))

    def subscribe(
        self, listed: "Sequence[Subscription]", now: datetime, named: bool = True
    ) -> tuple[Feed, ...]:
        """Subscribe to many feeds at once; those that are here stay as they are.

        `named`: the names they are listed by are the reader's own for them. Until they
        are polled, they call themselves what their host is called.
        """
        with self._writing() as connection:
            return tuple(_add(connection, one, now, named) for one in listed)

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


def _add(
    connection: sqlite3.Connection, listed: "Subscription", now: datetime, named: bool
) -> Feed:
    title = host(listed.url) if named or not listed.title else listed.title
    place = (listed.site_url, listed.folder)
    feed = feeds.add(connection, listed.url, title, *place, now)
    if feed.last_poll is None and feed.entries == 0:
        clean = Feed(feed.id, feed.url, listed.title)
        connection.execute(
            "UPDATE feed SET own_title = ?, tags = ? WHERE id = ?",
            (clean.title or None if named else None, _joined(listed.tags), feed.id),
        )
    return feeds.one(connection, feed.id)


def _joined(tags: Sequence[str]) -> str:
    """Tags as one column; a comma, which divides them in lists, is in none."""
    names = (tag_named(tag.replace(",", " ")) for tag in tags)
    return "\n".join(dict.fromkeys(filter(None, names)))
