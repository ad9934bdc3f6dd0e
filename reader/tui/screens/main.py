"""The main screen: what its panes hold, and what happens in them.

Panes are arranged in `panes`, the list is kept in `listing`; what keys do is in
`commands`, what is drawn in the widgets, what takes time in `work`.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.timer import Timer

from reader.errors import NotFoundError, ReaderError
from reader.model import Reading
from reader.tui import messages, wording, work
from reader.tui.actions import OF_AN_ENTRY
from reader.tui.digits import Digits
from reader.tui.library import Library
from reader.tui.originals import open_known
from reader.tui.paint.files import OPENS
from reader.tui.pasting import pasted
from reader.tui.places import TEXT
from reader.tui.screens.found import choose_feed
from reader.tui.screens.listing import Listing
from reader.tui.widgets.article import Ready
from reader.tui.widgets.prompt import Prompt
from reader.urls import shown

if TYPE_CHECKING:
    from reader.services.source import Source
    from reader.store import Action

PREVIEW_AFTER = 0.05
"""Seconds that the cursor rests on an entry before the article pane shows it."""
BREATH = 0.002
"""Seconds between two steps of showing it, in which a key can come first."""
AHEAD = "ahead"
"""The workers that fetch articles before they are opened."""


Command = Callable[["Main", int], None]
"""What a key does here, given the screen and a count."""


class Main(Listing):
    """The open list, the entry that is read, and the marks."""

    def __init__(self, library: Library, commands: Mapping[str, Command]) -> None:
        super().__init__(library)
        self._commands = commands
        self._digits = Digits(self, self.open_link)
        self._to_browse: int | None = None
        self._preview: Timer | None = None
        self._can_show = False
        self._alone: Timer | None = None

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """The table's commands, done on this screen."""
        return {
            name: partial(command, self) for name, command in self._commands.items()
        }

    # Beginning

    def on_mount(self) -> None:
        """Show the unread entries, and from then on what others change, too."""
        self.divide()
        self.trying(self.open_first)
        self.focus_pane("list")
        self.every(1.0, self.look_for_changes)
        self.app.theme_changed_signal.subscribe(self, lambda _: self.divide())

    # Reading

    @on(messages.EntryChosen)
    def _entry_chosen(self, message: messages.EntryChosen) -> None:
        if message.entry_id != self.article.opened:
            # Others come next now.
            self.workers.cancel_group(self, AHEAD)
        if self._preview is not None:
            self._preview.stop()
        self._preview = self.after(PREVIEW_AFTER, self._show_soon)

    def show_chosen(self) -> None:
        """Show the entry under the cursor, where the article has room."""
        if not self._has_article:
            return
        if self._can_show:
            self.show(self.entries.entry_id)
        else:
            self._show_soon()

    @property
    def _has_article(self) -> bool:
        return bool(self.query_one("#article-pane").display)

    def _show_soon(self) -> None:
        """Show it as soon as it is read and laid out; keys are answered meanwhile."""
        entry_id = self.entries.entry_id
        if entry_id is None:
            self.show(None)
        elif entry_id != self.article.entry_id and self._has_article:
            job = self._show_prepared(entry_id)
            self.run_worker(job, group="preview", exclusive=True)

    async def _show_prepared(self, entry_id: int) -> None:
        ready = None
        # Trouble is told when the entry is shown.
        with suppress(ReaderError):
            if not self._can_show:
                # Loading what reads texts and lays them out takes many keys' time.
                await self.firsthand.aside(self._loaded, entry_id)
                self._can_show = True
            reading = self.library.stored(entry_id)
            await asyncio.sleep(BREATH)
            ready = self.article.prepared(reading)
            await asyncio.sleep(BREATH)
        # Meanwhile the cursor may have gone on, or the entry been opened.
        if entry_id == self.entries.entry_id != self.article.entry_id:
            self.trying(partial(self.show, entry_id, ready=ready))

    def _loaded(self, entry_id: int) -> None:
        self.article.prepared(self.library.stored(entry_id))

    def show(
        self,
        entry_id: int | None,
        *,
        looking: bool = False,
        ready: Ready | None = None,
    ) -> None:
        """Show what is stored of an entry, as it was made `ready` if it was."""
        if entry_id == self.article.entry_id and not looking:
            return
        reading = ready.reading if ready else self._stored(entry_id)
        self.article.show(reading, looking=looking, ready=ready)
        self.article.opened = entry_id if looking else None
        self.pane_changed()
        self.show_status()

    def _stored(self, entry_id: int | None) -> Reading | None:
        try:
            return self.library.stored(entry_id) if entry_id is not None else None
        except NotFoundError:
            return None

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
        if message.said:
            self.say(message.said)
        if self._to_browse == message.reading.row.id:
            self._to_browse = None
            open_known(self.firsthand, message.reading.row)

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
            self._alone = self.after(after.total_seconds(), self.mark_shown)

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

    @property
    def targets(self) -> tuple[int, ...]:
        """The entries that an action goes for: all picked, else that of the cursor."""
        picked = self.entries.picked
        if picked:
            return tuple(one for one in self.entries.window.ids if one in picked)
        return (self.row.id,) if self.row else ()

    def pick(self, ids: Iterable[int]) -> None:
        """Pick these entries, and no others, for many at once."""
        self.entries.pick(ids)
        self.show_status()

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
        services = self.library.services
        self.firsthand.promise(
            work.mark(self, services, ids, read=read, starred=starred, loud=loud)
        )

    @on(messages.Marked)
    def _marked(self, message: messages.Marked) -> None:
        self.refresh_marks()
        if message.loud and not message.action.count:
            self.say("Nothing changed.")
        elif message.loud:
            key = self.firsthand.keymap.shown("undo")
            self.say(f"{wording.done(message.action)} · {key} undoes")

    def _refresh_after(self, action: "Action | None") -> None:
        """Draw marks anew; feeds that come or go take their entries along."""
        feeds = action is not None and wording.of_feeds(action)
        if feeds or not len(self.entries.window):
            self.trying(partial(self.show_feeds, None))
        else:
            self.refresh_marks()

    @on(messages.Undone)
    def _undone(self, message: messages.Undone) -> None:
        action = message.action
        self._refresh_after(action)
        self.say(wording.undone(action) if action else "Nothing to undo.")

    @on(messages.Redone)
    def _redone(self, message: messages.Redone) -> None:
        action = message.action
        self._refresh_after(action)
        self.say(wording.redone(action) if action else "Nothing to redo.")

    # Other messages

    @on(messages.Failed)
    def _failed(self, message: messages.Failed) -> None:
        self.say(message.reason)

    @on(messages.FeedsChanged)
    def _feeds_changed(self, message: messages.FeedsChanged) -> None:
        self.say(message.said)
        self.trying(partial(self.show_feeds, message.feed_id))

    @on(messages.SourceFound)
    def _source_found(self, message: messages.SourceFound) -> None:
        self.offer(message.source)

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

    # Feeds

    def add_feed(self, address: str) -> None:
        """Subscribe to the feed at an address; of several there, one is chosen."""
        self.say(f"Looking at {address} …")
        services = self.library.services
        self.run_worker(work.look_for(self, services, address), group="feeds")

    @on(messages.FeedsFound)
    def _feeds_found(self, message: messages.FeedsFound) -> None:
        choose_feed(self, message)

    def offer(self, found: "Source") -> None:
        """Ask whether to subscribe to a feed that was found at the source."""
        if found.subscribed is not None:
            self.say(f"{found.subscribed.title} is among your feeds already.")
            return
        self.say("")
        publisher = f" of {found.publisher}" if found.publisher != found.title else ""
        text = f"Subscribe to {found.title}{publisher}, {shown(found.url)}?"
        self.ask(text, partial(self.add_feed, found.url))

    # Keys of its own

    def perform(self, name: str, count: int = 0) -> None:
        """Do an action by its name; what wants an entry says so where there is none."""
        if name in OF_AN_ENTRY and self.place != "sidebar" and self.row is None:
            self.say("There is no entry here.")
        else:
            super().perform(name, count)

    def on_paste(self, event: events.Paste) -> None:
        """An address or a file's path that is pasted can be added."""
        found = pasted(event.text)
        if found is None:
            return
        kind, text = found
        begin = work.look_for if kind == "address" else work.import_file
        work_of = partial(begin, self, self.library.services, text)
        self.ask(f"Add {text}?", lambda: self._begin(work_of))

    def _begin(self, job: Callable[[], Coroutine[None, None, None]]) -> None:
        self.run_worker(job(), group="feeds")

    def take_key(self, key: str) -> bool:
        """In a text a number opens the link that has it."""
        if self.place not in TEXT or self.typed.keys:
            return False
        return self._digits.take(key, len(self.article.links))

    def wanted(self, name: str) -> None:
        """Do what was clicked on; a file that comes with an entry is opened."""
        if name.startswith(OPENS):
            self.perform("enclosures", int(name.removeprefix(OPENS)))
        else:
            self.perform(name)

    def open_link(self, number: int) -> None:
        """Open a link of the article by its number."""
        links = self.article.links
        if 1 <= number <= len(links):
            self.firsthand.browse(links[number - 1])
        else:
            self.say(f"There is no link {number} here.")
