"""The words of the design as values.

Every class here is frozen, and its text is cleaned as it is made (`cleaning`).
Nothing here reads, writes or decides.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from reader.cleaning import Block, Cleaned, Line, Url

# --- what goes over the wire ------------------------------------------------

Purpose = Literal["feed", "page", "sync"]
Method = Literal["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask again with (RFC 9110, 8.8), as it was given."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to fetch. `urgent` means that somebody waits for it.

    `timeout` is in seconds; None leaves it to the settings.
    """

    url: str
    method: Method = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    validators: Validators | None = None
    purpose: Purpose = "page"
    urgent: bool = False
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One HTTP response, fully read, redirects not followed.

    `body` is decompressed; `truncated` says that it was cut at the bound for its
    purpose. Header names are lower case, in the order they came. `elapsed` is the
    time of the request in seconds, waiting in a queue not counted.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    elapsed: float = 0.0
    truncated: bool = False

    def header(self, name: str) -> str | None:
        """The first value of a header, by its lower case name."""
        return next((value for key, value in self.headers if key == name), None)

    def header_all(self, name: str) -> tuple[str, ...]:
        """Every value of a header, by its lower case name."""
        return tuple(value for key, value in self.headers if key == name)


Fetch = Callable[[Request], Awaitable[Page]]
"""How everybody reaches the network: raises errors.FetchError when no page came."""


# --- what a feed gave -------------------------------------------------------

LinkRel = Literal[
    "source",  # atom:source: the feed an entry was copied from (RFC 4287, 4.2.11)
    "rss-source",  # RSS source: names the feed, not the article
    "orig-link",  # feedburner:origLink: the entry's own address, by definition
    "via",
    "canonical",
    "related",
    "dc-source",
    "external-url",  # JSON Feed: what a link blog's entry is about
    "comments",
    "enclosure-page",
]


@dataclass(frozen=True, slots=True)
class Link(Cleaned):
    """What a feed says about an entry's whereabouts, besides the entry's own link."""

    rel: LinkRel
    url: Url
    title: Line = ""


@dataclass(frozen=True, slots=True)
class Enclosure(Cleaned):
    """A file that comes with an entry; `length` in bytes."""

    url: Url
    type: Line = ""
    length: int | None = None


@dataclass(frozen=True, slots=True)
class FeedRef(Cleaned):
    """As much of a feed as stands beside each of its entries.

    `called` is what the feed calls itself where a reader gave it another name.
    """

    id: int
    title: Line
    url: Url
    site_url: Url | None = None
    called: Line = ""

    @property
    def itself(self) -> "FeedRef":
        """The same by the name that it has for itself, whatever a reader calls it."""
        return replace(self, title=self.called) if self.called else self


@dataclass(frozen=True, slots=True)
class Hints:
    """What a feed says about when to ask again.

    `interval` is the longer of RSS `ttl` and `sy:updatePeriod`. `skip_hours` (0 to 23)
    and `skip_days` (0 is Monday) are of GMT, as RSS 2.0 has them.
    """

    interval: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Sighting(Cleaned):
    """Where a feed's permanent redirects lead, and since when without a break.

    `ours` is False where the feed there had no entry of the one that was led there.
    """

    url: Url
    since: datetime
    ours: bool = True


Follow = Literal["auto", "never", "always"]
"""Which entries of a feed are followed unasked: those with a sign, none, all."""


