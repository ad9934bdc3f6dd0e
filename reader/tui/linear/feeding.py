"""Feeds by typing: asked for news, added, removed, found at the source."""

from reader.errors import NotFoundError
from reader.model import Feed
from reader.tui.linear import speaking
from reader.tui.linear.desk import Desk
from reader.tui.views import of_feed


async def refresh(desk: Desk, text: str) -> None:
    """Ask the feeds for news, and say what came."""
    from reader.services import poll

    desk.say("Asking the feeds for news.")
    new = failed = 0
    async for step in poll.refresh(desk.services, force=True):
        new, failed = step.new, step.failed
    trouble = f", {failed} failed" if failed else ""
    desk.say(f"{new} new{trouble}.")
    desk.open(desk.view)
    desk.say(desk.where())


async def add(desk: Desk, text: str) -> None:
    """Subscribe to the feed at an address, or to the one that a page has."""
    from reader.services import subscribe

    if not text:
        desk.say("Give the address of a feed, or of a page that has one.")
        return
    added = await subscribe.add(desk.services, text)
    here = " was here already" if added.existed else f", {speaking.entries(added.new)}"
    desk.say(f"{added.feed.title}{here}.")
    desk.open(of_feed(added.feed))


async def remove(desk: Desk, text: str) -> None:
    """Unsubscribe from a feed; `undo` brings it back."""
    from reader.services import subscribe

    feed = _named(desk, text)
    await subscribe.remove(desk.services, (feed.id,))
    desk.say(f"{feed.title} removed. Type undo to have it back.")


def _named(desk: Desk, text: str) -> Feed:
    feeds = desk.library.feeds()
    if text.isdecimal() and 0 < int(text) <= len(desk.feeds):
        return desk.feeds[int(text) - 1]
    named = [feed for feed in feeds if text.casefold() == feed.title.casefold()]
    if len(named) == 1:
        return named[0]
    raise NotFoundError(text, "no feed is called so; type feeds for their numbers")


async def source(desk: Desk, text: str) -> None:
    """Find the feed of whoever published the entry first, and say how to have it."""
    from reader.services.source import source as find

    if desk.entry_id is None:
        desk.say("Nothing is open.")
        return
    found = await find(desk.services, desk.entry_id)
    if found.subscribed:
        desk.say(f"{found.subscribed.title} is among your feeds already.")
    else:
        desk.say(f"{found.title}: type add {found.url}")
