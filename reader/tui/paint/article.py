"""An article's Markdown laid out for a measure: lines of spans, links, images.

Done once for a text and a width; scrolling shows slices of what was laid out.
"""

import re

from reader.tui.paint.blocks import Setter
from reader.tui.paint.cells import UNSPACED, cut_url, marked, runs_rtl
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.laid import Laid
from reader.tui.paint.markdown import parse
from reader.tui.paint.span import BLANK, Line, Span, plain, spaces, width
from reader.urls import shown

_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_LINK_NUMBER = re.compile(r"\[\d+\]")

LEAST = 8
"""Columns below which nothing is laid out narrower."""
LINK_GAP = 3
"""Blank columns between two links of the list at the end."""


def layout(
    markdown: str, measure: int, glyphs: Glyphs, language: str | None = None
) -> Laid:
    """An article's text within `measure` columns, its links numbered and listed."""
    setter = Setter(max(measure, LEAST), glyphs, rtl=runs_rtl(markdown, language))
    setter.set(parse(markdown))
    links = tuple(setter.refs.numbers)
    listed = link_list(links, setter.measure, glyphs)
    lines = (*setter.lines, BLANK, *listed) if listed else tuple(setter.lines)
    words, unspaced = _count("\n".join(map(plain, setter.lines)))
    images = tuple(setter.refs.images)
    return Laid(lines, links, images, words=words, unspaced=unspaced)


def _count(text: str) -> tuple[int, bool]:
    """Words of a text, or characters where it is written without spaces."""
    unspaced = len(UNSPACED.findall(text))
    words = _WORD.findall(_LINK_NUMBER.sub("", text))
    mostly = 2 * unspaced > sum(map(len, words))
    return (unspaced, True) if mostly else (len(words), False)


def link_list(links: tuple[str, ...], measure: int, glyphs: Glyphs) -> tuple[Line, ...]:
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
