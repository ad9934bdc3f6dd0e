"""Is this the same article? Titles, texts and dates compared.

Generic titles match nothing, and the same title on another day is another article.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from reader import urls
from reader.resolve.publisher import names_host, same_name
from reader.resolve.values import Ask, Candidate
from reader.rules import Rules

_WORD = re.compile(r"[^\W_]+")
_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—]{1,40}$|\s*[|｜]\s*[^|｜]{1,40}$")
_APART = timedelta(days=3)
_NEAR = timedelta(days=30)
_COPIED, _QUOTED = 0.4, 0.1
_ENOUGH = 0.8
"""Share of words that two titles must have in common to be nearly the same."""


def terms(text: str) -> tuple[str, ...]:
    """The words of a text, folded; pairs of characters where words have no spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = unicodedata.normalize(
        "NFC", "".join(c for c in folded if not unicodedata.combining(c))
    )
    found: list[str] = []
    for word in _WORD.findall(plain.replace("'", "")):
        wide = len(word) > 2 and _WIDE.search(word)
        found += [word[i : i + 2] for i in range(len(word) - 1)] if wide else [word]
    return tuple(found)


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1; a site's name at the end does not count."""
    return max(
        _likeness(terms(first), terms(second))
        for first in _versions(one)
        for second in _versions(other)
    )


def unsigned(title: str, names: Iterable[str]) -> str:
    """A title without the name of its site at the end."""
    short = _SUFFIX.sub("", title)
    name = title[len(short) :].strip(" |｜–—-") if short else ""
    return short if name and any(same_name(name, own) for own in names) else title


def _versions(title: str) -> tuple[str, ...]:
    short = _SUFFIX.sub("", title)
    return (title, short) if short and short != title else (title,)


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    first, second = set(one), set(other)
    if _numbers(first - second) and _numbers(second - first):
        return 0.0  # the same column, another day or another part of it
    common = len(first & second)
    jaccard = common / len(first | second)
    # One shortened at its end ("… – media") still holds the other's words.
    least = min(len(first), len(second))
    within = 0.9 * common / least if least >= 5 else 0.0
    return max(jaccard, within if within >= 0.9 else 0.0)


def _numbers(words: set[str]) -> bool:
    return any(word.isdigit() for word in words)


def generic(title: str, rules: Rules) -> bool:
    """Whether a title is one that many entries share."""
    plain = " ".join(_WORD.findall(title.casefold()))
    folded = {" ".join(_WORD.findall(name)) for name in rules.titles.generic}
    return len(plain) < 6 or plain in folded or len(terms(title)) < 2


def best(
    ask: Ask, titles: Iterable[str], found: Iterable[Candidate], rules: Rules
) -> tuple[Candidate, float] | None:
    """The candidate that is the asked article, and how alike the titles are."""
    wanted = [title for title in titles if title and not generic(title, rules)]
    scored = [
        (candidate, max(likeness(title, candidate.title) for title in wanted))
        for candidate in found
        if wanted and _of(ask, candidate) and _in_time(ask.published, candidate)
    ]
    scored = [(c, score) for c, score in scored if score >= _ENOUGH]
    scored.sort(
        key=lambda pair: (-pair[1], _distance(ask.published, pair[0].published))
    )
    if not scored:
        return None
    best_one, score = scored[0]
    key = _bare(best_one.url)
    rivals = [c for c, s in scored if s == score and _bare(c.url) != key]
    if rivals and not _stands_out(ask.published, best_one, rivals):
        return None
    return scored[0]


def _of(ask: Ask, candidate: Candidate) -> bool:
    """Whether a candidate is of the publisher that was asked for."""
    if ask.home and urls.same_site(ask.home, candidate.url):
        return True
    if candidate.publisher and same_name(ask.publisher, candidate.publisher):
        return True
    return names_host(ask.publisher, urls.host(candidate.url))


def _in_time(published: datetime | None, candidate: Candidate) -> bool:
    if published is None or candidate.published is None:
        return True
    return -_APART <= published - candidate.published <= _NEAR


def _bare(url: str) -> str:
    return urls.shown(url).partition("?")[0]


def _stands_out(
    published: datetime | None, nearest: Candidate, rivals: list[Candidate]
) -> bool:
    """Whether one of several with the same title is clearly nearest in time.

    A title that comes every day is not a headline: only that day's may be it.
    """
    near = _distance(published, nearest.published)
    next_one = min(_distance(published, rival.published) for rival in rivals)
    return near < timedelta.max / 2 and next_one >= 2 * near


def _distance(one: datetime | None, other: datetime | None) -> timedelta:
    return abs(one - other) if one and other else timedelta.max


def shares_text(one: str, other: str) -> bool | None:
    """Whether `one` is a copy of `other`, or of a part of it, by runs of eight words.

    None when it is too short to say, or when it shares no more than a quotation would.
    """
    first, second = _runs(one), _runs(other)
    if len(first) < 12 or len(second) < 12:
        return None
    share = len(first & second) / len(first)
    if share >= _COPIED:
        return True
    return False if share < _QUOTED else None


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    found = terms(text[:40_000])
    return frozenset(found[i : i + 8] for i in range(max(0, len(found) - 7)))
