"""How long an account and its server take to agree, the server's own time left out.

`python -m tests.bench sync [--entries N] [--rounds N]`. All entries are unread at the
server; of each second one the mark has changed, half of them here and half there.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader import services, settings
from reader.model import Fetch, Page, Request
from reader.query import ALL
from reader.services import Services, accounts
from reader.services.sync import Synced, sync
from tests.bench.bars import Bar, table, told
from tests.bench.poll import arguments
from tests.greader import Greader, as_fetch

GROWTH = (1_000, 10_000)
FEEDS = 200
TEXT = "<p>Ferry, harbour and council, said at some length of an evening.</p>" * 20


@dataclass
class Clocked:
    """A fetch, and how long was waited for it."""

    fetch: Fetch
    waited: float = 0.0

    async def __call__(self, request: Request) -> Page:
        """What the server answers."""
        start = time.perf_counter()
        try:
            return await self.fetch(request)
        finally:
            self.waited += time.perf_counter() - start


def measure(sizes: Sequence[int], rounds: int) -> dict[int, Mapping[str, float]]:
    """Seconds of our own by unread entries, and by what was done."""
    return {entries: asyncio.run(_measured(entries, rounds)) for entries in sizes}


async def _measured(entries: int, rounds: int) -> Mapping[str, float]:
    mind = _server(entries)
    fetch = Clocked(as_fetch(mind))
    with tempfile.TemporaryDirectory() as folder:
        built = _services(Path(folder), fetch)
        await accounts.login(built, "https://rss.example", mind.user, mind.password)
        first = await _own(fetch, _synced(built))
        again = [await _own(fetch, _synced(built)) for _ in range(rounds)]
        marks = [await _own(fetch, _marked(built, mind)) for _ in range(rounds)]
        built.close()
    return {
        "first sync": first,
        "nothing new": statistics.median(again),
        "half of the marks changed": statistics.median(marks),
    }


def _server(entries: int) -> Greader:
    mind = Greader()
    feeds = [
        mind.feed(f"https://site{n}.example/feed", f"Site {n}") for n in range(FEEDS)
    ]
    for number in range(entries):
        feed = feeds[number % FEEDS]
        url = f"{feed.url.removesuffix('feed')}{number}"
        mind.item(feed, f"Entry {number}", url, TEXT)
    return mind


def _services(folder: Path, fetch: Fetch) -> Services:
    paths = settings.Paths.under(folder)
    chosen, _ = settings.load(paths)
    rules = settings.load_rules(paths)
    return services.build(fetch, paths, chosen, rules, lambda: datetime.now(UTC), UTC)


async def _own(fetch: Clocked, work: Awaitable[object]) -> float:
    """How long work takes, waiting for the server left out."""
    start, before = time.perf_counter(), fetch.waited
    await work
    return time.perf_counter() - start - (fetch.waited - before)


async def _synced(built: Services) -> Synced:
    (account,) = built.store.accounts.all()
    done = await sync(built, account, whole=True)
    if done.error:
        raise done.error
    return done


async def _marked(built: Services, mind: Greader) -> None:
    """Turn over a quarter of the marks here, another there; then sync."""
    ids = built.store.ids(ALL)[::4]
    rows = built.store.rows(ids[:1])
    now = datetime.now(UTC)
    built.store.mark(ids, read=not rows[0].read, by="bench", now=now)
    for number in list(mind.items)[1::4]:
        mind.items[number].read = not mind.items[number].read
    await _synced(built)


def figures(found: Mapping[int, Mapping[str, float]]) -> str:
    """Everything measured, a line an account."""
    works = next(iter(found.values()))
    lines = [
        (f"{entries:,} unread, s", *(f"{one[work]:.2f}" for work in works))
        for entries, one in found.items()
    ]
    return table([("our own time", *works), *lines])


def bars(found: Mapping[int, Mapping[str, float]]) -> Iterator[Bar]:
    """The bars of the largest account."""
    entries = max(found)
    for work in ("nothing new", "half of the marks changed"):
        yield Bar(f"sync, {entries:,} unread, {work}", found[entries][work], 2)


def main(given: Sequence[str]) -> int:
    """Measure and tell."""
    wanted = arguments(given, "sync")
    sizes = (wanted.entries,) if wanted.entries else GROWTH
    found = measure(sizes, wanted.rounds)
    print(figures(found), told(bars(found)), sep="\n\n")
    return 0
