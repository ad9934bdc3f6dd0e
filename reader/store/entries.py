"""Entries as they are read: rows of a list, one entry whole, what was fetched."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from reader.errors import NotFoundError
from reader.model import (
    Article,
    Attribution,
    Copy,
    Enclosure,
    Entry,
    EntryRow,
    FeedRef,
)
from reader.store import attributions, codec, search, tags, untitled
from reader.store.codec import (
    id_list,
    maybe_micros,
    maybe_moment,
    to_micros,
    to_moment,
)
from reader.store.values import StoredReading

_ROWS = """SELECT s.entry_id, s.feed_id, e.title, e.url, e.authors, e.published, s.at,
    s.read, s.starred, s.story, a.url, a.publisher, a.data, s.hidden, e.enclosures
    FROM json_each(?) j
    JOIN state s ON s.entry_id = j.value
    JOIN entry e ON e.id = s.entry_id
    JOIN attribution a ON a.entry_id = s.entry_id
    ORDER BY j.key"""
_STORED = """SELECT e.guid, e.url, e.title, e.authors, e.categories, e.published,
    e.updated, c.data, r.problem, r.fetched_at, r.data, r.tries, r.retry_at, f.follow,
    e.enclosures
    FROM entry e JOIN content c ON c.entry_id = e.id JOIN feed f ON f.id = e.feed_id
    LEFT JOIN reading r ON r.entry_id = e.id WHERE e.id = ?"""


def rows(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[EntryRow, ...]:
    """The lines of a list, in the order of `ids`; what is gone is left out."""
    wanted = id_list(ids)
    found = connection.execute(_ROWS, (wanted,)).fetchall()
    others = attributions.copies(connection, ids)
    named = tags.of(connection, wanted)
    feeds = _refs(
        connection,
        {row[1] for row in found} | {feed for o in others.values() for _, feed in o},
    )
    bare = untitled.named(connection, (row[0] for row in found if not row[2]))
    made = (
        _row(row, feeds, others.get(row[0], ()), named.get(row[0], ())) for row in found
    )
    return tuple(
        replace(row, begins=bare[row.id]) if row.id in bare else row for row in made
    )


def _refs(connection: sqlite3.Connection, ids: set[int]) -> dict[int, FeedRef]:
    rows = connection.execute(
        """SELECT id, coalesce(own_title, title), url, site_url,
        CASE WHEN own_title IS NULL THEN '' ELSE title END FROM feed
        WHERE id IN (SELECT value FROM json_each(?))""",
        (id_list(ids),),
    )
    return {row[0]: FeedRef(*row) for row in rows}


def _row(
    row: tuple[Any, ...],
    feeds: Mapping[int, FeedRef],
    others: Sequence[attributions.Other],
    named: tuple[str, ...],
) -> EntryRow:
    feed = feeds[row[1]]
    copies = tuple(Copy(entry, feeds[of]) for entry, of in others)
    elsewhere = {copy.feed.id: copy.feed.title for copy in copies}
    elsewhere.pop(feed.id, None)
    return EntryRow(
        id=row[0],
        feed=feed,
        title=row[2],
        url=row[3],
        authors=_names(row[4]),
        published=maybe_moment(row[5]),
        when=to_moment(row[6]),
        read=bool(row[7]),
        starred=bool(row[8]),
        attribution=attributions.from_columns(*row[10:13]),
        also_in=tuple(elsewhere.values()),
        story=row[9],
        copies=copies,
        tags=named,
        hidden=bool(row[13]),
        enclosures=_files(row[14]),
    )


def _files(told: str | None) -> tuple[Enclosure, ...]:
    if told is None:
        return ()
    return tuple(codec.from_plain(Enclosure, file) for file in json.loads(told))


def _names(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("\n")) if joined else ()


def stored(connection: sqlite3.Connection, entry_id: int) -> StoredReading:
    """All that is kept of one entry."""
    found = rows(connection, (entry_id,))
    if not found:
        raise NotFoundError(str(entry_id), "no such entry; firsthand list shows them")
    row = connection.execute(_STORED, (entry_id,)).fetchone()
    problem, fetched_at, packed, tries, retry_at, follow = row[8:14]
    _, made = codec.unpack(packed) if packed is not None else ("", {})
    return StoredReading(
        row=found[0],
        entry=_entry(entry_id, row),
        article=_article(made.get("article")),
        copy=_article(made.get("copy")),
        problem=problem,
        fetched=fetched_at is not None,
        tries=tries or 0,
        retry_at=maybe_moment(retry_at),
        follow=follow,
    )


def _entry(entry_id: int, row: tuple[Any, ...]) -> Entry:
    _, rest = codec.unpack(row[7])
    packed = codec.from_plain(Entry, {"url": row[1], **rest})
    return Entry(
        id=entry_id,
        guid=row[0],
        url=row[1],
        title=row[2],
        authors=_names(row[3]),
        categories=_names(row[4]),
        published=maybe_moment(row[5]),
        updated=maybe_moment(row[6]),
        summary=packed.summary,
        content=packed.content,
        language=packed.language,
        links=packed.links,
        enclosures=_files(row[14]),
    )


def _article(data: Any) -> Article | None:
    return None if data is None else codec.from_plain(Article, data)


def save_reading(
    connection: sqlite3.Connection,
    entry_id: int,
    attribution: Attribution,
    article: Article | None,
    copy: Article | None,
    problem: str | None,
    text: str,
    now: datetime,
) -> None:
    """Keep what was found out and fetched for an entry, in place of what was there.

    An article that could not be had this time stays as long as the verdict does.
    """
    before = stored(connection, entry_id)
    same = attribution.url == before.row.attribution.url
    if article is None and same and before.article is not None:
        article, text = before.article, _text(connection, entry_id)
    if copy is None and same:
        copy = before.copy
    search.forget(connection, (entry_id,))
    attributions.keep(connection, entry_id, attribution)
    made = {"article": article, "copy": copy}
    kept = {name: codec.to_plain(value) for name, value in made.items() if value}
    connection.execute(
        """INSERT INTO reading(entry_id, problem, fetched_at, data) VALUES(?, ?, ?, ?)
        ON CONFLICT(entry_id) DO UPDATE SET problem = excluded.problem,
        fetched_at = excluded.fetched_at, data = excluded.data""",
        (entry_id, problem, to_micros(now), codec.pack(text, kept)),
    )
    search.learn(connection, (entry_id,))


def remember_failure(
    connection: sqlite3.Connection,
    entry_id: int,
    tries: int,
    retry_at: datetime | None,
) -> None:
    """Keep how often in a row an entry's pages failed, and when to ask again."""
    connection.execute(
        "UPDATE reading SET tries = ?, retry_at = ? WHERE entry_id = ?",
        (tries, maybe_micros(retry_at), entry_id),
    )


def save_verdict(
    connection: sqlite3.Connection, entry_id: int, attribution: Attribution
) -> None:
    """Put another verdict on an entry in place of the one before."""
    search.forget(connection, (entry_id,))
    attributions.keep(connection, entry_id, attribution)
    search.learn(connection, (entry_id,))


def _text(connection: sqlite3.Connection, entry_id: int) -> str:
    row = connection.execute(
        "SELECT data FROM reading WHERE entry_id = ?", (entry_id,)
    ).fetchone()
    return codec.packed_text(row[0])
