"""A page's tree cut back to the blocks that were chosen, their structure kept.

Pictures and rules among the blocks stay, captions with their pictures. Changes the tree
in place; chooses no text.
"""

from collections.abc import Collection, Iterator

from lxml.html import HtmlElement

from reader.extract.tree import words_of

_PART_NAMES = "li td th tr tbody thead tfoot dt dd caption figcaption"
_PARTS = frozenset(_PART_NAMES.split())
_CAPTION_MAX = 600
_CELLS_KEPT = 0.4


def prune(root: HtmlElement, wanted: Collection[HtmlElement]) -> HtmlElement:
    """The smallest part of the tree that holds all of `wanted`, and little else."""
    inside = set(wanted)
    around = {a for element in inside for a in element.iterancestors()}
    top = _common(root, inside)
    left = len(inside)
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
        elif not left or not _stays(element, before=left == len(inside)):
            parent.remove(element)
    return top


def _common(root: HtmlElement, inside: set[HtmlElement]) -> HtmlElement:
    """The innermost element around all, not a mere part of a list or table."""
    counts: dict[HtmlElement, int] = {}
    for element in inside:
        for holder in (element, *element.iterancestors()):
            counts[holder] = counts.get(holder, 0) + 1
    some = next(iter(inside))
    for holder in (some, *some.iterancestors()):
        if counts[holder] == len(inside) and holder.tag not in _PARTS:
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
    if element.tag != "img" and element.find(".//img") is None:
        return False
    texts = list(_texts(element))
    if not texts:
        return True
    if sum(len(words_of(text)) for text in texts) > _CAPTION_MAX:
        return False
    if element.tag != "figure" and not all(map(_is_caption, texts)):
        return False
    _make_figure(element, texts)
    return True


def _texts(element: HtmlElement) -> Iterator[HtmlElement]:
    """The innermost elements that hold text of their own, links with their blocks."""
    for found in element.iter():
        if found.text and found.text.strip():
            yield found


def _is_caption(text: HtmlElement) -> bool:
    for holder in (text, *text.iterancestors()):
        names = f"{holder.tag} {holder.get('class', '')}".lower()
        if any(mark in names for mark in ("caption", "credit", "legend", "copyright")):
            return True
        if holder.find(".//img") is not None:
            return False
    return False


def _make_figure(element: HtmlElement, texts: list[HtmlElement]) -> None:
    """Give a picture with its caption the elements that say so."""
    if element.find(".//figcaption") is not None:
        figure = element.find(".//figure")
        if figure is None and element.tag != "figure":
            element.tag = "figure"
        return
    caption = element.makeelement("figcaption")
    for text in texts:
        holder = text
        while holder.tag in ("a", "span", "em", "i", "b", "strong", "small", "cite"):
            parent = holder.getparent()
            if parent is None or parent is element or parent.find(".//img") is not None:
                break
            holder = parent
        if holder is not element and holder.getparent() is not None:
            tail, holder.tail = holder.tail, " "
            holder.getparent().remove(holder)
            holder.tag = "a" if holder.tag == "a" else "span"
            caption.append(holder)
            del tail
    element.tag = "figure"
    element.append(caption)
