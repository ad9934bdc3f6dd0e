"""`python -m tests.fuzz [--minutes N] [--seed N] [TARGET…]`: fuzz, and tell the finds.

With `--atheris`, where atheris is installed, targets are fuzzed by what their code
covers; each in a process of its own, for its share of the time.
"""

import argparse
import sys
import time
from collections.abc import Sequence

from tests.fuzz import coverage
from tests.fuzz.inputs import corpus
from tests.fuzz.running import fed_for
from tests.fuzz.targets import TARGETS


def main(given: Sequence[str]) -> int:
    """Feed every target for its share of the time; 1 when something was found."""
    parser = argparse.ArgumentParser("python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=" ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**32)
    parser.add_argument("--atheris", action="store_true", help="fuzz by coverage")
    wanted = parser.parse_args(given)
    if unknown := set(wanted.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    names = wanted.targets or list(TARGETS)
    if wanted.atheris and not coverage.is_there():
        print("atheris is not installed: pip install atheris", file=sys.stderr)
        return 2
    feed = coverage.covered if wanted.atheris else fed_for
    print(f"seed {wanted.seed}, {len(corpus())} files to begin with", flush=True)
    tried = finds = 0
    for name in names:
        outcome = feed(name, 60 * wanted.minutes / len(names), wanted.seed)
        tried, finds = tried + outcome.tried, finds + bool(outcome.found)
        told = f"FOUND {outcome.found}" if outcome.found else "nothing found"
        print(f"{name:<10}{outcome.tried:>10,} inputs  {told}", flush=True)
    print(f"{tried:,} inputs, {finds} finds")
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
