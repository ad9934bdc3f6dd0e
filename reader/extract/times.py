"""When an article was published and updated, in UTC, by what its page declares.

Reads times as pages write them; asks no clock.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from lxml.html import HtmlElement

from reader.html import Document
from reader.html.linked import texts

_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
)


def published(document: Document) -> datetime | None:
    """When the article was first published."""
    return _first_time(_published_times(document))


def updated(document: Document) -> datetime | None:
    """When the article was last changed."""
    return _first_time(_updated_times(document))


def _published_times(document: Document) -> Iterator[str]:
    node = document.article_node or {}
    yield from texts(node.get("datePublished"))
    yield from (document.meta.get(name, "") for name in _PUBLISHED)
    yield from _times(document.tree, "datepublished", "published", "pubdate")
    yield from texts(node.get("dateCreated"))
    yield from _times(document.tree, "")


def _updated_times(document: Document) -> Iterator[str]:
    node = document.article_node or {}
    yield from texts(node.get("dateModified"))
    yield from (document.meta.get(name, "") for name in _UPDATED)
    yield from _times(document.tree, "datemodified", "updated")


def _times(tree: HtmlElement, *marks: str) -> Iterator[str]:
    for element in tree.iter("time", "abbr", "span", "meta"):
        value = element.get("datetime") or element.get("content")
        if element.tag == "abbr":
            value = element.get("title")
        if not value:
            continue
        names = f"{element.get('itemprop', '')} {element.get('class', '')}".lower()
        names += " pubdate" if "pubdate" in element.attrib else ""
        if marks == ("",):
            if element.tag == "time":
                yield value
        elif any(mark in names for mark in marks):
            yield value


def _first_time(values: Iterable[str]) -> datetime | None:
    return next((found for v in values if v and (found := instant(v))), None)


# The zero of a clock stands for a time that was never set; printing began later.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OLDEST = 1450
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T\s](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)


def instant(text: str) -> datetime | None:
    """A time as pages write it, aware and UTC; None for what is no time."""
    text = text.strip()
    try:
        return _utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        found = _ISO.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(g or 0) for g in found.groups()[:6])
    zone = found[7] or "Z"
    offset = "+0000" if zone in ("Z", "UTC", "GMT") else zone.replace(":", "")
    written = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{offset}"
    try:
        return _utc(datetime.strptime(written, "%Y-%m-%dT%H:%M:%S%z"))
    except (ValueError, OverflowError):
        return None


def _utc(time: datetime) -> datetime:
    found = (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    if found.year < _OLDEST or found == _EPOCH:
        raise ValueError(f"{found} is a field left empty")
    return found
