"""Verdicts as they are kept, and the stories that they make of entries.

Entries tell one story when their originals have one address.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from reader.model import Attribution
from reader.store.codec import from_plain, id_list, to_json, to_plain
from reader.urls import is_home, page_key

ADD = """INSERT INTO attribution(entry_id, url, publisher, vias, data)
    VALUES(?, ?, ?, ?, ?) ON CONFLICT(entry_id) DO UPDATE SET url = excluded.url,
    publisher = excluded.publisher, vias = excluded.vias, data = excluded.data"""


def columns(found: Attribution) -> tuple[str | None, str | None, str | None, str]:
    """A verdict as url, publisher, kinds of hops between spaces, and the rest."""
    rest = to_plain(found)
    url, publisher = rest.pop("url", None), rest.pop("publisher", None)
    vias = " ".join(sorted({hop.via for hop in found.trail}))
    return url, publisher, f" {vias} " if vias else None, to_json(rest)


def from_columns(url: str | None, publisher: str | None, data: str) -> Attribution:
    """The verdict of such columns."""
    rest: dict[str, Any] = json.loads(data)
    return from_plain(Attribution, {**rest, "url": url, "publisher": publisher})


def summary(found: Attribution) -> tuple[str, bool | None, bool, int | None]:
    """What lists need of a verdict: status, stub, whether checked, and the story."""
    checked = found.checked_at is not None
    return found.status, found.stub, checked, story_of(found.url)


def keep(connection: sqlite3.Connection, entry_id: int, found: Attribution) -> None:
    """Write down the verdict on an entry in place of the one before."""
    keep_columns(connection, entry_id, columns(found), summary(found))


def keep_columns(
    connection: sqlite3.Connection,
    entry_id: int,
    verdict: Sequence[str | int | None],
    about: Sequence[str | int | None],
) -> None:
    """The same for a verdict that was made `columns` and a `summary` of before."""
    connection.execute(ADD, (entry_id, *verdict))
    connection.execute(
        """UPDATE state SET status = ?, stub = ?, checked = ?, story = ?, shared = 0
        WHERE entry_id = ?""",
        (*about, entry_id),
    )
    share(connection, [entry_id])


def story_of(url: str | None) -> int | None:
    """A number for an original's address, the same for all spellings of one page."""
    # Brings OpenSSL with it; a reader who only reads never needs it.
    from hashlib import blake2b

    # A site's front page is no story: everything that only names the site leads there.
    if not url or is_home(url):
        return None
    key = blake2b(page_key(url).encode(), digest_size=8).digest()
    return int.from_bytes(key, "big", signed=True)


def share(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Mark the entries whose story one of these tells as well.

    The mark is never taken back: it says where to look for copies, not that there are.
    """
    connection.execute(
        """UPDATE state SET shared = 1 WHERE shared = 0 AND story IN (
            SELECT o.story FROM json_each(?) j JOIN state s ON s.entry_id = j.value
            JOIN state o ON o.story = s.story AND o.entry_id != s.entry_id)""",
        (id_list(entry_ids),),
    )


COPIES = 100
"""Copies of one story that are told of."""

Other = tuple[int, int]
"""Another entry of a story, and its feed."""


def copies(
    connection: sqlite3.Connection, entry_ids: Sequence[int]
) -> dict[int, tuple[Other, ...]]:
    """The other entries of the same stories, oldest first."""
    here = connection.execute(
        """SELECT s.entry_id, s.story FROM json_each(?) j
        JOIN state s ON s.entry_id = j.value AND s.shared = 1""",
        (id_list(entry_ids),),
    ).fetchall()
    told = _told(connection, {story for _, story in here}) if here else {}
    found = {
        entry: tuple(other for other in told.get(story, ()) if other[0] != entry)
        for entry, story in here
    }
    return {entry: others[:COPIES] for entry, others in found.items() if others}


def _told(
    connection: sqlite3.Connection, stories: Iterable[int]
) -> dict[int, list[Other]]:
    """The entries that tell each of some stories, oldest first."""
    found: dict[int, list[Other]] = {}
    for story, entry, feed in connection.execute(
        """SELECT o.story, o.entry_id, o.feed_id FROM state o
        JOIN feed f ON f.id = o.feed_id AND f.hidden_at IS NULL
        WHERE o.story IN (SELECT value FROM json_each(?)) ORDER BY o.at, o.entry_id""",
        (id_list(stories),),
    ):
        known = found.setdefault(story, [])
        if len(known) <= COPIES:
            known.append((entry, feed))
    return found
