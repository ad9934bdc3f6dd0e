"""The texts and links of a feed and its items; people are elsewhere.

Each rule does to the walk's values what feedparser's method for that element does.
"""

import re
from xml.etree.ElementTree import Element

from reader.feeds.quicknames import UnusualError, key
from reader.feeds.quicktext import leaf, markup, repaired
from reader.feeds.quickwalk import (
    Walk,
    attributes_of,
    is_filled,
    joined,
    lang_of,
    own_text,
    store,
    text_rule,
    within,
    wrapper_rule,
)
from reader.feeds.text import HTML_TYPES

_TYPES = {
    "text": "text/plain",
    "plain": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
    "xhtml": "application/xhtml+xml",
    "application/xhtml+xml": "application/xhtml+xml",
}
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_SOURCES_OWN = {
    *("title", "dc_title", "id", "link", "author", "category", "contributor", "rights"),
    *("subtitle", "generator", "published", "updated"),
}


def _content_params(
    walk: Walk, element: Element, declared: str
) -> tuple[dict[str, str], dict[str, str]]:
    given = attributes_of(element) if element.keys() else {}
    if "mode" in given:
        raise UnusualError("content in a mode of Atom 0.3")
    kind = _TYPES.get(given.get("type", declared))
    if kind is None:
        raise UnusualError("content that is neither text nor HTML")
    xhtml = kind == _TYPES["xhtml"]
    value = repaired(markup(element, walk.atom) if xhtml else leaf(element))
    if not walk.atom and kind == "text/plain" and ("</" in value or "&" in value):
        kind = _guessed(value)
    return {"type": kind, "value": value}, given


def _guessed(value: str) -> str:
    from reader.feeds import guarded

    return "text/html" if guarded.looks_like_html(value) else "text/plain"


def title_rule(walk: Walk, element: Element, depth: int) -> None:
    """The first title that is not empty; deeper ones count for nothing after it."""
    found, _ = _content_params(walk, element, "text/plain")
    if not -1 < walk.title_depth <= depth:
        store(walk, "title", found["value"], depth)
        walk.context["title_detail"] = found
    if found["value"]:
        walk.title_depth = depth


def described_rule(walk: Walk, element: Element, depth: int, declared: str) -> None:
    """A description or a summary; the second of an item is its content."""
    if walk.depths is None or walk.in_source:
        if declared == "text/plain":
            raise UnusualError("a summary that is no item's")
        leaf(element)
        return
    if "summary" in walk.context and not walk.has_content:
        content_rule(walk, element, depth, "text/plain")
        return
    found, _ = _content_params(walk, element, declared)
    store(walk, "summary", found["value"], depth)
    walk.context["summary_detail"] = found


def content_rule(walk: Walk, element: Element, depth: int, declared: str) -> None:
    if walk.depths is None or walk.in_source:
        raise UnusualError("content that is no item's")
    walk.has_content = True
    found, given = _content_params(walk, element, declared)
    lang = lang_of(element, walk.lang)
    if lang:
        found["language"] = lang.replace("_", "-")
    if declared == "text/plain" and given.get("src"):
        found["src"] = given["src"]
    walk.context.setdefault("content", []).append(found)
    walk.context.setdefault("summary", found["value"])


def _enforce_href(given: dict[str, str]) -> None:
    href = given.get("url", given.get("uri", given.get("href")))
    if href:
        given.pop("url", None)
        given.pop("uri", None)
        given["href"] = href


def link_rule(walk: Walk, element: Element, depth: int) -> None:
    link = attributes_of(element) if element.keys() else {}
    rel = link.setdefault("rel", "alternate")
    page = "application/atom+xml" if rel == "self" else "text/html"
    kind = link.setdefault("type", page)
    _enforce_href(link)
    text = leaf(element)
    walk.context.setdefault("links", []).append(link)
    if "href" in link:
        _check_spill(walk, element)
        link["href"] = joined(walk, link["href"]) if link["href"] else walk.base
        if rel == "alternate" and _TYPES.get(kind, kind) in HTML_TYPES:
            walk.context["link"] = link["href"]
        return
    _link_text(walk, link, repaired(joined(walk, text.strip())))


def _link_text(walk: Walk, link: dict[str, str], url: str) -> None:
    """RSS has the address as text; escaped twice often enough."""
    in_item = walk.depths is not None and not walk.in_source
    url = _REFERENCE.sub(r"&\g<1>", url.replace("&amp;", "&") if in_item else url)
    walk.context["link"] = url
    if url or not in_item:
        link["href"] = url


def _check_spill(walk: Walk, element: Element) -> None:
    if walk.in_source and is_filled(element):
        raise UnusualError("text that feedparser takes for the source's title")


def enclosure_rule(walk: Walk, element: Element, depth: int) -> None:
    leaf(element)
    _check_spill(walk, element)
    given = attributes_of(element)
    _enforce_href(given)
    walk.context.setdefault("links", []).append({**given, "rel": "enclosure"})


def media_rule(walk: Walk, element: Element, depth: int) -> None:
    walk.context.setdefault("media_content", []).append(attributes_of(element))
    wrapper_rule(walk, element, depth)


def guid_rule(walk: Walk, element: Element, depth: int) -> None:
    given = attributes_of(element) if element.keys() else {}
    permalink = given.get("ispermalink", "true").strip().lower()
    walk.context.setdefault("permalink", permalink)
    text_rule(walk, element, depth, "id")


def source_rule(walk: Walk, element: Element, depth: int) -> None:
    """RSS names the feed that an item is from; Atom has that feed's own elements."""
    if walk.depths is None or walk.in_source:
        raise UnusualError("a source that is no item's")
    given = attributes_of(element)
    entry, walk.context, walk.in_source, walk.title_depth = walk.context, {}, True, -1
    if "url" in given:
        walk.context["href"] = given["url"]
    for child in element:
        name = key(child.tag, walk.unknown)
        if name in walk.named and name not in _SOURCES_OWN:
            raise UnusualError("more in a source than belongs there")
    within(walk, element, depth)
    title = repaired(own_text(element))
    if title:
        walk.context["title"] = title
    entry["source"], walk.context, walk.in_source = walk.context, entry, False
