"""The status line: what happens at the left, the keys that matter at the right."""

from typing import TYPE_CHECKING, cast

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from reader.tui import ink
from reader.tui.messages import ActionWanted
from reader.tui.paint.span import Ground
from reader.tui.paint.status import status_line

if TYPE_CHECKING:
    from reader.tui.screens.keyed import Keyed


class StatusLine(Widget):
    """The last row of every screen."""

    ground: Ground = "panel"

    def on_mount(self) -> None:
        """Draw in the colours of a theme as soon as it is chosen."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.refresh())

    def renew(self) -> None:
        """Draw what is the case now."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The one row."""
        screen = cast("Keyed[object]", self.screen)
        width = self.size.width
        left = screen.told(width)
        hints = screen.hints(width, left)
        line = status_line(left, hints, width, screen.firsthand.glyphs)
        return ink.strip(line, self.app.current_theme, self.ground, width)

    async def on_click(self, event: events.Click) -> None:
        """A click on a hint does its action."""
        act = event.style.meta.get("act")
        if act:
            event.stop()
            self.post_message(ActionWanted(act))
