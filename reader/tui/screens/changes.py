"""What the republisher changed: the third face of an entry, on a screen of its own."""

from collections.abc import Callable, Mapping

from reader.model import Reading
from reader.services.changes import Changes
from reader.tui.paint.changes import changes_lines
from reader.tui.places import Place
from reader.tui.screens.page import Page
from reader.tui.screens.trail import chosen


class ChangesScreen(Page[bool]):
    """The original beside the republisher's copy; gives back whether to turn on."""

    HINTS = (
        ("next, previous change", "next_change", "previous_change"),
        ("next face", "faces"),
        ("original", "open_original"),
        ("back", "back"),
    )

    def __init__(self, reading: Reading, found: Changes) -> None:
        super().__init__()
        self.reading = reading
        self.found = found
        self.change: int | None = None
        self.places: tuple[tuple[int, int], ...] = ()

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "changes"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Change by change, and on to the next face."""
        own = {
            "next_change": lambda count: self.step(max(count, 1)),
            "previous_change": lambda count: self.step(-max(count, 1)),
            "faces": lambda count: self.turn(),
            "open_original": lambda count: self.open_original(),
            "open_entry": lambda count: self.firsthand.browse(self.reading.row.url),
        }
        return {**super().commands(), **own}

    def lay(self) -> None:
        """Draw both sides, the cursor beside the chosen change."""
        app = self.firsthand
        page = changes_lines(
            self.reading,
            self.found,
            self.app.size.width,
            app.glyphs,
            app.services.zone,
            app.offered_keys,
        )
        self.places = page.places
        lines = list(page.lines)
        if self.change is not None and self.places:
            at, _ = self.places[self.change]
            lines[at] = chosen(lines[at], app.glyphs.cursor)
        self.page.set_lines(lines)

    def step(self, changes: int) -> None:
        """To the next change, or the one before."""
        if not self.places:
            self.say("Nothing was changed.")
            return
        at = changes - 1 if self.change is None else self.change + changes
        self.change = min(max(at, 0), len(self.places) - 1)
        self.lay()
        self.page.reveal_rows(*self.places[self.change])

    def turn(self) -> None:
        """On to the next face, which is the entry's first."""
        self.dismiss(True)

    def open_original(self) -> None:
        """Open the original in the browser."""
        url = self.reading.attribution.url
        if url is not None:
            self.firsthand.browse(url)
