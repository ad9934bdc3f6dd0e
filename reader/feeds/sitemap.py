"""News sitemaps: bytes to the articles that they list, for a site without a feed.

Entities are never resolved and nothing is fetched; what is no sitemap lists nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reader.cleaning import clean_line
from reader.feeds.dates import parse_date
from reader.model import Entry
from reader.urls import join

LARGEST = 10 * 1024 * 1024
"""Bytes of a sitemap that are read."""
LISTED = 5_000
"""Articles of one sitemap that are read, in its order; the protocol allows 1,000."""
MAPS = 200
"""Sitemaps named by one index, or one robots.txt, that are told of."""

USUAL_PATHS = ("/sitemap-news.xml", "/news-sitemap.xml")
"""Where news sitemaps usually lie."""

_PIECE = 65_536
_ROBOTS = 200_000
# RFC 9309, 2.2.4: records of other kinds, of which this is the best known.
_NAMED = re.compile(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})")
_NEWS = re.compile(r"news|google|latest|recent", re.I)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists: titled articles, or further sitemaps, newest first.

    `publisher` is the publication that the first article names.
    """

    entries: tuple[Entry, ...] = ()
    maps: tuple[str, ...] = ()
    publisher: str = ""


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """The articles with a headline, or the further sitemaps, of a sitemap.

    Damage ends the reading early; addresses that are none of the web are left out.
    """
    entries: list[Entry] = []
    maps: list[tuple[str, str]] = []
    publisher = ""
    for element in _elements(body[:LARGEST].lstrip()):
        fields = _fields(element)
        target = join(url, fields.get("loc", ""))
        if not fields.get("loc") or target is None:
            continue
        if _name(element) == "sitemap" and len(maps) < MAPS:
            maps.append((fields.get("lastmod", ""), target))
        elif fields.get("title") and len(entries) < LISTED:
            publisher = publisher or fields.get("name", "")
            entries.append(_entry(target, fields))
        if len(entries) >= LISTED or len(maps) >= MAPS:
            break
    maps.sort(key=lambda found: found[0], reverse=True)
    return Sitemap(tuple(entries), _news_first(m for _, m in maps), publisher)


def sitemaps_of(robots: bytes, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, those for news first."""
    text = robots[:_ROBOTS].decode("utf-8", "replace")
    found = (join(url, named) for named in _NAMED.findall(text)[:MAPS])
    return _news_first(filter(None, found))


def _news_first(found: Iterator[str]) -> tuple[str, ...]:
    once = dict.fromkeys(found)
    return tuple(sorted(once, key=lambda url: not _NEWS.search(url)))


def _elements(body: bytes) -> Iterator[etree._Element]:
    """Each `url` and `sitemap` as it ends, and forgotten behind it."""
    parser = etree.XMLPullParser(
        events=("end",), resolve_entities=False, no_network=True, recover=True
    )
    try:
        for start in range(0, len(body), _PIECE):
            parser.feed(body[start : start + _PIECE])
            for _, element in parser.read_events():
                if not isinstance(element, etree._Element):
                    continue
                if _name(element) in ("url", "sitemap"):
                    yield element
                    element.clear()
    except etree.XMLSyntaxError:
        return


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _fields(element: etree._Element) -> dict[str, str]:
    """What an element says itself and in its `news`; a picture's words are not its."""
    found: dict[str, str] = {}
    for child in element:
        inner = child.iter() if _name(child) == "news" else (child,)
        for node in inner:
            found.setdefault(_name(node), clean_line(node.text or ""))
    return found


def _entry(url: str, fields: dict[str, str]) -> Entry:
    return Entry(
        url=url,
        title=fields["title"],
        guid=url,
        published=parse_date(fields.get("publication_date", "")),
        language=fields.get("language") or None,
    )
