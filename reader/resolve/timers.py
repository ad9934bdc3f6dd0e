"""How long a script waits before it does something, as far as that can be read.

A delay of minutes is a session that ends, or a reader who has left: nobody is moved.
"""

from collections.abc import Iterator, Mapping

from reader.resolve.javascript import Token, texts

LONG = 120
"""Seconds from which on a wait is no redirect's."""

_TIMERS = frozenset(("setTimeout", "setInterval"))
_ACTIVITY_TEXT = """
mousemove onmousemove keydown onkeydown keypress onkeypress keyup onkeyup mousedown
onmousedown touchmove ontouchmove scroll onscroll pointermove onpointermove wheel
"""
_ACTIVITY = frozenset(_ACTIVITY_TEXT.split())
_REACH = 4_000
"""Tokens behind a place in which the end of its timer is looked for."""


def idles(tokens: tuple[Token, ...]) -> bool:
    """Whether a script starts its timer anew whenever the reader does something."""
    words = {token.text for token in tokens}
    return "clearTimeout" in words and bool(words & _ACTIVITY)


def waits_long(tokens: tuple[Token, ...], at: int, held: Mapping[str, str]) -> bool:
    """Whether a place stands in a timer that runs out after minutes only."""
    return any(
        _seconds(tokens, comma + 1, held) > LONG for comma in _delays(tokens, at)
    )


def idly_called(tokens: tuple[Token, ...], held: Mapping[str, str]) -> frozenset[str]:
    """Names of functions that only a timer of minutes calls: `setTimeout(bye, 9e5)`."""
    return frozenset(
        token.text
        for at, token in enumerate(tokens)
        if at > 1
        and token.kind == "name"
        and tokens[at - 2].text in _TIMERS
        and texts(tokens, at - 1, 3) == ["(", token.text, ","]
        and _seconds(tokens, at + 2, held) > LONG
    )


def _delays(tokens: tuple[Token, ...], at: int) -> Iterator[int]:
    """The commas before the delays of the timers that a place stands in."""
    depth, lowest = 0, 0
    for here in range(at, min(len(tokens), at + _REACH)):
        token = tokens[here]
        if token.kind in ("string", "template"):
            continue
        if token.text in ("(", "{", "["):
            depth += 1
        elif token.text in (")", "}", "]"):
            depth -= 1
            lowest = min(lowest, depth)
        elif token.text != "," or depth != lowest or not _ends_call(tokens, here):
            continue
        elif depth < 0 or _is_timers(tokens, at):
            yield here


def _is_timers(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the innermost call that a place stands in sets a timer."""
    depth = 0
    for back in range(at - 1, max(0, at - _REACH), -1):
        text = "" if tokens[back].kind == "string" else tokens[back].text
        if text == "(" and depth == 0:
            return tokens[back - 1].text in _TIMERS
        depth += (text == ")") - (text == "(")
    return False


def _ends_call(tokens: tuple[Token, ...], comma: int) -> bool:
    """Whether a comma is the last of its call: only numbers and names come behind."""
    for token in tokens[comma + 1 : comma + 12]:
        if token.text == ")":
            return True
        if token.kind not in ("number", "name") and token.text not in ("*", "."):
            return False
    return False


def _seconds(tokens: tuple[Token, ...], at: int, held: Mapping[str, str]) -> float:
    """The seconds that a delay stands for: `30*60*1000`, `18e5`, `limit`."""
    product = 1.0
    for token in tokens[at : at + 12]:
        if token.text == ")":
            return product / 1000
        text = held.get(token.text, "") if token.kind == "name" else token.text
        if token.kind == "name" and not text:
            continue
        product *= _number(text) if token.text not in ("*", ".") else 1.0
    return 0.0


def _number(text: str) -> float:
    try:
        return float(text.replace("_", ""))
    except ValueError:
        return 1.0
