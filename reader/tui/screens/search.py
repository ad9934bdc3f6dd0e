"""Searching everything: a line to type in, what it finds below, and looser queries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Static

from reader.tui.grid import AIR_FROM, grid
from reader.tui.library import Library
from reader.tui.messages import EntryOpened, Loosened, Searched
from reader.tui.paint.empty import nothing_found, query_words
from reader.tui.paint.inline import lines
from reader.tui.paint.span import BLANK, Line, Span
from reader.tui.paint.status import Hint
from reader.tui.places import Place
from reader.tui.screens.keyed import Keyed
from reader.tui.searching import Found, find, looser, words_of
from reader.tui.widgets.drawn import Drawn
from reader.tui.widgets.entry_list import EntryList
from reader.tui.widgets.heads import Air
from reader.tui.widgets.lines import LinesView
from reader.tui.widgets.status import StatusLine
from reader.tui.widgets.typed import TypedLine

FOUND_AFTER = 0.15
"""Seconds without a key before what was typed is looked for."""
SEARCH = "search"
"""The workers that look for what is typed."""
WIDEST = 84


@dataclass(frozen=True, slots=True)
class Choice:
    """What was found, and the place in it that was chosen."""

    found: Found
    place: int


class SearchScreen(Keyed[Choice]):
    """It gives back what was found, or nothing."""

    HINTS = (("search", "choose"), ("back", "escape"))

    def __init__(self, library: Library, text: str = "") -> None:
        super().__init__()
        self.library = library
        self.found = Found("")
        self.looser: Sequence[tuple[str, int]] = ()
        self._begun_with = text
        self._waiting: Timer | None = None
        self._asked = ""
        self._entered = False
        self._judged = False

    def compose(self) -> ComposeResult:
        """The line, the list, and what is said where nothing was found."""
        with Vertical(id="search", classes="pane"):
            yield Air()
            with Horizontal(id="search-head"):
                yield Static("/", id="search-sign", markup=False)
                yield TypedLine(id="search-input")
            yield LinesView(id="search-rule")
            yield LinesView(id="search-said")
            yield EntryList(self.library.rows, id="search-list")
        yield StatusLine()

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "search"

    @property
    def field(self) -> TypedLine:
        """What is typed into."""
        return self.query_one(TypedLine)

    @property
    def entries(self) -> EntryList:
        """What was found."""
        return self.query_one(EntryList)

    @property
    def said(self) -> LinesView:
        """What is said where nothing was found."""
        return self.query_one("#search-said", LinesView)

    def on_mount(self) -> None:
        """Ready to be typed into."""
        for view in self.query(Drawn):
            view.can_focus = False
        self.entries.ground = "surface"
        self.field.takes = self.take_digit
        self.field.value = self._begun_with
        self.field.focus()
        self._arrange()

    def on_resize(self) -> None:
        """Draw for the size that there is."""
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.app.size
        self.set_class(height >= AIR_FROM, "-airy")
        self.set_class(width < 100, "-narrow")
        divided = grid(width, height, self.firsthand.settings.ui.density)
        self.entries.shape(1 if width >= 72 else 3, divided.calm)
        self.draw()

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Up and down what was found, open it, or go back."""
        return {
            "lower": lambda count: self.move(1),
            "upper": lambda count: self.move(-1),
            "choose": lambda count: self.choose(),
            "escape": lambda count: self.leave(),
        }

    def hints(self, columns: int, left: Line) -> Sequence[Hint]:
        """With nothing found, the looser queries have their numbers."""
        first, *rest = super().hints(columns, left)
        numbers = " ".join(str(n + 1) for n in range(len(self.looser)))
        looser = (Hint(numbers, "take a looser one"),) if self._judged else ()
        return (first, *(looser if numbers else ()), *rest)

    def told(self, columns: int) -> Line:
        """How many were found."""
        found = len(self.found.ids)
        return (Span(f"{found} found", "faint"),) if found else ()

    # Looking

    @on(Input.Changed)
    def _typed_more(self, event: Input.Changed) -> None:
        if event.value == self._asked:
            return
        self._judged = self._entered = False
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.after(FOUND_AFTER, self.look)

    def look(self) -> None:
        """Look for what is typed, and no longer for what was typed before."""
        self._asked = self.field.value
        text = self._asked.strip()
        if text:
            self.run_worker(self._look_for(text), group=SEARCH, exclusive=True)
        else:
            self.workers.cancel_group(self, SEARCH)
            self._came(Found(text))

    async def _look_for(self, text: str) -> None:
        over = Event()
        aside, library = self.firsthand.aside, self.library
        try:
            found = await aside(find, library, text, over.is_set)
            self.post_message(Searched(found))
            if found.view is not None and not found.ids:
                fewer = await aside(looser, library, text, over.is_set)
                self.post_message(Loosened(text, fewer))
        finally:
            over.set()

    @on(Searched)
    def _searched(self, message: Searched) -> None:
        if message.found.text == self._asked.strip():
            self._came(message.found)

    def _came(self, found: Found) -> None:
        self.found, self.looser = found, ()
        services = self.library.services
        view = found.view
        query = view.wants(services.now(), services.zone) if view else None
        self.entries.words = words_of(query) if query else None
        self.entries.open(found.ids, heads=False)
        self.draw()
        if self._entered:
            self._entered = False
            self._choose()

    @on(Loosened)
    def _loosened(self, message: Loosened) -> None:
        if message.text == self.found.text:
            self.looser = message.looser
            self.draw()

    def draw(self) -> None:
        """The list, or what is said instead of it."""
        margins = 2 * (2 if self.has_class("-narrow") else 6)
        columns = min(self.app.size.width - margins, WIDEST)
        rule = Span(self.firsthand.glyphs.line * columns, "faint")
        self.query_one("#search-rule", LinesView).set_lines([(rule,)])
        found = len(self.found.ids) > 0
        self.entries.display = found
        self.said.display = not found
        self.said.set_lines(self._told_instead(columns))
        self.show_status()

    def _told_instead(self, columns: int) -> list[Line]:
        glyphs = self.firsthand.glyphs
        words = list(query_words(columns, glyphs))
        if self.found.trouble:
            told = lines([Span(self.found.trouble, bold=True)], columns, glyphs)
            return [BLANK, *told, BLANK, BLANK, *words]
        if self.found.view is None:
            return [BLANK, *words]
        cursor = 0 if self._judged else -1
        nothing = nothing_found(self.looser, columns, glyphs, cursor)
        return [BLANK, BLANK, *nothing.lines, BLANK, BLANK, *words]

    # Choosing

    def leave(self) -> None:
        """Back without a list."""
        self.dismiss(None)

    def move(self, rows: int) -> None:
        """Choose another of what was found."""
        self.entries.move(rows)

    def choose(self) -> None:
        """Open what was found, as soon as it is.

        With nothing found, the looser queries can be taken.
        """
        if self._waiting is not None:
            self._waiting.stop()
        if self._asked != self.field.value:
            self.look()
        if self.found.text == self._asked.strip():
            self._choose()
        else:
            self._entered = True

    def _choose(self) -> None:
        if self.found.ids:
            self.dismiss(Choice(self.found, self.entries.cursor))
        elif self._judged and self.looser:
            self.take(1)
        else:
            self._judged = True
            self.draw()

    @on(EntryOpened)
    def _entry_opened(self) -> None:
        self.choose()

    def take_digit(self, key: str) -> bool:
        """After a search in vain, a number takes the looser query that has it."""
        if not (self._judged and key.isdecimal() and 0 < int(key) <= len(self.looser)):
            return False
        self.take(int(key))
        return True

    def take(self, number: int) -> None:
        """Take a looser query."""
        self.field.value = self.looser[number - 1][0]
        self.field.cursor_position = len(self.field.value)
        self.choose()
