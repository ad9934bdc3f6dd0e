"""Markdown read again: as plain text, and as clean HTML for export.

Never lets raw HTML through: what looks like a tag in Markdown stays text.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import dropwhile

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reader.extract.escape import PLAYER

_AROUND_PICTURES = ("link_open", "link_close", "softbreak", "hardbreak")
MARK = "note_mark"
_MARK = re.compile(r"\[\^(\d{1,4})\]")
_DIGITS = str.maketrans(
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍⁱᵏᵐⁿᵒᵖᵗᵘᵛˣʸᶻ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
    "0123456789+-=()abcdefgikmnoptuvxyz0123456789+-=()aehijklmnoprstuvx",
)


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough, without HTML and link references.

    The mark of a note, `[^1]`, is a token of the type MARK; the note itself is a
    paragraph that begins with its mark and a colon.
    """
    made = MarkdownIt("commonmark", {"html": False})
    made.enable(["table", "strikethrough"]).disable("reference")
    made.inline.ruler.before("link", MARK, _mark)
    made.add_render_rule(MARK, _mark_html)
    return made


def _mark(state: StateInline, silent: bool) -> bool:
    """The inline rule for the mark of a note, `[^1]`; escaped ones never come here."""
    found = _MARK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push(MARK, "", 0).content = found[1]
    state.pos = found.end()
    return True


def _mark_html(
    renderer: object, tokens: Sequence[Token], at: int, options: object, env: object
) -> str:
    number = tokens[at].content
    after = tokens[at + 1].content if at + 1 < len(tokens) else ""
    if at == 0 and after.startswith(":"):
        return f'<a id="note-{number}" href="#mark-{number}">{number}</a>'
    return f'<sup><a id="mark-{number}" href="#note-{number}">{number}</a></sup>'


def rendered(markdown: str) -> str:
    """Markdown as clean HTML."""
    return str(parser().render(markdown))


def plain_text(markdown: str) -> str:
    """Markdown's text: paragraphs apart by a blank line, no markup, no pictures.

    Items of a list and rows of a table are lines. A paragraph that begins with a
    picture is a figure and is left out with its caption.
    """
    blocks: list[str] = []
    for close, text in _texts(parser().parse(markdown)):
        if close and blocks:
            blocks[-1] += "\n" + text
        else:
            blocks.append(text)
    return "\n\n".join(blocks).translate(_DIGITS)


def _texts(tokens: list[Token]) -> Iterator[tuple[bool, str]]:
    """Each block's text, and whether it is one more line of the block before."""
    row: list[str] = []
    lists = tables = 0
    first = False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                first = first or lists == 0
                lists += 1
            case "bullet_list_close" | "ordered_list_close":
                lists -= 1
            case "table_open":
                tables, first = 1, True
            case "table_close":
                tables = 0
            case "tr_open":
                row = []
            case "tr_close":
                if text := "\t".join(filter(None, row)):
                    yield not first, text
                    first = False
            case "inline":
                text = _inline(token)
                if tables:
                    row.append(text)
                elif text:
                    yield lists > 0 and not first, text
                    first = False
            case "fence" | "code_block":
                yield False, token.content.rstrip("\n")
            case _:
                pass


def _inline(token: Token) -> str:
    children = token.children or []
    if _is_figure(children):
        return ""
    if children and children[0].type == MARK and children[1:]:
        children[1].content = children[1].content.removeprefix(":")
    return re.sub(r" *\n *| {2,}", _space, "".join(_pieces(children))).strip()


def _space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found[0] else " "


def _is_figure(children: list[Token]) -> bool:
    """Whether a paragraph is pictures, linked or not, and at most their caption.

    The link to what a player plays counts as a picture.
    """
    children = _without_players(children)
    kinds = [t.type for t in children if t.type not in _AROUND_PICTURES]
    pictures = len(kinds) - len(list(dropwhile(lambda kind: kind == "image", kinds)))
    rest = kinds[pictures:]
    return pictures > 0 and (
        not rest
        or (
            rest[0] == "em_open"
            and rest[-1] == "em_close"
            and rest.count("em_open") == 1
        )
    )


def _without_players(children: list[Token]) -> list[Token]:
    """The tokens with a picture for each link of a player."""
    return [
        Token("image", "", 0)
        if token.type == "text"
        and token.content.startswith(PLAYER)
        and _linked(children, at)
        else token
        for at, token in enumerate(children)
    ]


def _linked(children: list[Token], at: int) -> bool:
    """Whether a token is all of a link."""
    around = children[max(0, at - 1) : at + 2]
    return [t.type for t in around] == ["link_open", "text", "link_close"]


def _pieces(children: list[Token]) -> Iterator[str]:
    for child in children:
        match child.type:
            case "text" | "code_inline":
                yield child.content
            case "softbreak":
                yield " "
            case "hardbreak":
                yield "\n"
            case _:
                pass
