"""Tags, hidden entries, publishers, views: the face of the store that sorts entries.

Like `store`, each method is one transaction, or reads one moment.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from reader.store import journal, publishers, small, tags
from reader.store.publishers import PublisherCount
from reader.store.tags import TagCount
from reader.store.values import Action

VIEW = "view:"
"""Begins the names of small values that are queries, kept as views."""

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""How a connection is come by, within a transaction."""


class Labels:
    """What readers put on entries besides read and starred."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def tag(
        self,
        entry_ids: Sequence[int],
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        by: str,
        now: datetime,
    ) -> Action:
        """Give entries tags and take tags from them; what is so already is no part."""
        with self._writing() as connection:
            return journal.tag(connection, entry_ids, add, remove, by, now)

    def hide(
        self, entry_ids: Sequence[int], *, hidden: bool, by: str, now: datetime
    ) -> Action:
        """Take entries out of every list that does not ask for hidden ones, or back."""
        with self._writing() as connection:
            return journal.mark(connection, entry_ids, None, None, by, now, hidden)

    def settle(self) -> None:
        """Let everything stand as it is, with nothing left to undo or redo."""
        with self._writing() as connection:
            journal.forget(connection)

    def tags(self) -> tuple[TagCount, ...]:
        """Every tag in use, by name: with its entries, and the unread ones of them."""
        with self._reading() as connection:
            return tags.every(connection)

    def publishers(self) -> tuple[PublisherCount, ...]:
        """Everybody who published first, most entries first."""
        with self._reading() as connection:
            return publishers.every(connection)

    def views(self) -> dict[str, str]:
        """The queries that were kept as views, by name."""
        with self._reading() as connection:
            return small.under(connection, VIEW)

    def keep_views(self, views: Mapping[str, str]) -> None:
        """Keep queries as views; one of the same name is kept no longer."""
        with self._writing() as connection:
            for name, text in views.items():
                small.put(connection, f"{VIEW}{name}", text)

    def forget_view(self, name: str) -> bool:
        """Keep a view no longer; whether there was one of that name."""
        with self._writing() as connection:
            return small.drop(connection, f"{VIEW}{name}")
