"""An account and its server brought to agree: the server is told, then heard.

A server is the authority on subscriptions and marks, save for what it is still to be
told. Nothing is changed here before its answer is whole; whatever goes wrong is one
clear line, and what it was to be told is kept for the next time.
"""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from reader.errors import ReaderError, SyncError
from reader.model import Fetch, Page, Request
from reader.services import accounts, hearing, labelling, telling
from reader.services.core import Services
from reader.services.guard import guard
from reader.store import Account, Listed
from reader.sync import Client, Subscription

LEASE = timedelta(minutes=2)
"""How long an account stays ours when we die in the middle; renewed while we work."""
WHOLE = timedelta(days=1)
"""How often everything is compared, and not only what is new."""
OVERLAP = timedelta(hours=1)
"""How much earlier than it was last heard a server is asked for news."""
BLIND = timedelta(days=1)
"""The same for a server that does not say what time it is."""
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 360))
"""How long a server is left alone after so many failures in a row."""
SOON = timedelta(minutes=2)
"""How soon after a sync a server is told what happened here since."""
FEW = 3
"""Subscriptions that may all be gone at once, and it is believed."""


@dataclass(frozen=True, slots=True)
class Synced:
    """How a sync went: what the server was told (`sent`), and what came of its word.

    `marked` counts tags, too, `changed` texts; `came` and `went` subscriptions. A
    `busy` account is synced by another just now. `notes` are sentences about what could
    not be done and stays undone.
    """

    account: Account
    status: Literal["ok", "failed", "busy"] = "ok"
    new: int = 0
    changed: int = 0
    marked: int = 0
    sent: int = 0
    came: int = 0
    went: int = 0
    notes: tuple[str, ...] = ()
    error: ReaderError | None = None


async def sync(services: Services, account: Account, *, whole: bool = False) -> Synced:
    """Bring an account and its server to agree; `whole`: everything is compared."""
    owner = f"{os.uname().nodename}:{os.getpid()}:{uuid.uuid4().hex}"
    if not await _claim(services, account, owner):
        return Synced(account, "busy")
    work = _cycle(services, account, owner, whole)
    outcome = await guard(services, account.name, work)
    if isinstance(outcome, ReaderError):
        outcome = Synced(_failed(services, account, outcome), "failed", error=outcome)
    after = services.now() + services.settings.poll.min_interval
    kept = services.write(
        services.store.accounts.note,
        outcome.account,
        after if outcome.status == "ok" else None,
    )
    await guard(services, account.name, kept)
    while await services.write(services.store.catch_up):
        pass  # what was heard can be found, in batches
    return outcome


async def sync_due(
    services: Services,
    feed_ids: tuple[int, ...] | None = None,
    *,
    force: bool = False,
) -> AsyncIterator[Synced]:
    """Sync the accounts that are due (`force`, or of feeds named: always), in turn."""
    named = None if feed_ids is None else _named(services, feed_ids)
    for account in services.store.accounts.all():
        due = force or _due(services, account)
        if due if named is None else account.name in named:
            yield await sync(services, account)


def _named(services: Services, feed_ids: tuple[int, ...]) -> frozenset[str]:
    """The names of the accounts that some feeds are in."""
    feeds = (feed for feed in services.store.feeds() if feed.id in feed_ids)
    return frozenset(feed.account for feed in feeds if feed.account)


def _due(services: Services, account: Account) -> bool:
    """Whether a server is to be asked again: rested, and not left alone for a fault."""
    now = services.now()
    rest = services.settings.poll.min_interval
    pause = min(rest, SOON) if account.waiting else rest
    waited = account.retry_at is None or account.retry_at <= now
    return waited and _past(account.last_sync, now, pause)


def _past(last: datetime | None, now: datetime, span: timedelta) -> bool:
    """Whether so much time went by; what lies in the future was a wrong clock's."""
    return last is None or not timedelta(0) <= now - last < span


async def _claim(services: Services, account: Account, owner: str) -> bool:
    """Take an account for ourselves; one that a dead process of ours held, too."""
    now, store = services.now(), services.store.accounts
    if account.owner and _dead(account.owner):
        await services.write(store.release, account)
    return await services.write(store.lease, account, owner, now, now + LEASE)


