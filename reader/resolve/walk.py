"""The walk from an entry to its original, as a value.

A walk holds everything that is known; what it wants next is read off it. Nothing here
fetches, and nothing that the policy refuses is ever wanted.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from reader import urls
from reader.html import Document
from reader.model import Entry, FeedRef, Page, Refusal, Request
from reader.resolve.publisher import same_publisher
from reader.resolve.signals import Start, copy_of
from reader.resolve.values import Ask, Done, Fetch, Found, Lead, Path, Want
from reader.rules import Rules
from reader.urls import Policy

HOPS_MAX = 12
"""Hops of one trail."""
SECONDS_MAX = 20.0
"""Seconds of requests for one walk."""
PAGES_MAX = 30
"""Pages of one walk, whichever leads they were on."""

Cookie = tuple[str, str, str]
"""Host, name, value."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk. `lead` is being tried, `waiting` may be tried after it.

    `named` is the publisher announced (`by_feed`: by the feed alone), `maybe` a link
    that is only a guess. `claimed`: its page says that it is a stub, which its target
    may refute; `stub`: it is one. `found` are the ends of paths so far, `ask` is a
    question out, `asked` that there was one.
    """

    entry: Entry
    feed: FeedRef | None
    rules: Rules
    policy: Policy
    now: datetime
    began: Start
    lead: Lead | None = None
    waiting: tuple[Lead, ...] = ()
    ask: Ask | None = None
    asked: bool = False
    found: tuple[Found, ...] = ()
    refused: tuple[Refusal, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    seen: frozenset[tuple[str, str]] = frozenset()
    spent: float = 0.0
    pages: int = 0
    stub: bool = False
    claimed: bool = False
    moved: bool = False
    named: str = ""
    quote: str = ""
    home: str | None = None
    by_feed: bool = False
    maybe: str | None = None
    titles: tuple[str, ...] = ()
    own_text: str = ""
    own_language: str = ""
    own_name: str = ""
    entry_page: Page | None = None
    ended: str | None = None
    naming: Path = field(default_factory=Path)
    last: Path | None = None
    done: Done | None = field(default=None, compare=False)

    @property
    def want(self) -> Want:
        """What the walk needs now."""
        if self.done is not None:
            return self.done
        if self.ask is not None:
            return self.ask
        assert self.lead is not None  # noqa: S101 - a walk without both is done
        return Fetch(self._request(self.lead.exchange or Request(self.lead.url)))

    def _request(self, request: Request) -> Request:
        left = max(0.1, SECONDS_MAX - self.spent)
        cookie = cookies_for(request.url, self.cookies)
        headers = (*request.headers, *((("Cookie", cookie),) if cookie else ()))
        return replace(request, headers=headers, timeout=min(30.0, left))

    @property
    def hops(self) -> int:
        """How many hops led to the page being tried."""
        return len(self.lead.path.hops) if self.lead else 0

    @property
    def copy(self) -> Document:
        """The feed's own text of the entry."""
        return copy_of(self.entry)

    def is_own(self, url: str) -> bool:
        """Whether a URL is of the publisher whose feed carries the entry."""
        return is_own(url, self.began, self.entry, self.rules)

    @property
    def owners(self) -> tuple[str, ...]:
        """URLs of the site that carries the entry."""
        return tuple(url for url in (self.began.owner, self.entry.url) if url)


def is_own(url: str, began: Start, entry: Entry, rules: Rules) -> bool:
    """Whether a URL is of the publisher whose feed carries an entry that so begins."""
    if began.owner and same_publisher(url, began.owner, rules):
        return True
    return not began.offsite and same_publisher(url, entry.url, rules)


def cookies_for(url: str, cookies: tuple[Cookie, ...]) -> str:
    """The Cookie header for a URL: what its host set, in the order it came."""
    host = urls.host(url)
    return "; ".join(f"{name}={value}" for at, name, value in cookies if at == host)


def with_cookies(walk: Walk, page: Page) -> Walk:
    """The walk knowing the cookies that a page set; a later one replaces its elder."""
    host, cookies = urls.host(page.url), walk.cookies
    for header in page.header_all("set-cookie")[:20]:
        name, sign, value = header.partition(";")[0].partition("=")
        name, value = name.strip(), value.strip()
        if not sign or not name or len(value) > 4_096:
            continue
        cookies = tuple(c for c in cookies if c[:2] != (host, name))
        if "max-age=0" not in header.lower().replace(" ", ""):
            cookies = (*cookies, (host, name, value))
    return replace(walk, cookies=cookies[-60:])
