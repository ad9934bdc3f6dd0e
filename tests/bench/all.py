"""Everything that has to be quick, in one run, and whether it is.

`python -m tests.bench all [--feeds N] [--entries N] [--latency MS] [--rounds N]`.
"""

from collections.abc import Sequence

from tests.bench import keys, poll, search, start
from tests.bench import list as lists
from tests.bench.bars import told


def main(given: Sequence[str]) -> int:
    """Measure all of it; the table of bars comes last."""
    wanted = poll.arguments(given, "all")
    rounds = wanted.rounds
    feeds = (wanted.feeds,) if wanted.feeds else poll.GROWTH
    few = (start.FEW, wanted.entries)
    polls = poll.measure(feeds, wanted.latency, rounds)
    print(poll.figures(polls), end="\n\n", flush=True)
    starts = start.measure(few if wanted.entries else start.GROWTH, rounds)
    print(start.figures(starts), start.imports(), sep="\n\n", end="\n\n", flush=True)
    sizes = (wanted.entries,) if wanted.entries else lists.GROWTH
    paints = lists.measure(sizes, rounds)
    print(lists.figures(paints), end="\n\n", flush=True)
    pressed = keys.measure(keys.FEEDS, keys.ENTRIES, rounds)
    print(keys.figures(pressed), end="\n\n", flush=True)
    searched = search.measure(sizes, rounds)
    print(search.figures(searched), end="\n\n", flush=True)
    reached = (
        *poll.bars(polls),
        *start.bars(starts),
        *lists.bars(paints),
        *keys.bars(pressed),
        *search.bars(searched),
    )
    print(told(reached))
    return 0
