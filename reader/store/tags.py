"""The reader's own words for entries: what they are called, and which have them.

What is done to them goes through the journal, so that it can be undone.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from reader import query
from reader.cleaning import clean_line
from reader.store import lists, search
from reader.store.codec import id_list

LONGEST = 100
"""Characters of a tag."""


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and the entries and stories of its list, and the unread ones of both.

    Its list also holds what a feed tagged so, or called so itself.
    """

    name: str
    entries: int
    stories: int
    unread: int
    unread_stories: int


def named(name: str) -> str:
    """A tag as it is kept: one line, without the signs that people write before it."""
    return clean_line(name).lstrip("#+").strip()[:LONGEST].strip()


def make(connection: sqlite3.Connection, name: str) -> int:
    """The id of a tag, which is made if it is new; case and accents make no other."""
    name = named(name)
    connection.execute(
        "INSERT INTO tag(name, key) VALUES(?, ?) ON CONFLICT(key) DO NOTHING",
        (name, search.folded(name)),
    )
    return _id(connection, name) or 0


def find(connection: sqlite3.Connection, name: str) -> int | None:
    """The id of a tag, None where there is none of that name."""
    return _id(connection, named(name))


def _id(connection: sqlite3.Connection, name: str) -> int | None:
    row = connection.execute(
        "SELECT id FROM tag WHERE key = ?", (search.folded(name),)
    ).fetchone()
    return None if row is None else int(row[0])


def of(connection: sqlite3.Connection, ids: str) -> dict[int, tuple[str, ...]]:
    """The tags of the entries of an id list, by name; who has none is left out."""
    found: dict[int, tuple[str, ...]] = {}
    for entry, name in connection.execute(
        """SELECT t.entry_id, g.name FROM tagged t JOIN tag g ON g.id = t.tag_id
        WHERE t.entry_id IN (SELECT value FROM json_each(?)) ORDER BY g.key""",
        (ids,),
    ):
        found[entry] = (*found.get(entry, ()), name)
    return found


def every(connection: sqlite3.Connection) -> tuple[TagCount, ...]:
    """Every tag that some entry was given, by name, with what its list holds."""
    rows = connection.execute(
        """SELECT g.name FROM tag g WHERE EXISTS (
            SELECT 1 FROM tagged t JOIN state s ON s.entry_id = t.entry_id
            JOIN feed f ON f.id = s.feed_id
            WHERE t.tag_id = g.id AND f.hidden_at IS NULL AND s.hidden = 0)
        ORDER BY g.key"""
    ).fetchall()
    return tuple(
        TagCount(name, *lists.figures(connection, query.of_tag(name)))
        for (name,) in rows
    )


def having(
    connection: sqlite3.Connection, tag: int, ids: Iterable[int], has: bool
) -> list[int]:
    """Those of some entries that have a tag, or that have it not."""
    wanted = "IN" if has else "NOT IN"
    rows = connection.execute(
        f"""SELECT entry_id FROM state
        WHERE entry_id IN (SELECT value FROM json_each(?))
        AND entry_id {wanted} (SELECT entry_id FROM tagged WHERE tag_id = ?)""",
        (id_list(ids), tag),
    )
    return [row[0] for row in rows]


def put(
    connection: sqlite3.Connection, tag: int, ids: Iterable[int], has: bool
) -> None:
    """Give entries a tag, or take it from them."""
    if has:
        change = "INSERT INTO tagged(tag_id, entry_id) VALUES(?, ?)"
    else:
        change = "DELETE FROM tagged WHERE tag_id = ? AND entry_id = ?"
    connection.executemany(change, ((tag, entry) for entry in ids))
