"""One target fed for a while, or with so many inputs, and what broke it, shrunk."""

import random
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from hypothesis import HealthCheck, Phase, given, seed, settings

from reader.errors import ReaderError
from tests.fuzz.inputs import ANY
from tests.fuzz.targets import TARGETS, Target

BATCH = 100
SLOW = 10
"""Seconds after which an input counts as one that hangs."""


class HungError(AssertionError):
    """An input that would not end."""


@dataclass
class Outcome:
    """How often a target was fed, and what broke it."""

    name: str
    tried: int = 0
    found: str = ""


@contextmanager
def _ends() -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        raise HungError(f"no end within {SLOW} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SLOW)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def once(target: Target, data: bytes) -> None:
    """Feed it; our own trouble is an answer like any."""
    with _ends():
        try:
            target(data)
        except ReaderError:
            return


def fed(name: str, count: int, start: int) -> Outcome:
    """Feed a target so many inputs, the same for the same `start`."""
    outcome, target = Outcome(name), TARGETS[name]

    @seed(start)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
    )
    @given(ANY)
    def run(data: bytes) -> None:
        outcome.tried += 1
        last[0] = data
        once(target, data)

    last = [b""]
    try:
        run()
    except Exception:  # noqa: BLE001  whatever it is, it is a find
        outcome.found = f"{last[0]!r}\n{traceback.format_exc(limit=-6)}"
    return outcome


def fed_for(name: str, seconds: float, start: int) -> Outcome:
    """Feed a target for so long, or until something is found."""
    total, end = Outcome(name), time.monotonic() + seconds
    chance = random.Random(start)  # noqa: S311
    while time.monotonic() < end and not total.found:
        part = fed(name, BATCH, chance.randrange(2**32))
        total.tried, total.found = total.tried + part.tried, part.found
    return total
