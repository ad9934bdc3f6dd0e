"""The texts that simple values of a script hold.

Strings, `+` between simple values, templates, lists that are joined, variables and
properties that hold them, what the page holds for them. Nothing is run.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

from reader.resolve.javascript import GAP, Token, texts

NOTHING: Mapping[str, str] = MappingProxyType({})
"""A page of which a script may read nothing."""

_VALUES_MAX = 200
_LIST_MAX = 60
_TEXT_MAX = 8_000
"""Characters that one value may have; no address is longer."""
_DEPTH = 8
"""Brackets within brackets that are followed."""
_OF_ELEMENT = 2
"""Names of `element.property`."""

_DECODERS_TEXT = """
decodeURIComponent decodeURI unescape String encodeURI atob URL
"""
_DECODERS = frozenset(_DECODERS_TEXT.split())
_GLOBALS = frozenset(("window", "self", "globalThis"))
# What finds an element by its id, and what reads an attribute of it.
_BY_ID = frozenset(("getElementById", "querySelector", "$", "jQuery"))
_READS = frozenset(("getAttribute", "attr", "data"))
_BY_NAME = re.compile(r"\[(?:name|property)=[\"']?([\w:.-]{1,80})")
_REVERSED = ["split", "(", "", ")", ".", "reverse", "(", ")", ".", "join", "(", "", ")"]
_FILLED = re.compile(r"\$\{\s*((?:[A-Za-z_$][\w$]*\.)*+([A-Za-z_$][\w$]*))\s*\}")

Value = tuple[str | None, int]
"""A text, None where it is not simple, and the token behind it."""


def values_of(
    tokens: tuple[Token, ...], page: Mapping[str, str] = NOTHING
) -> Mapping[str, str]:
    """What variables and properties hold, where that is a simple text.

    `page` is what the script may read of its page (`elements.readable`).
    """
    held, own = dict(page), set[str]()
    most = len(held) + _VALUES_MAX
    for at in range(len(tokens) - 2):
        name, sign = tokens[at], tokens[at + 1].text
        key = name.kind == "name" or (name.kind == "string" and sign == ":")
        if key and sign in ("=", ":") and name.text not in own:
            if len(held) >= most:
                break
            value, _ = expression(tokens, at + 2, held)
            if value:
                held[name.text] = value
                own.add(name.text)
            elif element := _element(tokens, at + 2):
                held[f"@{name.text}"] = element
        elif name.kind == "name" and sign == "+=" and name.text in held:
            value, _ = expression(tokens, at + 2, held)
            # Bounded, or a text added to itself forty times fills the memory.
            held[name.text] = (held[name.text] + (value or ""))[:_TEXT_MAX]
    return held


def expression(tokens: tuple[Token, ...], at: int, held: Mapping[str, str]) -> Value:
    """The text of simple values joined by `+`; None when one of them is not simple."""
    return _Reading(tokens, held).joined(at, 0)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A script's tokens and what its variables hold; methods read from a place on."""

    tokens: tuple[Token, ...]
    held: Mapping[str, str]

    def _texts(self, at: int, count: int) -> list[str]:
        return texts(self.tokens, at, count)

    def joined(self, at: int, depth: int) -> Value:
        """Operands between `+`."""
        whole = ""
        while True:
            value, at = self._operand(at, depth)
            if value is None:
                return None, at
            whole = (whole + value)[:_TEXT_MAX]
            if self._texts(at, 1) != ["+"] or len(whole) >= _TEXT_MAX:
                return whole, at
            at += 1

    def _operand(self, at: int, depth: int) -> Value:
        """A simple value, and what is done to it at once: reversed, joined to more."""
        value, at = self._simple(at, depth)
        while value is not None and self._texts(at, 1) == ["."]:
            if self._texts(at + 1, len(_REVERSED)) == _REVERSED:
                value, at = value[::-1], at + 1 + len(_REVERSED)
            elif self._texts(at + 1, 2) == ["concat", "("]:
                more, at = self._listed(at + 3, ")", depth + 1)
                value = (value + "".join(more))[:_TEXT_MAX] if more else None
            elif self._texts(at + 1, 3) in (_TO_STRING, _TRIM):
                at += 4
            else:
                break
        return value, at

    def _simple(self, at: int, depth: int) -> Value:
        if at >= len(self.tokens) or depth > _DEPTH:
            return None, at
        token, following = self.tokens[at], "".join(self._texts(at + 1, 1))
        match token.kind:
            case "string":
                return token.text, at + 1
            case "template":
                return self._filled(token.text), at + 1
            case "number" if token.text.isdigit():
                return token.text, at + 1
            case "name" if token.text == "new" and following in _DECODERS:
                return self._simple(at + 1, depth + 1)
            case "name" if token.text in _GLOBALS and following == ".":
                return self._simple(at + 2, depth + 1)
            case "name" if token.text in _DECODERS and following == "(":
                return self._bracketed(at + 2, depth + 1, token.text)
            case "name":
                return self._named(at)
            case "mark" if token.text == "(":
                return self._bracketed(at + 1, depth + 1)
            case "mark" if token.text == "[":
                return self._glued(at + 1, depth + 1)
            case _:
                return None, at

    def _bracketed(self, at: int, depth: int, function: str = "") -> Value:
        """What stands between round brackets, decoded by the function before them."""
        value, end = self.joined(at, depth)
        closed = self._texts(end, 1) == [")"]
        return (_plain(function, value), end + 1) if closed else (None, end)

    def _listed(self, at: int, closing: str, depth: int) -> tuple[list[str], int]:
        """Simple values between commas, up to a bracket; none when one is not."""
        found: list[str] = []
        while len(found) < _LIST_MAX:
            value, at = self.joined(at, depth)
            if value is None or at >= len(self.tokens):
                return [], at
            found.append(value)
            if self.tokens[at].text == closing:
                return found, at + 1
            at += 1
        return [], at

    def _glued(self, at: int, depth: int) -> Value:
        """A list that is joined at once: `["https:/", "x.example"].join("/")`."""
        pieces, at = self._listed(at, "]", depth)
        match self._texts(at, 5):
            case [".", "join", "(", glue, ")"] if pieces:
                return glue.join(pieces)[:_TEXT_MAX], at + 5
            case _:
                return None, at

    def _filled(self, text: str) -> str | None:
        """A template with its names filled in; None when one of them is not known."""
        names = [match[2] for match in _FILLED.finditer(text)]
        if len(names) != text.count(GAP) or any(n not in self.held for n in names):
            return None
        return _FILLED.sub(lambda match: self.held[match[2]], text)[:_TEXT_MAX]

    def _named(self, at: int) -> Value:
        """A variable, the last property of `a.b.c`, or what an element holds.

        An element is found by its id, or is the only one with its attribute.
        """
        names, called, end = _parts(self.tokens, at)
        if self._texts(end, 1) in (["("], ["["]):
            return None, end
        selector = next((given for name, given in called if name in _BY_ID), "")
        element = _identified(selector) or self.held.get(f"@{names[0]}", "")
        return self.held.get(_key(names, called, element)), end