@dataclass(frozen=True, slots=True)
class Feed(Cleaned):
    """A subscription and its poll state. Times are aware and UTC.

    `stub_share` is the share of stubs among the `looked` entries that were looked at,
    None where none was; `follow` says which are looked at unasked. `error` is a
    sentence for people, None after a poll that went well.
    `digest` is a hash of the last body, so that an unchanged one is not parsed.
    `hints` and `fresh` (how long an answer may be kept) are what it said last about
    when to ask again, `moving` where it seems to move. A feed that is `paused`, since
    then, is polled only when somebody names it; `error` says why, unless a reader
    wanted it; `kind` is the class of the error. `every` is how often a reader has it
    asked. `called` is as in FeedRef.
    What is in an `account`, by its name, is polled by the account's server.
    """

    id: int
    url: Url
    title: Line
    site_url: Url | None = None
    folder: Line | None = None
    unread: int = 0
    entries: int = 0
    stub_share: float | None = None
    looked: int = 0
    follow: Follow = "auto"
    last_poll: datetime | None = None
    last_success: datetime | None = None
    next_poll: datetime | None = None
    error: Line | None = None
    failures: int = 0
    validators: Validators = Validators()
    digest: str | None = None
    hints: Hints = NO_HINTS
    fresh: timedelta | None = None
    moving: Sighting | None = None
    paused: datetime | None = None
    tags: tuple[Line, ...] = ()
    every: timedelta | None = None
    called: Line = ""
    kind: Line | None = None
    account: Line | None = None

    @property
    def ref(self) -> FeedRef:
        """The part of the feed that stands beside its entries."""
        return FeedRef(self.id, self.title, self.url, self.site_url, self.called)


