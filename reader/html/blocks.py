"""A page's text as blocks in reading order, each with the links in it.

Says where a block stands (navigation, quotation, code …), never what it means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from reader import urls

BLOCKS_MAX = 6_000
"""Blocks of a page that are looked at."""
ANCHORS_MAX = 2_000
"""Links of one block that are looked at."""
TEXT_MAX = 40_000
"""Characters of one block that are read."""
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|disqus_thread|respond)\b", re.I
)

_BLOCKS_TEXT = """
p div li td th dd dt h1 h2 h3 h4 h5 h6 section article main header footer
aside nav blockquote pre figure figcaption table tr ul ol dl form fieldset
body html center address details summary hgroup caption tbody thead hr
noscript button dialog
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
_CITES = frozenset(("q", "code", "kbd", "samp", "tt"))
_DIALOGS = frozenset(("dialog", "alertdialog"))


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
    """One run of text, white space folded; `places` are the elements it stands in.

    `cited` are the beginnings and ends of what in it is quoted, or code.
    """

    text: str
    anchors: tuple[Anchor, ...]
    tag: str
    places: frozenset[str]
    cited: tuple[tuple[int, int], ...] = ()

    def cites(self, at: int) -> bool:
        """Whether a place in the text is within a quotation or code."""
        return any(start <= at < end for start, end in self.cited)


def blocks(tree: HtmlElement, base: str) -> Iterator[Block]:
    """The blocks of a page, in order."""
    made = (block for block in _walked(tree, base) if block.text or block.anchors)
    yield from islice(made, BLOCKS_MAX)


def _walked(tree: HtmlElement, base: str) -> Iterator[Block]:
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    reading = _Reading(base)
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start" and tag in _UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            yield from reading.opened(node, tag)
        elif event == "end":
            yield from reading.closed(node, tag)
        else:
            reading.add(node.tail)
    yield reading.block()


@dataclass(slots=True)
class _Reading:
    """The block being read, and what it stands in; the one mutable thing here."""

    base: str
    text: str = ""
    tag: str = "body"
    anchors: list[Anchor] = field(default_factory=list)
    places: list[tuple[HtmlElement, str]] = field(default_factory=list)
    links: list[tuple[int, HtmlElement]] = field(default_factory=list)
    cited: list[tuple[int, int]] = field(default_factory=list)
    citing: list[tuple[int, HtmlElement]] = field(default_factory=list)

    def opened(self, node: HtmlElement, tag: str) -> Iterator[Block]:
        """An element begins; a block that ends with that is yielded."""
        if tag in _BLOCKS:
            yield self.block()
            self._anew(tag)
        if place := _place(node, tag):
            self.places.append((node, place))
        if tag == "a" and node.get("href"):
            self.links.append((len(self.text), node))
        if tag in _CITES:
            self.citing.append((len(self.text), node))
        if tag == "br":
            self.text += "\n"
        self.add(node.text)

    def closed(self, node: HtmlElement, tag: str) -> Iterator[Block]:
        """An element ends; a block that ends with it is yielded."""
        if self.links and self.links[-1][1] is node:
            start = self.links.pop()[0]
            if len(self.anchors) < ANCHORS_MAX:
                self.anchors.append(_anchor(node, start, self.text, self.base))
        if self.citing and self.citing[-1][1] is node:
            self.cited.append((self.citing.pop()[0], len(self.text)))
        if tag in _BLOCKS:
            yield self.block()
            self._anew(self.tag)
        if self.places and self.places[-1][0] is node:
            self.places.pop()
        self.add(node.tail)

    def block(self) -> Block:
        """The block as far as it was read."""
        places = frozenset(place for _, place in self.places)
        cited = tuple(self.cited)
        return Block(self.text.strip(), tuple(self.anchors), self.tag, places, cited)

    def add(self, more: str | None) -> None:
        """More text, its white space folded; what no block needs is left out."""
        if not more or len(self.text) > TEXT_MAX:
            return
        folded = " ".join(more.split())
        if more[0].isspace() and self.text and not self.text.endswith(" "):
            self.text += " "
        self.text += folded
        if folded and more[-1].isspace():
            self.text += " "

    def _anew(self, tag: str) -> None:
        self.text, self.anchors, self.tag, self.cited = "", [], tag, []


def _place(node: HtmlElement, tag: str) -> str | None:
    if tag in _PLACES:
        return tag
    if tag in _BLOCKS and _is_hidden(node):
        return "hidden"
    named = f"{node.get('id') or ''} {node.get('class') or ''}"
    return "comments" if tag in _BLOCKS and _COMMENTS.search(named) else None


def _is_hidden(node: HtmlElement) -> bool:
    """Whether an element is out of sight until a script shows it: a dialogue."""
    attributes = node.attrib
    if not attributes:
        return False
    style = (node.get("style") or "").replace(" ", "").lower()
    return (
        "hidden" in attributes
        or node.get("aria-hidden") == "true"
        or node.get("role") in _DIALOGS
        or "display:none" in style
    )


def _anchor(node: HtmlElement, start: int, text: str, base: str) -> Anchor:
    raw = (node.get("href") or "").strip()
    words = text[start:].strip()
    if not words:  # a link round whole blocks
        words = " ".join("".join(node.itertext()).split())[:300]
    return Anchor(urls.join(base, raw) or "", words, start, raw, node.get("rel") or "")
