"""Feeds, list and article in one, two or three panes, and which of them has the keys.

It arranges; what the panes hold, and what happens in them, is `main`'s part.
"""

from collections.abc import Sequence
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from reader.model import EntryRow, Feed
from reader.tui import telling
from reader.tui.grid import Grid, fits, grid, resized
from reader.tui.hints import hint, weighed
from reader.tui.library import Library
from reader.tui.paint.cells import cells
from reader.tui.paint.span import Line, width
from reader.tui.paint.status import GAP, MARGIN, Hint, position, remaining, said
from reader.tui.places import Place
from reader.tui.screens.keyed import Keyed
from reader.tui.views import UNREAD, View
from reader.tui.widgets.article import ArticleView
from reader.tui.widgets.entry_list import EntryList
from reader.tui.widgets.heads import Air, ListHead, SidebarHead
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.sidebar import Sidebar
from reader.tui.widgets.status import StatusLine
from reader.tui.widgets.too_small import TooSmall
from reader.tui.widgets.typed import TypedLine

Pane = Literal["sidebar", "list", "article"]


class Panes(Keyed[None]):
    """Sidebar, list, article, and the status line below them."""

    AUTO_FOCUS = "#list"

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.view: View = UNREAD
        self.grid: Grid = grid(80, 24)
        self.front: Literal["list", "article"] = "list"
        self.zen = False
        self._before_zen: Pane = "article"
        self._by_hand: tuple[int, int] | None = None
        self._dragged: Literal["sidebar", "list"] | None = None
        self.slid = False
        self.feeds: tuple[Feed, ...] = ()

    def compose(self) -> ComposeResult:
        """Three panes, a place to type in, the status line."""
        with Vertical(id="sidebar-pane", classes="pane"):
            yield SidebarHead()
            yield Sidebar(id="sidebar")
        with Vertical(id="list-pane", classes="pane"):
            yield ListHead()
            yield EntryList(self.library.rows, id="list")
        with Vertical(id="article-pane", classes="pane"):
            yield Air()
            yield ArticleView(id="article")
        yield Prompt()
        yield StatusLine()
        yield TooSmall()

    # The status line

    def position(self) -> Line:
        """Which entry of how many and how far one has read it; else all is quiet."""
        if self.entries.picked:
            return self._picked()
        share = self.article.share
        reading = self.zen or (self.place == "article" and self.grid.panes > 1)
        if reading and self.article.laid.words:
            return remaining(self.article.laid.minutes, share)
        if self.grid.panes > 1 or self.place != "article":
            return telling.idle(self.firsthand)
        number, total = self.entries.cursor + 1, len(self.entries.window)
        return position(self.view.title, number, total, share)

    def _picked(self) -> Line:
        key = self.firsthand.keymap.shown("escape")
        parts = (f"{len(self.entries.picked)} picked", f"{key} drops them")
        return said(parts, self.firsthand.glyphs)

    def hints(self, columns: int, left: Line) -> Sequence[Hint]:
        """The weightiest keys of where one is."""
        if self.question:
            return ()
        room = columns - 2 * MARGIN - (width(left) + GAP if left else 0)
        keys = self.firsthand.keymap
        if not (self.firsthand.polling.running and self.at_rest):
            return weighed(keys, self.place, room)
        stop = hint(keys, "stop", "escape")
        room -= cells(stop.keys) + cells(stop.word) + 1 + GAP
        return (stop, *weighed(keys, self.place, room))

    @property
    def at_rest(self) -> bool:
        """Whether nothing was entered that one could step back from."""
        entered = self.entries.picked or self.view.is_passing
        return self.place == "list" and not entered

    # The panes

    @property
    def sidebar(self) -> Sidebar:
        """The feeds."""
        return self.query_one(Sidebar)

    @property
    def entries(self) -> EntryList:
        """The list."""
        return self.query_one(EntryList)

    @property
    def article(self) -> ArticleView:
        """The article."""
        return self.query_one(ArticleView)

    @property
    def pane(self) -> Sidebar | EntryList | ArticleView:
        """The pane that has the keys."""
        if self.place == "sidebar":
            return self.sidebar
        return self.entries if self.place == "list" else self.article

    @property
    def place(self) -> Place:
        """Where the keys go."""
        if self.query_one(Prompt).is_open:
            return "prompt"
        if self.zen:
            return "zen"
        if self.sidebar.has_focus:
            return "sidebar"
        return "article" if self.article.has_focus else "list"

    @property
    def row(self) -> EntryRow | None:
        """The entry that actions are about."""
        return self.entries.row

    @property
    def feed_here(self) -> Feed | None:
        """The feed that the cursor of the sidebar, or the list, is about."""
        key = self.sidebar.key if self.place == "sidebar" else self.view.key
        return next((f for f in self.feeds if f"feed:{f.id}" == key), None)

    @property
    def feed_of_entry(self) -> Feed | None:
        """The feed of the entry that actions are about."""
        row = self.row
        return next((f for f in self.feeds if row and f.id == row.feed.id), None)

    # Arranging

    def on_resize(self, event: events.Resize) -> None:
        """Divide the screen anew."""
        self.divide()

    def divide(self) -> None:
        """Give each pane what the grid says, and hide what has no room."""
        columns, rows = self.app.size
        divided = grid(columns, rows, self.firsthand.settings.ui.density)
        self.grid = resized(divided, *self.by_hand)
        has_room = fits(columns, rows)
        self.set_class(not has_room, "-small")
        self.set_class(self.zen, "-zen")
        self.set_class(self.grid.top > 0, "-airy")
        for name, columns, shown in self._panes():
            pane = self.query_one(f"#{name}-pane", Vertical)
            pane.display = shown and has_room
            if columns:
                pane.styles.width = columns
        over = self.grid.panes < 3
        aside = self.query_one("#sidebar-pane")
        aside.set_class(over, "-over")
        # What lies over the other panes ends above the status line.
        aside.styles.height = rows - 1 if over else "1fr"
        ruled = self.app.current_theme.ansi
        self.entries.ruled = ruled and self.grid.panes == 3
        self.query_one(ListHead).ruled = self.entries.ruled
        self.article.ruled = ruled and self.grid.panes > 1 and not self.zen
        self.query_one(Air).ruled = self.article.ruled
        self.query_one(StatusLine).ground = "surface" if self.zen else "panel"
        self.entries.shape(self.grid.form, self.grid.calm)
        self.show_status()

    # Resizing by hand

    @property
    def by_hand(self) -> tuple[int, int]:
        """Columns given to sidebar and list by hand, 0 where none were."""
        known = self.firsthand.remembered
        return self._by_hand or (known.sidebar, known.list)

    def resize(self, sidebar: int, entries: int) -> None:
        """Give sidebar and list their columns, now and the next time."""
        self._by_hand = (sidebar, entries)
        self.divide()
        if (sidebar, entries) != (0, 0):
            # What the window has no room for is not remembered either.
            sidebar, entries = self.grid.sidebar, self.grid.list
            self._by_hand = (sidebar, entries)
        self.firsthand.remember(sidebar=sidebar, list=entries)

    def widen(self, columns: int) -> bool:
        """Give the pane in focus more columns, or less; says whether that could be."""
        grid = self.grid
        if grid.panes == 1 or self.zen or (grid.panes < 3 and self.place == "sidebar"):
            return False
        if self.place == "sidebar":
            self.resize(grid.sidebar + columns, grid.list)
        else:
            sign = 1 if self.place == "list" else -1
            self.resize(grid.sidebar, grid.list + sign * columns)
        return self.grid != grid

    def _edge(self, x: int) -> Literal["sidebar", "list"] | None:
        """The pane whose right edge stands at a column."""
        if self.grid.panes == 1 or self.zen:
            return None
        aside = self.grid.sidebar if self.grid.panes == 3 else 0
        if aside and x == aside - 1:
            return "sidebar"
        return "list" if x == aside + self.grid.list - 1 else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a pane's edge."""
        self._dragged = self._edge(event.screen_x) if event.button == 1 else None
        if self._dragged is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The edge that is held follows the mouse."""
        if self._dragged is None:
            return
        sidebar, entries = self.by_hand
        aside = self.grid.sidebar if self.grid.panes == 3 else 0
        if self._dragged == "sidebar":
            self._by_hand = (max(event.screen_x + 1, 1), entries)
        else:
            self._by_hand = (sidebar, max(event.screen_x + 1 - aside, 1))
        self.divide()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the edge."""
        if self._dragged is not None:
            self._dragged = None
            self.release_mouse()
            self.resize(*self.by_hand)

    def on_click(self, event: events.Click) -> None:
        """A double click on an edge gives every pane its own columns again."""
        if event.chain == 2 and self._edge(event.screen_x):
            self.resize(0, 0)

    def _panes(self) -> tuple[tuple[Pane, int, bool], ...]:
        """Each pane, its columns (0: the rest), and whether it is shown."""
        alone = self.grid.panes == 1
        return (
            ("sidebar", self.grid.sidebar, self._has_sidebar),
            (
                "list",
                self.grid.list,
                not self.zen and (not alone or self.front == "list"),
            ),
            ("article", 0, self.zen or not alone or self.front == "article"),
        )

    @property
    def _has_sidebar(self) -> bool:
        return not self.zen and (self.grid.panes == 3 or self.slid)

    def focus_pane(self, pane: Pane) -> None:
        """Give a pane the keys, and room where the panes take turns."""
        self.slid = pane == "sidebar" and self.grid.panes < 3
        if pane != "sidebar":
            self.front = pane
        self.divide()
        self.query_one(f"#{pane}").focus(scroll_visible=False)

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        prompt = self.query_one(Prompt)
        if prompt.is_open and not prompt.query_one(TypedLine).has_focus:
            prompt.close()
        if self.place == "article" and self.grid.panes > 1:
            self.front = "article"
        elif self.place == "list":
            self.front = "list"
        if self.slid and self.place != "sidebar":
            # A click beside the sidebar sends it away.
            self.slid = False
            self.divide()
        self.pane_changed()
        self.show_status()

    def pane_changed(self) -> None:
        """Another pane has the keys, or shows something else."""

    def set_zen(self, zen: bool) -> None:
        """Show nothing but the text, or everything again."""
        if zen:
            panes: tuple[Pane, ...] = ("sidebar", "list")
            here = (pane for pane in panes if pane == self.place)
            self._before_zen = next(here, "article")
        self.zen = zen
        self.article.set_zen(zen)
        self.focus_pane("article" if zen else self._before_zen)
