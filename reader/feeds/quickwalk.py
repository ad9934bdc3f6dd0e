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

from reader.feeds.bounds import ENTRIES, ITEMS_OWN, SHORT, SHORT_ONES
from reader.feeds.quicknames import NAMESPACE_END, RDF, UnusualError, key, prefix_of
from reader.feeds.quicktext import leaf, repaired

_XML_LANG = "http://www.w3.org/XML/1998/namespace}lang"
# An address that joining with any other leaves as it is.
ABSOLUTE = re.compile(r"https?://(?!/)[!-Z\\^-~]+")
_SLASHES = re.compile(r"[A-Za-z][A-Za-z0-9+-.]*:///")
# Fields read that have no method of feedparser's: stored under the element's name.
READ = {
    *("comments", "dc_source", "dcterms_source", "feedburner_origlink"),
    *("pheedo_origlink", "media_text", "itunes_text"),
    *("ttl", "sy_updateperiod", "sy_updatefrequency"),
}
# Fields of feedparser's that no element should be called by.
RESERVED = {
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
    named: Mapping[str, "Rule"] = field(default_factory=dict)
    rules: dict[str, "Rule"] = field(default_factory=dict)
    nested: dict[str, "Rule"] = field(default_factory=dict)


Rule = Callable[[Walk, Element, int], None]


def start(walk: Walk, root: Element) -> None:
    """Walk through a feed, root and all."""
    walk.context = walk.feed
    walk.lang = lang_of(root, None)
    if walk.lang:
        walk.feed["language"] = walk.lang.replace("_", "-")
    if walk.atom:
        within(walk, root, 1)
        return
    channels = [c for c in root if key(c.tag, walk.unknown) == "channel"]
    if len(channels) != 1 or len(root) != 1:
        raise UnusualError("items beside the channel, or two channels")
    _check_plain(channels[0])
    walk.lang = lang_of(channels[0], walk.lang)
    within(walk, channels[0], 2)


def within(walk: Walk, element: Element, depth: int) -> None:
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
        return wrapper_rule
    return walk.named.get(name) or partial(_other, name=name)


def attributes_of(element: Element) -> dict[str, str]:
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


def lang_of(element: Element, inherited: str | None) -> str | None:
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
    attributes_of(element)


def item_rule(walk: Walk, element: Element, depth: int) -> None:
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
    walk.lang = lang_of(element, lang)
    for child in element:
        rule = walk.rules.get(child.tag)
        if rule is None:
            rule = walk.rules[child.tag] = _rule(walk, child.tag, deep=False)
        rule(walk, child, depth + 1)
    walk.context, walk.depths, walk.lang = walk.feed, None, lang
    walk.has_content = False


def store(walk: Walk, name: str, value: str, depth: int) -> None:
    """Keep a value; of an item's, the least nested, of these the last."""
    if walk.depths is None or walk.in_source:
        walk.context[name] = value
    elif depth <= walk.depths.get(name, depth):
        walk.depths[name] = depth
        walk.context[name] = value


def text_rule(walk: Walk, element: Element, depth: int, name: str) -> None:
    text = leaf(element)
    if name in SHORT_ONES:
        text = text.strip()[:SHORT]
    store(walk, name, repaired(text), depth)


def _other(walk: Walk, element: Element, depth: int, name: str) -> None:
    """An element that feedparser has no method for."""
    if name in RESERVED or name in UNUSUAL:
        raise UnusualError("a name that feedparser keeps for itself")
    if name not in READ:
        wrapper_rule(walk, element, depth)
    elif element.keys():
        leaf(element)
        walk.context[name] = {}
    elif name == "comments":
        store(walk, name, repaired(joined(walk, leaf(element).strip())), depth)
    else:
        text_rule(walk, element, depth, name)


def wrapper_rule(walk: Walk, element: Element, depth: int) -> None:
    """An element of no meaning: what is in it counts as if it were outside."""
    if walk.in_source and element.keys() and (len(element) or is_filled(element)):
        raise UnusualError("text that feedparser takes for the source's title")
    if len(element):
        lang, walk.lang = walk.lang, lang_of(element, walk.lang)
        within(walk, element, depth)
        walk.lang = lang


def ignored_rule(walk: Walk, element: Element, depth: int) -> None:
    leaf(element)


def is_filled(element: Element) -> bool:
    return bool(element.text and element.text.strip())


def joined(walk: Walk, url: str) -> str:
    """A link seen from the feed, as far as feedparser does that."""
    if not url or ABSOLUTE.fullmatch(url):
        return url
    if _SLASHES.match(url):
        raise UnusualError("slashes that feedparser takes away")
    try:
        return urljoin(walk.base, url)
    except ValueError:
        return ""


def own_text(element: Element) -> str:
    """The text directly in an element, around what else is in it."""
    tails = (child.tail or "" for child in element)
    return "".join(((element.text or ""), *tails))
