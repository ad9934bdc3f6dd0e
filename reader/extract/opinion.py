"""Which leaf blocks of a page trafilatura takes for its article.

Each leaf of a copy ends in a character of its own that no page uses, so that the text
which comes out of trafilatura's cascade names the leaves that it came from, whichever
way it went. Judges nothing itself.
"""

import logging
import re
from collections.abc import Sequence
from copy import deepcopy

from lxml.etree import LxmlError
from lxml.html import HtmlElement

LEAVES_MAX = 20_000
_FIRST = 0x20000
_SIGNS = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + LEAVES_MAX)}]")
_LEAF = "data-leaf"


def kept(tree: HtmlElement, leaves: Sequence[HtmlElement]) -> frozenset[int]:
    """The numbers of those of `leaves`, all of `tree`, that are the article's."""
    text = _extracted(_signed(tree, leaves[:LEAVES_MAX]))
    return frozenset(ord(sign) - _FIRST for sign in _SIGNS.findall(text))


def _signed(tree: HtmlElement, leaves: Sequence[HtmlElement]) -> HtmlElement:
    for number, leaf in enumerate(leaves):
        leaf.set(_LEAF, str(number))
    copy = deepcopy(tree)
    for leaf in leaves:
        del leaf.attrib[_LEAF]
    for element in copy.iter():
        # A page's own characters of that range must not be taken for ours.
        if element.text and _SIGNS.search(element.text):
            element.text = _SIGNS.sub("〓", element.text)
        if element.tail and _SIGNS.search(element.tail):
            element.tail = _SIGNS.sub("〓", element.tail)
    for cell in copy.iter("td", "th"):
        # It fills what a cell spans with cells; no text depends on it.
        for name in ("colspan", "rowspan"):
            cell.attrib.pop(name, None)
    for element in copy.iterfind(f".//*[@{_LEAF}]"):
        sign = f" {chr(_FIRST + int(element.attrib.pop(_LEAF)))}"
        if len(element):
            element[-1].tail = (element[-1].tail or "") + sign
        else:
            element.text = (element.text or "") + sign
    return copy


def _extracted(tree: HtmlElement) -> str:
    # Imported when an article is read: it costs 150 ms.
    import trafilatura

    # It reports what it discards to the root logger, which is the user's, not ours.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    try:
        found = trafilatura.extract(
            tree, favor_precision=True, include_comments=False, include_tables=True
        )
    except _FAILURES:
        return ""
    return found or ""


# What a hostile tree was seen to raise out of trafilatura and the lxml under it.
_FAILURES = (
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    LxmlError,
    RecursionError,
    TypeError,
    ValueError,
)
