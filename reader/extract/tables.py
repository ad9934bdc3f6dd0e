"""A table of data as Markdown, and which tables are data rather than a page's layout.

A table without a head has empty cells for one; a cell that holds a list has bullets
between its items, for Markdown has no lists in cells.
"""

from lxml.html import HtmlElement

from reader.extract import escape
from reader.extract.inline import inline, one_line
from reader.extract.tree import BLOCKS, whole

_CELL_MAX = 400
_HEADED_CELL_MAX = 2_000
_COLUMNS_MAX = 60
"""Columns that a table has at most, whatever its cells say that they span."""
_BULLET = "•"
_ROW_GROUPS = ("thead", "tbody", "tfoot")


def rows_of(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table that have cells, without those of tables within it."""
    parts = (
        part if part.tag in _ROW_GROUPS else (part,)
        for part in table
        if part.tag in ("tr", *_ROW_GROUPS)
    )
    return [row for rows in parts for row in rows if row.tag == "tr" and len(row)]


def written(table: HtmlElement) -> list[str]:
    """The Markdown blocks of a table of data: its caption and the table itself."""
    rows = rows_of(table)
    grid = [row for row in _grid(rows) if any(row)]
    if not grid:
        return []
    width = max(map(len, grid))
    grid = [[*row, *[""] * (width - len(row))] for row in grid]
    headed = (
        all(cell.tag == "th" for cell in rows[0]) or rows[0].getparent().tag == "thead"
    )
    head, body = (grid[0], grid[1:]) if headed else ([""] * width, grid)
    body = [row for row in body if row != head]  # a head that is there to stay in sight
    lines = [_row(head), _row(["---"] * width), *map(_row, body)]
    caption = table.find("caption")
    words = [f"*{t}*" for c in [caption] if c is not None and (t := inline(c, "*"))]
    return [*words, "\n".join(lines)]


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data rather than a page's layout."""
    rows = rows_of(table)
    if table.find(".//table") is not None or not any(len(row) > 1 for row in rows):
        return False
    if table.find(".//pre") is not None:
        return False
    cells = [cell for row in rows for cell in row]
    headed = any(cell.tag == "th" for cell in cells)
    longest = max(len("".join(cell.itertext())) for cell in cells)
    return longest <= (_HEADED_CELL_MAX if headed else _CELL_MAX)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _grid(rows: list[HtmlElement]) -> list[list[str]]:
    """The cells in their places: what spans more of them leaves the others empty."""
    grid: list[list[str]] = []
    hanging: dict[int, int] = {}
    for row in rows:
        line: list[str] = []
        for cell in row:
            while hanging.get(len(line), 0) > 0:
                hanging[len(line)] -= 1
                line.append("")
            if len(line) >= _COLUMNS_MAX:
                break
            across = min(whole(cell.get("colspan"), 1), _COLUMNS_MAX - len(line))
            down = min(whole(cell.get("rowspan"), 1), 200)
            for place in range(len(line), len(line) + across):
                hanging[place] = down - 1
            line.extend([_cell(cell), *[""] * (across - 1)])
        for place in range(len(line), max(hanging, default=-1) + 1):
            if hanging[place] > 0:
                hanging[place] -= 1
        grid.append(line)
    return grid


def _cell(element: HtmlElement) -> str:
    said = ""
    item = None
    for leaf in leaves_of(element):
        if not (text := one_line(inline(leaf))):
            continue
        before, item = item, _item(leaf, element)
        apart = item is not before
        said += f" {_BULLET} {text}" if said and apart else f" {text}"
    return escape.cell(said.strip())


def _item(leaf: HtmlElement, cell: HtmlElement) -> HtmlElement | None:
    """The item of a list within the cell that a leaf stands in."""
    for holder in (leaf, *leaf.iterancestors()):
        if holder is cell:
            return None
        if holder.tag == "li":
            return holder
    return None


def leaves_of(element: HtmlElement) -> list[HtmlElement]:
    """The blocks within an element that hold no other block, or itself."""
    if not any(child.tag in BLOCKS for child in element):
        return [element]
    return [leaf for child in element for leaf in leaves_of(child)]
