"""What a command said that an article was sent to: its lines, and how it ended."""

from collections.abc import Iterator

from reader.services.pipe import Piped
from reader.tui.paint.cells import head, wrap
from reader.tui.paint.span import BLANK, Line, Span, apart, shortened, spaces
from reader.tui.places import Place
from reader.tui.screens.page import Page

MARGIN = 3
LINES_MOST = 10_000
"""Lines that are shown of what was said."""
LINE_MOST = 10_000
"""Characters that are shown of one of them."""


class OutputScreen(Page[None]):
    """One command's output, wrapped to the window."""

    HINTS = (("line", "next", "previous"), ("help", "help"), ("back", "back"))

    def __init__(self, piped: Piped) -> None:
        super().__init__()
        self.piped = piped

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "output"

    def lay(self) -> None:
        """The command, how it ended, and what it said."""
        columns = max(self.app.size.width - 2 * MARGIN, 1)
        said = self.piped.output.rstrip("\n").split("\n")[:LINES_MOST]
        body: list[Line] = [
            (Span(part),) if part else BLANK
            for line in said
            for part in (*_pieces(line, columns),) or ("",)
        ]
        self.page.set_lines([self._head(columns), BLANK, *body], MARGIN)

    def _head(self, columns: int) -> Line:
        ended = "stopped" if self.piped.cut else f"exit {self.piped.code}"
        bad = bool(self.piped.code) and not self.piped.cut
        right = (Span(ended, "error" if bad else "faint"),)
        name = Span(self.piped.command, "strong", bold=True)
        left = (Span("|", "accent"), spaces(1), name)
        room = columns - len(ended) - 2
        return apart(shortened(left, room, self.firsthand.glyphs.cut), right, columns)


def _pieces(line: str, columns: int) -> Iterator[str]:
    """A line in pieces that fit: prose at its words, a table with its blanks."""
    line = line[:LINE_MOST].rstrip()
    if "  " not in line and not line.startswith(" "):
        yield from wrap(line, columns)
        return
    while line:
        piece = head(line, columns) or line[0]
        yield piece
        line = line[len(piece) :]
        if not line:
            return
    yield ""
