"""The end of a walk: from what was found to an Attribution.

A wrong original is worse than none: below the threshold a stub is `unresolved`, and
what was found stands in `guess`.
"""

from dataclasses import replace
from functools import partial

from reader import urls
from reader.model import Attribution, Guess, Hop, Page, Reason, Refusal
from reader.resolve import verdict
from reader.resolve.outlook import SHORT
from reader.resolve.pointers import same_path
from reader.resolve.publisher import alike_names, names_host, same_house, site_name
from reader.resolve.values import Done, Found, Sign
from reader.resolve.walk import Walk
from reader.resolve.wrappers import stands_for_another

_NOTHING = "no link to the article"
_MAYBE = 0.40
_REFUSED = "an address that may not be followed"


def concluded(walk: Walk) -> Walk:
    """The walk with its verdict."""
    others = [found for found in walk.found if not _is_own(walk, found)]
    own = next((found for found in walk.found if _is_own(walk, found)), None)
    best = max(others, key=partial(_rank, walk), default=None)
    if best is not None and _is_answer(walk, best):
        done = Done(_resolved(walk, best), best.page, _entry_page(walk))
    elif walk.stub or _is_claimed(walk, others) or _led_nowhere(walk, own):
        done = Done(_unresolved(walk, best, own), None, _entry_page(walk))
    else:
        page = own.page if own else None
        done = Done(_original(walk, own), page, _entry_page(walk) or page)
    return replace(walk, done=done, lead=None, ask=None, waiting=())


def _entry_page(walk: Walk) -> Page | None:
    """The entry's own page, unless it is a wall or no text: nobody's article."""
    return next((f.page for f in walk.found if f.page is walk.entry_page), None)


_LIKE: frozenset[Sign] = frozenset(("same-text", "same-headline"))


def _is_claimed(walk: Walk, others: list[Found]) -> bool:
    """Whether the entry's page says that it is a stub, and nothing refutes it.

    A long text that none of its targets has is its own, whatever it says about others.
    """
    if not walk.claimed or (not others and _came_back(walk)):
        return False
    seen = [{item.sign for item in found.path.evidence} for found in others]
    long = len(walk.own_text) >= SHORT
    return not (long and seen and all(map(_refutes, seen)))


def _came_back(walk: Walk) -> bool:
    """Whether all that moves the reader leads to the entry's own text again."""
    return not walk.named and any(
        found.path.hops and found.page is not None and not found.passed
        for found in walk.found
    )


def _refutes(signs: set[Sign]) -> bool:
    """Whether a target shows that it is not what the entry's text is from."""
    if signs & _LIKE:
        return "points-back" in signs
    unlike = bool(signs & {"other-headline", "thin"}) and not signs & {"address"}
    return bool(signs & {"other-text", "points-back", "no-article"}) or (
        unlike and "unseen" not in signs
    )


def _led_nowhere(walk: Walk, own: Found | None) -> bool:
    """Whether the way led off the site, or to a page that only stands for another.

    Of an address without a feed nothing is known but its page: unseen, it is nobody's.
    """
    if own is None:
        return walk.moved or walk.feed is None
    unseen = own.http_status is None or own.http_status >= 400
    return stands_for_another(own.url, walk.rules) or (unseen and walk.feed is None)


def convincing(walk: Walk) -> bool:
    """Whether one of the ends is another site's, and sure enough to stop at."""
    return any(
        not found.passed and _is_answer(walk, found) and not _is_own(walk, found)
        for found in walk.found
    )


def _rank(walk: Walk, found: Found) -> tuple[bool, bool, float]:
    """Sure ends before others, and those that name nobody else before those that do."""
    sure = _is_answer(walk, found)
    return (sure and not found.passed, sure, _confidence(found))


def _is_answer(walk: Walk, found: Found) -> bool:
    """Whether an end is sure enough to be offered, and a page of its own."""
    sure = _confidence(found) >= verdict.THRESHOLD
    return sure and not stands_for_another(found.url, walk.rules)


def _confidence(found: Found) -> float:
    return verdict.sureness(found.path)


def _is_own(walk: Walk, found: Found) -> bool:
    """Whether a page is of the very publisher whose feed carries the entry."""
    if walk.began.comment or not found.path.hops:
        return not found.path.hops or walk.began.comment is not None
    if _has_moved(walk, found):
        return True
    if walk.is_own(found.url):
        return not _is_namesake(walk, found)
    linked = all(hop.via.startswith(_LINKED) for hop in found.path.hops)
    return linked and any(
        alike_names(found.publisher or "", name) for name in _own_names(walk)
    )


def _is_namesake(walk: Walk, found: Found) -> bool:
    """Whether an announced page is of another paper that is spelt like this one."""
    announced = any(item.sign == "announced-link" for item in found.path.evidence)
    owners = walk.owners
    other = not any(same_house(found.url, owner, walk.rules) for owner in owners)
    names = (*_own_names(walk), walk.own_name)
    alike = any(alike_names(found.publisher or "", name) for name in names if name)
    return announced and other and bool(found.publisher) and not alike


