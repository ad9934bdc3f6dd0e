"""Feeds that were found at an address: the one of it is taken, or one is chosen."""

from functools import partial
from typing import Any

from reader.tui import work
from reader.tui.messages import FeedsFound
from reader.tui.screens.keyed import Keyed


def choose_feed(screen: Keyed[Any], found: FeedsFound) -> None:
    """Subscribe to the one feed that an address has, or to one of several."""
    if len(found.feeds) == 1:
        _subscribe(screen, found.feeds[0].url)
        return
    from reader.tui.paint.palette import Item
    from reader.tui.screens.picker import Picker

    items = [
        Item(feed.title or feed.url, feed.url, act=feed.url) for feed in found.feeds
    ]
    screen.say(f"{len(items)} feeds are there; which one?")
    picker = Picker(screen.firsthand.glyphs.added, items)
    screen.app.push_screen(picker, partial(_chosen, screen))


def _chosen(screen: Keyed[Any], url: str | None) -> None:
    if url:
        _subscribe(screen, url)
    else:
        screen.say("No feed was added.")


def _subscribe(screen: Keyed[Any], url: str) -> None:
    services = screen.firsthand.services
    screen.run_worker(work.add(screen, services, url), group="feeds")
