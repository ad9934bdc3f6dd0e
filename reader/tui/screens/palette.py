"""Every action by its name, over what one looks at; themes change while chosen."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.tui.hints import palette_items
from reader.tui.paint import palette as paint
from reader.tui.paint.glyphs import ASCII
from reader.tui.paint.palette import Item, Match
from reader.tui.paint.span import Ground, Line
from reader.tui.places import Place
from reader.tui.screens.keyed import Keyed
from reader.tui.views import VIEWS
from reader.tui.widgets.lines import LinesView
from reader.tui.widgets.status import StatusLine
from reader.tui.widgets.typed import TypedLine

MOST = 12
"""Items in sight at once."""
ROWS_AROUND = 9
"""Rows of the screen that are left to what is not an item."""

VIEW = "view:"
"""Begins what is given back for a view; its key follows."""
THEME = "theme:"


class PaletteLines(LinesView, can_focus=False):
    """The items."""

    ground: Ground = "raised"


class Palette(Keyed[str], ModalScreen[str]):
    """A line to type in and the items that match; it gives back what to run."""

    HINTS = (("run", "choose"), ("back", "escape"))

    def __init__(self, below: Place) -> None:
        super().__init__()
        self.below = below
        self.cursor = 0
        self.first = 0
        self.found: Sequence[Match] = ()
        self._items: tuple[Item, ...] = ()
        self._theme = ""

    def compose(self) -> ComposeResult:
        """The box and the status line."""
        with Vertical(id="palette"):
            with Horizontal(id="palette-head"):
                yield Static(":", id="palette-sign", markup=False)
                yield TypedLine(id="palette-input")
                yield Static(id="palette-count", markup=False)
            yield PaletteLines(id="palette-lines")
        yield StatusLine()

    def on_mount(self) -> None:
        """All items at first."""
        self._theme = self.app.theme
        self._items = tuple(self._offered())
        self.set_class(self.app.current_theme.ansi, "-boxed")
        self.set_class(self.firsthand.glyphs is ASCII, "-ascii")
        self.look("")

    def _offered(self) -> Iterator[Item]:
        yield from palette_items(self.firsthand.keymap, self.below)
        for view in VIEWS if self.firsthand.feeds else ():
            yield Item(f"View: {view.title}", "", "", f"{VIEW}{view.key}")
        for name in self.firsthand.offered_themes:
            yield Item(f"Theme: {name}", "changes while you choose", "", THEME + name)

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "palette"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Up, down, run, and away."""
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
        """Show what matches."""
        self.found = paint.matches(text, self._items)
        self.cursor = self.first = 0
        self.draw()

    def move(self, rows: int) -> None:
        """Choose another item; a theme is tried on."""
        self.cursor = min(max(self.cursor + rows, 0), max(len(self.found) - 1, 0))
        self.draw()
        self.app.theme = self._tried() or self._theme

    def _tried(self) -> str:
        act = self.found[self.cursor].item.act if self.found else ""
        return act.removeprefix(THEME) if act.startswith(THEME) else ""

    def draw(self) -> None:
        """The items in sight, the cursor on one."""
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
        view = self.query_one(PaletteLines)
        view.styles.height = len(lines) + 1
        view.set_lines([paint.palette_rule(width, glyphs), *lines])
        count = f"{len(self.found)} of {len(self._items)}"
        self.query_one("#palette-count", Static).update(count)

    def leave(self) -> None:
        """Away, in the theme that was there before."""
        self.app.theme = self._theme
        self.dismiss(None)

    def run_chosen(self) -> None:
        """Give back what is to be run."""
        if self.found:
            self.run_act(self.found[self.cursor].item.act)

    def run_act(self, act: str) -> None:
        """A theme is put on, a view or an action given back."""
        if act.startswith(THEME):
            self.app.theme = name = act.removeprefix(THEME)
            self.say(f'To keep it: theme = "{name}" under [ui] in config.toml')
            self.dismiss(None)
            return
        self.app.theme = self._theme
        self.dismiss(act)

    def wanted(self, name: str) -> None:
        """Run what was clicked on."""
        if name in self.commands():
            self.perform(name)
        else:
            self.run_act(name)