def _dead(owner: str) -> bool:
    """Whether the process of an owner is known to run no more."""
    host, _, rest = owner.partition(":")
    pid = rest.partition(":")[0]
    if host != os.uname().nodename or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _failed(services: Services, account: Account, error: ReaderError) -> Account:
    failures = account.failures + 1
    pause = WAITS[min(failures, len(WAITS)) - 1]
    asked = timedelta(seconds=error.wait if isinstance(error, SyncError) else 0)
    return replace(
        account,
        error=error.reason,
        failures=failures,
        retry_at=services.now() + max(pause, asked),
    )


async def _cycle(
    services: Services, account: Account, owner: str, whole: bool
) -> Synced:
    """One whole conversation with a server."""
    now = services.now()
    pulsing = replace(services, fetch=_pulse(services, account, owner))
    client = await accounts.client_of(pulsing, account)
    try:
        everything = whole or _past(account.whole_at, now, WHOLE)
        return await _agree(pulsing, account, client, everything)
    finally:
        await accounts.remember(services, account, client)


async def _agree(
    services: Services, account: Account, client: Client, whole: bool
) -> Synced:
    now = services.now()
    there = await _there(services, account, client, whole)
    sent = await telling.tell(services, account, client, there)
    if there.edited:
        there = await _there(services, account, client, whole)
    came, went = await services.write(
        services.store.accounts.save_subscriptions,
        account,
        tuple(map(_listed, there.subscriptions)),
        now,
    )
    since = client.clock or now - BLIND
    heard = await _hear(services, account, client, there, whole)
    done = replace(
        account,
        last_sync=now,
        since=since,
        whole_at=now if whole else account.whole_at,
        error=None,
        failures=0,
        retry_at=None,
    )
    return Synced(
        done,
        new=heard.new,
        changed=heard.changed,
        marked=heard.marked,
        sent=sent.count,
        came=came,
        went=went,
        notes=(*sent.notes, *heard.notes),
    )


async def _there(
    services: Services, account: Account, client: Client, whole: bool
) -> telling.There:
    """What the server has. SyncError where it seems to have lost it all."""
    subscriptions = await client.subscriptions()
    if not subscriptions and len(services.store.accounts.streams(account)) > FEW:
        reason = "the server lists no subscriptions any more; nothing is removed here"
        advice = "`firsthand sync logout` ends the account, with --keep its feeds stay"
        raise SyncError(account.name, f"{reason}. {advice}", "answer")
    unread, starred = await hearing.marked(client)
    labels = await labelling.lists(client, subscriptions, whole=whole)
    return telling.There(subscriptions, unread, starred, labels)


async def _hear(
    services: Services,
    account: Account,
    client: Client,
    there: telling.There,
    whole: bool,
) -> hearing.Heard:
    newer = None if whole or not account.since else account.since - OVERLAP
    latest = await hearing.recent(client, newer)
    store = services.store.accounts
    known = await asyncio.to_thread(store.known, account)
    heard = hearing.Heard()
    depth = hearing.DEEPEST if whole else 1
    heard.marked = await hearing.marks(
        services, account, client, there, known, latest, depth
    )
    some = latest if newer else latest[: hearing.FIRST_READ]
    labels = there.labels or {}
    wanted = there.unread.union(there.starred, some, *labels.values())
    passed = await asyncio.to_thread(store.passed, account)
    if back := passed & there.starred:
        # Starred elsewhere since it expired here: it is to be kept for ever after all.
        await services.write(store.recall, account, tuple(back))
        passed = await asyncio.to_thread(store.passed, account)
    wanted -= known.keys() | passed
    # Ids grow with time on most servers: what is new is there first.
    await hearing.items(services, account, client, sorted(wanted, reverse=True), heard)
    present = there.unread.union(there.starred, latest)
    heard.marked += await labelling.hear(
        services, account, client, there, heard.labels, present, depth
    )
    if whole or not client.server.sparing:
        texts = hearing.stale(known, latest, there.unread)
        await hearing.again(services, account, client, known, texts, heard)
    return heard


def _listed(one: Subscription) -> Listed:
    return Listed(one.stream, one.url, one.title, one.site_url, one.folder)


def _pulse(services: Services, account: Account, owner: str) -> Fetch:
    """The fetch of services, which renews our claim on the account as time goes by."""
    held = services.now()

    async def fetch(request: Request) -> Page:
        nonlocal held
        now = services.now()
        if now - held > LEASE / 4:
            held = now
            lease = services.store.accounts.lease
            if not await services.write(lease, account, owner, now, now + LEASE):
                raise SyncError(
                    account.name, "another Firsthand has taken over", "away"
                )
        return await services.fetch(request)

    return fetch
