"""Lists: which entries a query fits, in order; never what is in them."""

import json
import sqlite3
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any

from reader.errors import QueryError
from reader.model import Follow
from reader.query import Query
from reader.store import search
from reader.store.codec import id_list, maybe_micros
from reader.store.compile import SHOWN, Where, compiled
from reader.store.values import Ids, Order

PATTERN_SECONDS = 1.0
"""How long a reader's own /pattern/ may be at work, over all entries together."""

_FEED = """(SELECT coalesce(f.own_title, f.title) FROM feed f
    WHERE f.id = s.feed_id)"""
# As a list shows it: the republisher's name as long as the publisher is not known.
_PUBLISHER = f"""coalesce(CASE WHEN s.status = 'resolved' OR s.status = 'original'
    AND EXISTS (SELECT 1 FROM feed f WHERE f.id = s.feed_id AND f.own_title IS NULL)
    THEN (SELECT a.publisher FROM attribution a WHERE a.entry_id = s.entry_id) END,
    {_FEED})"""

ORDER: dict[Order, str] = {
    "newest": "s.at DESC, s.feed_id DESC, s.entry_id DESC",
    "oldest": "s.at, s.feed_id, s.entry_id",
    "unread": "s.read, s.at DESC, s.feed_id DESC, s.entry_id DESC",
    "feed": f"folded({_FEED}), s.feed_id, s.at DESC, s.entry_id DESC",
    "publisher": f"folded({_PUBLISHER}), s.at DESC, s.entry_id DESC",
}
"""The orders of a list; every index of a view has the first two."""


