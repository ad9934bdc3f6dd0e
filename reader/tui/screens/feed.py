"""One feed to be edited: a row for each thing that can be changed, written at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from reader.errors import ReaderError
from reader.model import Feed
from reader.tui import editing, entrusted
from reader.tui.editing import Change
from reader.tui.messages import Entrusted, Failed, FeedEdited
from reader.tui.paint.form import Row, form_lines
from reader.tui.paint.span import BLANK, Line, Span, spaces
from reader.tui.paint.status import Hint
from reader.tui.places import Place
from reader.tui.screens.page import Page
from reader.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from reader.services.credentials import Credentials

MARGIN = 3
HEAD = 3
"""Lines above the first row."""
WIDEST = 96


class FeedScreen(Page[None]):
    """What is changed is kept at once; there is nothing to be confirmed."""

    HINTS = (("field", "next", "previous"), ("change", "choose"), ("back", "back"))

    def __init__(self, feed: Feed) -> None:
        super().__init__()
        self.feed = feed
        self.cursor = 0
        self.rows: tuple[Row, ...] = ()
        self.known: Credentials | None = None

    def compose(self) -> ComposeResult:
        """The form, and a place to type into."""
        yield Prompt()
        yield from super().compose()

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "prompt" if self.query_one(Prompt).is_open else "feed"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Changing what the cursor stands on."""
        own = {
            "choose": lambda count: self.choose(),
            "escape": lambda count: self.escape(),
        }
        return {**super().commands(), **own}

    def hints(self, columns: int, left: Line) -> Sequence[Hint]:
        """While something is typed there is only that."""
        if self.place != "prompt":
            return super().hints(columns, left)
        return (Hint("Enter", "keep", "choose"), Hint("escape", "back", "escape"))

    def on_mount(self) -> None:
        """Look for what its host is told; where a server polls it, that is nothing."""
        if self.feed.account is None:
            self.run_worker(self._look())

    async def _look(self) -> None:
        try:
            known = await entrusted.look(self.firsthand.services, self.feed)
        except ReaderError as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(Entrusted(known))

    def lay(self) -> None:
        """The feed's name and address, and the form."""
        app = self.firsthand
        columns = min(self.app.size.width - 2 * MARGIN, WIDEST)
        told = entrusted.rows(self.known) if self.feed.account is None else ()
        self.rows = (*editing.rows(app.services, self.feed), *told)
        head = (
            Span(self.feed.title, "strong", bold=True),
            spaces(3),
            Span(editing.address(self.feed), "soft"),
        )
        drawn = form_lines(self.rows, self.cursor, columns, app.glyphs)
        self.page.set_lines([head, BLANK, BLANK, *drawn], MARGIN)

    def move(self, rows: int) -> None:
        """Choose another row, blank ones not counted."""
        full = [number for number, row in enumerate(self.rows) if row.act]
        at = full.index(self.cursor) + rows
        self.cursor = full[min(max(at, 0), len(full) - 1)]
        self.lay()
        self.page.reveal_rows(HEAD + self.cursor, HEAD + self.cursor + 1)

    def escape(self) -> None:
        """Out of what is typed, else out of the form."""
        prompt = self.query_one(Prompt)
        if prompt.is_open:
            prompt.close()
        else:
            self.leave()

    def choose(self) -> None:
        """Take what was typed; else change what the cursor stands on."""
        prompt = self.query_one(Prompt)
        if prompt.is_open:
            prompt.take()
            return
        act = self.rows[self.cursor].act
        if act in entrusted.ASKED:
            self.entrust(act)
            return
        change = editing.CHANGES[act]
        keep = partial(self.keep, act, change)
        if change.word:
            prompt.open(change.word, keep, change.text(self.feed), empty=True)
        else:
            keep("")
        self.show_status()

    def entrust(self, act: str) -> None:
        """Ask for what the host is to be told, unseen where it is a secret."""
        asked = entrusted.ASKED[act]
        prompt = self.query_one(Prompt)
        if asked.named:
            prompt.open(asked.word, partial(self._value, act, asked))
        else:
            keep = partial(self._entrust, act, "")
            begun = entrusted.begun(self.known, act)
            prompt.open(asked.word, keep, begun, secret=asked.secret, empty=True)
        self.show_status()

    def _value(self, act: str, asked: entrusted.Asked, name: str) -> None:
        word = f"Value of {name}, empty: none"
        keep = partial(self._entrust, act, name)
        prompt = self.query_one(Prompt)
        # The line that took the name is closed first.
        self.call_after_refresh(
            prompt.open, word, keep, secret=asked.secret, empty=True
        )

    def _entrust(self, act: str, name: str, text: str) -> None:
        self.firsthand.promise(self._keep_entrusted(act, name, text))

    async def _keep_entrusted(self, act: str, name: str, text: str) -> None:
        services = self.firsthand.services
        try:
            known, said = await entrusted.change(services, self.feed, act, text, name)
        except ReaderError as error:
            self.post_message(Failed(str(error)))
        else:
            self.post_message(Entrusted(known, said))

    @on(Entrusted)
    def _entrusted(self, message: Entrusted) -> None:
        self.known = message.known
        if message.said:
            self.say(message.said)
        self.lay()

    def wanted(self, name: str) -> None:
        """A click on a row changes it."""
        acts = [row.act for row in self.rows]
        if name in acts:
            self.cursor = acts.index(name)
            self.lay()
            self.choose()
        else:
            self.perform(name)

    def keep(self, act: str, change: Change, text: str) -> None:
        """Write a change, whatever becomes of this screen."""
        self.firsthand.promise(self._keep(act, change, text))

    async def _keep(self, act: str, change: Change, text: str) -> None:
        try:
            after = await change.write(self.firsthand.services, self.feed, text)
        except ReaderError as error:
            self.post_message(Failed(str(error)))
        else:
            told = editing.told(self.feed, after, act)
            self.post_message(FeedEdited(after, told))

    @on(FeedEdited)
    def _edited(self, message: FeedEdited) -> None:
        self.feed = message.feed
        self.say(message.said)
        self.lay()

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self.say(message.reason)

    @on(Prompt.Closed)
    def _prompt_closed(self) -> None:
        self.page.focus()
        self.show_status()
