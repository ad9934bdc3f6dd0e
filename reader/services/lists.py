"""Many subscriptions at once: lists that other programs wrote, and where to begin.

Nothing is polled: every feed that is added is due.
"""

import asyncio
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources import files

from reader import feeds, urls
from reader.errors import OpmlError
from reader.feeds import FeedList, Subscription
from reader.model import Feed
from reader.services import credentials, views
from reader.services.core import Services
from reader.services.credentials import Credentials


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list: feeds that were added, and how many were here already.

    `views` are queries of the list by name that are views now; `passed` says in a
    sentence each what could not be taken over.
    """

    added: tuple[Feed, ...]
    known: int = 0
    views: tuple[tuple[str, str], ...] = ()
    passed: tuple[str, ...] = ()


def read(data: bytes) -> FeedList:
    """A list as OPML or newsboat's `urls` file. Raises OpmlError where it is neither.

    What looks like OPML is told as such when it is broken.
    """
    try:
        return feeds.opml_list(data)
    except OpmlError as error:
        if b"<" in data[:1024].lstrip()[:1] or not data.strip():
            raise
        try:
            return feeds.newsboat_list(data)
        except OpmlError:
            raise error from None


async def import_list(services: Services, data: bytes) -> Imported:
    """Subscribe to every feed of a list that is not here yet.

    A name that the list gives a feed stays, whatever the feed calls itself; what is
    here keeps its name, folder and tags.
    """
    listed = await asyncio.to_thread(read, data)
    known = {feed.url for feed in services.store.feeds()}
    logins = {bare: login for bare, login in map(_parted, listed.feeds) if login.user}
    bare = [replace(one, url=_parted(one)[0]) for one in listed.feeds]
    fresh = [one for one in bare if one.url not in known]
    allowed = {one.url for one in fresh if urls.is_web(one.url)}
    added = await services.write(
        services.store.wishes.subscribe,
        [one for one in fresh if one.url in allowed],
        services.now(),
    )
    for feed in added:
        if feed.url in logins:
            await credentials.keep(services, feed, logins[feed.url])
    here = len(listed.feeds) - len(fresh)
    kept = await views.keep(services, dict(listed.views))
    return Imported(added, here, tuple(kept.items()), listed.passed)


def _parted(listed: Subscription) -> tuple[str, Credentials]:
    return credentials.parted(listed.url)


def starters() -> tuple[Subscription, ...]:
    """Well-known feeds to begin with; the folder of each is its topic."""
    text = (files("reader") / "services" / "starters.toml").read_text("utf-8")
    return tuple(
        Subscription(one["url"], one["title"], one["site"], one["topic"])
        for one in tomllib.loads(text)["feed"]
    )


async def start(services: Services, chosen: Iterable[Subscription]) -> tuple[Feed, ...]:
    """Subscribe to some of the feeds to begin with; they keep their own names."""
    return await services.write(
        services.store.wishes.subscribe, tuple(chosen), services.now(), named=False
    )


def export_opml(services: Services) -> str:
    """Every subscription as OPML 2.0, with names, folders and tags."""
    subscriptions = tuple(
        Subscription(
            credentials.parted(feed.url)[0],
            feed.title,
            feed.site_url,
            feed.folder,
            feed.tags,
        )
        for feed in services.store.feeds()
    )
    return feeds.write_opml(subscriptions, "Firsthand subscriptions", services.now())
