"""The feeds that a page declares, best first; never fetches, never fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reader.cleaning import clean_line
from reader.model import Page
from reader.urls import is_web, join, same_site

if TYPE_CHECKING:
    from reader.html import Document

LARGEST = 2 * 1024 * 1024
"""Bytes of a page that are looked at (design.md, Bounds)."""
FOUND = 50
"""Feeds of one page that are told of."""

_ELEMENTS = 5_000
# Media types in the order they are preferred. The last are also given to what is no
# feed, as to WordPress's programming interface: there the address has to agree.
_TYPES = {
    "application/atom+xml": 0,
    "application/rss+xml": 0,
    "application/rdf+xml": 1,
    "application/feed+json": 2,
    "application/xml": 3,
    "text/xml": 3,
    "application/json": 3,
}
_UNSURE = 3
_FEED_LIKE = re.compile(
    r"(?:^|[/._?&=-])(?:feeds?|rss2?|atom|rdf)(?:[/._?&=-]|$)", re.I
)
_FEED_FILE = re.compile(
    r"/(?:feed|rss|atom)/?$|\.(?:rss|atom|rdf)$|(?:feed|rss|atom|index)\.xml$|feed\.json$",
    re.I,
)
_COMMENTS = re.compile(
    r"comment|coment[aá]rio|kommentar|commenti|reacties|komentar|yorum|комментари",
    re.I,
)
# An article's page, by its address: what WordPress declares below it are comments.
_ARTICLE = re.compile(r"/\d{4}/|\d{4,}|-\w+-|\.html?$", re.I)
_USUAL_PATHS = (
    *("feed", "feed/", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml"),
    *("feed.json", "feeds/posts/default", "rss/", "index.rdf", "feed.rss", "feed.atom"),
)


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page declares; `type` is the media type it was declared with."""

    url: str
    title: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class _Declared:
    """A feed link with what it is ranked by."""

    feed: FoundFeed
    rank: tuple[bool, bool, int]


def discover(page: Page) -> tuple[FoundFeed, ...]:
    """The feeds of a page, best first: declared ones, else those it visibly links to.

    The feed of the part of the site that the page is of comes first, then the site's,
    comments last; of these XML before JSON, each in the order of the page. Whether the
    page is itself a feed is `parse`'s to say.
    """
    # Only adding a feed needs the HTML parser, starting the reader does not.
    from reader import html

    document = html.parse(replace(page, body=page.body[:LARGEST]))
    declared = sorted(_declared(document), key=lambda d: d.rank)
    feeds = [d.feed for d in declared] or list(_linked(document))
    once: dict[str, FoundFeed] = {}
    for feed in feeds:
        once.setdefault(feed.url, feed)
    return tuple(once.values())[:FOUND]


def guesses(url: str) -> tuple[str, ...]:
    """Where a feed usually is: below the page first, then at the root of its site.

    Only for a person who adds a page that declares none; nobody is polled by guess.
    """
    if not is_web(url):
        return ()
    below = re.sub(r"[^/]*$", "", urlsplit(url).path) or "/"
    folders = dict.fromkeys((below, "/"))
    found = (join(url, folder + path) for folder in folders for path in _USUAL_PATHS)
    return tuple(dict.fromkeys(filter(None, found)))


def _declared(document: "Document") -> Iterator[_Declared]:
    for link in islice(document.tree.iter("link"), _ELEMENTS):
        feed = _feed(link, document.base)
        rels = (link.get("rel") or "").lower().split()
        if feed is None or not {"alternate", "feed"} & set(rels):
            continue
        sure = _TYPES.get(feed.type, _UNSURE) < _UNSURE or "feed" in rels
        if (sure or _FEED_LIKE.search(feed.url)) and "stylesheet" not in rels:
            yield _Declared(feed, _rank(feed, document.url))


def _feed(link: Any, base: str) -> FoundFeed | None:
    """The feed that an element's attributes speak of, where they name an address."""
    url = join(base, link.get("href") or "") if link.get("href") else None
    media_type = (link.get("type") or "").partition(";")[0].strip().lower()
    if url is None or (media_type and media_type not in _TYPES):
        return None
    return FoundFeed(url, clean_line(link.get("title") or ""), media_type)


def _rank(feed: FoundFeed, page: str) -> tuple[bool, bool, int]:
    path, part = urlsplit(feed.url).path, urlsplit(page).path.rstrip("/")
    below = bool(part) and path.startswith(f"{part}/")
    comments = bool(_COMMENTS.search(f"{feed.title} {path}"))
    comments = comments or (below and bool(_ARTICLE.search(part)))
    return comments, not below, _TYPES.get(feed.type, _UNSURE)


def _linked(document: "Document") -> Iterator[FoundFeed]:
    """Links of the page's text that are surely feeds: by type, or by name at home."""
    for link in islice(document.tree.iter("a"), _ELEMENTS):
        feed = _feed(link, document.base)
        if feed is None:
            continue
        at_home = same_site(feed.url, document.url)
        named = at_home and _FEED_FILE.search(urlsplit(feed.url).path)
        if named or _TYPES.get(feed.type, _UNSURE) < _UNSURE:
            title = feed.title or clean_line(link.text_content())
            yield FoundFeed(feed.url, title, feed.type)
