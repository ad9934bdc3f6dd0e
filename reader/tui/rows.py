"""Where entries and day heads stand in a list of fixed row heights.

Pure arithmetic over numbers of rows: it knows no entry and draws nothing.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from reader.tui.grid import Form


@dataclass(frozen=True, slots=True)
class Head:
    """A head above the entry at `index`."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands in one row of the list: line `line` of an entry, a head, nothing."""

    kind: Literal["entry", "head", "blank"]
    index: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A head with the row where its space begins, and where its text stands."""

    begin: int
    text: int
    head: int
    index: int
    extra: int


@dataclass(frozen=True)
class Rows:
    """`count` entries of `form` rows, a blank one between them when calm, and heads."""

    count: int
    form: Form = 1
    calm: bool = False
    heads: tuple[Head, ...] = ()

    @property
    def step(self) -> int:
        """Rows from one entry to the next."""
        return self.form + self.calm

    @cached_property
    def _placed(self) -> tuple[_Placed, ...]:
        placed = []
        extra = 0
        for number, head in enumerate(self.heads):
            begin = head.index * self.step + extra
            blank = int(head.index > 0 and not self.calm)
            extra += blank + 1
            placed.append(_Placed(begin, begin + blank, number, head.index, extra))
        return tuple(placed)

    @property
    def height(self) -> int:
        """Rows of the whole list."""
        if not self.count:
            return 0
        return self.top(self.count - 1) + self.form

    def top(self, index: int) -> int:
        """The first row of the entry at an index."""
        extra = max((p.extra for p in self._placed if p.index <= index), default=0)
        return index * self.step + extra

    def span(self, index: int) -> tuple[int, int]:
        """The rows that should be in sight with an entry: its own, and its head."""
        top = self.top(index)
        heads = [p.text for p in self._placed if p.index == index]
        return min([top, *heads]), top + self.form

    def at(self, y: int) -> Spot:
        """What stands in row `y`."""
        extra = 0
        for placed in self._placed:
            if y < placed.begin:
                break
            if y <= placed.text:
                kind: Literal["head", "blank"] = "head" if y == placed.text else "blank"
                return Spot(kind, placed.head)
            extra = placed.extra
        index, line = divmod(y - extra, self.step)
        if line >= self.form or not 0 <= index < self.count:
            return Spot("blank")
        return Spot("entry", index, line)

    def shown(self, top: int, height: int) -> range:
        """The indexes of the entries of which a row stands between two rows."""
        spots = (self.at(y) for y in range(top, top + height))
        indexes = [spot.index for spot in spots if spot.kind == "entry"]
        return range(indexes[0], indexes[-1] + 1) if indexes else range(0)
