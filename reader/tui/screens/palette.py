"""Every action by its name, over what one looks at; themes change while chosen."""

from collections.abc import Iterator

from reader.tui.hints import palette_items
from reader.tui.paint.palette import Item
from reader.tui.places import Place
from reader.tui.screens.picker import Picker
from reader.tui.views import VIEW, VIEWS

THEME = "theme:"


class Palette(Picker):
    """A line to type in and the actions that match; it gives back what to run.

    `themes_only` is for choosing a theme and nothing else.
    """

    HINTS = (("run", "choose"), ("back", "escape"))

    def __init__(self, below: Place, *, themes_only: bool = False) -> None:
        super().__init__(":")
        self.below = below
        self._themes_only = themes_only
        self._theme = ""

    def on_mount(self) -> None:
        """All items at first."""
        self._theme = self.app.theme
        themes = tuple(self._themes())
        self._items = themes if self._themes_only else (*self._acts(), *themes)
        super().on_mount()

    def _acts(self) -> Iterator[Item]:
        yield from palette_items(self.firsthand.keymap, self.below)
        for view in VIEWS if self.firsthand.feeds else ():
            yield Item(f"View: {view.title}", "", "", f"{VIEW}{view.key}")

    def _themes(self) -> Iterator[Item]:
        for name in self.firsthand.offered_themes:
            yield Item(f"Theme: {name}", "changes while you choose", "", THEME + name)

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "palette"

    def move(self, rows: int) -> None:
        """Choose another item; a theme is tried on."""
        super().move(rows)
        self._try_on()

    def look(self, text: str) -> None:
        """Show what matches; where only themes are chosen, the first is tried on."""
        super().look(text)
        if self._themes_only and text:
            self._try_on()

    def _try_on(self) -> None:
        act = self.chosen
        tried = act.removeprefix(THEME) if act.startswith(THEME) else ""
        self.app.theme = tried or self._theme
        self.draw()

    def leave(self) -> None:
        """Away, in the theme that was there before."""
        self.app.theme = self._theme
        self.dismiss(None)

    def run_act(self, act: str) -> None:
        """A theme is put on and kept, a view or an action given back."""
        if act.startswith(THEME):
            self.firsthand.keep_theme(act.removeprefix(THEME))
            self.dismiss(None)
            return
        self.app.theme = self._theme
        self.dismiss(act)
