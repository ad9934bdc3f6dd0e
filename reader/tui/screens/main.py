"""The main screen: what its panes hold, and what happens in them.

Panes are arranged in `panes`; what keys do is in `commands`, what is drawn in the
widgets, what takes time in `work`.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial

from textual import events, on
from textual.timer import Timer

from reader.errors import NotFoundError
from reader.store import Action, Ids
from reader.tui import messages, work
from reader.tui.commands import COMMANDS
from reader.tui.commands.feeds import offer
from reader.tui.commands.reading import open_known
from reader.tui.digits import Digits
from reader.tui.hints import hint
from reader.tui.library import Library
from reader.tui.paint.empty import view_empty
from reader.tui.paint.span import Line
from reader.tui.pasting import pasted
from reader.tui.places import TEXT
from reader.tui.screens.panes import Panes
from reader.tui.views import UNREAD, View, of_feed
from reader.tui.widgets.heads import ListHead
from reader.tui.widgets.prompt import Prompt

PREVIEW_AFTER = 0.05
"""Seconds that the cursor rests on an entry before the article pane shows it."""
AHEAD = "ahead"
"""The workers that fetch articles before they are opened."""
NEW_MOST = 500
"""The newest entries of a view among which new ones are counted."""


class Main(Panes):
    """The open list, the entry that is read, and the marks."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.before: View | None = None
        self._digits = Digits(self, self.open_link)
        self._version = 0
        self._entries = 0
        self._counted = 0
        self._to_browse: int | None = None
        self._preview: Timer | None = None
        self._alone: Timer | None = None

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """The table's commands, done on this screen."""
        return {name: partial(command, self) for name, command in COMMANDS.items()}

    # Beginning

    def on_mount(self) -> None:
        """Show the unread entries, and from then on what others change, too."""
        self.divide()
        self.trying(self._open_first)
        self.focus_pane("list")
        self.set_interval(1.0, partial(self.trying, self.look_for_changes))
        self.app.theme_changed_signal.subscribe(self, lambda _: self.divide())

    def _open_first(self) -> None:
        self.reload_feeds()
        self.open_view(self.view)
        self._version = self.library.version()

    # What is open

    def open_view(self, view: View, *, keep: bool = False) -> None:
        """Open a list; `keep` leaves the cursor on its entry, or where it was."""
        self.trying(partial(self._open_view, view, keep))

    def _open_view(self, view: View, keep: bool) -> None:
        if view.key != self.view.key:
            self.before = self.view
        ids = self.library.ids(view)
        place = self._kept(ids) if keep else 0
        self.view = view
        self.entries.empty = self._nothing(view)
        self.entries.open(ids, place, heads=view.ordered)
        self.firsthand.note_new(0)
        self.sidebar.choose(view.key)
        self.show_counts()
        self._counted = self._entries

    def _nothing(self, view: View) -> Sequence[Line]:
        """What is said where a list is empty, and where to go from there."""
        keys = self.firsthand.keymap
        elsewhere = any(feed.unread for feed in self.feeds)
        hints = (hint(keys, "next feed with unread", "next_feed"),) if elsewhere else ()
        columns = max(self.grid.list - 5, 1)
        return view_empty(view.nothing, hints, columns, self.firsthand.glyphs)

    def _kept(self, ids: Ids) -> int:
        """Where the entry under the cursor stands in another list."""
        entry_id = self.entries.entry_id
        if entry_id is not None and entry_id in ids:
            return ids.index(entry_id)
        return self.entries.cursor

    def show_counts(self) -> None:
        """Draw the numbers of lists and sidebar anew."""
        counts = self.library.counts()
        self._entries = counts.all
        self.sidebar.renew(self.feeds, counts)
        self.query_one(ListHead).renew(self.view, counts, len(self.entries.window))
        self.show_status()

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
        here = frozenset(self.entries.window.ids)
        newest = self.library.ids(self.view, limit=NEW_MOST)
        self.firsthand.note_new(sum(entry_id not in here for entry_id in newest))

    # Reading

    @on(messages.EntryChosen)
    def _entry_chosen(self, message: messages.EntryChosen) -> None:
        if message.entry_id != self.article.opened:
            # Others come next now.
            self.workers.cancel_group(self, AHEAD)
        if self._preview is not None:
            self._preview.stop()
        self._preview = self.set_timer(
            PREVIEW_AFTER, partial(self.trying, self.show_chosen)
        )

    def show_chosen(self) -> None:
        """Show the entry under the cursor, where the article has room."""
        if self.query_one("#article-pane").display:
            self.show(self.entries.entry_id)

    def show(self, entry_id: int | None, *, looking: bool = False) -> None:
        """Show what is stored of an entry."""
        if entry_id == self.article.entry_id and not looking:
            return
        try:
            reading = self.library.stored(entry_id) if entry_id is not None else None
        except NotFoundError:
            reading = None
        self.article.show(reading, looking=looking)
        self.article.opened = entry_id if looking else None
        self.pane_changed()
        self.show_status()

    def open_entry(self, entry_id: int, *, face: bool) -> None:
        """Read an entry: show what is here, fetch what is missing, mark it read."""
        index = self.entries.window.find(entry_id)
        if index is not None:
            self.entries.go(index)
        if face or self.grid.panes == 1:
            self.focus_pane("article")
        self.show(entry_id, looking=True)
        self.run_worker(
            work.read(self, self.library.services, entry_id),
            group="read",
            exclusive=True,
        )
        if self.firsthand.settings.reading.mark_read != "never":
            self.mark_shown()

    @on(messages.ReadingCame)
    def _reading_came(self, message: messages.ReadingCame) -> None:
        if message.reading.row.id == self.article.entry_id:
            self.article.show(message.reading)
            self._fetch_ahead(message.reading.row.id)
        self.entries.renew()
        if self._to_browse == message.reading.row.id:
            self._to_browse = None
            open_known(self, message.reading.row)

    def _fetch_ahead(self, entry_id: int) -> None:
        """Fetch the articles of the entries below the one that is read, meanwhile."""
        window = self.entries.window
        index = window.find(entry_id)
        most = self.firsthand.settings.reading.next_ahead
        if index is None or self.firsthand.polling.offline:
            return
        following = window.ids[index + 1 : index + 1 + most]
        job = work.ahead(self.library.services, following)
        self.run_worker(job, group=AHEAD, exclusive=True)

    @on(messages.ReadingFailed)
    def _reading_failed(self, message: messages.ReadingFailed) -> None:
        if message.entry_id == self.article.entry_id:
            self.article.stop_looking()
        self.say(message.reason)

    def pane_changed(self) -> None:
        """Mark an entry read that is shown alone for as long as the settings say."""
        if self._alone is not None:
            self._alone.stop()
            self._alone = None
        after = self.firsthand.settings.reading.mark_read
        if not isinstance(after, str) and self.place in TEXT:
            self._alone = self.set_timer(after.total_seconds(), self.mark_shown)

    def mark_shown(self) -> None:
        """The entry that is shown has been read."""
        reading = self.article.reading
        if reading is not None and not (self.row and self.row.read):
            self.mark((reading.row.id,), read=True)

    def look_then_open(self, entry_id: int) -> None:
        """Look for the first publisher, then open the original that was found."""
        self._to_browse = entry_id
        self.say("Looking for the first publisher …")
        self.run_worker(
            work.read(self, self.library.services, entry_id, again=True),
            group="read",
            exclusive=True,
        )

    # Marks

    def mark(
        self,
        ids: Sequence[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        loud: bool = False,
    ) -> None:
        """Mark entries; read and unread go for every copy of a story."""
        if read is not None:
            ids = self.library.services.store.copies(ids)
        self.run_worker(
            work.mark(
                self,
                self.library.services,
                ids,
                read=read,
                starred=starred,
                loud=loud,
            ),
            group="mark",
        )

    @on(messages.Marked)
    def _marked(self, message: messages.Marked) -> None:
        self.refresh_marks()
        if message.loud:
            self.say(f"{message.action.count:,} marked read · z undoes")

    @on(messages.Undone)
    def _undone(self, message: messages.Undone) -> None:
        self.refresh_marks()
        action = message.action
        self.say(f"Undone: {told(action)}" if action else "Nothing to undo.")

    @on(messages.Redone)
    def _redone(self, message: messages.Redone) -> None:
        self.refresh_marks()
        action = message.action
        self.say(f"Done again: {told(action)}" if action else "Nothing to redo.")

    def refresh_marks(self) -> None:
        """Draw marks and numbers as they are now."""
        self.trying(self._refresh_marks)

    def _refresh_marks(self) -> None:
        self.reload_feeds()
        self.entries.renew()
        self.show_counts()

    # Other messages

    @on(messages.Failed)
    def _failed(self, message: messages.Failed) -> None:
        self.say(message.reason)

    @on(messages.FeedsChanged)
    def _feeds_changed(self, message: messages.FeedsChanged) -> None:
        self.say(message.said)
        self.reload_feeds()
        here = {feed.id: feed for feed in self.feeds}
        feed = here.get(message.feed_id or 0)
        gone = self.view.feeds is not None and not here.keys() & set(self.view.feeds)
        view = of_feed(feed) if feed else UNREAD if gone else self.view
        self.open_view(view, keep=view is self.view)

    @on(messages.SourceFound)
    def _source_found(self, message: messages.SourceFound) -> None:
        offer(self, message.source)

    @on(messages.EntryOpened)
    def _entry_opened(self, message: messages.EntryOpened) -> None:
        self.trying(partial(self.open_entry, message.entry_id, face=True))

    @on(messages.ViewChosen)
    def _view_chosen(self, message: messages.ViewChosen) -> None:
        self.open_view(message.view)
        self.focus_pane("list")

    @on(messages.LinkClicked)
    def _link_clicked(self, message: messages.LinkClicked) -> None:
        self.firsthand.browse(message.url)

    @on(Prompt.Closed)
    def _prompt_closed(self) -> None:
        self.focus_pane("article" if self.zen else self.front)

    # Keys of its own

    def on_paste(self, event: events.Paste) -> None:
        """An address or a file's path that is pasted can be added."""
        found = pasted(event.text)
        if found is None:
            return
        kind, text = found
        begin = work.add if kind == "address" else work.import_file
        work_of = partial(begin, self, self.library.services, text)
        self.ask(f"Add {text}?", lambda: self._begin(work_of))

    def _begin(self, job: Callable[[], Coroutine[None, None, None]]) -> None:
        self.run_worker(job(), group="feeds")

    def take_key(self, key: str) -> bool:
        """In a text a number opens the link that has it."""
        if self.place not in TEXT or self.typed.keys:
            return False
        return self._digits.take(key, len(self.article.links))

    def open_link(self, number: int) -> None:
        """Open a link of the article by its number."""
        links = self.article.links
        if 1 <= number <= len(links):
            self.firsthand.browse(links[number - 1])
        else:
            self.say(f"There is no link {number} here.")


def told(action: Action) -> str:
    """What an action did, in few words: `38 read`."""
    return f"{action.count:,} {action.what}"
