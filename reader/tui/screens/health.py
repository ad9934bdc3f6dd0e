"""The state of every feed, failing ones first, and what is known of the chosen one."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from textual import on

from reader.errors import ReaderError
from reader.model import Feed
from reader.query import midnight
from reader.tui.grid import nearest
from reader.tui.hints import hint
from reader.tui.library import Library
from reader.tui.messages import Failed, FeedEdited, FeedLooked
from reader.tui.paint import health as paint
from reader.tui.paint.health import DAYS, Told
from reader.tui.paint.span import BLANK, Line, Span, spaces
from reader.tui.paint.status import Hint
from reader.tui.places import Place
from reader.tui.screens.page import Page
from reader.urls import shown

if TYPE_CHECKING:
    from reader.services.replacement import Looked

HEAD = 3
"""Lines above the first feed."""
STORY = 17
"""Lines that are kept for the story of the chosen feed, where there is room."""
LEAST = 3
"""Feeds that are in sight however little room there is."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order of the feeds: what it is called, and what it goes by."""

    name: str
    key: Callable[[Feed], tuple[object, ...]]


def _by_name(feed: Feed) -> str:
    return (feed.title or feed.url).casefold()


SORTINGS = (
    Sorting("failing first", lambda feed: (not feed.error, _by_name(feed))),
    Sorting("by name", lambda feed: (_by_name(feed),)),
    Sorting("most stubs first", lambda feed: (-(feed.stub_share or 0), _by_name(feed))),
    Sorting("longest silence first", lambda feed: (_success(feed), _by_name(feed))),
)


def _success(feed: Feed) -> float:
    return feed.last_success.timestamp() if feed.last_success else 0.0


