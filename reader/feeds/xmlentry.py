"""One item of feedparser's as a draft; the only place that knows its field names.

Never meets feedparser's own dicts, whose `get` answers for fields that are not there.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from reader.feeds.dates import parse_date
from reader.feeds.people import names
from reader.feeds.text import HTML_TYPES, as_html, looks_like_html, plain_title
from reader.feeds.values import Draft, RawLink
from reader.model import Enclosure, LinkRel
from reader.urls import is_web

_RELS: Mapping[str, LinkRel] = {
    "via": "via",
    "canonical": "canonical",
    "related": "related",
}
_IANA = "http://www.iana.org/assignments/relation/"
_OWN_ADDRESSES = ("feedburner_origlink", "pheedo_origlink")
_SOURCES = ("dc_source", "dcterms_source")

Links = Sequence[Mapping[str, Any]]


def parts(item: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The dicts of a list of feedparser's; none where it is something else."""
    found = item.get(key)
    return [p for p in found if isinstance(p, dict)] if isinstance(found, list) else []


def word(item: Mapping[str, Any], key: str) -> str:
    """A text of feedparser's; empty where it is something else."""
    found = item.get(key)
    return found.strip() if isinstance(found, str) else ""


def inner(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A dict within one of feedparser's; empty where it is something else."""
    found = item.get(key)
    return found if isinstance(found, dict) else {}


def draft(
    item: Mapping[str, Any],
    atom: bool,
    authors: tuple[str, ...],
    language: str | None,
) -> Draft:
    """The draft of an item; `authors` and `language` are the feed's."""
    content, declared = _content(item), parts(item, "links")
    return Draft(
        guid=word(item, "id"),
        permalink=word(item, "permalink") == "true",
        url=_url(item, declared, content),
        title=_title(item, atom),
        authors=names(_people(item))
        or names(_people(inner(item, "source")))
        or authors,
        published=_date(item, "published") or _date(item, "created"),
        updated=_date(item, "updated"),
        summary=_summary(item),
        content=_html(content),
        language=word(content, "language") or language,
        categories=tuple(dict.fromkeys(filter(None, _categories(item)))),
        links=tuple(_links(item, declared)),
        enclosures=tuple(_enclosures(item, declared)),
    )


def _url(item: Mapping[str, Any], declared: Links, content: Mapping[str, Any]) -> str:
    """The first alternate, pages before files; else where Atom content lies."""
    found = [link for link in declared if word(link, "rel") == "alternate"]
    if len(found) > 1:
        found.sort(key=lambda link: word(link, "type") not in HTML_TYPES)
    urls = (word(link, "href") for link in found)
    url = next(filter(None, urls), "") or word(item, "link")
    return url or word(content, "src")


def _title(item: Mapping[str, Any], atom: bool) -> str:
    title = word(item, "title") or word(item, "media_title")
    detail = inner(item, "title_detail")
    # A title further in (an author's, "Dr.") leaves its own detail behind.
    declared = word(detail, "type") if word(detail, "value") == title else ""
    return plain_title(title, declared in HTML_TYPES if atom else None)


def _people(item: Mapping[str, Any]) -> Iterator[str]:
    for person in parts(item, "authors"):
        yield word(person, "name") or word(person, "email")


def _date(item: Mapping[str, Any], key: str) -> datetime | None:
    return parse_date(word(item, key)) if key in item else None


def _content(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fullest content: HTML before plain text, then the longer."""
    empty: Mapping[str, Any] = {}
    found = parts(item, "content")
    if len(found) == 1:
        return found[0]
    return max(
        found,
        key=lambda c: (word(c, "type") in HTML_TYPES, len(word(c, "value"))),
        default=empty,
    )


def _html(text: Mapping[str, Any]) -> str:
    """A content or a summary as HTML, whatever it was declared."""
    value, declared = word(text, "value"), word(text, "type")
    if declared in HTML_TYPES or not value:
        return value
    if not declared.startswith("text/"):
        return ""  # a picture, or somebody's XML
    return value if looks_like_html(value) else as_html(value)


def _summary(item: Mapping[str, Any]) -> str:
    summary = word(item, "summary")
    if summary and any(word(c, "value") == summary for c in parts(item, "content")):
        summary = ""  # feedparser fills it with the content
    if summary:
        detail = inner(item, "summary_detail")
        declared = word(detail, "type") or "text/html"
        return _html({"value": summary, "type": declared})
    beside = word(item, "media_text") or word(item, "itunes_text")
    return _html({"value": beside, "type": "text/plain"})


def _categories(item: Mapping[str, Any]) -> Iterator[str]:
    for tag in parts(item, "tags"):
        yield word(tag, "label") or word(tag, "term")


def _links(item: Mapping[str, Any], declared: Links) -> Iterator[RawLink]:
    if "source" in item:
        yield from _source_link(item)
    for key in _OWN_ADDRESSES:
        if key in item and word(item, key):
            yield RawLink("orig-link", word(item, key))
    for link in declared:
        if word(link, "rel") != "alternate":
            yield from _declared_link(link)
    for key in _SOURCES:
        if key in item and (text := word(item, key)):
            yield RawLink("dc-source", *((text, "") if is_web(text) else ("", text)))
    if "comments" in item and word(item, "comments"):
        yield RawLink("comments", word(item, "comments"))


def _source_link(item: Mapping[str, Any]) -> Iterator[RawLink]:
    """RSS `source` names a feed; Atom `source` is one, with its links and its id."""
    source = inner(item, "source")
    title = plain_title(word(source, "title"), markup=None)
    if url := word(source, "href"):
        yield RawLink("rss-source", url, title)
    elif source:
        by_rel = {word(li, "rel"): word(li, "href") for li in parts(source, "links")}
        feed_id = word(source, "id")
        page = by_rel.get("alternate") or by_rel.get("self") or ""
        yield RawLink("source", page or (feed_id if is_web(feed_id) else ""), title)


def _declared_link(link: Mapping[str, Any]) -> Iterator[RawLink]:
    rel = word(link, "rel").removeprefix(_IANA)
    if rel == "alternate":
        return
    url = word(link, "href")
    title, is_page = word(link, "title"), word(link, "type") in HTML_TYPES
    if rel in _RELS:
        yield RawLink(_RELS[rel], url, title)
    elif rel == "replies" and is_page:
        yield RawLink("comments", url, title)
    elif rel == "enclosure" and is_page:
        yield RawLink("enclosure-page", url, title)


def _enclosures(item: Mapping[str, Any], declared: Links) -> Iterator[Enclosure]:
    for link in declared:
        if word(link, "rel") == "enclosure" and word(link, "type") not in HTML_TYPES:
            yield _enclosure(word(link, "href"), link, "length")
    for media in parts(item, "media_content"):
        kind = word(media, "type") or word(media, "medium")
        if kind.startswith(("audio", "video")):
            yield _enclosure(word(media, "url"), media, "filesize")


def _enclosure(url: str, attributes: Mapping[str, Any], size: str) -> Enclosure:
    digits = word(attributes, size)
    length = int(digits[:18]) if digits.isascii() and digits.isdecimal() else 0
    return Enclosure(url, word(attributes, "type"), length or None)
