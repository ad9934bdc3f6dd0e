"""The inline content of a block as Markdown: links, emphasis, code, pictures.

Emphasis that CommonMark could not read back where it stands is left out rather than
shown as asterisks. Takes sanitised trees only.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

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
_RAISED = str.maketrans(
    "0123456789+-=()−abcdefgikmnoptuvxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻ᵃᵇᶜᵈᵉᶠᵍⁱᵏᵐⁿᵒᵖᵗᵘᵛˣʸᶻ"
)
_LOWERED = str.maketrans(
    "0123456789+-=()−aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
)
# An exponent that has no raised form; neither an ordinal, a sign of trade nor a mark.
_POWER = re.compile(r"(?=[−-]|.*\w\s*[+=/·−-]\s*\w)[\w+=/·.,()\s−-]{2,24}")
_BREAK = "\ufdd2"  # no character: a break until the paragraph is spelt out
_PIECES_OF_LINK = 50
_PIECES_MAX = 2_000
"""Pieces of one paragraph among which emphasis is still looked at."""


@dataclass(slots=True, eq=False)
class _Mark:
    """Where emphasis opens or closes; `mark` is emptied when it cannot be read back."""

    mark: str
    opens: bool
    other: "_Mark | None" = None


@dataclass(frozen=True, slots=True)
class _Code:
    """The literal text of a code span; spans that touch are one."""

    text: str


_Piece = str | _Mark | _Code


def inline(element: HtmlElement, within: str = "") -> str:
    """What an element holds, as one paragraph's Markdown; "" when there is nothing.

    `within` is the emphasis that the paragraph will stand in, and has no more of.
    """
    return _join(list(_inside(element, frozenset((within,)))))


def _inside(element: HtmlElement, within: frozenset[str]) -> Iterator[_Piece]:
    if element.text:
        yield _folded(element.text, within)
    # A list, for links that are taken into the one before leave the element.
    for child in list(element):
        if child.getparent() is None:
            continue
        if child.tag == "a":
            _take_in_next(child)
        yield from _element(child, within)
        if child.tail:
            yield _folded(child.tail, within)


def _take_in_next(link: HtmlElement) -> None:
    """Make one link of those that touch and lead to the same place."""
    after = link.getnext()
    for _ in range(_PIECES_OF_LINK):
        if after is None or after.tag != "a" or link.tail:
            return
        if after.get("href") != link.get("href") or len(after):
            return
        if len(link):
            link[-1].tail = (link[-1].tail or "") + (after.text or "")
        else:
            link.text = (link.text or "") + (after.text or "")
        link.tail = after.tail
        link.getparent().remove(after)
        after = link.getnext()


def _folded(text: str, within: frozenset[str]) -> str:
    text = escape.text(re.sub(r"[ \t\n\r\f]+", " ", text))
    if "~~" in within:
        text = re.sub(r"(?<!\\)~", r"\\~", text)
    return escape.label(text) if "a" in within else text


def _element(element: HtmlElement, within: frozenset[str]) -> Iterator[_Piece]:
    tag = str(element.tag)
    if tag in _MARKS:
        yield from _marked(element, _MARKS[tag], within)
    elif tag in _CODE:
        yield _Code("".join(element.itertext()))
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
    if mark in within or all(_blank(piece) for piece in inside):
        yield from inside
        return
    opening, closing = _Mark(mark, True), _Mark(mark, False)
    opening.other, closing.other = closing, opening
    start = next(n for n, piece in enumerate(inside) if not _blank(piece))
    end = next(n for n in range(len(inside), 0, -1) if not _blank(inside[n - 1]))
    first, last = inside[start], inside[end - 1]
    before = " " if isinstance(first, str) and first[:1] == " " else ""
    after = " " if isinstance(last, str) and last[-1:] == " " else ""
    if isinstance(first, str):
        inside[start] = first.lstrip(" ")
    if isinstance(last := inside[end - 1], str):
        inside[end - 1] = last.rstrip(" ")
    yield from (*inside[:start], before, opening)
    yield from (*inside[start:end], closing, after, *inside[end:])


def _blank(piece: _Piece) -> bool:
    """Whether a piece shows nothing that could be emphasised."""
    if isinstance(piece, str):
        return not piece.strip() or piece == _BREAK
    return isinstance(piece, _Code) and not piece.text.strip()


def _link(element: HtmlElement, within: frozenset[str]) -> Iterator[_Piece]:
    href = element.get("href", "")
    shown = _join(list(_inside(element, within | {"a"})))
    lead = " " if (element.text or "")[:1].isspace() else ""
    if not shown or not href or "a" in within:
        yield f"{lead}{shown}"
        return
    tail = " " if "".join(element.itertext())[-1:].isspace() else ""
    yield f"{lead}[{one_line(shown)}]({escape.target(href)}){tail}"


def one_line(markdown: str) -> str:
    """A paragraph's Markdown without its line breaks."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\\\n", r"\1 ", markdown)


