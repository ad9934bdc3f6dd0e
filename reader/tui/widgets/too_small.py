"""The one sentence that is shown where nothing else has room."""

from textual.widgets import Static

from reader.tui.grid import TOO_SMALL


class TooSmall(Static):
    """What to do when the terminal is too small."""

    def __init__(self) -> None:
        super().__init__(TOO_SMALL, markup=False)
