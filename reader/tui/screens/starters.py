"""Well-known feeds to begin with: looked through, thinned out, then subscribed to."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from reader.feeds import Subscription
from reader.tui.grid import nearest
from reader.tui.paint.cells import cells
from reader.tui.paint.span import (
    BLANK,
    Line,
    Span,
    apart,
    filled,
    on,
    shortened,
    spaces,
)
from reader.tui.places import Place
from reader.tui.screens.page import Page
from reader.urls import shown

MARGIN = 3
NAME_FROM, PLACE_FROM = 4, 34
WIDEST = 96


class StarterScreen(Page[tuple[Subscription, ...]]):
    """All are picked at first; it gives back those that still are."""

    HINTS = (
        ("feed", "next", "previous"),
        ("pick", "pick"),
        ("all or none", "pick_all"),
        ("subscribe", "choose"),
        ("back", "back"),
    )

    def __init__(self, offered: Sequence[Subscription]) -> None:
        super().__init__()
        self.offered = offered
        self.picked = frozenset(one.url for one in offered)
        self.cursor = 0
        self._rows: list[int] = []

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "starters"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Picking, and subscribing to what is picked."""
        own = {
            "pick": lambda count: self.pick(),
            "pick_all": lambda count: self.pick_all(),
            "choose": lambda count: self.choose(),
        }
        return {**super().commands(), **own}

    def lay(self) -> None:
        """The feeds by topic, each with its sign."""
        columns = min(self.app.size.width - 2 * MARGIN, WIDEST)
        count = f"{len(self.picked)} of {len(self.offered)} picked"
        left = (Span("Starter set", "strong", bold=True), spaces(3))
        head = apart((*left, Span(count, "faint")), (), columns)
        lines: list[Line] = [head]
        self._rows = []
        number = 0
        for topic, group in groupby(self.offered, lambda one: one.folder):
            lines += [BLANK, (spaces(NAME_FROM), Span(topic or "", bold=True))]
            for one in group:
                self._rows.append(len(lines))
                lines.append(self._line(number, one, columns))
                number += 1
        self.page.set_lines(lines, MARGIN)

    def _line(self, number: int, one: Subscription, columns: int) -> Line:
        glyphs = self.firsthand.glyphs
        chosen = number == self.cursor
        has = one.url in self.picked
        act = f"starter:{number}"
        name = Span(
            one.title,
            "strong" if chosen else "ink" if has else "faint",
            bold=chosen,
            act=act,
        )
        gap = spaces(max(PLACE_FROM - NAME_FROM - cells(one.title), 2))
        line: Line = (
            Span(glyphs.cursor, "accent") if chosen else Span(" "),
            spaces(1),
            Span(glyphs.picked if has else " ", "accent", act=act),
            spaces(1),
            name,
            gap,
            Span(shown(one.site_url or one.url), "soft", act=act),
        )
        line = filled(shortened(line, columns, glyphs.cut), columns)
        return on(line, "cursor") if chosen else line

    def move(self, rows: int) -> None:
        """Choose another feed."""
        self.cursor = nearest(self.cursor + rows, len(self.offered))
        self.lay()
        at = self._rows[self.cursor] if self._rows else 0
        self.page.reveal_rows(at if self.cursor else 0, at + 1)

    def pick(self) -> None:
        """Pick the feed under the cursor, or leave it out; then the next one."""
        self.picked ^= {self.offered[self.cursor].url}
        self.move(1)
        self.say(f"{len(self.picked)} picked")

    def pick_all(self) -> None:
        """Pick all of them, or none."""
        every = frozenset(one.url for one in self.offered)
        self.picked = frozenset() if self.picked == every else every
        self.lay()
        self.say(f"{len(self.picked)} picked")

    def choose(self) -> None:
        """Subscribe to what is picked."""
        if self.picked:
            self.dismiss(tuple(one for one in self.offered if one.url in self.picked))
        else:
            self.say("Nothing is picked.")

    def wanted(self, name: str) -> None:
        """A click on a feed picks it, or leaves it out."""
        kind, _, value = name.partition(":")
        if kind == "starter" and value:
            self.cursor = int(value)
            self.picked ^= {self.offered[self.cursor].url}
            self.lay()
        else:
            self.perform(name)
