"""A poll on a disk that fills up, and again when there is room; what was lost by it.

The disk is filled by `max_page_count`: SQLite then says what it says of a full one.
"""

import asyncio
import sqlite3
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

from reader import services, settings
from reader.errors import ReaderError
from reader.services import Services, poll
from tests.bench.crashes import Loss
from tests.services.played import PlayedWeb, item

FEEDS, ENTRIES = 40, 20
NOW = datetime(2026, 2, 5, 12, tzinfo=UTC)
ROOM = (4, 20, 40)
"""Pages that are left each time; there is never enough for all."""
PLENTY = 1_000_000


def _connection(opened: Services) -> sqlite3.Connection:
    return opened.store._connections.mine()


def _limit(opened: Services, more: int) -> None:
    """Leave room for so many more pages, for the thread that this runs in."""
    pages = _connection(opened).execute("PRAGMA page_count").fetchone()[0]
    _connection(opened).execute(f"PRAGMA max_page_count = {pages + more}")


async def _polled(opened: Services) -> int:
    failed = 0
    async with aclosing(poll.refresh(opened, force=True, resolve="none")) as steps:
        async for step in steps:
            failed = step.failed
    return failed


async def _full(folder: Path) -> tuple[Loss, list[int]]:
    web = PlayedWeb()
    for number in range(FEEDS):
        site = f"https://f{number}.example"
        text = f"words of {number} " * 60
        items = (item(f"Title {n}", f"{site}/{n}", text) for n in range(ENTRIES))
        web.feed(f"{site}/feed", *items, title=f"Feed {number}")
    paths = settings.Paths.under(folder)
    chosen, rules = settings.Settings(), settings.load_rules(paths)
    opened = services.build(web.fetch, paths, chosen, rules, lambda: NOW, UTC)
    for url in web.pages:
        opened.store.add_feed(url, url, None, None, NOW)
    failures = []
    for room in ROOM:
        await opened.write(_limit, opened, room)
        try:
            failures.append(await _polled(opened))
        except ReaderError:
            failures.append(FEEDS)
    await opened.write(_limit, opened, PLENTY)
    await _polled(opened)
    here = opened.store.feeds()
    fault = opened.store.check()
    opened.close()
    entries = sum(feed.entries for feed in here)
    lost = FEEDS * ENTRIES - entries
    loss = Loss(0, FEEDS - len(here), max(lost, 0), max(-lost, 0), fault=fault or "")
    return loss, failures


def full(folder: Path) -> Loss:
    """Fill the disk three times, make room, and tell what is missing."""
    loss, failures = asyncio.run(_full(folder))
    if not all(failures):
        raise AssertionError(f"the disk was never full: {failures}")
    return loss
