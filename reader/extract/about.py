"""What a page says about its article: title, authors, publisher, dates, picture.

Compares the page's own declarations; reads no body text but bylines and times.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import unescape
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from reader import urls
from reader.extract.bylines import names
from reader.extract.tree import BLOCKS, words_of
from reader.html import Document
from reader.html.linked import addresses, texts, types
from reader.model import Article, Entry, clean_line
from reader.rules.article import ArticleRules

_SEPARATORS = re.compile(r"\s+[|\-–—·•»«:/\\~]+\s+|\s*[|»«]\s*|(?<=\S):\s+")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
)
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
_SITES = ("og:site_name", "application-name", "al:android:app_name", "publisher")
_IMAGES = (
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "thumbnail",
)


def about(
    document: Document, rules: ArticleRules, hint: Entry | None = None
) -> Article:
    """An article without its text: everything else that the page declares."""
    publisher = _publisher(document)
    return Article(
        "",
        url=address(document) or None,
        title=title(document, publisher, hint),
        authors=_authors(document, publisher, rules),
        publisher=publisher,
        published=_first_time(_published(document)),
        updated=_first_time(_updated(document)),
        language=_language(document),
        lead_image=_image(document),
    )


def address(document: Document) -> str:
    """The page's own canonical address; where it declares another site's, its URL."""
    declared = document.canonical or urls.join(
        document.base, document.og.get("url", "")
    )
    known = document.url if urls.is_web(document.url) else ""
    if not declared or (known and not urls.same_site(declared, known)):
        return known
    return known if urls.is_home(declared) and known else declared


def _node_texts(document: Document, *keys: str) -> Iterator[str]:
    node = document.article_node or {}
    for key in keys:
        yield from texts(node.get(key))


def _publisher(document: Document) -> str | None:
    organisations = (
        name
        for node in document.json_ld
        if {"WebSite", "NewsMediaOrganization"}.intersection(types(node))
        for name in texts(node.get("name"))
    )
    metas = (document.meta.get(name, "") for name in _SITES[:1])
    found = (*_node_texts(document, "publisher"), *metas, *organisations)
    others = (document.meta.get(name, "") for name in _SITES[1:])
    named = (clean_line(name) for name in (*found, *others))
    return next((n for n in named if n and not urls.is_web(n) and len(n) < 100), None)


# --- title ------------------------------------------------------------------


def title(document: Document, publisher: str | None, hint: Entry | None) -> str:
    """The article's title without the site's name.

    What the page declares counts more than its headings, a heading that agrees with it
    or with its `title` more than either, and the entry's own title most.
    """
    declared = _declared_titles(document)
    headings = [clean_line(words_of(h)) for h in document.tree.iter("h1")][:20]
    given = [*declared, *headings, document.head_title]
    wanted = _key(hint.title) if hint else ""
    if wanted and (same := next((t for t in given if _key(t) == wanted), "")):
        return same
    own = [t for t in declared if _key(t) != _key(publisher or "")]
    plain = [_without_site(t, publisher, document) for t in own]
    if not plain and document.head_title:
        plain = [_without_site(document.head_title, publisher, document)]
    agreeing = (h for h in headings if _agrees(h, [*plain, document.head_title]))
    likely = (t for t in plain if _agrees(t, [document.head_title]))
    found = next(agreeing, "") or next(likely, "") or next(filter(None, plain), "")
    return found or next(filter(None, headings), hint.title if hint else "")


def _declared_titles(document: Document) -> list[str]:
    metas = (document.meta.get(n, "") for n in ("og:title", "twitter:title"))
    given = (*_node_texts(document, "headline"), *metas)
    return [found for t in given if (found := clean_line(unescape(t)))]


def _agrees(heading: str, titles: list[str]) -> bool:
    """Whether a heading is one of the titles, or all but the names of places in it."""
    key = _key(heading)
    enough = len(key.split()) > 2 or len(key) > 20
    return bool(key) and any(
        key == (other := _key(t))
        or (enough and f" {key} " in f" {other} ")
        or bool(t.startswith(heading) and _SEPARATORS.match(t[len(heading) :]))
        for t in titles
    )


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _without_site(text: str, publisher: str | None, document: Document) -> str:
    """A title without the parts at its ends that name the site or a section of it."""
    names = {_key(publisher or "").replace(" ", "")}
    host = urls.host(address(document)).removeprefix("www.")
    names |= (
        {host.replace(".", ""), urls.site_of(host).partition(".")[0]} if host else set()
    )
    names.discard("")
    parts = list(_SEPARATORS.finditer(text))
    if parts and _names_site(text[parts[-1].end() :], names):
        return _without_site(text[: parts[-1].start()], publisher, document)
    if parts and _names_site(text[: parts[0].start()], names):
        return _without_site(text[parts[0].end() :], publisher, document)
    return text.strip()


def _names_site(part: str, names: set[str]) -> bool:
    key = _key(part).replace(" ", "")
    return bool(key) and any(
        key == name
        or (
            len(name) > 3
            and len(key) > 3
            and (key.startswith(name) or name.startswith(key))
        )
        for name in names
    )


# --- authors ----------------------------------------------------------------


def _authors(
    document: Document, publisher: str | None, rules: ArticleRules
) -> tuple[str, ...]:
    sources: Iterable[Iterable[str]] = (
        _node_texts(document, "author", "creator"),
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
    same = _key(name[len(before) :]) == _key(publisher or "")
    return before if publisher and same and " " in before else name


def _is_employer(name: str, publisher: str | None) -> bool:
    """Whether a name is the publisher's, or that of what it is an edition of."""
    own = _key(publisher or "")
    return _key(name) == own or (len(name) > 5 and own.startswith(f"{_key(name)} "))


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


