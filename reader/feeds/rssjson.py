"""RSS 2.0 written as JSON, as Scripting News gives it, to a feed.

An element is a text, or an object of its attributes with the text as `#value`
(github.com/scripting/Scripting-News, rss-in-json); nothing else is read.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from reader.cleaning import clean_line
from reader.errors import FeedError
from reader.feeds.dates import parse_date
from reader.feeds.entries import absolute, entries
from reader.feeds.hints import hints
from reader.feeds.jsonvalues import count, dicts, text
from reader.feeds.people import names
from reader.feeds.text import plain_title
from reader.feeds.values import Draft, ParsedFeed, RawLink
from reader.model import Enclosure

_READ_AT_MOST = 20_000


def feed(rss: Mapping[str, Any], url: str) -> ParsedFeed:
    """The feed of an `rss` object from `url`; raises FeedError without a channel."""
    channel = rss.get("channel")
    if not isinstance(channel, dict):
        raise FeedError(url, "the address gives JSON, but no feed")
    site_url = absolute(url, _word(channel, "link"))
    language = clean_line(_word(channel, "language")) or None
    found = islice(dicts(channel, "item"), _READ_AT_MOST)
    drafts = (_draft(item, language) for item in found)
    return ParsedFeed(
        title=clean_line(plain_title(_word(channel, "title"), markup=None)),
        site_url=site_url,
        language=language,
        hints=hints({"ttl": _word(channel, "ttl")}, ""),
        entries=entries(drafts, site_url or url, site_url or url),
    )


def _words(values: Mapping[str, Any], name: str) -> Iterator[str]:
    """The texts of an element, which may stand there several times."""
    given = values.get(name)
    for one in given if isinstance(given, list) else [given]:
        value = text(one if isinstance(one, dict) else {"#value": one}, "#value")
        if value:
            yield value


def _word(values: Mapping[str, Any], name: str) -> str:
    return next(_words(values, name), "")


def _draft(item: Mapping[str, Any], language: str | None) -> Draft:
    guid = next(dicts(item, "guid"), {})
    return Draft(
        guid=_word(item, "guid"),
        permalink=str(guid.get("isPermaLink", "true")).lower() == "true",
        url=_word(item, "link"),
        title=plain_title(_word(item, "title"), markup=None),
        authors=names((*_words(item, "author"), *_words(item, "dc:creator"))),
        published=parse_date(_word(item, "pubDate")),
        summary=_word(item, "description"),
        content=_word(item, "content:encoded"),
        language=language,
        categories=tuple(dict.fromkeys(_words(item, "category"))),
        links=tuple(_links(item)),
        enclosures=tuple(
            Enclosure(text(file, "url"), text(file, "type"), count(file.get("length")))
            for file in dicts(item, "enclosure")
        ),
    )


def _links(item: Mapping[str, Any]) -> Iterator[RawLink]:
    for source in dicts(item, "source"):
        yield RawLink("rss-source", text(source, "url"), text(source, "#value"))
    for url in _words(item, "comments"):
        yield RawLink("comments", url)
