"""Pictures and their captions as figures, however a page marks them up.

Changes the tree in place; decides of no text whether it is the article's.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from reader import urls
from reader.extract.tree import words_of

_CAPTION_MAX = 600
# "gallerytext" is what MediaWiki calls the captions of its galleries.
_MARKS = ("caption", "credit", "legend", "copyright", "gallerytext")
_WORDS = ("blockquote", "table", "pre")
_INLINE = ("a", "span", "em", "i", "b", "strong", "small", "cite")
_HOLDER_NAMES = "ul ol menu dir li dl dd table caption tbody thead tfoot tr td th"
_HOLDERS = frozenset((*_HOLDER_NAMES.split(), "blockquote"))
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.I)
_CAPTIONS_SHARE = 0.4
_CAPTION_LEVELS = 3
"""How far around a caption its picture may be."""
_LEAD_WIDTH = 200
"""Pixels from which on a picture over a text is more than an ornament of it."""


def settle(root: HtmlElement) -> HtmlElement:
    """The tree with captions in the figures, quotations and tables that they are of."""
    for caption in list(root.iter("figcaption")):
        if next(caption.iterancestors("figure"), None) is None:
            _into_figure_before(caption)
    for figure in list(root.iter("figure")):
        of_words = any(figure.find(f".//{tag}") is not None for tag in _WORDS)
        if of_words and figure.find(".//img") is None:
            _open(figure)
    return root


def named(root: HtmlElement) -> HtmlElement:
    """The tree with figures of the pictures whose captions only a class names.

    Where captions say most of what a page says they are its text, as in a gallery;
    tables and lists are left as they are.
    """
    named = (e for e in root.iter() if e.tag not in _HOLDERS and _names_caption(e))
    captions = [e for e in named if e.find(".//img") is None]
    said = sum(len(words_of(caption)) for caption in captions)
    if said > max(_CAPTION_MAX, _CAPTIONS_SHARE * len(words_of(root))):
        return root
    # Each once, in order: thousands of captions may stand around one picture.
    holders = dict.fromkeys(map(_shown_in, filter(words_of, captions)))
    for holder in holders:
        if holder is not None and holder.getparent() is not None:
            stays(holder)
    return root


def _shown_in(caption: HtmlElement) -> HtmlElement | None:
    """What holds a caption and a picture, where that is near and no figure yet."""
    if next(caption.iterancestors("figure"), None) is not None:
        return None
    around = islice(caption.iterancestors(), _CAPTION_LEVELS)
    return next((e for e in around if e.find(".//img") is not None), None)


def _names_caption(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return names != " " and any(mark in names for mark in _MARKS)


def _into_figure_before(caption: HtmlElement) -> None:
    before = caption.getprevious()
    if before is None or (before.tail or "").strip() or before.find(".//img") is None:
        return
    if before.tag == "figure" and before.find(".//figcaption") is None:
        tail, caption.tail = caption.tail, None
        before.append(caption)
        before.tail = tail


def _open(figure: HtmlElement) -> None:
    """A figure of words: its caption says where they are from, or what they show."""
    figure.tag = "div"
    caption = figure.find(".//figcaption")
    if caption is None:
        return
    quoted, table = figure.find(".//blockquote"), figure.find(".//table")
    caption.tag = "div"
    if quoted is not None and quoted not in caption.iterancestors():
        caption.tag, caption.tail = "footer", None
        quoted.append(caption)
    elif table is not None and table.find("caption") is None and not len(caption):
        caption.tag, caption.tail = "caption", None
        table.insert(0, caption)


def lead(root: HtmlElement, first: HtmlElement, page: str) -> HtmlElement | None:
    """The figure between an article's title and its first block, where there is one."""
    found, titled = None, False
    for element in root.iter():
        if element is first:
            return found
        if element.tag == "h1":
            found, titled = None, True
        elif element.tag == "figure" and titled and found is None:
            shows = _is_figure(element) and not _teases(element, page)
            found = element if shows else None
    return None


def _is_figure(element: HtmlElement) -> bool:
    """Whether a figure shows one picture and says no more than its caption."""
    said = sum(len(words_of(c)) for c in element.iter("figcaption"))
    one = len(element.findall(".//img")) == 1
    return one and said <= _CAPTION_MAX and len(words_of(element)) <= said + 20


def _teases(element: HtmlElement, page: str) -> bool:
    """Whether a picture leads to another page of the site, rather than to itself."""
    links = (a for image in element.iter("img") for a in image.iterancestors("a"))
    found = (urls.join(page, link.get("href") or "") for link in links)
    return any(
        url and urls.same_site(url, page) and not _PICTURE_FILE.search(url)
        for url in found
    )


def leads(element: HtmlElement, page: str) -> bool:
    """Whether something over a text that it stands with is a picture of it."""
    images = list(element.iter("img"))
    if len(images) != 1 or words_of(element) or _teases(element, page):
        return False
    width = images[0].get("width", "")
    return not width.isdigit() or int(width[:6]) >= _LEAD_WIDTH


def stays(element: HtmlElement) -> bool:
    """Whether something without chosen text is pictures with at most their captions.

    What is gets to be a figure.
    """
    if element.tag != "img" and element.find(".//img") is None:
        return False
    texts = list(_texts(element))
    if not texts:
        return True
    if sum(len(words_of(text)) for text in texts) > _CAPTION_MAX:
        return False
    if element.tag != "figure" and not all(map(_is_caption, texts)):
        return False
    _make_figure(_innermost(element), texts)
    return True


def _innermost(element: HtmlElement) -> HtmlElement:
    """What may become a figure: never an item, a cell, or what holds such."""
    while element.tag in _HOLDERS and len(element) == 1:
        element = element[0]
    if element.tag not in _HOLDERS:
        return element
    inner = element.makeelement("figure")
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)
    return inner


def _texts(element: HtmlElement) -> Iterator[HtmlElement]:
    """The innermost elements that hold text of their own, links with their blocks."""
    for found in element.iter():
        if found.text and found.text.strip():
            yield found


def _is_caption(text: HtmlElement) -> bool:
    for holder in (text, *text.iterancestors()):
        if "caption" in holder.tag or _names_caption(holder):
            return True
        if holder.find(".//img") is not None:
            return False
    return False


def _make_figure(element: HtmlElement, texts: list[HtmlElement]) -> None:
    """Give a picture with its caption the elements that say so."""
    if element.tag == "figure" and element.find(".//figcaption") is not None:
        return
    if element.find(".//figcaption") is not None:
        if element.find(".//figure") is None:
            element.tag = "figure"
        return
    caption = element.makeelement("figcaption")
    said: set[str] = set()
    for text in texts:
        holder = _caption_holder(text, element)
        if holder is not element and holder.getparent() is not None:
            words = words_of(holder)
            holder.tail = " "
            holder.getparent().remove(holder)
            if words in said:
                # Galleries have a caption once more, cut short by a script.
                continue
            said.add(words)
            holder.tag = "a" if holder.tag == "a" else "span"
            caption.append(holder)
    element.tag = "figure"
    element.append(caption)


def _caption_holder(text: HtmlElement, figure: HtmlElement) -> HtmlElement:
    while text.tag in _INLINE:
        parent = text.getparent()
        if parent is None or parent is figure or parent.find(".//img") is not None:
            break
        text = parent
    return text
