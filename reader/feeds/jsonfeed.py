"""JSON Feed 1.0 and 1.1 (jsonfeed.org) to a feed; never trusts a value's type."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from reader.errors import FeedError
from reader.feeds.dates import parse_date
from reader.feeds.entries import absolute, entries
from reader.feeds.text import as_html, plain_title
from reader.feeds.values import Draft, ParsedFeed, RawLink
from reader.model import Enclosure, clean_line
from reader.urls import is_web

_READ_AT_MOST = 20_000


def parse(text: str, url: str) -> ParsedFeed:
    """The feed in a JSON text from `url`; raises FeedError when it is none."""
    feed = _load(text, url)
    site_url = absolute(url, _text(feed, "home_page_url"))
    language = clean_line(_text(feed, "language")) or None
    authors = tuple(_authors(feed))
    drafts = (
        _draft(item, authors, language)
        for item in _list(feed, "items")[:_READ_AT_MOST]
        if isinstance(item, dict)
    )
    return ParsedFeed(
        title=clean_line(plain_title(_text(feed, "title"), markup=False)),
        site_url=site_url,
        url=absolute(url, _text(feed, "feed_url")),
        language=language,
        entries=entries(drafts, url, site_url or url),
    )


def _load(text: str, url: str) -> Mapping[str, Any]:
    try:
        feed = json.loads(text)
    # A nesting without end is a RecursionError; a number of 5,000 digits a ValueError.
    except (ValueError, RecursionError) as error:
        raise FeedError(url, "the address gives JSON that is damaged") from error
    if isinstance(feed, dict):
        version = str(feed.get("version", ""))
        if "jsonfeed.org/version" in version or isinstance(feed.get("items"), list):
            return feed
    raise FeedError(url, "the address gives JSON, but no feed")


def _text(values: Mapping[str, Any], name: str) -> str:
    """A value as text: ids that are numbers are taken, too, as the standard asks."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _list(values: Mapping[str, Any], name: str) -> list[Any]:
    value = values.get(name)
    return value if isinstance(value, list) else []


def _dicts(values: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    return (item for item in _list(values, name) if isinstance(item, dict))


def _authors(values: Mapping[str, Any]) -> Iterable[str]:
    """The names of version 1.1's `authors`, else of 1.0's `author`."""
    one = values.get("author")
    given = [*_dicts(values, "authors")] or ([one] if isinstance(one, dict) else [])
    names = (_text(author, "name") for author in given)
    return dict.fromkeys(name for name in names if name)


def _date(item: Mapping[str, Any], name: str) -> datetime | None:
    return parse_date(_text(item, name))


def _draft(
    item: Mapping[str, Any], authors: tuple[str, ...], language: str | None
) -> Draft:
    guid, external = _text(item, "id"), _text(item, "external_url")
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    tags = dict.fromkeys(tag for tag in _list(item, "tags") if isinstance(tag, str))
    return Draft(
        guid=guid,
        permalink=is_web(guid),
        url=_text(item, "url") or ("" if is_web(guid) else external),
        title=plain_title(_text(item, "title"), markup=False),
        authors=tuple(_authors(item)) or authors,
        published=_date(item, "date_published"),
        updated=_date(item, "date_modified"),
        summary=as_html(_text(item, "summary")),
        content=html or as_html(plain),
        language=_text(item, "language") or language,
        categories=tuple(tags),
        links=(RawLink("external-url", external),) if external else (),
        enclosures=tuple(map(_enclosure, _dicts(item, "attachments"))),
    )


def _enclosure(attachment: Mapping[str, Any]) -> Enclosure:
    size = attachment.get("size_in_bytes")
    return Enclosure(
        _text(attachment, "url"),
        _text(attachment, "mime_type"),
        int(size) if isinstance(size, int | float) and 0 < size < 2**53 else None,
    )
