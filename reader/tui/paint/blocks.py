"""The blocks of an article set as lines: text, lists, quotations, code, tables.

It keeps what stands before the lines of nested blocks; what is inside a paragraph
is `inline`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reader.tui.paint.cells import cells, head
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import Refs, flow, lines
from reader.tui.paint.span import BLANK, Line, Span, filled, on, spaces, width
from reader.tui.paint.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

CODE_PAD = 2
"""Blank columns at both sides of code."""
_DASHES = "—–―-"
# A comment begins a row or follows a blank, and a blank follows its sign.
_COMMENT = re.compile(r"(?:^|(?<=\s))(?:#|//|--)\s.*$")
_TAG = re.compile(r"<[^>]*>")
_PICTURE = frozenset(("image", "link_open", "link_close", "softbreak", "hardbreak"))


@dataclass(slots=True)
class _Frame:
    """A quotation, a list item or a note: what stands before its lines."""

    first: Line
    rest: Line
    look: Span
    begun: bool = False


@dataclass(slots=True)
class _List:
    """A list being set: its next number (None: bullets), and whether it has begun."""

    number: int | None
    begun: bool = False


@dataclass(slots=True)
class Setter:
    """The lines set so far, and the frames that the next ones stand in."""

    measure: int
    glyphs: Glyphs
    rtl: bool = False
    lines: list[Line] = field(default_factory=list)
    refs: Refs = field(default_factory=Refs)
    _frames: list[_Frame] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _gap: bool = False

    def set(self, tokens: Sequence[Token]) -> None:
        """Set a stream of block tokens."""
        index = 0
        while index < len(tokens):
            index = self._block(tokens, index)

    def _block(self, tokens: Sequence[Token], index: int) -> int:
        """Set what begins at `index`; where to go on."""
        token = tokens[index]
        match token.type:
            case "paragraph_open":
                self._paragraph(tokens, index)
                return index + 2
            case "heading_open":
                self._text(tokens[index + 1], replace(self._look, bold=True))
                return index + 2
            case "table_open":
                return self._table(tokens, index)
            case "fence" | "code_block":
                self._code(token.content)
            case "hr":
                self._hr()
            case "html_block":
                self._html(token.content)
            case _:
                self._nest(token)
        return index + 1

    def _nest(self, token: Token) -> None:
        """Open or close what holds other blocks."""
        match token.type:
            case "blockquote_open":
                bar = (Span(self.glyphs.quote, "soft"), spaces(1))
                look = replace(self._look, italic=True)
                self._frames.append(_Frame(bar, bar, look))
            case "bullet_list_open":
                self._lists.append(_List(None))
            case "ordered_list_open":
                self._lists.append(_List(int(token.attrs.get("start", 1))))
            case "list_item_open":
                self._frames.append(self._item())
            case "footnote_open":
                sign = f"{int(token.meta['id']) + 1} "
                self._frames.append(_numbered(sign, Span("", "soft")))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "blockquote_close" | "list_item_close" | "footnote_close":
                self._frames.pop()
            case _:
                pass

    def _item(self) -> _Frame:
        held = self._lists[-1]
        if held.number is None:
            return _numbered(f"{self.glyphs.bullet} ", self._look)
        held.number += 1
        return _numbered(f"{held.number - 1}. ", self._look)

    @property
    def _look(self) -> Span:
        """How text looks in the innermost frame."""
        return self._frames[-1].look if self._frames else Span("")

    @property
    def room(self) -> int:
        """Columns that the frames leave; nesting never takes more than half."""
        taken = sum(width(frame.rest) for frame in self._frames)
        return self.measure - min(taken, self.measure // 2)

    def _put(self, line: Line) -> None:
        """One line with what stands before it; right to left, behind it."""
        before: Line = ()
        for frame in self._frames:
            before = (*before, *(frame.rest if frame.begun else frame.first))
            frame.begun = True
        before = _clipped(before, self.measure - self.room)
        if not self.rtl:
            self.lines.append((*before, *line) if before else line)
            return
        after = tuple(replace(s, text=s.text[::-1]) for s in reversed(before))
        self.lines.append((spaces(self.room - width(line)), *line, *after))

    def _separate(self) -> None:
        """A blank line, if the next block wants one; quotations keep their rule."""
        if self.lines and self._gap:
            bars: Line = ()
            for frame in self._frames:
                bars = (*bars, *(frame.rest if frame.begun else ()))
            visible = any(span.text.strip() for span in bars)
            self.lines.append(bars if visible and not self.rtl else BLANK)
        self._gap = True

    def _paragraph(self, tokens: Sequence[Token], index: int) -> None:
        if tokens[index].hidden and self._lists:
            # A tight list: a blank before the whole of it, none between its items.
            self._gap = len(self._lists) == 1 and not self._lists[-1].begun
        if self._lists:
            self._lists[-1].begun = True
        inline = tokens[index + 1]
        caption = caption_at(inline.children or ())
        if self._names_source(tokens, index):
            self._source(inline)
        elif caption is not None:
            self._figure(inline.children or (), caption)
        else:
            self._text(inline, self._look)

    def _names_source(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a quotation ends with this, and it says after a dash whose it is."""
        after = tokens[index + 3].type if index + 3 < len(tokens) else ""
        if after != "blockquote_close" or not self._frames[-1].begun:
            return False
        return tokens[index + 1].content.lstrip().startswith(("—", "–", "―", "--"))

    def _source(self, inline: Token) -> None:
        """Whom a quotation quotes, straight below it."""
        spans = flow(inline.children or (), Span("", "soft"), self.refs, self.glyphs)
        spans[0] = replace(spans[0], text=spans[0].text.lstrip(f"{_DASHES} "))
        for line in lines(spans, self.room - 2, self.glyphs):
            self._put((spaces(2), *line))

    def _figure(self, children: Sequence[Token], at: int) -> None:
        """Pictures, and straight below them their caption, which begins at `at`."""
        soft = Span("", "soft")
        spans = flow(children[:at], self._look, self.refs, self.glyphs)
        said = flow(children[at + 1 : -1], soft, self.refs, self.glyphs)
        text = "".join(span.text for span in said)
        # What stands in the caption need not be said twice.
        told = (_untold(span, text) for span in spans)
        self._lines(lines(list(told), self.room, self.glyphs))
        for line in lines(said, self.room, self.glyphs):
            self._put(line)

    def _text(self, inline: Token, look: Span) -> None:
        spans = flow(inline.children or (), look, self.refs, self.glyphs)
        self._lines(lines(spans, self.room, self.glyphs))

    def _lines(self, block: Sequence[Line]) -> None:
        if block:
            self._separate()
        for line in block:
            self._put(line)

    def _code(self, content: str) -> None:
        room = max(self.room - 2 * CODE_PAD, 1)
        rows = content.expandtabs(4).strip("\n").split("\n")
        pieces = (piece for row in rows for piece in _code_lines(row.rstrip(), room))
        self._lines(
            [
                on(filled((spaces(CODE_PAD), *piece), self.room), "raised")
                for piece in (BLANK, *pieces, BLANK)
            ]
        )

    def _hr(self) -> None:
        sign = f"{self.glyphs.join}  " * 2 + self.glyphs.join
        before = spaces((self.room - cells(sign)) // 2)
        self._lines([(before, Span(sign, "faint"))])

    def _html(self, content: str) -> None:
        text = " ".join(_TAG.sub(" ", content).split())
        span = replace(self._look, text=text)
        self._lines(lines([span], self.room, self.glyphs) if text else ())

    def _table(self, tokens: Sequence[Token], index: int) -> int:
        end = index
        while tokens[end].type != "table_close":
            end += 1
        drawn = table(tokens[index:end], self.room, self.refs, self.glyphs, self._look)
        self._lines(drawn)
        return end + 1


def caption_at(children: Sequence[Token]) -> int | None:
    """Where the caption begins in a paragraph of pictures and their caption alone."""
    kinds = [token.type for token in children]
    at = next((n for n, kind in enumerate(kinds) if kind not in _PICTURE), len(kinds))
    alone = kinds[at:].count("em_open") == 1 and kinds[-1] == "em_close"
    is_caption = kinds[at : at + 1] == ["em_open"] and alone
    return at if is_caption and "image" in kinds[:at] else None


def _untold(span: Span, caption: str) -> Span:
    """A picture's line without its description where the caption says the same."""
    told = span.text.removeprefix("[image: ").removesuffix("]")
    said = told != span.text and told.casefold() in caption.casefold()
    return replace(span, text="[image]") if said else span


def _numbered(sign: str, look: Span) -> _Frame:
    first = (Span(sign, "soft"),)
    return _Frame(first, (spaces(cells(sign)),), look)


def _clipped(line: Line, columns: int) -> Line:
    """What stands before a line, as much of it as there is room for."""
    if width(line) <= columns:
        return line
    kept, room = [], columns
    for span in line:
        kept.append(replace(span, text=head(span.text, room)))
        room -= cells(kept[-1].text)
    return (*kept, spaces(room))


def _code_lines(row: str, room: int) -> Iterator[Line]:
    """A row of code, its comment soft, as the lines that it fills."""
    comment = _COMMENT.search(row)
    split = comment.start() if comment else len(row)
    while True:
        piece = head(row, room) or row[:1]
        code, said = piece[: max(split, 0)], piece[max(split, 0) :]
        yield (Span(code), Span(said, "soft"))
        row, split = row[len(piece) :], split - len(piece)
        if not row:
            return
