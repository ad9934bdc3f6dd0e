"""Markdown read again: as plain text, and as clean HTML for export.

Never lets raw HTML through: what looks like a tag in Markdown stays text.
"""

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_LINE = 0
_PARAGRAPH = 1


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough, without HTML."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def html_of(markdown: str) -> str:
    """Markdown as clean HTML."""
    return str(parser().render(markdown))


def plain(markdown: str) -> str:
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
    return "\n\n".join(blocks)


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


def _inline(token: Token) -> str:
    children = token.children or []
    if _is_figure(children):
        return ""
    return " ".join("".join(_pieces(children)).split(" ")).strip()


def _is_figure(children: list[Token]) -> bool:
    """Whether a paragraph is a picture, linked or not, and at most its caption."""
    rest = [t for t in children if t.type not in ("link_open", "softbreak", "hardbreak")]
    return bool(rest) and rest[0].type == "image"


def _pieces(children: list[Token]) -> Iterator[str]:
    for child in children:
        match child.type:
            case "text" | "code_inline":
                yield child.content
            case "softbreak":
                yield " "
            case "hardbreak":
                yield "\n"
