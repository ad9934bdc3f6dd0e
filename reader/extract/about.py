"""What a page says about its article: title, authors, publisher, dates, picture.

Compares the page's own declarations; reads no body text but bylines and times.
"""

import re
from html import unescape

from reader import urls
from reader.cleaning import clean_line
from reader.extract.authors import authors
from reader.extract.bylines import key
from reader.extract.times import published, updated
from reader.extract.tree import words_of
from reader.html import Document
from reader.html.linked import addresses, texts, types
from reader.model import Article, Entry
from reader.rules.article import ArticleRules

_SEPARATORS = re.compile(r"\s+[|\-–—·•»«:/\\~]+\s+|\s*[|»«]\s*|(?<=\S):\s+")
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
        authors=authors(document, publisher, rules),
        publisher=publisher,
        published=published(document),
        updated=updated(document),
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


def _publisher(document: Document) -> str | None:
    node = document.article_node or {}
    organisations = (
        name
        for node in document.json_ld
        if {"WebSite", "NewsMediaOrganization"}.intersection(types(node))
        for name in texts(node.get("name"))
    )
    metas = (document.meta.get(name, "") for name in _SITES[:1])
    found = (*texts(node.get("publisher")), *metas, *organisations)
    others = (document.meta.get(name, "") for name in _SITES[1:])
    named = (clean_line(name) for name in (*found, *others))
    return next((n for n in named if n and not urls.is_web(n) and len(n) < 100), None)


def title(document: Document, publisher: str | None, hint: Entry | None) -> str:
    """The article's title without the site's name.

    What the page declares counts more than its headings, a heading that agrees with it
    or with its `title` more than either, and the entry's own title most.
    """
    declared = _declared_titles(document)
    headings = _headings(document, "h1")[:20]
    given = [*declared, *headings, document.head_title]
    wanted = key(hint.title) if hint else ""
    if wanted and (same := next((t for t in given if key(t) == wanted), "")):
        return same
    own = [t for t in declared if key(t) != key(publisher or "")]
    plain = [_without_site(t, publisher, document) for t in own]
    if not plain and document.head_title:
        plain = [_without_site(document.head_title, publisher, document)]
    heading = _agreeing(document, headings, plain, bool(declared))
    likely = (t for t in plain if _agrees(t, [document.head_title]))
    found = heading or next(likely, "") or next(filter(None, plain), "")
    return found or next(filter(None, headings), hint.title if hint else "")


def _agreeing(
    document: Document, headings: list[str], plain: list[str], declared: bool
) -> str:
    """The heading that agrees best with the titles: first one that begins them.

    Where nothing is declared, the highest heading may be the manual's that the page is
    of; then the chapter's is a lower one, or what stands before the manual's.
    """
    titles = [*plain, document.head_title]
    found = [h for h in headings if _agrees(h, titles)]
    first = next((h for h in found if _begins(h, titles)), "")
    if first or declared:
        return first or next(iter(found), "")
    lower = (h for h in _headings(document, "h2")[:5] if _begins(h, titles))
    ending = [h for h in headings if _before(h, document.head_title)]
    own = ending[0] if len(headings) == len(ending) == 1 else ""
    chapter = _before(ending[0], document.head_title) if ending else ""
    return next(lower, own or chapter) or next(iter(found), "")


def _headings(document: Document, tag: str) -> list[str]:
    """The headings of a level, without the signs of links to themselves."""
    found = (clean_line(words_of(h)) for h in document.tree.iter(tag))
    return [re.sub(r"\s*[#¶§🔗]\uFE0F?$", "", text) for text in found]


def _before(name: str, title: str) -> str:
    """What stands in a title before a name and what parts it; "" where nothing does."""
    if not title.endswith(name):
        return ""
    found = list(_SEPARATORS.finditer(title[: len(title) - len(name)]))
    return title[: found[-1].start()] if found else ""


def _declared_titles(document: Document) -> list[str]:
    node = document.article_node or {}
    metas = (document.meta.get(n, "") for n in ("og:title", "twitter:title"))
    given = (*texts(node.get("headline")), *metas)
    return [found for t in given if (found := clean_line(unescape(t)))]


def _begins(heading: str, titles: list[str]) -> bool:
    """Whether a heading is one of the titles, or what stands before a site's name."""
    return bool(key(heading)) and any(
        key(heading) == key(t)
        or (t.startswith(heading) and _SEPARATORS.match(t[len(heading) :]))
        for t in titles
    )


def _agrees(heading: str, titles: list[str]) -> bool:
    """Whether a heading is one of the titles, or all but the names of places in it."""
    words = key(heading)
    enough = len(words.split()) > 2 or len(words) > 20
    within = enough and any(f" {words} " in f" {key(t)} " for t in titles)
    return within or _begins(heading, titles)


def _without_site(text: str, publisher: str | None, document: Document) -> str:
    """A title without the parts at its ends that name the site or a section of it."""
    names = {key(publisher or "").replace(" ", "")}
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
    words = key(part).replace(" ", "")
    return bool(words) and any(
        words == name
        or (
            len(name) > 3
            and len(words) > 3
            and (words.startswith(name) or name.startswith(words))
        )
        for name in names
    )


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
