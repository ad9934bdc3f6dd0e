"""How long a poll takes, cold and again, beside other readers on the same feeds.

`python -m tests.bench poll [--feeds N] [--latency MS] [--rounds N]`. Whole processes,
in homes that are thrown away. Needs no network but loopback.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bars import Bar, table, told
from tests.bench.readers import Reader, environ, present
from tests.bench.runs import MIB, Run, median, run
from tests.bench.serve import serving

GROWTH = (100, 1_000, 5_000)
AWAY = 100.0
"""Milliseconds to the server in the second poll, unless told otherwise."""

ANCHORS = {
    ("newsraft", "cold", 100): Run(0.22, 0.18, 0),
    ("newsraft", "cold", 1_000): Run(1.5, 2.0, 224),
    ("newsraft", "again", 1_000): Run(2.3, 0, 0),
}
"""What newsraft 0.34 took once, for where it is not installed."""

NEWSRAFTS_STORE = 131.0
Figures = dict[tuple[str, str, int], Run]


@dataclass(frozen=True, slots=True)
class Polls:
    """All that was measured: by reader, work and feeds; and the stores in MiB."""

    runs: Figures
    stores: dict[tuple[str, int], float]


def measure(sizes: Sequence[int], latency: float, rounds: int) -> Polls:
    """Poll so many feeds with every reader that is here, and poll them again."""
    polls = Polls({}, {})
    for feeds in sizes:
        readers = [one for one in present() if feeds <= one.most_feeds]
        for reader in readers:
            _one(polls, reader, feeds, latency, min(rounds, reader.rounds))
    return polls


def _one(polls: Polls, reader: Reader, feeds: int, latency: float, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as folder:
        homes = [Path(folder) / str(number) for number in range(rounds)]
        with serving(feeds) as served:
            for home in homes:
                home.mkdir()
                reader.prepare(home, served.urls)
            cold = [_run(reader, home) for home in homes]
        polls.runs[reader.name, "cold", feeds] = median(cold)
        polls.stores[reader.name, feeds] = size(homes[0] / reader.store)
        with serving(feeds, latency / 1000, served.port) as served:
            again = [_run(reader, home) for home in homes]
        polls.runs[reader.name, "again", feeds] = median(again)


def _run(reader: Reader, home: Path) -> Run:
    return run(reader.command, environ(home), home, home / "errors")


def size(store: Path) -> float:
    """MiB of a store and what stands beside it."""
    return sum(one.stat().st_size for one in store.parent.glob(f"{store.name}*")) / MIB


def figures(polls: Polls) -> str:
    """Everything measured, a line each; the ratio is to ours."""
    head = ("poll", "feeds", "wall s", "readable s", "CPU s", "MiB", "store MiB", "×")
    return table([head, *_lines(polls)])


def _lines(polls: Polls) -> Iterator[tuple[str, ...]]:
    for (name, work, feeds), found in polls.runs.items():
        ours = polls.runs["firsthand", work, feeds].wall
        failed = f" (exit {found.code})" if found.code else ""
        yield (
            f"{name} {work}{failed}",
            f"{feeds:,}",
            f"{found.wall:.2f}",
            f"{found.at_last_line:.2f}" if name == "firsthand" else "",
            f"{found.cpu:.2f}",
            f"{found.peak:.0f}",
            f"{polls.stores[name, feeds]:.0f}" if work == "cold" else "",
            f"{found.wall / ours:.2f}",
        )


def bars(polls: Polls) -> Iterator[Bar]:
    """The bars of polling, as far as these sizes were measured."""
    runs = {**ANCHORS, **polls.runs}
    measured = any(name == "newsraft" for name, *_ in polls.runs)
    newsraft = "newsraft" if measured else "newsraft (a figure of old)"
    yield from _thousand(polls, runs, newsraft)
    if ours := polls.runs.get(("firsthand", "cold", 100)):
        theirs = runs["newsraft", "cold", 100].wall
        yield Bar("100 feeds cold", ours.wall, 3 * theirs, against=f"3 × {newsraft}")
        if newsboat := polls.runs.get(("newsboat", "cold", 100)):
            yield Bar("100 feeds cold", ours.wall, newsboat.wall, against="newsboat")
    least, most = (polls.runs.get(("firsthand", "cold", n)) for n in (1_000, 5_000))
    if least and most:
        against = "5.5 × 1,000"
        yield Bar("5,000 feeds cold", most.wall, 5.5 * least.wall, against=against)


def _thousand(polls: Polls, runs: Figures, newsraft: str) -> Iterator[Bar]:
    ours = polls.runs.get(("firsthand", "cold", 1_000))
    if ours is None:
        return
    again = polls.runs["firsthand", "again", 1_000]
    cold, second = (runs["newsraft", work, 1_000].wall for work in ("cold", "again"))
    work = "1,000 feeds cold"
    yield Bar(
        f"{work}, readable", ours.at_last_line, 1.5 * cold, "s", f"1.5 × {newsraft}"
    )
    yield Bar(f"{work}, whole", ours.wall, 3 * cold, "s", f"3 × {newsraft}")
    if newsboat := polls.runs.get(("newsboat", "cold", 1_000)):
        yield Bar(
            f"{work}, whole", ours.wall, 0.3 * newsboat.wall, "s", "0.3 × newsboat"
        )
    yield Bar(f"{work}, memory", ours.peak, 200, "MiB")
    store = polls.stores.get(("newsraft", 1_000), NEWSRAFTS_STORE)
    kept = polls.stores["firsthand", 1_000]
    yield Bar("30,000 entries kept", kept, 0.8 * store, "MiB", f"0.8 × {newsraft}")
    yield Bar("1,000 feeds again", again.wall, 0.6 * second, "s", f"0.6 × {newsraft}")


def arguments(given: Sequence[str], name: str) -> argparse.Namespace:
    """What a person asked for."""
    parser = argparse.ArgumentParser(f"python -m tests.bench {name}")
    parser.add_argument("--feeds", type=int, help="only so many (else 100 to 5,000)")
    parser.add_argument("--entries", type=int, help="only so many (else 1k to 100k)")
    parser.add_argument("--latency", type=float, default=AWAY, help="of a second poll")
    parser.add_argument("--rounds", type=int, default=5, help="medians of so many")
    return parser.parse_args(given)


def main(given: Sequence[str]) -> int:
    """Measure and tell."""
    wanted = arguments(given, "poll")
    sizes = (wanted.feeds,) if wanted.feeds else GROWTH
    polls = measure(sizes, wanted.latency, wanted.rounds)
    print(figures(polls), told(bars(polls)), sep="\n\n")
    return 0
