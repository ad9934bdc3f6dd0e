"""Does an article's structure arrive? Compares Markdown with a page's expected HTML.

The words of both are laid side by side, in order; what counts lies in the paragraphs,
lists, tables and figures of the expected HTML most of whose words our text has at the
same place. Prints; changes nothing.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from unicodedata import normalize
from urllib.parse import unquote, urljoin

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from reader.extract import html_of

URL = "http://fakehost/test/page.html"
KINDS = ("links", "images", "items", "cells", "code")
_BLOCKS_NAMES = (
    "p li td th pre figure figcaption blockquote dd dt div section article h1 h2 h3 h4"
    " h5 h6 ul ol dl table tr caption center"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_LISTS = ("ul", "ol", "menu", "dir")
_IN_PROSE = ("p", "li", "td", "th", "pre", "dd", "dt", "blockquote", "figcaption")
_KEPT = 0.5
_AROUND = 25
"""Words on either side by which a picture is known to stand in a kept text."""
_MARK = re.compile(
    r"[\[(]?(?:(?:n|nb|note)?\s?\d{1,3}|[a-z]|[*†‡§^↑↩]{1,3})[\])]?", re.I
)
_BULLET = "•"

Part = tuple[str, object]


def tree(source: bytes) -> HtmlElement:
    """The tree of an HTML document in UTF-8, without comments and marks of notes."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True)
    root: HtmlElement = document_fromstring(source or b"<p></p>", parser=parser)
    for link in list(root.iter("a")):
        label = "".join(_said(link)).strip()
        in_code = next(link.iterancestors("pre"), None) is not None
        if _within(link) and _MARK.fullmatch(label) and not in_code:
            link.drop_tree()
    return root


def text(source: bytes) -> str:
    """The words of an HTML document, captions of figures left out."""
    root = tree(source)
    for unread in list(root.iter("figcaption", "script", "style", "svg", "noscript")):
        unread.drop_tree()
    return " ".join(" ".join(piece.split()) for piece in root.itertext())


def words(element: HtmlElement, *without: str) -> tuple[str, ...]:
    """The words of an element but for those in elements of some tags, in lower case."""
    text = normalize("NFKC", "".join(_said(element, without)))
    return tuple(re.findall(r"\w+", text.lower()))


def _said(element: HtmlElement, without: Sequence[str] = ()) -> Iterator[str]:
    """An element's text; line breaks and blocks part words."""
    yield element.text or ""
    for child in element:
        apart = " " if child.tag in _BLOCKS or child.tag == "br" else ""
        yield apart
        if child.tag not in without:
            yield from _said(child, without)
        yield apart + (child.tail or "")


@dataclass(frozen=True, slots=True)
class Laid:
    """A tree's words in order, and from where to where each element has them."""

    words: tuple[str, ...]
    spans: Mapping[HtmlElement, tuple[int, int]]


def laid(root: HtmlElement) -> Laid:
    """The words of a whole tree, laid out."""
    pieces: list[str] = []
    at = 0
    ends: dict[HtmlElement, tuple[int, int]] = {}
    starts: dict[HtmlElement, int] = {}

    def add(piece: str) -> None:
        nonlocal at
        pieces.append(piece)
        at += len(piece)

    for event, element in etree.iterwalk(root, events=("start", "end")):
        apart = " " if element.tag in _BLOCKS or element.tag == "br" else ""
        if event == "start":
            add(apart)
            starts[element] = at
            add(element.text or "")
        else:
            ends[element] = (starts[element], at)
            add(apart + (element.tail or ""))
    found = list(re.finditer(r"\w+", "".join(pieces)))
    places = [word.start() for word in found]
    spans = {
        element: (bisect_left(places, start), bisect_left(places, end))
        for element, (start, end) in ends.items()
    }
    return Laid(tuple(word[0].lower() for word in found), spans)


def arrived(expected: tuple[str, ...], ours: tuple[str, ...]) -> list[int]:
    """How many of the expected words up to each are ours, at the same place."""
    found = [0] * len(expected)
    for block in SequenceMatcher(None, expected, ours).get_matching_blocks():
        found[block.a : block.a + block.size] = [1] * block.size
    sums = [0]
    for one in found:
        sums.append(sums[-1] + one)
    return sums


