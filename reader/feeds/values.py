"""What feeds are on the way from bytes to entries; nothing here reads or decides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reader.model import NO_HINTS, Enclosure, Entry, Hints, LinkRel

__all__ = ["NO_HINTS", "Draft", "Found", "Hints", "ParsedFeed", "RawLink"]


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
