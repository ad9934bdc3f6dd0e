"""How soon a key shows in the list of entries, however long it is.

`python -m tests.bench list [--entries N] [--rounds N]`. Down, page down, page up, the
last and the first row; beside a ScrollView that draws lines of one segment.
"""

import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

from tests.bench.bars import Bar, table, told
from tests.bench.kept import kept
from tests.bench.poll import arguments
from tests.bench.readers import environ, firsthand
from tests.bench.start import ROW
from tests.bench.terminal import terminal

GROWTH = (1_000, 10_000, 100_000)
DOWN, PAGE_DOWN, PAGE_UP, END, HOME = (
    b"\x1b[B",
    b"\x1b[6~",
    b"\x1b[5~",
    b"\x1b[F",
    b"\x1b[H",
)
A_ROUND = (*[DOWN] * 8, *[PAGE_DOWN] * 4, END, *[PAGE_UP] * 3, HOME)
EMPTY = """from rich.segment import Segment
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
class Lines(ScrollView, can_focus=True):
    def on_mount(self):
        self.virtual_size = Size(100, 100_000)
        self.show_vertical_scrollbar = False
    def render_line(self, y):
        return Strip([Segment(f"Landfall {y + self.scroll_offset.y}")])
class Empty(App):
    def compose(self):
        yield Lines()
    def on_mount(self):
        self.query_one(Lines).focus()
Lines.scroll_to_was = Lines.scroll_to
def at_once(self, *given, **named):
    return self.scroll_to_was(*given, **{**named, "animate": False})
Lines.scroll_to = at_once
Empty().run()
"""


@dataclass(frozen=True, slots=True)
class Paints:
    """Milliseconds from key to paint: the median, and what 95 of 100 stay below."""

    median: float
    p95: float
    worst: float


def measure(sizes: Sequence[int], rounds: int) -> dict[str, Paints]:
    """Press keys in lists of these lengths, and in the empty app."""
    command = (sys.executable, "-c", EMPTY)
    found = {"empty": _paints(command, Path("/tmp"), rounds)}  # noqa: S108
    for entries in sizes:
        with kept(entries) as home:
            found[f"{entries:,} entries"] = _paints(firsthand(), home, rounds)
    return found


def _paints(command: Sequence[str], home: Path, rounds: int) -> Paints:
    taken = []
    with terminal(command, environ(home), home) as screen:
        screen.until(ROW)
        screen.settle()
        for key in chain.from_iterable(repeat(A_ROUND, rounds)):
            taken.append(screen.press(key) * 1000)
            screen.settle(0.05)
    points = statistics.quantiles(taken, n=20, method="inclusive")
    return Paints(statistics.median(taken), points[-1], max(taken))


def figures(found: dict[str, Paints]) -> str:
    """Everything measured, a line each."""
    head = ("key to paint", "median ms", "p95 ms", "worst ms")
    lines = [
        (name, f"{one.median:.1f}", f"{one.p95:.1f}", f"{one.worst:.1f}")
        for name, one in found.items()
    ]
    return table([head, *lines])


def bars(found: dict[str, Paints]) -> Iterator[Bar]:
    """The bars of the longest list."""
    name = list(found)[-1]
    yield Bar(f"key to paint, {name}, median", found[name].median, 16, "ms")
    most = 1.5 * found["empty"].p95
    yield Bar(f"key to paint, {name}, p95", found[name].p95, most, "ms", "1.5 × empty")


def main(given: Sequence[str]) -> int:
    """Measure and tell."""
    wanted = arguments(given, "list")
    sizes = (wanted.entries,) if wanted.entries else GROWTH
    found = measure(sizes, wanted.rounds)
    print(figures(found), told(bars(found)), sep="\n\n")
    return 0
