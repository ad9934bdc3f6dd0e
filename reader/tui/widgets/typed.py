"""The one line that people type into, wherever they do."""

from collections.abc import Callable
from typing import cast

from textual import events
from textual.widgets import Input

from reader.tui.shell import Shell


class TypedLine(Input):
    """An input without a border; its cursor stands still when motion is off.

    `takes` is asked first whether a key means something else.
    """

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(id=id, placeholder=placeholder, compact=True)
        self.takes: Callable[[str], bool] | None = None

    def on_mount(self) -> None:
        """Blink only where that is wanted."""
        app = cast(Shell, self.app)
        self.cursor_blink = app.settings.ui.motion == "on"

    async def on_key(self, event: events.Key) -> None:
        """A key that means something else is not typed."""
        if self.takes is not None and self.takes(event.key):
            event.stop()
            event.prevent_default()
