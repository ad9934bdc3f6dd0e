"""How much of each feed is second hand, and whose stories it carries."""

from collections.abc import Callable, Mapping

from reader.model import Feed
from reader.tui.grid import nearest
from reader.tui.library import Library
from reader.tui.paint.cells import fit
from reader.tui.paint.span import (
    BLANK,
    Line,
    Span,
    filled,
    on,
    shortened,
    spaces,
)
from reader.tui.paint.status import meter
from reader.tui.places import Place
from reader.tui.screens.page import Page
from reader.tui.views import View, of_feed, of_publisher

MARGIN = 4
NAME, SHARE, BAR = 24, 7, 16
HEAD = 4
"""Lines above the first feed."""
NAMED = 5
"""Publishers that are named beside a feed."""


class SourcesScreen(Page[View]):
    """One line a feed, the most second-hand first; it gives back a list to open."""

    HINTS = (
        ("feed", "next", "previous"),
        ("open its list", "choose"),
        ("edit", "edit_feed"),
        ("back", "back"),
    )

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.feeds: tuple[Feed, ...] = ()
        self.cursor = 0
        self._carried: Mapping[int, tuple[tuple[str, int], ...]] = {}

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "sources"

    def on_mount(self) -> None:
        """Count once whose stories the feeds carry."""
        self.trying(self._count)
        super().on_mount()

    def _count(self) -> None:
        self._carried = self.library.services.store.reports.sources()

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Opening the chosen feed's list, and editing it."""
        own = {
            "choose": lambda count: self.choose(),
            "edit_feed": lambda count: self.edit(),
        }
        return {**super().commands(), **own}

    def lay(self) -> None:
        """The table: name, share, bar, and from whom."""
        self.feeds = tuple(sorted(self.library.feeds(), key=_second_hand))
        self.cursor = nearest(self.cursor, len(self.feeds))
        columns = self.app.size.width
        looked = sum(feed.looked for feed in self.feeds)
        stubs = sum(_stubs(feed) for feed in self.feeds)
        left = (
            Span("Where it comes from", "strong", bold=True),
            spaces(2),
            Span(f"{stubs} of {looked} entries looked at are second hand", "faint"),
        )
        words = (
            f"{'Feed':{NAME}}{'Second hand':>{SHARE + BAR + 2}}   First published by"
        )
        lines: list[Line] = [
            (spaces(MARGIN), *shortened(left, columns - MARGIN - 2)),
            BLANK,
            (spaces(MARGIN), *shortened((Span(words, "faint"),), columns - MARGIN)),
        ]
        lines += [self._row(n, feed, columns) for n, feed in enumerate(self.feeds)]
        self.page.set_lines(lines, 0)

    def _row(self, number: int, feed: Feed, columns: int) -> Line:
        glyphs = self.firsthand.glyphs
        chosen = number == self.cursor
        name = fit(feed.title, NAME - 1, glyphs.cut)
        known = feed.stub_share is not None
        share = f"{(feed.stub_share or 0) * 100:.0f} %" if known else ""
        bar: Line = (spaces(BAR),)
        if known:
            bar = meter(feed.stub_share or 0, BAR, glyphs, "soft")
        line: Line = (
            Span(glyphs.cursor, "accent") if chosen else Span(" "),
            spaces(MARGIN - 1),
            Span(
                name, "strong" if chosen else "ink", bold=chosen, act=f"feed:{number}"
            ),
            spaces(1),
            Span(share.rjust(SHARE), "ink" if feed.stub_share else "soft"),
            spaces(2),
            *bar,
            spaces(3),
            *self._named(feed),
        )
        line = filled(shortened(line, columns - MARGIN + 1, glyphs.cut), columns)
        return on(line, "cursor") if chosen else line

    def _named(self, feed: Feed) -> Line:
        """Whose stories they are, the most carried first, each with its number."""
        carried = self._carried.get(feed.id, ())
        if feed.stub_share is None:
            return (Span("nothing was looked at yet", "faint"),)
        line: Line = ()
        for publisher, count in carried[:NAMED]:
            line = (*line, *((Span(", ", "faint"),) if line else ()))
            line = (*line, Span(publisher, act=f"publisher:{publisher}"))
            line = (*line, Span(f" {count}", "soft"))
        more = len(carried) - NAMED
        return (*line, Span(f" and {more} more", "soft")) if more > 0 else line

    def move(self, rows: int) -> None:
        """Choose another feed."""
        self.cursor = nearest(self.cursor + rows, len(self.feeds))
        self.lay()
        at = HEAD - 1 + self.cursor
        self.page.reveal_rows(at if self.cursor else 0, at + 1)

    def choose(self) -> None:
        """Open the list of the chosen feed."""
        if self.feeds:
            self.dismiss(of_feed(self.feeds[self.cursor]))

    def edit(self) -> None:
        """Edit the chosen feed."""
        from reader.tui.screens.feed import FeedScreen

        if self.feeds:
            feed = self.feeds[self.cursor]
            self.app.push_screen(FeedScreen(feed), lambda _: self.trying(self.lay))

    def wanted(self, name: str) -> None:
        """A click on a feed chooses it, on a publisher opens what is theirs."""
        kind, _, value = name.partition(":")
        if kind == "publisher" and value:
            self.dismiss(of_publisher(value))
        elif kind == "feed" and value:
            self.cursor = int(value)
            self.lay()
        else:
            self.perform(name)


def _stubs(feed: Feed) -> int:
    return round((feed.stub_share or 0) * feed.looked)


def _second_hand(feed: Feed) -> tuple[float, int, str]:
    """The greatest share first; what was never looked at stands last."""
    share = -1.0 if feed.stub_share is None else feed.stub_share
    return -share, -feed.looked, feed.title.casefold()
