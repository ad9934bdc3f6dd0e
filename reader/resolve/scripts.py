"""Where a page's scripts send the reader, read as text; no script is run.

Assignments to `location`, and the blocks that they stand in. What waits for a click,
for a reader who has gone, or stands behind a test of the browser, moves nobody.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise

from reader.resolve.expressions import NOTHING, expression, values_of
from reader.resolve.javascript import Token, texts, tokens_of
from reader.resolve.timers import idles, idly_called, waits_long

SCRIPT_MAX = 60_000
"""Characters of one script that are read; longer ones are libraries."""
_MOVES_MAX = 24
"""Assignments of one script that are looked at."""

_STATES_MAX = 6
"""Scripts that keep something for others, as far as they are read."""

MOVING = ("location", "_self", "_top", "_parent")
"""Words of which a script that moves the reader has one."""
_SELVES = frozenset(("_self", "_top", "_parent"))
_WINDOWS_TEXT = """
window document top self parent globalThis this
"""
_WINDOWS = frozenset(_WINDOWS_TEXT.split())
_CALLS = frozenset(("assign", "replace"))
# Where a block begins: who runs it.
_RUNS_TEXT = """
setTimeout setInterval ready load DOMContentLoaded onload
"""
_RUNS = frozenset(_RUNS_TEXT.split())
_TIMERS = frozenset(("setTimeout", "setInterval", "eval"))
_WAITS_TEXT = """
click onclick submit onsubmit keydown keyup keypress change touchstart
touchend mousedown mouseup mouseover scroll onscroll resize error onerror blur
focus beforeunload unload pagehide visibilitychange catch else while for
switch message popstate hashchange dblclick contextmenu copy onbeforeunload
onunload onpagehide onchange onkeydown onkeyup onkeypress onblur onfocus
onresize ontouchstart onmouseover onmousedown onpopstate onhashchange
onmessage
"""
_WAITS = frozenset(_WAITS_TEXT.split())
_JOINS = frozenset(("&&", "||", "?", "else"))
_COUNTS = frozenset(("<=", "<", "==", "===", ">=", ">"))


def targets(script: str, page: Mapping[str, str] = NOTHING) -> tuple[str, ...]:
    """Where a script sends the reader by itself, as it stands there, in order.

    `page` is what it may read of its page.
    """
    if not any(map(script.__contains__, MOVING)) or len(script) > SCRIPT_MAX:
        return ()
    tokens = tuple(tokens_of(script))
    if idles(tokens):
        return ()
    values = values_of(tokens, page)
    called = _called(tokens) - idly_called(tokens, values)
    found = [
        target
        for at, target in islice(_assigned(tokens, values), _MOVES_MAX)
        if target and _moves(tokens, at, called) and not waits_long(tokens, at, values)
    ]
    found += [
        target
        for at, text in islice(_timed_texts(tokens), _MOVES_MAX)
        if text != script and _moves(tokens, at, called)
        if not waits_long(tokens, at, values)
        for target in targets(text)
    ]
    return tuple(dict.fromkeys(found))


def held(states: Iterable[str], page: Mapping[str, str]) -> Mapping[str, str]:
    """What a page's other scripts keep for the one that moves its reader."""
    known = page
    for text in islice(states, _STATES_MAX):
        known = values_of(tuple(tokens_of(text)), known)
    return known


def _timed_texts(tokens: tuple[Token, ...]) -> Iterator[tuple[int, str]]:
    """Scripts in strings that a timer runs: `setTimeout("location = …", 3000)`."""
    for at, token in enumerate(tokens):
        timed = texts(tokens, at - 1, 1) == ["("] and tokens[at - 2].text in _TIMERS
        if timed and token.kind == "string" and "location" in token.text:
            yield at, token.text


def submits(script: str) -> bool:
    """Whether a script submits a form by itself."""
    if "submit" not in script or len(script) > SCRIPT_MAX:
        return False
    tokens = tuple(tokens_of(script))
    called = _called(tokens)
    return any(
        token.text == "submit"
        and texts(tokens, at + 1, 2) == ["(", ")"]
        and _moves(tokens, at, called)
        for at, token in enumerate(tokens)
    )


# --- assignments to location ------------------------------------------------


def _assigned(
    tokens: tuple[Token, ...], held: Mapping[str, str]
) -> Iterator[tuple[int, str | None]]:
    for at, token in enumerate(tokens):
        if token.text == "open" and (target := _opened(tokens, at, held)):
            yield at, target
        if token.text != "location" or not _is_window(tokens, at):
            continue
        after = texts(tokens, at + 1, 4)
        start = _value_at(after)
        if start:
            yield at, expression(tokens, at + 1 + start, held)[0]


