"""Every action and its keys, by purpose; typing narrows them."""

from collections.abc import Callable, Mapping

from reader.tui.actions import ACTIONS
from reader.tui.hints import help_rows
from reader.tui.keys import NAMED
from reader.tui.paint.help import help_lines
from reader.tui.paint.span import Line, Span, spaces
from reader.tui.places import Place
from reader.tui.screens.page import Page


class HelpScreen(Page[str]):
    """The table of actions; it gives back the one to run."""

    HINTS = (("run", "choose"), ("narrow", "narrow"), ("back", "back"))

    def __init__(self) -> None:
        super().__init__()
        self.narrowed = ""
        self.typing = False

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "help"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Narrowing, and running what is left first."""
        own = {
            "choose": lambda count: self.run_first(),
            "narrow": lambda count: self.narrow(""),
            "help": lambda count: self.leave(),
        }
        return {**super().commands(), **own}

    def take_key(self, key: str) -> bool:
        """Letters narrow the list, once that was begun."""
        if self.typing and key == "backspace":
            self.narrow(self.narrowed[:-1])
        elif self.typing and key == "escape":
            self.typing = False
            self.narrowed = ""
            self.lay()
        elif len(key) == 1 and (self.typing or not self._means_something(key)):
            self.narrow(self.narrowed + key)
        elif self.typing and key == "space":
            self.narrow(self.narrowed + " ")
        else:
            return False
        return True

    def _means_something(self, key: str) -> bool:
        bound = self.firsthand.keymap.by_place["help"]
        return any(keys[0] == key for keys in bound) or key in NAMED

    def narrow(self, text: str) -> None:
        """Show only what holds a text."""
        self.typing = True
        self.narrowed = text
        self.lay()
        self.show_status()

    def position(self) -> Line:
        """What was typed."""
        if not self.typing:
            return ()
        return (Span("/", "accent"), spaces(1), Span(self.narrowed))

    def told(self, columns: int) -> Line:
        """Only what was typed: this screen has nothing else to say."""
        return self.position()

    def lay(self) -> None:
        """The actions that match, by purpose."""
        app = self.firsthand
        count = sum(1 for action in ACTIONS if action.group)
        rows = help_rows(app.keymap, self.narrowed)
        columns = self.app.size.width
        preset = app.keymap.preset
        lines = help_lines(rows, columns, app.glyphs, count=count, preset=preset)
        self.page.set_lines(lines)

    def run_first(self) -> None:
        """Run the first action that matches what was typed."""
        rows = help_rows(self.firsthand.keymap, self.narrowed)
        if self.typing and rows:
            self.dismiss(rows[0].act)

    def wanted(self, name: str) -> None:
        """Run what was clicked on, where one came from; our own hints here."""
        if name in ("choose", "narrow", "back"):
            self.perform(name)
        else:
            self.dismiss(name)
