"""Subscriptions: added by any address, removed, and carried in and out as OPML."""

import asyncio
from dataclasses import dataclass

from reader import feeds, urls
from reader.errors import FeedError, ReaderError
from reader.feeds import FoundFeed, ParsedFeed, Subscription
from reader.model import Feed, Page
from reader.services import intake, poll
from reader.services.core import Services
from reader.services.guard import guarded
from reader.services.retrieve import Retrieved, looks_html, retrieve


@dataclass(frozen=True, slots=True)
class Added:
    """A subscription that was made, or was there (`existed`).

    `new` counts the entries that came with it; `others` are the feeds that the page
    offers besides the one taken.
    """

    feed: Feed
    new: int = 0
    existed: bool = False
    others: tuple[FoundFeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Discovered:
    """The feed that an address led to, as it came, and `others` offered beside it."""

    url: str
    page: Page
    parsed: ParsedFeed
    others: tuple[FoundFeed, ...] = ()


def as_url(text: str) -> str:
    """What a person types, as a URL: `feed://` and a missing scheme are mended."""
    text = text.strip()
    for scheme in ("feed://", "feed:"):
        text = text.removeprefix(scheme)
    return text if "://" in text or text.startswith("data:") else f"https://{text}"


async def add(services: Services, text: str, folder: str | None = None) -> Added:
    """Subscribe to the feed at an address, or to the one a page there declares.

    A feed that is here already is moved to `folder`, if one is given. Raises
    ReaderError, and subscribes to nothing, where no feed could be read.
    """
    return await guarded(services, text, _add(services, text, folder))


async def _add(services: Services, text: str, folder: str | None) -> Added:
    url = as_url(text)
    refusal = services.policy.refusal(url)
    if refusal and not urls.is_web(url):
        raise FeedError(url, f"{refusal}; give the address of a feed or a page")
    found = await discover(services, url)
    known = {feed.url: feed for feed in services.store.feeds()}
    if found.url in known:
        feed = known[found.url]
        if folder:
            feed = await services.write(
                services.store.update_feed, feed.id, folder=folder
            )
        return Added(feed, existed=True, others=found.others)
    title = found.parsed.title or urls.host(found.url)
    fresh = Feed(0, found.url, title, found.parsed.site_url)
    polled = await intake.outcome(services, fresh, found.page, found.parsed)
    feed = await services.write(
        services.store.add_feed,
        found.url,
        title,
        found.parsed.site_url,
        folder,
        services.now(),
        polled,
        services.filter_rules(),
    )
    await poll.index(services)
    return Added(feed, feed.entries, others=found.others)


async def discover(services: Services, url: str, guess: bool = True) -> Discovered:
    """The feed at an address, or the best one of the page there; nothing is stored.

    `guess`: usual paths are tried where the page declares none. Raises ReaderError.
    """
    answer = await retrieve(services, url, urgent=True)
    try:
        return await _as_feed(answer, url)
    except FeedError as no_feed:
        offered = feeds.discover(answer.page)
        for choice in offered:
            found = await _try(services, choice.url)
            if found:
                rest = tuple(other for other in offered if other != choice)
                return Discovered(found.url, found.page, found.parsed, rest)
        # Usual paths are for a page of people; what is no page is a mistake to be told.
        page = answer.page if looks_html(answer.page) else None
        guessed = await _guess(services, page.url) if guess and page else None
        if guessed:
            return guessed
        reason = f"{no_feed.reason}, and no feed was found there"
        advice = "look on the site for a link to its RSS or Atom feed"
        raise FeedError(url, f"{reason}; {advice}") from no_feed


async def _as_feed(answer: Retrieved, asked: str) -> Discovered:
    page = answer.page
    parsed = await asyncio.to_thread(
        feeds.parse, page.body, page.url, page.header("content-type")
    )
    return Discovered(page.url if answer.moved else asked, page, parsed)


async def _try(services: Services, url: str) -> Discovered | None:
    try:
        return await _as_feed(await retrieve(services, url, urgent=True), url)
    except ReaderError:
        return None


async def _guess(services: Services, url: str) -> Discovered | None:
    """The first feed at a usual path; asked for because somebody typed the address."""
    for guess in feeds.guesses(url):
        found = await _try(services, guess)
        if found:
            return found
    return None


async def remove(services: Services, feed_ids: tuple[int, ...]) -> None:
    """Unsubscribe: the feeds are hidden, and purged after seven days."""
    await services.write(services.store.hide_feeds, feed_ids, services.now())


async def import_opml(services: Services, data: bytes) -> tuple[Feed, ...]:
    """Subscribe to every feed of an OPML list that is not here yet; nothing is polled.

    Raises OpmlError where the bytes are no OPML. What is here keeps its folder.
    """
    known = {feed.url for feed in services.store.feeds()}
    added = []
    for subscription in feeds.read_opml(data):
        if subscription.url not in known and urls.is_web(subscription.url):
            added.append(await _import(services, subscription))
            known.add(subscription.url)
    return tuple(added)


async def _import(services: Services, listed: Subscription) -> Feed:
    feed = await services.write(
        services.store.add_feed,
        listed.url,
        listed.title or urls.host(listed.url),
        listed.site_url,
        listed.folder,
        services.now(),
    )
    if not listed.title:
        return feed
    # The name that somebody gave it stays, whatever the feed calls itself.
    return await services.write(services.store.update_feed, feed.id, title=listed.title)


def export_opml(services: Services) -> str:
    """Every subscription as OPML 2.0, folders kept."""
    subscriptions = tuple(
        Subscription(feed.url, feed.title, feed.site_url, feed.folder)
        for feed in services.store.feeds()
    )
    return feeds.write_opml(subscriptions, "Firsthand subscriptions", services.now())
