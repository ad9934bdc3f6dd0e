"""A page's tree cut back to the blocks that were chosen, their structure kept.

Pictures and rules among the blocks stay, captions with their pictures. Changes the tree
in place; chooses no text.
"""

from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from reader.extract import figures
from reader.extract.tree import words_of

_PART_NAMES = "li td th tr tbody thead tfoot dt dd caption figcaption"
_PARTS = frozenset(_PART_NAMES.split())
_CELLS_KEPT = 0.4
_BEHIND = 3
"""Levels around the last text in which a picture behind it is still its own."""


def prune(
    root: HtmlElement, wanted: Sequence[HtmlElement], page: str = ""
) -> HtmlElement:
    """The smallest part of the tree that holds all of `wanted`, and little else.

    `page` is its address, by which a picture that leads elsewhere is known.
    """
    inside = set(wanted)
    around = _around(wanted)
    top = _common(root, wanted)
    left = len(inside)
    beside = wanted[0].getparent()
    behind: tuple[HtmlElement, ...] = ()
    walk = [(child, top) for child in reversed(top)] if top not in inside else []
    while walk:
        element, parent = walk.pop()
        if element in inside:
            left -= 1
        elif element in around:
            if _is_kept_table(element, inside):
                left -= sum(cell in inside for cell in element.iter())
            else:
                walk.extend((child, element) for child in reversed(element))
            continue
        elif left == 0:
            behind = _pruned_behind(element, parent, behind)
        elif left == len(inside) and parent is beside and figures.leads(element, page):
            pass
        elif not _stays(element, before=left == len(inside)):
            parent.remove(element)
        if left == 0 and element in inside:
            behind = (parent, *islice(parent.iterancestors(), _BEHIND))
    return top


def _pruned_behind(
    element: HtmlElement,
    parent: HtmlElement,
    behind: tuple[HtmlElement, ...],
) -> tuple[HtmlElement, ...]:
    """Behind the last text pictures stay that follow it at once; anything else ends it.

    `behind` are the elements in which more of them may stand.
    """
    if parent in behind and figures.stays(element):
        return behind
    said = bool(words_of(element))
    parent.remove(element)
    return () if said else behind


def _around(wanted: Sequence[HtmlElement]) -> set[HtmlElement]:
    """All that holds any of some elements."""
    around: set[HtmlElement] = set()
    for element in wanted:
        for holder in element.iterancestors():
            if holder in around:
                break
            around.add(holder)
    return around


def _common(root: HtmlElement, wanted: Sequence[HtmlElement]) -> HtmlElement:
    """The innermost element around all, not a mere part of a list or table.

    What holds the first and the last holds all between them.
    """
    first, last = wanted[0], wanted[-1]
    holders = {last, *last.iterancestors()}
    for holder in (first, *first.iterancestors()):
        if holder in holders and holder.tag not in _PARTS:
            return holder
    return root


def _is_kept_table(element: HtmlElement, inside: set[HtmlElement]) -> bool:
    """Whether a table is kept whole, since much of what it says was chosen."""
    if element.tag != "table" or element.find(".//table") is not None:
        return False
    cells = [cell for cell in element.iter("td", "th") if words_of(cell)]
    kept = sum(any(e in inside for e in cell.iter()) for cell in cells)
    return kept >= _CELLS_KEPT * len(cells)


def _stays(element: HtmlElement, before: bool) -> bool:
    """Whether something without chosen text is a picture of the article's, or a rule.

    Before the first text only what is marked up as a figure counts.
    """
    if element.tag == "hr":
        return not before
    if before and element.tag != "figure" and element.find(".//figure") is None:
        return False
    return figures.stays(element)
