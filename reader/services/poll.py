"""The poll: every feed that is due is asked for news, then stubs are followed.

One transaction a feed; a feed that fails keeps what it had, and stops no other.
"""

import os
import uuid
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import zip_longest
from typing import Literal

from reader import feeds, urls
from reader.errors import ReaderError
from reader.model import Attribution, Feed
from reader.services import backups, bared, credentials, intake, keeping, moving
from reader.services.attribute import attribute
from reader.services.batch import each
from reader.services.core import Services
from reader.services.guard import guard
from reader.services.retrieve import Retrieved, StatusError, retrieve
from reader.services.sync import Synced, sync_due
from reader.services.workers import Workers
from reader.store import Move

Resolve = Literal["none", "stubs", "all"]

LEASE = timedelta(minutes=10)
"""How long a feed stays ours when we die in the middle of polling it."""

INDEX_EVERY = 128
"""Feeds between two batches of the search index: cheaper at once than one by one."""

TURNS = 64
"""Hosts whose feeds are polled in turns: half of those that `fetch` keeps."""

AT_ONCE = 8
"""Entries attributed at the same time; hosts are spared by `fetch`."""


AHEAD_MOST = 200
"""Articles that one refresh fetches ahead."""


@dataclass(frozen=True, slots=True)
class FeedPolled:
    """How the poll of one feed went: `error` is None when it answered.

    `held` means that its host asked to be left alone, and was; `moved` is the change of
    its address that came of the poll; `bared` that https was left for http on the way.
    """

    feed: Feed
    status: Literal["ok", "unchanged", "failed", "held"]
    new: int = 0
    error: ReaderError | None = None
    moved: Move | None = None
    bared: bool = False


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
    last: FeedPolled | EntryAttributed | Synced | None = None


async def refresh(
    services: Services,
    feed_ids: tuple[int, ...] | None = None,
    *,
    force: bool = False,
    resolve: Resolve = "stubs",
    limit: int = 500,
    watched: bool = False,
) -> AsyncGenerator[Progress, None]:
    """Poll what is due (`force`, or named: always), then attribute new entries.

    `watched`: somebody presses keys meanwhile, which wait for no feed to be read.

    Accounts at servers are synced alike: those due, or of the feeds that are named.

    `resolve` says which: every unchecked entry, or all not yet looked at on the web,
    newest first, at most `limit`; feeds that are always or never followed have it their
    way. Yields after each feed and each entry.
    """
    last = Progress("poll", 0, 0)
    async with aclosing(_poll(services, feed_ids, force, watched)) as polling:
        async for last in polling:
            yield last
    async for synced in sync_due(services, feed_ids, force=force):
        last = replace(last, new=last.new + synced.new, last=synced)
        yield last
    # After the servers were heard, who may know a star that is not here yet. Where it
    # cannot be done (a full disk), the next poll tries again.
    await guard(services, "keeping", keeping.let_go(services))
    if resolve == "none":
        return
    wanted = services.store.unchecked if resolve == "stubs" else services.store.unlooked
    due = wanted(limit, feed_ids, services.now())
    due += _ahead(services, feed_ids, limit - len(due), frozenset(due))
    async with aclosing(_attribute(services, due, last)) as following:
        async for step in following:
            yield step


def _ahead(
    services: Services,
    feed_ids: tuple[int, ...] | None,
    room: int,
    known: frozenset[int],
) -> tuple[int, ...]:
    """The unread entries to be fetched ahead, where the settings say so; bounded."""
    if not services.settings.reading.fetch_ahead:
        return ()
    most = min(max(room, 0), AHEAD_MOST)
    found = services.store.ahead(most + len(known), feed_ids, services.now())
    return tuple(entry for entry in found if entry not in known)[:most]