# --- dates ------------------------------------------------------------------


def _published(document: Document) -> Iterator[str]:
    node = document.article_node or {}
    yield from texts(node.get("datePublished"))
    yield from (document.meta.get(name, "") for name in _PUBLISHED)
    yield from _times(document.tree, "datepublished", "published", "pubdate")
    yield from texts(node.get("dateCreated"))
    yield from _times(document.tree, "")


def _updated(document: Document) -> Iterator[str]:
    node = document.article_node or {}
    yield from texts(node.get("dateModified"))
    yield from (document.meta.get(name, "") for name in _UPDATED)
    yield from _times(document.tree, "datemodified", "updated")


def _times(tree: HtmlElement, *marks: str) -> Iterator[str]:
    for element in tree.iter("time", "abbr", "span", "meta"):
        value = element.get("datetime") or element.get("content")
        if element.tag == "abbr":
            value = element.get("title")
        if not value:
            continue
        names = f"{element.get('itemprop', '')} {element.get('class', '')}".lower()
        names += " pubdate" if "pubdate" in element.attrib else ""
        if marks == ("",):
            if element.tag == "time":
                yield value
        elif any(mark in names for mark in marks):
            yield value


def _first_time(values: Iterable[str]) -> datetime | None:
    return next((found for v in values if v and (found := instant(v))), None)


# The zero of a clock stands for a time that was never set; printing began later.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OLDEST = 1450
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T\s](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)


def instant(text: str) -> datetime | None:
    """A time as pages write it, aware and UTC; None for what is no time."""
    text = text.strip()
    try:
        return _utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        found = _ISO.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(g or 0) for g in found.groups()[:6])
    zone = found[7] or "Z"
    offset = "+0000" if zone in ("Z", "UTC", "GMT") else zone.replace(":", "")
    written = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{offset}"
    try:
        return _utc(datetime.strptime(written, "%Y-%m-%dT%H:%M:%S%z"))
    except (ValueError, OverflowError):
        return None


def _utc(time: datetime) -> datetime:
    found = (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    if found.year < _OLDEST or found == _EPOCH:
        raise ValueError(f"{found} is a field left empty")
    return found


# --- the rest ---------------------------------------------------------------


def _language(document: Document) -> str | None:
    node = document.article_node or {}
    declared = next(iter(texts(node.get("inLanguage"))), None)
    given = document.language or declared or ""
    found = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", given.strip())
    return found[0].replace("_", "-") if found else None


def _image(document: Document) -> str | None:
    node = document.article_node or {}
    given = [
        *(document.meta.get(n, "") for n in _IMAGES),
        *addresses(node.get("image")),
    ]
    found = (urls.join(document.base, url) for url in given if url)
    return next((url for url in found if url), None)
