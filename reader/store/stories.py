"""Which entries tell one and the same story: those with one original's address."""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b

from reader.store.codec import id_list
from reader.urls import is_home, page_key


def story_of(url: str | None) -> int | None:
    """A number for an original's address, the same for all spellings of one page."""
    # A site's front page is no story: everything that only names the site leads there.
    if not url or is_home(url):
        return None
    key = blake2b(page_key(url).encode(), digest_size=8).digest()
    return int.from_bytes(key, "big", signed=True)


def set_story(connection: sqlite3.Connection, entry_id: int, url: str | None) -> None:
    """Say which story an entry tells, and mark it shared when it is not alone."""
    story = story_of(url)
    connection.execute(
        "UPDATE state SET story = ?, shared = 0 WHERE entry_id = ?", (story, entry_id)
    )
    if story is None:
        return
    others = connection.execute(
        "SELECT 1 FROM state WHERE story = ? LIMIT 2", (story,)
    ).fetchall()
    if len(others) > 1:
        connection.execute("UPDATE state SET shared = 1 WHERE story = ?", (story,))


def also_in(
    connection: sqlite3.Connection, entry_ids: Iterable[int]
) -> dict[int, tuple[str, ...]]:
    """The titles of other feeds with the same story, oldest copy first."""
    rows = connection.execute(
        """SELECT s.entry_id, coalesce(f.own_title, f.title)
        FROM json_each(?) j JOIN state s ON s.entry_id = j.value AND s.shared = 1
        JOIN state o ON o.story = s.story AND o.feed_id != s.feed_id
        JOIN feed f ON f.id = o.feed_id AND f.hidden_at IS NULL
        GROUP BY s.entry_id, f.id ORDER BY min(o.at), f.id""",
        (id_list(entry_ids),),
    )
    found: dict[int, tuple[str, ...]] = {}
    for entry, title in rows:
        found[entry] = (*found.get(entry, ()), title)
    return found
