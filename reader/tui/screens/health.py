"""The state of every feed, failing ones first, and what is known of the chosen one."""

from collections.abc import Callable, Mapping
from functools import partial

from reader.model import Feed
from reader.tui.library import Library
from reader.tui.paint.cells import fit
from reader.tui.paint.dates import ago, long, until
from reader.tui.paint.span import BLANK, Ink, Line, Span, apart, filled, on, spaces
from reader.tui.places import Place
from reader.tui.screens.page import Page
from reader.urls import shown

MARGIN = 2
NAME, SUCCESS, NEXT, STUBS = 22, 14, 12, 8
"""Columns of the table."""
HEAD = 3
"""Lines above the first feed."""


class HealthScreen(Page[Feed]):
    """One line a feed; it gives back the one to be removed."""

    HINTS = (
        ("feed", "next", "previous"),
        ("try now", "refresh_feed"),
        ("remove", "remove_feed"),
        ("back", "back"),
    )

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.feeds: tuple[Feed, ...] = ()
        self.cursor = 0

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "health"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Trying again, and removing."""
        own = {
            "refresh_feed": lambda count: self.try_now(),
            "refresh_all": lambda count: self.firsthand.refresh_now(None),
            "remove_feed": lambda count: self.remove_chosen(),
        }
        return {**super().commands(), **own}

    def lay(self) -> None:
        """The table, and below it the chosen feed's story."""
        feeds = self.library.feeds()
        self.feeds = tuple(sorted(feeds, key=lambda feed: not feed.error))
        self.cursor = min(self.cursor, max(len(feeds) - 1, 0))
        width = self.app.size.width - 2 * MARGIN
        failing = sum(feed.error is not None for feed in feeds)
        lines = [self._title(failing, width), BLANK, _columns()]
        lines += [self._row(n, feed, width) for n, feed in enumerate(self.feeds)]
        if self.feeds:
            lines += [BLANK, BLANK, *self._story(self.feeds[self.cursor])]
        self.page.set_lines(lines, 0)

    def _title(self, failing: int, width: int) -> Line:
        told = f"{failing} of {len(self.feeds)} failing"
        left = (
            Span("Feed health", "strong", bold=True),
            spaces(2),
            Span(told, "faint"),
        )
        right = (Span("failing first", "faint"),)
        return (spaces(MARGIN + 2), *apart(left, right, width - 2))

    def _row(self, number: int, feed: Feed, width: int) -> Line:
        glyphs = self.firsthand.glyphs
        now = self.firsthand.services.now()
        chosen = number == self.cursor
        sign = glyphs.failing if feed.error else " "
        success = ago(feed.last_success, now) if feed.last_success else "never"
        due = until(feed.next_poll, now) if feed.next_poll else "now"
        due = "paused" if feed.paused else due
        share = "" if feed.stub_share is None else f"{feed.stub_share * 100:.0f} %"
        quiet: Ink = "soft" if chosen else "faint"
        name = fit(feed.title or shown(feed.url), NAME - 1, glyphs.cut)
        state = fit(feed.error or "", max(width - 62, 0), glyphs.cut)
        line: Line = (
            Span(glyphs.cursor, "accent") if chosen else Span(" "),
            spaces(1),
            Span(sign, "error", bold=True),
            spaces(1),
            Span(name, "strong" if chosen else "ink", bold=chosen),
            spaces(1),
            Span(success.ljust(SUCCESS), "ink" if feed.error else "soft"),
            Span(due.ljust(NEXT), "soft"),
            Span(share.rjust(STUBS - 3), "ink" if feed.stub_share else quiet),
            spaces(3),
            Span(state, "error"),
        )
        return on(filled(line, self.app.size.width), "cursor") if chosen else line

    def _story(self, feed: Feed) -> list[Line]:
        services = self.firsthand.services
        head = Span(feed.title, "strong", bold=True)
        lines: list[Line] = [(head, spaces(3), Span(shown(feed.url), "soft"))]
        if feed.error:
            trouble = feed.error[:1].upper() + feed.error[1:]
            lines += [BLANK, (Span(f"{trouble}."),)]
        if feed.failures:
            times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
            lines.append((Span(f"It failed {times}.", "soft"),))
        if feed.paused:
            text = "It is not asked any more, unless you try now."
            lines.append((Span(text, "soft"),))
        elif feed.next_poll:
            when = long(feed.next_poll, services.zone)
            rarer = "; failing feeds are asked ever less often" if feed.failures else ""
            lines.append((Span(f"Next try {when}{rarer}.", "soft"),))
        if feed.moving and feed.moving.ours:
            text = f"It seems to move to {shown(feed.moving.url)}."
            lines.append((Span(text, "soft"),))
        return [(spaces(MARGIN + 2), *line) if line else line for line in lines]

    def move(self, rows: int) -> None:
        """Choose another feed."""
        self.cursor = min(max(self.cursor + rows, 0), max(len(self.feeds) - 1, 0))
        self.lay()
        self.page.reveal_rows(HEAD + self.cursor, HEAD + self.cursor + 1)

    def try_now(self) -> None:
        """Ask the chosen feed for news at once."""
        if self.feeds:
            feed = self.feeds[self.cursor]
            self.firsthand.refresh_now((feed.id,), f"Asking {feed.title} …")

    def remove_chosen(self) -> None:
        """Unsubscribe from the chosen feed, once it is agreed to."""
        if self.feeds:
            feed = self.feeds[self.cursor]
            self.ask(f"Remove {feed.title}?", partial(self.dismiss, feed))


def _columns() -> Line:
    words = ("Feed".ljust(NAME), "Last success".ljust(SUCCESS), "Next try".ljust(NEXT))
    return (
        spaces(4),
        Span("".join(words) + "Stubs".rjust(STUBS - 3) + "   State", "faint"),
    )
