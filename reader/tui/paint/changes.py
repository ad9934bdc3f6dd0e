"""What the republisher changed: the original and its copy side by side.

Only what differs is bright. In a narrow window the copy stands below the original.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from reader.extract.compare import Kind, Row, Run
from reader.model import Reading
from reader.services.changes import Changes
from reader.tui.paint.card import counted, republisher
from reader.tui.paint.cells import marked, runs_rtl
from reader.tui.paint.dates import clock, date, duration
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import lines
from reader.tui.paint.row import publisher
from reader.tui.paint.span import (
    BLANK,
    Line,
    Span,
    apart,
    filled,
    indented,
    shortened,
    spaces,
    width,
)
from reader.tui.paint.trail import BESIDE_FROM, MARGIN, WIDEST

GAP = 2
"""Blank columns between the sides, and at the right of both."""
SIGN = 2
"""Columns of a row's sign, before its text."""


@dataclass(frozen=True, slots=True)
class Page:
    """The comparison as lines; `places` are those on which something differs."""

    lines: tuple[Line, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How wide each side is, whether they stand beside each other, what they are."""

    side: int
    beside: bool
    glyphs: Glyphs
    rtl: tuple[bool, bool]

    @property
    def text(self) -> int:
        """Columns of the text of a side."""
        return self.side - SIGN


def changes_lines(
    reading: Reading,
    found: Changes,
    columns: int,
    glyphs: Glyphs,
    zone: tzinfo,
    keys: Mapping[str, str],
) -> Page:
    """The comparison within `columns`, margins and head included."""
    room = min(columns - 2 * MARGIN, WIDEST)
    beside = columns >= BESIDE_FROM
    side = (room - 2 * GAP) // 2 if beside else room
    texts = (found.original, found.copy)
    rtl = tuple(runs_rtl(text.markdown, text.language) for text in texts)
    sheet = _Sheet(side, beside, glyphs, (rtl[0], rtl[1]))
    drawn = [
        *_head(reading, found, room, glyphs, keys),
        BLANK,
        *([BLANK] if beside else []),
        *_sides(reading, found, sheet, zone),
    ]
    places: list[tuple[int, int]] = []
    for block, differs in _blocks(found.comparison.rows, sheet):
        drawn.append(BLANK)
        if differs:
            places.append((len(drawn), len(drawn) + len(block)))
        drawn += block
    whole = tuple(indented(line, MARGIN) for line in drawn)
    return Page(whole, tuple(places))


def _head(
    reading: Reading,
    found: Changes,
    room: int,
    glyphs: Glyphs,
    keys: Mapping[str, str],
) -> list[Line]:
    name = f"What {republisher(reading.row)} changed"
    key = keys.get("faces", "")
    right: Line = (
        Span(key, bold=True, act="faces"),
        Span(f"{' ' if key else ''}feed text, original, ", "faint"),
        Span("changes"),
    )
    left: Line = (Span(marked(name), "strong", bold=True),)
    fits = width(left) + GAP + width(right) <= room
    first = apart(left, right, room) if fits else shortened(left, room, glyphs.cut)
    return [first, *lines([Span(glyphs.say(found.sentence))], room, glyphs)]


def _sides(
    reading: Reading, found: Changes, sheet: _Sheet, zone: tzinfo
) -> Iterator[Line]:
    """Whose text stands on which side, and when each came."""
    told = reading.attribution
    first = found.original.published or told.published
    second = reading.row.published
    names = (publisher(reading.row), republisher(reading.row))
    said = (f"the original{_when(first, second, zone)}", _later(first, second))
    heads = [
        _named(name, about, sheet, accent=number == 0)
        for number, (name, about) in enumerate(zip(names, said, strict=True))
    ]
    yield from _both([heads[0]], [heads[1]], sheet)


def _named(name: str, about: str, sheet: _Sheet, *, accent: bool) -> Line:
    look = Span(marked(name), "accent" if accent else "ink", bold=True)
    sign = sheet.glyphs.dropped if accent else sheet.glyphs.added
    before = spaces(SIGN) if sheet.beside else Span(f"{sign} ")
    line: Line = (before, look)
    if about:
        line = (*line, spaces(2), Span(about, "faint"))
    return shortened(line, sheet.side, sheet.glyphs.cut)


def _when(first: datetime | None, second: datetime | None, zone: tzinfo) -> str:
    """When the original came: the time will do where both came on one day."""
    if first is None:
        return ""
    days = {each.astimezone(zone).date() for each in (first, second) if each}
    return f", {clock(first, zone) if len(days) == 1 else date(first, zone)}"


def _later(first: datetime | None, second: datetime | None) -> str:
    if first is None or second is None:
        return ""
    if abs((second - first).total_seconds()) < 60:
        return "at the same time"
    return f"{duration(second - first)} {'later' if second > first else 'earlier'}"


# --- rows -------------------------------------------------------------------


def _blocks(rows: Sequence[Row], sheet: _Sheet) -> Iterator[tuple[list[Line], bool]]:
    """Each row as lines, and whether it differs; what is the same is folded."""
    for (same, role), group in groupby(rows, lambda r: (r.kind == "same", r.role)):
        found = list(group)
        count = sum(row.original.count("\n") + 1 for row in found)
        if same and role == "text" and count > 1:
            said = f"{counted(count, 'paragraph')} the same"
            yield [(spaces(SIGN), Span(said, "faint"))], False
            continue
        for row in found:
            yield _row(row, sheet), not same


def _row(row: Row, sheet: _Sheet) -> list[Line]:
    left, right = (
        _text(row, [(run, getattr(run, name)) for run in row.runs], sheet, number)
        for number, name in enumerate(("original", "copy"))
    )
    if row.kind == "same" and not sheet.beside:
        right = []
    return _both(left, right, sheet)


def _text(
    row: Row, runs: Sequence[tuple[Run, str]], sheet: _Sheet, number: int
) -> list[Line]:
    """One side of a row: its sign, what differs bright, the rest dim."""
    spans = [_span(row, run, text) for run, text in runs if text]
    drawn = lines(spans, sheet.text, sheet.glyphs)
    if sheet.rtl[number]:
        drawn = [(spaces(sheet.text - width(line)), *line) for line in drawn]
    sign = Span(_sign(row.kind, sheet, number))
    return [
        (sign if at == 0 else spaces(1), spaces(1), *line)
        for at, line in enumerate(drawn)
    ]


def _span(row: Row, run: Run, text: str) -> Span:
    if run.kind != "same":
        return Span(text, "strong", bold=True)
    return Span(text, "faint" if row.kind == "same" else "soft")


def _sign(kind: Kind, sheet: _Sheet, number: int) -> str:
    glyphs = sheet.glyphs
    if kind == "changed" and not sheet.beside:
        return (glyphs.dropped, glyphs.added)[number]
    return {
        "same": " ",
        "changed": glyphs.changed,
        "dropped": glyphs.dropped,
        "added": glyphs.added,
    }[kind]


def _both(left: Sequence[Line], right: Sequence[Line], sheet: _Sheet) -> list[Line]:
    """Both sides as lines, beside each other or one below the other."""
    if not sheet.beside:
        return [*left, *right]
    drawn = []
    for at in range(max(len(left), len(right))):
        line = left[at] if at < len(left) else BLANK
        other = right[at] if at < len(right) else BLANK
        drawn.append((*filled(line, sheet.side + GAP), *other) if other else line)
    return drawn
