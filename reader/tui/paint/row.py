"""One entry as a row of a list, in its three forms; the height is fixed by the form.

Titles are data: nothing in them is markup, and none is ever broken but by cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Literal

from reader.model import EntryRow
from reader.tui.paint.cells import cells, cut, fit, marked, wrap
from reader.tui.paint.dates import short
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.span import Ground, Ink, Line, Span, filled, spaces, width
from reader.urls import host, shown

Form = Literal[1, 2, 3]

TEXT_FROM = 3
"""Columns before a row's text: cursor, unread or picked, blank."""
MARGIN = 2
"""Blank columns at the right of the two- and three-row forms; one in the one-row."""
NAME = 17
"""Columns of the publisher in the one-row form."""
NAME_LEAST = 8
"""Columns under which a publisher makes `also in 2` become `+2`."""


@dataclass(frozen=True, slots=True)
class RowState:
    """What the list knows of a row: the cursor, the pane's focus, picked for many."""

    cursor: bool = False
    focused: bool = True
    picked: bool = False


def form_for(columns: int) -> Form:
    """The form that a list of this width draws its entries in."""
    if columns < 48:
        return 3
    return 2 if columns < 72 else 1


def publisher(row: EntryRow) -> str:
    """Who stands over the headline: the first publisher once known, else the feed."""
    found = host(row.attribution.url or "")
    return row.who or found or row.feed.title or host(row.feed.url)


def headline(row: EntryRow) -> str:
    """An entry's title; of one without, how its text begins, else its address."""
    return row.name or shown(row.url)


def entry_row(
    row: EntryRow,
    columns: int,
    form: Form,
    state: RowState,
    glyphs: Glyphs,
    now: datetime,
    zone: tzinfo,
    *,
    headed: bool = False,
) -> tuple[Line, ...]:
    """An entry as exactly `form` lines of exactly `columns` cells.

    `headed` says that the list has day heads, under which yesterday keeps its clock.
    """
    brush = _Brush(row, state, glyphs, short(row.when, now, zone, headed=headed))
    draw = {1: _one, 2: _two, 3: _three}[form]
    return tuple(
        _grounded(filled(line, columns), state, first=number == 0)
        for number, line in enumerate(draw(brush, columns))
    )


@dataclass(frozen=True, slots=True)
class _Brush:
    """A row, and how its parts look in its state."""

    row: EntryRow
    state: RowState
    glyphs: Glyphs
    time: str

    @property
    def voice(self) -> Ink:
        """Of the publisher and its mark: faint once read, never on the cursor row."""
        return "faint" if self.row.read and not self.state.cursor else "soft"

    @property
    def whisper(self) -> Ink:
        """Of time and counts."""
        return "soft" if self.state.cursor else "faint"

    @property
    def mark(self) -> str:
        return self.glyphs.marks[self.row.attribution.status]

    def edge(self) -> Span:
        """Column 0."""
        if not self.state.cursor:
            return Span(" ")
        return Span(self.glyphs.cursor, "accent" if self.state.focused else "soft")

    def gutter(self) -> Line:
        """Columns 0 to 2 of the first line."""
        if self.state.picked:
            sign = Span(self.glyphs.picked, "accent", act="pick")
        elif self.row.read:
            sign = Span(" ", act="toggle_read")
        else:
            sign = Span(self.glyphs.unread, "accent", act="toggle_read")
        return (self.edge(), sign, Span(" "))

    def title(self, text: str) -> Span:
        if self.state.cursor:
            return Span(marked(text), "strong", bold=True)
        return Span(marked(text), "soft" if self.row.read else "strong")

    def name(self, room: int) -> Line:
        """The publisher and its mark within `room` cells, the mark always whole."""
        mark = self.mark
        room -= cells(mark) + 1 if mark else 0
        text = marked(cut(publisher(self.row), room, self.glyphs.cut))
        named = Span(text, self.voice)
        if not mark:
            return (named,)
        return (named, Span(" "), Span(mark, self.voice, act="trail"))

    def also(self, *, words: bool) -> Line:
        count = len(self.row.also_in)
        text = f"also in {count}" if words else f"+{count}"
        return (Span(text, self.whisper, act="trail"),) if count else ()

    def star(self) -> Line:
        if not self.row.starred:
            return ()
        return (Span(self.glyphs.starred, "ink", act="star"),)

    def clock(self) -> Line:
        return (Span(self.time, self.whisper),)


def _joined(parts: Iterable[Line], gap: int = 1) -> Line:
    """The parts that are not empty, `gap` blanks between them."""
    line: Line = ()
    for part in parts:
        if part:
            line = (*line, *((spaces(gap),) if line else ()), *part)
    return line


def _kicker(brush: _Brush, right: Line, columns: int) -> Line:
    """Publisher and mark at the left, what is told of the entry at the right."""
    room = columns - TEXT_FROM - MARGIN
    name = brush.name(max(room - width(right) - 1, 1))
    gap = max(room - width(name) - width(right), 1)
    return (*brush.gutter(), *name, spaces(gap), *right)


def _three(brush: _Brush, columns: int) -> list[Line]:
    right = _joined((brush.also(words=False), brush.star(), brush.clock()))
    room = columns - TEXT_FROM - MARGIN
    lines = wrap(headline(brush.row), room)
    # The second line is cut from all that is left, so that a long word fills it.
    first = lines[0] if lines else ""
    rest = headline(brush.row).strip(" ")[len(first) :].lstrip(" ")
    second = cut(rest, room, brush.glyphs.cut)
    return [
        _kicker(brush, right, columns),
        *(
            (brush.edge(), spaces(TEXT_FROM - 1), brush.title(text))
            for text in (first, second)
        ),
    ]


def _two(brush: _Brush, columns: int) -> list[Line]:
    tail = _joined((brush.star(), brush.clock()))
    right = _joined((brush.also(words=True), tail), 3)
    room = columns - TEXT_FROM - MARGIN
    name = min(cells(publisher(brush.row)) + 2, NAME_LEAST)
    if room - width(right) - 1 < name:
        right = _joined((brush.also(words=False), tail))
    text = cut(headline(brush.row), room, brush.glyphs.cut)
    title = (brush.edge(), spaces(TEXT_FROM - 1), brush.title(text))
    return [_kicker(brush, right, columns), title]


def _one(brush: _Brush, columns: int) -> list[Line]:
    right = _joined(
        (
            brush.also(words=False) or (spaces(2),),
            brush.star() or (Span(" "),),
            (spaces(5 - cells(brush.time)), *brush.clock()),
        )
    )
    name = fit(publisher(brush.row), NAME, brush.glyphs.cut)
    mark = brush.mark or " "
    room = columns - TEXT_FROM - NAME - 1 - cells(mark) - 2 - width(right) - 2
    text = cut(headline(brush.row), room, brush.glyphs.cut)
    return [
        (
            *brush.gutter(),
            Span(name, brush.voice),
            Span(" "),
            Span(mark, brush.voice, act="trail" if brush.mark else None),
            spaces(2),
            brush.title(text),
            spaces(room - cells(text) + 1),
            *right,
        )
    ]


def _grounded(line: Line, state: RowState, *, first: bool) -> Line:
    if not state.cursor:
        return line
    ground: Ground = "cursor" if first and state.focused else "cursor-rest"
    return tuple(replace(span, ground=ground) for span in line)
