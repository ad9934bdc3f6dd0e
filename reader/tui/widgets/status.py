"""The status line: what happens at the left, the keys that matter at the right."""

from collections.abc import Sequence
from typing import Protocol, cast

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from reader.tui import ink
from reader.tui.messages import ActionWanted
from reader.tui.paint.span import Ground, Line
from reader.tui.paint.status import Hint, status_line
from reader.tui.shell import Shell


class Telling(Protocol):
    """A screen that has something to say in its last row."""

    def told(self, columns: int) -> Line:
        """What is said at the left."""
        ...

    def hints(self, columns: int, left: Line) -> Sequence[Hint]:
        """The keys that are shown at the right."""
        ...


class StatusLine(Widget):
    """The last row of every screen."""

    ground: Ground = "panel"

    def on_mount(self) -> None:
        """Draw in the colours of a theme as soon as it is chosen."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.refresh())

    def render_line(self, y: int) -> Strip:
        """The one row."""
        screen = cast(Telling, self.screen)
        glyphs = cast(Shell, self.app).glyphs
        width = self.size.width
        left = screen.told(width)
        hints = screen.hints(width, left)
        line = status_line(left, hints, width, glyphs)
        return ink.strip(line, self.app.current_theme, self.ground, width)

    async def on_click(self, event: events.Click) -> None:
        """A click on a hint does its action."""
        act = event.style.meta.get("act")
        if act and event.button == 1:
            event.stop()
            self.post_message(ActionWanted(act))
