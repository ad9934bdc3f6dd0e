"""The sidebar: views, folders and feeds as lines, each with its count.

What stands in which order is the caller's; it draws one row at a time.
"""

from dataclasses import dataclass, replace
from typing import Literal

from reader.tui.paint.cells import cells, cut, marked
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.span import Ground, Line, Span, spaces

Kind = Literal["view", "folder", "feed", "blank"]

NAME_FROM: dict[Kind, int] = {"view": 2, "folder": 3, "feed": 3, "blank": 2}
MARGIN = 1


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row of the sidebar. `key` says what choosing it opens.

    `count` is what is unread there, None where no count is shown; `depth` how far in
    it stands, as what belongs to an account does.
    """

    kind: Kind
    name: str = ""
    count: int | None = None
    key: str = ""
    open: bool = True
    failing: bool = False
    depth: int = 0


def brand(columns: int, glyphs: Glyphs) -> Line:
    """The sidebar's head: our mark and our name."""
    name = "Firsthand"
    line = (spaces(2), Span(glyphs.origin, "accent"), spaces(1))
    rest = columns - 4 - len(name)
    return (*line, Span(name, "strong", bold=True), spaces(rest))


def side_row(
    row: SideRow,
    columns: int,
    glyphs: Glyphs,
    *,
    cursor: bool = False,
    focused: bool = False,
) -> Line:
    """A row of exactly `columns`; the chosen one has the cursor even out of focus."""
    edge = Span(glyphs.cursor, "accent" if focused else "soft")
    before = (edge if cursor else Span(" "), _sign(row, glyphs))
    start = NAME_FROM[row.kind] + row.depth + (row.kind == "view" and row.failing)
    count = str(row.count) if row.count else ""
    room = columns - start - MARGIN - (cells(count) + 1 if count else 0)
    text = marked(cut(row.name, room, glyphs.cut))
    line: Line = (
        *before,
        spaces(start - 2),
        _name(row, text, cursor=cursor),
        spaces(columns - start - cells(text) - cells(count) - MARGIN),
        Span(count, "ink" if cursor else "faint"),
        spaces(MARGIN),
    )
    if not cursor:
        return line
    ground: Ground = "cursor" if focused else "cursor-rest"
    return tuple(replace(span, ground=ground) for span in line)


def _sign(row: SideRow, glyphs: Glyphs) -> Span:
    if row.kind == "folder" and not row.failing:
        return Span(glyphs.opened if row.open else glyphs.closed, "faint", act="fold")
    if row.failing:
        act = None if row.kind == "view" else "health"
        return Span(glyphs.failing, "error", bold=True, act=act)
    return Span(" ")


def _name(row: SideRow, text: str, *, cursor: bool) -> Span:
    if cursor:
        return Span(text, "strong", bold=True)
    if row.kind == "folder":
        return Span(text, "ink", bold=True)
    quiet = row.kind == "feed" and (row.failing or not row.count)
    return Span(text, "faint" if quiet else "ink")


def list_head(
    view: str, count: int | None, order: str, columns: int, glyphs: Glyphs
) -> Line:
    """The head of the list: the view's name, its count, and how it is ordered.

    The order goes first when it gets narrow. `columns` is the list's whole width.
    """
    number = f"  {count}" if count is not None else ""
    room = columns - 3 - 2
    name = marked(cut(view, room - cells(number), glyphs.cut))
    used = cells(name) + cells(number)
    order = order if used + 2 + cells(order) <= room else ""
    return (
        spaces(3),
        Span(name, "strong", bold=True),
        Span(number, "faint"),
        spaces(room - used - cells(order)),
        Span(order, "faint", act="sort" if order else None),
        spaces(2),
    )
