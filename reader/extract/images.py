"""Pictures as a reader would see them: the address that scripts would have filled in.

Changes `src` in place; loads nothing.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from reader.rules.article import ArticleRules

_LAZY = ("data-src", "data-lazy-src", "data-original", "data-hi-res-src", "data-image")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
# What stands for a picture until a script has run, by its whole file name: a lorry
# that is loading is a picture.
_BLANK = re.compile(
    r"^data:|^about:|^$"
    r"|(?:^|/)(?:(?:img|image|lazy|default|gr[ae]y|white)[_-]?)?"
    r"(?:placeholder|spacer|blank|transparent|loading|loader|1x1|pixel)"
    r"(?:[_-]?(?:[\dx]|image|img|dark|light|white|gr[ae]y|square|wide)){0,60}"
    r"\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)",
    re.I,
)
_DOT = ("0", "1")
# Not 0: what fits pictures into their boxes begins with that.
_DOT_STYLE = re.compile(r"(?:^|[;\s])(?:width|height)\s?:\s?1px", re.I)
_SIZE = re.compile(r"(\d+)(?:\.\d+)?[wx](?:,(\S*))?")
_WIDE_ENOUGH = 1_600


def settle(root: HtmlElement, rules: ArticleRules) -> HtmlElement:
    """The tree with each picture's address in `src`, and no `noscript` left.

    Pictures that nobody is to see, which count who reads a text, are taken out.
    """
    for noscript in list(root.iter("noscript")):
        _unwrap(noscript)
    for image in list(root.iter("img")):
        if _counts(image, rules):
            image.drop_tree()
            continue
        source = (image.get("src") or "").strip()
        blank = _BLANK.search(source)
        if blank or "lazy" in image.get("class", "").lower():
            found = next(_candidates(image), None)
            if found:
                image.set("src", found)
            elif blank:
                image.attrib.pop("src", None)
    return root


def _counts(image: HtmlElement, rules: ArticleRules) -> bool:
    """Whether a picture is there to count readers: by its size or by where it is."""
    if any(
        (image.get(side) or "").strip(" px") in _DOT for side in ("width", "height")
    ):
        return True
    if _DOT_STYLE.search(image.get("style", "")):
        return True
    address = (image.get("src") or "").partition("//")[2].lower()
    return address.removeprefix("www.").startswith(rules.pixels)


def _unwrap(noscript: HtmlElement) -> None:
    """Of a `noscript` only a picture stays, and only where there is none before it."""
    images = list(noscript.iter("img"))
    before = noscript.getprevious()
    shown = [] if before is None else [i for i in before.iter("img") if _source(i)]
    if len(images) == 1 and not shown and _source(images[0]):
        noscript.addprevious(images[0])
        images[0].tail = None
    noscript.drop_tree()


def _source(image: HtmlElement) -> str:
    source = (image.get("src") or "").strip()
    return next(_candidates(image), "") if _BLANK.search(source) else source


def _candidates(image: HtmlElement) -> Iterator[str]:
    for name in _LAZY:
        if (found := (image.get(name) or "").strip()) and not _BLANK.search(found):
            yield found
    parent = image.getparent()
    sources = [] if parent is None or parent.tag != "picture" else parent.iter("source")
    for element in (image, *sources):
        for name in _SETS:
            if found := _widest(element.get(name) or ""):
                yield found


def _widest(srcset: str) -> str:
    """The widest picture of a `srcset` that is not wider than a screen."""
    best, width = "", -1
    for url, size in _of_set(srcset):
        if width < size <= _WIDE_ENOUGH and not _BLANK.search(url):
            best, width = url, size
    return best


def _of_set(srcset: str) -> Iterator[tuple[str, int]]:
    """The addresses of a `srcset` and how wide their pictures are, 1 where unsaid.

    An address may hold commas itself; one that ends an item stands before a blank.
    """
    url = ""
    for word in srcset.split():
        if url and (size := _SIZE.fullmatch(word)):
            yield url, int(size[1][:6])
            url = size[2] or ""
            continue
        if url:
            yield url, 1
        url = word.lstrip(",")
        if url.endswith(","):
            yield url.rstrip(","), 1
            url = ""
    if url:
        yield url, 1
