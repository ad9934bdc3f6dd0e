"""The trail: every hop from the feed to the original, and why it is believed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from reader.model import Reading
from reader.tui.library import Library
from reader.tui.paint.span import Line, Span, spaces
from reader.tui.paint.trail import Copy, Trail, trail_lines, trail_text
from reader.tui.places import Place
from reader.tui.screens.page import Page


class TrailScreen(Page[None]):
    """The trail of one reading."""

    HINTS = (
        ("hop", "next", "previous"),
        ("open the hop", "choose"),
        ("copy original", "copy_original"),
        ("copy trail", "copy_trail"),
        ("back", "back"),
    )

    def __init__(self, library: Library, reading: Reading) -> None:
        super().__init__()
        self.reading = reading
        self.hop: int | None = None
        self.trail = Trail((), (), ())
        self._copies = _copies(library, reading)

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "trail"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Hop by hop, opening and copying."""
        own = {
            "choose": lambda count: self.open_hop(),
            "open_original": lambda count: self.open_original(),
            "open_entry": lambda count: self.firsthand.browse(self.reading.row.url),
            "copy_original": lambda count: self.copy_original(),
            "copy_entry": lambda count: self.firsthand.copy(
                self.reading.row.url, "the entry’s link"
            ),
            "copy_trail": lambda count: self.copy_trail(),
        }
        return {**super().commands(), **own}

    def lay(self) -> None:
        """Draw the trail, the cursor beside the chosen hop."""
        app = self.firsthand
        columns = self.app.size.width
        zone = app.services.zone
        self.trail = trail_lines(self.reading, columns, app.glyphs, zone, self._copies)
        lines = list(self.trail.lines)
        if self.hop is not None:
            at = self.trail.nodes[self.hop]
            lines[at] = chosen(lines[at], app.glyphs.cursor)
        self.page.set_lines(lines)

    def move(self, rows: int) -> None:
        """Choose the next hop, or the one before."""
        last = len(self.trail.nodes) - 1
        at = rows - 1 if self.hop is None and rows > 0 else (self.hop or 0) + rows
        self.hop = min(max(at, 0), last)
        self.lay()
        node = self.trail.nodes[self.hop]
        self.page.reveal_rows(node, node + 2)

    def open_hop(self) -> None:
        """Open the chosen hop in the browser; without one, the original."""
        if self.hop is None:
            self.open_original()
        else:
            urls = self.trail.urls
            self.firsthand.browse(urls[min(self.hop, len(urls) - 1)])

    def open_original(self) -> None:
        """Open the original, never a guess."""
        if self.reading.attribution.url is None:
            self.say("First publisher not established.")
        else:
            self.firsthand.browse(self.reading.attribution.url)

    def copy_original(self) -> None:
        """Copy the original's link."""
        if self.reading.attribution.url is None:
            self.say("First publisher not established.")
        else:
            self.firsthand.copy(self.reading.attribution.url, "the original’s link")

    def copy_trail(self) -> None:
        """Copy the trail as plain text."""
        app = self.firsthand
        text = trail_text(self.reading, app.glyphs, app.services.zone)
        app.copy(text, "the trail")


def chosen(line: Line, cursor: str) -> Line:
    """A line with the cursor in its first column."""
    first, *rest = line
    blank = replace(first, text=first.text[1:]) if first.text[:1] == " " else first
    return (Span(cursor, "accent"), blank, *rest) if line else (spaces(1),)


def _copies(library: Library, reading: Reading) -> tuple[Copy, ...]:
    """The other entries of the same story."""
    others = library.copies(reading.row.id)
    return tuple(
        Copy(
            row.feed.title,
            row.published,
            tuple(hop.via for hop in row.attribution.trail),
        )
        for row in others
    )
