"""What the program survives: bad inputs, kills, a full disk, hostile addresses, time.

`python -m tests.bench reliability [--kills N] [--polls N] [--inputs N] [--seed N]`
prints the bad inputs tried, the faults survived, the entries lost and the requests to
forbidden addresses; exit 1 where one of the last two is not 0, or anything was found.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench import crashes, fulldisk, soak
from tests.bench.bars import Bar, told
from tests.bench.crashes import Loss
from tests.fuzz.running import fed
from tests.fuzz.targets import TARGETS
from tests.hostile.test_hostile_web import refreshed
from tests.hostile.web import hostile


def main(given: Sequence[str]) -> int:
    """Try all of it, and tell."""
    parser = argparse.ArgumentParser("python -m tests.bench reliability")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--polls", type=int, default=soak.POLLS)
    parser.add_argument("--inputs", type=int, default=2_000, help="for each target")
    parser.add_argument("--seed", type=int, default=15)
    wanted = parser.parse_args(given)
    outcomes = [fed(name, wanted.inputs, wanted.seed) for name in TARGETS]
    for outcome in outcomes:
        print(f"fuzz {outcome.name}: {outcome.tried:,} inputs {outcome.found}")
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as name:
        folder = Path(name)
        forbidden, served = _hostile(folder)
        loss = crashes.killed(folder, wanted.kills, wanted.seed)
        print(f"kills: {loss}", flush=True)
        twice = crashes.together(folder)
        print(f"two at once: {twice}", flush=True)
        full = fulldisk.full(folder / "full")
        print(f"full disk: {full}", flush=True)
    soaked = soak.soaked(wanted.polls)
    print(f"soak: {soaked}, memory {soaked.growth:+.1%}", end="\n\n", flush=True)
    total = loss + twice + full
    inputs = sum(outcome.tried for outcome in outcomes) + served
    print(f"bad inputs tried: {inputs:,}")
    print(f"faults survived: {total.kills + soaked.failed + 1:,}")
    print(f"entries lost: {total.entries}, twice: {total.doubled}")
    print(f"feeds lost: {total.feeds}, marks lost: {total.marks} of {total.marked:,}")
    print(f"requests to forbidden addresses: {forbidden}", end="\n\n")
    bars = _bars(total, soaked, forbidden, sum(bool(one.found) for one in outcomes))
    print(told(bars))
    return 0 if all(bar.met for bar in bars) else 1


def _hostile(folder: Path) -> tuple[int, int]:
    """Requests to forbidden addresses, and answers that the hostile web gave."""
    with hostile() as web:
        stage = refreshed(web, folder / "hostile")
        print(f"hostile web: {len(web.asked)} answers", flush=True)
        assert stage.refreshed.returncode == 0
        return len(web.forbidden), len(web.asked)


def _bars(
    total: Loss, soaked: soak.Soaked, forbidden: int, finds: int
) -> tuple[Bar, ...]:
    spoiled = float(bool(total.fault))
    return (
        Bar("inputs that broke something", finds, 0, ""),
        Bar("feeds lost", total.feeds, 0, ""),
        Bar("entries lost", total.entries, 0, ""),
        Bar("entries twice", total.doubled, 0, ""),
        Bar("marks lost", total.marks, 0, ""),
        Bar("databases spoiled", spoiled, 0, ""),
        Bar("requests to forbidden addresses", forbidden, 0, ""),
        *soak.bars(soaked),
    )