_LINKED = ("feed-link", "http-", "canonical")


def _has_moved(walk: Walk, found: Found) -> bool:
    """Whether the entry's site has a new address: the same path on another host."""
    hops = found.path.hops
    moved = all(hop.via.startswith(("http-", "canonical")) for hop in hops)
    own = moved and walk.is_own(hops[0].url) and hops[0].via.startswith("http-")
    # A host that sends readers to itself until they have its cookie has not moved.
    away = next((hop for hop in hops if not urls.same_site(hop.url, hop.target)), None)
    return own and away is not None and same_path(away.url, away.target)


def _own_names(walk: Walk) -> tuple[str, ...]:
    """What the entry's publisher is called: by its feed, and its page where it fits."""
    title = walk.feed.title if walk.feed else ""
    name, host = walk.own_name, urls.host(walk.entry.url)
    fits = names_host(name, host) or alike_names(name, title)
    return tuple(filter(None, (title, name if fits else "")))


def _base(walk: Walk) -> Attribution:
    return Attribution(
        "unchecked", refused=walk.refused, pages=walk.pages, checked_at=walk.now
    )


def _resolved(walk: Walk, found: Found) -> Attribution:
    return replace(
        _base(walk),
        status="resolved",
        url=urls.canonical(found.url, walk.rules.tracking),
        publisher=_name(walk, found),
        authors=found.authors,
        published=found.published,
        confidence=_confidence(found),
        reachable=found.reachable,
        http_status=found.http_status,
        trail=found.path.hops,
        reasons=verdict.reasons((*found.path.evidence, *found.path.before)),
        refused=(*walk.refused, *_passed_over(walk, found)),
        problem=found.problem,
        problem_evidence=found.problem_evidence,
        announced=walk.quote or None,
    )


def _name(walk: Walk, found: Found) -> str | None:
    """What the publisher is called: by its page, by the stub, by its address."""
    quotes = (e.quote for e in found.path.evidence if e.sign == "declared")
    declared = next((quote for quote in quotes if not urls.is_web(quote)), None)
    return found.publisher or walk.named or declared or site_name(found.url)


def _passed_over(walk: Walk, taken: Found) -> tuple[Refusal, ...]:
    """What else was looked at for the original, and why it is not."""
    trail = {hop.target for hop in taken.path.hops}
    others = [
        Refusal(found.url, found.problem or _objection(found))
        for found in walk.found
        if found is not taken and not _is_own(walk, found) and found.url not in trail
    ]
    if walk.home and not urls.same_page(walk.home, taken.url):
        others.append(Refusal(walk.home, "the front page, not an article"))
    return tuple(dict.fromkeys(others))


def _objection(found: Found) -> str:
    against = [r for r in verdict.reasons(found.path.evidence) if not r.supports]
    return against[0].text if against else "less sure than the other"


def _unresolved(walk: Walk, best: Found | None, own: Found | None) -> Attribution:
    guess = _guess(walk, best)
    return replace(
        _base(walk),
        status="unresolved",
        publisher=None,
        trail=best.path.hops if best else _longest(walk),
        guess=guess if guess and not walk.policy.refusal(guess.url) else None,
        ended=walk.ended or _why(walk, best or own),
        announced=walk.quote or None,
    )


def _why(walk: Walk, best: Found | None) -> str:
    if best is not None and best.problem:
        return f"a page that {best.problem}"
    return _REFUSED if walk.refused and not walk.named else _NOTHING


def _guess(walk: Walk, best: Found | None) -> Guess | None:
    if best is None and walk.maybe:
        said = Reason("a link with the same headline")
        return Guess(walk.maybe, site_name(walk.maybe), _MAYBE, (said,))
    if best is None:
        return Guess(walk.home, walk.named, 0.0) if walk.home else None
    evidence = (*best.path.evidence, *best.path.before)
    name = best.publisher or walk.named or site_name(best.url)
    return Guess(best.url, name, _confidence(best), verdict.reasons(evidence))


def _longest(walk: Walk) -> tuple[Hop, ...]:
    trails = [found.path.hops for found in walk.found]
    trails += [walk.lead.path.hops] if walk.lead else []
    trails += [walk.last.hops] if walk.last else []
    return max(trails, key=len, default=())


def _original(walk: Walk, own: Found | None) -> Attribution:
    url = own.url if own else walk.began.comment or walk.entry.url
    title = walk.feed.title if walk.feed else None
    published = own.published if own and own.published else None
    return replace(
        _base(walk),
        status="original",
        url=urls.canonical(url, walk.rules.tracking) or None,
        publisher=(own.publisher if own else None) or title or site_name(url) or None,
        authors=(own.authors if own else ()) or walk.entry.authors,
        published=published or walk.entry.published,
        reachable=own.reachable if own else False,
        http_status=own.http_status if own else None,
        trail=own.path.hops if own else (),
        problem=own.problem if own else None,
        problem_evidence=own.problem_evidence if own else None,
        ended=walk.ended,
    )
