"""One feed to be edited: a row for each thing that can be changed, written at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult

from reader.errors import ReaderError
from reader.model import Feed
from reader.tui import editing
from reader.tui.editing import Change
from reader.tui.messages import Failed, FeedEdited
from reader.tui.paint.form import Row, form_lines
from reader.tui.paint.span import BLANK, Line, Span, spaces
from reader.tui.paint.status import Hint
from reader.tui.places import Place
from reader.tui.screens.page import Page
from reader.tui.widgets.prompt import Prompt

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

    def lay(self) -> None:
        """The feed's name and address, and the form."""
        app = self.firsthand
        columns = min(self.app.size.width - 2 * MARGIN, WIDEST)
        self.rows = editing.rows(app.services, self.feed)
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
        change = editing.CHANGES[act]
        keep = partial(self.keep, act, change)
        if change.word:
            prompt.open(change.word, keep, change.text(self.feed), empty=True)
        else:
            keep("")
        self.show_status()

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
