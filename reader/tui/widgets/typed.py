"""The one line that people type into, wherever they do."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import events
from textual.widgets import Input

if TYPE_CHECKING:
    from reader.tui.app import Firsthand


class TypedLine(Input):
    """An input without a border; its cursor stands still when motion is off.

    `takes` is asked first whether a key means something else.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True)
        self.takes: Callable[[str], bool] | None = None

    def on_mount(self) -> None:
        """Blink only where that is wanted."""
        app = cast("Firsthand", self.app)
        self.cursor_blink = app.settings.ui.motion == "on"

    async def on_key(self, event: events.Key) -> None:
        """A key that means something else is not typed."""
        if self.takes is not None and self.takes(event.key):
            event.stop()
            event.prevent_default()
