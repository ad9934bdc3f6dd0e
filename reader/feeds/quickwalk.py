"""A feed's tree walked the way feedparser walks it, to the same fields.

Where feedparser's answer hangs on an accident (markup in a text, a wrapper with a
meaning of its own), the walk ends with UnusualError and feedparser does it all.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from reader.feeds.bounds import ENTRIES, ITEMS_OWN, SHORT, SHORT_ONES, TAGS
from reader.feeds.quicknames import NAMESPACE_END, RDF, UnusualError, key, prefix_of
from reader.feeds.quicktext import leaf, markup, repaired
from reader.feeds.text import HTML_TYPES

_TYPES = {
    "text": "text/plain",
    "plain": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
    "xhtml": "application/xhtml+xml",
    "application/xhtml+xml": "application/xhtml+xml",
}
_ITUNES = "http://www.itunes.com/"
_MEDIA_SCHEME = "http://search.yahoo.com/mrss/category_schema"
_XML_LANG = "http://www.w3.org/XML/1998/namespace}lang"
# An address that joining with any other leaves as it is.
ABSOLUTE = re.compile(r"https?://(?!/)[!-Z\\^-~]+")
_SLASHES = re.compile(r"[A-Za-z][A-Za-z0-9+-.]*:///")
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")

Values = dict[str, Any]


@dataclass(slots=True)
class Walk:
    """Where the walk is: what feedparser keeps in its own attributes."""

    base: str
    atom: bool
    unknown: Mapping[str, str]
    lang: str | None = None
    feed: Values = field(default_factory=dict)
    entries: list[Values] = field(default_factory=list)
    context: Values = field(default_factory=dict)
    depths: dict[str, int] | None = None
    item_depth: int = 0
    title_depth: int = -1
    has_content: bool = False
    in_source: bool = False
    rules: dict[str, "Rule"] = field(default_factory=dict)
    nested: dict[str, "Rule"] = field(default_factory=dict)


Rule = Callable[[Walk, Element, int], None]


def start(walk: Walk, root: Element) -> None:
    """Walk through a feed, root and all."""
    walk.context = walk.feed
    walk.lang = _lang(root, None)
    if walk.lang:
        walk.feed["language"] = walk.lang.replace("_", "-")
    if walk.atom:
        _within(walk, root, 1)
        return
    channels = [c for c in root if key(c.tag, walk.unknown) == "channel"]
    if len(channels) != 1 or len(root) != 1:
        raise UnusualError("items beside the channel, or two channels")
    _check_plain(channels[0])
    walk.lang = _lang(channels[0], walk.lang)
    _within(walk, channels[0], 2)


def _within(walk: Walk, element: Element, depth: int) -> None:
    """The children of an element that is at `depth`, each by its rule."""
    deep = walk.depths is not None and depth > walk.item_depth and not walk.in_source
    rules = walk.nested if deep else walk.rules
    for child in element:
        rule = rules.get(child.tag)
        if rule is None:
            rule = rules[child.tag] = _rule(walk, child.tag, deep)
        rule(walk, child, depth + 1)


def _rule(walk: Walk, tag: str, deep: bool) -> Rule:
    name = key(tag, walk.unknown)
    if deep and name in ITEMS_OWN:
        return _wrapper
    return RULES.get(name) or partial(_other, name=name)


def _attributes(element: Element) -> dict[str, str]:
    """Attributes as feedparser has them; those of other namespaces matter nowhere."""
    given = {}
    for name, value in element.items():
        if NAMESPACE_END in name:
            _check_foreign(name)
            continue
        name = name.lower()
        given[name] = value.lower() if name in ("rel", "type") else value
    return given


def _check_foreign(name: str) -> None:
    if prefix_of(name.rpartition(NAMESPACE_END)[0]) == "":
        raise UnusualError("an attribute with a prefix of the feed's own")


def _lang(element: Element, inherited: str | None) -> str | None:
    if not element.keys():
        return inherited
    given = {n if NAMESPACE_END in n else n.lower(): v for n, v in element.items()}
    found = given.get(_XML_LANG, given.get("lang"))
    return inherited if found is None else found or None


def _check_plain(element: Element) -> None:
    """No attributes that make an item one of CDF or RDF."""
    for name in element.keys():  # noqa: SIM118 - an element is no dict
        namespace = name.rpartition(NAMESPACE_END)[0].lower()
        if namespace == RDF or name.lower() in ("href", "lastmod"):
            raise UnusualError("an item of CDF or RDF")
    _attributes(element)


def _item(walk: Walk, element: Element, depth: int) -> None:
    if walk.depths is not None:
        raise UnusualError("an item in an item")
    if len(walk.entries) >= ENTRIES:
        return
    if element.keys():
        _check_plain(element)
    walk.context, walk.depths, walk.item_depth = {}, {}, depth
    walk.entries.append(walk.context)
    walk.title_depth = -1
    lang = walk.lang
    walk.lang = _lang(element, lang)
    for child in element:
        rule = walk.rules.get(child.tag)
        if rule is None:
            rule = walk.rules[child.tag] = _rule(walk, child.tag, deep=False)
        rule(walk, child, depth + 1)
    walk.context, walk.depths, walk.lang = walk.feed, None, lang
    walk.has_content = False


def _store(walk: Walk, name: str, value: str, depth: int) -> None:
    """Keep a value; of an item's, the least nested, of these the last."""
    if walk.depths is None or walk.in_source:
        walk.context[name] = value
    elif depth <= walk.depths.get(name, depth):
        walk.depths[name] = depth
        walk.context[name] = value


