"""Literal text as Markdown must spell it: what is escaped, and nothing besides.

Knows CommonMark 0.31 and the table extension; knows no HTML.
"""

import re
from urllib.parse import quote

# What CommonMark would take for markup in running text (0.31, 2.4 and 6).
_SPECIAL = re.compile(
    r"[\\`*]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w{1,32};)"
    r"|~(?=~)|(?<=~)~"
    r"|\[(?=\^)|\](?=[\[(:])|!(?=\[)"
)
_BRACKETS = re.compile(r"(?<!\\)[\[\]]")
# What begins a block at the start of a line: a heading, an item, a quotation, a rule,
# the underline of a heading, a row of a table, indented code.
_BLOCK_START = re.compile(
    r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|\||[-=]+(?=\s*$)|(?:[-_]\s*){3,}$|:?-+:?\s*\|)"
)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
PLAYER = "▶ "
"""What the text of a link begins with that plays something."""

_SAFE = "!#$%&'*+,-./:;=?@[]_~()|"


def text(literal: str) -> str:
    """Running text so that Markdown shows just it."""
    return _SPECIAL.sub(r"\\\g<0>", literal)


def label(markdown: str) -> str:
    """Markdown that stands in square brackets, its own brackets escaped."""
    return _BRACKETS.sub(r"\\\g<0>", markdown)


def line(markdown: str) -> str:
    """A line of a paragraph, with what would begin another block there escaped."""
    return _NUMBERED.sub(r"\1\\\2", _BLOCK_START.sub(r"\\\1", markdown))


def cell(markdown: str) -> str:
    """Markdown in one cell of a table."""
    return re.sub(r"(?<!\\)\|", r"\\|", markdown)


def target(url: str) -> str:
    """A URL as the target of a link: no space, and no parenthesis that ends it."""
    url = quote(url, safe=_SAFE)
    balanced = url.count("(") == url.count(")") and "()" not in url
    return url if balanced else url.replace("(", "%28").replace(")", "%29")


def code(literal: str) -> str:
    """A code span; the fence is longer than any run of backticks within."""
    literal = " ".join(literal.split())
    fence = "`" * (_longest(literal) + 1)
    pad = " " if literal[:1] == "`" or literal[-1:] == "`" else ""
    return f"{fence}{pad}{literal}{pad}{fence}" if literal else ""


def fenced(literal: str, language: str) -> str:
    """A block of code in a fence longer than any within."""
    fence = "`" * max(3, _longest(literal) + 1)
    return f"{fence}{language}\n{literal}\n{fence}"


def _longest(literal: str) -> int:
    return max((len(run) for run in re.findall("`+", literal)), default=0)