_TO_STRING = ["toString", "(", ")"]
_TRIM = ["trim", "(", ")"]


def _key(names: list[str], called: list[tuple[str, str]], element: str) -> str:
    """Under which key the page or the script holds what a path of names means."""
    for function, attribute in reversed(called):
        if function in _READS:
            data = "data-" if function == "data" else ""
            return f"{element} {data}{attribute}"
    if "dataset" in names[:-1]:
        return f"{element} data-{_kebab(names[-1])}"
    if called or (element and len(names) == _OF_ELEMENT):
        return f"{element} {names[-1]}" if element else ""
    return names[-1]


def _element(tokens: tuple[Token, ...], at: int) -> str:
    """The element that an expression finds and takes nothing of; "" for others."""
    if tokens[at].kind != "name":
        return ""
    names, called, _ = _parts(tokens, at)
    found = called and called[-1][0] in _BY_ID and names[-1] in _BY_ID
    return _identified(called[-1][1]) if found else ""


def _identified(selector: str) -> str:
    """The id, or the name, by which a selector finds one element; "" for others."""
    if named := _BY_NAME.search(selector):
        return named[1]
    plain = selector.lstrip("#").replace("-", "_")
    return selector.lstrip("#") if plain.isidentifier() else ""


def _parts(
    tokens: tuple[Token, ...], at: int
) -> tuple[list[str], list[tuple[str, str]], int]:
    """The names of `a.b("c").d`, its calls with one text each, and where it ends."""
    names, called = [tokens[at].text], list[tuple[str, str]]()
    while True:
        match texts(tokens, at + 1, 3):
            case [".", _, *_]:
                at += 2
                names.append(tokens[at].text)
            case ["(", text, ")"] if names[-1] in _BY_ID or names[-1] in _READS:
                called.append((names[-1], text))
                at += 3
            case _:
                return names, called, at + 1


def _kebab(name: str) -> str:
    """The attribute that a property of `dataset` stands for: `targetUrl`."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)


def _plain(function: str, value: str | None) -> str | None:
    if not value:
        return value
    if function == "atob":
        return _from_base64(value)
    decodes = function.startswith("decode") or function == "unescape"
    return unquote(value) if decodes else value


def _from_base64(value: str) -> str | None:
    try:
        return base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
