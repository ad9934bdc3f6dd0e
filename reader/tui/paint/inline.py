"""Running text: inline tokens to spans, and spans to lines within a width.

A link becomes its text and `[1]`, an image `[image: alt]`; no text is ever markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reader.tui.paint.cells import LRM, breaks, cut_url, has_rtl
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.span import Line, Span
from reader.urls import is_web, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

NO_BREAK = "\u00a0"
"""Stands between a link's last word and its number; drawn as a blank."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ADDRESS = re.compile(r"https?://\S+")
# Tags that stay in Markdown where it has no sign for them; others are text.
_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|br|cite|del|dfn|em|i|ins|kbd|mark|q|rp|rt|ruby|s|samp"
    r"|small|span|strong|sub|sup|time|u|var|wbr)\b[^>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Image:
    """An image of an article: what it shows, and where it is."""

    alt: str
    url: str


@dataclass(slots=True)
class Refs:
    """The links and images met so far; a link met twice keeps its number."""

    numbers: dict[str, int] = field(default_factory=dict)
    images: list[Image] = field(default_factory=list)

    def number(self, url: str) -> int:
        """The number of a link."""
        return self.numbers.setdefault(url, len(self.numbers) + 1)


@dataclass(slots=True)
class _Pen:
    """The look of what comes next: how deep in strong and emphasis, in which link."""

    base: Span
    strong: int = 0
    emphasis: int = 0
    struck: int = 0
    link: str | None = None

    def write(self, text: str) -> Span:
        # Emphasis inside a quotation, which is italic itself, stands upright.
        return Span(
            text,
            self.base.ink,
            bold=self.base.bold or self.strong > 0,
            italic=self.base.italic != (self.emphasis > 0),
            link=self.link,
            strike=self.struck > 0,
        )


def flow(tokens: Iterable[Token], base: Span, refs: Refs, glyphs: Glyphs) -> list[Span]:
    """Inline tokens as spans that look like `base` but for their own emphasis.

    A newline in a span is a line's forced end.
    """
    pen = _Pen(base)
    spans: list[Span] = []
    for token in tokens:
        spans.extend(_write(token, pen, spans, refs, glyphs))
    return spans


def _write(
    token: Token, pen: _Pen, before: Sequence[Span], refs: Refs, glyphs: Glyphs
) -> list[Span]:
    match token.type:
        case "text" | "code_inline":
            return [pen.write(token.content)] if token.content else []
        case "softbreak":
            return [pen.write(" ")]
        case "hardbreak":
            return [pen.write("\n")]
        case "html_inline":
            return _html(token.content, pen)
        case "image":
            return [_image(token, pen, refs)]
        case "link_close":
            return _close_link(pen, before, refs)
        case "footnote_ref":
            return [_note(int(token.meta["id"]) + 1, glyphs)]
        case _:
            _turn(token, pen)
            return []


def _turn(token: Token, pen: _Pen) -> None:
    """What opens and closes emphasis, and opens links."""
    match token.type:
        case "strong_open" | "strong_close":
            pen.strong += token.nesting
        case "em_open" | "em_close":
            pen.emphasis += token.nesting
        case "s_open" | "s_close":
            pen.struck += token.nesting
        case "link_open":
            url = str(token.attrs.get("href", ""))
            pen.link = url if is_web(url) else None
        case _:
            pass


def _html(content: str, pen: _Pen) -> list[Span]:
    if _BREAK.match(content):
        return [pen.write("\n")]
    return [] if _TAG.fullmatch(content) else [pen.write(content)]


def _image(token: Token, pen: _Pen, refs: Refs) -> Span:
    alt, url = " ".join(token.content.split()), str(token.attrs.get("src", ""))
    refs.images.append(Image(alt, url))
    text = f"[image: {alt}]" if alt else "[image]"
    link = pen.link or (url if is_web(url) else None)
    return Span(text, "soft", italic=pen.base.italic, link=link)


def _close_link(pen: _Pen, before: Sequence[Span], refs: Refs) -> list[Span]:
    """The number behind a link's text; a link without text has none."""
    url, pen.link = pen.link, None
    if not url or not before or before[-1].link != url:
        return []
    number = Span(f"[{refs.number(url)}]", "accent", link=url)
    return [replace(pen.write(NO_BREAK), link=None), number]


def _note(number: int, glyphs: Glyphs) -> Span:
    sign = str(number).translate(_SUPERSCRIPTS)
    return Span(f"^{number}" if glyphs.words else sign, "accent")


def lines(spans: Sequence[Span], width: int, glyphs: Glyphs) -> list[Line]:
    """Spans as the lines that they fill within `width` cells."""
    found: list[Line] = []
    for part in _split(spans):
        found.extend(_fill([_short(span, width, glyphs) for span in part], width))
    return found


def _split(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans apart at forced line ends; lines without a text are left out."""
    parts: list[list[Span]] = [[]]
    for span in spans:
        first, *more = span.text.split("\n") if "\n" in span.text else (span.text,)
        if first:
            parts[-1].append(replace(span, text=first) if more else span)
        for text in more:
            parts.append([replace(span, text=text)] if text else [])
    return [part for part in parts if any(span.text.strip() for span in part)]


def _short(span: Span, width: int, glyphs: Glyphs) -> Span:
    """A span whose addresses are never longer than a line."""
    if "://" not in span.text:
        return span
    if span.link and span.text == span.link:
        room = width - 5  # the number behind it
        return replace(span, text=cut_url(shown(span.text), room, glyphs.cut))
    text = _ADDRESS.sub(lambda m: cut_url(m.group(), width, glyphs.cut), span.text)
    return replace(span, text=text)


def _fill(spans: Sequence[Span], width: int) -> list[Line]:
    if len(spans) == 1:
        (only,) = spans
        cuts = breaks(only.text, width)
        return [
            _finished((only.saying(only.text[cut.start : cut.end]),)) for cut in cuts
        ]
    text = "".join(span.text for span in spans)
    found: list[Line] = []
    index = offset = 0
    for cut in breaks(text, width):
        line: list[Span] = []
        while offset + len(spans[index].text) <= cut.start:
            offset += len(spans[index].text)
            index += 1
        at, begin = index, offset
        while at < len(spans) and begin < cut.end:
            piece = spans[at].text[max(cut.start - begin, 0) : cut.end - begin]
            line.append(spans[at].saying(piece))
            begin += len(spans[at].text)
            at += 1
        found.append(_finished(tuple(line)))
    return found


def _finished(line: Line) -> Line:
    """A line as it is drawn: fixed blanks as blanks, the direction back to normal."""
    if any(NO_BREAK in span.text for span in line):
        line = tuple(span.saying(span.text.replace(NO_BREAK, " ")) for span in line)
    if any(has_rtl(span.text) for span in line):
        line = (*line[:-1], line[-1].saying(line[-1].text + LRM))
    return line
