"""The sidebar: views, folders that open and close, feeds, each with its count.

It says which list was chosen; opening it is the screen's part.
"""

from collections.abc import Iterable, Sequence

from textual import events
from textual.strip import Strip

from reader.errors import QueryError
from reader.model import Feed
from reader.store import Counts
from reader.store.publishers import PublisherCount
from reader.tui import views
from reader.tui.branches import (
    Branch,
    account_key,
    accounts,
    branches,
    folder_key,
    of_account,
    unread,
)
from reader.tui.messages import PublishersWanted, ViewChosen
from reader.tui.paint.sidebar import SideRow, side_row
from reader.tui.paint.span import Ground
from reader.tui.views import View
from reader.tui.widgets.drawn import Drawn

BLANK_ROW = SideRow("blank")
PUBLISHERS = "publishers"
"""The key of the branch of who published first; it is closed until it is opened."""
PUBLISHERS_MOST = 100
"""Publishers that stand there, those with the most entries."""


class Sidebar(Drawn):
    """Rows of what can be opened, a cursor on one of them."""

    ground: Ground = "panel"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.side: tuple[SideRow, ...] = ()
        self.views: dict[str, View] = {}
        self.key = views.UNREAD.key
        self._opened = self.key
        self._folded: frozenset[str] | None = None
        self._feeds: tuple[Feed, ...] = ()
        self._counts = Counts()
        self._unread: dict[str, int] = {}
        self._away: frozenset[str] = frozenset()
        self._publishers: Sequence[PublisherCount] = ()

    @property
    def height_of_all(self) -> int:
        """Every row is one."""
        return len(self.side)

    def renew(
        self, feeds: tuple[Feed, ...], counts: Counts, away: frozenset[str]
    ) -> None:
        """Take feeds and numbers as they are now; `away` are accounts out of reach."""
        self._feeds, self._counts, self._away = feeds, counts, away
        if self._folded is None:
            self._folded = frozenset(self.firsthand.remembered.folded)
        self._build()

    @property
    def shows_publishers(self) -> bool:
        """Whether they are in sight, and so to be counted."""
        return bool(self._feeds) and not self._is_shut(PUBLISHERS)

    def renew_publishers(self, found: Sequence[PublisherCount]) -> None:
        """Take publishers and their numbers as they are now."""
        self._publishers = found[:PUBLISHERS_MOST]
        self._build()

    def _build(self) -> None:
        folders = branches(self._feeds)
        by_account = accounts(folders)
        self._unread = unread(folders, self._counts)
        own = self.firsthand.own_views
        opened = [*views.VIEWS, *own, *(views.of_feed(feed) for feed in self._feeds)]
        opened += [branch.view for branch in folders if branch.folder]
        opened += [of_account(name, held) for name, held in by_account.items() if name]
        if self.shows_publishers:
            opened += [views.of_publisher(one.name) for one in self._publishers]
        self.views = {view.key: view for view in opened}
        rows = [
            SideRow("view", view.title, views.count(view, self._counts), view.key)
            for view in views.VIEWS
        ]
        rows += [
            SideRow(
                "view", view.title, None, view.key, failing=not self._is_query(view)
            )
            for view in own
        ]
        for name, held in by_account.items():
            rows += self._account(name, held) if name else self._own(held)
        rows += self._by_publisher() if self._feeds else []
        self.side = tuple(rows)
        self.measure_all()
        self.redraw()

    def _is_query(self, view: View) -> bool:
        """Whether a view of the reader's own can be opened at all."""
        services = self.firsthand.services
        try:
            view.wants(services.now(), services.zone)
        except QueryError:
            return False
        return True

    def _own(self, folders: Iterable[Branch]) -> list[SideRow]:
        """The folders of what is polled from here."""
        return [row for each in folders for row in (BLANK_ROW, *self._folder(each))]

    def _account(self, name: str, folders: Iterable[Branch]) -> list[SideRow]:
        """An account's row and, if it is open, its folders further in."""
        held = tuple(folders)
        key = account_key(name)
        is_open, away = not self._is_shut(key), name in self._away
        head = SideRow("folder", name, self._unread[key], key, is_open, failing=away)
        rows = (row for branch in held for row in self._folder(branch, 1))
        return [BLANK_ROW, head, *(rows if is_open else ())]

    def _by_publisher(self) -> list[SideRow]:
        """The row of the publishers and, if it is open, theirs."""
        is_open = self.shows_publishers
        head = SideRow("folder", "Publishers", None, PUBLISHERS, is_open)
        shown = self._publishers if is_open else ()
        rows = (
            SideRow("feed", one.name, one.unread_stories, f"publisher:{one.name}")
            for one in shown
        )
        return [BLANK_ROW, head, *rows]

    def _folder(self, branch: Branch, depth: int = 0) -> list[SideRow]:
        """A folder's row and those of its feeds, if it is open."""
        name, key = branch.folder, branch.key
        is_open = not self._is_shut(key)
        row = SideRow(
            "folder", name, self._unread.get(key, 0), key, is_open, depth=depth
        )
        shown = branch.feeds if is_open else ()
        return [row][: bool(name)] + [
            SideRow(
                "feed",
                feed.title or feed.url,
                self._unread[f"feed:{feed.id}"],
                f"feed:{feed.id}",
                failing=feed.error is not None,
                depth=depth,
            )
            for feed in shown
        ]

    def redraw(self) -> None:
        """Draw all rows anew."""
        self.refresh()

    # The cursor

    @property
    def cursor(self) -> int:
        """The row that the cursor is on; that of its folder, where it is closed."""
        keys = [row.key for row in self.side]
        if self.key in keys:
            return keys.index(self.key)
        return next((keys.index(key) for key in self._above() if key in keys), 0)

    def _above(self) -> tuple[str, ...]:
        """Where the open list stands while folders are closed: its own, its account."""
        if self.key.startswith("publisher:"):
            return (PUBLISHERS,)
        feed = next((f for f in self._feeds if f"feed:{f.id}" == self.key), None)
        account = self.key.removeprefix("folder:").partition("\n")[0]
        if feed is None:
            return (account_key(account),)
        account = feed.account or ""
        return (folder_key(account, feed.folder or ""), account_key(account))

    @property
    def _is_here(self) -> bool:
        """Whether the open list has a row here; what was searched for has none."""
        return self.key in self.views

    def choose(self, key: str) -> None:
        """Put the cursor on the list that was opened."""
        self.key = self._opened = key
        self._show_cursor()

    def _show_cursor(self) -> None:
        self.reveal_rows(self.cursor, self.cursor + 1)
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor by rows, blank ones not counted."""
        keys = [row.key for row in self.side if row.key]
        at = keys.index(self.side[self.cursor].key)
        self.key = keys[min(max(at + rows, 0), len(keys) - 1)]
        self._show_cursor()

    def go(self, row: int) -> None:
        """Put the cursor on a row, counted without blank ones."""
        self.move(row - len(self.side))
        self.move(row)

    @property
    def page(self) -> int:
        """Rows of a page."""
        return max(self.size.height - 2, 1)

    def on_focus(self) -> None:
        """The cursor takes the accent."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor goes back to the list that is open."""
        self.choose(self._opened)

    # What is chosen

    def open(self) -> None:
        """Say that the list under the cursor is wanted; what is none, folds."""
        key = self.side[self.cursor].key
        view = self.views.get(key)
        if view is not None:
            self.post_message(ViewChosen(view))
        else:
            self.fold(closed=not self._is_shut(key))

    def fold(self, *, closed: bool) -> bool:
        """Open or close the folder that the cursor is on or in; says whether it did."""
        key = self._folder_here(closed)
        if not key or closed == self._is_shut(key):
            return False
        folded = self._turned ^ {key}
        self._folded = folded
        self.firsthand.remember(folded=tuple(sorted(folded)))
        self.key = key
        self._build()
        self._show_cursor()
        if key == PUBLISHERS and not closed:
            self.post_message(PublishersWanted())
        return True

    @property
    def _turned(self) -> frozenset[str]:
        """The keys of the folders that are not as they were to begin with."""
        return frozenset() if self._folded is None else self._folded

    def _is_shut(self, key: str) -> bool:
        """Whether a folder is closed; the publishers are to begin with."""
        return (key in self._turned) != (key == PUBLISHERS)

    def _folder_here(self, closed: bool) -> str:
        row = self.side[self.cursor]
        if row.kind == "folder":
            return row.key
        if row.key.startswith("publisher:"):
            return PUBLISHERS if closed else ""
        feed = next((f for f in self._feeds if f"feed:{f.id}" == row.key), None)
        if not closed or feed is None or not feed.folder:
            return ""
        return folder_key(feed.account or "", feed.folder)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The strip of one row in sight."""
        at = y + self.scroll_offset.y
        if at >= len(self.side):
            return self.strip(())
        return self.strip(
            side_row(
                self.side[at],
                self.columns,
                self.firsthand.glyphs,
                cursor=at == self.cursor and (self.has_focus or self._is_here),
                focused=self.has_focus,
            )
        )

    async def on_click(self, event: events.Click) -> None:
        """A click opens a list; on a folder's sign it opens or closes the folder."""
        at = event.y + self.top
        if event.button != 1 or at >= len(self.side) or not self.side[at].key:
            return
        self.key = self.side[at].key
        if event.style.meta.get("act") == "fold":
            self.fold(closed=not self._is_shut(self.key))
        elif not self.follow(event):
            self.open()
