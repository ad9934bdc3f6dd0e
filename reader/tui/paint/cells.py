"""Text measured in terminal cells: cut, padded and wrapped at grapheme borders.

It never hyphenates, and never takes a cell more than it was given.
"""

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple
from unicodedata import bidirectional, category

from rich.cells import cell_len, split_graphemes

# One cell a character and nothing that joins: what most Western text is made of.
_SIMPLE = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0373\u0386-\u0482\u048a-\u052f"
    "\u2010-\u2015\u2018-\u201f\u2022\u2026\u2212]*"
)
# Scripts written without spaces: CJK, kana, Thai, Lao, Myanmar, Khmer, full width.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3000-\u303f\u3040-\u30ff"
    "\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff9f"
    "\U0001b000-\U0001b2ff\U00020000-\U0003fffd]"
)
# What no line begins with, and what none ends with (JIS X 4051 in its gentlest form).
_CLOSING = frozenset(
    "、。，．・：；？！…‥」』）］｝〕〉》】〗’”ーゝゞヽヾ々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_OPENING = frozenset("「『（［｛〔〈《【〖‘“")
_RTL = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LRM = "\u200e"
_RTL_LANGUAGES = re.compile(
    r"(?:ar|arc|ckb|dv|fa|he|iw|ks|nqo|ps|sd|syr|ug|ur|yi)(?:[-_].*)?", re.IGNORECASE
)


class Grapheme(NamedTuple):
    """What one sees as one character, and the cells it takes."""

    text: str
    cells: int


def cells(text: str) -> int:
    """The columns that a terminal draws a text in."""
    return len(text) if text.isascii() else cell_len(text)


def is_simple(text: str) -> bool:
    """Whether each character is one cell and one grapheme."""
    return _SIMPLE.fullmatch(text) is not None


def _joins(before: str, text: str) -> bool:
    """Whether a piece belongs to the grapheme before it.

    Rich splits flags in two and lets spacing marks (Devanagari, Thai am) stand alone.
    """
    first = text[0]
    if "\U0001f1e6" <= first <= "\U0001f1ff":
        return len(before) == 1 and "\U0001f1e6" <= before <= "\U0001f1ff"
    return category(first) == "Mc" or first in "\u0e33\u0eb3\uff9e\uff9f"


def graphemes(text: str) -> tuple[Grapheme, ...]:
    """A text in the pieces that must not be cut."""
    if is_simple(text):
        return tuple(Grapheme(char, 1) for char in text)
    found: list[Grapheme] = []
    for start, end, size in split_graphemes(text)[0]:
        piece = text[start:end]
        if found and _joins(found[-1].text, piece):
            before = found.pop()
            piece, size = before.text + piece, before.cells + size
        found.append(Grapheme(piece, size))
    return tuple(found)


def head(text: str, width: int) -> str:
    """As much of a text's beginning as fits."""
    if width <= 0:
        return ""
    if is_simple(text):
        return text[:width]
    pieces = graphemes(text)
    ends = list(accumulate(piece.cells for piece in pieces))
    return "".join(piece.text for piece in pieces[: bisect_right(ends, width)])


def tail(text: str, width: int) -> str:
    """As much of a text's end as fits."""
    if width <= 0:
        return ""
    if is_simple(text):
        return text[-width:]
    pieces = graphemes(text)[::-1]
    ends = list(accumulate(piece.cells for piece in pieces))
    return "".join(p.text for p in pieces[: bisect_right(ends, width)][::-1])


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """A text of at most `width` cells: whole, or its head and an ellipsis."""
    if cells(text) <= width:
        return text
    room = width - cells(ellipsis)
    if room < 0:
        return head(text, width)
    return head(text, room).rstrip() + ellipsis


def pad(text: str, width: int) -> str:
    """A text filled with blanks to `width` cells."""
    return text + " " * (width - cells(text))


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """A text of exactly `width` cells, cut or filled, told left from right."""
    return pad(marked(cut(text, width, ellipsis)), width)


def cut_middle(text: str, width: int, ellipsis: str = "…") -> str:
    """A text of at most `width` cells that loses its middle."""
    if cells(text) <= width:
        return text
    room = width - cells(ellipsis)
    if room < 2:
        return head(text, width)
    return head(text, room - room // 2) + ellipsis + tail(text, room // 2)


def cut_url(url: str, width: int, ellipsis: str = "…") -> str:
    """A URL of at most `width` cells; whole parts of its path go before letters do."""
    if cells(url) <= width:
        return url
    scheme, mark, rest = url.rpartition("://")
    host, *parts = rest.split("/")
    host = scheme + mark + host
    for drop in range(1, len(parts)):
        shorter = "/".join((host, ellipsis, *parts[drop:]))
        if cells(shorter) <= width:
            return shorter
    return cut_middle(url, width, ellipsis)


def has_rtl(text: str) -> bool:
    """Whether a text holds letters that run from right to left."""
    return not text.isascii() and _RTL.search(text) is not None


def marked(text: str) -> str:
    """A text after which the direction is left to right again, whatever it held."""
    return text + LRM if has_rtl(text) else text


def runs_rtl(text: str, language: str | None = None) -> bool:
    """Whether a text is written from right to left: by its language, or its letters."""
    if language:
        return _RTL_LANGUAGES.fullmatch(language) is not None
    sample = text[:2000]
    if not has_rtl(sample):
        return False
    kinds = [bidirectional(char) for char in sample]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


class Cut(NamedTuple):
    """Where a line begins and ends in a text."""

    start: int
    end: int


def breaks(text: str, width: int) -> tuple[Cut, ...]:
    """The lines of a text within `width` cells, blanks at their ends left out."""
    width = max(width, 1)
    if is_simple(text):
        return tuple(_simple_breaks(text, width))
    return tuple(_broken(_tokens(text, width), width))


def wrap(text: str, width: int) -> tuple[str, ...]:
    """The lines of a text; every word whole unless it is wider than a line."""
    return tuple(text[line.start : line.end] for line in breaks(text, width))


def _simple_breaks(text: str, width: int) -> list[Cut]:
    found, start, size = [], 0, len(text)
    while start < size and text[start] == " ":
        start += 1
    while start < size:
        end = start + width
        if end >= size:
            stop = len(text.rstrip(" "))
            found.append(Cut(start, max(stop, start)))
            break
        space = text.rfind(" ", start, end + 1)
        stop = space if space > start else end
        after = stop
        while stop > start and text[stop - 1] == " ":
            stop -= 1
        found.append(Cut(start, stop))
        start = after
        while start < size and text[start] == " ":
            start += 1
    return found


class _Token(NamedTuple):
    """A piece that stays on one line: its place in the text, its cells, a blank?"""

    start: int
    end: int
    cells: int
    blank: bool = False


_WORDS = re.compile(" +|[^ ]+")


def _tokens(text: str, width: int) -> list[_Token]:
    found: list[_Token] = []
    for match in _WORDS.finditer(text):
        word, start = match.group(), match.start()
        if word[0] == " ":
            found.append(_Token(start, match.end(), len(word), True))
            continue
        size = cells(word)
        if UNSPACED.search(word) or size > width:
            found.extend(_pieces(word, start, size > width, width))
        else:
            found.append(_Token(start, match.end(), size))
    return found


def _pieces(word: str, start: int, anywhere: bool, width: int) -> list[_Token]:
    """A word that may be broken inside, as the pieces that may not."""
    found: list[_Token] = []
    before = ""
    for piece in graphemes(word):
        end = start + len(piece.text)
        size = found[-1].cells + piece.cells if found else width + 1
        if size <= width and not _may_break(before, piece.text, anywhere):
            found[-1] = _Token(found[-1].start, end, size)
        else:
            found.append(_Token(start, end, piece.cells))
        before, start = piece.text, end
    return found


def _may_break(before: str, after: str, anywhere: bool) -> bool:
    if after in _CLOSING or before in _OPENING:
        return False
    unspaced = UNSPACED.match(before) or UNSPACED.match(after)
    return anywhere or unspaced is not None


def _broken(tokens: list[_Token], width: int) -> list[Cut]:
    found: list[Cut] = []
    begun = False
    start = end = used = gap = 0
    for token in tokens:
        if token.blank:
            gap = token.cells if begun else 0
            continue
        if begun and used + gap + token.cells > width:
            found.append(Cut(start, end))
            begun = False
        if not begun:
            begun, start, used, gap = True, token.start, 0, 0
        used, end, gap = used + gap + token.cells, token.end, 0
    if begun:
        found.append(Cut(start, end))
    return found
