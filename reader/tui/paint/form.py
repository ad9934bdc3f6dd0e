"""A form as lines: what can be changed, what it is now, what that means.

What there is to change comes as data; nothing here knows a feed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.tui.paint.cells import cells, cut, marked
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.span import BLANK, Line, Span, filled, on, shortened, spaces

TEXT_FROM = 2
LABEL = 14
"""Columns of the word that says what it is."""
VALUE = 34
"""Columns of what it is now, where there is room to say what it means."""
ABOUT_LEAST = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that can be changed; `act` names it. A blank one parts groups."""

    act: str = ""
    label: str = ""
    value: str = ""
    about: str = ""


def form_lines(
    rows: Sequence[Row], cursor: int, columns: int, glyphs: Glyphs
) -> tuple[Line, ...]:
    """The rows of a form in `columns`, the cursor on one of them."""
    return tuple(
        _line(row, columns, glyphs, chosen=number == cursor) if row.act else BLANK
        for number, row in enumerate(rows)
    )


def _line(row: Row, columns: int, glyphs: Glyphs, *, chosen: bool) -> Line:
    room = columns - TEXT_FROM - LABEL
    about = row.about if room - VALUE - 1 >= ABOUT_LEAST else ""
    value = cut(row.value, VALUE if about else max(room - 1, 1), glyphs.cut)
    look = Span(marked(value), "strong" if chosen else "ink", bold=chosen, act=row.act)
    line: Line = (
        Span(glyphs.cursor, "accent") if chosen else Span(" "),
        spaces(TEXT_FROM - 1),
        Span(glyphs.say(row.label).ljust(LABEL), "soft", act=row.act),
        look,
    )
    if about:
        gap = spaces(VALUE + 1 - cells(value))
        said = Span(glyphs.say(about), "soft" if chosen else "faint")
        line = (*line, gap, said)
    line = filled(shortened(line, columns, glyphs.cut), columns)
    return on(line, "cursor") if chosen else line
