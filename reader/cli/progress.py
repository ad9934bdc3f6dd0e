"""A progress bar on a terminal, and silence in a pipe."""

import sys
from types import TracebackType

from reader.services.poll import Progress

STAGES = {"poll": "feeds", "attribute": "originals"}


class Bar:
    """Shows how far a refresh has come, on stderr, when that is a terminal."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._width = 0

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()

    def show(self, progress: Progress) -> None:
        """Draw the bar anew."""
        if not self._live:
            return
        share = progress.done / progress.total if progress.total else 1.0
        filled = round(share * 20)
        bar = "━" * filled + "─" * (20 - filled)
        failed = f" · {progress.failed} failed" if progress.failed else ""
        counts = f"{STAGES[progress.stage]} {progress.done}/{progress.total}"
        line = f"{bar}  {counts} · {progress.new} new{failed}"
        sys.stderr.write("\r" + line.ljust(self._width))
        sys.stderr.flush()
        self._width = len(line)

    def clear(self) -> None:
        """Take the bar off the screen, so that a line can be printed."""
        if self._live and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0