def _text(walk: Walk, element: Element, depth: int, name: str) -> None:
    text = leaf(element)
    if name in SHORT_ONES:
        text = text.strip()[:SHORT]
    _store(walk, name, repaired(text), depth)


def _other(walk: Walk, element: Element, depth: int, name: str) -> None:
    """An element that feedparser has no method for."""
    if name in _RESERVED or name in UNUSUAL:
        raise UnusualError("a name that feedparser keeps for itself")
    if name not in _READ:
        _wrapper(walk, element, depth)
    elif element.keys():
        leaf(element)
        walk.context[name] = {}
    elif name == "comments":
        _store(walk, name, repaired(_joined(walk, leaf(element).strip())), depth)
    else:
        _text(walk, element, depth, name)


def _wrapper(walk: Walk, element: Element, depth: int) -> None:
    """An element of no meaning: what is in it counts as if it were outside."""
    if walk.in_source and element.keys() and (len(element) or _filled(element)):
        raise UnusualError("text that feedparser takes for the source's title")
    if len(element):
        lang, walk.lang = walk.lang, _lang(element, walk.lang)
        _within(walk, element, depth)
        walk.lang = lang


def _filled(element: Element) -> bool:
    return bool(element.text and element.text.strip())


def _ignored(walk: Walk, element: Element, depth: int) -> None:
    leaf(element)


def _unusual(walk: Walk, element: Element, depth: int) -> None:
    raise UnusualError("an element of another dialect")


def _joined(walk: Walk, url: str) -> str:
    """A link seen from the feed, as far as feedparser does that."""
    if not url or ABSOLUTE.fullmatch(url):
        return url
    if _SLASHES.match(url):
        raise UnusualError("slashes that feedparser takes away")
    try:
        return urljoin(walk.base, url)
    except ValueError:
        return ""


# --- texts ------------------------------------------------------------------


def _content_params(
    walk: Walk, element: Element, declared: str
) -> tuple[dict[str, str], dict[str, str]]:
    given = _attributes(element) if element.keys() else {}
    if "mode" in given:
        raise UnusualError("content in a mode of Atom 0.3")
    kind = _TYPES.get(given.get("type", declared))
    if kind is None:
        raise UnusualError("content that is neither text nor HTML")
    xhtml = kind == _TYPES["xhtml"]
    value = repaired(markup(element, walk.atom) if xhtml else leaf(element))
    if not walk.atom and kind == "text/plain" and ("</" in value or "&" in value):
        kind = _guessed(value)
    return {"type": kind, "value": value}, given


def _guessed(value: str) -> str:
    from reader.feeds import guarded

    return "text/html" if guarded.looks_like_html(value) else "text/plain"


def _title(walk: Walk, element: Element, depth: int) -> None:
    """The first title that is not empty; deeper ones count for nothing after it."""
    found, _ = _content_params(walk, element, "text/plain")
    if not -1 < walk.title_depth <= depth:
        _store(walk, "title", found["value"], depth)
        walk.context["title_detail"] = found
    if found["value"]:
        walk.title_depth = depth


