"""From pane to pane and from screen to screen, and back again."""

from functools import partial
from typing import Literal

from reader.tui.commands.feeds import unsubscribe
from reader.tui.places import TEXT
from reader.tui.screens.links import LinksScreen
from reader.tui.screens.main import Main
from reader.tui.screens.search import Choice, SearchScreen
from reader.tui.screens.trail import TrailScreen
from reader.tui.views import SAID, View
from reader.tui.widgets.prompt import Prompt

Pane = Literal["sidebar", "list", "article"]
_ROUND: tuple[Pane, ...] = ("sidebar", "list", "article")


def _pane(main: Main) -> Pane:
    return main.place if main.place in _ROUND else "article"


def focus_left(main: Main, count: int) -> None:
    """To the pane on the left; at the very left a folder closes."""
    pane = _pane(main)
    if pane == "sidebar":
        main.sidebar.fold(closed=True)
    else:
        main.focus_pane("sidebar" if pane == "list" else "list")


def focus_right(main: Main, count: int) -> None:
    """To the pane on the right; a closed folder opens first."""
    pane = _pane(main)
    if pane == "sidebar" and main.sidebar.fold(closed=False):
        return
    main.focus_pane("list" if pane == "sidebar" else "article")
    main.show_chosen()


def focus_next(main: Main, count: int) -> None:
    """Round the panes."""
    _round(main, 1)


def focus_previous(main: Main, count: int) -> None:
    """Round the panes, the other way."""
    _round(main, -1)


def _round(main: Main, step: int) -> None:
    there = _ROUND.index(_pane(main)) + step
    main.focus_pane(_ROUND[there % len(_ROUND)])
    main.show_chosen()


def links(main: Main, count: int) -> None:
    """The links of the article, numbered."""
    found = main.article.links
    if found:
        main.app.push_screen(LinksScreen(found))
    else:
        main.say("This article has no links.")


STEP = 2
"""Columns that a pane gains or loses at once."""


def narrower(main: Main, count: int) -> None:
    """Take columns from the pane that has the keys."""
    _widen(main, -STEP * max(count, 1))


def wider(main: Main, count: int) -> None:
    """Give columns to the pane that has the keys."""
    _widen(main, STEP * max(count, 1))


def _widen(main: Main, columns: int) -> None:
    if main.widen(columns):
        grid = main.grid
        aside = f"{grid.sidebar}, " if grid.panes == 3 else ""
        main.say(f"Panes of {aside}{grid.list} and {grid.article} columns")
    else:
        main.say("There is no room for that.")


def panes_reset(main: Main, count: int) -> None:
    """Give every pane the columns that it has of itself."""
    main.resize(0, 0)
    main.say("Panes as they were")


def zen(main: Main, count: int) -> None:
    """Nothing but the text; once more, and everything is back."""
    main.set_zen(not main.zen)


def trail(main: Main, count: int) -> None:
    """Every hop to the original."""
    row = main.row
    if row is not None:
        main.app.push_screen(TrailScreen(main.library, main.library.stored(row.id)))


def health(main: Main, count: int) -> None:
    """The state of all feeds, failing ones first."""
    from reader.tui.screens.health import HealthScreen

    main.app.push_screen(HealthScreen(main.library), partial(unsubscribe, main))


def sources(main: Main, count: int) -> None:
    """How much of each feed is second hand; a list chosen there is opened."""
    from reader.tui.screens.sources import SourcesScreen

    main.app.push_screen(SourcesScreen(main.library), partial(_opened, main))


def _opened(main: Main, view: View | None) -> None:
    if view is not None:
        main.open_view(view)
        main.focus_pane("list")


def search(main: Main, count: int) -> None:
    """In the article: find there. Elsewhere: search everything."""
    if main.place in TEXT:
        main.query_one(Prompt).open("/", partial(_find, main), empty=True)
    else:
        main.app.push_screen(SearchScreen(main.library), partial(_found, main))


def _find(main: Main, text: str) -> None:
    told = main.article.find(text)
    if told:
        main.say(told)


def _found(main: Main, choice: Choice | None) -> None:
    if choice is not None:
        main.open_found(choice.found)
        main.entries.go(choice.place)
        main.focus_pane("list")


def sort(main: Main, count: int) -> None:
    """Show the list in its next order; with a count, in that one."""
    orders = main.view.orders
    here = orders.index(main.view.order)
    order = orders[(count - 1 if count else here + 1) % len(orders)]
    main.sort(order)
    main.say(SAID[order].capitalize())


def hide_read(main: Main, count: int) -> None:
    """Hide what is read in this list, or show it again."""
    hide = not main.view.only_unread
    main.open_view(main.view.hiding_read(hide), keep=True)
    main.say("Read entries are hidden." if hide else "Read entries are shown.")


def palette(main: Main, count: int) -> None:
    """Every action by its name."""
    main.firsthand.show_palette(main.place, main.perform_if)


def themes(main: Main, count: int) -> None:
    """Choose a theme; each is tried on while one chooses."""
    main.firsthand.show_palette("list", main.perform_if, themes_only=True)


def help_(main: Main, count: int) -> None:
    """Every key."""
    main.firsthand.show_help(main.perform_if)


def back(main: Main, count: int) -> None:
    """One step back; from the list the program ends."""
    if not _step_back(main):
        quit_(main, count)


def escape(main: Main, count: int) -> None:
    """One step back, and never out of the program; there a refresh is stopped."""
    if not _step_back(main):
        main.firsthand.stop_refresh()


def _step_back(main: Main) -> bool:
    """Leave what was entered last; False at the list, where there is nothing left."""
    if main.place == "prompt":
        main.query_one(Prompt).close()
    elif main.entries.picked:
        main.pick(())
        main.say("Nothing is picked any more.")
    elif main.zen:
        main.set_zen(False)
    elif main.place != "list":
        main.focus_pane("list")
    elif main.view.is_passing and main.before is not None:
        main.open_view(main.before)
    else:
        return False
    return True


def quit_(main: Main, count: int) -> None:
    """End the program."""
    main.firsthand.exit()


def choose(main: Main, count: int) -> None:
    """Take what was typed."""
    main.query_one(Prompt).take()