def hidden(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The feeds that were removed and not purged yet."""
    rows = connection.execute("SELECT id FROM feed WHERE hidden_at IS NOT NULL")
    return tuple(row[0] for row in rows)


def where(connection: sqlite3.Connection, query: Query) -> Where:
    """A query as conditions on this database."""
    return compiled(query, hidden(connection), some_hidden(connection))


def some_hidden(connection: sqlite3.Connection) -> bool:
    """Whether any entry is hidden; most readers hide none, and pay nothing for it."""
    found = connection.execute("SELECT 1 FROM state WHERE hidden = 1 LIMIT 1")
    return found.fetchone() is not None


def ids(
    connection: sqlite3.Connection,
    query: Query,
    order: Order = "newest",
    stories: bool = False,
    limit: int | None = None,
) -> Ids:
    """The entries that a query fits, in order; one of each story if asked for."""
    wanted = where(connection, query)
    sql, values = wanted.whole
    late = stories or bool(wanted.patterns)
    bound = -1 if limit is None or late else int(limit)
    # As one text: a row for each takes half as long again. The bound, even none, keeps
    # the order of what is put together.
    text = connection.execute(
        f"""SELECT json_group_array(entry_id) FROM (SELECT s.entry_id FROM state s
        WHERE {sql} ORDER BY {ORDER[order]} LIMIT {bound})""",
        values,
    ).fetchone()[0]
    return _bounded(connection, json.loads(text), wanted, stories, limit)


def ranked(
    connection: sqlite3.Connection, query: Query, limit: int, stories: bool = False
) -> Ids:
    """The entries that fit best, best first; without words the newest."""
    wanted = where(connection, query)
    if wanted.match is None:
        return ids(connection, query, "newest", stories, limit)
    if wanted.patterns:
        found = _fitting(connection, wanted, f"ORDER BY {search.WEIGHTS}")
        return _bounded(connection, found, wanted, stories, limit)
    # Only what is shown is put in order: most of many is not, and behind others less.
    behind = _behind(connection, _fitting(connection, wanted)) if stories else set()
    best = f"ORDER BY {search.WEIGHTS} LIMIT {int(limit) + len(behind)}"
    found = _fitting(connection, wanted, best)
    return array("q", islice((one for one in found if one not in behind), limit))


def _fitting(
    connection: sqlite3.Connection, wanted: Where, ending: str = ""
) -> Iterator[int]:
    """The entries that hold the words of a query, and fit the rest of it."""
    join = "" if wanted.sql == "1" else "JOIN state s ON s.entry_id = search.rowid"
    rows = connection.execute(
        f"SELECT search.rowid FROM search {join} WHERE search MATCH ? AND {wanted.sql}"
        f" {ending}",
        (wanted.match, *wanted.values),
    )
    return chain.from_iterable(rows)


def count(connection: sqlite3.Connection, query: Query) -> int:
    """How many entries a query fits."""
    wanted = where(connection, query)
    if wanted.patterns:
        return len(ids(connection, query))
    sql, values = wanted.whole
    row = connection.execute(f"SELECT count(*) FROM state s WHERE {sql}", values)
    return int(row.fetchone()[0])


STORY = "CASE WHEN s.shared = 1 THEN s.story ELSE -s.entry_id END"
"""What entries are told apart by where those of one story count as one."""

FIGURES = f"""count(*), count(DISTINCT {STORY}), coalesce(sum(s.read = 0), 0),
    count(DISTINCT CASE WHEN s.read = 0 THEN {STORY} END)"""
"""Entries and stories of a list, and the unread ones of both."""


def figures(connection: sqlite3.Connection, query: Query) -> tuple[int, int, int, int]:
    """How many entries and stories a query fits, and how many unread of both."""
    sql, values = where(connection, query).whole
    row = connection.execute(f"SELECT {FIGURES} FROM state s WHERE {sql}", values)
    found: tuple[int, int, int, int] = row.fetchone()
    return found


def _bounded(
    connection: sqlite3.Connection,
    found: Iterable[int],
    wanted: Where,
    stories: bool,
    limit: int | None,
) -> Ids:
    """What is left when patterns, stories and limit have had their say."""
    if wanted.patterns:
        found = matching(connection, found, wanted.patterns)
    if stories:
        found = _first_hand(connection, array("q", found))
    if limit is None:
        return array("q", found)
    return array("q", islice(found, limit))


# --- stories ----------------------------------------------------------------


def _first_hand(connection: sqlite3.Connection, found: Ids) -> Iterable[int]:
    """One entry of each story: its first-hand copy, else its oldest."""
    behind = _behind(connection, found)
    return (entry for entry in found if entry not in behind) if behind else found


def _behind(connection: sqlite3.Connection, found: Iterable[int]) -> set[int]:
    """The entries that stand behind another one of these, which tells the same story.

    First-hand copies stand first, then the oldest.
    """
    shared = connection.execute(
        """SELECT entry_id, story FROM state WHERE shared = 1
        ORDER BY status != 'original', at, entry_id"""
    ).fetchall()
    here = {entry for entry, _ in shared}.intersection(found) if shared else set()
    best: dict[int, int] = {}
    for entry, story in shared:
        if entry in here:
            best.setdefault(story, entry)
    return here.difference(best.values())


def copies(connection: sqlite3.Connection, entries: Sequence[int]) -> Ids:
    """These entries and every other one of the same stories."""
    rows = connection.execute(
        """SELECT value FROM json_each(:ids) UNION
        SELECT o.entry_id FROM json_each(:ids) j
        JOIN state s ON s.entry_id = j.value
        JOIN state o ON o.story = s.story""",
        {"ids": id_list(entries)},
    )
    return array("q", (row[0] for row in rows))


# --- patterns ---------------------------------------------------------------


def matching(
    connection: sqlite3.Connection,
    found: Iterable[int],
    patterns: tuple[tuple[str, bool], ...],
    seconds: float = PATTERN_SECONDS,
) -> Iterator[int]:
    """The entries whose title or text every pattern fits, or does not, as wanted."""
    # Costs 20 ms to import, and few queries hold a pattern.
    import regex

    made = [(text, regex.compile(text, regex.I), want) for text, want in patterns]
    until = time.monotonic() + seconds
    for entry in found:
        title, body = _words(connection, entry)
        for text, pattern, want in made:
            if _hit(text, pattern, (title, body), until) != want:
                break
        else:
            yield entry


def _words(connection: sqlite3.Connection, entry: int) -> tuple[str, str]:
    row = connection.execute(
        """SELECT e.title, c.data, r.data FROM entry e
        JOIN content c ON c.entry_id = e.id LEFT JOIN reading r ON r.entry_id = e.id
        WHERE e.id = ?""",
        (entry,),
    ).fetchone()
    return row[0], search.text_of(row[1], row[2])


def _hit(text: str, pattern: Any, words: tuple[str, str], until: float) -> bool:
    try:
        left = max(until - time.monotonic(), 0.001)
        return any(pattern.search(part, timeout=left) for part in words)
    except TimeoutError as error:
        reason = f"“/{text}/” takes too long; add a word, or make the pattern simpler."
        raise QueryError("", reason) from error


# --- what is still to be looked at ------------------------------------------


def unchecked(
    connection: sqlite3.Connection,
    limit: int,
    feed_ids: Sequence[int] | None,
    now: datetime | None,
) -> tuple[int, ...]:
    """Entries with a signal that was not followed yet, newest first."""
    condition = "s.status = 'unchecked'"
    # One that came to no verdict because nobody answered is asked for again.
    if again := _to_try_again(connection, now):
        condition += f" OR s.entry_id IN ({_numbers(again)})"
    if always := _following(connection, "always"):
        # Only then: an OR keeps the index of the unchecked from being used.
        condition += f" OR (s.checked = 0 AND s.feed_id IN ({_numbers(always)}))"
    return _to_do(connection, condition, limit, feed_ids, now)


def unlooked(
    connection: sqlite3.Connection,
    limit: int,
    feed_ids: Sequence[int] | None,
    now: datetime | None,
) -> tuple[int, ...]:
    """Entries whose page was never fetched, newest first."""
    return _to_do(connection, "s.checked = 0", limit, feed_ids, now)


def ahead(
    connection: sqlite3.Connection,
    limit: int,
    feed_ids: Sequence[int] | None,
    now: datetime | None,
) -> tuple[int, ...]:
    """Unread entries whose page was never fetched, newest first."""
    return _to_do(connection, "s.read = 0 AND s.checked = 0", limit, feed_ids, now)


def _following(connection: sqlite3.Connection, how: Follow) -> tuple[int, ...]:
    rows = connection.execute("SELECT id FROM feed WHERE follow = ?", (how,))
    return tuple(row[0] for row in rows)


def _to_try_again(
    connection: sqlite3.Connection, now: datetime | None
) -> tuple[int, ...]:
    rows = connection.execute(
        """SELECT r.entry_id FROM reading r JOIN state s ON s.entry_id = r.entry_id
        WHERE r.retry_at <= ? AND s.status = 'unresolved' LIMIT 1000""",
        (maybe_micros(now),),
    )
    return tuple(row[0] for row in rows)


def _to_do(
    connection: sqlite3.Connection,
    condition: str,
    limit: int,
    feed_ids: Sequence[int] | None,
    now: datetime | None,
) -> tuple[int, ...]:
    chosen = "" if feed_ids is None else f"AND s.feed_id IN ({_numbers(feed_ids)})"
    without = (*hidden(connection), *_following(connection, "never"))
    shown = f"AND {SHOWN}" if some_hidden(connection) else ""
    rows = connection.execute(
        f"""SELECT s.entry_id FROM state s WHERE ({condition}) {chosen}
        AND s.feed_id NOT IN ({_numbers(without)}) {shown}
        AND NOT EXISTS (SELECT 1 FROM reading r
            WHERE r.entry_id = s.entry_id AND r.retry_at > :now)
        ORDER BY {ORDER["newest"]} LIMIT :limit""",
        {"now": maybe_micros(now), "limit": min(limit, 2**31)},
    )
    return tuple(row[0] for row in rows)


def _numbers(values: Sequence[int]) -> str:
    return ", ".join(str(int(value)) for value in values)
