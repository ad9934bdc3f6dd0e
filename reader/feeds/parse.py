"""Bytes to a feed: which kind it is, and in one sentence why it is none.

Never opens anything: what is handed in is all that is read.
"""

import re

from reader.errors import FeedError
from reader.feeds.charset import decode
from reader.feeds.values import ParsedFeed

LARGEST = 10 * 1024 * 1024
"""Bytes of a body that is looked at (design.md, Bounds)."""

_PAGE = "the address gives a web page, not a feed"
_NOT_FEEDS = {
    "html": _PAGE,
    "opml": "the address gives a list of feeds (OPML), not a feed; import it instead",
    "urlset": "the address gives a site map, not a feed",
    "sitemapindex": "the address gives a site map, not a feed",
    "error": "the address gives an error message, not a feed",
}
_ROOTS = ("rss", "rdf", "feed", "channel")
# What may stand before the first element (XML 1.0, 2.8), and that element.
_PROLOG = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!doctype[^>\[]*+(?:\[.*?(?:\]\s*>|\Z)|>|\Z)"
    r"|<(?P<name>(?:[a-z_][\w.-]*:)?[a-z_][\w.-]*)",
    re.I | re.S,
)
# A root further down: PHP prints its warnings before the feed.
_LATE_ROOT = re.compile(
    r"<(?:rss|(?:\w+:)?rdf|(?:\w+:)?feed)\s[^>]{0,400}?(?:version|xmlns)", re.I
)
_LATEST_ROOT = 20_000


def parse(body: bytes, url: str, content_type: str | None = None) -> ParsedFeed:
    """The feed in `body`, which came from `url`; raises FeedError when it is none.

    RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed; a damaged one is read as
    far as it can be.
    """
    if len(body) > LARGEST:
        raise FeedError(url, "the answer is larger than 10 MiB")
    text = decode(body, content_type).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise FeedError(url, "the answer is empty")
    if text.startswith(("{", "[")):
        from reader.feeds import jsonfeed

        return jsonfeed.parse(text, url)
    start = _root(text, url, content_type)
    # Parsers are imported by the first poll: the reader starts without.
    from reader.feeds import xmlfeed

    return xmlfeed.parse(text[start:], text[:start], url)


def _root(text: str, url: str, content_type: str | None) -> int:
    """Where the feed's first element begins."""
    found = next((m for m in _PROLOG.finditer(text) if m["name"]), None)
    name = found["name"].rpartition(":")[2].lower() if found else ""
    if found and name in _ROOTS:
        return found.start()
    if name != "html" and (late := _LATE_ROOT.search(text, 0, _LATEST_ROOT)):
        return late.start()
    raise FeedError(url, _NOT_FEEDS.get(name) or _what(text, name, content_type))


def _what(text: str, name: str, content_type: str | None) -> str:
    declared = (content_type or "").partition(";")[0].strip().lower()
    if re.search(r"<!doctype html", text[:1_000], re.I) or declared == "text/html":
        return _PAGE
    if name and text.startswith("<?xml"):
        return f"the address gives XML (<{name}>), but no feed"
    if name:
        return _PAGE
    return "the answer is neither a feed nor a web page"
