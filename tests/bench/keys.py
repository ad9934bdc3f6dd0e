"""How soon a key shows while feeds are being polled.

`python -m tests.bench keys [--feeds N] [--entries N] [--rounds N]`. A reader with so
many entries asks so many feeds, none of which it has seen, and keys are pressed the
while: moving, paging, reading, searching. Beside the same reader while it asks nobody,
and beside a ScrollView that draws lines of one segment.
"""

import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from reader.store import Store
from tests.bench.bars import Bar, table, told
from tests.bench.kept import database, kept
from tests.bench.list import A_ROUND, EMPTY
from tests.bench.poll import arguments
from tests.bench.readers import environ, firsthand
from tests.bench.serve import serving
from tests.bench.start import ROW
from tests.bench.terminal import PATIENCE, ROWS, Terminal, TooLateError, terminal

FEEDS, ENTRIES = 200, 10_000
LATENCY = 0.1
PAUSE = 0.03
"""Seconds between two keys: what a held key takes."""
QUIET = 150
"""Keys that are pressed where nothing is polled."""
POLLS = re.compile(rb"(feeds \d+/\d+|following stubs)|next poll|r shows")
"""What the last row says while feeds are polled, and before and after that."""
_ROW = re.compile(rb"\x1b\[(\d+);\d+H")
KEYS: Mapping[str, bytes] = {
    "j": b"j",
    "k": b"k",
    "space": b" ",
    "b": b"b",
    "G": b"G",
    "home": b"\x1b[H",
    "enter": b"\r",
    "h": b"h",
    "s": b"s",
    "n": b"n",
    "/": b"/",
    "a letter": b"e",
}
A_ROUND_OF_ALL = (
    *("j", "j", "j", "k", "j", "space", "space", "b", "j", "G", "k", "home"),
    *("j", "s", "j", "enter", "h", "j", "s", "n", "h", "j", "/", "a letter"),
)
OPENING = {"enter", "h", "n", "/", "a letter"}
"""Keys that lead to another pane or screen: more than a list is drawn."""
ESCAPE = b"\x1b"


@dataclass(slots=True)
class Taken:
    """Milliseconds from key to paint, by key."""

    by_key: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def all(self) -> list[float]:
        """Those of all keys."""
        return [taken for some in self.by_key.values() for taken in some]

    @property
    def moving(self) -> "Taken":
        """Those that move in the list, or mark in it, as in the empty app."""
        return Taken({k: v for k, v in self.by_key.items() if k not in OPENING})

    @property
    def median(self) -> float:
        """Half of the keys show sooner."""
        return statistics.median(self.all)

    @property
    def p95(self) -> float:
        """Of a hundred keys 95 show sooner."""
        return statistics.quantiles(self.all, n=20, method="inclusive")[-1]


def measure(feeds: int, entries: int, rounds: int) -> dict[str, Taken]:
    """Press keys in the empty app, in a reader that asks nobody, and in one that asks.

    The three by turns, so that whatever else the machine does meets all of them.
    """
    found = {"empty": Taken(), "idle": Taken(), f"polling {feeds} feeds": Taken()}
    empty, idle, polling = found.values()
    for number in range(rounds):
        with kept(entries) as home:
            _empty(home, empty)
            _press_all(home, idle)
            with serving(feeds, LATENCY) as served:
                _subscribe(home, served.urls)
                _press_all(home, polling, while_polling=True)
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return found


def _subscribe(home: Path, urls: Sequence[str]) -> None:
    store = Store(database(home))
    for url in urls:
        store.add_feed(url, url, None, None, datetime.now(UTC))
    store.close()


def _empty(home: Path, taken: Taken) -> None:
    command = (sys.executable, "-c", EMPTY)
    with terminal(command, environ(home), home) as screen:
        screen.until(ROW)
        screen.settle()
        for key, _ in zip(cycle(A_ROUND), range(QUIET), strict=False):
            taken.by_key["scrolled"].append(_pressed(screen, key) * 1000)
            time.sleep(PAUSE)


def _press_all(home: Path, taken: Taken, *, while_polling: bool = False) -> None:
    with terminal(firsthand(), environ(home), home) as screen:
        screen.until(ROW)
        if while_polling:
            _await_poll(screen)
        else:
            screen.settle()
        for number, name in enumerate(cycle(A_ROUND_OF_ALL)):
            try:
                taken.by_key[name].append(_pressed(screen, KEYS[name]) * 1000)
            except TooLateError as error:
                raise TooLateError(f"{name}, key {number}: {error}") from error
            if name == "a letter":
                # Textual waits a while whether an escape goes on.
                screen.press(ESCAPE)
                time.sleep(10 * PAUSE)
            time.sleep(PAUSE)
            if not _polls(screen) if while_polling else number > QUIET:
                break


def _await_poll(screen: Terminal) -> None:
    end = time.perf_counter() + PATIENCE
    while not _polls(screen):
        screen.drain(0.05)
        if time.perf_counter() > end:
            raise TooLateError("nothing is polled")


def _polls(screen: Terminal) -> bool:
    """Whether the last row tells of a poll that is under way."""
    told = POLLS.findall(screen.written)
    return bool(told and told[-1])


def _pressed(screen: Terminal, key: bytes) -> float:
    """Seconds from a key to the first paint after it of more than the last row."""
    screen.drain(0)
    start = time.perf_counter()
    screen.send(key)
    while True:
        painted = screen.painted(5.0)
        if {int(row) for row in _ROW.findall(painted)} - {ROWS}:
            return time.perf_counter() - start


def figures(found: Mapping[str, Taken]) -> str:
    """Everything measured, a line each, and then key by key."""
    head = ("key to paint", "keys", "median ms", "p95 ms", "worst ms", "× empty")
    empty, idle, polling = found.values()
    rows = (
        *found.items(),
        *((f"{k}, in the list", v.moving) for k, v in found.items()),
    )
    lines = [
        (
            name,
            str(len(one.all)),
            f"{one.median:.1f}",
            f"{one.p95:.1f}",
            f"{max(one.all):.1f}",
            f"{one.median / empty.median:.2f}",
        )
        for name, one in rows[:3] + rows[4:]
    ]
    each = [
        (
            name,
            f"{statistics.median(idle.by_key[name]):.1f}",
            f"{statistics.median(some):.1f}",
            f"{max(some):.1f}",
        )
        for name, some in polling.by_key.items()
    ]
    return "\n\n".join(
        (
            table([head, *lines]),
            table([("key", "idle ms", "polling ms", "worst"), *each]),
        )
    )


def bars(found: Mapping[str, Taken]) -> Iterator[Bar]:
    """A frame, and what the empty app takes."""
    name, polling = list(found.items())[-1]
    yield Bar(f"key to paint, {name}, median", polling.median, 16, "ms")
    most = 1.5 * found["empty"].p95
    work = f"key to paint, {name}, in the list, p95"
    yield Bar(work, polling.moving.p95, most, "ms", "1.5 × empty")


def main(given: Sequence[str]) -> int:
    """Measure and tell."""
    wanted = arguments(given, "keys")
    found = measure(wanted.feeds or FEEDS, wanted.entries or ENTRIES, wanted.rounds)
    print(figures(found), told(bars(found)), sep="\n\n")
    return 0
