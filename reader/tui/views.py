"""What the list can show: a view, a folder, a feed, what was searched for.

Values only: the store finds, the screen opens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Literal

from reader import query
from reader.model import Feed
from reader.query import Query
from reader.store import Counts, Order

PASSING = ("search:", "narrow:", "tag:", "publisher:")
"""How the keys of views begin that are left again by the way back."""

Sorted = Order | Literal["best"]
BEST: Sorted = "best"
ORDERS: tuple[Sorted, ...] = ("newest", "oldest", "unread", "feed", "publisher")
SAID: Mapping[Sorted, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "unread": "unread first",
    "feed": "by feed",
    "publisher": "by publisher",
    "best": "best first",
}
"""The orders as the head of a list says them."""
SLOW: frozenset[Sorted] = frozenset({"feed", "publisher", "best"})
"""Orders that a long list takes its time for."""


@dataclass(frozen=True, slots=True)
class View:
    """One list: `key` tells it from others, `only_unread` hides what is read.

    `feeds` are the feeds it is made of, None for all of them. What is not `ordered` by
    the store was searched for. `text` is the query that one's own view is kept as.
    """

    key: str
    title: str
    wants: Callable[[datetime, tzinfo], Query]
    feeds: tuple[int, ...] | None = None
    only_unread: bool = False
    ordered: bool = True
    order: Sorted = "newest"
    text: str = ""

    def query(self, now: datetime, zone: tzinfo) -> Query:
        """What the store is asked for."""
        wanted = self.wants(now, zone)
        return query.all_of(wanted, query.UNREAD) if self.only_unread else wanted

    @property
    def feed_id(self) -> int | None:
        """The feed that this view is of, if it is of one."""
        return self.feeds[0] if self.key.startswith("feed:") and self.feeds else None

    @property
    def nothing(self) -> str:
        """What is said when it is empty."""
        named = {
            "unread": "Nothing unread.",
            "today": "Nothing came today.",
            "starred": "Nothing starred.",
            "stubs": "No stubs.",
            "unresolved": "Nothing unresolved.",
            "all": "No entries yet.",
        }
        unread = "unread " if self.only_unread else ""
        return named.get(self.key, f"Nothing {unread}in {self.title}.")

    @property
    def is_passing(self) -> bool:
        """Whether it stands in no list of views: the way back leads out of it."""
        return self.key.startswith(PASSING)

    @property
    def orders(self) -> tuple[Sorted, ...]:
        """The orders that it can be shown in, its own one first."""
        return ORDERS if self.ordered else (BEST, *ORDERS)

    def sorted_as(self, order: str) -> "View":
        """The same view in another order; in its own where it has none of that name."""
        known = next((one for one in self.orders if one == order), self.orders[0])
        return replace(self, order=known)

    def hiding_read(self, hide: bool) -> "View":
        """The same view with or without what is read."""
        return replace(self, only_unread=hide)


def _always(wanted: Query) -> Callable[[datetime, tzinfo], Query]:
    return lambda now, zone: wanted


VIEW = "view:"
"""Begins the name by which a view is chosen as an action is; its key follows."""

UNREAD = View("unread", "Unread", _always(query.UNREAD))
VIEWS: tuple[View, ...] = (
    UNREAD,
    View("today", "Today", query.today),
    View("starred", "Starred", _always(query.STARRED)),
    View("stubs", "Stubs", _always(query.STUBS)),
    View("unresolved", "Unresolved", _always(query.UNRESOLVED)),
    View("all", "All", _always(query.ALL)),
)


def count(view: View, counts: Counts) -> int:
    """How many entries one of the named views holds."""
    found: int = getattr(counts, view.key)
    return found


def of_feed(feed: Feed) -> View:
    """The entries of one feed."""
    wanted = _always(query.of_feed(feed.id))
    return View(f"feed:{feed.id}", feed.title or feed.url, wanted, (feed.id,))


def of_folder(name: str, feeds: tuple[Feed, ...]) -> View:
    """The entries of the feeds of a folder."""
    ids = tuple(feed.id for feed in feeds)
    return View(f"folder:{name}", name, _always(query.of_folder(name or None)), ids)


def of_search(text: str, wanted: Query) -> View:
    """What a query found, best first."""
    view = View(f"search:{text}", text, _always(wanted), ordered=False, text=text)
    return replace(view, order=BEST)


def of_tag(name: str) -> View:
    """The entries that have one of the reader's own words."""
    return View(f"tag:{name}", f"#{name}", _always(query.of_tag(name)))


def of_publisher(name: str) -> View:
    """The entries of one publisher, by whatever feed they came."""
    return View(f"publisher:{name}", name, _always(query.of_publisher(name)))


def of_text(name: str, text: str) -> View:
    """A view of the reader's own: the entries that a query fits, by its name."""

    def wants(now: datetime, zone: tzinfo) -> Query:
        return query.parse(text, now, zone)

    return View(f"own:{name}", name, wants, text=text)


def narrowed(view: View, text: str) -> View:
    """A view, and of it only what a query fits."""

    def wants(now: datetime, zone: tzinfo) -> Query:
        return query.all_of(view.wants(now, zone), query.parse(text, now, zone))

    return replace(
        view,
        key=f"narrow:{view.key}:{text}",
        title=f"{view.title}: {text}",
        wants=wants,
        text=f"{view.text} {text}".strip(),
    )
