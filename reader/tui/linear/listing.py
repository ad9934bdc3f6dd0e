"""Lists to be heard, and to be chosen among."""

from reader import query
from reader.errors import NotFoundError
from reader.tui import views as known
from reader.tui.branches import branches, unread
from reader.tui.linear import speaking
from reader.tui.linear.desk import Desk
from reader.tui.views import SAID, View


async def list_(desk: Desk, text: str) -> None:
    """Say the open list from its beginning."""
    desk.say(desk.where())
    desk.say_page(0)


async def more(desk: Desk, text: str) -> None:
    """Say what comes after what was said."""
    desk.say_page(desk.listed)


async def where(desk: Desk, text: str) -> None:
    """Say which list is open, and the place in it."""
    desk.say(desk.where(), f"It is ordered {SAID[desk.view.order]}.")


async def views(desk: Desk, text: str) -> None:
    """Say the lists there are, but for the feeds."""
    counts = desk.library.counts()
    for view in known.VIEWS:
        desk.say(f"{view.title}, {speaking.entries(known.count(view, counts))}.")
    for view in _own(desk):
        desk.say(f"{view.title}: {view.text}.")
    for tag in desk.services.store.labels.tags():
        entries = speaking.entries(tag.stories)
        desk.say(f"Tag {tag.name}, {entries}, {tag.unread_stories:,} unread.")
    folders = branches(desk.library.feeds())
    unread_in = unread(folders, counts)
    for branch in folders:
        if branch.folder:
            desk.say(f"Folder {branch.folder}, {unread_in[branch.key]} unread.")


async def feeds(desk: Desk, text: str) -> None:
    """Say the feeds, each with a number that `view` and `remove` take."""
    desk.feeds = desk.library.feeds()
    for number, feed in enumerate(desk.feeds, 1):
        desk.say(speaking.feed(number, feed))
    if not desk.feeds:
        desk.say("No feeds yet. Type add, and an address.")


async def view(desk: Desk, text: str) -> None:
    """Open a list by its name, or a feed by its number."""
    desk.open(_found(desk, text))
    await list_(desk, "")


def _found(desk: Desk, text: str) -> View:
    wanted = text.casefold().removeprefix("tag ").removeprefix("#")
    found = desk.library.feeds()
    if wanted.isdecimal() and 0 < int(wanted) <= len(desk.feeds):
        return known.of_feed(desk.feeds[int(wanted) - 1])
    offered = [*known.VIEWS, *_own(desk), *map(known.of_feed, found)]
    folders = dict.fromkeys(feed.folder for feed in found if feed.folder)
    for name in folders:
        offered.append(
            known.of_folder(name, tuple(f for f in found if f.folder == name))
        )
    offered += [known.of_tag(tag.name) for tag in desk.services.store.labels.tags()]
    named = {each.title.casefold().removeprefix("#"): each for each in offered[::-1]}
    exact = named.get(wanted)
    near = next((v for name, v in named.items() if wanted and wanted in name), None)
    if exact or near:
        return exact or near  # type: ignore[return-value]
    raise NotFoundError(text, "no list is called so; type views, or feeds")


def _own(desk: Desk) -> tuple[View, ...]:
    named = desk.library.views()
    return tuple(known.of_text(name, text) for name, text in named.items())


async def search(desk: Desk, text: str) -> None:
    """Search everything, best first."""
    services = desk.services
    wanted = query.parse(text, services.now(), services.zone)
    desk.open(known.of_search(text, wanted))
    await list_(desk, "")


async def sort(desk: Desk, text: str) -> None:
    """Order the list anew; without a name, in its next order."""
    orders = desk.view.orders
    after = orders[(orders.index(desk.view.order) + 1) % len(orders)]
    if text and text.lower() not in orders:
        desk.say(f"The orders are {', '.join(orders)}.")
        return
    desk.open(desk.view.sorted_as(text.lower() or after))
    desk.say(f"{SAID[desk.view.order].capitalize()}.")
    desk.say_page(0)
