"""Subscriptions and leases; what a poll brings is kept by polls.py."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from reader.errors import NotFoundError
from reader.model import Feed, Follow, Hints, Sighting, Validators
from reader.store import outbox
from reader.store.codec import (
    id_list,
    maybe_moment,
    maybe_span,
    to_micros,
    to_moment,
)
from reader.urls import same_page

NO_VALIDATORS = Validators()
KEPT_HIDDEN = timedelta(days=7)
"""How long a removed feed can be had back."""

_FEED = """SELECT f.id, f.url, coalesce(f.own_title, f.title), f.site_url, f.folder,
    t.unread, t.entries, t.stubs, t.looked, p.last_poll, p.last_success, p.next_poll,
    p.error, p.failures, p.etag, p.last_modified, p.digest, f.follow,
    p.asked_pause, p.skip_hours, p.skip_days, p.fresh, p.moving_to, p.moving_since,
    p.moving_ours,
    coalesce(f.stopped_at, p.paused), f.tags, f.every,
    CASE WHEN f.own_title IS NULL THEN '' ELSE f.title END,
    (SELECT name FROM account WHERE id = f.account_id), p.kind
    FROM feed f JOIN tally t ON t.feed_id = f.id JOIN poll p ON p.feed_id = f.id"""


def _feed(row: tuple[Any, ...]) -> Feed:
    stubs, looked = row[7:9]
    return Feed(
        id=row[0],
        url=row[1],
        title=row[2],
        site_url=row[3],
        folder=row[4],
        unread=row[5],
        entries=row[6],
        stub_share=stubs / looked if looked else None,
        looked=looked,
        follow=row[17],
        last_poll=maybe_moment(row[9]),
        last_success=maybe_moment(row[10]),
        next_poll=maybe_moment(row[11]),
        error=row[12],
        failures=row[13],
        validators=_validators(row[14], row[15]),
        digest=row[16],
        hints=_hints(*row[18:21]),
        fresh=maybe_span(row[21]),
        moving=Sighting(row[22], to_moment(row[23]), bool(row[24]))
        if row[22]
        else None,
        paused=maybe_moment(row[25]),
        tags=tuple(row[26].split("\n")) if row[26] else (),
        every=maybe_span(row[27]),
        called=row[28],
        account=row[29],
        kind=row[30],
    )


def _validators(etag: str | None, modified: str | None) -> Validators:
    return Validators(etag, modified) if etag or modified else NO_VALIDATORS


# Most feeds of many say one of a few things, mostly nothing.
@lru_cache(maxsize=256)
def _hints(pause: int | None, hours: int, days: int) -> Hints:
    return Hints(maybe_span(pause), _numbers(hours), _numbers(days))


def _numbers(bits: int) -> frozenset[int]:
    """The small numbers that the bits of one stand for."""
    return frozenset(n for n in range(24) if bits >> n & 1)


def every(connection: sqlite3.Connection) -> tuple[Feed, ...]:
    """Every subscription, by folder, then title; those without a folder last."""
    rows = connection.execute(
        f"""{_FEED} WHERE f.hidden_at IS NULL ORDER BY f.folder IS NULL,
        folded(f.folder), folded(coalesce(f.own_title, f.title)), f.id"""
    )
    return tuple(map(_feed, rows))


def one(connection: sqlite3.Connection, feed_id: int) -> Feed:
    """A subscription by its id."""
    row = connection.execute(
        f"{_FEED} WHERE f.id = ? AND f.hidden_at IS NULL", (feed_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(str(feed_id), "no such feed; firsthand feeds lists them")
    return _feed(row)


def find(connection: sqlite3.Connection, ref: str) -> Feed:
    """A subscription by what a person calls it: its id, or its URL."""
    ref = ref.strip()
    if ref.isascii() and ref.isdigit() and len(ref) < 19:
        return one(connection, int(ref))
    rows = connection.execute(
        """SELECT id, url FROM feed WHERE hidden_at IS NULL
        ORDER BY account_id IS NOT NULL"""
    ).fetchall()
    exact = [row[0] for row in rows if row[1] == ref]
    loose = [row[0] for row in rows if same_page(row[1], ref)]
    if not exact and len(loose) != 1:
        raise NotFoundError(ref, "no such feed; firsthand feeds lists them")
    return one(connection, (exact or loose)[0])


def add(
    connection: sqlite3.Connection,
    url: str,
    title: str,
    site_url: str | None,
    folder: str | None,
    now: datetime,
) -> Feed:
    """Subscribe; a removed feed comes back with all it had, one that is here stays."""
    fresh = Feed(0, url, title, site_url, folder or None)
    row = connection.execute(
        "SELECT id, hidden_at FROM feed WHERE url = ? AND account_id IS NULL",
        (fresh.url,),
    ).fetchone()
    if row is None:
        return one(connection, insert(connection, fresh, now))
    if row[1] is not None:
        connection.execute(
            """UPDATE feed SET hidden_at = NULL, folder = coalesce(?, folder)
            WHERE id = ?""",
            (fresh.folder, row[0]),
        )
    return one(connection, row[0])


def insert(
    connection: sqlite3.Connection,
    feed: Feed,
    now: datetime,
    account_id: int | None = None,
    stream: str | None = None,
) -> int:
    """Write down a feed that is not here; its id."""
    made: int = connection.execute(
        """INSERT INTO feed(url, title, site_url, folder, added_at, account_id, stream)
        VALUES(?, ?, ?, ?, ?, ?, ?) RETURNING id""",
        (
            *(feed.url, feed.title, feed.site_url, feed.folder, to_micros(now)),
            *(account_id, stream),
        ),
    ).fetchone()[0]
    connection.execute("INSERT INTO poll(feed_id) VALUES(?)", (made,))
    connection.execute("INSERT INTO tally(feed_id) VALUES(?)", (made,))
    return made


def update(
    connection: sqlite3.Connection,
    feed_id: int,
    title: str | None,
    folder: str | None,
    follow: Follow | None = None,
) -> Feed:
    """Change what is not None; "" gives the feed's own title back, or no folder."""
    cleaned = Feed(feed_id, "", title or "", folder=folder or "")
    filed = cleaned.folder if folder is not None else None
    outbox.renamed(connection, feed_id, cleaned.title, filed)
    if title is not None:
        connection.execute(
            "UPDATE feed SET own_title = ? WHERE id = ?",
            (cleaned.title or None, feed_id),
        )
    if folder is not None:
        connection.execute(
            "UPDATE feed SET folder = ? WHERE id = ?", (cleaned.folder or None, feed_id)
        )
    if follow is not None:
        connection.execute("UPDATE feed SET follow = ? WHERE id = ?", (follow, feed_id))
    return one(connection, feed_id)