def parts(root: HtmlElement, base: str) -> Iterator[tuple[HtmlElement, Part]]:
    """Everything whose arrival counts, as what must be equal on both sides.

    Links within the page are marks of notes or contents; notes arrive as paragraphs. An
    item of a list in a cell of a table arrives as a part of the cell.
    """
    for link in root.iter("a"):
        where = urljoin(base, link.get("href") or "")
        if not _within(link) and where.startswith("http") and words(link):
            yield link, ("links", (_plain_url(where), words(link)))
    for image in root.iter("img"):
        source = urljoin(base, image.get("src") or "")
        if image.get("src") and source.startswith("http"):
            yield image, ("images", _plain_url(source))
    for item in root.iter("li"):
        if (found := words(item, *_LISTS)) and not _is_note(item):
            yield item, ("items", found)
    for cell in root.iter("td", "th"):
        if (found := words(cell)) and not _is_layout(cell):
            yield cell, ("cells", found)
            for piece in "".join(_said(cell)).lower().split(_BULLET):
                yield cell, ("items in cells", tuple(re.findall(r"\w+", piece)))
    for code in root.iter("pre"):
        if found := words(code):
            yield code, ("code", found)


def _within(link: HtmlElement) -> bool:
    """Whether a link leads to a place of its own page."""
    where, _, name = (link.get("href") or "").partition("#")
    return (where in ("", URL) and bool(name)) or not link.get("href")


def _is_note(element: HtmlElement) -> bool:
    names = f"{element.get('id', '')} {element.get('class', '')}".lower()
    return any(mark in names for mark in ("note", "fn"))


def _is_layout(cell: HtmlElement) -> bool:
    """Whether a cell is part of a page's layout: it, or one beside it, holds blocks."""
    table = next(cell.iterancestors("table"), None)
    if table is None or table.get("role") == "presentation":
        return True
    cells = len(table.findall(".//td")) + len(table.findall(".//th"))
    if all(len(row) < 2 for row in table.iter("tr")):
        return True
    blocks = sum(True for _ in table.iter("table", "h1", "h2", "h3", "p"))
    return blocks - 1 > cells / 2 or table.find(".//table") is not None


def _plain_url(url: str) -> str:
    """A URL as two ways to write the same one agree."""
    plain = unquote(url.strip()).partition("#")[0].rstrip("/")
    return re.sub(r"^\w+://[^/?]*", lambda found: found[0].lower(), plain)


def expected_parts(root: HtmlElement, ours: tuple[str, ...]) -> Iterator[Part]:
    """What is to arrive: what lies in blocks that our text keeps."""
    all_words = laid(root)
    sums = arrived(all_words.words, ours)

    def kept(start: int, end: int) -> bool:
        return end > start and sums[end] - sums[start] >= _KEPT * (end - start)

    for element, part in parts(root, URL):
        block = _block(element)
        if block is None or part[0] == "items in cells":
            continue
        start, end = all_words.spans[block]
        if part[0] == "images":
            before, after = max(0, start - _AROUND), min(len(sums) - 1, end + _AROUND)
            if kept(before, start) or kept(end, after) or kept(start, end):
                yield part
        elif kept(start, end):
            yield part


def _block(element: HtmlElement) -> HtmlElement | None:
    """The paragraph, list, table or figure in which something lies."""
    if element.tag == "img":
        return next(element.iterancestors("figure"), element)
    if element.tag in ("td", "th"):
        return next(element.iterancestors("table"), None)
    if element.tag == "li":
        lists = list(element.iterancestors(*_LISTS))
        return lists[-1] if lists else None
    return next((e for e in (element, *element.iterancestors(*_IN_PROSE))), None)


@dataclass(frozen=True, slots=True)
class Structure:
    """What of one page was to arrive, and what of it is missing."""

    wanted: tuple[Part, ...]
    missing: tuple[Part, ...]


def compared(source: bytes, markdown: str) -> Structure:
    """The structure of a page's Markdown beside that of its expected HTML."""
    ours = tree(html_of(markdown).encode())
    got = Counter(part for _, part in parts(ours, URL))
    wanted = tuple(expected_parts(tree(source), laid(ours).words))
    missing = []
    for part in wanted:
        kinds = (part[0], "items in cells") if part[0] == "items" else (part[0],)
        found = next((k for k in kinds if got[k, part[1]] > 0), None)
        if found is None:
            missing.append(part)
        else:
            got[found, part[1]] -= 1
    return Structure(wanted, tuple(missing))


def report(cases: Sequence[tuple[str, bytes, str]], shown: int = 4) -> None:
    """Print which share of each kind of structure arrived, and what is missing."""
    found = [(name, compared(source, text)) for name, source, text in cases]
    for kind in KINDS:
        wanted = sum(part[0] == kind for _, page in found for part in page.wanted)
        missing = [
            f"{name}: {str(part[1])[:110]}"
            for name, page in found
            for part in page.missing
            if part[0] == kind
        ]
        share = 1 - len(missing) / wanted if wanted else 1.0
        print(f"  {kind:7} {share:6.1%} of {wanted}")
        for example in missing[:shown]:
            print(f"          {example}")