@dataclass(frozen=True, slots=True)
class Entry(Cleaned):
    """One item of a feed, as the feed gave it; `id` is the store's, or 0.

    `guid` is the entry's identity within its feed: the feed's own id, else derived
    by `feeds` from what does not change. `summary` and `content` are the feed's HTML,
    characters cleaned, markup as given. Times are aware and UTC.
    """

    url: Url
    title: Line = ""
    guid: Line = ""
    authors: tuple[Line, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    summary: Block = ""
    content: Block = ""
    language: Line | None = None
    categories: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    id: int = 0

    def links_as(self, *rels: LinkRel) -> Iterable[Link]:
        """The entry's links that have one of these relations, in their order."""
        return (link for link in self.links if link.rel in rels)


# --- the verdict ------------------------------------------------------------

Status = Literal["original", "resolved", "unresolved", "unchecked"]
Via = Literal[
    "http-301",
    "http-302",
    "http-303",
    "http-307",
    "http-308",
    "refresh-header",
    "meta-refresh",
    "script",
    "form",
    "wrapper",
    "stub-link",
    "only-link",
    "canonical",
    "amp",
    "feed-link",
    "publisher-feed",
]


@dataclass(frozen=True, slots=True)
class Hop(Cleaned):
    """One step of the way, from `url` to `target`.

    `evidence` quotes what showed the way; `status` and `elapsed` (seconds) are of the
    request of `url`, None where none was needed.
    """

    url: Url
    target: Url
    via: Via
    evidence: Line = ""
    status: int | None = None
    elapsed: float | None = None


@dataclass(frozen=True, slots=True)
class Reason(Cleaned):
    """One sentence for a verdict (`supports`) or against it; lists: strongest first."""

    text: Line
    supports: bool = True


@dataclass(frozen=True, slots=True)
class Refusal(Cleaned):
    """A target that was looked at and not taken, and why in plain words."""

    url: Url
    reason: Line


@dataclass(frozen=True, slots=True)
class Guess(Cleaned):
    """What was found, but not well enough: never offered as the original."""

    url: Url
    publisher: Line | None = None
    confidence: float = 0.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution(Cleaned):
    """Who published an entry first, where, when, by which hops, and how sure.

    `url` of an original is the entry's own canonical URL, of a resolved one the
    original's, otherwise None. `reachable` and `http_status` speak of that page, None
    where it was not fetched. `ended` says in plain words why a trail ended short
    ("a login page"), `problem` what keeps the original's text from us though its URL is
    known ("is gone (HTTP 404)"), `problem_evidence` the sentence about its page that
    shows it. `announced` is the sentence of a stub that names or
    announces another publisher, `pages` counts the pages looked at.
    `checked_at` is None where the entry's page was never fetched.
    """

    status: Status
    url: Url | None = None
    publisher: Line | None = None
    authors: tuple[Line, ...] = ()
    published: datetime | None = None
    confidence: float | None = None
    reachable: bool | None = None
    http_status: int | None = None
    trail: tuple[Hop, ...] = ()
    guess: Guess | None = None
    reasons: tuple[Reason, ...] = ()
    refused: tuple[Refusal, ...] = ()
    ended: Line | None = None
    problem: Line | None = None
    problem_evidence: Line | None = None
    announced: Line | None = None
    pages: int = 0
    checked_at: datetime | None = None

    @property
    def stub(self) -> bool | None:
        """Whether the entry is a stub; None while that is not known."""
        return {"original": False, "unchecked": None}.get(self.status, True)


# --- what a person reads ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Article(Cleaned):
    """Cleaned content as Markdown: CommonMark, tables, footnotes, absolute links.

    Plain text, blocks for the screen and exported HTML derive from `markdown`. The
    title is not repeated in it. `url` is where the text was found.
    """

    markdown: Block
    url: Url | None = None
    title: Line = ""
    authors: tuple[Line, ...] = ()
    publisher: Line | None = None
    published: datetime | None = None
    updated: datetime | None = None
    language: Line | None = None
    lead_image: Url | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another entry with the same story, and the feed that brought it."""

    id: int
    feed: FeedRef


@dataclass(frozen=True, slots=True)
class EntryRow(Cleaned):
    """One line of a list: an entry without its content, with its marks and verdict.

    `when` is what lists are ordered by: published or, when that is missing or in the
    future, first seen. `story` is a number that entries with the same original share;
    `copies` are the other ones, oldest first, and `also_in` the titles of the other
    feeds among theirs. `tags` are the reader's own words, and what is `hidden` is in no
    list that does not ask for it. `begins` are the first words of the text of an entry
    that its feed gave no title.
    """

    id: int
    feed: FeedRef
    title: Line
    url: Url
    authors: tuple[Line, ...]
    published: datetime | None
    when: datetime
    read: bool
    starred: bool
    attribution: Attribution
    also_in: tuple[Line, ...] = ()
    story: int | None = None
    copies: tuple[Copy, ...] = ()
    tags: tuple[Line, ...] = ()
    hidden: bool = False
    enclosures: tuple[Enclosure, ...] = ()
    begins: Line = ""

    @property
    def name(self) -> str:
        """Its title, else how its text begins; empty where it has neither."""
        return self.title or self.begins

    @property
    def who(self) -> str:
        """Whom lists name: the first publisher once known, else the feed.

        What a feed published itself goes by the name that its reader gave the feed.
        """
        told, feed = self.attribution, self.feed
        if told.status == "resolved":
            return told.publisher or ""
        own = told.publisher if told.status == "original" and not feed.called else ""
        return own or feed.title


@dataclass(frozen=True, slots=True)
class Links(Cleaned):
    """The addresses of one entry, side by side.

    `entry` is the link as its feed gave it, `canonical` the plainest form of the same;
    `reached` is where the trail led, `original` that page's own plain address, both
    None while it is not known; `discussion` is the page of its comments.
    """

    entry: Url
    canonical: Url | None = None
    reached: Url | None = None
    original: Url | None = None
    discussion: Url | None = None


@dataclass(frozen=True, slots=True)
class Reading(Cleaned):
    """What one screen shows: entry, attribution, article, and what went wrong.

    `article` is the original's text; where that could not be had it is None, `problem`
    says why in one sentence, and the feed's own text (`feed_text`) is shown. `copy` is
    the republisher's own page where it has text of its own. `fetched` says that nothing
    is left to be fetched for this entry.
    """

    row: EntryRow
    entry: Entry
    article: Article | None = None
    feed_text: Article = Article("")
    copy: Article | None = None
    problem: Line | None = None
    fetched: bool = False
    links: Links | None = None

    @property
    def attribution(self) -> Attribution:
        """The verdict about the entry."""
        return self.row.attribution
