"""The scrolling widget that all panes are: rows drawn as strips when in sight.

It knows no entry and no article; subclasses say what stands in a row.
"""

from typing import cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.tui import ink
from reader.tui.messages import ActionWanted, LinkClicked
from reader.tui.paint.span import Ground, Line, Span, spaces
from reader.tui.shell import Shell


class Drawn(ScrollView, can_focus=True):
    """Rows drawn by hand; `ruled` draws the line between panes that 16 colours need."""

    ground: Ground = "surface"
    ruled = False
    hovered = ""

    @property
    def firsthand(self) -> Shell:
        """The application, by its own type."""
        return cast(Shell, self.app)

    @property
    def columns(self) -> int:
        """Columns to draw in, the line between panes taken off."""
        return self.size.width - self.ruled

    @property
    def height_of_all(self) -> int:
        """Rows of everything there is to scroll through."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Draw in the colours of a theme as soon as it is chosen."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.redraw())

    def on_resize(self, event: events.Resize) -> None:
        """Strips are as wide as the pane."""
        self.measure_all()
        self.redraw()
        self.resized()

    def resized(self) -> None:
        """Do what else a new size asks for."""

    def measure_all(self) -> None:
        """Say how far one can scroll."""
        self.virtual_size = Size(self.size.width, self.height_of_all)

    def redraw(self) -> None:
        """Forget what was drawn."""
        raise NotImplementedError

    def strip(self, line: Line, indent: int = 0) -> Strip:
        """A line as a strip of the pane's width."""
        before: Line = (spaces(indent),) if indent else ()
        if self.ruled:
            rule = Span(self.firsthand.glyphs.way, "rule")
            before = (rule, spaces(indent - 1))
        theme = self.app.current_theme
        return ink.strip((*before, *line), theme, self.ground, self.size.width)

    @property
    def top(self) -> int:
        """The first row in sight."""
        return self.scroll_offset.y

    @property
    def bottom(self) -> int:
        """The furthest that one can scroll."""
        return max(self.height_of_all - self.size.height, 0)

    def jump(self, row: int) -> None:
        """Scroll at once, so that a row is the first in sight."""
        self.scroll_to(y=min(max(row, 0), self.bottom), animate=False, immediate=True)

    def reveal_rows(self, first: int, end: int) -> None:
        """Scroll no further than needed to have the rows up to `end` in sight."""
        if first < self.top:
            self.jump(first)
        elif end > self.top + self.size.height:
            self.jump(min(first, end - self.size.height))

    # The mouse

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Underline the link under the pointer."""
        self._hover(event.style.link or "")

    def on_leave(self) -> None:
        """Nothing is under the pointer any more."""
        self._hover("")

    def _hover(self, link: str) -> None:
        if link != self.hovered:
            self.hovered = link
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in sight, the link under the pointer underlined."""
        strips = super().render_lines(crop)
        return (
            [_underlined(s, self.hovered) for s in strips] if self.hovered else strips
        )

    def follow(self, event: events.Click) -> bool:
        """Open the link, or ask for the action, that was clicked on."""
        if event.button != 1:
            return True
        meta = event.style.meta
        if "link" in meta:
            self.post_message(LinkClicked(meta["link"]))
        elif "act" in meta:
            self.post_message(ActionWanted(meta["act"]))
        else:
            return False
        event.stop()
        return True


_UNDERLINED = Style(underline=True)


def _underlined(strip: Strip, link: str) -> Strip:
    """A row in which a link is underlined, if it is there."""
    if not any(segment.style and segment.style.link == link for segment in strip):
        return strip
    return Strip(
        [
            Segment(segment.text, segment.style + _UNDERLINED, segment.control)
            if segment.style and segment.style.link == link
            else segment
            for segment in strip
        ],
        strip.cell_length,
    )
