"""Subscribe at the source: the feed of whoever first published an entry.

It finds and offers; subscribing is `subscribe`'s part.
"""

from dataclasses import dataclass

from reader import urls
from reader.errors import FeedError, NotFoundError, ReaderError
from reader.feeds import FoundFeed
from reader.model import Feed, Reading
from reader.services import reading, subscribe
from reader.services.core import Services


@dataclass(frozen=True, slots=True)
class Source:
    """The first publisher's own feed; `subscribed` when it is one of ours already.

    `site` is the publisher's front page, `entries` what the feed holds just now.
    """

    publisher: str
    site: str
    url: str
    title: str
    entries: int = 0
    subscribed: Feed | None = None
    others: tuple[FoundFeed, ...] = ()


async def source(services: Services, entry_id: int) -> Source:
    """The feed of an entry's first publisher, whom an unchecked entry is asked for.

    Raises NotFoundError where the publisher is not established, FeedError where there
    is no feed.
    """
    found = reading.stored(services, entry_id)
    if found.attribution.status == "unchecked":
        found = await reading.read(services, entry_id, again=True)
    original = found.attribution.url
    if original is None:
        reason = "its first publisher is not established, so there is no feed to offer"
        raise NotFoundError(f"entry {entry_id}", reason)
    site = urls.join(original, "/") or original
    name = found.attribution.publisher or urls.site(original)
    if known := _subscribed(services, found, site):
        return Source(name, site, known.url, known.title, known.entries, known)
    fresh = await _discover(services, name, original, site)
    here = {feed.url: feed for feed in services.store.feeds()}.get(fresh.url)
    title = fresh.parsed.title or urls.host(fresh.url)
    entries = len(fresh.parsed.entries)
    return Source(name, site, fresh.url, title, entries, here, fresh.others)


def _subscribed(services: Services, found: Reading, site: str) -> Feed | None:
    """The subscription that stands on the publisher's site, or brought its original."""
    feeds = services.store.feeds()
    if found.attribution.status == "original":
        return next((f for f in feeds if f.id == found.row.feed.id), None)
    at_home = (f for f in feeds if f.site_url and _same_host(f.site_url, site))
    return next(at_home, None)


def _same_host(one: str, other: str) -> bool:
    """Whether two URLs are of one host; a site may well be many publishers' home."""
    first, second = urls.host(one), urls.host(other)
    return first.removeprefix("www.") == second.removeprefix("www.")


async def _discover(
    services: Services, name: str, original: str, site: str
) -> subscribe.Discovered:
    """The feed that the article's page declares, else the front page's."""
    try:
        return await subscribe.discover(services, original, guess=False)
    except ReaderError:
        pass  # the page may be gone; the publisher's front page need not
    try:
        return await subscribe.discover(services, site)
    except ReaderError as error:
        reason = f"{name} offers no feed that could be found"
        raise FeedError(site, reason) from error
