"""A line to type in over what one looks at, and the items that match; one is chosen.

The palette, the views and the tags are made of it; it knows none of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.tui.grid import nearest
from reader.tui.paint import palette as paint
from reader.tui.paint.glyphs import ASCII
from reader.tui.paint.palette import Item, Match
from reader.tui.paint.span import Ground, Line
from reader.tui.places import Place
from reader.tui.screens.keyed import Keyed
from reader.tui.widgets.lines import LinesView
from reader.tui.widgets.status import StatusLine
from reader.tui.widgets.typed import TypedLine

MOST = 12
"""Items in sight at once."""
ROWS_AROUND = 9
"""Rows of the screen that are left to what is not an item."""

Offers = Callable[[str], Iterable[Item]]
"""What is offered for a text itself, whatever else matches it."""


def _nothing(text: str) -> tuple[Item, ...]:
    return ()


class PickerLines(LinesView, can_focus=False):
    """The items."""

    ground: Ground = "raised"


class Picker(Keyed[str], ModalScreen[str]):
    """It gives back what the chosen item does, or nothing.

    `offers` are items made of what is typed: they stand below those that match it;
    the `caption` says what it is as long as nothing is typed.
    """

    HINTS = (("take", "choose"), ("back", "escape"))

    def __init__(
        self,
        sign: str,
        items: Sequence[Item] = (),
        offers: Offers = _nothing,
        caption: str = "",
    ) -> None:
        super().__init__()
        self.cursor = 0
        self.first = 0
        self.found: Sequence[Match] = ()
        self._sign = sign
        self._items = tuple(items)
        self._offers = offers
        self._caption = caption

    def compose(self) -> ComposeResult:
        """The box and the status line."""
        with Vertical(id="picker"):
            with Horizontal(id="picker-head"):
                yield Static(self._sign, id="picker-sign", markup=False)
                yield TypedLine(placeholder=self._caption, id="picker-input")
                yield Static(id="picker-count", markup=False)
            yield PickerLines(id="picker-lines")
        yield StatusLine()

    def on_mount(self) -> None:
        """All items at first."""
        self.set_class(self.firsthand.glyphs is ASCII, "-ascii")
        self.look("")

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "picker"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Up, down, take, and away."""
        return {
            "lower": lambda count: self.move(1),
            "upper": lambda count: self.move(-1),
            "choose": lambda count: self.run_chosen(),
            "escape": lambda count: self.leave(),
        }

    def told(self, columns: int) -> Line:
        """Nothing: the line is veiled."""
        return ()

    @on(Input.Changed)
    def _typed_more(self, event: Input.Changed) -> None:
        self.look(event.value)

    def look(self, text: str) -> None:
        """Show what matches, and what is offered for the text itself."""
        offered = self._offers(text.strip()) if text.strip() else ()
        found = paint.matches(text, self._items)
        self.found = (*found, *(Match(item) for item in offered))
        self.cursor = self.first = 0
        self.draw()

    def add(self, items: Iterable[Item]) -> None:
        """Offer more; what is chosen stays chosen."""
        self._items = (*self._items, *items)
        chosen = self.chosen
        self.look(self.query_one(TypedLine).value)
        acts = [match.item.act for match in self.found]
        self.cursor = acts.index(chosen) if chosen in acts else 0
        self.draw()

    def move(self, rows: int) -> None:
        """Choose another item."""
        self.cursor = nearest(self.cursor + rows, len(self.found))
        self.draw()

    @property
    def chosen(self) -> str:
        """What the item under the cursor does."""
        return self.found[self.cursor].item.act if self.found else ""

    def draw(self) -> None:
        """The items in sight, the cursor on one."""
        self.set_class(self.app.current_theme.ansi, "-boxed")
        height = max(min(MOST, self.app.size.height - ROWS_AROUND), 1)
        self.first = paint.shown_from(self.cursor, self.first, height, self.found)
        width = min(paint.WIDTH, self.app.size.width)
        glyphs = self.firsthand.glyphs
        shown = self.found[self.first : self.first + height]
        lines = [
            paint.palette_line(
                match, width, glyphs, chosen=self.first + number == self.cursor
            )
            for number, match in enumerate(shown)
        ]
        view = self.query_one(PickerLines)
        view.styles.height = len(lines) + 1
        view.set_lines([paint.palette_rule(width, glyphs), *lines])
        count = f"{len(self.found)} of {max(len(self._items), len(self.found))}"
        self.query_one("#picker-count", Static).update(count)

    def leave(self) -> None:
        """Away, with nothing chosen."""
        self.dismiss(None)

    def run_chosen(self) -> None:
        """Give back what the chosen item does."""
        if self.found:
            self.run_act(self.chosen)

    def run_act(self, act: str) -> None:
        """Give back what an item does."""
        self.dismiss(act)

    def wanted(self, name: str) -> None:
        """Take what was clicked on."""
        if name in self.commands():
            self.perform(name)
        else:
            self.run_act(name)
