"""What the list can show: a view, a folder, a feed, what was searched for.

Values only: the store finds, the screen opens.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from reader import query
from reader.model import Feed
from reader.query import Query
from reader.store import Counts


@dataclass(frozen=True, slots=True)
class View:
    """One list: `key` tells it from others, `only_unread` hides what is read.

    `feeds` are the feeds it is made of, None for all of them.
    """

    key: str
    title: str
    wants: Callable[[datetime, tzinfo], Query]
    feeds: tuple[int, ...] | None = None
    only_unread: bool = False
    ordered: bool = True

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

    def hiding_read(self, hide: bool) -> "View":
        """The same view with or without what is read."""
        return replace(self, only_unread=hide)


def _always(wanted: Query) -> Callable[[datetime, tzinfo], Query]:
    return lambda now, zone: wanted


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
    return View(f"search:{text}", text, _always(wanted), ordered=False)
