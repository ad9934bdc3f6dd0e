"""What passes between a walk and whoever drives it, and what a walk is made of.

Frozen values only; none of them decides anything.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from reader.errors import FetchKind
from reader.model import Attribution, Hop, Page, Request, Via

# --- what a walk wants ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetch:
    """One page is wanted."""

    request: Request


@dataclass(frozen=True, slots=True)
class Ask:
    """A publisher's article of a title is wanted: from the store, or its own feed."""

    publisher: str
    home: str | None
    title: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Done:
    """The walk is over. `original` is the original's page, where it could be had."""

    attribution: Attribution
    original: Page | None
    entry_page: Page | None


Want = Fetch | Ask | Done

# --- what it is answered ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Failed:
    """No page came for a URL."""

    url: str
    reason: str
    kind: FetchKind
    elapsed: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry of a feed that may be the original; `subscribed`: from the store."""

    url: str
    title: str
    published: datetime | None = None
    publisher: str | None = None
    subscribed: bool = False


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found for an `Ask`, with the pages that were looked at for it."""

    found: tuple[Candidate, ...] = ()
    pages: int = 0
    elapsed: float = 0.0


Answer = Page | Failed | Candidates

# --- what it is made of -----------------------------------------------------

Sign = Literal[
    # the way itself says so
    "http",
    "wrapper",
    "carrier",
    "feed-link",
    "orig-link",
    "feed-hint",
    "refresh",
    "script",
    "form",
    "announced-link",
    "hinted-link",
    "link-of-name",
    "only-link",
    "exit-page",
    "canonical",
    "og-url",
    "based-on",
    "declared",
    "discussed",
    # the stub says so
    "named",
    "moving",
    "bare",
    "agrees",
    "address",
    # the target says so
    "feed-headline",
    "feed-headline-nearly",
    "same-headline",
    "same-text",
    "same-name",
    "earlier",
    # and against
    "other-headline",
    "points-back",
    "other-text",
    "later",
    "disagrees",
    "no-article",
    "thin",
    "unseen",
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign for (or against) a target, with the words that showed it."""

    sign: Sign
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of a page: where to, how, and what shows it.

    `firm` exits make their page a stub by themselves; the others ask for a second sign.
    """

    target: str
    via: Via
    evidence: tuple[Evidence, ...]
    firm: bool = False
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """A trail with what speaks for its end.

    `evidence` is that of the last page left, and of what came after it; `before` that
    of the pages before. No end is surer than the way to it: `floor` is how sure the
    way was when the last page was left.
    """

    hops: tuple[Hop, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    before: tuple[Evidence, ...] = ()
    floor: float = 1.0

    def to(self, hop: Hop, *evidence: Evidence) -> "Path":
        """The path with one more hop that is not a page's own."""
        hops, known = (*self.hops, hop), (*self.evidence, *evidence)
        return Path(hops, known, self.before, self.floor)

    def left(self, hop: Hop, sure: float, *evidence: Evidence) -> "Path":
        """The path on from a page that was known as its end by `sure`."""
        before = (*self.before, *self.evidence)
        return Path((*self.hops, hop), evidence, before, min(self.floor, sure))

    def knowing(self, *evidence: Evidence) -> "Path":
        """The path with more evidence."""
        return replace(self, evidence=(*self.evidence, *evidence))

    @property
    def transported(self) -> bool:
        """Whether no page was left yet: HTTP and wrappers lead from the entry."""
        return self.floor == 1.0 and not self.before and not self._exits

    @property
    def _exits(self) -> bool:
        ways = ("http-", "wrapper", "feed-link")
        return any(not hop.via.startswith(ways) for hop in self.hops)


@dataclass(frozen=True, slots=True)
class Lead:
    """A URL still to be tried, and the path to it.

    `exchange` is the request that asks for the address for which the URL stands.
    """

    url: str
    path: Path = Path()
    firm: bool = False
    exchange: Request | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page that a path ended at, as far as it could be had.

    `passed` says that the page named another one, which is tried before it is taken.
    """

    url: str
    path: Path
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    page: Page | None = None
    reachable: bool | None = None
    http_status: int | None = None
    problem: str | None = None
    problem_evidence: str | None = None
    firm: bool = False
    passed: bool = False
