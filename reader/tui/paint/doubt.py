"""What is said where something is missing: a problem, a guess kept apart, next keys.

A guess is never dressed as an original: no accent, no mark of one, no link.
"""

import re
from collections.abc import Iterable, Mapping

from reader.model import Guess
from reader.tui.paint.card import hundredths
from reader.tui.paint.cells import cut_url, marked
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import lines
from reader.tui.paint.span import BLANK, Line, Span, spaces
from reader.urls import host, shown

THRESHOLD = 0.80
"""What it takes to count as resolved, told beside every guess.

It is `resolve.THRESHOLD`, as a test holds: importing that would cost the start 100 ms.
"""

HEAD = "A guess, kept apart"

KEYS: Mapping[str, str] = {"trail": "t", "open_entry": "O", "open_original": "o"}
"""The keys of the actions that are offered under a text, unless remapped."""

# What opening an original in the browser may need, by what keeps its text from us.
_IF = (
    ("is for subscribers", ", if you subscribe"),
    ("asks for a login", ", if you have a login there"),
    ("consent page", ", if you consent there"),
    ("check for robots", ", which can pass the check"),
)
_SENTENCE = re.compile(r"(?<=[.!?。])\s+")


def hanging(
    before: Line, text: Span, columns: int, glyphs: Glyphs, indent: int = 2
) -> list[Line]:
    """A text within `columns`, a sign before its first line, the others indented."""
    room = max(columns - indent, 1)
    return [
        (*(before if number == 0 else (spaces(indent),)), *line)
        for number, line in enumerate(lines([text], room, glyphs))
    ]


def problem(text: str, below: str, measure: int, glyphs: Glyphs) -> list[Line]:
    """What keeps the original from us: one bold sentence, then the evidence.

    `below` says what stands there instead.
    """
    first, *evidence = _SENTENCE.split(text, maxsplit=1)
    sign = (Span(glyphs.failing, "error", bold=True), spaces(1))
    told = " ".join((*evidence, below)).strip()
    return [
        *hanging(sign, Span(glyphs.say(first), bold=True), measure, glyphs),
        *hanging((spaces(2),), Span(glyphs.say(told), "soft"), measure, glyphs),
    ]


def problem_offer(text: str) -> str:
    """What `o` does where the original's text could not be had."""
    condition = next((said for sign, said in _IF if sign in text), "")
    return f"the original in the browser{condition}"


def guess(found: Guess, measure: int, glyphs: Glyphs) -> list[Line]:
    """A guess, two blank rows below the text, indented and soft."""
    name = found.publisher or host(found.url)
    said = (
        f"{name}, perhaps: {hundredths(found.confidence)}, and it takes {THRESHOLD:.2f}"
    )
    url = marked(cut_url(shown(found.url), measure - 2, glyphs.cut))
    block = [
        BLANK,
        BLANK,
        *hanging((Span(f"{glyphs.guess} "),), Span(HEAD), measure, glyphs),
        BLANK,
        *hanging((spaces(2),), Span(said, "soft"), measure, glyphs),
        (spaces(2), Span(url, "soft")),
    ]
    if found.reasons:
        block.append(BLANK)
    for reason in found.reasons:
        sign = glyphs.added if reason.supports else glyphs.dropped
        text = Span(glyphs.say(reason.text), "soft")
        block += hanging((spaces(2), Span(f"{sign} ")), text, measure, glyphs, 4)
    return block


def offers(
    offered: Iterable[tuple[str, str]],
    measure: int,
    glyphs: Glyphs,
    keys: Mapping[str, str],
) -> list[Line]:
    """The next keys, one a line; an action that has none is not offered."""
    block: list[Line] = []
    for name, said in offered:
        if key := keys.get(name):
            sign = (Span(key, bold=True, act=name), spaces(1))
            text = Span(glyphs.say(said), "soft", act=name)
            block += hanging(sign, text, measure, glyphs, len(key) + 1)
    return block
