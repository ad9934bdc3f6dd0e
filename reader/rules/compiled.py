"""Literal phrases with `*`, made into expressions that take linear time.

A phrase is looked for by its longest literal piece first, so that the hundreds that
do not occur cost next to nothing. No phrase holds a regular expression of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

AnnouncementKind = Literal[
    "published-on", "footer", "redirect", "continue-reading", "source"
]
KINDS: tuple[AnnouncementKind, ...] = (
    "footer",
    "published-on",
    "redirect",
    "continue-reading",
    "source",
)

# A name ends with its sentence: a full stop stays when a letter follows ("dev.to").
_GAP = r"(?:[^\n.!?:;。！？|]|[.:](?=[\w/])|(?<=https)[:]|(?<=http)[:]){1,140}"
_LETTER_BELOW = 0x530  # Latin, Greek, Cyrillic: scripts that put spaces between words


@dataclass(frozen=True, slots=True)
class Phrase:
    """One literal phrase; `core` is its longest literal piece, lower case."""

    text: str
    core: str
    pattern: re.Pattern[str]

    @property
    def named(self) -> bool:
        """Whether the phrase has a place for a name."""
        return "*" in self.text


def compile_phrase(text: str) -> Phrase:
    """A phrase from its text, in which `*` stands for a name; the last is the one."""
    pieces = [" ".join(piece.split()) for piece in text.split("*")]
    gaps = len(pieces) - 1
    expression = ""
    for number, piece in enumerate(pieces):
        expression += _literal(piece)
        if number < gaps:
            lazy = "" if not any(pieces[number + 1 :]) else "?"
            name = f"(?P<name>{_GAP}{lazy})" if number == gaps - 1 else f"{_GAP}{lazy}"
            expression += (r"\s{0,3}" if piece else "") + name
            expression += r"\s{0,3}" if pieces[number + 1] else ""
    if pieces[0] and ord(pieces[0][0]) < _LETTER_BELOW and pieces[0][0].isalpha():
        expression = r"(?<!\w)" + expression
    core = max(pieces, key=len).lower()
    return Phrase(text, max(core.split("'"), key=len), re.compile(expression, re.I))


def _literal(piece: str) -> str:
    escaped = re.escape(piece).replace("\\ ", r"\s{1,3}").replace(" ", r"\s{1,3}")
    return escaped.replace("'", "['’ʼ´`]")


@dataclass(frozen=True, slots=True)
class Language:
    """The phrases of one language.

    `subjects` are words for what is republished ("post", "article"); `own` begin names
    that are nobody else's ("my old blog"); `dates` begin dates; `stops` end a name.
    """

    code: str
    phrases: Mapping[AnnouncementKind, tuple[Phrase, ...]] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