def _opened(tokens: tuple[Token, ...], at: int, held: Mapping[str, str]) -> str | None:
    """What `window.open` shows in the window that is open already."""
    if texts(tokens, at + 1, 1) != ["("] or not _is_window(tokens, at):
        return None
    target, end = expression(tokens, at + 2, held)
    into = texts(tokens, end, 2)
    return target if into[:1] == [","] and into[1:] and into[1] in _SELVES else None


def _is_window(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether `location` is the window's: bare, or of window, document, top …"""
    if at == 0 or tokens[at - 1].text != ".":
        return at == 0 or tokens[at - 1].text not in ("var", "let", "const", "function")
    return at >= 2 and tokens[at - 2].text in _WINDOWS


def _value_at(after: list[str]) -> int:
    """How far behind `location` its new value begins; 0 when it gets none."""
    match after:
        case ["=", *_]:
            return 1
        case [".", "href", "=", *_]:
            return 3
        case [".", method, "(", *_] if method in _CALLS:
            return 3
        case ["[", "href", "]", "="]:
            return 4
        case _:
            return 0


# --- who runs it ------------------------------------------------------------


def _called(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Names of functions that something runs by itself: called, timed or on load."""
    found = set()
    for at, token in enumerate(tokens):
        if token.kind != "name":
            continue
        before = tokens[at - 1].text if at else ""
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        timed = before == "(" and at > 1 and tokens[at - 2].text in _RUNS
        loaded = before in ("=", ",") and at > 1 and tokens[at - 2].text in _RUNS
        if timed or loaded or (after == "(" and before not in ("function", ".")):
            found.add(token.text)
    return frozenset(found)


def _moves(tokens: tuple[Token, ...], at: int, called: frozenset[str]) -> bool:
    """Whether everything that an assignment stands in runs by itself."""
    if _tested(tokens, at):
        return False
    return all(_runs(head, called) for head in _heads(tokens, at))


def _tested(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether an `if (…)` without braces stands right before the statement."""
    start = at
    while start > 1 and tokens[start - 1].text == ".":
        start -= 2
    while (
        start > 1 and tokens[start - 1].text == "(" and tokens[start - 2].text in _JOINS
    ):
        start -= 1
    if start and tokens[start - 1].text in _JOINS:
        return True
    if not start or tokens[start - 1].text != ")":
        return False
    head = _head(tokens, start)
    return "if" in head and not _countdown(head)


def _heads(tokens: tuple[Token, ...], at: int) -> Iterator[list[str]]:
    """What stands before each open brace around a place, innermost first."""
    depth = 0
    for back in range(at - 1, -1, -1):
        text = tokens[back].text
        if tokens[back].kind == "string":
            continue
        if text == "}":
            depth += 1
        elif text == "{":
            if depth == 0:
                yield _head(tokens, back)
            else:
                depth -= 1


def _head(tokens: tuple[Token, ...], brace: int) -> list[str]:
    """The statement that leads up to a brace: back to the one before it."""
    depth, start = 0, brace
    while start > 0:
        text = tokens[start - 1].text if tokens[start - 1].kind != "string" else ""
        if text == ")":
            depth += 1
        elif text == "(":
            depth -= 1
        elif text in (";", "{", "}") and depth <= 0:
            break
        start -= 1
    return [token.text for token in tokens[start:brace]]


def _runs(head: list[str], called: frozenset[str]) -> bool:
    if _WAITS.intersection(head):
        return False
    if "if" in head:
        return _countdown(head)
    if _RUNS.intersection(head):
        return True
    for before, name in pairwise(head):
        if before == "function" and name not in ("(",):
            return name in called
    if len(head) > 1 and head[1] == "=":  # f = function () {
        return head[0] in called
    if head[:1] in (["var"], ["let"], ["const"]) and (
        "function" in head or "=>" in head
    ):
        return head[1] in called
    return True


def _countdown(head: list[str]) -> bool:
    """Whether a test compares a counter with a small number, or asks for it to be 0."""
    numbers = [text for text in head if text.isdigit()]
    plain = "." not in head and "typeof" not in head
    if plain and numbers and _COUNTS.intersection(head):
        return all(int(text) <= 10 for text in numbers)
    return plain and "!" in head and len(head) <= 6 and not numbers
