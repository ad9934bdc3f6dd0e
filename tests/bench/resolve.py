"""`python -m tests.bench resolve [CORPUS]`: how often the resolver is right, how sure.

Prints right, wrong and unresolved by family, the calibration of its confidence, the
worst cases first, and how long an entry takes whose link is a wrapper. With a folder of
saved pages: which of them are taken for stubs on their own site (`taken`).
"""

import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from reader import resolve, rules
from reader.model import Attribution, Entry, FeedRef
from reader.urls import Policy
from tests.bench import taken
from tests.cases import NOW, Case, load, load_rules, walked

POLICY = Policy()
ROUNDS, EACH = 40, 50
BUCKETS = (0.80, 0.85, 0.90, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case and what came out of it."""

    case: Case
    got: Attribution
    pages: int
    seconds: float

    @property
    def right(self) -> bool:
        """Whether status and URL are what the case expects."""
        want = self.case.expect
        return self.got.status == want.status and (
            want.url is None or self.got.url == want.url
        )

    @property
    def wrong(self) -> bool:
        """Whether an original is offered that is none, or one is taken for a stub's."""
        return not self.right and self.got.url is not None

    @property
    def verdict(self) -> str:
        """One word for the outcome."""
        return "right" if self.right else "wrong" if self.wrong else "unresolved"


def outcomes(facts: rules.Rules) -> tuple[Outcome, ...]:
    """Every case of the corpus, run."""
    return tuple(_outcome(case, facts) for case in load())


def _outcome(case: Case, facts: rules.Rules) -> Outcome:
    start = time.perf_counter()
    done, fetched = walked(case, facts)
    seconds = time.perf_counter() - start
    return Outcome(case, done.attribution, len(fetched), seconds)


def main(arguments: list[str]) -> int:
    """Print the tables; fail when anything is wrong."""
    facts = load_rules()
    if arguments:
        taken.report(Path(arguments[0]), facts)
        return 0
    found = outcomes(facts)
    _families(found)
    _calibration(found)
    _worst(found)
    print(f"a wrapper, offline: {wrapper_time(facts) * 1e6:.0f} µs")
    return int(any(outcome.wrong for outcome in found))


def wrapper_time(facts: rules.Rules) -> float:
    """Seconds that the beginning of a wrapper's walk takes: the best of many rounds.

    Every entry is another one, as in a poll; a machine with other work is slower.
    """
    feed = FeedRef(1, "Alerts", "https://relay.example/feed", "https://relay.example/")
    rounds: list[float] = []
    for turn in range(ROUNDS):
        entries = [_wrapped(turn * EACH + number) for number in range(EACH)]
        start = time.perf_counter()
        for entry in entries:
            resolve.begin(entry, feed, facts, POLICY, NOW)
        rounds.append((time.perf_counter() - start) / EACH)
    return min(rounds)


def _wrapped(number: int) -> Entry:
    target = f"https%3A%2F%2Fwww.bore.example%2Fnews%2F{number}-second-boat%2F"
    url = f"https://www.google.com/url?rct=j&sa=t&url={target}&ct=ga&usg=AOv{number}"
    return Entry(url=url, title="A second boat", guid=url)


def _families(found: tuple[Outcome, ...]) -> None:
    rows: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for outcome in found:
        rows[outcome.case.family][outcome.verdict] += 1
        rows["all"][outcome.verdict] += 1
    print(f"{'family':<18}{'cases':>7}{'right':>7}{'wrong':>7}{'unresolved':>12}")
    for family in sorted(rows, key=lambda name: (name == "all", name)):
        row = rows[family]
        total = sum(row.values())
        print(
            f"{family:<18}{total:>7}{row['right']:>7}{row['wrong']:>7}"
            f"{row['unresolved']:>12}"
        )


def _calibration(found: tuple[Outcome, ...]) -> None:
    print("\nconfidence      answers   right")
    low = 0.0
    for high in BUCKETS:
        rows = [o for o in found if low <= (o.got.confidence or -1) < high]
        right = sum(outcome.right for outcome in rows)
        if rows:
            shown = f"{low:.2f} – {min(high, 1.0):.2f}"
            print(f"{shown:<14}{len(rows):>9}{right / len(rows):>8.0%}")
        low = high


def _worst(found: tuple[Outcome, ...]) -> None:
    missed = sorted(
        (outcome for outcome in found if not outcome.right),
        key=lambda o: (not o.wrong, -(o.got.confidence or 0)),
    )
    print("\nworst" if missed else "\nevery case is right")
    for outcome in missed:
        want, got = outcome.case.expect, outcome.got
        print(f"  {outcome.verdict:<11}{outcome.case.name}")
        print(f"{'':<13}want {want.status} {want.url or ''}")
        guess = f" (guess {got.guess.url})" if got.guess else ""
        print(
            f"{'':<13}got  {got.status} {got.url or ''} {got.confidence or ''}{guess}"
        )
    slow = sorted(found, key=lambda o: -o.seconds)[:1]
    for outcome in slow:
        print(f"\nslowest: {outcome.case.name}, {outcome.seconds * 1000:.0f} ms")
