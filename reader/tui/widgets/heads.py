"""The heads of the sidebar and of the list: one drawn line each."""

from typing import cast

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from reader.store import Counts
from reader.tui import ink, views
from reader.tui.messages import ActionWanted
from reader.tui.paint.sidebar import brand, list_head
from reader.tui.paint.span import Ground, Line, Span
from reader.tui.shell import Shell
from reader.tui.views import View


class Head(Widget):
    """One line at the top of a pane."""

    ground: Ground = "background"
    ruled = False

    @property
    def firsthand(self) -> Shell:
        """The application, by its own type."""
        return cast(Shell, self.app)

    def on_mount(self) -> None:
        """Draw in the colours of a theme as soon as it is chosen."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.refresh())

    def line(self, columns: int) -> Line:
        """What stands there."""
        return ()

    def render_line(self, y: int) -> Strip:
        """The head's own line; the rows above and below it are air."""
        own = 1 if self.size.height > 1 else 0
        line = self.line(self.size.width - self.ruled) if y == own else ()
        if self.ruled:
            line = (Span(self.firsthand.glyphs.way, "rule"), *line)
        theme = self.app.current_theme
        return ink.strip(line, theme, self.ground, self.size.width)

    async def on_click(self, event: events.Click) -> None:
        """A click on what does something does it."""
        act = event.style.meta.get("act")
        if act and event.button == 1:
            event.stop()
            self.post_message(ActionWanted(act))


class SidebarHead(Head):
    """Our mark and our name."""

    ground: Ground = "panel"

    def line(self, columns: int) -> Line:
        """What stands there."""
        return brand(columns, self.firsthand.glyphs)


class Air(Head):
    """The blank rows above an article."""

    ground: Ground = "surface"


class ListHead(Head):
    """The view's name, how many it holds, how it is ordered."""

    def __init__(self) -> None:
        super().__init__()
        self._view: View = views.UNREAD
        self._count = 0

    def renew(self, view: View, counts: Counts, shown: int) -> None:
        """Take the view and its numbers as they are now."""
        self._view = view
        named = view in views.VIEWS
        self._count = views.count(view, counts) if named else shown
        self.refresh()

    def line(self, columns: int) -> Line:
        """What stands there."""
        order = views.SAID[self._view.order]
        return list_head(
            self._view.title,
            self._count,
            order,
            columns,
            self.firsthand.glyphs,
        )