def _described(walk: Walk, element: Element, depth: int, declared: str) -> None:
    """A description or a summary; the second of an item is its content."""
    if walk.depths is None or walk.in_source:
        if declared == "text/plain":
            raise UnusualError("a summary that is no item's")
        leaf(element)
        return
    if "summary" in walk.context and not walk.has_content:
        _content(walk, element, depth, "text/plain")
        return
    found, _ = _content_params(walk, element, declared)
    _store(walk, "summary", found["value"], depth)
    walk.context["summary_detail"] = found


def _content(walk: Walk, element: Element, depth: int, declared: str) -> None:
    if walk.depths is None or walk.in_source:
        raise UnusualError("content that is no item's")
    walk.has_content = True
    found, given = _content_params(walk, element, declared)
    lang = _lang(element, walk.lang)
    if lang:
        found["language"] = lang.replace("_", "-")
    if declared == "text/plain" and given.get("src"):
        found["src"] = given["src"]
    walk.context.setdefault("content", []).append(found)
    walk.context.setdefault("summary", found["value"])


# --- links ------------------------------------------------------------------


def _enforce_href(given: dict[str, str]) -> None:
    href = given.get("url", given.get("uri", given.get("href")))
    if href:
        given.pop("url", None)
        given.pop("uri", None)
        given["href"] = href


def _link(walk: Walk, element: Element, depth: int) -> None:
    link = _attributes(element) if element.keys() else {}
    rel = link.setdefault("rel", "alternate")
    page = "application/atom+xml" if rel == "self" else "text/html"
    kind = link.setdefault("type", page)
    _enforce_href(link)
    text = leaf(element)
    walk.context.setdefault("links", []).append(link)
    if "href" in link:
        _check_spill(walk, element)
        link["href"] = _joined(walk, link["href"]) if link["href"] else walk.base
        if rel == "alternate" and _TYPES.get(kind, kind) in HTML_TYPES:
            walk.context["link"] = link["href"]
        return
    _link_text(walk, link, repaired(_joined(walk, text.strip())))


def _link_text(walk: Walk, link: dict[str, str], url: str) -> None:
    """RSS has the address as text; escaped twice often enough."""
    in_item = walk.depths is not None and not walk.in_source
    url = _REFERENCE.sub(r"&\g<1>", url.replace("&amp;", "&") if in_item else url)
    walk.context["link"] = url
    if url or not in_item:
        link["href"] = url


def _check_spill(walk: Walk, element: Element) -> None:
    if walk.in_source and _filled(element):
        raise UnusualError("text that feedparser takes for the source's title")


def _enclosure(walk: Walk, element: Element, depth: int) -> None:
    leaf(element)
    _check_spill(walk, element)
    given = _attributes(element)
    _enforce_href(given)
    walk.context.setdefault("links", []).append({**given, "rel": "enclosure"})


def _media(walk: Walk, element: Element, depth: int) -> None:
    walk.context.setdefault("media_content", []).append(_attributes(element))
    _wrapper(walk, element, depth)


def _guid(walk: Walk, element: Element, depth: int) -> None:
    given = _attributes(element) if element.keys() else {}
    permalink = given.get("ispermalink", "true").strip().lower()
    walk.context.setdefault("permalink", permalink)
    _text(walk, element, depth, "id")


def _source(walk: Walk, element: Element, depth: int) -> None:
    """RSS names the feed that an item is from; Atom has that feed's own elements."""
    if walk.depths is None or walk.in_source:
        raise UnusualError("a source that is no item's")
    given = _attributes(element)
    entry, walk.context, walk.in_source, walk.title_depth = walk.context, {}, True, -1
    if "url" in given:
        walk.context["href"] = given["url"]
    for child in element:
        name = key(child.tag, walk.unknown)
        if name in RULES and name not in _SOURCES_OWN:
            raise UnusualError("more in a source than belongs there")
    _within(walk, element, depth)
    title = repaired(_own_text(element))
    if title:
        walk.context["title"] = title
    entry["source"], walk.context, walk.in_source = walk.context, entry, False


