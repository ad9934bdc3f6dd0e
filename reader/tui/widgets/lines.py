"""Ready lines that scroll: the article, the trail, the help are made of it.

Lines become strips when they come into sight, once; nothing is laid out here.
"""

from collections.abc import Sequence

from textual import events
from textual.strip import Strip

from reader.tui.paint.span import Line
from reader.tui.widgets.drawn import Drawn


class LinesView(Drawn):
    """Lines of spans, drawn from column `indent` on."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()
        self.indent = 0
        self._strips: dict[int, Strip] = {}

    @property
    def height_of_all(self) -> int:
        """Every line is one row."""
        return len(self.lines)

    def set_lines(self, lines: Sequence[Line], indent: int = 0) -> None:
        """Show other lines; where one reads is not touched."""
        self.lines = lines
        self.indent = indent
        self.measure_all()
        self.redraw()

    def redraw(self) -> None:
        """Forget what was drawn: the colours or the lines are others now."""
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip of one row in sight."""
        at = y + self.scroll_offset.y
        strip = self._strips.get(at)
        if strip is None:
            line = self.lines[at] if at < len(self.lines) else ()
            strip = self._strips[at] = self.strip(line, self.indent)
        return strip

    @property
    def page(self) -> int:
        """Rows of a page."""
        return max(self.size.height - 2, 1)

    def move(self, rows: int) -> None:
        """Scroll by rows."""
        self.jump(self.top + rows)

    def go(self, row: int) -> None:
        """Scroll to a row."""
        self.jump(row)

    async def on_click(self, event: events.Click) -> None:
        """A link opens, an action is asked for."""
        self.follow(event)
