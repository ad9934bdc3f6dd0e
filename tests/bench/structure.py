"""Does an article's structure arrive? Compares Markdown with a page's expected HTML.

Counts only what lies in blocks whose words arrived. Prints; changes nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urljoin

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from reader.extract import html_of, plain

URL = "http://fakehost/test/page.html"
BLOCKS = ("p", "li", "td", "th", "pre", "figure", "blockquote", "dd", "dt")
KINDS = ("links", "images", "items", "cells", "code")
_KEPT = 0.5
_SHOWN = 4


def tree(source: bytes) -> HtmlElement:
    """The tree of an HTML document in UTF-8, without comments."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True)
    return document_fromstring(source or b"<p></p>", parser=parser)


def text(source: bytes) -> str:
    """The words of an HTML document, captions of figures left out."""
    root = tree(source)
    for unread in list(root.iter("figcaption", "script", "style", "svg", "noscript")):
        unread.drop_tree()
    return " ".join(" ".join(piece.split()) for piece in root.itertext())


def words(element: HtmlElement) -> tuple[str, ...]:
    """The words of an element, in lower case."""
    return tuple(re.findall(r"\w+", "".join(element.itertext()).lower()))


def parts(root: HtmlElement, base: str) -> Iterator[tuple[str, object]]:
    """Everything whose arrival counts, as what must be equal on both sides.

    Links within the page are marks of notes or contents; notes arrive as paragraphs.
    """
    for link in root.iter("a"):
        within = (link.get("href") or "").partition("#")[0] in ("", base)
        if not within and words(link):
            yield "links", (_plain_url(urljoin(base, link.get("href"))), words(link))
    for image in root.iter("img"):
        source = image.get("src") or ""
        if source and not source.startswith("data:"):
            yield "images", _plain_url(urljoin(base, source))
    for kind, tags in (("items", ("li",)), ("cells", ("td", "th")), ("code", ("pre",))):
        for element in root.iter(*tags):
            if (found := words(element)) and not _is_note(element):
                yield kind, found


def _is_note(element: HtmlElement) -> bool:
    names = f"{element.get('id', '')} {element.get('class', '')}".lower()
    return element.tag == "li" and any(mark in names for mark in ("note", "fn"))


def _plain_url(url: str) -> str:
    return unquote(url.strip()).partition("#")[0].rstrip("/")


def kept_blocks(root: HtmlElement, arrived: set[tuple[str, ...]]) -> list[HtmlElement]:
    """The outermost blocks most of whose words arrived."""
    found: list[HtmlElement] = []
    for block in root.iter(*BLOCKS):
        if any(True for a in block.iterancestors() if a in found):
            continue
        runs = _runs(words(block))
        pictures = not runs and block.find(".//img") is not None
        if pictures or (runs and sum(r in arrived for r in runs) >= _KEPT * len(runs)):
            found.append(block)
    return found


def _runs(given: tuple[str, ...]) -> list[tuple[str, ...]]:
    size = min(4, len(given))
    return [given[i : i + size] for i in range(len(given) - size + 1)] if given else []


def report(cases: Sequence[tuple[str, bytes, str]]) -> None:
    """Print which share of each kind of structure arrived, and what is missing."""
    wanted: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    examples: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for name, source, markdown in cases:
        got = Counter(parts(tree(html_of(markdown).encode()), URL))
        flat = tuple(re.findall(r"\w+", plain(markdown).lower()))
        arrived = {flat[i : i + n] for n in range(1, 5) for i in range(len(flat))}
        for block in kept_blocks(tree(source), arrived):
            for part in parts(block, URL):
                wanted[part[0]] += 1
                if got[part] > 0:
                    got[part] -= 1
                else:
                    missing[part[0]] += 1
                    examples[part[0]].append(f"{name}: {str(part[1])[:110]}")
    for kind in KINDS:
        share = 1 - missing[kind] / wanted[kind] if wanted[kind] else 1.0
        print(f"  {kind:7} {share:6.1%} of {wanted[kind]}")
        for example in examples[kind][:_SHOWN]:
            print(f"          {example}")
