"""Polls that are killed at random moments and begun again, and what was lost by it.

Whole processes against feeds on loopback, in homes that are thrown away.
"""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import texts
from tests.bench.readers import environ, firsthand, present
from tests.bench.serve import Served, serving

REFRESH = firsthand("refresh", "--force", "--resolve", "none")
CHAIN = 5
"""Kills of one store, one after the other, before it is looked at."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What was wrong in the end; all that should be there counted."""

    kills: int = 0
    feeds: int = 0
    entries: int = 0
    doubled: int = 0
    marks: int = 0
    marked: int = 0
    fault: str = ""

    @property
    def any(self) -> bool:
        """Whether anything was lost, doubled or spoiled."""
        return bool(
            self.feeds or self.entries or self.doubled or self.marks or self.fault
        )

    def __add__(self, other: "Loss") -> "Loss":
        return Loss(
            self.kills + other.kills,
            self.feeds + other.feeds,
            self.entries + other.entries,
            self.doubled + other.doubled,
            self.marks + other.marks,
            self.marked + other.marked,
            self.fault or other.fault,
        )


def killed(folder: Path, kills: int, seed: int, feeds: int = 200) -> Loss:
    """Kill polls of so many feeds, begin again, and tell what was lost by it."""
    chance = random.Random(seed)  # noqa: S311  the same moments every time
    total = Loss()
    with serving(feeds) as served:
        fresh = home(folder / "fresh", served)
        longest = _timed(_copied(fresh, folder / "first"))
        while total.kills < kills:
            own = _copied(fresh, folder / f"chain-{total.kills}")
            chain = min(CHAIN, kills - total.kills)
            marked = [
                mark
                for _ in range(chain)
                for mark in _kill(own, chance.uniform(0.1, longest))
            ]
            _finish(own, 1)
            total += _loss(own, feeds, marked, chain)
            shutil.rmtree(own)
    return total


def together(folder: Path, feeds: int = 200, instances: int = 2) -> Loss:
    """Poll the same feeds in several processes at once; what was lost by that."""
    with serving(feeds) as served:
        own = home(folder / "together", served)
        with _marking(own) as marker:
            _finish(own, instances)
            marked = _ended(marker)
        return _loss(own, feeds, marked, 0)


def home(folder: Path, served: Served) -> Path:
    """A home with every feed that is served, never polled."""
    folder.mkdir()
    ours = next(reader for reader in present() if reader.name == "firsthand")
    ours.prepare(folder, served.urls)
    return folder


def _copied(own: Path, folder: Path) -> Path:
    return Path(shutil.copytree(own, folder))


def _timed(own: Path) -> float:
    started = time.monotonic()
    _finish(own, 1)
    return time.monotonic() - started


def _process(command: Sequence[str], own: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        env=environ(own),
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _finish(own: Path, instances: int) -> None:
    """Poll to the end, in so many processes at once."""
    running = [_process(REFRESH, own) for _ in range(instances)]
    for one in running:
        one.communicate(timeout=120)


def _kill(own: Path, after: float) -> list[int]:
    """Poll and mark, and kill both after so many seconds; what was marked by then."""
    with ExitStack() as stack:
        poll = stack.enter_context(_process(REFRESH, own))
        marker = stack.enter_context(_marking(own))
        time.sleep(after)
        poll.kill()
        return _ended(marker)


@contextmanager
def _marking(own: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = (sys.executable, "-m", "tests.bench.marker", str(database(own)))
    with _process(command, own) as marker:
        yield marker


def _ended(marker: "subprocess.Popen[bytes]") -> list[int]:
    """Kill it; the marks that it said are kept. A line cut short is none."""
    marker.kill()
    said = marker.communicate()[0]
    return [int(line) for line in said.splitlines(keepends=True) if line[-1:] == b"\n"]


def database(own: Path) -> Path:
    """Where the store of a home is."""
    return own / "data" / "firsthand" / "firsthand.db"


def _loss(own: Path, feeds: int, marked: Sequence[int], kills: int) -> Loss:
    with closing(sqlite3.connect(database(own))) as db:
        found = dict(db.execute("SELECT feed_id, count(*) FROM entry GROUP BY feed_id"))
        distinct = db.execute(
            "SELECT count(*) FROM (SELECT DISTINCT feed_id, url FROM entry)"
        ).fetchone()[0]
        sound = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        starred = {row[0] for row in db.execute(_KEPT)}
        here = db.execute("SELECT count(*) FROM feed").fetchone()[0]
        orphans = db.execute("PRAGMA foreign_key_check").fetchone()
    total = sum(found.values())
    missing = sum(max(texts.ENTRIES - count, 0) for count in found.values())
    return Loss(
        kills=kills,
        feeds=feeds - here,
        entries=missing + (feeds - len(found)) * texts.ENTRIES,
        doubled=total - distinct,
        marks=len(set(marked) - starred),
        marked=len(set(marked)),
        fault="" if sound == "ok" and not orphans else f"{sound} {orphans or ''}",
    )


_KEPT = "SELECT entry_id FROM state WHERE starred = 1 AND read = 1"
