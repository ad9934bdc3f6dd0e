"""The feeds that a page declares, best first; never fetches, never fails."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from reader.feeds.charset import decode
from reader.model import Page, clean_line
from reader.urls import is_web, join, same_site

LARGEST = 2 * 1024 * 1024
"""Bytes of a page that are looked at (design.md, Bounds)."""
FOUND = 50
"""Feeds of one page that are told of."""

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
    r"comment|kommentar|commentaire|comentario|commenti|reacties|/\d+/feed|replytocom",
    re.I,
)
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
    tree = _tree(page)
    if tree is None:
        return ()
    base = _base(tree, page.url)
    declared = sorted(_declared(tree, base, page.url), key=lambda d: d.rank)
    feeds = [d.feed for d in declared] or list(_linked(tree, base, page.url))
    return tuple({feed.url: feed for feed in reversed(feeds)}.values())[::-1][:FOUND]


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


def _tree(page: Page) -> Any:
    # Only adding a feed needs lxml's HTML parser, starting the reader does not.
    from lxml import etree, html

    text = decode(page.body[:LARGEST], page.header("content-type"))
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _base(tree: Any, url: str) -> str:
    """What links are relative to: the first `base`, itself relative to the page."""
    href = next(iter(tree.xpath("//base/@href")), "")
    return join(url, href) or url


def _declared(tree: Any, base: str, page: str) -> Iterator[_Declared]:
    for link in tree.iter("link"):
        feed = _feed(link, base)
        rels = (link.get("rel") or "").lower().split()
        if feed is None or not {"alternate", "feed"} & set(rels):
            continue
        sure = _TYPES.get(feed.type, _UNSURE) < _UNSURE or "feed" in rels
        if (sure or _FEED_LIKE.search(feed.url)) and "stylesheet" not in rels:
            yield _Declared(feed, _rank(feed, page))


def _feed(link: Any, base: str) -> FoundFeed | None:
    """The feed that an element's attributes speak of, where they name an address."""
    url = join(base, link.get("href") or "") if link.get("href") else None
    media_type = (link.get("type") or "").partition(";")[0].strip().lower()
    if url is None or (media_type and media_type not in _TYPES):
        return None
    return FoundFeed(url, clean_line(link.get("title") or ""), media_type)


def _rank(feed: FoundFeed, page: str) -> tuple[bool, bool, int]:
    comments = bool(_COMMENTS.search(f"{feed.title} {urlsplit(feed.url).path}"))
    path = urlsplit(page).path.rstrip("/")
    of_this_part = bool(path) and urlsplit(feed.url).path.startswith(f"{path}/")
    return comments, not of_this_part, _TYPES.get(feed.type, _UNSURE)


def _linked(tree: Any, base: str, page: str) -> Iterable[FoundFeed]:
    """Links of the page's text that are surely feeds: by type, or by name at home."""
    for link in tree.iter("a"):
        feed = _feed(link, base)
        if feed is None:
            continue
        named = same_site(feed.url, page) and _FEED_FILE.search(urlsplit(feed.url).path)
        if feed.type in _TYPES or named:
            title = feed.title or clean_line(link.text_content())
            yield FoundFeed(feed.url, title, feed.type)
