"""What stays the same from one typed line to the next: the open list, and one's place.

It asks the store and says sentences; what is typed is understood elsewhere.
"""

from collections.abc import Mapping, Sequence
from typing import TextIO

from reader.model import EntryRow, Feed, Reading
from reader.services import Services
from reader.tui.library import Library
from reader.tui.linear import speaking
from reader.tui.views import UNREAD, View

PAGE = 10
"""Entries that are listed at once."""


class Desk:
    """One person's place in the reader."""

    def __init__(
        self, services: Services, out: TextIO, environ: Mapping[str, str]
    ) -> None:
        self.services = services
        self.library = Library(services)
        self.environ = environ
        self.view: View = UNREAD
        self.ids: Sequence[int] = ()
        self.place: int | None = None
        self.listed = 0
        self.links: tuple[str, ...] = ()
        self.feeds: tuple[Feed, ...] = ()
        self.left = False
        self._out = out

    def say(self, *lines: str) -> None:
        """Write lines, and have them read at once."""
        for line in lines:
            print(line, file=self._out)
        self._out.flush()

    # The list

    def open(self, view: View) -> None:
        """Open a list from its beginning."""
        self.ids = self.library.ids(view)
        self.view = view
        self.place = None
        self.listed = 0

    def where(self) -> str:
        """Which list is open, and where one is in it."""
        count = len(self.ids)
        entries = speaking.entries(count)
        place = f", at number {self.place + 1}" if self.place is not None else ""
        return f"{self.view.title}: {entries}{place}."

    def rows(self, start: int, count: int) -> tuple[EntryRow, ...]:
        """The entries of the list from a place on."""
        return tuple(self.library.rows(self.ids[start : start + count]))

    def say_page(self, start: int) -> None:
        """Say a page of the list, each entry with its number."""
        if start >= len(self.ids):
            self.say("That is the end of the list." if self.ids else self.view.nothing)
            return
        now, zone = self.services.now(), self.services.zone
        rows = self.rows(start, PAGE)
        for number, row in enumerate(rows, start + 1):
            self.say(f"{number}. {speaking.entry(row, now, zone)}")
        self.listed = start + len(rows)
        left = len(self.ids) - self.listed
        if left:
            self.say(f"{left:,} more; type more.")

    # The entry

    @property
    def entry_id(self) -> int | None:
        """The entry that one is at."""
        return None if self.place is None else self.ids[self.place]

    @property
    def row(self) -> EntryRow | None:
        """Its row, as it is now."""
        here = self.entry_id
        return next(iter(self.library.rows((here,))), None) if here else None

    def say_reading(self, reading: Reading) -> None:
        """Say all of an entry: who published it first, then its text."""
        spoken = speaking.reading(reading, self.services.zone)
        self.links = spoken.links
        self.say("", *spoken.lines, "")
