"""A Markdown table as lines: bold head, one rule, numbers to the right.

One that is too wide wraps its cells; one with too many columns becomes a list of
records, so that nothing is cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.tui.paint.glyphs import UNICODE, Glyphs
from reader.tui.paint.inline import Refs, flow, lines
from reader.tui.paint.span import BLANK, Line, Span, plain, spaces, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

GAP = 3
"""Blank columns between two columns of a table."""
NARROWEST = 8
"""Columns that a wrapped column keeps at least."""
_NUMBER = re.compile(
    r"[-+−–~<>≈]?\s?[$€£¥₹]?\s?\d[\d.,:/\s\u00a0’']*\s?"
    r"(?:%|[$€£¥₹]|°?[A-Za-zµ]{1,3})?|[-–—]|n/?a",
    re.IGNORECASE,
)

Cell = list[Span]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table's cells, row by row, all rows equally long; which columns go right."""

    head: list[Cell]
    body: list[list[Cell]]
    right: list[bool]

    @property
    def rows(self) -> list[list[Cell]]:
        return [self.head, *self.body]


def table(
    tokens: Sequence[Token], room: int, refs: Refs, glyphs: Glyphs, base: Span
) -> list[Line]:
    """The lines of a table within `room` columns."""
    grid = _grid(tokens, refs, glyphs, base)
    if not grid.head:
        return []
    widths = _widths(grid, room)
    return _drawn(grid, widths, glyphs) if widths else _records(grid, room, glyphs)


def _grid(tokens: Sequence[Token], refs: Refs, glyphs: Glyphs, base: Span) -> _Grid:
    rows: list[list[Cell]] = []
    aligned: list[bool] = []
    for number, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            look = replace(base, bold=True) if token.type == "th_open" else base
            children = tokens[number + 1].children or ()
            rows[-1].append(flow(children, look, refs, glyphs))
            if token.type == "th_open":
                aligned.append("right" in str(token.attrs.get("style", "")))
    head, body = (rows[0], rows[1:]) if rows else ([], [])
    count = len(head)
    body = [(row + [[] for _ in range(count)])[:count] for row in body]
    right = [
        asked or _numeric([row[column] for row in body])
        for column, asked in enumerate(aligned)
    ]
    return _Grid(head, body, right)


def _numeric(cells: list[Cell]) -> bool:
    texts = [plain(tuple(cell)).strip() for cell in cells]
    return any(texts) and all(_NUMBER.fullmatch(text) for text in texts if text)


def _width(cell: Cell) -> int:
    """The columns of a cell drawn on as few lines as it may have."""
    if not any("\n" in span.text for span in cell):
        return width(tuple(cell))
    return max(map(width, lines(cell, 10_000, UNICODE)), default=0)


def _says(cell: Cell) -> bool:
    return any(span.text.strip() for span in cell)


def _alone(row: list[Cell]) -> bool:
    """Whether a row is its first cell, which then may take the others' room.

    Markdown has no cells that span columns: what spans a row is the first of many.
    """
    return len(row) > 1 and _says(row[0]) and not any(map(_says, row[1:]))


def _widths(grid: _Grid, room: int) -> list[int] | None:
    """How wide each column is; None when they do not fit however they wrap."""
    rows = [row for row in grid.rows if not _alone(row)] or grid.rows
    natural = [max(_width(row[c]) for row in rows) for c in range(len(grid.head))]
    room -= GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    if sum(min(size, NARROWEST) for size in natural) > room:
        return None
    widths = [min(size, room) for size in natural]
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths


def _drawn(grid: _Grid, widths: list[int], glyphs: Glyphs) -> list[Line]:
    total = sum(widths) + GAP * (len(widths) - 1)
    rule: Line = (Span(glyphs.line * total, "faint"),)
    drawn: list[Line] = []
    if any(map(_says, grid.head)):
        drawn = [*_row(grid.head, widths, grid.right, glyphs), rule]
    # Rows that wrap are told apart by a blank; rows of one line stand close.
    rows = [_row(row, widths, grid.right, glyphs) for row in grid.body]
    loose = any(len(row) > 1 for row in rows)
    for number, row in enumerate(rows):
        drawn.extend([BLANK, *row] if loose and number else row)
    return drawn


def _row(
    row: list[Cell], widths: list[int], right: list[bool], glyphs: Glyphs
) -> list[Line]:
    if _alone(row) and _width(row[0]) > widths[0]:
        return lines(row[0], sum(widths) + GAP * (len(widths) - 1), glyphs)
    columns = [
        [tuple(cell)] if _width(cell) == size else lines(cell, size, glyphs)
        for cell, size in zip(row, widths, strict=True)
    ]
    height = max(max(map(len, columns), default=0), 1)
    drawn: list[Line] = []
    for number in range(height):
        line: Line = ()
        for column, texts in enumerate(columns):
            text = texts[number] if number < len(texts) else BLANK
            gap = spaces(widths[column] - width(text))
            piece = (gap, *text) if right[column] else (*text, gap)
            line = (*line, *((spaces(GAP),) if column else ()), *piece)
        drawn.append(line)
    return drawn


def _records(grid: _Grid, room: int, glyphs: Glyphs) -> list[Line]:
    """Each row as lines of `head: value`, where columns do not fit beside another."""
    drawn: list[Line] = []
    for number, row in enumerate(grid.body):
        drawn.extend([BLANK] if number else [])
        for head, cell in zip(grid.head, row, strict=True):
            if _says(cell):
                named = [*head, Span(": ")] if head else []
                drawn.extend(lines([*named, *cell], room, glyphs))
    return drawn
