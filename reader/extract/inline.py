"""The inline content of a block as Markdown: links, emphasis, code, pictures.

Emphasis that CommonMark could not read back where it stands is left out rather than
shown as asterisks. Takes sanitised trees only.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from reader.extract import escape

_MARKS = {
    "em": "*",
    "i": "*",
    "cite": "*",
    "dfn": "*",
    "var": "*",
    "strong": "**",
    "b": "**",
    "del": "~~",
    "s": "~~",
    "strike": "~~",
}
_CODE = ("code", "kbd", "samp", "tt")
_RAISED = str.maketrans("0123456789+-=()ni−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ⁻")
_LOWERED = str.maketrans("0123456789+-=()−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
_BREAK = "\\\n"
_PIECES_MAX = 4_000
"""Pieces of one paragraph among which emphasis is still looked at."""


@dataclass(slots=True, eq=False)
class _Mark:
    """Where emphasis opens or closes; `mark` is emptied when it cannot be read back."""

    mark: str
    opens: bool
    other: "_Mark | None" = None


_Piece = str | _Mark


def inline(element: HtmlElement) -> str:
    """What an element holds, as one paragraph's Markdown; "" when there is nothing."""
    return _join(list(_inside(element, frozenset())))


def _inside(element: HtmlElement, within: frozenset[str]) -> Iterator[_Piece]:
    if element.text:
        yield _folded(element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield from _element(child, within)
        if child.tail:
            yield _folded(child.tail)


def _folded(text: str) -> str:
    return escape.text(re.sub(r"[ \t\n\r\f]+", " ", text))


def _element(element: HtmlElement, within: frozenset[str]) -> Iterator[_Piece]:
    tag = str(element.tag)
    if tag in _MARKS:
        yield from _marked(element, _MARKS[tag], within)
    elif tag in _CODE:
        yield escape.code("".join(element.itertext()))
    elif tag == "a":
        yield from _link(element, within)
    elif tag == "img":
        yield picture(element)
    elif tag == "br":
        yield _BREAK
    elif tag in ("sup", "sub"):
        yield from _shifted(element, within)
    elif tag == "q":
        yield "“"
        yield from _inside(element, within)
        yield "”"
    elif tag == "rt" and element.getparent().find("rp") is None:
        yield "("
        yield from _inside(element, within)
        yield ")"
    else:
        yield from _inside(element, within)


def _marked(
    element: HtmlElement, mark: str, within: frozenset[str]
) -> Iterator[_Piece]:
    """Emphasis, once a kind, with the white space at its ends outside."""
    inside = list(_inside(element, within | {mark}))
    if mark in within or not any(isinstance(p, str) and p.strip() for p in inside):
        yield from inside
        return
    opening, closing = _Mark(mark, True), _Mark(mark, False)
    opening.other, closing.other = closing, opening
    before: list[_Piece] = []
    after: list[_Piece] = []
    while isinstance(inside[0], str) and not inside[0].strip(" \\\n"):
        before.append(inside.pop(0))
    while isinstance(inside[-1], str) and not inside[-1].strip(" \\\n"):
        after.insert(0, inside.pop())
    if isinstance(inside[0], str) and inside[0] != inside[0].lstrip():
        before.append(" ")
        inside[0] = inside[0].lstrip()
    if isinstance(inside[-1], str) and inside[-1] != inside[-1].rstrip():
        after.insert(0, " ")
        inside[-1] = inside[-1].rstrip()
    yield from (*before, opening, *inside, closing, *after)


def _link(element: HtmlElement, within: frozenset[str]) -> Iterator[_Piece]:
    href = element.get("href", "")
    shown = _join(list(_inside(element, within | {"a"})))
    lead = " " if (element.text or "")[:1].isspace() else ""
    if not shown or not href or "a" in within:
        yield f"{lead}{shown}"
        return
    body = shown if shown.startswith("![") else escape.label(shown)
    tail = " " if "".join(element.itertext())[-1:].isspace() else ""
    yield f"{lead}[{body.replace(_BREAK, ' ')}]({escape.target(href)}){tail}"


def picture(image: HtmlElement) -> str:
    """An image with its alternative text; "" for one that is not there to be seen."""
    source = image.get("src", "")
    tiny = any(image.get(side) in ("0", "1") for side in ("width", "height"))
    if tiny or not source.startswith(("http://", "https://")):
        return ""
    words = image.get("alt") or image.get("title") or ""
    text = escape.label(escape.text(" ".join(words.split())))
    return f"![{text}]({escape.target(source)})"


def _shifted(element: HtmlElement, within: frozenset[str]) -> Iterator[_Piece]:
    """Digits and signs have raised and lowered forms of their own; the rest is text."""
    text = "".join(element.itertext()).strip()
    table = _RAISED if element.tag == "sup" else _LOWERED
    if text and not len(element) and all(ord(c) in table for c in text):
        yield text.translate(table)
    else:
        yield from _inside(element, within)


def _join(pieces: list[_Piece]) -> str:
    """The pieces as one text, white space folded, unreadable emphasis left out."""
    if len(pieces) > _PIECES_MAX:
        pieces = [piece for piece in pieces if isinstance(piece, str)]
    _merge(pieces)
    for at, piece in enumerate(pieces):
        if isinstance(piece, _Mark) and piece.mark and not _readable(pieces, at, piece):
            _silence(piece)
    text = "".join(p if isinstance(p, str) else p.mark for p in pieces)
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r" *(?:\\\n *)+", r"\\\n", text)
    return re.sub(r"^(?:\s|\\\n)+|(?:\s|\\\n)+$", "", text)


def _silence(mark: _Mark) -> None:
    mark.mark = ""
    if mark.other:
        mark.other.mark = ""


def _merge(pieces: list[_Piece]) -> None:
    """Emphasis that ends where the next begins is one where it is of one kind."""
    for one, other in zip(pieces, pieces[1:], strict=False):
        if not (isinstance(one, _Mark) and isinstance(other, _Mark)):
            continue
        if one.opens or not other.opens or not one.mark:
            continue
        if one.mark == other.mark and one.other and other.other:
            one.other.other, other.other.other = other.other, one.other
            one.mark = other.mark = ""
        else:
            _silence(other)


def _readable(pieces: list[_Piece], at: int, mark: _Mark) -> bool:
    """Whether a delimiter run here opens or closes emphasis (CommonMark 0.31, 6.2)."""
    before = _neighbour(pieces, at, -1)
    after = _neighbour(pieces, at, 1)
    inner, outer = (after, before) if mark.opens else (before, after)
    if not inner or inner.isspace():
        return False
    return not _punctuation(inner) or not outer or outer.isspace() or _punctuation(outer)


def _neighbour(pieces: list[_Piece], at: int, step: int) -> str:
    at += step
    while 0 <= at < len(pieces):
        piece = pieces[at]
        text = piece if isinstance(piece, str) else piece.mark
        if text:
            return text[0] if step > 0 else text[-1]
        at += step
    return ""


def _punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
