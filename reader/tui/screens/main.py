"""The main screen: feeds, list and article in one, two or three panes.

It arranges the panes and answers messages; what keys do is in `commands`, what is
drawn in the widgets, what takes time in `work`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from reader.errors import NotFoundError
from reader.model import EntryRow, Feed
from reader.store import Action, Ids
from reader.tui import messages, telling, work
from reader.tui.actions import TEXT, Place
from reader.tui.commands import COMMANDS
from reader.tui.commands.reading import open_known
from reader.tui.digits import Digits
from reader.tui.grid import Grid, fits, grid
from reader.tui.hints import hint, weighed
from reader.tui.library import Library
from reader.tui.paint.empty import view_empty
from reader.tui.paint.span import Line, width
from reader.tui.paint.status import GAP, MARGIN, Hint, position, remaining
from reader.tui.screens.keyed import Keyed
from reader.tui.views import UNREAD, View, of_feed
from reader.tui.widgets.article import ArticleView
from reader.tui.widgets.entry_list import EntryList
from reader.tui.widgets.heads import Air, ListHead, SidebarHead
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.sidebar import Sidebar
from reader.tui.widgets.status import StatusLine
from reader.tui.widgets.too_small import TooSmall

PREVIEW_AFTER = 0.05
"""Seconds that the cursor rests on an entry before the article pane shows it."""
NEW_MOST = 500
"""The newest entries of a view among which new ones are counted."""

Pane = Literal["sidebar", "list", "article"]


class Main(Keyed[None]):
    """Sidebar, list, article, and the status line below them."""

    AUTO_FOCUS = "#list"

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.view: View = UNREAD
        self.before: View | None = None
        self.grid: Grid = grid(80, 24)
        self.front: Literal["list", "article"] = "list"
        self.zen = False
        self.slid = False
        self.feeds: tuple[Feed, ...] = ()
        self._digits = Digits(self, self.open_link)
        self._version = 0
        self._to_browse: int | None = None
        self._preview: Timer | None = None
        self._alone: Timer | None = None

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
        share = self.article.share
        if self.zen:
            return remaining(self.article.laid.minutes, share)
        if self.grid.panes > 1 or self.place != "article":
            return telling.idle(self.firsthand)
        number, total = self.entries.cursor + 1, len(self.entries.window)
        return position(self.view.title, number, total, share)

    def hints(self, columns: int, left: Line) -> Sequence[Hint]:
        """The weightiest keys of where one is."""
        if self.question:
            return ()
        room = columns - 2 * MARGIN - (width(left) + GAP if left else 0)
        return weighed(self.firsthand.keymap, self.place, room)

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

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """The table's commands, done on this screen."""
        return {name: partial(command, self) for name, command in COMMANDS.items()}

    # Beginning

    def on_mount(self) -> None:
        """Show the unread entries, and from then on what others change, too."""
        self.divide()
        self.reload_feeds()
        self.open_view(self.view)
        self.focus_pane("list")
        self._version = self.library.version()
        self.set_interval(1.0, self.look_for_changes)

    # Arranging

    def on_resize(self, event: events.Resize) -> None:
        """Divide the screen anew."""
        self.divide()

    def divide(self) -> None:
        """Give each pane what the grid says, and hide what has no room."""
        columns, rows = self.app.size
        self.grid = grid(columns, rows, self.firsthand.settings.ui.density)
        self.set_class(not fits(columns, rows), "-small")
        self.set_class(self.zen, "-zen")
        self.set_class(self.grid.top > 0, "-airy")
        for name, columns, shown in self._panes():
            pane = self.query_one(f"#{name}-pane", Vertical)
            pane.display = shown
            if columns:
                pane.styles.width = columns
        over = self.grid.panes < 3
        self.query_one("#sidebar-pane").set_class(over, "-over")
        ruled = self.app.current_theme.ansi
        self.entries.ruled = ruled and self.grid.panes == 3
        self.query_one(ListHead).ruled = self.entries.ruled
        self.article.ruled = ruled and self.grid.panes > 1 and not self.zen
        self.query_one(Air).ruled = self.article.ruled
        self.query_one(StatusLine).ground = "surface" if self.zen else "panel"
        self.entries.shape(self.grid.form, self.grid.calm)
        self.show_status()

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
        if self.place == "article" and self.grid.panes > 1:
            self.front = "article"
        elif self.place == "list":
            self.front = "list"
        self.watch_alone()
        self.show_status()

    def set_zen(self, zen: bool) -> None:
        """Show nothing but the text, or everything again."""
        self.zen = zen
        self.article.set_zen(zen)
        self.focus_pane("article")

    # What is open

    def open_view(self, view: View, *, keep: bool = False) -> None:
        """Open a list; `keep` leaves the cursor on its entry, or where it was."""
        if view.key != self.view.key:
            self.before = self.view
        ids = self.library.ids(view)
        place = self._kept(ids) if keep else 0
        self.view = view
        self.entries.empty = self._nothing(view)
        self.entries.open(ids, place, heads=view.ordered)
        self.firsthand.note_new(0)
        self.sidebar.choose(view.key)
        self.show_counts()

    def _nothing(self, view: View) -> Sequence[Line]:
        """What is said where a list is empty, and where to go from there."""
        keys = self.firsthand.keymap
        elsewhere = any(feed.unread for feed in self.feeds)
        hints = (hint(keys, "next feed with unread", "next_feed"),) if elsewhere else ()
        columns = max(self.grid.list - 5, 1)
        return view_empty(view.nothing, hints, columns, self.firsthand.glyphs)

    def _kept(self, ids: Ids) -> int:
        """Where the entry under the cursor stands in another list."""
        entry_id = self.entries.entry_id
        if entry_id is not None and entry_id in ids:
            return ids.index(entry_id)
        return self.entries.cursor

    def show_counts(self) -> None:
        """Draw the numbers of lists and sidebar anew."""
        counts = self.library.counts()
        self.sidebar.renew(self.feeds, counts)
        self.query_one(ListHead).renew(self.view, counts, len(self.entries.window))
        self.show_status()

    def reload_feeds(self) -> None:
        """Take the subscriptions as they are now."""
        self.feeds = self.library.feeds()
        self.firsthand.note_feeds(self.feeds)

    def look_for_changes(self) -> None:
        """See what anybody wrote since: marks, feeds, new entries; nothing moves."""
        version = self.library.version()
        if version != self._version:
            self._version = version
            self.renew()

    def renew(self) -> None:
        """Draw what is shown as it is now, and count what is new."""
        self.reload_feeds()
        self.entries.renew()
        self.show_counts()
        if not len(self.entries.window):
            # Nobody reads in an empty list: what is new can be shown at once.
            self.open_view(self.view)
            return
        here = frozenset(self.entries.window.ids)
        newest = self.library.ids(self.view, limit=NEW_MOST)
        self.firsthand.note_new(sum(entry_id not in here for entry_id in newest))

    # Reading

    @on(messages.EntryChosen)
    def _entry_chosen(self, message: messages.EntryChosen) -> None:
        if self._preview is not None:
            self._preview.stop()
        self._preview = self.set_timer(PREVIEW_AFTER, self.show_chosen)

    def show_chosen(self) -> None:
        """Show the entry under the cursor, where the article has room."""
        if self.query_one("#article-pane").display:
            self.show(self.entries.entry_id)

    def show(self, entry_id: int | None, *, looking: bool = False) -> None:
        """Show what is stored of an entry."""
        if entry_id == self.article.entry_id and not looking:
            return
        try:
            reading = self.library.stored(entry_id) if entry_id is not None else None
        except NotFoundError:
            reading = None
        self.article.show(reading, looking=looking)
        self.article.opened = entry_id if looking else None
        self.watch_alone()
        self.show_status()

    def open_entry(self, entry_id: int, *, face: bool) -> None:
        """Read an entry: show what is here, fetch what is missing, mark it read."""
        index = self.entries.window.find(entry_id)
        if index is not None:
            self.entries.go(index)
        if face or self.grid.panes == 1:
            self.focus_pane("article")
        self.show(entry_id, looking=True)
        self.run_worker(
            work.read(self, self.library.services, entry_id),
            group="read",
            exclusive=True,
        )
        if self.firsthand.settings.reading.mark_read != "never":
            self.mark_shown()

    @on(messages.ReadingCame)
    def _reading_came(self, message: messages.ReadingCame) -> None:
        if message.reading.row.id == self.article.entry_id:
            self.article.show(message.reading)
        self.entries.renew()
        if self._to_browse == message.reading.row.id:
            self._to_browse = None
            open_known(self, message.reading.row)

    @on(messages.ReadingFailed)
    def _reading_failed(self, message: messages.ReadingFailed) -> None:
        if message.entry_id == self.article.entry_id:
            self.article.stop_looking()
        self.say(message.reason)

    def watch_alone(self) -> None:
        """Mark an entry read that is shown alone for as long as the settings say."""
        if self._alone is not None:
            self._alone.stop()
            self._alone = None
        after = self.firsthand.settings.reading.mark_read
        if not isinstance(after, str) and self.place in TEXT:
            self._alone = self.set_timer(after.total_seconds(), self.mark_shown)

    def mark_shown(self) -> None:
        """The entry that is shown has been read."""
        reading = self.article.reading
        if reading is not None and not (self.row and self.row.read):
            self.mark((reading.row.id,), read=True)

    def look_then_open(self, entry_id: int) -> None:
        """Look for the first publisher, then open the original that was found."""
        self._to_browse = entry_id
        self.say("Looking for the first publisher …")
        self.run_worker(
            work.read(self, self.library.services, entry_id),
            group="read",
            exclusive=True,
        )

    # Marks

    def mark(
        self,
        ids: Sequence[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        loud: bool = False,
    ) -> None:
        """Mark entries; read and unread go for every copy of a story."""
        if read is not None:
            ids = self.library.services.store.copies(ids)
        self.run_worker(
            work.mark(
                self,
                self.library.services,
                ids,
                read=read,
                starred=starred,
                loud=loud,
            ),
            group="mark",
        )

    @on(messages.Marked)
    def _marked(self, message: messages.Marked) -> None:
        self.refresh_marks()
        if message.loud:
            self.say(f"{message.action.count:,} marked read · z undoes")

    @on(messages.Undone)
    def _undone(self, message: messages.Undone) -> None:
        self.refresh_marks()
        action = message.action
        self.say(f"Undone: {told(action)}" if action else "Nothing to undo.")

    @on(messages.Redone)
    def _redone(self, message: messages.Redone) -> None:
        self.refresh_marks()
        action = message.action
        self.say(f"Done again: {told(action)}" if action else "Nothing to redo.")

    def refresh_marks(self) -> None:
        """Draw marks and numbers as they are now."""
        self.reload_feeds()
        self.entries.renew()
        self.show_counts()

    # Other messages

    @on(messages.Failed)
    def _failed(self, message: messages.Failed) -> None:
        self.say(message.reason)

    @on(messages.FeedsChanged)
    def _feeds_changed(self, message: messages.FeedsChanged) -> None:
        self.say(message.said)
        self.reload_feeds()
        feed = next((f for f in self.feeds if f.id == message.feed_id), None)
        self.open_view(of_feed(feed) if feed else self.view, keep=feed is None)

    @on(messages.EntryOpened)
    def _entry_opened(self, message: messages.EntryOpened) -> None:
        self.open_entry(message.entry_id, face=True)

    @on(messages.ViewChosen)
    def _view_chosen(self, message: messages.ViewChosen) -> None:
        self.open_view(message.view)
        self.focus_pane("list")

    @on(messages.LinkClicked)
    def _link_clicked(self, message: messages.LinkClicked) -> None:
        self.firsthand.browse(message.url)

    @on(Prompt.Closed)
    def _prompt_closed(self) -> None:
        self.focus_pane("article" if self.zen else self.front)

    # Keys of its own

    def take_key(self, key: str) -> bool:
        """In a text a number opens the link that has it."""
        if self.place not in TEXT or self.typed.keys:
            return False
        return self._digits.take(key, len(self.article.links))

    def open_link(self, number: int) -> None:
        """Open a link of the article by its number."""
        links = self.article.links
        if 1 <= number <= len(links):
            self.firsthand.browse(links[number - 1])
        else:
            self.say(f"There is no link {number} here.")


def told(action: Action) -> str:
    """What an action did, in few words: `38 read`."""
    return f"{action.count:,} {action.what}"
