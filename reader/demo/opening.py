"""The demo as it opens: subscribed, polled, stubs followed, a few entries read.

All of it by the services that a person's own feeds go through; the network is
`answers`, and the clock stands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from reader import query
from reader.demo.answers import world
from reader.demo.cast import FOLDER, NOW, ZONE, Item, Serial, cast
from reader.demo.pages import title_of
from reader.model import Page, Request
from reader.rules import Rules
from reader.services import Services, build, marks, poll, subscribe
from reader.settings import Paths, Settings

OPML = (FOLDER / "feeds.opml").read_bytes()
"""The demo's subscriptions."""

EARLIER = NOW - timedelta(seconds=15)
"""When the feeds were polled the time before: what has come since was not followed."""


async def fetch(request: Request) -> Page:
    """What the demo world answers now; FetchError where nobody would."""
    return world().answer(request, NOW)


async def prepare(
    paths: Paths, settings: Settings, rules: Rules | Callable[[], Rules]
) -> Services:
    """The services of a reader who has lived in the demo world for a while."""
    clock = _Clock(EARLIER)
    services = _built(clock, paths, settings, rules)
    await subscribe.import_opml(services, OPML)
    async for _ in poll.refresh(services, force=True, resolve="stubs"):
        pass
    clock.moment = NOW
    async for _ in poll.refresh(services, force=True, resolve="none"):
        pass
    await _mark(services)
    # Nothing of it was done by whoever opens the demo.
    await services.write(services.store.labels.settle)
    return services


def opened(
    paths: Paths, settings: Settings, rules: Rules | Callable[[], Rules]
) -> Services:
    """The services over a home that was prepared before, at the demo's own moment."""
    return _built(_Clock(NOW), paths, settings, rules)


def _built(
    clock: "_Clock",
    paths: Paths,
    settings: Settings,
    rules: Rules | Callable[[], Rules],
) -> Services:
    services = build(clock.fetch, paths, settings, rules, clock, ZONE)
    # No endpoint of the played web counts requests.
    services.exchanges.spacing = 0.0
    return services


@dataclass(slots=True)
class _Clock:
    """A clock that stands, and the web as it is at that time."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    async def fetch(self, request: Request) -> Page:
        return world().answer(request, self.moment)


async def _mark(services: Services) -> None:
    """Mark what the world says was read and starred."""
    everything = services.store.ids(query.parse("", NOW, ZONE))
    items = {_name(serial, item): item for serial, item in _items()}
    known = [
        (row.id, items[row.feed.site_url or "", row.title])
        for row in services.store.rows(everything)
    ]
    read = [entry_id for entry_id, item in known if item.read]
    starred = [entry_id for entry_id, item in known if item.starred]
    await marks.mark(services, read, read=True)
    await marks.mark(services, starred, starred=True)


def _items() -> Iterator[tuple[Serial, Item]]:
    return ((serial, item) for serial in cast().serials for item in serial.items)


def _name(serial: Serial, item: Item) -> tuple[str, str]:
    """How an item is known in the store: by its site and its headline."""
    return cast().sites[serial.site].home, title_of(item, cast())
