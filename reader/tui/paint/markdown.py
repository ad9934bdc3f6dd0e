"""Markdown parsed to tokens: CommonMark, tables and footnotes, made once.

The parser is imported when a first article is laid out, not when the reader starts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NESTING = 100
"""Levels of lists and quotations that are read; what is nested deeper is dropped."""

BRACKETS = 200
"""Brackets that a block may open before it is looked at whether they close."""
DEPTH = 8
"""Brackets within brackets that may be links or images."""
_BLOCKS = re.compile(r"(\n[ \t]*\n)")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": NESTING})
    # What looks like the definition of a link is text: `extract` writes none, and a
    # note's mark must not become one.
    parser.enable(["table", "strikethrough"]).disable("reference")
    # Links are judged where they are drawn: the parser's own list drops their text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser.use(footnote_plugin, inline=False)


def parse(markdown: str) -> list[Token]:
    """The blocks of a text as a flat stream of tokens."""
    return _parser().parse(_closed(markdown))


def _closed(markdown: str) -> str:
    """A text in which no block opens brackets by the thousand that never close.

    The parser looks for the end of each of them as far as the block goes: 20,000 took
    it three seconds.
    """
    if markdown.count("[") <= BRACKETS:
        return markdown
    return "".join(
        _escaped(block) if block.count("[") > BRACKETS else block
        for block in _BLOCKS.split(markdown)
    )


def _escaped(block: str) -> str:
    """A block whose brackets are text where they do not close, or lie too deep."""
    open_at: list[int] = []
    text: set[int] = set()
    for match in _BRACKET.finditer(block):
        if match.group() == "[":
            open_at.append(match.start())
            if len(open_at) > DEPTH:
                text.add(match.start())
        elif match.group() == "]" and open_at:
            open_at.pop()
    text.update(open_at)
    return "".join(
        f"\\{char}" if place in text else char for place, char in enumerate(block)
    )
