"""What one answer of a feed comes to: its news looked at once, and when to ask again.

It fetches nothing; `poll` and `subscribe` do.
"""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from reader import feeds
from reader.errors import FeedError, FetchError, ReaderError
from reader.feeds import ParsedFeed
from reader.model import Attribution, Entry, Feed, Page, Validators
from reader.services import moving, sift
from reader.services.core import Services
from reader.services.guard import FaultError, guard
from reader.services.retrieve import StatusError
from reader.services.sift import Body, Sifted
from reader.services.workers import Workers
from reader.store import Poll, Polled, Saved

GONE = 410
"""HTTP for: there was something here, and there never will be again (RFC 9110)."""


async def keep(
    services: Services, feed: Feed, page: Page, target: str | None, workers: Workers
) -> Saved:
    """Store what a poll brought, in one transaction; `target` is where it is now."""
    known = services.store.known(feed.id)
    body = _body(feed, page, known, moved=target is not None)
    found = await guard(services, feed.url, workers.sift(body))
    if isinstance(found, FaultError):
        parsed = await asyncio.to_thread(feeds.parse, body.data, body.url)
        found = await _one_by_one(services, body, parsed)
    if isinstance(found, ReaderError):
        raise found
    brought = _outcome(services, feed, page, found)
    placed = moving.placed(services, feed, brought, target, found.shared)
    return await services.write(
        services.store.save_poll, placed, index=False, rules=services.filter_rules()
    )


async def keep_unchanged(
    services: Services, feed: Feed, page: Page, target: str | None
) -> Saved:
    """Store that a poll brought nothing; the body is ours, so its entries are, too."""
    found = unchanged(services, feed, page)
    placed = moving.placed(services, feed, found, target, feed.entries > 0)
    return await services.write(services.store.save_poll, placed)


async def outcome(
    services: Services, feed: Feed, page: Page, parsed: ParsedFeed
) -> Poll:
    """What the first poll of a feed brought: all of it is new."""
    entries, body = parsed.entries, _body(feed, page, {})
    looked = asyncio.to_thread(sift.looked, services.rules, feed, parsed, entries)
    new = await guard(services, feed.url, looked)
    if isinstance(new, ReaderError):
        found = await _one_by_one(services, body, parsed)
    else:
        found = sift.sifted(body, parsed, new)
    return _outcome(services, feed, page, found)


def _body(
    feed: Feed, page: Page, known: Mapping[str, str], *, moved: bool = False
) -> Body:
    """What a page brought, as it is sifted."""
    kind = page.header("content-type")
    return Body(feed, known, page.body, page.url, kind, moved)


def _outcome(services: Services, feed: Feed, page: Page, found: Sifted) -> Poll:
    """What a poll brought: the feed as it is now, and its new and changed entries."""
    return replace(
        unchanged(services, feed, page, found),
        title=found.feed.title or None,
        site_url=found.feed.site_url or feed.site_url,
        new=found.new,
        updated=found.updated,
        listed=found.guids,
    )


async def _one_by_one(services: Services, body: Body, parsed: ParsedFeed) -> Sifted:
    """The news of a feed of which an entry breaks us: it alone goes without a look."""
    found = feeds.changes(body.known, parsed)
    looks = sift.Looks(services.rules, body.feed, parsed)
    looked = partial(_one_looked, services, looks)
    return sift.sifted(
        body,
        parsed,
        [await looked(entry) for entry in found.new],
        [await looked(entry) for entry in found.updated],
    )


async def _one_looked(
    services: Services, look: Callable[[Entry], Polled], entry: Entry
) -> Polled:
    """A first look; an entry that breaks it is kept, to be looked at another day."""
    found = await guard(services, entry.url, asyncio.to_thread(look, entry))
    if not isinstance(found, ReaderError):
        return found
    return Polled(entry, feeds.fingerprint(entry), Attribution("unchecked"))


def unchanged(
    services: Services, feed: Feed, page: Page, found: Sifted | None = None
) -> Poll:
    """A poll that went well and brought nothing, as far as this knows."""
    now = services.now()
    return Poll(
        feed_id=feed.id,
        at=now,
        next_poll=_next(services, feed, page, found),
        validators=_validators(page, feed.validators),
        digest=feed.digest if page.status == 304 else digest(page),
        hints=found.feed.hints if found else feed.hints,
        fresh=feeds.freshness(page, now, feed.fresh),
    )


def failure(services: Services, feed: Feed, error: ReaderError) -> Poll:
    """A poll that failed: what is there stays, and the feed is asked later."""
    now = services.now()
    # A server that refuses may say when to come back (Retry-After).
    page = error.page if isinstance(error, StatusError) else None
    gone = now if page and page.status == GONE else None
    return Poll(
        feed_id=feed.id,
        at=now,
        next_poll=_next(services, feed, page, failures=feed.failures + 1),
        error=error.reason,
        failures=feed.failures + 1,
        validators=feed.validators,
        digest=feed.digest,
        hints=feed.hints,
        fresh=feed.fresh,
        moving=feed.moving,
        paused=feed.paused or gone,
        kind=_kind(error),
    )


def _kind(error: ReaderError) -> str:
    """The class of what went wrong, in a word."""
    match error:
        case StatusError(page=page):
            return f"http-{page.status}"
        case FetchError(kind=kind):
            return kind
        case FaultError():
            return "fault"
        case FeedError():
            return "no-feed"
        case _:
            return "other"


def _next(
    services: Services,
    feed: Feed,
    page: Page | None = None,
    found: Sifted | None = None,
    failures: int = 0,
) -> datetime:
    """When to ask again, within the bounds of the settings."""
    now = services.now()
    # An unchanged answer names no entries: what is kept tells the feed's rhythm.
    times = found.published if found else ()
    facts = feeds.poll_facts(
        page,
        now,
        hints=found.feed.hints if found else feed.hints,
        published=times or services.store.rhythm(feed.id),
        failures=failures,
        before=feed.fresh,
    )
    bounds = services.settings.poll
    least, most = bounds.min_interval, bounds.max_interval
    if feed.every and not failures:
        # The reader's own wish; what a server refuses, and when, is still heard.
        least = most = feed.every
    return feeds.next_poll(facts, now, least=least, most=most)


def _validators(page: Page, before: Validators) -> Validators:
    """What the server gave to ask again with; a 304 that gives none keeps the old."""
    given = Validators(page.header("etag"), page.header("last-modified"))
    if page.status == 304 and given == Validators():
        return before
    return given


def digest(page: Page) -> str:
    """A hash of a feed's body, by which an unchanged one is known."""
    return hashlib.sha256(page.body).hexdigest()
