"""RSS, RDF, Atom and CDF to a feed; never lets a type of feedparser's out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reader.cleaning import clean_line
from reader.errors import FeedError
from reader.feeds import prolog, quick
from reader.feeds.entries import absolute, entries
from reader.feeds.hints import hints
from reader.feeds.people import names
from reader.feeds.text import plain_title
from reader.feeds.values import Found, ParsedFeed
from reader.feeds.xmlentry import draft, parts, word

_ATOM = re.compile(r"<(?:\w+:)?feed\b", re.I)


_DOCTYPE = "<!DOCTYPE"


def parse(text: str, before: str, url: str) -> ParsedFeed:
    """The feed whose root element begins `text`; `before` is what stood above it."""
    found = None if _DOCTYPE in before else quick.read(text, url)
    if found is None:
        text = prolog.legal(text)
        found = _read(text, before, url)
    feed = found.feeddata
    atom = found.version.startswith("atom")
    site_url = absolute(url, _site(feed))
    language = clean_line(word(feed, "language")) or None
    # RFC 4287, 4.2.1: a feed's authors are those of entries that name none. The editor
    # of an RSS channel wrote nothing.
    authors = names(_people(feed)) if atom else ()
    drafts = (draft(item, atom, authors, language) for item in found.entries)
    return ParsedFeed(
        title=clean_line(plain_title(word(feed, "title"), markup=None)),
        site_url=site_url,
        url=absolute(url, _self(feed)),
        language=language,
        hints=hints(feed, text),
        entries=entries(drafts, url if atom else site_url or url, site_url or url),
    )


def _read(text: str, before: str, url: str) -> Found:
    # feedparser costs 50 ms to import, which most feeds need not pay.
    from reader.feeds import guarded

    named = prolog.entities(before, text)
    # Links of Atom are relative to the feed (RFC 3986, 5.1). RSS has no such rule, and
    # its writers mean the site, which is known only when all is read.
    base = url if _ATOM.match(text) else ""
    try:
        found = guarded.read(prolog.declared(named), text, named, base)
    except guarded.TooMuchError as much:
        raise FeedError(url, f"no feed needs {much}; it was not read") from much
    except guarded.SURVIVABLE as damage:
        raise FeedError(url, "the feed is damaged beyond reading") from damage
    if not (found.entries or found.version or "title" in found.feeddata):
        raise FeedError(url, "the address gives XML, but no feed")
    return found


def _people(feed: Mapping[str, Any]) -> Iterator[str]:
    for person in parts(feed, "authors"):
        yield word(person, "name") or word(person, "email")


def _site(feed: Mapping[str, Any]) -> str:
    return next(_links(feed, "alternate"), "") or word(feed, "link")


def _self(feed: Mapping[str, Any]) -> str:
    return next(_links(feed, "self"), "")


def _links(feed: Mapping[str, Any], rel: str) -> Iterator[str]:
    for link in parts(feed, "links"):
        if word(link, "rel") == rel and word(link, "href"):
            yield word(link, "href")
