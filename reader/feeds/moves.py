"""Whether a feed has moved: what redirects say, held against time and what is stored.

Pure: it asks nobody, writes nothing, and looks at no clock.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from reader import urls
from reader.feeds.changes import fingerprint
from reader.feeds.values import ParsedFeed
from reader.model import Sighting

SETTLED = timedelta(days=7)
"""How long every hop has to have been permanent before a feed follows for good."""

DEAD = (404, 410)
"""HTTP statuses of an address with nothing behind it."""
_UNIQUE = 20
"""Characters from which a guid without a scheme is nobody else's by chance."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A feed has another address from now on; `reason` says why, for people."""

    url: str
    reason: str


def decide(
    url: str,
    target: str | None,
    before: Sighting | None,
    now: datetime,
    *,
    shared: bool | None,
    refused: Collection[str] = (),
) -> Moved | Sighting | None:
    """What a well answered poll of `url` says about the feed's address.

    `target` is where permanent redirects, and no others, led; `before` what was seen
    so far; `shared` whether the feed there has entries of ours, None where it has no
    entries; `refused` holds the addresses of moves that somebody took back. Gives the
    move, else what to remember.
    """
    if target is None or target == url or target in refused or _is_weaker(url, target):
        return None
    if is_upgrade(url, target):
        return Moved(target, "the same address over https, for good")
    known = before if before and before.url == target else None
    if shared is None or (known and not known.ours):
        # What came from a stranger is stored by now, and would prove anything.
        return known
    if known is None or not shared or known.since > now:
        return Sighting(target, now, shared)
    if now - known.since < SETTLED:
        return known
    return Moved(target, f"moved for good since {known.since:%Y-%m-%d}")


def successor(before: Sighting | None, status: int, now: datetime) -> str | None:
    """Where a feed is to be asked for when nothing is at its old address any more.

    That is where it led for good while somebody was there to say so.
    """
    if before is None or not before.ours or status not in DEAD:
        return None
    return before.url if now - before.since >= SETTLED else None


def is_upgrade(url: str, target: str) -> bool:
    """Whether `target` is the very same address, over https instead of http."""
    one, other = urls.split(url), urls.split(target)
    if one is None or other is None:
        return False
    if (one.scheme, other.scheme) != ("http", "https"):
        return False
    if one.port not in (None, 80) or other.port not in (None, 443):
        return False
    there = (other.hostname, other.path or "/", other.query)
    return (one.hostname, one.path or "/", one.query) == there


def _is_weaker(url: str, target: str) -> bool:
    """A feed is not led off https, however permanent the redirect calls itself."""
    one, other = urls.split(url), urls.split(target)
    return other is None or (
        one is not None and (one.scheme, other.scheme) == ("https", "http")
    )


def shares(known: Mapping[str, str], parsed: ParsedFeed) -> bool | None:
    """Whether a feed has entries of one that is stored; `known`: guid to fingerprint.

    A guid such as "12" is anybody's: then the entry itself has to be the same. None: it
    has no entries just now.
    """
    if not parsed.entries:
        return None
    common = (entry for entry in parsed.entries if entry.guid in known)
    return any(
        _is_unique(entry.guid) or known[entry.guid] == fingerprint(entry)
        for entry in common
    )


def _is_unique(guid: str) -> bool:
    return ":" in guid or len(guid) >= _UNIQUE
