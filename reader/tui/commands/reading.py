"""Opening entries, their originals, links and images; nothing is fetched here."""

from functools import partial

from reader.model import Reading
from reader.tui import work
from reader.tui.library import feed_after, next_in
from reader.tui.originals import open_known, unknown
from reader.tui.paint.trail import trail_text
from reader.tui.screens.main import Main
from reader.tui.views import of_feed


def read(main: Main, count: int) -> None:
    """Open what the cursor stands on: an entry, or a list of the sidebar."""
    if main.place == "sidebar":
        main.sidebar.open()
    elif main.entries.entry_id is not None:
        main.open_entry(main.entries.entry_id, face=True)


def fetch_anew(main: Main, count: int) -> None:
    """Follow the entry again and make its text again, as the rules are by now."""
    row = main.row
    if row is None:
        main.say("Nothing is open.")
        return
    main.say("Fetching it anew …")
    services = main.library.services
    main.run_worker(work.anew(main, services, row.id), group="read", exclusive=True)


def next_unread(main: Main, count: int) -> None:
    """Open the next unread entry, in the next feed when this one is done."""
    _to_unread(main, forward=True)


def previous_unread(main: Main, count: int) -> None:
    """Open the unread entry before."""
    _to_unread(main, forward=False)


def _to_unread(main: Main, *, forward: bool) -> None:
    window = main.entries.window
    unread = main.library.unread(main.view)
    start = main.entries.cursor
    here = main.entries.entry_id
    if here in unread and here != main.article.opened and forward:
        # Nothing was opened yet: the entry under the cursor is the next one.
        start -= 1
    index = next_in(window.ids, unread, start, forward=forward)
    there = index is not None and (index > start if forward else index < start)
    if index is not None and there:
        main.open_entry(window.ids[index], face=False)
    elif index is not None and window.ids[index] != here:
        main.say(f"Nothing unread {'after' if forward else 'before'} this.")
    elif not _to_feed(main, forward=forward):
        main.say("Nothing unread.")
    elif main.entries.entry_id is not None:
        main.open_entry(main.entries.entry_id, face=False)


def next_feed(main: Main, count: int) -> None:
    """Show the next feed that has something unread."""
    if not _to_feed(main, forward=True):
        main.say("No other feed has anything unread.")


def previous_feed(main: Main, count: int) -> None:
    """Show the feed before that has something unread."""
    if not _to_feed(main, forward=False):
        main.say("No other feed has anything unread.")


def _to_feed(main: Main, *, forward: bool) -> bool:
    """Open the next feed with something unread, the cursor on the first of it."""
    feed = feed_after(main.feeds, main.view.feed_id, forward=forward)
    if feed is None:
        return False
    view = of_feed(feed)
    main.open_view(view)
    unread = main.library.unread(view)
    index = next_in(main.entries.window.ids, unread, -1, forward=True)
    main.entries.go(index or 0)
    return True


def open_original(main: Main, count: int) -> None:
    """Open the original in the browser; unchecked, it is looked for first."""
    row = main.row
    if row is None:
        return
    if row.attribution.status == "unchecked":
        main.look_then_open(row.id)
    else:
        open_known(main.firsthand, row)


def open_entry(main: Main, count: int) -> None:
    """Open the page of the feed that brought the entry."""
    row = main.row
    if row is not None:
        main.firsthand.browse(row.url)


def copy_original(main: Main, count: int) -> None:
    """Copy the original's link."""
    row = main.row
    if row is None:
        return
    if row.attribution.url is None:
        main.say(unknown(main.firsthand, row))
    else:
        main.firsthand.copy(row.attribution.url, "the original’s link")


def copy_entry(main: Main, count: int) -> None:
    """Copy the link that the feed gave."""
    row = main.row
    if row is not None:
        main.firsthand.copy(row.url, "the entry’s link")


def copy_trail(main: Main, count: int) -> None:
    """Copy the trail as plain lines."""
    row = main.row
    if row is not None:
        app = main.firsthand
        reading = main.library.stored(row.id)
        app.copy(trail_text(reading, app.glyphs, app.services.zone), "the trail")


def faces(main: Main, count: int) -> None:
    """Show the entry's next face: the original, the feed's text, what was changed."""
    reading = main.article.reading
    if reading is None:
        main.say("Nothing is open.")
    elif not main.article.at_last_face or not _show_changes(main, reading):
        main.say(main.article.turn())


def _show_changes(main: Main, reading: Reading) -> bool:
    """Show what the republisher changed, if there is a copy to be compared."""
    # Brings difflib along, which the first look of the screen can do without.
    from reader.services.changes import changes
    from reader.tui.screens.changes import ChangesScreen

    found = changes(reading)
    if found is not None:
        screen = ChangesScreen(reading, found)
        main.say("")
        main.app.push_screen(screen, partial(_turned, main))
    return found is not None


def _turned(main: Main, onward: bool | None) -> None:
    if onward:
        main.say(main.article.turn())


def lead_image(main: Main, count: int) -> None:
    """Open the article's image in the browser; of several, one is chosen."""
    images = main.article.images
    if not images:
        main.say("This article has no image.")
    elif len(images) == 1:
        main.firsthand.browse(images[0])
    else:
        from reader.tui.screens.links import LinksScreen

        main.app.push_screen(LinksScreen(images, "Images"))
