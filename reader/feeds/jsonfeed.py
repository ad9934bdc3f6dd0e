"""JSON Feed 1.0 and 1.1 (jsonfeed.org) to a feed; hands RSS in JSON to who reads it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from reader.cleaning import clean_line
from reader.errors import FeedError
from reader.feeds import rssjson
from reader.feeds.dates import parse_date
from reader.feeds.entries import absolute, entries
from reader.feeds.jsonvalues import count, dicts, items, load, text
from reader.feeds.text import as_html, plain_title
from reader.feeds.values import Draft, ParsedFeed, RawLink
from reader.model import Enclosure
from reader.urls import is_web

READ_AT_MOST = 20_000
"""Items of one feed that are looked at, in the order they stand in it."""


def parse(source: str, url: str) -> ParsedFeed:
    """The feed in a JSON text from `url`; raises FeedError when it is none."""
    feed = load(source, url)
    if isinstance(feed, dict) and isinstance(feed.get("rss"), dict):
        return rssjson.feed(feed["rss"], url)
    if not (isinstance(feed, dict) and _is_feed(feed)):
        raise FeedError(url, "the address gives JSON, but no feed")
    site_url = absolute(url, text(feed, "home_page_url"))
    language = clean_line(text(feed, "language")) or None
    authors = tuple(_authors(feed))
    drafts = (
        _draft(item, authors, language)
        for item in items(feed, "items")[:READ_AT_MOST]
        if isinstance(item, dict)
    )
    return ParsedFeed(
        title=clean_line(plain_title(text(feed, "title"), markup=False)),
        site_url=site_url,
        url=absolute(url, text(feed, "feed_url")),
        language=language,
        entries=entries(drafts, url, site_url or url),
    )


def _is_feed(feed: Mapping[str, Any]) -> bool:
    declared = "jsonfeed.org/version" in text(feed, "version")
    return declared or isinstance(feed.get("items"), list)


def _authors(values: Mapping[str, Any]) -> Iterable[str]:
    """The names of version 1.1's `authors`, else of 1.0's `author`."""
    given = [*dicts(values, "authors")] or dicts(values, "author")
    names = (text(author, "name") for author in given)
    return dict.fromkeys(name for name in names if name)


def _date(item: Mapping[str, Any], name: str) -> datetime | None:
    return parse_date(text(item, name))


def _draft(
    item: Mapping[str, Any], authors: tuple[str, ...], language: str | None
) -> Draft:
    guid, external = text(item, "id"), text(item, "external_url")
    tags = dict.fromkeys(tag for tag in items(item, "tags") if isinstance(tag, str))
    return Draft(
        guid=guid,
        permalink=is_web(guid),
        url=text(item, "url") or ("" if is_web(guid) else external),
        title=plain_title(text(item, "title"), markup=False),
        authors=tuple(_authors(item)) or authors,
        published=_date(item, "date_published"),
        updated=_date(item, "date_modified"),
        summary=as_html(text(item, "summary")),
        content=text(item, "content_html") or as_html(text(item, "content_text")),
        language=text(item, "language") or language,
        categories=tuple(tags),
        links=(RawLink("external-url", external),) if external else (),
        enclosures=tuple(map(_enclosure, dicts(item, "attachments"))),
    )


def _enclosure(attachment: Mapping[str, Any]) -> Enclosure:
    return Enclosure(
        text(attachment, "url"),
        text(attachment, "mime_type"),
        count(attachment.get("size_in_bytes")),
    )