def _own_text(element: Element) -> str:
    """The text directly in an element, around what else is in it."""
    tails = (child.tail or "" for child in element)
    return "".join(((element.text or ""), *tails))


# --- people and tags --------------------------------------------------------


def _author(walk: Walk, element: Element, depth: int) -> None:
    people = walk.context.setdefault("authors", [])
    people.append({})
    for child in element:
        name = _PERSONS.get(key(child.tag, walk.unknown))
        if name:
            _name_by_text(walk, people)
            people[-1][name] = leaf(child).strip()[:SHORT]
        else:
            _check_nothing(walk, child)
    _store(walk, "author", repaired(_own_text(element).strip()[:SHORT]), depth)
    _name_by_text(walk, people)


def _name_by_text(walk: Walk, people: list[dict[str, str]]) -> None:
    if not people[-1] and walk.context.get("author"):
        people[-1]["name"] = walk.context["author"]


def _check_nothing(walk: Walk, element: Element) -> None:
    name = key(element.tag, walk.unknown)
    if walk.depths is not None and not walk.in_source and name in ITEMS_OWN:
        leaf(element)
        return
    known = name in RULES or name in _READ or name in _RESERVED or name in UNUSUAL
    if known or len(element) or (element.keys() and _filled(element)):
        raise UnusualError("more than names in a person")


def _persons_only(walk: Walk, element: Element, depth: int) -> None:
    """People of no interest: contributors; the owner of a podcast."""
    for child in element:
        if key(child.tag, walk.unknown) in _PERSONS:
            leaf(child)
        else:
            _check_nothing(walk, child)


def _owner(walk: Walk, element: Element, depth: int) -> None:
    # feedparser takes an owner for an author, too; an RSS channel's are not read.
    if walk.atom or walk.depths is not None:
        raise UnusualError("an owner that feedparser takes for an author")
    _persons_only(walk, element, depth)


def _add_tag(
    walk: Walk, term: str | None, scheme: str | None, label: str | None
) -> None:
    tags = walk.context.setdefault("tags", [])
    tag = {"term": term, "scheme": scheme, "label": label}
    if len(tags) < TAGS and (term or scheme or label) and tag not in tags:
        tags.append(tag)


def _category(
    walk: Walk,
    element: Element,
    depth: int,
    term: str = "term",
    scheme: str | None = None,
) -> None:
    given = _attributes(element) if element.keys() else {}
    scheme = given.get("scheme", scheme or given.get("domain"))
    if term == "text":
        _add_tag(walk, given.get("text"), _ITUNES, None)
    else:
        _add_tag(walk, given.get("term"), scheme, given.get("label"))
    if walk.context is walk.feed and len(element):
        _categories_only(walk, element)
    elif value := repaired(leaf(element)):
        tags = walk.context["tags"]
        if tags and not tags[-1]["term"]:
            tags[-1]["term"] = value
        else:
            _add_tag(walk, value, None, None)


def _categories_only(walk: Walk, element: Element) -> None:
    """Podcasts' categories, one in the other; a feed's own are not read."""
    for child in element:
        if key(child.tag, walk.unknown) != "itunes_category":
            raise UnusualError("more in a category than categories")
        _categories_only(walk, child)


def _keywords(
    walk: Walk, element: Element, depth: int, scheme: str | None = None
) -> None:
    if element.keys():
        raise UnusualError("keywords with attributes")
    for term in repaired(leaf(element)).split(","):
        if term.strip():
            _add_tag(walk, term.strip(), scheme, None)


def _picture(walk: Walk, element: Element, depth: int) -> None:
    """A channel's image or search box, whose title and link are its own."""
    if walk.in_source:
        raise UnusualError("a picture in a source")
    walk.title_depth = -1
    for child in element:
        name = key(child.tag, walk.unknown)
        if name not in _PICTURES or (name == "name" and not _is_input(element)):
            raise UnusualError("more in an image than belongs there")
        if repaired(leaf(child)) and name == "title" and walk.depths is None:
            walk.title_depth = depth + 1


def _is_input(element: Element) -> bool:
    return element.tag.lower().endswith("textinput")


def _chapter(walk: Walk, element: Element, depth: int) -> None:
    if "start" not in _attributes(element):
        raise UnusualError("a chapter that feedparser stumbles over")
    leaf(element)


