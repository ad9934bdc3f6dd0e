"""The poll: every feed that is due is asked for news, then stubs are followed.

One transaction a feed; a feed that fails keeps what it had, and stops no other.
"""

import asyncio
import hashlib
import os
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from reader import extract, feeds
from reader.errors import ReaderError
from reader.feeds import Changes, ParsedFeed
from reader.model import Attribution, Entry, Feed, FeedRef, Page, Validators
from reader.resolve import first_look
from reader.resolve.eager import prior
from reader.services.attribute import attribute
from reader.services.batch import each
from reader.services.core import Services
from reader.services.guard import guard
from reader.services.retrieve import StatusError, retrieve
from reader.store import Poll, Polled

Resolve = Literal["none", "stubs", "all"]

LEASE = timedelta(minutes=10)
"""How long a feed stays ours when we die in the middle of polling it."""

INDEX_EVERY = 32
"""Feeds between two batches of the search index: cheaper at once than one by one."""

AT_ONCE = 8
"""Entries attributed at the same time; hosts are spared by `fetch`."""


@dataclass(frozen=True, slots=True)
class FeedPolled:
    """How the poll of one feed went: `error` is None when it answered."""

    feed: Feed
    status: Literal["ok", "unchanged", "failed"]
    new: int = 0
    error: ReaderError | None = None


