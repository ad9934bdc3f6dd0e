"""One leaf block of a page, and what is asked about it.

Answers from the block and where it stands; decides nothing.
"""

import re
from collections.abc import Collection
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from reader import urls
from reader.extract.tree import HEADINGS, words_of

_WORD = re.compile(r"\w+")
# A script without spaces: each character counts for half a word.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।:;][\"'”’»」』)\]]*$")


Paths = dict[HtmlElement, tuple[str, ...]]
"""Where what stands in an element stands, for elements that were looked at."""

_WRAPPINGS = 4
_WRAPPED = 3
_LIST_NAMES = ("ul ", "ol ", "dl ", "li ", "dd ", "dt ")
_PARTS = ("li", "td", "th", "dd", "dt")


class Leaf:
    """A leaf block; `text` is what it says, white space folded."""

    def __init__(
        self, element: HtmlElement, text: str, paths: Paths | None = None
    ) -> None:
        """`paths` is shared by the leaves of a tree, so that each is found once."""
        self.element = element
        self.text = text
        self._paths = {} if paths is None else paths

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the text, in lower case."""
        return tuple(_WORD.findall(self.text.lower()))

    @cached_property
    def length(self) -> int:
        """How many words the text has, or would have with spaces between them."""
        return len(self.words) + len(_DENSE.findall(self.text)) // 2

    @cached_property
    def is_heading(self) -> bool:
        """Whether this is a heading."""
        return self.element.tag in HEADINGS

    @cached_property
    def is_sentence(self) -> bool:
        """Whether the text ends as a sentence does."""
        return bool(_SENTENCE_END.search(self.text))

    @cached_property
    def links(self) -> tuple[HtmlElement, ...]:
        """The links with a text in it, or the one that it stands in."""
        return tuple(a for a in self.element.iter("a") if a.get("href"))

    @cached_property
    def linked(self) -> float:
        """The share of the text that is links."""
        inside = sum(len(words_of(a)) for a in self.links)
        return min(1.0, inside / len(self.text)) if self.text else 0.0

    def points_within(self, page: str) -> bool:
        """Whether this is nothing but links to other pages of the page's own site."""
        if self.linked < 0.85 or not self.links:
            return False
        found = (urls.join(page, a.get("href")) for a in self.links)
        return all(url and urls.same_site(url, page) for url in found)

    @cached_property
    def holder(self) -> HtmlElement | None:
        """The element that holds the block; of an item or a cell, its list or table.

        A paragraph in an item without a class is the item's text like any other, and
        what holds nothing but a heading is the heading's own wrapping.
        """
        if self.element.tag in _PARTS:
            return _around_list(self.element)
        if self.is_heading:
            return self._wrapping()
        holder = self.element.getparent()
        plain = holder is not None and holder.tag in _PARTS and not holder.get("class")
        return _around_list(holder) if plain else holder

    def _wrapping(self) -> HtmlElement | None:
        holder = self.element.getparent()
        for _ in range(_WRAPPINGS):
            # Not by `len`, which counts all that a holder of thousands has.
            if holder is None or next(islice(holder, _WRAPPED, None), None) is not None:
                return holder
            if words_of(holder) != self.text:
                return holder
            holder = holder.getparent()
        return holder

    @cached_property
    def path(self) -> tuple[str, ...]:
        """Where the block stands: the names of all that is around it, innermost first.

        Numbers in names are all one, since pages number their parts; so are sections
        within sections of the same name, since manuals nest theirs.
        """
        holder = self.holder
        if holder is None:
            return ()
        if holder not in self._paths:
            self._paths[holder] = _path(holder)
        return self._paths[holder]

    def listed_in(self, homes: Collection[tuple[str, ...]]) -> bool:
        """Whether this is in a list that stands in one of some places."""
        if not self.within("li", "dd", "dt"):
            return False
        path = self.path
        while path and path not in homes and path[0].startswith(_LIST_NAMES):
            path = path[1:]
        # What is around a list alone: manuals have a div for each.
        return path in homes or path[1:] in homes

    def quoted_in(self, homes: Collection[tuple[str, ...]]) -> bool:
        """Whether this stands in one of some places, or in a quotation that does."""
        path = self.path
        while path and path not in homes and path[0].startswith("blockquote "):
            path = path[1:]
        return path in homes

    @cached_property
    def kind(self) -> str:
        """The kind of the block itself: its tag and class."""
        tag = "heading" if self.is_heading else str(self.element.tag)
        return f"{tag} {_DIGITS.sub('0', self.element.get('class', ''))}"

    def within(self, *tags: str) -> bool:
        """Whether the leaf is, or stands in, such an element."""
        ancestors = self.element.iterancestors(*tags)
        return self.element.tag in tags or next(ancestors, None) is not None


def _path(holder: HtmlElement | None) -> tuple[str, ...]:
    path: list[str] = []
    while holder is not None and holder.tag not in ("body", "html"):
        name = f"{holder.tag} {_DIGITS.sub('0', holder.get('class', ''))}"
        if holder.tag != "section" or path[-1:] != [name]:
            path.append(name)
        holder = holder.getparent()
    return tuple(path)


def _around_list(part: HtmlElement) -> HtmlElement | None:
    """What holds the outermost list or table that an item or a cell is of."""
    around = list(part.iterancestors("ul", "ol", "dl", "table"))
    return around[-1].getparent() if around else None
