"""Searching everything: a line to type in, what it finds below, and looser queries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Static

from reader import query
from reader.errors import QueryError
from reader.tui.grid import AIR_FROM, grid
from reader.tui.library import Library
from reader.tui.messages import EntryOpened
from reader.tui.paint.empty import nothing_found, query_words
from reader.tui.paint.span import BLANK, Line, Span
from reader.tui.paint.status import Hint
from reader.tui.places import Place
from reader.tui.screens.keyed import Keyed
from reader.tui.views import View, of_search
from reader.tui.widgets.drawn import Drawn
from reader.tui.widgets.entry_list import EntryList
from reader.tui.widgets.heads import Air
from reader.tui.widgets.lines import LinesView
from reader.tui.widgets.status import StatusLine
from reader.tui.widgets.typed import TypedLine

FOUND_AFTER = 0.15
"""Seconds without a key before what was typed is looked for."""
LOOSER = 3
WORDS_MOST = 6
"""Words of a query that looser ones are made of."""
WIDEST = 84


@dataclass(frozen=True, slots=True)
class Found:
    """The list that was found, and the place in it that was chosen."""

    view: View
    place: int


class SearchScreen(Keyed[Found]):
    """It gives back what was found, or nothing."""

    HINTS = (("search", "choose"), ("back", "escape"))

    def __init__(self, library: Library, text: str = "") -> None:
        super().__init__()
        self.library = library
        self.view: View | None = None
        self.looser: Sequence[tuple[str, int]] = ()
        self._begun_with = text
        self._waiting: Timer | None = None
        self._looked = ""
        self._judged = False
        self.trouble = ""

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
        found = len(self.entries.window)
        return (Span(f"{found} found", "faint"),) if self.view and found else ()

    # Looking

    @on(Input.Changed)
    def _typed_more(self, event: Input.Changed) -> None:
        self._judged = False
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(FOUND_AFTER, partial(self.trying, self.look))

    def look(self) -> None:
        """Look for what was typed."""
        self._looked = self.field.value
        text = self._looked.strip()
        self.view, self.looser = None, ()
        self.trouble = ""
        if text:
            self._look_for(text)
        self.draw()

    def _look_for(self, text: str) -> None:
        services = self.library.services
        try:
            wanted = query.parse(text, services.now(), services.zone)
            view = of_search(text, wanted)
            self.entries.open(self.library.ids(view), heads=False)
        except QueryError as error:
            self.trouble = str(error)
        else:
            self.view = view
            if not len(self.entries.window):
                self.looser = self._looser(text)

    def _looser(self, text: str) -> Sequence[tuple[str, int]]:
        """Queries of fewer words that find something, the narrowest first."""
        words = query.tokens(text)[:WORDS_MOST]
        found: list[tuple[str, int]] = []
        for size in range(len(words) - 1, 0, -1):
            fewer = (" ".join(some) for some in combinations(words, size))
            counted = ((words, self._count(words)) for words in fewer)
            found += sorted((c for c in counted if c[1]), key=lambda c: c[1])
            if len(found) >= LOOSER:
                break
        return tuple(found[:LOOSER])

    def _count(self, text: str) -> int:
        services = self.library.services
        try:
            wanted = query.parse(text, services.now(), services.zone)
        except QueryError:
            return 0
        return self.library.count(wanted)

    def draw(self) -> None:
        """The list, or what is said instead of it."""
        columns = min(self.app.size.width - 12, WIDEST)
        rule = Span(self.firsthand.glyphs.line * columns, "faint")
        self.query_one("#search-rule", LinesView).set_lines([(rule,)])
        found = self.view is not None and len(self.entries.window) > 0
        self.entries.display = found
        self.said.display = not found
        self.said.set_lines(self._told_instead(columns))
        self.show_status()

    def _told_instead(self, columns: int) -> list[Line]:
        glyphs = self.firsthand.glyphs
        words = list(query_words(columns, glyphs))
        if self.trouble:
            return [BLANK, (Span(self.trouble, bold=True),), BLANK, BLANK, *words]
        if self.view is None:
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
        """Open what was found; with nothing found, the looser queries can be taken."""
        if self._waiting is not None:
            self._waiting.stop()
        if self._looked != self.field.value:
            self.look()
        if self.view is not None and len(self.entries.window):
            self.dismiss(Found(self.view, self.entries.cursor))
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
