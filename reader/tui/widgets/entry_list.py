"""The list of entries: a window on the store that draws its visible lines only.

It moves its own cursor and nothing else; what an entry is for, the screen decides.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.strip import Strip

from reader.model import EntryRow
from reader.tui.grid import Form, nearest
from reader.tui.messages import EntryChosen, EntryOpened
from reader.tui.paint.dates import day_head
from reader.tui.paint.row import TEXT_FROM, RowState, entry_row
from reader.tui.paint.span import Ground, Line, Span, spaces
from reader.tui.rows import Rows
from reader.tui.widgets.drawn import Drawn
from reader.tui.window import FetchRows, Window, day_heads

if TYPE_CHECKING:
    from reader.tui.paint.lit import Wanted

Key = tuple[int, int, bool, bool, bool]
"""What an entry's strips depend on: its id, the width, chosen, in focus, picked."""


class EntryList(Drawn):
    """Entries in one, two or three rows, a cursor on one of them."""

    ground: Ground = "background"

    def __init__(self, fetch: FetchRows, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fetch = fetch
        self.window = Window(fetch)
        self.rows = Rows(0)
        self.cursor = 0
        self.empty: Sequence[Line] = ()
        self.picked: frozenset[int] = frozenset()
        self.words: Wanted | None = None
        self._strips: dict[Key, tuple[Strip, ...]] = {}

    @property
    def height_of_all(self) -> int:
        """Rows of all entries, or of what is said where there are none."""
        return self.rows.height or len(self.empty)

    # What is in it

    def open(self, ids: Sequence[int], place: int = 0, *, heads: bool = True) -> None:
        """Show other entries, the cursor on the one at a place."""
        self.window = Window(self._fetch, ids)
        self.picked = self.picked.intersection(ids) if self.picked else self.picked
        self.cursor = nearest(place, len(ids))
        services = self.firsthand.services
        text = partial(day_head, now=services.now(), zone=services.zone)
        found = day_heads(self.window, text) if heads else ()
        named = tuple(head for head in found if head.text)
        self.rows = Rows(len(ids), self.rows.form, self.rows.calm, named)
        self._laid_anew()
        self.tell()

    def shape(self, form: Form, calm: bool) -> None:
        """Give entries their number of rows, and air between them."""
        self.rows = Rows(len(self.window), form, calm, self.rows.heads)
        self._laid_anew()

    def _laid_anew(self) -> None:
        self.measure_all()
        self.redraw()
        self.reveal()

    def renew(self) -> None:
        """Fetch the rows in sight as they are now; nothing moves."""
        self.window.forget()
        self.redraw()

    def redraw(self) -> None:
        """Forget what was drawn."""
        self._strips.clear()
        self.refresh()

    @property
    def entry_id(self) -> int | None:
        """The entry under the cursor."""
        return self.window.ids[self.cursor] if len(self.window) else None

    @property
    def row(self) -> EntryRow | None:
        """The row of the entry under the cursor."""
        return self.window.row(self.cursor) if len(self.window) else None

    def pick(self, ids: Iterable[int]) -> None:
        """Pick these entries, and no others, for many at once."""
        self.picked = frozenset(ids)
        self.refresh()

    # Moving

    def go(self, index: int) -> None:
        """Put the cursor on the entry at an index, and have it in sight."""
        if not len(self.window):
            return
        before, self.cursor = self.cursor, min(max(index, 0), len(self.window) - 1)
        self.reveal()
        if before != self.cursor:
            self.refresh()
            self.tell()

    def move(self, entries: int) -> None:
        """Move the cursor by entries."""
        self.go(self.cursor + entries)

    @property
    def page(self) -> int:
        """Entries that fit into the pane."""
        return max(self.size.height // self.rows.step, 1)

    def reveal(self) -> None:
        """Scroll no further than needed to have the cursor's entry in sight."""
        if len(self.window):
            self.reveal_rows(*self.rows.span(self.cursor))

    def tell(self) -> None:
        """Say where the cursor stands."""
        self.post_message(EntryChosen(self.entry_id))

    def resized(self) -> None:
        """The cursor stays in sight."""
        self.reveal()

    # Drawing

    def on_focus(self) -> None:
        """The cursor takes the accent."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor goes back to soft."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip of one row in sight."""
        at = y + self.scroll_offset.y
        if not len(self.window):
            line = self.empty[at] if at < len(self.empty) else ()
            return self.strip(line, TEXT_FROM)
        spot = self.rows.at(at)
        if spot.kind == "entry":
            strips = self._entry(spot.index)
            return strips[spot.line] if strips else self.strip(())
        if spot.kind == "head":
            head = Span(self.rows.heads[spot.index].text, "faint")
            return self.strip((spaces(TEXT_FROM), head))
        return self.strip(())

    def _entry(self, index: int) -> tuple[Strip, ...]:
        chosen = index == self.cursor
        entry_id = self.window.ids[index]
        picked = entry_id in self.picked
        key = (entry_id, self.size.width, chosen, self.has_focus, picked)
        strips = self._strips.get(key)
        if strips is None:
            strips = self._strips[key] = self._draw(index, chosen, picked)
        return strips

    def _draw(self, index: int, chosen: bool, picked: bool) -> tuple[Strip, ...]:
        self.window.load(self.rows.shown(self.top, self.size.height))
        row = self.window.row(index)
        if row is None:
            return ()
        services = self.firsthand.services
        lines = entry_row(
            row,
            self.columns,
            self.rows.form,
            RowState(chosen, self.has_focus, picked),
            self.firsthand.glyphs,
            services.now(),
            services.zone,
            headed=bool(self.rows.heads),
        )
        if self.words:
            from reader.tui.paint.lit import lit

            lines = tuple(lit(line, self.words) for line in lines)
        return tuple(map(self.strip, lines))

    # The mouse

    async def on_click(self, event: events.Click) -> None:
        """A click chooses, a second one reads; a click on a mark does its action."""
        if event.button != 1:
            return
        spot = self.rows.at(event.y + self.top)
        if spot.kind != "entry" or not len(self.window):
            return
        again = spot.index == self.cursor
        self.go(spot.index)
        if not self.follow(event) and again and self.entry_id is not None:
            self.post_message(EntryOpened(self.entry_id))
