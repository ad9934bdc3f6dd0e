"""Markdown parsed to tokens: CommonMark, tables and footnotes, made once.

The parser is imported when a first article is laid out, not when the reader starts.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NESTING = 100
"""Levels of lists and quotations that are read; what is nested deeper is dropped."""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": NESTING})
    parser.enable(["table", "strikethrough"])
    # Links are judged where they are drawn: the parser's own list drops their text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser.use(footnote_plugin, inline=False)


def parse(markdown: str) -> list[Token]:
    """The blocks of a text as a flat stream of tokens."""
    return _parser().parse(markdown)