class HealthScreen(Page[Feed]):
    """One line a feed; it gives back the one to be removed."""

    HINTS = (
        ("feed", "next", "previous"),
        ("look closer", "choose"),
        ("try now", "refresh_feed"),
        ("edit", "edit_feed"),
        ("remove", "remove_feed"),
        ("back", "back"),
    )

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.feeds: tuple[Feed, ...] = ()
        self.cursor = 0
        self.first = 0
        self.sorting = 0
        self.looked: dict[int, Looked] = {}
        self._stored: tuple[Feed, ...] = ()
        self._daily: Mapping[int, tuple[int, ...]] = {}
        self._newest: dict[int, datetime] = {}

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "health"

    def on_mount(self) -> None:
        """Count once what the feeds published; then look what changes meanwhile."""
        self.trying(self._count)
        super().on_mount()
        self.every(1.0, self._renew)

    def _count(self) -> None:
        services = self.library.services
        today = midnight(services.now(), services.zone)
        store = services.store
        self._daily = store.reports.daily(today - timedelta(days=DAYS - 1), DAYS)
        for feed in self.library.feeds():
            if feed.id not in self._daily and feed.entries:
                self._newest[feed.id] = store.rhythm(feed.id, 1)[0]

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Looking closer, trying again, editing, removing."""
        own = {
            "choose": lambda count: self.choose(),
            "refresh_feed": lambda count: self.try_now(),
            "refresh_all": lambda count: self.firsthand.refresh_now(None),
            "edit_feed": lambda count: self.edit(),
            "remove_feed": lambda count: self.remove_chosen(),
            "sort": lambda count: self.sort(),
            "sources": lambda count: self.show_sources(),
        }
        return {**super().commands(), **own}

    # Drawing

    @property
    def chosen(self) -> Feed | None:
        """The feed under the cursor."""
        return self.feeds[self.cursor] if self.feeds else None

    def _renew(self) -> None:
        if self.app.screen is self and self.library.feeds() != self._stored:
            self.lay()

    def lay(self) -> None:
        """The table, and below it the chosen feed's story."""
        self._stored = self.library.feeds()
        self.feeds = tuple(sorted(self._stored, key=SORTINGS[self.sorting].key))
        self.cursor = nearest(self.cursor, len(self.feeds))
        told = self._told()
        failing = sum(feed.error is not None for feed in self.feeds)
        order = SORTINGS[self.sorting].name
        lines = [paint.title(failing, len(self.feeds), order, told), BLANK]
        lines += [paint.columns(told), *self._table(told)]
        if self.chosen:
            looked = self.looked.get(self.chosen.id)
            story = paint.story(self.chosen, told, looked, self._offers(looked))
            lines += [BLANK, BLANK, *story]
        self.page.set_lines(lines, 0)

    def _told(self) -> Told:
        app = self.firsthand
        services = app.services
        return Told(
            self.app.size.width,
            app.glyphs,
            services.now(),
            services.zone,
            self._daily,
            self._newest,
        )

    def _table(self, told: Told) -> list[Line]:
        """As many feeds as leave room for the story, the cursor among them."""
        height = self.page.size.height or self.app.size.height - 1
        room = max(height - HEAD - STORY, LEAST)
        if room >= len(self.feeds):
            self.first, room = 0, len(self.feeds)
        else:
            self.first = max(min(self.first, self.cursor), self.cursor - room + 1)
        shown = self.feeds[self.first : self.first + room]
        lines = [
            paint.row(feed, told, chosen=self.first + number == self.cursor)
            for number, feed in enumerate(shown)
        ]
        rest = self.feeds[self.first + room :]
        if rest:
            bad = sum(feed.error is not None for feed in rest)
            well = f"{bad} failing" if bad else "all well"
            text = f"and {len(rest)} more, {well}"
            lines.append((spaces(paint.MARGIN), Span(text, "faint")))
        return lines

    def _offers(self, looked: "Looked | None") -> tuple[Hint, ...]:
        keys = self.firsthand.keymap
        first = "look closer, and for a replacement"
        if looked and looked.nearby:
            first = "move there, keeping what is read and starred"
        return (
            hint(keys, first, "choose"),
            hint(keys, "try now", "refresh_feed"),
            hint(keys, "edit or pause", "edit_feed"),
            hint(keys, "remove", "remove_feed"),
        )

    # Choosing

    def move(self, rows: int) -> None:
        """Choose another feed."""
        self.cursor = nearest(self.cursor + rows, len(self.feeds))
        self.lay()
        at = HEAD + self.cursor - self.first
        self.page.reveal_rows(0 if at < self.page.size.height else at, at + 1)

    def wanted(self, name: str) -> None:
        """A click on a feed chooses it; on anything else, does it."""
        if not name.startswith("feed:"):
            self.perform(name)
            return
        ids = [feed.id for feed in self.feeds]
        feed_id = int(name.removeprefix("feed:"))
        if feed_id in ids:
            self.cursor = ids.index(feed_id)
            self.lay()

    def sort(self) -> None:
        """The next order of the feeds; the chosen one stays chosen."""
        chosen = self.chosen
        self.sorting = (self.sorting + 1) % len(SORTINGS)
        self.lay()
        ids = [feed.id for feed in self.feeds]
        self.cursor = ids.index(chosen.id) if chosen and chosen.id in ids else 0
        self.lay()
        self.say(SORTINGS[self.sorting].name.capitalize())

    # Acting

    def choose(self) -> None:
        """Look closer at the chosen feed; move it, where another one was found."""
        feed = self.chosen
        if feed is None:
            return
        looked = self.looked.get(feed.id)
        if looked and looked.nearby:
            url = looked.nearby.url
            self.ask(
                f"Move {feed.title} to {shown(url)}?", partial(self._to, feed, url)
            )
        else:
            self.say(f"Looking at {feed.title} and its site …")
            self.run_worker(self._look(feed), group="look", exclusive=True)

    async def _look(self, feed: Feed) -> None:
        # Brings the parsers along, in a thread, so that keys are answered meanwhile.
        await asyncio.to_thread(import_module, "reader.services.replacement")
        from reader.services import replacement

        try:
            looked = await replacement.look(self.library.services, feed)
        except ReaderError as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(FeedLooked(looked))

    @on(FeedLooked)
    def _came(self, message: FeedLooked) -> None:
        self.looked[message.looked.feed_id] = message.looked
        found = message.looked.nearby
        key = self.firsthand.keymap.shown("choose")
        self.say(f"Found nearby · {key} moves there" if found else "Nothing nearby.")
        self.trying(self.lay)

    def _to(self, feed: Feed, url: str) -> None:
        self.firsthand.promise(self._move(feed, url))

    async def _move(self, feed: Feed, url: str) -> None:
        from reader.services import replacement

        try:
            moved = await replacement.move(self.library.services, feed, url)
        except ReaderError as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(FeedEdited(moved, f"{moved.title} is asked there now"))

    @on(FeedEdited)
    def _edited(self, message: FeedEdited) -> None:
        self.looked.pop(message.feed.id, None)
        self.firsthand.refresh_now((message.feed.id,), message.said)
        self.trying(self.lay)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self.say(message.reason)

    def try_now(self) -> None:
        """Ask the chosen feed for news at once."""
        if self.chosen:
            told = f"Asking {self.chosen.title} …"
            self.firsthand.refresh_now((self.chosen.id,), told)

    def edit(self) -> None:
        """Edit the chosen feed."""
        from reader.tui.screens.feed import FeedScreen

        if self.chosen:
            again = partial(self.trying, self.lay)
            self.app.push_screen(FeedScreen(self.chosen), lambda _: again())

    def show_sources(self) -> None:
        """How much of each feed is second hand."""
        from reader.tui.screens.sources import SourcesScreen

        self.app.push_screen(SourcesScreen(self.library))

    def remove_chosen(self) -> None:
        """Unsubscribe from the chosen feed, once it is agreed to."""
        if self.chosen:
            feed = self.chosen
            self.ask(f"Remove {feed.title}?", partial(self.dismiss, feed))
