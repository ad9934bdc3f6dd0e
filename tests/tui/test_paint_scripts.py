"""Rows in more than ten scripts: marks and times stand in their columns in each."""

from datetime import UTC

import pytest

from reader.model import EntryRow
from reader.tui.paint.cells import LRM, cells
from reader.tui.paint.glyphs import ASCII, UNICODE, Glyphs
from reader.tui.paint.row import Form, RowState, entry_row
from reader.tui.paint.span import plain, width
from tests.tui.scripts import NOW, SCRIPTS, rows


@pytest.mark.parametrize("row", rows(), ids=[name for name, *_ in SCRIPTS])
@pytest.mark.parametrize(("form", "columns"), [(1, 80), (2, 60), (3, 34), (3, 30)])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_every_column_stands(
    row: EntryRow, form: Form, columns: int, glyphs: Glyphs
) -> None:
    """
    Each line fills its columns exactly, the time ends where it ends in every script,
    and nothing after a text from right to left can be moved before it.
    """
    lines = entry_row(row, columns, form, RowState(), glyphs, NOW, UTC)
    clock = f"{row.when:%H:%M}"
    first = plain(lines[0])
    end = columns - (1 if form == 1 else 2)

    assert {width(line) for line in lines} == {columns}
    assert cells(first[: first.rindex(clock)]) + len(clock) == end
    for line in lines:
        for span in line:
            if any("\u0590" <= char <= "\u08ff" for char in span.text):
                assert span.text.rstrip().endswith(LRM)
