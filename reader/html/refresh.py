"""What a refresh says, read as browsers read it.

The shared declarative refresh steps of WHATWG HTML, letter by letter; used for the
Refresh header and for `meta http-equiv=refresh`. Follows nothing.
"""

from dataclasses import dataclass

_SPACE = " \t\n\f\r"
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Refresh:
    """Seconds to wait, and the URL as it stands there; "" means the page itself."""

    delay: int
    target: str


def parse_refresh(value: str) -> Refresh | None:
    """A refresh from its text; None where a browser would not refresh."""
    text = value.strip(_SPACE)
    rest = text.lstrip(_DIGITS)
    digits = text[: len(text) - len(rest)]
    if not digits and not rest.startswith("."):
        return None
    delay = min(int(digits[:9] or "0"), 10**9)
    rest = rest.lstrip(_DIGITS + ".")
    if rest and rest[0] not in f";,{_SPACE}":
        return None
    rest = rest.lstrip(_SPACE)
    if rest[:1] in (";", ","):
        rest = rest[1:].lstrip(_SPACE)
    return Refresh(delay, _unquoted(_after_url(rest)).strip(_SPACE))


def _after_url(text: str) -> str:
    """What follows "url =", in any case and spacing; the text itself without it."""
    if text[:3].lower() != "url":
        return text
    rest = text[3:].lstrip(_SPACE)
    return rest[1:].lstrip(_SPACE) if rest.startswith("=") else text


def _unquoted(text: str) -> str:
    if text[:1] in ("'", '"'):
        return text[1:].partition(text[0])[0]
    return text
