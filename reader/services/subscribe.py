"""Subscriptions: added by any address, with a choice, and removed."""

import asyncio
from dataclasses import dataclass, replace

from reader import feeds, urls
from reader.errors import FeedError, ReaderError
from reader.feeds import FoundFeed, ParsedFeed
from reader.model import Feed, Page
from reader.services import credentials, intake, lists, poll
from reader.services.core import Services
from reader.services.guard import guarded
from reader.services.retrieve import Retrieved, looks_html, retrieve


@dataclass(frozen=True, slots=True)
class Added:
    """A subscription that was made, or was there (`existed`).

    `new` counts the entries that came with it; `offered` are all the feeds of the page,
    best first, `others` those of them that were not taken.
    """

    feed: Feed
    new: int = 0
    existed: bool = False
    others: tuple[FoundFeed, ...] = ()
    offered: tuple[FoundFeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Discovered:
    """The feed that an address led to, as it came, and `others` of those offered."""

    url: str
    page: Page
    parsed: ParsedFeed
    others: tuple[FoundFeed, ...] = ()
    offered: tuple[FoundFeed, ...] = ()


def as_url(text: str) -> str:
    """What a person types, as a URL: `feed://` and a missing scheme are mended."""
    text = text.strip()
    for scheme in ("feed://", "feed:"):
        text = text.removeprefix(scheme)
    return text if "://" in text or text.startswith("data:") else f"https://{text}"


async def candidates(services: Services, text: str) -> tuple[FoundFeed, ...]:
    """The feeds that an address offers, best first; itself, where it is a feed.

    Raises ReaderError where there is none. Nothing is subscribed to.
    """
    found = await guarded(services, text, discover(services, _checked(services, text)))
    return found.offered or (FoundFeed(found.url, found.parsed.title),)


async def add(
    services: Services, text: str, folder: str | None = None, pick: int | None = None
) -> Added:
    """Subscribe to the feed at an address, or to the one a page there declares.

    Of several the best is taken, or the one that `pick` numbers, from 1. A feed that is
    here already is moved to `folder`, if one is given. Raises ReaderError, and
    subscribes to nothing, where no feed could be read.
    """
    return await guarded(services, text, _add(services, text, folder, pick))


def _checked(services: Services, text: str) -> str:
    """The URL that somebody typed. Raises FeedError where that cannot be one."""
    url = as_url(text)
    if len(url.split()) > 1 and not url.startswith("data:"):
        reason = "an address holds no spaces; give one, of a feed or of a page"
        raise FeedError(text.strip(), reason)
    refusal = services.policy.refusal(url)
    if refusal and not urls.is_web(url):
        raise FeedError(url, f"{refusal}; give the address of a feed or a page")
    return url


async def _add(
    services: Services, text: str, folder: str | None, pick: int | None
) -> Added:
    # What stands in an address is kept as a secret, and not in the address.
    url, login = credentials.parted(_checked(services, text))
    told = login.sent()
    found = await discover(services, url, pick=pick, headers=told)
    known = {feed.url: feed for feed in services.store.feeds()}
    if found.url in known:
        feed = known[found.url]
        if folder:
            feed = await services.write(
                services.store.update_feed, feed.id, folder=folder
            )
        return Added(feed, 0, True, found.others, found.offered)
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
    if login.user and feed.url == url:
        await credentials.keep(services, feed, login)
    await poll.index(services)
    return Added(feed, feed.entries, False, found.others, found.offered)


async def discover(
    services: Services,
    url: str,
    guess: bool = True,
    pick: int | None = None,
    headers: credentials.Headers = (),
) -> Discovered:
    """The feed at an address, or the best one of the page there; nothing is stored.

    `guess`: usual paths are tried where the page declares none. `pick` takes the one of
    this number instead. Raises ReaderError.
    """
    answer = await retrieve(services, url, urgent=True, headers=headers)
    try:
        return await _as_feed(answer, url)
    except FeedError as no_feed:
        offered = feeds.discover(answer.page)
        for choice in _picked(url, offered, pick):
            found = await _try(services, choice.url)
            if found:
                rest = tuple(other for other in offered if other != choice)
                return replace(found, others=rest, offered=offered)
        # Usual paths are for a page of people; what is no page is a mistake to be told.
        page = answer.page if looks_html(answer.page) else None
        guessed = await _guess(services, page.url) if guess and page else None
        if guessed:
            return guessed
        reason = f"{no_feed.reason}, and no feed was found there"
        advice = "look on the site for a link to its RSS or Atom feed"
        raise FeedError(url, f"{reason}; {advice}") from no_feed


def _picked(
    url: str, offered: tuple[FoundFeed, ...], pick: int | None
) -> tuple[FoundFeed, ...]:
    """The feeds to be tried: the one that is picked, else all in their order."""
    if pick is None or not offered:
        return offered
    if pick > len(offered):
        listed = ", ".join(f"{n} {one.url}" for n, one in enumerate(offered, 1))
        count = f"{len(offered)} feed{'s' if len(offered) > 1 else ''}"
        raise FeedError(url, f"it offers {count}; pick one of them: {listed}")
    return offered[pick - 1 : pick]


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
    """Subscribe to every feed of a list; see `lists.import_list`, which tells more."""
    return (await lists.import_list(services, data)).added