@dataclass(frozen=True, slots=True)
class EntryAttributed:
    """One entry was followed to its original, or trouble was met on the way."""

    entry_id: int
    attribution: Attribution | None
    error: ReaderError | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh has come; `last` is what was just done.

    `new` and `failed` count over the whole refresh; `done` and `total` count feeds
    while polling, entries while attributing.
    """

    stage: Literal["poll", "attribute"]
    done: int
    total: int
    new: int = 0
    failed: int = 0
    last: FeedPolled | EntryAttributed | None = None


async def refresh(
    services: Services,
    feed_ids: tuple[int, ...] | None = None,
    *,
    force: bool = False,
    resolve: Resolve = "stubs",
    limit: int = 500,
) -> AsyncIterator[Progress]:
    """Poll what is due (`force`, or named: always), then attribute new entries.

    `resolve` says which: every unchecked entry, or all not yet looked at on the web,
    newest first, at most `limit`; feeds that are always or never followed have it their
    way. Yields after each feed and each entry.
    """
    last = Progress("poll", 0, 0)
    async for last in _poll(services, feed_ids, force):
        yield last
    if resolve == "none":
        return
    wanted = services.store.unchecked if resolve == "stubs" else services.store.unlooked
    due = wanted(limit, feed_ids, services.now())
    async for step in _attribute(services, due, last):
        yield step


async def _poll(
    services: Services, feed_ids: tuple[int, ...] | None, force: bool
) -> AsyncIterator[Progress]:
    owner = f"{os.getpid()}-{uuid.uuid4().hex}"
    now = services.now()
    due = feed_ids is None and not force
    leased = await services.write(
        services.store.lease, owner, now, now + LEASE, feed_ids, due
    )
    progress = Progress("poll", 0, len(leased))
    yield progress
    try:
        workers = services.settings.poll.workers
        async for polled in each(leased, partial(_guarded, services), workers):
            progress = replace(
                progress,
                done=progress.done + 1,
                new=progress.new + polled.new,
                failed=progress.failed + (polled.status == "failed"),
                last=polled,
            )
            yield progress
            if progress.done % INDEX_EVERY == 0:
                await index(services)
    finally:
        await services.write(services.store.release, owner)
        await index(services)
        await services.write(services.store.purge, services.now())


async def _attribute(
    services: Services, entry_ids: tuple[int, ...], polled: Progress
) -> AsyncIterator[Progress]:
    progress = replace(
        polled, stage="attribute", done=0, total=len(entry_ids), last=None
    )
    async for done in each(entry_ids, partial(_followed, services), AT_ONCE):
        progress = replace(progress, done=progress.done + 1, last=done)
        yield progress


async def _followed(services: Services, entry_id: int) -> EntryAttributed:
    found = await guard(services, f"entry {entry_id}", attribute(services, entry_id))
    if isinstance(found, ReaderError):
        return EntryAttributed(entry_id, None, found)
    return EntryAttributed(entry_id, found.attribution)


async def _guarded(services: Services, feed: Feed) -> FeedPolled:
    outcome = await guard(services, feed.url, poll_feed(services, feed))
    if isinstance(outcome, FeedPolled):
        return outcome
    await services.write(services.store.save_poll, _failure(services, feed, outcome))
    return FeedPolled(feed, "failed", error=outcome)


async def index(services: Services) -> None:
    """Let what was polled be found: batches, so that other writes come between."""
    while await services.write(services.store.catch_up):
        pass


async def poll_feed(services: Services, feed: Feed) -> FeedPolled:
    """Ask one feed for news and keep what came. Raises ReaderError when it failed."""
    page = (await retrieve(services, feed.url, feed.validators)).page
    if page.status == 304 or _digest(page) == feed.digest:
        await services.write(services.store.save_poll, _unchanged(services, feed, page))
        return FeedPolled(feed, "unchanged")
    parsed = await asyncio.to_thread(
        feeds.parse, page.body, page.url, page.header("content-type")
    )
    new = await keep(services, feed, page, parsed)
    return FeedPolled(feed, "ok", new)


async def keep(services: Services, feed: Feed, page: Page, parsed: ParsedFeed) -> int:
    """Store what a poll brought, in one transaction; the number of new entries."""
    known = services.store.known(feed.id)
    outcome = await asyncio.to_thread(
        _outcome, services, feed, page, parsed, feeds.changes(known, parsed)
    )
    saved = await services.write(services.store.save_poll, outcome, index=False)
    return len(saved.new_ids)


def _outcome(
    services: Services, feed: Feed, page: Page, parsed: ParsedFeed, found: Changes
) -> Poll:
    title, site_url = parsed.title or feed.title, parsed.site_url or feed.site_url
    ref = replace(feed, title=title, site_url=site_url).ref
    looked = partial(_looked, services, ref, prior(feed))
    return replace(
        _unchanged(services, feed, page, parsed),
        title=title,
        site_url=site_url,
        new=tuple(map(looked, found.new)),
        updated=tuple(map(looked, found.updated)),
        listed=frozenset(entry.guid for entry in parsed.entries),
    )


def _looked(
    services: Services, feed: FeedRef, expected: float | None, entry: Entry
) -> Polled:
    """A first look at an entry: its verdict without a fetch, and its words to find."""
    return Polled(
        entry,
        feeds.fingerprint(entry),
        first_look(entry, feed, services.rules, expected),
        extract.feed_words(entry),
    )


def _unchanged(
    services: Services, feed: Feed, page: Page, parsed: ParsedFeed | None = None
) -> Poll:
    now = services.now()
    return Poll(
        feed_id=feed.id,
        at=now,
        next_poll=_next(services, feed, page, parsed),
        validators=_validators(page, feed.validators),
        digest=feed.digest if page.status == 304 else _digest(page),
    )


def _failure(services: Services, feed: Feed, error: ReaderError) -> Poll:
    now = services.now()
    # A server that refuses may say when to come back (Retry-After).
    page = error.page if isinstance(error, StatusError) else None
    return Poll(
        feed_id=feed.id,
        at=now,
        next_poll=_next(services, feed, page, failures=feed.failures + 1),
        error=error.reason,
        failures=feed.failures + 1,
        validators=feed.validators,
        digest=feed.digest,
    )


def _next(
    services: Services,
    feed: Feed,
    page: Page | None = None,
    parsed: ParsedFeed | None = None,
    failures: int = 0,
) -> datetime:
    """When to ask again, within the bounds of the settings."""
    now = services.now()
    # An unchanged answer names no entries: what is kept tells the feed's rhythm.
    times = [entry.published for entry in parsed.entries] if parsed else ()
    facts = feeds.poll_facts(
        page,
        now,
        hints=parsed.hints if parsed else feeds.Hints(),
        published=tuple(filter(None, times)) or services.store.rhythm(feed.id),
        failures=failures,
    )
    bounds = services.settings.poll
    return feeds.next_poll(
        facts, now, least=bounds.min_interval, most=bounds.max_interval
    )


def _validators(page: Page, before: Validators) -> Validators:
    """What the server gave to ask again with; a 304 that gives none keeps the old."""
    given = Validators(page.header("etag"), page.header("last-modified"))
    if page.status == 304 and given == Validators():
        return before
    return given


def _digest(page: Page) -> str:
    return hashlib.sha256(page.body).hexdigest()
