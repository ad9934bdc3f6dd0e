"""Refreshing, adding, finding and removing feeds; the work itself is a worker's."""

from functools import partial
from typing import TYPE_CHECKING

from reader.model import Feed
from reader.tui import work
from reader.tui.widgets.prompt import Prompt
from reader.urls import shown

if TYPE_CHECKING:
    from reader.services.source import Source
    from reader.tui.screens.main import Main


def refresh_feed(main: "Main", count: int) -> None:
    """Show what is new; with nothing new, ask the feeds of this list for more."""
    if main.firsthand.polling.new_here:
        main.open_view(main.view, keep=True)
    elif not main.firsthand.refresh_feeds(main.view.feeds, force=True):
        main.say("Already asking the feeds for news.")


def refresh_all(main: "Main", count: int) -> None:
    """Ask every feed for news."""
    main.firsthand.refresh_all()


def add(main: "Main", count: int) -> None:
    """Ask for the address of a feed, or of a page that has one, and subscribe."""
    main.query_one(Prompt).open("Add", partial(_add, main))


def _add(main: "Main", address: str) -> None:
    main.say(f"Looking at {address} …")
    services = main.library.services
    main.run_worker(work.add(main, services, address), group="feeds")


def remove(main: "Main", count: int) -> None:
    """Unsubscribe from the feed that the cursor is about, once it is agreed to."""
    feed = main.feed_here
    if feed is None:
        main.say("Choose a feed in the sidebar, then remove it.")
    else:
        main.ask(f"Remove {feed.title}?", partial(_remove, main, feed))


def _remove(main: "Main", feed: Feed) -> None:
    services = main.library.services
    main.run_worker(work.remove(main, services, feed), group="feeds")


def source(main: "Main", count: int) -> None:
    """Look for the feed of whoever published first, and offer to subscribe to it."""
    row = main.row
    if row is None:
        main.say("Nothing is open.")
        return
    main.say("Looking for the first publisher’s own feed …")
    services = main.library.services
    main.run_worker(work.source(main, services, row.id), group="feeds")


def offer(main: "Main", found: "Source") -> None:
    """Ask whether to subscribe to a feed that was found at the source."""
    if found.subscribed is not None:
        main.say(f"{found.subscribed.title} is among your feeds already.")
        return
    main.say("")
    publisher = f" of {found.publisher}" if found.publisher != found.title else ""
    text = f"Subscribe to {found.title}{publisher}, {shown(found.url)}?"
    main.ask(text, partial(_add, main, found.url))
