"""Who wrote the article of a page, by what the page declares and by its byline.

Reads names only; knows no people.
"""

from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from reader.extract.bylines import key, names
from reader.extract.tree import BLOCKS
from reader.html import Document
from reader.html.linked import texts
from reader.rules.article import ArticleRules

_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
)


def authors(
    document: Document, publisher: str | None, rules: ArticleRules
) -> tuple[str, ...]:
    """The names of an article's authors, from the best source that has any."""
    node = document.article_node or {}
    sources: Iterable[Iterable[str]] = (
        (*texts(node.get("author")), *texts(node.get("creator"))),
        _meta_authors(document.tree),
        _marked_authors(document.tree, rules),
    )
    for source in sources:
        given = (name for text in source for name in names(text, rules))
        found = tuple(dict.fromkeys(_without_employer(n, publisher) for n in given))
        others = tuple(n for n in found if not _is_employer(n, publisher))
        if found:
            return (others or found)[:12]
    return ()


def _without_employer(name: str, publisher: str | None) -> str:
    """A name without the publisher's behind it ("Ann Gill The Paper")."""
    before = name[: len(name) - len(publisher or "")].rstrip(" ,/")
    same = key(name[len(before) :]) == key(publisher or "")
    return before if publisher and same and " " in before else name


def _is_employer(name: str, publisher: str | None) -> bool:
    """Whether a name is the publisher's, or that of what it is an edition of."""
    own = key(publisher or "")
    return key(name) == own or (len(name) > 5 and own.startswith(f"{key(name)} "))


def _meta_authors(tree: HtmlElement) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        for attribute in ("name", "property"):
            name = (meta.get(attribute) or "").strip().lower()
            if name in _AUTHORS:
                found.setdefault(name, []).append(unescape(meta.get("content") or ""))
    for name in _AUTHORS:
        given = [text for text in found.get(name, ()) if text.strip()]
        if given:
            inverted = name.startswith(("citation", "dc"))
            yield from (_inverted(text) if inverted else text for text in given)
            return


def _inverted(text: str) -> str:
    """A name written as libraries do ("Doe, Jane") in its usual order."""
    last, comma, first = text.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else text


_BYLINES = (
    './/*[@rel="author"]',
    './/*[contains(@itemprop, "author")]//*[@itemprop="name"]',
    './/*[contains(@itemprop, "author")]',
    './/*[contains(concat(" ", @class, " "), " byline ")]',
    './/*[contains(@class, "byline-name") or contains(@class, "author-name")'
    ' or contains(@class, "byline__name") or contains(@class, "author__name")]',
    './/*[contains(@class, "byline") or contains(@class, "Byline")]',
    './/*[contains(concat(" ", @class, " "), " author ")]',
)
_SAME_BYLINE = 3
"""Levels within which several names are of one byline."""


def _marked_authors(tree: HtmlElement, rules: ArticleRules) -> Iterator[str]:
    for path in _BYLINES:
        found = tree.xpath(path)[:12]
        named = [(e, text) for e in found if 2 < len(text := _name(e, rules)) < 120]
        if named:
            around = set(islice(named[0][0].iterancestors(), _SAME_BYLINE))
            yield from (
                text
                for element, text in named[:6]
                if around.intersection(islice(element.iterancestors(), _SAME_BYLINE))
            )
            return


def _name(element: HtmlElement, rules: ArticleRules) -> str:
    """The first line of a byline that is more than the word before a name."""
    before = ""
    for line in _lines(element):
        if line.lower().strip(" :") not in rules.bylines:
            return f"{before} {line}".strip()
        before = line
    return ""


def _lines(element: HtmlElement) -> Iterator[str]:
    """What an element says, in lines where blocks part it."""
    line = ""
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        apart = inner.tag in BLOCKS or inner.tag in ("br", "time")
        if apart and inner is not element and line.strip():
            yield " ".join(line.split())
            line = ""
        if event == "start":
            line += inner.text or ""
        elif inner is not element:
            line += inner.tail or ""
    if line.strip():
        yield " ".join(line.split())
