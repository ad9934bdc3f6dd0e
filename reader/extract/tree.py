"""A page's tree made plain: only blocks hold text, and unknown elements are known ones.

After `plain_tree` every text stands in a leaf block (a paragraph, heading, list item,
cell …) that holds no other block, so that a text is kept or dropped by its element.
Works in place on the tree it is given; judges nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

DEPTH_MAX = 80
DEPTH_LEAST = 32
_LEVELS_MAX = 400_000
"""Levels kept of a page; what is nested deeper is lifted to this one.

Fewer of a page of very many elements: all of them together have a bound, too.
"""

_HEADING_MAX = 300
_TAGS_MANY = 2_000
_CELLS_MAX = 500
ELEMENTS_MAX = 20_000
TEXT_MAX = 1_000_000
"""Elements and characters kept of a page; the longest articles have a tenth of it."""
SIGNS_MAX = 100_000
"""Signs of markup among them, for whoever reads it stops at each; the others go."""
_SIGNS = "\\`*_[]<>&~|\xa0"
_NO_SIGNS = str.maketrans(dict.fromkeys(_SIGNS, " "))
_ATTRIBUTE_MAX = 20_000
_WORDED_MAX = 1_000
"""Characters of an attribute: longer ones go, those that are shown are cut."""
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_WORDED = ("alt", "title", "aria-label")

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl"
    " dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html"
    " legend li main menu nav ol p pre section summary table tbody td template tfoot th"
    " thead tr ul"
)
BLOCKS = frozenset(_BLOCKS_NAMES.split())
_INLINES_NAMES = (
    "a abbr acronym audio b bdi bdo big br button canvas cite code data del dfn em"
    " embed font i iframe img input ins kbd label map mark math meter noscript object"
    " output picture progress q rb rp rt ruby s samp select small source span strike"
    " strong sub sup svg textarea time track tt u var video wbr"
)
INLINES = frozenset(_INLINES_NAMES.split())
# What the HTML of a page holds besides text to read.
UNREAD = (
    "script",
    "style",
    "template",
    "link",
    "meta",
    "svg",
    "canvas",
    "map",
    "input",
    "button",
    "select",
    "textarea",
    "progress",
    "meter",
    "object",
    "embed",
    "dialog",
    "applet",
    "frameset",
    "noframes",
)
_SILENT = frozenset((*UNREAD, "title"))
# Containers whose loose text stands in no paragraph of its own.
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_ROWS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "html"))


def shallow(html: str) -> str:
    """HTML that nests no deeper than anybody reads; most is as it was.

    html5ever takes a time that is quadratic in depth; libxml2 stops at its bound, and
    what it finds no text in is stripped of its tags.
    """
    if html.count("<") < _TAGS_MANY:
        return html
    parser = HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        root = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    if not words_of(root):
        return escape(" ".join(re.sub(r"<[^<>]*>", " ", html[:TEXT_MAX]).split()))
    _flatten(bounded(root))
    return str(etree.tostring(root, encoding="unicode", method="html"))


def writable(text: str) -> str:
    """Text without the characters that XML has no place for."""
    return _UNWRITABLE.sub(" ", text) if _UNWRITABLE.search(text) else text


def words_of(element: HtmlElement) -> str:
    """An element's text, white space folded."""
    return " ".join("".join(element.itertext()).split())


def whole(text: str | None, default: int) -> int:
    """A whole number out of an attribute, or what it is where there is none."""
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else default


def drop(element: HtmlElement) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


@dataclass(slots=True)
class _Room:
    """How much a page may say yet: characters, and signs of markup among them."""

    text: int = TEXT_MAX
    signs: int = SIGNS_MAX

    def fit(self, text: str) -> str:
        """As much of a text as there is room for; without signs when those are out."""
        text = text[: self.text]
        self.text -= len(text)
        found = sum(map(text.count, _SIGNS))
        if found > self.signs:
            text = text.translate(_NO_SIGNS)
        else:
            self.signs -= found
        return writable(text)


def bounded(root: HtmlElement) -> HtmlElement:
    """The tree without comments, cut where no page for readers is as long.

    Characters that XML has no place for go, too: lxml reads but does not write them.
    """
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction, etree.Entity)
    room = _Room()
    beyond = [cell for row in root.iter("tr") for cell in row[_CELLS_MAX:]]
    for count, element in enumerate(root.iter()):
        if count > ELEMENTS_MAX or room.text <= 0:
            beyond.append(element)
            continue
        if element.text and element.tag in _SILENT:
            element.text = writable(element.text)
        elif element.text:
            element.text = room.fit(element.text)
        if element.tail:
            element.tail = room.fit(element.tail)
        if element.attrib:
            _bound_attributes(element, room)
    gone = set(beyond)
    for element in beyond:
        parent = element.getparent()
        if parent is not None and parent not in gone:
            parent.remove(element)
    return root


def _bound_attributes(element: HtmlElement, room: _Room) -> None:
    """Take off what is too long in an element's attributes; words are cut."""
    for name, value in element.items():
        if name in _WORDED:
            if (words := room.fit(value[:_WORDED_MAX])) != value:
                element.set(name, words)
        elif len(value) > _ATTRIBUTE_MAX:
            del element.attrib[name]
        elif _UNWRITABLE.search(value):
            element.set(name, _UNWRITABLE.sub(" ", value))


