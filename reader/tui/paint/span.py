"""A piece of a line, and what may be said about its looks.

A span asks for "faint", never for a colour: themes decide that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from reader.tui.paint.cells import cells, cut

Ink = Literal["strong", "ink", "soft", "faint", "accent", "error", "rule", "url"]
"""What a text is, in looks.md's four inks, one accent, one alarm; `url` is soft."""

Ground = Literal[
    "panel",
    "background",
    "surface",
    "cursor",
    "cursor-rest",
    "raised",
    "raised-cursor",
]
"""What a text stands on. In 16 colours `cursor` is reverse, `cursor-rest` is nothing:
the rows of an entry below its first, and a cursor in a pane that has no focus."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text with one look. `link` is a URL, `act` the action that a click on it does.

    `ground` is None where the pane's own background stays.
    """

    text: str
    ink: Ink = "ink"
    bold: bool = False
    italic: bool = False
    ground: Ground | None = None
    link: str | None = None
    act: str | None = None
    strike: bool = False

    def saying(self, text: str) -> "Span":
        """Another text with the same look.

        Long texts are thousands of them, and `replace` takes five times as long.
        """
        return Span(
            text,
            self.ink,
            self.bold,
            self.italic,
            self.ground,
            self.link,
            self.act,
            self.strike,
        )


Line = tuple[Span, ...]

BLANK: Line = ()


def width(line: Line) -> int:
    """The columns that a line takes."""
    return sum(cells(span.text) for span in line)


def plain(line: Line) -> str:
    """A line's text alone."""
    return "".join(span.text for span in line)


def spaces(count: int) -> Span:
    """Blank columns."""
    return Span(" " * max(count, 0))


def filled(line: Line, columns: int) -> Line:
    """A line brought to exactly `columns` with blanks at its end."""
    missing = columns - width(line)
    return (*line, spaces(missing)) if missing > 0 else line


def indented(line: Line, columns: int) -> Line:
    """A line with blanks before it; a blank line stays blank."""
    return (spaces(columns), *line) if line and columns > 0 else line


def on(line: Iterable[Span], ground: Ground) -> Line:
    """A line standing on another ground."""
    return tuple(replace(span, ground=ground) for span in line)


def apart(left: Line, right: Line, columns: int) -> Line:
    """Two pieces at the two ends of a line of exactly `columns`, if they fit."""
    gap = columns - width(left) - width(right)
    return (*left, spaces(gap), *right) if gap > 0 else (*left, *right)


def shortened(line: Line, columns: int, ellipsis: str = "…") -> Line:
    """A line of at most `columns` cells, its last span cut where it is too long."""
    if width(line) <= columns:
        return line
    kept: list[Span] = []
    room = columns
    for span in line:
        size = cells(span.text)
        if size > room or (size == room and span is not line[-1]):
            # The span in which the line ends bears the ellipsis, even when it would
            # fit by itself: what follows it is gone.
            text = cut(span.text + "  ", room, ellipsis)
            kept.append(replace(span, text=text))
            break
        kept.append(span)
        room -= size
    return tuple(kept)


def first_fitting(choices: Iterable[Line], columns: int, ellipsis: str = "…") -> Line:
    """The first of several wordings that fits; the last is cut if none does."""
    line: Line = ()
    for line in choices:
        if width(line) <= columns:
            return line
    return shortened(line, columns, ellipsis)
