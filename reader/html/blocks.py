"""A page's text as blocks in reading order, each with the links in it.

Says where a block stands (navigation, quotation, code …), never what it means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from reader import urls

BLOCKS_MAX = 6_000
"""Blocks of a page that are looked at."""

_BLOCKS_TEXT = """
p div li td th dd dt h1 h2 h3 h4 h5 h6 section article main header footer
aside nav blockquote pre figure figcaption table tr ul ol dl form fieldset
body html center address details summary hgroup caption tbody thead hr
noscript button
"""
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_UNSEEN_TEXT = """
script style template svg iframe select textarea head
"""
_UNSEEN = frozenset(_UNSEEN_TEXT.split())
_PLACES_TEXT = """
nav header footer aside blockquote q code pre form button article main figure
"""
_PLACES = frozenset(_PLACES_TEXT.split())


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as it stands in a page: its absolute URL, its words, where they begin."""

    url: str
    text: str
    at: int = 0
    raw: str = ""
    rel: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text, white space folded; `places` are the elements it stands in."""

    text: str
    anchors: tuple[Anchor, ...]
    tag: str
    places: frozenset[str]


@dataclass(slots=True)
class _Open:
    """The block being read; the one mutable thing here."""

    text: str = ""
    anchors: tuple[Anchor, ...] = ()
    tag: str = "body"

    def add(self, more: str | None) -> None:
        if not more:
            return
        folded = " ".join(more.split())
        if more[:1].isspace() and self.text and not self.text.endswith(" "):
            self.text += " "
        self.text += folded
        if folded and more[-1:].isspace():
            self.text += " "


def blocks(tree: HtmlElement, base: str) -> Iterator[Block]:
    """The blocks of a page, in order."""
    count = 0
    for block in _walk(tree, base):
        if block.text or block.anchors:
            yield block
            count += 1
        if count >= BLOCKS_MAX:
            return


def _walk(tree: HtmlElement, base: str) -> Iterator[Block]:
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    places: list[str] = []
    links: list[tuple[int, HtmlElement]] = []
    now = _Open()
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event in ("comment", "pi"):
            now.add(node.tail)
            continue
        if event == "start":
            if tag in _UNSEEN:
                walk.skip_subtree()
                continue
            if tag in _BLOCKS:
                yield _closed(now, places)
                now = _Open(tag=tag)
            if tag in _PLACES:
                places.append(tag)
            if tag == "a" and node.get("href"):
                links.append((len(now.text), node))
            if tag == "br":
                now.text += "\n"
            now.add(node.text)
            continue
        if tag == "a" and links and links[-1][1] is node:
            now.anchors += _anchor(node, links.pop()[0], now.text, base)
        if tag in _BLOCKS and tag not in _UNSEEN:
            yield _closed(now, places)
            now = _Open(tag=now.tag)
        if tag in _PLACES and places and places[-1] == tag:
            places.pop()
        now.add(node.tail)
    yield _closed(now, places)


def _closed(now: _Open, places: list[str]) -> Block:
    return Block(now.text.strip(), now.anchors, now.tag, frozenset(places))


def _anchor(node: HtmlElement, start: int, text: str, base: str) -> tuple[Anchor, ...]:
    raw = (node.get("href") or "").strip()
    words = text[start:].strip() if start <= len(text) else ""
    if not words:
        words = " ".join("".join(node.itertext()).split())[:300]
    url = urls.join(base, raw) or ""
    return (Anchor(url, words, start, raw, node.get("rel") or ""),)
