"""Reading entries aloud, and what belongs to one: trail, links, its page."""

from pathlib import Path

from reader.errors import ReaderError
from reader.services.browser import open_link
from reader.tui.linear import speaking
from reader.tui.linear.desk import Desk


async def read(desk: Desk, text: str) -> None:
    """Read an entry by its number; without one, the one that one is at."""
    if not text:
        await again(desk, "")
    elif not text.isdecimal() or not 0 < int(text) <= len(desk.ids):
        desk.say(f"The list has numbers from 1 to {len(desk.ids)}.")
    else:
        await _at(desk, int(text) - 1)


async def _at(desk: Desk, place: int) -> None:
    """Read the entry at a place, fetch what is missing of it, and mark it read."""
    from reader.services import marks, reading

    desk.place = place
    entry_id = desk.ids[place]
    try:
        found = await reading.read(desk.services, entry_id)
    except ReaderError as error:
        desk.say(f"{error}")
        found = reading.stored(desk.services, entry_id)
    if desk.services.settings.reading.mark_read != "never":
        copies = desk.services.store.copies((entry_id,))
        await marks.mark(desk.services, tuple(copies), read=True)
    desk.say_reading(found)


async def next_(desk: Desk, text: str) -> None:
    """Read the next unread entry of the list."""
    await _unread(desk, forward=True)


async def previous(desk: Desk, text: str) -> None:
    """Read the unread entry before."""
    await _unread(desk, forward=False)


async def _unread(desk: Desk, *, forward: bool) -> None:
    start = -1 if desk.place is None else desk.place
    unread = desk.library.unread(desk.view)
    left = [place for place, entry in enumerate(desk.ids) if entry in unread]
    further = [p for p in left if (p > start if forward else p < start)]
    if further:
        await _at(desk, further[0 if forward else -1])
    elif not left:
        desk.say(f"Nothing unread in {desk.view.title}. Type views for other lists.")
    else:
        end, way = ("end", "previous") if forward else ("beginning", "next")
        there = speaking.count(len(left), "unread entry", "unread entries")
        desk.say(f"That is the {end} of the list. {there} the other way: type {way}.")


async def again(desk: Desk, text: str) -> None:
    """Say the entry once more."""
    from reader.services import reading

    if desk.entry_id is None:
        desk.say(_NOTHING)
    else:
        desk.say_reading(reading.stored(desk.services, desk.entry_id))


async def feed(desk: Desk, text: str) -> None:
    """Say the text that came with the feed."""
    from dataclasses import replace

    from reader.services import reading

    if desk.entry_id is None:
        desk.say(_NOTHING)
        return
    found = reading.stored(desk.services, desk.entry_id)
    desk.say_reading(replace(found, article=None, copy=None))


async def trail(desk: Desk, text: str) -> None:
    """Say every hop, with how it was found."""
    from reader.services import reading

    if desk.entry_id is None:
        desk.say(_NOTHING)
    else:
        desk.say(*speaking.trail(reading.stored(desk.services, desk.entry_id)))


async def links(desk: Desk, text: str) -> None:
    """Say the links of the article, numbered."""
    for number, url in enumerate(desk.links, 1):
        desk.say(f"{number}. {url}")
    if not desk.links:
        desk.say("This article has no links." if desk.entry_id else _NOTHING)


async def open_(desk: Desk, text: str) -> None:
    """Open the original in the browser, or a link of the article by its number."""
    row = desk.row
    if row is None:
        desk.say(_NOTHING)
    elif text:
        _link(desk, text)
    elif row.attribution.url is None:
        desk.say("First publisher not established. Type page for the republisher’s.")
    else:
        _browse(desk, row.attribution.url)


def _link(desk: Desk, text: str) -> None:
    if text.isdecimal() and 0 < int(text) <= len(desk.links):
        _browse(desk, desk.links[int(text) - 1])
    else:
        desk.say(f"There is no link {text} here.")


async def page(desk: Desk, text: str) -> None:
    """Open the page of the feed that brought the entry."""
    row = desk.row
    if row is None:
        desk.say(_NOTHING)
    else:
        _browse(desk, row.url)


def _browse(desk: Desk, url: str) -> None:
    """Open a link; over SSH it is only said, for the browser is where one sits."""
    browser = desk.services.settings.reading.browser
    if "SSH_CONNECTION" in desk.environ and not browser:
        desk.say(url)
        return
    open_link(url, browser, desk.environ).check()
    desk.say(f"Opened {url}")


async def save(desk: Desk, text: str) -> None:
    """Save the article to a file, or into a folder."""
    from reader.services import export, reading

    if desk.entry_id is None:
        desk.say(_NOTHING)
        return
    found = reading.stored(desk.services, desk.entry_id)
    path = Path(text or export.file_name(found))
    desk.say(f"Saved {export.save(found, path, desk.services.zone)}")


_NOTHING = "Nothing is open. Type next, or list and a number."