def picture(image: HtmlElement) -> str:
    """An image with its alternative text; "" for one that is not there to be seen."""
    source = image.get("src", "")
    tiny = any(image.get(side) in ("0", "1") for side in ("width", "height"))
    if tiny or not source.startswith(("http://", "https://")):
        return ""
    words = re.sub(r"<[^<>]{1,300}>", " ", image.get("alt") or image.get("title") or "")
    text = escape.label(escape.text(" ".join(words.split())))
    return f"![{text}]({escape.target(source)})"


def is_player(link: HtmlElement) -> bool:
    """Whether a link leads to what a player plays."""
    return (link.text or "").startswith(escape.PLAYER) and not len(link)


def player(link: HtmlElement) -> str:
    """The link to what a player plays."""
    text = escape.label(escape.text(" ".join((link.text or "").split())))
    return f"[{text}]({escape.target(link.get('href', ''))})"


def _shifted(element: HtmlElement, within: frozenset[str]) -> Iterator[_Piece]:
    """Digits, signs and most letters have raised and lowered forms of their own.

    Letters alone are left as they are where they are raised, since they are mostly
    ordinals and abbreviations (1st, Mme); of other powers brackets are put around.
    """
    text = "".join(element.itertext()).strip()
    raised = element.tag == "sup"
    table = _RAISED if raised else _LOWERED
    plain = not any(inner.tag in ("a", "img") for inner in element.iter())
    if not text or not plain or (raised and text.isalpha() and not _is_power(element)):
        yield from _inside(element, within)
    elif all(ord(c) in table for c in text):
        yield text.translate(table)
    elif raised and _POWER.fullmatch(text):
        yield _folded(f"^({text})", within)
    else:
        yield from _inside(element, within)


def _is_power(element: HtmlElement) -> bool:
    """Whether a raised letter stands behind another by itself, as x to the n does."""
    before = element.getprevious()
    parent = element.getparent()
    text = (parent.text if before is None else before.tail) or ""
    if not text and before is not None:
        text = "".join(before.itertext())
    name = re.search(r"(?<!\w)[^\W\d_]$|[)\]]$", text)
    return len("".join(element.itertext()).strip()) == 1 and name is not None


def _join(given: list[_Piece]) -> str:
    """The pieces as one text, white space folded, unreadable emphasis left out."""
    pieces = _spelt(given)
    _merge(pieces)
    while _silence_unreadable(pieces):
        pass
    text = "".join(p if isinstance(p, str) else p.mark for p in pieces)
    text = re.sub(r" {2,}", " ", text)
    if _BREAK in text:
        lines = (line.strip() for line in text.split(_BREAK))
        text = "\\\n".join(line for line in lines if line)
    return text.strip(" \t\n\xa0\u3000")


def _silence_unreadable(pieces: list[str | _Mark]) -> bool:
    """Take out marks that are no emphasis where they stand; others may be so then."""
    found = False
    for at, piece in enumerate(pieces):
        if isinstance(piece, _Mark) and piece.mark and not _readable(pieces, at, piece):
            _silence(piece)
            found = True
    return found


def _spelt(pieces: list[_Piece]) -> list[str | _Mark]:
    """The pieces with code spelt out; of too many only the text."""
    few = len(pieces) <= _PIECES_MAX
    found: list[str | _Mark] = []
    code = ""
    for at, piece in enumerate((*pieces, "")):
        if isinstance(piece, _Code):
            code += piece.text
            continue
        if not piece and at < len(pieces):
            continue
        if code:
            found.append(escape.code(code))
            code = ""
        if isinstance(piece, str) and piece[:1] == "[" and found:
            found[-1] = _unbanged(found[-1])
        if piece and (few or isinstance(piece, str)):
            found.append(piece)
    return found


def _unbanged(before: str | _Mark) -> str | _Mark:
    """What stands before a link, so that it makes no picture of it."""
    if isinstance(before, str) and before[-1:] == "!":
        return before[:-1] + "\\!"
    return before


def _silence(mark: _Mark) -> None:
    mark.mark = ""
    if mark.other:
        mark.other.mark = ""


def _merge(pieces: list[str | _Mark]) -> None:
    """Emphasis that ends where the next begins is one where it is of one kind."""
    for one, other in pairwise(pieces):
        if not (isinstance(one, _Mark) and isinstance(other, _Mark)):
            continue
        if one.opens or not other.opens or not one.mark:
            continue
        if one.mark == other.mark and one.other and other.other:
            one.other.other, other.other.other = other.other, one.other
            one.mark = other.mark = ""
        else:
            _silence(other)


def _readable(pieces: list[str | _Mark], at: int, mark: _Mark) -> bool:
    """Whether a delimiter run here opens or closes emphasis (CommonMark 0.31, 6.2)."""
    before = _neighbour(pieces, at, -1)
    after = _neighbour(pieces, at, 1)
    inner, outer = (after, before) if mark.opens else (before, after)
    if not inner or inner.isspace():
        return False
    return (
        not _punctuation(inner) or not outer or outer.isspace() or _punctuation(outer)
    )


def _neighbour(pieces: list[str | _Mark], at: int, step: int) -> str:
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