_PERSONS = {
    "name": "name",
    "itunes_name": "name",
    "email": "email",
    "itunes_email": "email",
    "url": "href",
    "uri": "href",
    "homepage": "href",
}
_PICTURES = {"title", "link", "description", "url", "width", "height", "name"}
# Fields read that have no method of feedparser's: stored under the element's name.
_READ = {
    *("comments", "dc_source", "dcterms_source", "feedburner_origlink"),
    *("pheedo_origlink", "media_text", "itunes_text"),
    *("ttl", "sy_updateperiod", "sy_updatefrequency"),
}
# Fields of feedparser's that no element should be called by.
_RESERVED = {
    *("authors", "author_detail", "links", "permalink", "title_detail"),
    *("summary_detail", "href", "nested", "tags_detail", "id_detail"),
}
# What feedparser has a method for, and the walk no need.
UNUSUAL = {
    *("abstract", "body", "xhtml_body", "channel", "feed", "rss", "geom"),
    *("georssgeom", "georss_where", "where", "gml_exterior", "gml_linearring"),
    *("gml_linestring", "gml_point", "gml_polygon", "gml_pos", "gml_poslist"),
    *("newlocation", "rdf_rdf"),
}
_IGNORED = (
    *("cloud", "copyright", "dc_contributor", "dc_publisher", "dc_rights"),
    *("dcterms_valid", "expirationdate", "generator", "georss_box", "georss_line"),
    *("georss_point", "georss_polygon", "height", "itunes_block", "itunes_explicit"),
    *("itunes_image", "itunes_subtitle", "media_credit", "media_license"),
    *("media_player", "media_rating", "media_restriction", "media_thumbnail", "rights"),
    *("subtitle", "tagline", "webmaster", "width", "email", "name", "itunes_name"),
    *("itunes_email", "itunes_link", "cc_license", "creativecommons_license", "info"),
    "feedburner_browserfriendly",
)
_SOURCES_OWN = {
    *("title", "dc_title", "id", "link", "author", "category", "contributor", "rights"),
    *("subtitle", "generator", "published", "updated"),
}


def _named(names: tuple[str, ...], field_name: str) -> dict[str, Rule]:
    return dict.fromkeys(names, partial(_text, name=field_name))


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(_IGNORED, _ignored),
    **dict.fromkeys(("title", "dc_title"), _title),
    **dict.fromkeys(("item", "entry"), _item),
    **dict.fromkeys(("image", "textinput"), _picture),
    **dict.fromkeys(("author", "managingeditor", "dc_author", "dc_creator"), _author),
    **dict.fromkeys(("category", "keywords", "dc_subject"), _category),
    **dict.fromkeys(("url", "uri", "homepage"), _ignored),
    **_named(("pubdate", "published", "issued", "dcterms_issued"), "published"),
    **_named(("updated", "modified", "lastbuilddate"), "updated"),
    **_named(("dc_date", "dcterms_modified"), "updated"),
    **_named(("created", "dcterms_created"), "created"),
    **_named(("language", "dc_language"), "language"),
    **_named(("media_title",), "media_title"),
    **_named(("media_description",), "media_text"),
    **_named(("itunes_summary",), "itunes_text"),
    "content": partial(_content, declared="text/plain"),
    "content_encoded": partial(_content, declared="text/html"),
    "fullitem": partial(_content, declared="text/html"),
    "description": partial(_described, declared="text/html"),
    "dc_description": partial(_described, declared="text/html"),
    "summary": partial(_described, declared="text/plain"),
    "contributor": _persons_only,
    "enclosure": _enclosure,
    "guid": _guid,
    "id": partial(_text, name="id"),
    "itunes_author": _author,
    "itunes_category": partial(_category, term="text"),
    "itunes_keywords": partial(_keywords, scheme=_ITUNES),
    "itunes_owner": _owner,
    "link": _link,
    "media_category": partial(_category, scheme=_MEDIA_SCHEME),
    "media_content": _media,
    "media_group": _wrapper,
    "media_keywords": _keywords,
    "psc_chapter": _chapter,
    "psc_chapters": _wrapper,
    "source": _source,
    "tags": _keywords,
}
