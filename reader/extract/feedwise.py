"""The feed's word on a choice of blocks: what it said stays, what it left out may go.

Adds and takes off whole blocks; never looks at a tree.
"""

from collections.abc import Collection, Sequence

from reader.extract.leaf import Leaf
from reader.extract.told import Run, Told, runs

_COVERED = 0.9
"""The share of a text that the feed must hold to be a full copy of it."""
_LONG = 120
_SURPLUS = 0.15
_BODY = 25
_SAID = 0.5


def settled(
    leaves: Sequence[Leaf], taken: list[Leaf], known: Collection[int], told: Told
) -> list[Leaf]:
    """The blocks taken, with what else the feed said, up to where it ends."""
    if not known:
        return taken
    said = {run for leaf in taken for run in runs(leaf.words)}
    inside = {id(leaf) for leaf in taken}
    found = []
    for number, leaf in enumerate(leaves):
        if id(leaf) in inside:
            found.append(leaf)
        elif number in known and not _is_said(leaf, said):
            found.append(leaf)
            said.update(runs(leaf.words))
    return _to_its_end(found, {id(leaves[n]) for n in known}, told)


def _is_said(leaf: Leaf, said: Collection[Run]) -> bool:
    """Whether a text says what others say: a summary, a point of a list over it."""
    own = runs(leaf.words)
    return sum(run in said for run in own) >= _SAID * len(own)


def _to_its_end(taken: list[Leaf], known: Collection[int], told: Told) -> list[Leaf]:
    """The blocks up to the last that a full copy in the feed has.

    A few short ones behind it are what the page adds; running text may be an addition.
    """
    last = max((n for n, leaf in enumerate(taken) if id(leaf) in known), default=-1)
    before, behind = taken[: last + 1], taken[last + 1 :]
    length = sum(leaf.length for leaf in before)
    held = sum(leaf.length for leaf in before if id(leaf) in known)
    full = told.whole and length >= _LONG and held >= _COVERED * length
    surplus = sum(leaf.length for leaf in behind)
    if not full or surplus > _SURPLUS * length:
        return taken
    return [*before, *(leaf for leaf in behind if leaf.length >= _BODY)]