async def _poll(
    services: Services,
    feed_ids: tuple[int, ...] | None,
    force: bool,
    watched: bool,
) -> AsyncGenerator[Progress, None]:
    owner = f"{os.getpid()}-{uuid.uuid4().hex}"
    now = services.now()
    due = feed_ids is None and not force
    leased = await services.write(
        services.store.lease, owner, now, now + LEASE, feed_ids, due
    )
    ours = tuple(feed.id for feed in leased)
    progress = Progress("poll", 0, len(leased))
    yield progress
    sure = sum(feed.last_success is None for feed in leased)
    workers = Workers(services.load_rules, len(leased), sure, watched=watched)
    workers.expect()
    try:
        at_once, guarded = services.settings.poll.workers, partial(_guarded, services)
        ordered = by_turns(leased)
        async for polled in each(ordered, partial(guarded, workers), at_once):
            if services.now() - now > LEASE / 2:
                now = services.now()
                await services.write(
                    services.store.lease, owner, now, now + LEASE, ours, False
                )
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
        workers.close()
        await services.write(services.store.release, owner)
        await index(services)
        await services.write(services.store.purge, services.now())
    # What a locked keyring keeps for a removed feed is asked for again next time.
    await guard(services, "credentials", credentials.forget_removed(services))
    await backups.weekly(services)


def by_turns(leased: Iterable[Feed]) -> tuple[Feed, ...]:
    """Feeds in their order, but those of a host close together, in turns with others'.

    So a host's connection is used again while it is kept, and no host is waited for.
    """
    by_host: dict[str, list[Feed]] = {}
    for feed in leased:
        by_host.setdefault(urls.host(feed.url), []).append(feed)
    hosts = tuple(by_host.values())
    rounds = (
        zip_longest(*hosts[start : start + TURNS])
        for start in range(0, len(hosts), TURNS)
    )
    return tuple(
        feed for together in rounds for turn in together for feed in turn if feed
    )


async def _attribute(
    services: Services, entry_ids: tuple[int, ...], polled: Progress
) -> AsyncGenerator[Progress, None]:
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


async def _guarded(services: Services, workers: Workers, feed: Feed) -> FeedPolled:
    outcome = await guard(services, feed.url, poll_feed(services, workers, feed))
    workers.passed()
    if isinstance(outcome, FeedPolled):
        return outcome
    if isinstance(outcome, StatusError):
        await guard(
            services, feed.url, moving.leave_alone(services, feed, outcome.page)
        )
    failed = services.write(
        services.store.save_poll, intake.failure(services, feed, outcome)
    )
    # Where even that cannot be kept (a full disk), the other feeds still go on.
    await guard(services, feed.url, failed)
    return FeedPolled(feed, "failed", error=outcome)


async def index(services: Services) -> None:
    """Let what was polled be found: batches, so that other writes come between."""
    while await services.write(services.store.catch_up):
        pass


async def _answer(services: Services, feed: Feed) -> Retrieved:
    """What a feed answers where it is, or, if it is gone, where it led for long."""
    try:
        told = await credentials.of(services, feed)
        return await retrieve(services, feed.url, feed.validators, headers=told)
    except StatusError as error:
        status, now = error.page.status, services.now()
        target = feeds.successor(feed.moving, status, now)
        if target is None:
            raise
        found = await retrieve(services, target, feed.validators)
        return replace(found, moved=True)


async def poll_feed(services: Services, workers: Workers, feed: Feed) -> FeedPolled:
    """Ask one feed for news and keep what came. Raises ReaderError when it failed."""
    if urls.host(feed.url) in services.store.held(services.now()):
        return FeedPolled(feed, "held")
    answer = await _answer(services, feed)
    await bared.note(services, feed, answer.bared)
    page, target = answer.page, answer.page.url if answer.moved else None
    if page.status == 304 or intake.digest(page) == feed.digest:
        saved = await intake.keep_unchanged(services, feed, page, target)
        return FeedPolled(feed, "unchanged", moved=saved.moved, bared=answer.bared)
    saved = await intake.keep(services, feed, page, target, workers)
    new = len(saved.new_ids)
    return FeedPolled(feed, "ok", new, moved=saved.moved, bared=answer.bared)
