"""How eagerly a feed's new entries are looked at: the one place where that is decided.

An entry with a sign is always worth a look. One without a sign is taken for its feed's
own, unless the feed republishes: at least half of `LEAST` or more entries that were
looked at proved to be stubs. Looking at entries without a sign corrects the share,
which was made of those with one, and so a feed that was wronged is soon left alone.
"""

from reader.model import Feed

LEAST = 5
"""Entries looked at from which on their share of stubs says something about a feed."""
SHARE = 0.5
"""The share of stubs from which on a feed is one that republishes."""


def prior(feed: Feed) -> float | None:
    """The share of stubs to expect of a feed's entries; None where nobody knows yet.

    Nor of a feed that is never followed: its entries would wait for a look for ever.
    """
    known = feed.looked >= LEAST and feed.follow != "never"
    return feed.stub_share if known else None


def republishes(expected: float | None) -> bool:
    """Whether even entries without a sign are worth a look, expecting such a share."""
    return expected is not None and expected >= SHARE
