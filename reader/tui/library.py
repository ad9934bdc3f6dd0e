"""What the screens ask the store for: bounded queries in the screen's own thread.

It reads only; what is to be written goes through the services.
"""

from collections.abc import Iterable, Sequence

from reader import query
from reader.errors import StoreError
from reader.model import EntryRow, Feed, Reading
from reader.query import Query
from reader.services import Services, views
from reader.store import Account, Counts, Ids
from reader.tui.views import View

FOUND_MOST = 1_000
"""Entries that a search shows."""


class Library:
    """The store as the screens see it."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.trouble = ""

    def _query(self, view: View) -> Query:
        return view.query(self.services.now(), self.services.zone)

    def ids(self, view: View, limit: int | None = None) -> Ids:
        """The entries of a view, one of each story, at most `limit`."""
        wanted = self._query(view)
        store = self.services.store
        if view.order == "best":
            return store.search(wanted, limit or FOUND_MOST, stories=True)
        return store.ids(wanted, order=view.order, stories=True, limit=limit)

    def rows(self, ids: Sequence[int]) -> Iterable[EntryRow]:
        """The rows of entries, those that are gone left out.

        They are asked for while a list is drawn: trouble is kept to be told later.
        """
        try:
            return self.services.store.rows(ids)
        except StoreError as error:
            self.trouble = str(error)
            return ()

    def stored(self, entry_id: int) -> Reading:
        """What is here of an entry. Raises NotFoundError."""
        # Brings the parsers along, which the first look of the screen can do without.
        from reader.services import reading

        return reading.stored(self.services, entry_id)

    def copies(self, entry_id: int) -> Iterable[EntryRow]:
        """The rows of the other entries of the same story."""
        found = self.services.store.copies((entry_id,))
        return self.rows(tuple(other for other in found if other != entry_id))

    def counts(self) -> Counts:
        """How many entries each view holds."""
        return self.services.store.counts(self.services.now(), self.services.zone)

    def views(self) -> dict[str, str]:
        """The reader's own views by name, as they were typed."""
        return views.own(self.services)

    def feeds(self) -> tuple[Feed, ...]:
        """Every subscription, in the sidebar's order."""
        return self.services.store.feeds()

    def accounts(self, feeds: Iterable[Feed]) -> tuple[Account, ...]:
        """The accounts at servers; none is looked for where no feed is in one."""
        if not any(feed.account for feed in feeds):
            return ()
        return self.services.store.accounts.all()

    def unread(self, view: View | None = None) -> frozenset[int]:
        """The unread entries of a view, or of all feeds.

        What a search finds is not looked for again: of it, all feeds' are told.
        """
        wanted = self._query(view) if view and view.ordered else query.ALL
        return frozenset(self.services.store.ids(query.all_of(wanted, query.UNREAD)))

    def count(self, wanted: Query) -> int:
        """How many entries a query fits."""
        return self.services.store.count(wanted)

    def version(self) -> int:
        """A number that changes whenever anybody writes to the store."""
        return self.services.store.data_version()


def next_in(
    ids: Sequence[int], among: frozenset[int], start: int, *, forward: bool
) -> int | None:
    """The next place after `start`, round the end, whose entry is among some."""
    size = len(ids)
    step = 1 if forward else -1
    for away in range(1, size + 1):
        index = (start + step * away) % size
        if ids[index] in among:
            return index
    return None


def feed_after(
    feeds: Sequence[Feed], current: int | None, *, forward: bool
) -> Feed | None:
    """The next feed with something unread, round the end of the sidebar."""
    ordered = feeds if forward else feeds[::-1]
    places = [index for index, feed in enumerate(ordered) if feed.id == current]
    start = places[0] + 1 if places else 0
    rest = (*ordered[start:], *ordered[:start])
    return next((feed for feed in rest if feed.unread and feed.id != current), None)
