"""What feeds are on the way from bytes to entries; nothing here reads or decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reader.model import Enclosure, Entry, LinkRel


@dataclass(frozen=True, slots=True)
class Hints:
    """What a feed says about when to ask again.

    `interval` is the longer of RSS `ttl` and `sy:updatePeriod`. `skip_hours` (0 to 23)
    and `skip_days` (0 is Monday) are of GMT, as RSS 2.0 has them.
    """

    interval: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as its bytes gave it, entries newest first.

    `url` is where the feed says it lives (`rel=self`), `site_url` the site it is of.
    """

    title: str
    site_url: str | None = None
    url: str | None = None
    language: str | None = None
    hints: Hints = NO_HINTS
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A feed in feedparser's terms, whoever read it: plain dicts, lists and texts."""

    feeddata: dict[str, Any]
    entries: list[dict[str, Any]]
    version: str


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link as written: perhaps relative, perhaps no URL at all."""

    rel: LinkRel
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as it was written, in the one form that XML and JSON share.

    `permalink` says whether `guid` claims to be the entry's own page. Links are not
    yet absolute, characters not yet cleaned.
    """

    guid: str = ""
    permalink: bool = False
    url: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    summary: str = ""
    content: str = ""
    language: str | None = None
    categories: tuple[str, ...] = ()
    links: tuple[RawLink, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
