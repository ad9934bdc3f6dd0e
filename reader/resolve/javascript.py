"""A small reading of JavaScript: tokens, and the texts that simple values hold.

Strings, `+` between simple values, variables and properties that hold them. Nothing
is run, and no character is read twice.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

_VALUES_MAX = 200

_TOKEN = re.compile(
    r"(?P<skip>\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|<!--[^\n]*)"
    # A string that is not closed ends with its line; no character is read twice.
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?"
    r"|`(?:[^`\\$]|\\.|\$(?!\{))*+`?)"
    r"|(?P<name>[A-Za-z_$][\w$]*)"
    r"|(?P<number>\d[\w.]*)"
    r"|(?P<mark>=>|===|!==|==|!=|<=|>=|&&|\|\||\+\+|--|\+=|-=|[^\s\w])",
    re.S,
)
_ESCAPE = re.compile(
    r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r?\n|.)", re.S
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_DECODERS = frozenset(
    ("decodeURIComponent", "decodeURI", "unescape", "String", "encodeURI")
)


@dataclass(frozen=True, slots=True)
class Token:
    """A string (without its quotes), a name, a number or a mark."""

    kind: str
    text: str


def tokens_of(script: str) -> Iterator[Token]:
    """The tokens of a script, white space and comments left out."""
    for match in _TOKEN.finditer(script):
        kind = match.lastgroup or "mark"
        text = match.group()
        if kind == "string":
            closed = len(text) > 1 and text[-1] == text[0]
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


_TEXT_MAX = 8_000
"""Characters that one value may have; no address is longer."""


def values_of(tokens: tuple[Token, ...]) -> Mapping[str, str]:
    """What variables and properties hold, where that is a simple text."""
    held: dict[str, str] = {}
    for at in range(len(tokens) - 2):
        name, sign = tokens[at], tokens[at + 1].text
        key = name.kind == "name" or (name.kind == "string" and sign == ":")
        if key and sign in ("=", ":") and name.text not in held:
            if len(held) >= _VALUES_MAX:
                break
            value, _ = expression(tokens, at + 2, held)
            if value:
                held[name.text] = value
        elif name.kind == "name" and sign == "+=" and name.text in held:
            value, _ = expression(tokens, at + 2, held)
            # Bounded, or a text added to itself forty times fills the memory.
            held[name.text] = (held[name.text] + (value or ""))[:_TEXT_MAX]
    return held


def expression(
    tokens: tuple[Token, ...], at: int, held: Mapping[str, str]
) -> tuple[str | None, int]:
    """The text of simple values joined by `+`; None when one of them is not simple."""
    whole = ""
    while True:
        value, at = _operand(tokens, at, held)
        if value is None:
            return None, at
        whole += value
        if at < len(tokens) and tokens[at].text == "+" and len(whole) < _TEXT_MAX:
            at += 1
            continue
        return whole, at


def _operand(
    tokens: tuple[Token, ...], at: int, held: Mapping[str, str]
) -> tuple[str | None, int]:
    if at >= len(tokens):
        return None, at
    token = tokens[at]
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if token.kind == "string":
        return token.text, at + 1
    if token.kind == "number" and token.text.isdigit():
        return token.text, at + 1
    if token.text == "(" or (token.text in _DECODERS and following == "("):
        start = at + 1 if token.text == "(" else at + 2
        value, end = expression(tokens, start, held)
        closed = end < len(tokens) and tokens[end].text == ")"
        return (_plain(token.text, value), end + 1) if closed else (None, end)
    if token.kind == "name":
        return _named(tokens, at, held)
    return None, at


def _plain(function: str, value: str | None) -> str | None:
    decodes = function.startswith("decode") or function == "unescape"
    return unquote(value) if value and decodes else value


def _named(
    tokens: tuple[Token, ...], at: int, held: Mapping[str, str]
) -> tuple[str | None, int]:
    """A variable, or the last property of `a.b.c`, that holds a text."""
    while at + 2 < len(tokens) and tokens[at + 1].text == ".":
        at += 2
    if at + 1 < len(tokens) and tokens[at + 1].text in ("(", "["):
        return None, at
    return held.get(tokens[at].text), at + 1
