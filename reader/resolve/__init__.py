"""From an entry to its original, without IO: signals, the walk, the verdict.

A `Walk` says what it wants next, and `step` says what an answer means for it:

    walk = begin(entry, feed, rules, policy, now)
    while not isinstance(walk.want, Done):
        walk = step(walk, <what walk.want asked for>)

Nobody here fetches, reads a clock or runs a script.
"""

from reader.resolve.glance import Glance
from reader.resolve.look import first_look
from reader.resolve.steps import begin, step
from reader.resolve.values import (
    Answer,
    Ask,
    Candidate,
    Candidates,
    Done,
    Failed,
    Fetch,
    Want,
)
from reader.resolve.verdict import THRESHOLD
from reader.resolve.walk import HOPS_MAX, SECONDS_MAX, Walk

__all__ = [
    "HOPS_MAX",
    "SECONDS_MAX",
    "THRESHOLD",
    "Answer",
    "Ask",
    "Candidate",
    "Candidates",
    "Done",
    "Failed",
    "Fetch",
    "Glance",
    "Walk",
    "Want",
    "begin",
    "first_look",
    "step",
]
