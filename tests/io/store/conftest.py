"""A store in a throw-away folder, and short words for what is put into it."""

import sqlite3
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader import query
from reader.model import Attribution, Entry, Feed, Hop
from reader.store import Poll, Polled, Saved, Store

NOW = datetime(2026, 3, 4, 14, 5, tzinfo=UTC)
HOME = "https://relay.example"


class World:
    """A store, a clock that stands still, and feeds and entries made to order."""

    now = NOW

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store(path, patience=0.0)

    @property
    def connection(self) -> sqlite3.Connection:
        """The store's own connection, for looking behind its face."""
        return self.store._connections.mine()

    def feed(self, name: str = "Relay", folder: str | None = None) -> Feed:
        """A subscription by its title."""
        site = f"https://{name.lower().replace(' ', '-')}.example"
        return self.store.add_feed(f"{site}/feed", name, f"{site}/", folder, NOW)

    def polled(
        self,
        guid: str = "a",
        attribution: Attribution | None = None,
        text: str = "",
        age: timedelta = timedelta(0),
        **fields: Any,
    ) -> Polled:
        """An entry as a poll brings it: an original, unless told otherwise."""
        given: dict[str, Any] = {
            "url": f"{HOME}/{guid}",
            "title": f"Title of {guid}",
            "published": NOW - age,
            **fields,
        }
        entry = Entry(guid=guid, **given)
        verdict = attribution or Attribution("original", entry.url, "Relay")
        return Polled(entry, f"print-{guid}", verdict, text)

    def save(self, feed: Feed, *new: Polled, **fields: Any) -> Saved:
        """What a poll of a feed brought, kept."""
        return self.store.save_poll(Poll(feed.id, **{"at": NOW, "new": new, **fields}))

    def entry(self, guid: str = "a", feed: Feed | None = None, **fields: Any) -> int:
        """One entry of a feed, kept; its id."""
        saved = self.save(feed or self.feed(), self.polled(guid, **fields))
        return saved.new_ids[0]

    def resolved(self, url: str, **fields: Any) -> Attribution:
        """A stub of an article at `url`."""
        trail = (Hop(f"{HOME}/stub", url, "stub-link", "published on RT"),)
        found = Attribution("resolved", url, "RT", trail=trail, checked_at=NOW)
        return replace(found, **fields)

    def found(self, text: str, **options: Any) -> list[int]:
        """The entries that a query fits, in the order of a list."""
        return list(self.store.ids(query.parse(text, NOW, UTC), **options))

    def ranked(self, text: str, limit: int = 50) -> list[int]:
        """The entries that a query finds, best first."""
        return list(self.store.search(query.parse(text, NOW, UTC), limit))

    def titles(self, ids: "array[int] | list[int] | tuple[int, ...]") -> list[str]:
        """The titles of entries, in their order."""
        return [row.title for row in self.store.rows(ids)]

    def size(self, table: str) -> int:
        """How many rows a table has."""
        rows = self.connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(rows.fetchone()[0])

    def index_is_sound(self) -> bool:
        """Whether the full-text index holds the very words of the entries."""
        self.connection.execute(
            "INSERT INTO search(search, rank) VALUES('integrity-check', 1)"
        )
        return True


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An empty store."""
    made = World(tmp_path / "data" / "firsthand.db")
    yield made
    made.store.close()
