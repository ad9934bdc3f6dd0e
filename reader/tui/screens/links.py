"""The links of an article, numbered; a number or Enter opens one."""

from collections.abc import Callable, Mapping, Sequence

from reader.tui.digits import Digits
from reader.tui.grid import nearest
from reader.tui.paint.cells import cut_url
from reader.tui.paint.empty import Choice, choice_line
from reader.tui.paint.span import BLANK, Line, Span, spaces
from reader.tui.places import Place
from reader.tui.screens.page import Page
from reader.urls import shown

MARGIN = 3
HEAD = 2
"""Lines above the first link."""


class LinksScreen(Page[None]):
    """One line a link."""

    HINTS = (
        ("link", "next", "previous"),
        ("open", "choose"),
        ("copy", "copy_original"),
        ("back", "back"),
    )

    def __init__(self, links: Sequence[str], title: str = "Links") -> None:
        super().__init__()
        self._title = title
        self.links = links
        self.cursor = 0
        self._digits = Digits(self, self.open_link)

    @property
    def place(self) -> Place:
        """Where the keys go."""
        return "links"

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Opening and copying a link."""
        own = {
            "choose": lambda count: self.open_link(self.cursor + 1),
            "copy_original": lambda count: self.firsthand.copy(
                self.links[self.cursor], "the link"
            ),
        }
        return {**super().commands(), **own}

    def take_key(self, key: str) -> bool:
        """A number opens the link that has it."""
        return self._digits.take(key, len(self.links))

    def open_link(self, number: int) -> None:
        """Open a link by its number."""
        if 1 <= number <= len(self.links):
            self.cursor = number - 1
            self.lay()
            self.firsthand.browse(self.links[number - 1])

    def lay(self) -> None:
        """A head, and a line for each link."""
        width = self.app.size.width - 2 * MARGIN
        glyphs = self.firsthand.glyphs
        head = (Span(self._title, "strong", bold=True), spaces(3))
        lines: list[Line] = [(*head, Span(str(len(self.links)), "faint")), BLANK]
        for number, url in enumerate(self.links):
            label = cut_url(shown(url), width - 8, glyphs.cut)
            chosen = number == self.cursor
            choice = Choice(str(number + 1), label)
            lines.append(choice_line(choice, width, glyphs, chosen=chosen))
        self.page.set_lines(lines, MARGIN)

    def move(self, rows: int) -> None:
        """Choose another link."""
        self.cursor = nearest(self.cursor + rows, len(self.links))
        self.lay()
        self.page.reveal_rows(HEAD + self.cursor, HEAD + self.cursor + 1)
