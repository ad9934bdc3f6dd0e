"""What an address says of the page behind it, before that is seen.

An article's, a shop's, a page about somebody: told by words in it. Fetches nothing.
"""

import re
from collections.abc import Iterable

from reader import urls
from reader.html.document import path_of
from reader.resolve.carriers import is_exit_host
from reader.resolve.match import terms
from reader.rules import Rules
from reader.rules.tables import listed

_DATED = re.compile(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)")
_ID = re.compile(r"\d{4,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
_SCRIPT = re.compile(r"\.(?:php\d?|aspx?|cgi|do|jsp)(?=/|$)")
_SLUG_WORDS = 3
_ABOUT_SEGMENTS = 2


def offers(url: str, rules: Rules) -> bool:
    """Whether an address is of something to buy, to join, to be sent."""
    places, host = rules.places, urls.host(url)
    label = host.partition(".")[0] if host != urls.site_of(host) else ""
    segments = _segments(url)
    work = len(segments) <= _ABOUT_SEGMENTS and set(segments[:1]) & places.works
    return (
        label in places.shops
        or bool(work)
        or bool(set(segments[:1]) & places.shops)
        or bool(set(segments[-1:]) & (places.services | places.shops))
    )


def about(url: str, rules: Rules) -> bool:
    """Whether an address is of a page about a publisher, an author or a topic."""
    segments = _segments(url)
    if not segments or len(segments) > _ABOUT_SEGMENTS:
        return False
    return segments[0] in rules.places.abouts and not _is_slug(segments[-1], 5)


def articlelike(url: str, titles: Iterable[str]) -> bool:
    """Whether an address has an article's form, or words of the headline in it."""
    segments = _segments(url)
    if not segments:
        return False
    last = segments[-1]
    if _DATED.search(path_of(url) + "/") or _is_slug(last, _SLUG_WORDS):
        return True
    if _ID.search(_YEAR.sub("", last)):
        return True
    said = {word for word in terms(last.replace("_", " ")) if len(word) > 2}
    return any(2 * len(said & set(terms(title))) >= len(said) > 0 for title in titles)


def is_door(url: str, rules: Rules) -> bool:
    """Whether a page of the own site looks like a door to elsewhere."""
    path = _SCRIPT.sub("", path_of(url)) + "/"
    known = any(door in path for door in rules.carriers.doors)
    return known or is_exit_host(urls.host(url), rules)


def of_build(url: str, rules: Rules) -> bool:
    """Whether an address is on a host where sites are built or tried."""
    return is_staged(url, rules) or listed(urls.host(url), rules.places.build)


def is_staged(url: str, rules: Rules) -> bool:
    """Whether an address is on a host below a site where pages are only tried.

    "dev.bore.example" is; the site "dev.to" is not.
    """
    host = urls.host(url)
    return host.startswith(rules.places.staging) and host != urls.site_of(host)


def same_path(one: str, other: str) -> bool:
    """Whether two addresses have the same telling path, whatever their hosts."""
    first, second = _segments(one), _segments(other)
    return first == second and (len(first) > 1 or any(len(s) > 11 for s in first))


def _segments(url: str) -> tuple[str, ...]:
    """The segments of a path, a language's at its beginning left out."""
    found = tuple(piece for piece in path_of(url).split("/") if piece)
    return found[1:] if len(found) > 1 and _LANGUAGE.fullmatch(found[0]) else found


def _is_slug(segment: str, least: int) -> bool:
    words = re.split(r"[-_]+", segment.partition(".")[0])
    return len([word for word in words if word.isalpha()]) >= least
