"""How soon the reader shows its list, with few entries and with many.

`python -m tests.bench start [--entries N] [--rounds N]`. Beside a one-widget Textual
app; with the memory that the reader then holds, and its heaviest imports.
"""

import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

from tests.bench.bars import Bar, table, told
from tests.bench.kept import kept
from tests.bench.poll import arguments
from tests.bench.readers import environ, firsthand
from tests.bench.terminal import terminal

FEW, GROWTH = 100, (100, 1_000, 10_000, 100_000)
ROW = b"Landfall"
"""How every made-up title begins: seen when the first row of the list is."""

ONE_WIDGET = """from textual.app import App
from textual.widgets import Static
class One(App):
    def compose(self):
        yield Static("Landfall")
One().run()
"""


@dataclass(frozen=True, slots=True)
class Starts:
    """Seconds to the first row and MiB held then, by entries; and of the one widget."""

    seconds: dict[int, float]
    memory: dict[int, float]
    widget: float


def measure(sizes: Sequence[int], rounds: int) -> Starts:
    """Open the reader on stores of these sizes, and the one widget, by turns.

    One after the other, whatever else the machine does meanwhile would fall on one.
    """
    with ExitStack() as stack:
        homes = [stack.enter_context(kept(entries)) for entries in sizes]
        programs = [(firsthand(), home) for home in homes]
        programs.append(((sys.executable, "-c", ONE_WIDGET), Path("/tmp")))  # noqa: S108
        opened = [list(starmap(_opened, programs)) for _ in range(rounds + 1)][1:]
    *found, widget = [_medians(runs) for runs in zip(*opened, strict=True)]
    by_size = list(zip(sizes, found, strict=True))
    return Starts(
        {entries: seconds for entries, (seconds, _) in by_size},
        {entries: memory for entries, (_, memory) in by_size},
        widget[0],
    )


def _medians(runs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    seconds, memory = zip(*runs, strict=True)
    return statistics.median(seconds), statistics.median(memory)


def _opened(command: Sequence[str], home: Path) -> tuple[float, float]:
    with terminal(command, environ(home), home) as screen:
        shown = screen.until(ROW) - screen.started
        screen.settle()
        return shown, screen.memory()


def figures(starts: Starts) -> str:
    """Everything measured, a line each."""
    head = ("start to first row", "s", "MiB")
    lines = [
        (f"{entries:,} entries", f"{seconds:.3f}", f"{starts.memory[entries]:.0f}")
        for entries, seconds in starts.seconds.items()
    ]
    return table(
        [head, *lines, ("a one-widget Textual app", f"{starts.widget:.3f}", "")]
    )


def bars(starts: Starts) -> Iterator[Bar]:
    """The bars of starting: of the largest store."""
    most = max(starts.seconds)
    work, found = f"start, {most:,} entries", starts.seconds[most]
    few = min(starts.seconds)
    if few < most:
        against = f"1.25 × {few:,} entries"
        yield Bar(work, found, 1.25 * starts.seconds[few], "s", against)
        memory = starts.memory
        against = f"1.5 × {few:,} entries"
        yield Bar(
            f"memory, {most:,} entries", memory[most], 1.5 * memory[few], "MiB", against
        )
    yield Bar(work, found, 2.5 * starts.widget, "s", "2.5 × one widget")


def imports(count: int = 12) -> str:
    """The heaviest imports on the way to the screen, by `python -X importtime`."""
    command = (
        sys.executable,
        "-X",
        "importtime",
        "-c",
        "import reader.cli, reader.tui.app",
    )
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [
        line.removeprefix("import time:").split("|")
        for line in done.stderr.splitlines()
    ]
    timed = [(int(row[1]), row[2].rstrip()) for row in rows[1:] if len(row) == 3]
    heaviest = sorted(timed, reverse=True)[:count]
    lines = [(name.strip(), f"{micros / 1000:.0f}") for micros, name in heaviest]
    return table([("import, with what it imports", "ms"), *lines])


def main(given: Sequence[str]) -> int:
    """Measure and tell."""
    wanted = arguments(given, "start")
    sizes = (FEW, wanted.entries) if wanted.entries else GROWTH
    starts = measure(sizes, wanted.rounds)
    print(figures(starts), imports(), told(bars(starts)), sep="\n\n")
    return 0
