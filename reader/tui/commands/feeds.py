"""Refreshing, adding, finding and removing feeds; the work itself is a worker's."""

from functools import partial

from reader.model import Feed
from reader.tui import work
from reader.tui.screens.main import Main
from reader.tui.widgets.prompt import Prompt


def refresh_feed(main: Main, count: int) -> None:
    """Show what is new; with nothing new, ask the feeds of this list for more."""
    new = main.firsthand.polling.new_here
    if new:
        main.open_view(main.view, keep=True)
        main.say(f"{new:,} new shown")
    else:
        main.firsthand.refresh_now(main.view.feeds)


def refresh_all(main: Main, count: int) -> None:
    """Ask every feed for news."""
    main.firsthand.refresh_now(None)


def add(main: Main, count: int) -> None:
    """Ask for the address of a feed, or of a page that has one, and subscribe."""
    main.query_one(Prompt).open("Add", main.add_feed)


def edit(main: Main, count: int) -> None:
    """Edit the feed that the cursor is about: its name, folder, pause, rhythm."""
    from reader.tui.screens.feed import FeedScreen

    feed = main.feed_here or main.feed_of_entry
    if feed is None:
        main.say("Choose a feed, or an entry of one, then edit it.")
    else:
        main.app.push_screen(FeedScreen(feed), lambda _: main.renew())


def remove(main: Main, count: int) -> None:
    """Unsubscribe from the feed that the cursor is about, once it is agreed to."""
    feed = main.feed_here
    if feed is None:
        main.say("Choose a feed in the sidebar, then remove it.")
    else:
        main.ask(f"Remove {feed.title}?", partial(unsubscribe, main, feed))


def unsubscribe(main: Main, feed: Feed | None) -> None:
    """Unsubscribe from a feed, if there is one."""
    if feed is not None:
        main.firsthand.promise(work.remove(main, main.library.services, feed))


def source(main: Main, count: int) -> None:
    """Look for the feed of whoever published first, and offer to subscribe to it."""
    row = main.row
    if row is None:
        main.say("Nothing is open.")
        return
    main.say("Looking for the first publisher’s own feed …")
    services = main.library.services
    main.run_worker(work.source(main, services, row.id), group="feeds")
