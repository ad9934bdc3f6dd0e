"""A feed that fails: what its address answers instead, and where it may be by now.

It only looks; `move` does what a person then decides.
"""

from dataclasses import dataclass, replace

from reader import urls
from reader.cleaning import clean_line
from reader.errors import FetchError, ReaderError
from reader.model import Feed, Page
from reader.services import credentials, subscribe
from reader.services.core import Services
from reader.services.guard import guarded
from reader.services.retrieve import StatusError, retrieve
from reader.services.subscribe import Discovered
from reader.store import Poll

SAMPLE = 1_200
"""Bytes of an answer that are shown, before its white space is folded."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What an address answered: its status, its type, its size, and a bit of it."""

    status: int
    type: str
    size: int
    text: str


@dataclass(frozen=True, slots=True)
class Nearby:
    """A feed that was found near a failing one; `known` of its entries are here."""

    url: str
    title: str
    entries: int
    known: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found out about a feed; `reason` says why there is no sample."""

    feed_id: int
    sample: Sample | None = None
    reason: str = ""
    nearby: Nearby | None = None


async def look(services: Services, feed: Feed) -> Looked:
    """Ask a feed's address again, and its site for a feed with entries known here."""
    return await guarded(services, feed.url, _look(services, feed))


async def _look(services: Services, feed: Feed) -> Looked:
    looked = await _asked(services, feed)
    for place in dict.fromkeys(filter(None, (feed.site_url, _home(feed.url)))):
        nearby = await _nearby(services, feed, place)
        if nearby is not None:
            return replace(looked, nearby=nearby)
    return looked


async def _asked(services: Services, feed: Feed) -> Looked:
    try:
        told = await credentials.of(services, feed)
        answer = await retrieve(services, feed.url, urgent=True, headers=told)
    except StatusError as error:
        return Looked(feed.id, _sample(error.page), error.reason)
    except FetchError as error:
        return Looked(feed.id, None, error.reason)
    except ReaderError as error:
        return Looked(feed.id, None, error.reason)
    return Looked(feed.id, _sample(answer.page))


def _sample(page: Page) -> Sample:
    kind = (page.header("content-type") or "").partition(";")[0].strip().lower()
    text = clean_line(page.body[:SAMPLE].decode("utf-8", "replace"))
    return Sample(page.status, clean_line(kind), len(page.body), text)


def _home(url: str) -> str | None:
    return urls.join(url, "/")


async def _nearby(services: Services, feed: Feed, place: str) -> Nearby | None:
    """The feed of a page, unless it is the one that fails, or here already."""
    try:
        found = await subscribe.discover(services, place)
    except ReaderError:
        return None
    here = {other.url for other in services.store.feeds()}
    return None if found.url in here else _counted(services, feed, found)


def _counted(services: Services, feed: Feed, found: Discovered) -> Nearby:
    known = services.store.known(feed.id)
    entries = found.parsed.entries
    same = sum(entry.guid in known for entry in entries)
    title = found.parsed.title or urls.host(found.url)
    return Nearby(found.url, title, len(entries), same)


async def move(services: Services, feed: Feed, url: str) -> Feed:
    """Give a feed another address; what is read and starred stays.

    The move is written down, and can be taken back like any other.
    """
    poll = Poll(
        feed.id,
        services.now(),
        error=feed.error,
        failures=feed.failures,
        url=url,
        reason="chosen by hand",
    )
    await services.write(services.store.save_poll, poll)
    return services.store.feed(feed.id)
