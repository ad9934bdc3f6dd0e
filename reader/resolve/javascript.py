"""A small reading of JavaScript: its tokens.

What their values hold is read by `expressions`. Nothing is run, and no character is
read twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<skip>\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|<!--[^\n]*)"
    # A string that is not closed ends with its line; no character is read twice.
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?"
    r"|`(?:[^`\\]|\\.)*+`?)"
    r"|(?P<name>[A-Za-z_$][\w$]*)"
    r"|(?P<number>\d[\w.]*)"
    r"|(?P<mark>=>|===|!==|==|!=|<=|>=|&&|\|\||\+\+|--|\+=|-=|[^\s\w])",
    re.S,
)
_ESCAPE = re.compile(
    r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r?\n|.)", re.S
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
GAP = "${"
"""What begins a value in a template."""


@dataclass(frozen=True, slots=True)
class Token:
    """A string (without its quotes), a template, a name, a number or a mark."""

    kind: str
    text: str


def tokens_of(script: str) -> Iterator[Token]:
    """The tokens of a script, white space and comments left out."""
    for match in _TOKEN.finditer(script):
        kind = match.lastgroup or "mark"
        text = match.group()
        if kind == "string":
            closed = len(text) > 1 and text[-1] == text[0]
            kind = "template" if text[0] == "`" and GAP in text else kind
            yield Token(kind, _unescaped(text[1:-1])) if closed else Token("mark", "")
        elif kind != "skip":
            yield Token(kind, text)


def _unescaped(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match[1]
        if code[0] in "ux" and len(code) > 1:
            number = int(code[1:].strip("{}"), 16)
            return chr(number) if number < 0x110000 else "\ufffd"
        return "" if "\n" in code else _SIMPLE.get(code, code)

    return _ESCAPE.sub(plain, text)


def texts(tokens: tuple[Token, ...], at: int, count: int) -> list[str]:
    """The texts of so many tokens from a place on."""
    return [token.text for token in tokens[at : at + count]]
