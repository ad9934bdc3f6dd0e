"""A small reading of JavaScript: tokens, and the texts that simple values hold.

Strings, `+` between simple values, templates, variables and properties that hold
them. Nothing is run, and no character is read twice.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

_VALUES_MAX = 200
_LIST_MAX = 60
_OF_ELEMENT = 2
"""Names of `element.property`."""

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
_DECODERS_TEXT = """
decodeURIComponent decodeURI unescape String encodeURI atob URL
"""
_DECODERS = frozenset(_DECODERS_TEXT.split())
_FILLED = re.compile(r"\$\{\s*((?:[A-Za-z_$][\w$]*\.)*+([A-Za-z_$][\w$]*))\s*\}")
_GAP = "${"
_BY_NAME = re.compile(r"\[(?:name|property)=[\"']?([\w:.-]{1,80})")
_REVERSED = ["split", "(", "", ")", ".", "reverse", "(", ")", ".", "join", "(", "", ")"]
# What finds an element by its id, and what reads an attribute of it.
_BY_ID = frozenset(("getElementById", "querySelector", "$", "jQuery"))
_READS = frozenset(("getAttribute", "attr", "data"))


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
            kind = "template" if text[0] == "`" and _GAP in text else kind
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


NOTHING: Mapping[str, str] = MappingProxyType({})
"""A page of which a script may read nothing."""
_TEXT_MAX = 8_000
"""Characters that one value may have; no address is longer."""


def values_of(
    tokens: tuple[Token, ...], page: Mapping[str, str] = NOTHING
) -> Mapping[str, str]:
    """What variables and properties hold, where that is a simple text.

    `page` is what the script may read of its page (`elements.readable`).
    """
    held = dict(page)
    most = len(held) + _VALUES_MAX
    for at in range(len(tokens) - 2):
        name, sign = tokens[at], tokens[at + 1].text
        key = name.kind == "name" or (name.kind == "string" and sign == ":")
        if key and sign in ("=", ":") and name.text not in held:
            if len(held) >= most:
                break
            value, _ = expression(tokens, at + 2, held)
            if value:
                held[name.text] = value
            elif element := _element(tokens, at + 2):
                held[f"@{name.text}"] = element
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
    """A simple value, and what is done to it at once: reversed, or joined to others."""
    value, at = _simple(tokens, at, held)
    while value is not None and texts(tokens, at, 1) == ["."]:
        if texts(tokens, at + 1, len(_REVERSED)) == _REVERSED:
            value, at = value[::-1], at + 1 + len(_REVERSED)
        elif texts(tokens, at + 1, 2) == ["concat", "("]:
            more, at = _listed(tokens, at + 3, held, ")")
            value = value + "".join(more) if more is not None else None
        elif texts(tokens, at + 1, 3) in (["toString", "(", ")"], ["trim", "(", ")"]):
            at += 4
        else:
            break
    return value, at


def _listed(
    tokens: tuple[Token, ...], at: int, held: Mapping[str, str], closing: str
) -> tuple[list[str] | None, int]:
    """Simple values between commas, up to a bracket; None when one is not simple."""
    found: list[str] = []
    while len(found) < _LIST_MAX:
        value, at = expression(tokens, at, held)
        if value is None or at >= len(tokens):
            return None, at
        found.append(value)
        if tokens[at].text == closing:
            return found, at + 1
        at += 1
    return None, at


def _joined(
    tokens: tuple[Token, ...], at: int, held: Mapping[str, str]
) -> tuple[str | None, int]:
    """A list that is joined where it stands: `["https:/", "x.example"].join("/")`."""
    pieces, at = _listed(tokens, at, held, "]")
    match texts(tokens, at, 5):
        case [".", "join", "(", glue, ")"] if pieces is not None:
            return glue.join(pieces), at + 5
        case _:
            return None, at


def _simple(
    tokens: tuple[Token, ...], at: int, held: Mapping[str, str]
) -> tuple[str | None, int]:
    if at >= len(tokens):
        return None, at
    token = tokens[at]
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if token.kind == "string":
        return token.text, at + 1
    if token.kind == "template":
        return _filled(token.text, held), at + 1
    if token.kind == "number" and token.text.isdigit():
        return token.text, at + 1
    if token.text == "[" and token.kind == "mark":
        return _joined(tokens, at + 1, held)
    if token.text == "new" and following in _DECODERS:
        return _operand(tokens, at + 1, held)
    if token.text in ("window", "self", "globalThis") and following == ".":
        return _operand(tokens, at + 2, held)
    if token.text == "(" or (token.text in _DECODERS and following == "("):
        start = at + 1 if token.text == "(" else at + 2
        value, end = expression(tokens, start, held)
        closed = end < len(tokens) and tokens[end].text == ")"
        return (_plain(token.text, value), end + 1) if closed else (None, end)
    if token.kind == "name":
        return _named(tokens, at, held)
    return None, at


def _filled(text: str, held: Mapping[str, str]) -> str | None:
    """A template with its names filled in; None when one of them is not known."""
    names = [match[2] for match in _FILLED.finditer(text)]
    if len(names) != text.count(_GAP) or any(name not in held for name in names):
        return None
    return _FILLED.sub(lambda match: held[match[2]], text)[:_TEXT_MAX]


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


def _named(
    tokens: tuple[Token, ...], at: int, held: Mapping[str, str]
) -> tuple[str | None, int]:
    """A variable, the last property of `a.b.c`, or what an element of the page holds.

    An element is found by its id, or is the only one of the page with its attribute.
    """
    names, called, end = _parts(tokens, at)
    if texts(tokens, end, 1) in (["("], ["["]):
        return None, end
    element = next((at for name, at in called if name in _BY_ID), "")
    element = _identified(element) or held.get(f"@{names[0]}", "")
    read = [(name, attribute) for name, attribute in called if name in _READS]
    if read:
        name, attribute = read[-1]
        attribute = f"data-{attribute}" if name == "data" else attribute
        return held.get(f"{element} {attribute}"), end
    if "dataset" in names[:-1]:
        return held.get(f"{element} data-{_kebab(names[-1])}"), end
    if called or (element and len(names) == _OF_ELEMENT):
        return held.get(f"{element} {names[-1]}") if element else None, end
    return held.get(names[-1]), end


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
    names, called = [tokens[at].text], []
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
