"""A screen of its own: lines from edge to edge, scrolled, with a way back.

Subclasses say which lines; this one moves through them.
"""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from reader.tui.grid import AIR_FROM
from reader.tui.messages import LinkClicked
from reader.tui.screens.keyed import Keyed
from reader.tui.widgets.heads import Air
from reader.tui.widgets.lines import LinesView
from reader.tui.widgets.status import StatusLine

Result = TypeVar("Result")
FAR = 1_000_000_000


class Page(Keyed[Result], Generic[Result]):
    """Lines that fill the screen."""

    AUTO_FOCUS = "#page"

    def compose(self) -> ComposeResult:
        """The lines and the status line."""
        with Vertical(id="page-pane", classes="pane"):
            yield Air()
            yield LinesView(id="page")
        yield StatusLine()

    @property
    def page(self) -> LinesView:
        """The lines."""
        return self.query_one("#page", LinesView)

    def on_mount(self) -> None:
        """Lay out for the size that there is."""
        self._arrange()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self._arrange()

    def _arrange(self) -> None:
        self.set_class(self.app.size.height >= AIR_FROM, "-airy")
        self.trying(self.lay)

    def lay(self) -> None:
        """Make the lines for the width that there is."""
        raise NotImplementedError

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """Moving, and the way back."""
        return {
            "next": lambda count: self.move(max(count, 1)),
            "previous": lambda count: self.move(-max(count, 1)),
            "first": lambda count: self.move(-FAR),
            "last": lambda count: self.move(FAR),
            "page_down": lambda count: self.page.move(self.page.page),
            "page_up": lambda count: self.page.move(-self.page.page),
            "half_page_down": lambda count: self.page.move(self.page.page // 2),
            "half_page_up": lambda count: self.page.move(-(self.page.page // 2)),
            "back": lambda count: self.leave(),
            "escape": lambda count: self.leave(),
            "quit": lambda count: self.app.exit(),
            "palette": lambda count: self.firsthand.show_palette(
                self.place, self.perform_if
            ),
            "help": lambda count: self.firsthand.show_help(self.perform_if),
        }

    def move(self, rows: int) -> None:
        """Move by rows, or by what the screen's cursor stands on."""
        self.page.move(rows)

    def leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)

    @on(LinkClicked)
    def _link_clicked(self, message: LinkClicked) -> None:
        self.firsthand.browse(message.url)
