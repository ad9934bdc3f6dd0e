"""How long a search takes: two words, the first fifty entries by how well they fit.

`python -m tests.bench search [--entries N] [--rounds N]`. Words that few, some and
nearly all entries hold; each round on a connection of its own, after one to warm up.
"""

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from reader import query
from reader.store import Store
from tests.bench.bars import Bar, table, told
from tests.bench.kept import database, kept, words_held
from tests.bench.poll import arguments

GROWTH = (1_000, 10_000, 100_000)
SHARES = {"1 %": 0.01, "5 %": 0.05, "30 %": 0.3, "most": 0.95}
FEW = ("1 %", "5 %")
Found = Mapping[str, float]


def measure(sizes: Sequence[int], rounds: int) -> dict[int, Found]:
    """Milliseconds by entries, and by how many of them hold the words."""
    return {entries: _searched(entries, rounds) for entries in sizes}


def _searched(entries: int, rounds: int) -> Found:
    with kept(entries) as home:
        store = Store(database(home))
        found = {
            name: _milliseconds(store, " ".join(words_held(share)), rounds)
            for name, share in SHARES.items()
        }
        store.close()
    return found


def _milliseconds(store: Store, text: str, rounds: int) -> float:
    wanted = query.parse(text, datetime.now(UTC), UTC)
    taken = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        store.search(wanted, 50, stories=True)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken[1:])


def figures(found: Mapping[int, Found]) -> str:
    """Everything measured, a line a store."""
    head = ("two words, held by", *SHARES)
    lines = [
        (f"{entries:,} entries, ms", *(f"{one[name]:.1f}" for name in SHARES))
        for entries, one in found.items()
    ]
    return table([head, *lines])


def bars(found: Mapping[int, Found]) -> Iterator[Bar]:
    """The bars of the largest store."""
    entries = max(found)
    one = found[entries]
    work = f"search, {entries:,} entries"
    yield Bar(f"{work}, words of 1–5 %", max(one[name] for name in FEW), 30, "ms")
    yield Bar(f"{work}, any words", max(one.values()), 150, "ms")


def main(given: Sequence[str]) -> int:
    """Measure and tell."""
    wanted = arguments(given, "search")
    sizes = (wanted.entries,) if wanted.entries else GROWTH
    found = measure(sizes, wanted.rounds)
    print(figures(found), told(bars(found)), sep="\n\n")
    return 0
