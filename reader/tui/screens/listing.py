"""The list that is open, its numbers, and what anybody wrote since it was opened.

What is done with its entries is `main`'s part.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from reader.errors import ReaderError
from reader.tui import messages
from reader.tui.hints import hint
from reader.tui.library import Library
from reader.tui.paint.span import Line
from reader.tui.screens.panes import Panes
from reader.tui.views import SLOW, UNREAD, Sorted, View, of_feed
from reader.tui.widgets.heads import ListHead
from reader.tui.widgets.sidebar import PUBLISHERS

if TYPE_CHECKING:
    from reader.tui.paint.lit import Wanted
    from reader.tui.searching import Found

FIND = "find"
"""The worker that looks again for what a query finds."""
NEW_MOST = 500
"""The newest entries of a view among which new ones are counted."""


class Listing(Panes):
    """One view, as it was when it was opened."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.before: View | None = None
        self._awaited: View | None = None
        self._version = 0
        self._entries = 0
        self._counted = 0

    def open_first(self) -> None:
        """Show the view that one begins with, of the feeds that are known already."""
        self._version = self.library.version()
        self.feeds = self.firsthand.feeds
        self.open_view(self.view)

    def sort(self, order: Sorted) -> None:
        """Show the open list in another order, and again the next time."""
        view = replace(self.view, order=order)
        if view.ordered:
            before = self.firsthand.remembered.orders
            orders = {**before, view.key: order}
            if order == view.orders[0]:
                del orders[view.key]
            self.firsthand.remember(orders=orders)
        self.open_view(view, keep=True)

    # What is open

    def open_view(self, view: View, *, keep: bool = False) -> None:
        """Open a list; `keep` leaves the cursor on its entry, or where it was."""
        self.trying(partial(self._open_view, view, keep))

    def open_found(self, found: "Found", *, keep: bool = False) -> None:
        """Open a list whose entries were found already, or say why they were not."""
        if found.view is None:
            self.say(found.trouble)
        else:
            self.trying(partial(self._open, found.view, found.ids, keep))

    def _open_view(self, view: View, keep: bool) -> None:
        if view.ordered:
            view = view.sorted_as(self.firsthand.remembered.orders.get(view.key, ""))
        if view.order not in SLOW:
            self._open(view, self.library.ids(view), keep)
        else:
            self._awaited = view
            self.run_worker(self._find(view, keep), group=FIND, exclusive=True)

    async def _find(self, view: View, keep: bool) -> None:
        from reader.tui.searching import listed

        found = await self.firsthand.aside(listed, self.library, view)
        self.post_message(messages.Listed(view, found, keep))

    @on(messages.Listed)
    def _listed(self, message: messages.Listed) -> None:
        # Another list may have been opened meanwhile.
        if message.view is self._awaited:
            self.open_found(message.found, keep=message.keep)

    def _open(self, view: View, ids: Sequence[int], keep: bool) -> None:
        self._awaited = None
        if view.key != self.view.key and not self.view.is_passing:
            self.before = self.view
        place = self._kept(ids) if keep else 0
        self.view = view
        self.entries.empty = () if len(ids) else self._nothing(view)
        self.entries.words = self.article.words = self._words(view)
        self.entries.open(ids, place, heads=view.order == "newest")
        self.firsthand.note_new(0)
        self.sidebar.choose(view.key)
        self.show_counts()
        self._counted = self._entries

    def _words(self, view: View) -> "Wanted | None":
        """The words that a view was looked for by."""
        if not view.text:
            return None
        from reader.tui.searching import words_of

        services = self.library.services
        return words_of(view.wants(services.now(), services.zone))

    def _nothing(self, view: View) -> Sequence[Line]:
        """What is said where a list is empty, and where to go from there."""
        from reader.tui.paint.empty import view_empty

        keys = self.firsthand.keymap
        elsewhere = any(feed.unread for feed in self.feeds)
        hints = (hint(keys, "next feed with unread", "next_feed"),) if elsewhere else ()
        columns = max(self.grid.list - 5, 1)
        return view_empty(view.nothing, hints, columns, self.firsthand.glyphs)

    def _kept(self, ids: Sequence[int]) -> int:
        """Where the entry under the cursor stands in another list."""
        entry_id = self.entries.entry_id
        if entry_id is not None and entry_id in ids:
            return ids.index(entry_id)
        return self.entries.cursor

    def show_counts(self) -> None:
        """Draw the numbers of lists and sidebar anew."""
        counts = self.library.counts()
        self._entries = counts.all
        self.firsthand.note_views(self.library.views())
        away = self.firsthand.note_accounts(self.library.accounts(self.feeds))
        self.sidebar.renew(self.feeds, counts, away)
        self.count_publishers()
        self.query_one(ListHead).renew(self.view, counts, len(self.entries.window))
        self.show_status()

    @on(messages.PublishersWanted)
    def count_publishers(self) -> None:
        """Count who published first, where they are in sight; it takes a while."""
        if self.sidebar.shows_publishers:
            self.run_worker(self._publishers(), group=PUBLISHERS, exclusive=True)

    async def _publishers(self) -> None:
        try:
            count = self.library.services.store.labels.publishers
            found = await self.firsthand.aside(count)
        except ReaderError as error:
            self.say(str(error))
        else:
            self.sidebar.renew_publishers(found)

    def reload_feeds(self) -> None:
        """Take the subscriptions as they are now."""
        self.feeds = self.library.feeds()
        self.firsthand.note_feeds(self.feeds)

    def look_for_changes(self) -> None:
        """See what anybody wrote since: marks, feeds, new entries; nothing moves."""
        if self.library.trouble:
            self.say(self.library.trouble)
            self.library.trouble = ""
        version = self.library.version()
        if version != self._version:
            self._version = version
            self.renew()

    def renew(self) -> None:
        """Draw what is shown as it is now, and count what is new; nothing moves."""
        self.trying(self._renew)

    def _renew(self) -> None:
        self.reload_feeds()
        if not len(self.entries.window):
            # Nobody reads in an empty list: what is new can be shown at once.
            self.open_view(self.view)
            return
        self.entries.renew()
        self.show_counts()
        self._renew_article()
        if self._entries != self._counted:
            self._count_new()

    def _renew_article(self) -> None:
        """Show what was found out about the entry meanwhile; one's place stays."""
        shown = self.article.reading
        if shown is None:
            return
        reading = self.library.stored(shown.row.id)
        if reading != shown:
            self.article.show(reading, looking=self.article.looking)

    def _count_new(self) -> None:
        self._counted = self._entries
        if not self.view.ordered:
            # Best first, what is new stands anywhere, and is looked for when asked.
            return
        here = frozenset(self.entries.window.ids)
        by_time = replace(self.view, order="newest")
        newest = self.library.ids(by_time, limit=NEW_MOST)
        self.firsthand.note_new(sum(entry_id not in here for entry_id in newest))

    def refresh_marks(self) -> None:
        """Draw marks and numbers as they are now."""
        self.trying(self._refresh_marks)

    def _refresh_marks(self) -> None:
        self.reload_feeds()
        self.entries.renew()
        self.show_counts()

    def show_feeds(self, feed_id: int | None) -> None:
        """Take other subscriptions, and open the one that came, if one did."""
        self.reload_feeds()
        here = {feed.id: feed for feed in self.feeds}
        feed = here.get(feed_id or 0)
        gone = self.view.feeds is not None and not here.keys() & set(self.view.feeds)
        view = of_feed(feed) if feed else UNREAD if gone else self.view
        self.open_view(view, keep=view is self.view)
