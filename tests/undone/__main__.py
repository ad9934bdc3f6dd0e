"""`python -m tests.undone [NAME…]`: take each protection out, and see tests fail.

NAME is a protection's or a row's, or a part of it. The tree is copied; in the copy one
edit is made at a time, and only the tests that must then fail are run. Exit 1 where a
protection can be taken out unseen, or its text is not there any more.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.undone.copied import Copy, copy
from tests.undone.table import Protection, protections


def main(given: Sequence[str]) -> int:
    """Try each, and tell a line each."""
    parser = argparse.ArgumentParser("python -m tests.undone")
    parser.add_argument("names", nargs="*", metavar="NAME", help="else all")
    wanted = parser.parse_args(given).names
    chosen = [one for one in protections() if _is_named(one, wanted)]
    if not chosen:
        parser.error(f"no protection is called {' '.join(wanted)}")
    with tempfile.TemporaryDirectory(prefix="firsthand-undone-") as name:
        made = copy(Path(name))
        if not _green(made, chosen):
            return 1
        red = [one for one in chosen if _told(one, _tried(made, one))]
    for row, number in Counter(one.row for one in chosen).items():
        found = sum(one.row == row for one in red)
        print(f"{row}: {found} of {number} red as they must be")
    print(f"{len(red)} of {len(chosen)} protections are missed when taken out")
    return 0 if len(red) == len(chosen) else 1


def _is_named(one: Protection, names: Sequence[str]) -> bool:
    return not names or any(name in one.name or name in one.row for name in names)


def _green(made: Copy, chosen: Sequence[Protection]) -> bool:
    """Whether all the tests hold while nothing is taken out: else red says nothing."""
    tests = sorted({test for one in chosen for test in one.tests})
    outcome = made.tried(tests)
    state = "green" if outcome.code == 0 else f"NOT GREEN: {outcome.why}"
    print(f"{len(tests)} tests with every protection in place: {state}", flush=True)
    return outcome.code == 0


def _tried(made: Copy, one: Protection) -> str | None:
    """Why it counts as unseen; None where it is missed, and the tests that say so."""
    amiss = one.amiss(made.folder)
    if amiss:
        return amiss
    with made.without(one):
        for test in one.tests:
            outcome = made.tried([test], "-x", patience=one.patience)
            if not outcome.red:
                return f"STILL GREEN: {test} ({outcome.code}: {outcome.why})"
    print(f"red as it must be  {one.row}: {one.name}  [{outcome.why:.100}]", flush=True)
    return None


def _told(one: Protection, wrong: str | None) -> bool:
    if wrong:
        print(f"NOT MISSED         {one.row}: {one.name}: {wrong}", flush=True)
    return wrong is None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
