"""How the screen is divided at a size: panes, their widths, the measure, the air.

Pure arithmetic; it draws nothing.
"""

from dataclasses import dataclass, replace
from typing import Literal

LEAST = (40, 12)
"""Columns and rows below which nothing is drawn but one sentence."""
TOO_SMALL = "Firsthand needs 40 columns and 12 rows."

MEASURE = 72
ZEN_MEASURE = 70
SLIDE = 28
"""Columns of the sidebar where it slides over the list."""

SIDEBAR_MIN, LIST_MIN, ARTICLE_MIN = 18, 30, 44
"""Columns that a pane keeps when it is resized by hand."""

AIR_FROM = 28
"""Rows from which the first one stays blank."""
CALM_FROM = 36
"""Rows from which entries have a blank one between them."""

# From this width up: sidebar, list; the article has the rest. 0: it is not shown.
_WIDTHS = ((180, 28, 68), (160, 24, 48), (120, 22, 34), (100, 0, 36))

Density = Literal["auto", "calm", "dense"]
Form = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class Grid:
    """The screen at one size. With one pane the list and the article take turns."""

    width: int
    height: int
    panes: Literal[1, 2, 3]
    sidebar: int
    list: int
    article: int
    calm: bool

    @property
    def top(self) -> int:
        """Blank rows above the panes' content."""
        return 1 if self.height >= AIR_FROM else 0

    @property
    def measure(self) -> int:
        """Columns of the article's text."""
        return measure(self.article, alone=self.panes == 1)

    @property
    def form(self) -> Form:
        """Rows that an entry takes in the list."""
        return form(self.list)


def grid(width: int, height: int, density: Density = "auto") -> Grid:
    """The grid of looks.md at a size."""
    calm = height >= CALM_FROM if density == "auto" else density == "calm"
    for least, sidebar, entries in _WIDTHS:
        if width >= least:
            rest = width - sidebar - entries
            panes: Literal[2, 3] = 3 if sidebar else 2
            return Grid(width, height, panes, sidebar or SLIDE, entries, rest, calm)
    return Grid(width, height, 1, min(SLIDE, width), width, width, calm)


def resized(grid: Grid, sidebar: int = 0, entries: int = 0) -> Grid:
    """A grid with columns given by hand (0: as it was), none below its minimum."""
    if grid.panes == 1:
        return grid
    aside = grid.sidebar if grid.panes == 3 else 0
    if sidebar and aside:
        aside = max(min(sidebar, grid.width - grid.list - ARTICLE_MIN), SIDEBAR_MIN)
    room = grid.width - aside - ARTICLE_MIN
    listed = max(min(entries or grid.list, room), LIST_MIN)
    return replace(
        grid,
        sidebar=aside or grid.sidebar,
        list=listed,
        article=grid.width - aside - listed,
    )


def fits(width: int, height: int) -> bool:
    """Whether there is room for anything but one sentence."""
    return width >= LEAST[0] and height >= LEAST[1]


def measure(width: int, *, alone: bool) -> int:
    """Columns of text in an article's pane; alone on a wide screen it has more air."""
    if not alone:
        return min(MEASURE, width - 4)
    return min(MEASURE, width - (10 if width >= 72 else 2))


def form(width: int) -> Form:
    """Rows of an entry in a list of this width."""
    if width >= 72:
        return 1
    return 2 if width >= 48 else 3


def nearest(place: int, total: int) -> int:
    """The place in a list of `total` that is nearest to one; 0 where it is empty."""
    return min(max(place, 0), max(total - 1, 0))
