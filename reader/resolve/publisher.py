"""Who is who: names and sites of publishers, compared and reconciled.

"RT", "rt.com" and "RT International" are one. Decides nothing about entries.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from reader import urls
from reader.cleaning import clean_line
from reader.html import Document, linked
from reader.html.document import instant
from reader.rules import Rules
from reader.rules.tables import listed

_CREDIT = 90
"""Characters that a line which credits somebody may have."""
_FORM = 2
"""Words that may come behind a company's name."""
_TELLING = 4
"""Letters from which on a name under two suffixes is hardly a coincidence."""
_WORDS = re.compile(r"[^\W_]+")
_FILLERS_TEXT = """
the a le la les der die das el los il lo international online news com org net
www website site official homepage blog feed rss posts latest
formerly vormals ehemals anciennement anteriormente voorheen
"""
_PARTS = re.compile(r"\s*[|•·»«()]\s*|\s+[–—:-]+\s+|:\s+")
_FILLERS = frozenset(_FILLERS_TEXT.split())


@lru_cache(maxsize=2_048)
def words(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others, folded."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    found = _WORDS.findall(plain)
    telling = tuple(word for word in found if word not in _FILLERS)
    return telling or tuple(found)


def same_name(one: str, other: str) -> bool:
    """Whether two names mean one publisher."""
    first, second = words(one), words(other)
    if not first or not second:
        return False
    return first == second or "".join(first) == "".join(second)


def alike_names(one: str, other: str) -> bool:
    """Whether two names have a part in common: "Valley Observer | Valley Live"."""
    return any(same_name(a, b) for a in name_parts(one) for b in name_parts(other))


def name_parts(name: str) -> tuple[str, ...]:
    """A name, and what its separators part it into."""
    parts = (part for part in _PARTS.split(name) if len(part) > 2)
    return tuple(dict.fromkeys((name, *parts)))


def _label(host: str) -> str:
    """The part of a host that names its owner: "bbc" of www.bbc.co.uk."""
    return urls.site_of(host).partition(".")[0]


@lru_cache(maxsize=512)
def names_host(name: str, host: str) -> bool:
    """Whether a name is that of a host's owner."""
    if not host or not name:
        return False
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", name.lower()).rstrip("/")
    if bare == host.removeprefix("www.") or bare == urls.site_of(host):
        return True
    told = words(name)
    joined, plain = "".join(told), "".join(_WORDS.findall(name.casefold()))
    label = _label(host).replace("-", "")
    labels = {part.replace("-", "") for part in host.split(".")}
    initials = "".join(word[0] for word in told)
    return (
        joined == label
        or plain == label
        or (len(told) > 1 and set(told) <= labels)
        or (len(initials) >= 3 and initials == label)
    )


def credits_one(document: Document, names: Iterable[str], rules: Rules) -> bool:
    """Whether a line of a page names one of these as its source: "SOURCE Acme Ltd"."""
    wanted = [part for name in names for part in name_parts(name) if words(part)]
    lines = (
        [b.text for b in document.blocks if 8 <= len(b.text) <= _CREDIT]
        if wanted
        else []
    )
    return any(
        _begins_with(credited, name)
        for line in lines
        if (credited := _credited(line, rules))
        for name in wanted
    )


def _begins_with(credited: str, name: str) -> bool:
    """Whether a credit is a name's, with or without its "Inc." and "Ltd"."""
    said, wanted = words(credited), words(name)
    return said[: len(wanted)] == wanted and len(said) - len(wanted) <= _FORM


def _credited(line: str, rules: Rules) -> str:
    """Whom a line names as a source, the label off it."""
    lowered = line.lower()
    for label in rules.phrases.labels:
        rest = lowered[len(label) :].strip(" :-–—(")
        if lowered.startswith(label) and rest and not lowered[len(label)].isalnum():
            return rest.rstrip(" .)")
    return ""


def same_house(one: str, other: str, rules: Rules) -> bool:
    """Whether two URLs are of one site, or of sites known as one publisher's."""
    places = rules.places
    return _one_house(
        urls.host(one), urls.host(other), places.families, places.in_many_countries
    )


@lru_cache(maxsize=2_048)
def _one_house(
    one: str, other: str, families: tuple[str, ...], services: tuple[str, ...]
) -> bool:
    if not one or not other:
        return False
    blogs = _blog(one, services), _blog(other, services)
    if any(blogs):
        return blogs[0] == blogs[1]
    first, second = urls.site_of(one), urls.site_of(other)
    if first == second:
        return True
    houses = _houses(families)
    house = houses.get(first)
    return house is not None and house == houses.get(second)


def _blog(host: str, services: tuple[str, ...]) -> str:
    """A blog of a service that has hosts in many countries, without its country."""
    for service in services:
        before, dot, after = host.partition(f".{service}.")
        if dot and before and after.count(".") <= 1:
            return f"{before.rpartition('.')[2]}.{service}"
    return ""


@lru_cache(maxsize=8)
def _houses(families: tuple[str, ...]) -> dict[str, int]:
    """Which line of the families a site stands in."""
    lines = enumerate(families)
    return {site: number for number, line in lines for site in line.split()}


def same_publisher(one: str, other: str, rules: Rules) -> bool:
    """Whether two URLs are one publisher's: one site, or one name, two suffixes."""
    if same_house(one, other, rules):
        return True
    first, second = urls.site(one), urls.site(other)
    name = first.partition(".")[0]
    alike = name == second.partition(".")[0] and len(name) >= _TELLING
    return alike and not listed(urls.host(one), rules.places.platforms)


# --- what a page says about itself ------------------------------------------


def name_of(document: Document, announced: str = "") -> str | None:
    """The publisher that a page names: JSON-LD, then Open Graph, then its head."""
    article = document.article_node or {}
    given = [
        *linked.texts(article.get("publisher")),
        document.meta.get("og:site_name", ""),
        document.meta.get("application-name", ""),
        *(name for node in document.json_ld for name in _organisation(node)),
    ]
    names = [clean_line(name) for name in given if name.strip()]
    if announced and any(same_name(announced, name) for name in names):
        return announced
    return names[0] if names else None


def _organisation(node: linked.Node) -> tuple[str, ...]:
    kinds = ("Organization", "NewsMediaOrganization", "WebSite")
    return (
        linked.texts(node.get("name")) if set(kinds) & set(linked.types(node)) else ()
    )


def authors_of(document: Document) -> tuple[str, ...]:
    """The authors that a page names."""
    article = document.article_node or {}
    names = linked.texts(article.get("author"))
    if not names:
        given = (
            document.meta.get(k, "") for k in ("author", "article:author", "dc.creator")
        )
        names = tuple(name for name in given if name)[:1]
    plain = map(clean_line, names)
    return tuple(dict.fromkeys(n for n in plain if n and not urls.is_web(n)))


_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
)


def published_of(document: Document) -> datetime | None:
    """When a page says that its article was published."""
    article = document.article_node or {}
    given = [
        article.get("datePublished"),
        *(document.meta.get(name) for name in _DATES),
    ]
    found = (instant(value) for value in given if isinstance(value, str))
    return next((when for when in found if when), None)


def site_name(url: str) -> str:
    """What to call a publisher of whom only the address is known."""
    return urls.site(url) or urls.host(url)
