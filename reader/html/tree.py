"""A page's text as libxml2's tree, mended where browsers read it otherwise.

Never raises on any text; judges nothing.
"""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

__all__ = ["HtmlElement", "tree_of"]

ATTRIBUTES_MAX = 500
"""Attributes of one tag; libxml2's time for a tag is quadratic in them."""

_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,64})[^<>]{1000,}")
_HEAD = frozenset(
    ("title", "meta", "link", "base", "script", "style", "noscript", "template")
)
"""What may stand in a head (WHATWG HTML, 4.2.1); anything else opens the body."""


def tree_of(text: str) -> HtmlElement:
    """The tree of a page; an empty one for what holds no markup."""
    # Bytes, because lxml refuses a str that names an encoding of its own.
    parser = HTMLParser(encoding="utf-8", recover=True, huge_tree=False)
    data = _LONG_TAG.sub(_uncrowded, text).encode("utf-8", "replace")
    try:
        return _with_body(document_fromstring(data, parser=parser))
    except (etree.ParserError, etree.XMLSyntaxError):
        return document_fromstring(b"<html><body></body></html>", parser=parser)


def _uncrowded(tag: re.Match[str]) -> str:
    """A long tag as it is; without attributes when it has more than anybody reads."""
    crowded = len(tag[0].split(None, ATTRIBUTES_MAX)) > ATTRIBUTES_MAX
    return f"<{tag[1]}" if crowded else tag[0]


def _with_body(root: HtmlElement) -> HtmlElement:
    """The tree with its text in a body.

    A page that leaves out its body tag and begins with an element of HTML 5 has it all
    in its head by libxml2, which knows HTML 4 only.
    """
    head = root.find("head")
    if head is None or root.find("body") is not None:
        return root
    first = next((i for i, node in enumerate(head) if node.tag not in _HEAD), None)
    if first is not None:
        body = etree.SubElement(root, "body")
        body.extend(head[first:])
    return root
