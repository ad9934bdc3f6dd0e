"""The list's window on the store: ids as they were, rows fetched for lines in sight.

It holds no entry that is out of sight for long, and never changes its own order.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from reader.model import EntryRow
from reader.tui.rows import Head

FetchRows = Callable[[Sequence[int]], Iterable[EntryRow]]

ROWS_KEPT = 1_000
"""Rows held before those out of sight are let go."""


class Window:
    """The ids of a view as they were when it was opened."""

    def __init__(self, fetch: FetchRows, ids: Sequence[int] = ()) -> None:
        self.ids = ids
        self._fetch = fetch
        self._rows: dict[int, EntryRow] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, index: int) -> EntryRow | None:
        """The row of an entry by its place; None when it is gone from the store."""
        entry_id = self.ids[index]
        if entry_id not in self._rows:
            self.load(range(index, index + 1))
        return self._rows.get(entry_id)

    def load(self, indexes: range) -> None:
        """Fetch at once the rows of some places that are not here yet."""
        wanted = [self.ids[i] for i in indexes if self.ids[i] not in self._rows]
        if not wanted:
            return
        if len(self._rows) + len(wanted) > ROWS_KEPT:
            self._rows.clear()
            wanted = [self.ids[i] for i in indexes]
        self._rows.update((row.id, row) for row in self._fetch(wanted))

    def forget(self) -> None:
        """Let go of all rows, so that they are fetched as they are now."""
        self._rows.clear()

    def find(self, entry_id: int) -> int | None:
        """The place of an entry, None when it is not in this list."""
        try:
            return self.ids.index(entry_id)
        except ValueError:
            return None


def day_heads(window: Window, text: Callable[[datetime], str]) -> tuple[Head, ...]:
    """Heads over the days of a list that runs from new to old; `text` names a day's.

    Each is searched for, so a list of any length costs a few rows a head.
    """
    heads: list[Head] = []
    index, before = 0, ""
    while index < len(window):
        row = window.row(index)
        if row is None:
            index += 1
            continue
        here = text(row.when)
        if here != before:
            heads.append(Head(index, here))
            before = here
        index = _end(window, index, text)
    return tuple(heads)


def _end(window: Window, start: int, text: Callable[[datetime], str]) -> int:
    """The first place after `start` that stands under another head."""
    row = window.row(start)
    here = text(row.when) if row else ""

    def over(index: int) -> bool:
        other = window.row(index)
        return other is not None and text(other.when) != here

    step = 1
    while start + step < len(window) and not over(start + step):
        step *= 2
    between = range(start + step // 2 + 1, min(start + step, len(window)))
    return between.start + bisect_left(between, True, key=over)
