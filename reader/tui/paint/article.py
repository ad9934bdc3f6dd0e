"""An article's Markdown laid out for a measure: lines of spans, links, images.

Done once for a text and a width; scrolling shows slices of what was laid out.
"""

from dataclasses import dataclass

from reader.tui.paint.blocks import Setter
from reader.tui.paint.cells import cut_url, marked, runs_rtl
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import Image
from reader.tui.paint.markdown import parse
from reader.tui.paint.span import BLANK, Line, Span, spaces, width
from reader.urls import shown

LEAST = 8
"""Columns below which nothing is laid out narrower."""
LINK_GAP = 3
"""Blank columns between two links of the list at the end."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A text as lines; `links[n - 1]` is what `[n]` stands for."""

    lines: tuple[Line, ...]
    links: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()


def layout(
    markdown: str, measure: int, glyphs: Glyphs, language: str | None = None
) -> Laid:
    """An article's text within `measure` columns, its links numbered and listed."""
    setter = Setter(max(measure, LEAST), glyphs, rtl=runs_rtl(markdown, language))
    setter.set(parse(markdown))
    links = tuple(setter.refs.numbers)
    listed = link_list(links, setter.measure, glyphs)
    lines = (*setter.lines, BLANK, *listed) if listed else tuple(setter.lines)
    return Laid(lines, links, tuple(setter.refs.images))


def link_list(
    links: tuple[str, ...], measure: int, glyphs: Glyphs
) -> tuple[Line, ...]:
    """Links with their numbers, as many on a line as fit."""
    lines: list[Line] = []
    line: Line = ()
    for number, url in enumerate(links, 1):
        item = _link(number, url, measure, glyphs)
        if line and width(line) + LINK_GAP + width(item) > measure:
            lines.append(line)
            line = ()
        line = (*line, *((spaces(LINK_GAP),) if line else ()), *item)
    return (*lines, line) if line else ()


def _link(number: int, url: str, measure: int, glyphs: Glyphs) -> Line:
    room = measure - len(str(number)) - 1
    text = marked(cut_url(shown(url), room, glyphs.cut))
    return (
        Span(str(number), "accent", link=url),
        Span(" "),
        Span(text, "url", link=url),
    )
