"""Two sequences of words laid beside each other: which words are the same ones.

Anchors first, difflib between them; the work is bounded whatever the words are.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]
"""The places of one word in both sequences."""

_Range: TypeAlias = tuple[int, int, int, int]

PHRASE = 4
"""Words of a phrase that stands once in both texts, and so tells where they meet."""
EASY = 30_000
"""Pairs of equal words among which difflib is asked without anchors."""
WORK = 2_000_000
"""Pairs that difflib may look at in all; what is left then counts as different."""


def matched(ours: Sequence[str], theirs: Sequence[str]) -> list[Pair]:
    """The words that are the same in both, in the order of both."""
    found: list[Pair] = []
    rest: list[_Range] = [(0, len(ours), 0, len(theirs))]
    for size in (PHRASE, 1):
        rest = [
            between
            for part in rest
            for between in _parted(ours, theirs, part, size, found)
        ]
    work = WORK
    for part in rest:
        work = _by_difflib(ours, theirs, part, work, found)
    return sorted(found)


def _parted(
    ours: Sequence[str],
    theirs: Sequence[str],
    part: _Range,
    size: int,
    found: list[Pair],
) -> list[_Range]:
    """What is left of a range when it was split at the phrases that stand once."""
    part = _trimmed(ours, theirs, part, found)
    if _cost(ours, theirs, part) <= EASY:
        return [part]
    start, end, begin, stop = part
    here = _once(ours, start, end, size)
    there = _once(theirs, begin, stop, size)
    meeting = [(here[key], there[key]) for key in here.keys() & there.keys()]
    edges = [(start, begin), *_rising(sorted(meeting)), (end, stop)]
    ranges = [(a, c, b, d) for (a, b), (c, d) in pairwise(edges)]
    return [_trimmed(ours, theirs, each, found) for each in ranges]


def _trimmed(
    ours: Sequence[str], theirs: Sequence[str], part: _Range, found: list[Pair]
) -> _Range:
    """A range without what both sides begin and end with."""
    start, end, begin, stop = part
    while start < end and begin < stop and ours[start] == theirs[begin]:
        found.append((start, begin))
        start, begin = start + 1, begin + 1
    while start < end and begin < stop and ours[end - 1] == theirs[stop - 1]:
        end, stop = end - 1, stop - 1
        found.append((end, stop))
    return start, end, begin, stop


def _once(
    words: Sequence[str], start: int, end: int, size: int
) -> dict[tuple[str, ...], int]:
    """The phrases that stand once in a range, and where."""
    places: dict[tuple[str, ...], int] = {}
    for at in range(start, end - size + 1):
        key = tuple(words[at : at + size])
        places[key] = -1 if key in places else at
    return {key: at for key, at in places.items() if at >= 0}


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest run of pairs in which both places rise (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        piles[pile : pile + 1] = [number]
    chain: list[Pair] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _cost(ours: Sequence[str], theirs: Sequence[str], part: _Range) -> int:
    """Pairs of equal words in a range."""
    start, end, begin, stop = part
    there = Counter(theirs[begin:stop])
    return sum(there[word] for word in ours[start:end])


def _by_difflib(
    ours: Sequence[str],
    theirs: Sequence[str],
    part: _Range,
    work: int,
    found: list[Pair],
) -> int:
    """Find what is the same in a range, the longest piece first; the work left."""
    start, end, begin, stop = part
    cost = _cost(ours, theirs, part)
    if not cost:
        return work
    matcher = SequenceMatcher(None, ours[start:end], theirs[begin:stop], False)
    todo = [(0, end - start, 0, stop - begin)]
    while todo:
        a, b, c, d = todo.pop()
        # Every word of the piece is looked up in the whole of the other side.
        work -= 1 + (b - a) + cost * (b - a) // (end - start)
        if work < 0:
            break
        i, j, size = matcher.find_longest_match(a, b, c, d)
        if size:
            found.extend((start + i + n, begin + j + n) for n in range(size))
            todo += [(a, i, c, j), (i + size, b, j + size, d)]
    return work
