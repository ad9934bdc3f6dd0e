"""The first screen of somebody who has no feeds yet: four ways to begin."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult

from reader.tui import messages, work
from reader.tui.grid import AIR_FROM, nearest
from reader.tui.paint.empty import EMBLEM, Choice, first_run
from reader.tui.paint.span import BLANK, Line
from reader.tui.paint.status import Hint
from reader.tui.pasting import pasted
from reader.tui.places import Place
from reader.tui.screens.found import choose_feed
from reader.tui.screens.page import Page
from reader.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from reader.feeds import Subscription

DEMO = "demo"
"""What the application returns when the demo is wanted."""
BEGINNINGS = (
    Choice("1", "Starter set", "feeds by topic; look through them first", "starter"),
    Choice("2", "OPML file", "from another reader; newsboat’s urls works too", "opml"),
    Choice("3", "Demo", "a small bundled world, no network", "demo"),
    Choice("a", "One address", "of a feed, or of any page that has one", "add_feed"),
)
"""The ways to begin: key, name, what it is, what it does."""
EMBLEM_ROW = 7
"""The row of the emblem where there is room above it."""


class FirstRun(Page[messages.FeedsChanged]):
    """Ways to begin; gone as soon as there is a feed, and gives back what came."""

    HINTS = (("begin", "choose"), ("help", "help"), ("quit", "back"))

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self._first = 0

    def compose(self) -> ComposeResult:
        """The lines, and a place to type into."""
        yield Prompt()
        yield from super().compose()

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "prompt" if self.query_one(Prompt).is_open else "first-run"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Choosing a way to begin."""
        own = {
            "choose": lambda count: self.choose(),
            "add_feed": lambda count: self.begin("add_feed"),
            "starter": lambda count: self.begin("starter"),
            "opml": lambda count: self.begin("opml"),
            "demo": lambda count: self.begin("demo"),
            "escape": lambda count: self.query_one(Prompt).close(),
        }
        return {**super().commands(), **own}

    def take_key(self, key: str) -> bool:
        """A choice's own key chooses it."""
        if self.place == "prompt":
            return False
        for choice in BEGINNINGS:
            if choice.key == key:
                self.begin(choice.act)
                return True
        return False

    def hints(self, columns: int, left: Line) -> Sequence[Hint]:
        """While something is typed there is only that."""
        if self.place != "prompt":
            return super().hints(columns, left)
        return (Hint("Enter", "add", "choose"), Hint("escape", "back", "escape"))

    def lay(self) -> None:
        """The emblem, the question, the choices."""
        width, height = self.app.size
        measure = min(width - 8, EMBLEM)
        glyphs, rows = self.firsthand.glyphs, height - 1 - (height >= AIR_FROM)
        drawn = first_run(measure, glyphs, BEGINNINGS, self.cursor, rows)
        room = height - 1 - len(drawn.lines)
        above = min(EMBLEM_ROW, max(room // 2, 0)) - (height >= AIR_FROM)
        lines = (*[BLANK] * max(above, 0), *drawn.lines)
        self._first = max(above, 0) + drawn.rows[0]
        self.page.set_lines(lines, (width - measure) // 2)

    def move(self, rows: int) -> None:
        """Choose another way."""
        self.cursor = nearest(self.cursor + rows, len(BEGINNINGS))
        self.lay()
        at = self._first + self.cursor
        self.page.reveal_rows(at, at + 1)

    def leave(self) -> None:
        """There is nothing behind this screen: the program ends."""
        self.app.exit()

    def choose(self) -> None:
        """Take what was typed, or the way that the cursor stands on."""
        prompt = self.query_one(Prompt)
        if prompt.is_open:
            prompt.take()
        else:
            self.begin(BEGINNINGS[self.cursor].act)

    def begin(self, way: str) -> None:
        """Begin in one of the ways."""
        prompt = self.query_one(Prompt)
        if way == "starter":
            self.show_starters()
        elif way == "opml":
            prompt.open("OPML file", self.import_file)
        elif way == "demo":
            self.app.exit(DEMO)
        else:
            prompt.open("Add", self.add)
        self.show_status()

    def show_starters(self) -> None:
        """Look through the bundled list, and subscribe to what is picked of it."""
        from reader.services import lists
        from reader.tui.screens.starters import StarterScreen

        self.app.push_screen(StarterScreen(lists.starters()), self._start)

    def _start(self, chosen: "Sequence[Subscription] | None") -> None:
        if chosen:
            services = self.firsthand.services
            self.run_worker(work.start(self, services, chosen), group="feeds")

    def import_file(self, path: str) -> None:
        """Subscribe to the feeds of a file."""
        services = self.firsthand.services
        self.run_worker(work.import_file(self, services, path), group="feeds")

    def add(self, address: str) -> None:
        """Subscribe to the feed at an address; of several there, one is chosen."""
        self.say(f"Looking at {address} …")
        services = self.firsthand.services
        self.run_worker(work.look_for(self, services, address), group="feeds")

    @on(messages.FeedsFound)
    def _feeds_found(self, message: messages.FeedsFound) -> None:
        choose_feed(self, message)

    def on_paste(self, event: events.Paste) -> None:
        """An address or a file's path can be pasted at once."""
        found = pasted(event.text)
        if found is not None:
            kind, text = found
            (self.add if kind == "address" else self.import_file)(text)

    @on(messages.FeedsChanged)
    def _feeds_changed(self, message: messages.FeedsChanged) -> None:
        self.dismiss(message)

    @on(messages.Failed)
    def _failed(self, message: messages.Failed) -> None:
        self.say(message.reason)

    @on(Prompt.Closed)
    def _prompt_closed(self) -> None:
        self.page.focus()
        self.show_status()
