"""From evidence to confidence: the one place where signs get their weight.

Each sign for a target is an independent chance that it is right; together they leave
the doubt that is the product of what each leaves (noisy-or). Each sign against takes
its share of what was won. So two middling signs that agree are worth a strong one, a
second sign of the same kind is worth nothing, and disagreement always lowers.

Under `THRESHOLD` nothing is offered as the original.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reader.model import Reason
from reader.resolve.values import Evidence, Path, Sign

THRESHOLD = 0.80
"""The least confidence of an answer."""
_MOST = 0.99


@dataclass(frozen=True, slots=True)
class Weight:
    """What a sign is worth, and what it is called before people."""

    worth: float
    text: str
    supports: bool = True


def _against(worth: float, text: str) -> Weight:
    return Weight(worth, text, supports=False)


WEIGHTS: dict[Sign, Weight] = {
    # Definitional: the way itself leads there, whoever says what about it.
    "orig-link": Weight(0.95, "the feed says so"),
    "wrapper": Weight(0.94, "the address unwraps to it"),
    "http": Weight(0.93, "the address leads there"),
    "feed-link": Weight(0.90, "the feed links to it"),
    "discussed": Weight(0.90, "the feed links to it"),
    "refresh": Weight(0.88, "the page moves on to it"),
    "announced-link": Weight(0.86, "a link in the stub"),
    "script": Weight(0.84, "the page moves on to it"),
    "carrier": Weight(0.84, "the address unwraps to it"),
    "form": Weight(0.82, "the page moves on to it"),
    # Asking for a second sign.
    "link-of-name": Weight(0.70, "a link in the stub"),
    "canonical": Weight(0.70, "canonical agrees"),
    "based-on": Weight(0.65, "canonical agrees"),
    "feed-hint": Weight(0.55, "the feed says so"),
    "hinted-link": Weight(0.55, "a link in the stub"),
    "declared": Weight(0.55, "the page declares that publisher as its own"),
    "exit-page": Weight(0.70, "the page only leads away"),
    "only-link": Weight(0.50, "the only link out"),
    "named": Weight(0.45, "named in the stub"),
    "moving": Weight(0.40, "the stub says it moves on"),
    "agrees": Weight(0.40, "two ways lead there"),
    "og-url": Weight(0.35, "canonical agrees"),
    "address": Weight(0.02, "its address is an article’s"),
    "bare": Weight(0.10, "the stub has no text at all"),
    # What the target shows.
    "feed-headline": Weight(0.75, "same headline in its own feed"),
    "feed-headline-nearly": Weight(0.60, "nearly the same headline in its own feed"),
    "same-text": Weight(0.80, "the same text"),
    "same-headline": Weight(0.65, "same headline"),
    "same-name": Weight(0.35, "named in the stub"),
    "earlier": Weight(0.25, "dated earlier"),
    # Against.
    "points-back": _against(0.95, "it says that this entry is the original"),
    "other-text": _against(0.70, "the text is another one"),
    "no-article": _against(0.45, "no article is there"),
    "thin": _against(0.12, "hardly a text is there"),
    "later": _against(0.40, "dated later"),
    "disagrees": _against(0.30, "another way leads elsewhere"),
    "other-headline": _against(0.12, "another headline"),
    "unseen": _against(0.05, "its page could not be seen"),
}

# Signs that say the same thing twice count once: only the strongest of a group.
_ALIKE: tuple[frozenset[Sign], ...] = (
    frozenset(("feed-headline", "feed-headline-nearly", "same-headline")),
    frozenset(("announced-link", "hinted-link", "link-of-name", "only-link")),
    frozenset(("named", "same-name")),
    frozenset(("canonical", "og-url", "based-on")),
    frozenset(("refresh", "script", "form")),
    frozenset(("orig-link", "feed-link", "feed-hint", "discussed")),
)


_LONELY: frozenset[Sign] = frozenset(("only-link", "based-on"))
"""Ways on that anything may have: tickets, a film, a paper. A like headline is then no
second sign; it takes one that speaks of a text published elsewhere."""

_FAR: frozenset[Sign] = frozenset(
    ("same-headline", "earlier", "feed-headline", "feed-headline-nearly")
)
"""Signs that what is only talked about shows as well as an original does."""


_CLAIMED: frozenset[Sign] = frozenset(("announced-link", "hinted-link", "link-of-name"))
"""Ways on that somebody's words show: they may be about another text than this."""

_FIRMLY: frozenset[Sign] = frozenset(("announced-link", "link-of-name"))
"""Those among them that say of the entry's text that it is the other's."""

_BACKING: frozenset[Sign] = frozenset(
    (
        *("same-headline", "same-text", "feed-headline", "feed-headline-nearly"),
        *("refresh", "script", "form", "http", "moving", "agrees", "declared"),
        *("canonical", "og-url", "based-on", "feed-hint", "orig-link", "feed-link"),
    )
)
"""Signs that what is announced is this very text."""

_UNLIKE: frozenset[Sign] = frozenset(("other-headline", "other-text"))
_UNKNOWN: frozenset[Sign] = frozenset(("unseen", "thin"))
_UNBACKED = 0.35
"""What a claim loses that its target does not bear out, or cannot, being out of sight
behind an address that is hardly an article's."""


def confidence(evidence: Iterable[Evidence]) -> float:
    """How sure the evidence makes us of a target, 0 to 0.99."""
    given = {item.sign for item in evidence}
    signs = _counting(given)
    supporting = {sign for sign in given if WEIGHTS[sign].supports}
    if given & _LONELY and not supporting - _LONELY - _FAR:
        signs -= _FAR
    doubt, kept = 1.0, 1 - _UNBACKED if _is_unbacked(given) else 1.0
    for sign in signs:
        weight = WEIGHTS[sign]
        if weight.supports:
            doubt *= 1 - weight.worth
        else:
            kept *= 1 - weight.worth
    return round(min(_MOST, (1 - doubt) * kept), 4)


def _is_unbacked(given: set[Sign]) -> bool:
    if not given & _CLAIMED or given & _BACKING:
        return False
    if not given & _FIRMLY:
        return True
    unknown = bool(given & _UNKNOWN) and "address" not in given
    return unknown or bool(given & _UNLIKE)


def sureness(path: Path) -> float:
    """How sure a path makes us of its end: never surer than of the way to it."""
    return min(path.floor, confidence(path.evidence))


def reasons(evidence: Iterable[Evidence]) -> tuple[Reason, ...]:
    """The evidence in words: what supports first, each strongest first, none twice."""
    signs = {item.sign for item in evidence}
    weights = sorted(
        (WEIGHTS[sign] for sign in signs), key=lambda w: (not w.supports, -w.worth)
    )
    made = (Reason(weight.text, weight.supports) for weight in weights)
    return tuple(dict.fromkeys(made))


def _counting(signs: set[Sign]) -> set[Sign]:
    for group in _ALIKE:
        present = sorted(signs & group, key=lambda s: -WEIGHTS[s].worth)
        signs = signs - set(present[1:])
    return signs
