"""A page's tree without the boxes that are no article, whatever stands in them.

Goes by names, roles and what is hidden; spares what holds much of the page's prose,
since a name may be wrong and a lost article is worse than a box too many.
"""

import re

from lxml.html import HtmlElement

from reader.extract import phrases
from reader.extract.told import Told
from reader.extract.tree import words_of
from reader.rules.article import ArticleRules

_PROSE = ("p", "blockquote", "pre")
_PROSE_LENGTH = 80
_SPARED = 0.3
_NOTHING = Told()
_ROLE_NAMES = "navigation banner search dialog alertdialog menu menubar toolbar tablist"
_ROLES = frozenset(_ROLE_NAMES.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BODY = ("articlebody", "reviewbody", "text", "description")


def clean(root: HtmlElement, rules: ArticleRules, told: Told = _NOTHING) -> HtmlElement:
    """The same tree, its boxes taken out in place but for what the feed said, too."""
    prose = _prose_lengths(root)
    whole = prose.get(root, 0)
    for element in list(root.iter()):
        if element is root or element.tag in ("html", "head", "body"):
            continue
        if not _is_box(element, rules) or prose.get(element, 0) > _SPARED * whole:
            continue
        if not told.holds(words_of(element)):
            _forget(element, prose)
            element.drop_tree()
    return root


def _prose_lengths(root: HtmlElement) -> dict[HtmlElement, int]:
    """How much running text stands in each element, links not counted."""
    lengths: dict[HtmlElement, int] = {}
    for element in root.iter(*_PROSE):
        text = words_of(element)
        linked = sum(len(words_of(a)) for a in element.iter("a"))
        if len(text) - linked >= _PROSE_LENGTH:
            lengths[element] = len(text) - linked
    # What holds something comes before it, so that this adds up from within.
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None and element is not root and element in lengths:
            lengths[parent] = lengths.get(parent, 0) + lengths[element]
    return lengths


def _forget(element: HtmlElement, prose: dict[HtmlElement, int]) -> None:
    gone = prose.get(element, 0)
    for holder in element.iterancestors():
        if gone and holder in prose:
            prose[holder] -= gone


def _is_box(element: HtmlElement, rules: ArticleRules) -> bool:
    if element.tag in ("nav", "form", "menu"):
        return True
    get = element.get
    if get("itemprop", "").lower() in _BODY:
        return False
    if get("role", "").lower() in _ROLES or get("aria-modal") == "true":
        return True
    if "hidden" in element.attrib or _HIDDEN.search(get("style", "")):
        return True
    names = f"{get('class', '')} {get('id', '')}"
    return names != " " and phrases.is_box(names, rules.boxes)
