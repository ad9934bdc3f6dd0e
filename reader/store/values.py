"""What the store takes and gives besides the words of `model`; frozen values only."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from reader.model import (
    NO_HINTS,
    Article,
    Attribution,
    Entry,
    EntryRow,
    Follow,
    Hints,
    Sighting,
    Validators,
)

Ids: TypeAlias = "array[int]"
"""Entry ids in the order of a list, eight bytes each."""

Order = Literal["newest", "oldest", "unread", "feed", "publisher"]


_NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Polled:
    """An entry that a poll brought, its first look, and the text it is found by."""

    entry: Entry
    fingerprint: str
    attribution: Attribution
    text: str = ""


Columns = tuple[str | int | None, ...]
"""What stands in some columns of a table."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What is kept of an entry that a poll brought, as its tables have it.

    `columns` are those of `entry` from `url` on, `data` is its packed content,
    `verdict` the columns of `attribution`, `summary` those of `state` about it.
    """

    guid: str
    fingerprint: str
    url: str
    published: int | None
    columns: Columns
    data: bytes
    verdict: Columns
    summary: Columns

    def when(self, first_seen: int) -> int:
        """What lists order by: published or, when missing or later, first seen."""
        return first_seen if self.published is None else min(self.published, first_seen)


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll of a feed found out, kept in one transaction.

    None for `title`, `site_url` or `url` keeps what is there; `url` is where a feed has
    moved to and `reason` why we believe it, `moving` where it only seems to move.
    `error` is a sentence, None after a poll that went well, and `kind` its class. `new`
    stands in the feed's order. `listed` holds every guid of the feed as it is now:
    tombstones of others are dropped; None keeps all. `paused` is since when it is
    polled only if named.
    """

    feed_id: int
    at: datetime
    next_poll: datetime | None = None
    error: str | None = None
    failures: int = 0
    validators: Validators = _NO_VALIDATORS
    digest: str | None = None
    url: str | None = None
    title: str | None = None
    site_url: str | None = None
    new: tuple[Polled | Packed, ...] = ()
    updated: tuple[Polled | Packed, ...] = ()
    listed: frozenset[str] | None = None
    hints: Hints = NO_HINTS
    fresh: timedelta | None = None
    moving: Sighting | None = None
    paused: datetime | None = None
    reason: str = ""
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A feed's address was changed, from `before` to `after`, and why.

    `undone_at` is when somebody took it back.
    """

    id: int
    feed_id: int
    at: datetime
    before: str
    after: str
    reason: str
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """Which entries a poll added, and which it changed, by id, in the poll's order.

    `moved` is what was done about the feed's address, if anything.
    """

    new_ids: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()
    moved: Move | None = None


@dataclass(frozen=True, slots=True)
class StoredReading:
    """All that is kept of one entry; the caller adds the feed's own text.

    `tries` counts the failures in a row, `retry_at` says when to ask again, `follow`
    which entries of its feed are followed unasked.
    """

    row: EntryRow
    entry: Entry
    article: Article | None = None
    copy: Article | None = None
    problem: str | None = None
    fetched: bool = False
    tries: int = 0
    retry_at: datetime | None = None
    follow: Follow = "auto"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows each view has: a story that several entries tell is one.

    `feeds` counts the unread entries of each; `mates` are the feeds of the unread
    entries that tell one story, for each story of several.
    """

    all: int = 0
    unread: int = 0
    today: int = 0
    starred: int = 0
    stubs: int = 0
    unresolved: int = 0
    feeds: Mapping[int, int] = field(default_factory=dict)
    mates: tuple[tuple[int, ...], ...] = ()

    def together(self, groups: Mapping[str, Iterable[int]]) -> dict[str, int]:
        """The unread stories of groups of feeds: told twice in one, they count once."""
        within: dict[int, list[str]] = {}
        found = dict.fromkeys(groups, 0)
        for group, ids in groups.items():
            for feed in ids:
                within.setdefault(feed, []).append(group)
                found[group] += self.feeds.get(feed, 0)
        for feeds in self.mates:
            times = Counter(group for feed in feeds for group in within.get(feed, ()))
            for group, count in times.items():
                found[group] -= count - 1
        return found


@dataclass(frozen=True, slots=True)
class Action:
    """Something that was done and can be undone: to how many, and what in one word.

    `id` is 0 where nothing changed and so nothing can be undone.
    """

    id: int
    what: str
    count: int
    by: str
    at: datetime


Told = Literal[
    "read", "starred", "label", "subscribe", "unsubscribe", "title", "folder"
]
"""What a server can be told."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing that a server is still to be told: `target` is to have `value`.

    A `read`, `starred` or `label` one is about an item and "1" or "0"; a `subscribe`
    about an address and its folder; the others about a stream.
    """

    id: int
    what: Told
    target: str
    value: str
    tries: int = 0

    @property
    def item(self) -> str:
        """The item of a mark or a label."""
        return self.target.partition("\n")[0]

    @property
    def label(self) -> str:
        """The label that the item is to have or to lose."""
        return self.target.partition("\n")[2]


@dataclass(frozen=True, slots=True)
class Account:
    """A login at a server that holds subscriptions and marks.

    `since` is the server's own time as of the last sync, `whole_at` ours of the last
    one that compared everything; `waiting` counts what it is still to be told; `owner`
    is who syncs it just now.
    """

    id: int
    name: str
    url: str
    user: str
    server: str
    app_id: str | None = None
    last_sync: datetime | None = None
    since: datetime | None = None
    whole_at: datetime | None = None
    error: str | None = None
    failures: int = 0
    retry_at: datetime | None = None
    feeds: int = 0
    waiting: int = 0
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A subscription as its server lists it."""

    stream: str
    url: str
    title: str
    site_url: str | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that a server's item became: what its marks are here.

    `forgotten`: the server did not know it any more when it was last asked.
    """

    id: int
    read: bool
    starred: bool
    forgotten: bool = False
