"""The one place where strangers' text is cleaned, and how values ask for it.

A field typed `Line`, `Block` or `Url` in a class that is `Cleaned` is cleaned when the
value is made, so no control character, escape sequence or bidi override of a
stranger's text gets any further. Nothing here reads, writes or decides.
"""

import re
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, get_args, get_origin

LINE_MAX = 2_000
"""Characters kept of a title, a name or any other single line."""
BLOCK_MAX = 4_000_000
"""Characters kept of a text of many lines."""
URL_MAX = 8_000
"""Characters kept of a URL; longer ones are no use to any server."""

# ECMA-48 control sequences and OSC strings, whole, so that "[31m" does not stay.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,32}[ -/]{0,8}[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]{0,512}(?:\x07|\x1b\\|\x9c)"
)
# Cc but tab and line ends, C1, soft hyphen, bidi controls, zero-width and tag
# characters, interlinear marks, surrogates. ZWNJ and ZWJ are judged below.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
# A joiner stays only behind a letter, its mark or an emoji, and before more of them.
_JOINERS = re.compile(
    r"(?<![^\W\d_]|[\u0300-\u1fff\u2190-\u2bff]|[^\x00-\u2fff])[\u200c\u200d]+"
    r"|[\u200c\u200d]+(?=[\s\x00-\x7f]|$)"
)
_SUSPECT = re.compile(f"{_FORBIDDEN.pattern}|[\t\r\u200c\u200d\u2028\u2029\x85]")
_PLAIN_ASCII = bytes({*range(32, 127), ord("\n")})


def _without_controls(text: str) -> str:
    text = _ESCAPES.sub("", text)
    text = text.replace("\r\n", "\n")
    text = re.sub("[\r\u2028\u2029\x85]", "\n", text).replace("\t", " ")
    return _JOINERS.sub("", _FORBIDDEN.sub("", text))


def _is_suspect(text: str) -> bool:
    # A tenth of the time that the pattern takes on the whole of a text. Latin-1 is how
    # Python holds most European texts: encoding it is a copy.
    try:
        beyond = text.encode("latin-1").translate(None, _PLAIN_ASCII).decode("latin-1")
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "surrogatepass")
        beyond = raw.translate(None, _PLAIN_ASCII).decode("utf-8", "surrogatepass")
    return bool(beyond and _SUSPECT.search(beyond))


def clean_block(text: str) -> str:
    """Text of many lines without control, escape, bidi and zero-width characters."""
    if _is_suspect(text):
        text = _without_controls(text)
    return text[:BLOCK_MAX]


def clean_line(text: str) -> str:
    """Text as one line: cleaned like a block, white space folded, length bounded."""
    # Most lines are clean: nothing to take out is printable, nor any space but " ".
    if text.isprintable() and len(text) <= LINE_MAX and "  " not in text:
        return text.strip()
    text = " ".join(clean_block(text[: LINE_MAX * 4]).split())
    return text if len(text) <= LINE_MAX else text[: LINE_MAX - 1] + "…"


def clean_url(text: str) -> str:
    """A URL without the white space and controls that browsers drop (WHATWG URL)."""
    if text.isprintable() and len(text) <= URL_MAX:
        return text.strip()
    return re.sub(r"[\n\r]", "", clean_block(text[: URL_MAX * 2])).strip()[:URL_MAX]


Line = Annotated[str, clean_line]
Block = Annotated[str, clean_block]
Url = Annotated[str, clean_url]


def _cleaner(hint: object) -> Callable[[str], str] | None:
    """The cleaning function that a field's type asks for, however deep it stands."""
    if get_origin(hint) is Annotated:
        found: Callable[[str], str] = get_args(hint)[1]
        return found
    return next(filter(None, map(_cleaner, get_args(hint))), None)


_Cleaners = tuple[
    tuple[tuple[str, Callable[[str], str]], ...], Callable[[object], tuple[Any, ...]]
]


def _found(cls: type) -> _Cleaners:
    """The fields that are cleaned, and what gives their values, all at once."""
    found = ((f.name, _cleaner(f.type)) for f in fields(cls))
    cleaners = tuple((name, clean) for name, clean in found if clean)
    names = [name for name, _ in cleaners]
    # Asked for one name only, `attrgetter` would give no tuple.
    return cleaners, attrgetter(*names, "__class__")


# By name and type: mypy takes no class for hashable where `cache` is a decorator.
_cleaners: Callable[[type], _Cleaners]
_cleaners = cache(_found)


class Cleaned:
    """A value whose text is cleaned as it is made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        cleaners, values_of = _cleaners(type(self))
        for (name, clean), given in zip(cleaners, values_of(self), strict=False):
            if not given:
                continue  # nothing is clean
            if isinstance(given, str):
                cleaned = clean(given)
                if cleaned is not given:
                    object.__setattr__(self, name, cleaned)
            else:
                object.__setattr__(self, name, tuple(map(clean, given)))