# --- leases -----------------------------------------------------------------

LONGEST = timedelta(days=1)
"""A lease that runs longer than this was taken while the clock was wrong."""

# A feed that was polled in the future was, too: it is due.
_DUE = """SELECT f.id FROM feed f JOIN poll p ON p.feed_id = f.id
    LEFT JOIN lease l ON l.feed_id = f.id
    WHERE f.hidden_at IS NULL AND f.account_id IS NULL
    AND (l.owner IS NULL OR l.owner = :owner OR l.until NOT BETWEEN :now + 1 AND :far)
    AND (coalesce(f.stopped_at, p.paused) IS NULL OR :ids IS NOT NULL)
    AND (:due = 0 OR p.next_poll IS NULL OR p.next_poll <= :now OR p.last_poll > :now)
    AND (:ids IS NULL OR f.id IN (SELECT value FROM json_each(:ids)))"""


def lease(
    connection: sqlite3.Connection,
    owner: str,
    now: datetime,
    until: datetime,
    feed_ids: Sequence[int] | None,
    due: bool,
) -> tuple[Feed, ...]:
    """Claim the feeds that are due, or those named, unless another holds them."""
    wanted = {
        "owner": owner,
        "now": to_micros(now),
        "far": to_micros(now + LONGEST),
        "due": due,
        "ids": None if feed_ids is None else id_list(feed_ids),
    }
    claimed = [row[0] for row in connection.execute(_DUE, wanted)]
    connection.executemany(
        """INSERT INTO lease(feed_id, owner, until) VALUES(?, ?, ?)
        ON CONFLICT(feed_id) DO UPDATE SET owner = excluded.owner,
        until = excluded.until""",
        ((feed, owner, to_micros(until)) for feed in claimed),
    )
    rows = connection.execute(
        f"""{_FEED} WHERE f.id IN (SELECT value FROM json_each(?))
        ORDER BY p.next_poll, f.id""",
        (id_list(claimed),),
    )
    return tuple(map(_feed, rows))


def release(connection: sqlite3.Connection, owner: str | None) -> None:
    """Give up every feed that `owner` holds; None: that anybody holds."""
    connection.execute("DELETE FROM lease WHERE ?1 IS NULL OR owner = ?1", (owner,))