def plain_tree(root: HtmlElement) -> HtmlElement:
    """The tree with known elements and its texts in leaf blocks only, in place."""
    etree.strip_elements(root, *UNREAD, with_tail=False)
    _flatten(root)
    _name_unknown(root)
    for element in root.iter(*HEADINGS, "pre"):
        _without_blocks(element)
    with_blocks = _open(root)
    for element in with_blocks:
        _wrap_loose(element, with_blocks)
    for element in list(root.iter("p", "div")):
        if element not in with_blocks:
            _split_at_breaks(element)
    return root


def _flatten(root: HtmlElement) -> None:
    """Unwrap what holds others deeper than anybody nests, walking without recursion.

    What holds no block stays what it is, so that its text stays apart from others'. The
    outermost go first: so nothing is lifted more than once.
    """
    walked = list(_walk(root))
    most = min(DEPTH_MAX, max(DEPTH_LEAST, _LEVELS_MAX // len(walked)))
    for element in [e for depth, e in walked if depth > most and _holds_deep(e)]:
        if element.tag in BLOCKS:
            element.text = f" {element.text or ''}"
            element.tail = f" {element.tail or ''}"
        element.drop_tag()


def _holds_deep(element: HtmlElement) -> bool:
    """Whether an element holds blocks, or is inline and holds anything."""
    if element.tag not in BLOCKS:
        return len(element) > 0
    return any(child.tag in BLOCKS for child in element)


def _walk(root: HtmlElement) -> Iterator[tuple[int, HtmlElement]]:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield depth, element
            depth += 1
        else:
            depth -= 1


def _name_unknown(root: HtmlElement) -> None:
    """Custom elements are divs where they hold blocks, else spans (HTML, 13.3)."""
    for element in root.iter():
        if element.tag not in BLOCKS and element.tag not in INLINES:
            element.tag = "span"
            element.attrib.pop("hidden", None)


def _without_blocks(element: HtmlElement) -> None:
    """A heading or code whose lines are blocks is one, unless it was left open."""
    blocks = [e for e in element.iter(*BLOCKS) if e is not element]
    code = element.tag == "pre"
    if not blocks or (not code and len(words_of(element)) > _HEADING_MAX):
        return
    if code and any(e.tag not in ("div", "p", "li", "ol", "ul") for e in blocks):
        return
    for block in blocks:
        block.tail = ("\n" if code else " ") + (block.tail or "")
        block.drop_tag()


def _open(root: HtmlElement) -> dict[HtmlElement, None]:
    """Elements that hold blocks, innermost first; inline ones become divs."""
    found: dict[HtmlElement, None] = {}
    for element in reversed(list(root.iter())):
        if element.tag in BLOCKS or element in found:
            parent = element.getparent()
            if parent is not None:
                found[parent] = None
    for element in found:
        if element.tag not in BLOCKS or element.tag in ("p", "pre", *HEADINGS):
            element.tag = "div"
    return found


def _wrap_loose(element: HtmlElement, with_blocks: dict[HtmlElement, None]) -> None:
    """Put runs of text and inline elements between blocks into paragraphs."""
    if element.tag in _ROWS:
        return
    tag = "li" if element.tag in _LISTS else "p"
    children = list(element)
    run: HtmlElement | None = None
    if element.text and element.text.strip():
        run = element.makeelement(tag)
        run.text, element.text = element.text, None
        element.insert(0, run)
    for child in children:
        if child.tag in BLOCKS or child in with_blocks:
            run = None
            if child.tail and child.tail.strip():
                run = element.makeelement(tag)
                run.text, child.tail = child.tail, None
                child.addnext(run)
            continue
        if run is None:
            run = element.makeelement(tag)
            child.addprevious(run)
        run.append(child)


def _split_at_breaks(element: HtmlElement) -> None:
    """Two line breaks in a row end a paragraph, as the page shows it."""
    breaks = [
        child
        for child in element.iterchildren("br")
        if child.getnext() is not None
        and child.getnext().tag == "br"
        and not (child.tail or "").strip()
    ]
    if not breaks or element.getparent() is None:
        return
    for piece in reversed(_pieces(element)):
        element.addnext(piece)
    drop(element)


def _pieces(element: HtmlElement) -> list[HtmlElement]:
    pieces = [element.makeelement("p")]
    pieces[0].text = element.text
    children = list(element)
    for child, after in zip(children, chain(children[1:], [None]), strict=True):
        double = child.tag == "br" and after is not None and after.tag == "br"
        if double and not (child.tail or "").strip():
            pieces.append(element.makeelement("p"))
        elif child.tag == "br" and not len(pieces[-1]) and not pieces[-1].text:
            pieces[-1].text = child.tail
        else:
            pieces[-1].append(child)
    return [piece for piece in pieces if words_of(piece) or len(piece)]


def leaves(root: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks that hold text and no other block, in reading order."""
    for element in root.iter():
        if element.tag in BLOCKS and not any(c.tag in BLOCKS for c in element):
            yield element
