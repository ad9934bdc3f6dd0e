"""Names of people as feeds write them; never an address where there is a name."""

import re
from collections.abc import Iterable
from functools import lru_cache

from reader.feeds.text import unescaped

_ADDRESS = r"[^\s<>()]+@[^\s<>()]+"
# RSS 2.0 has "address (name)", mail "name <address>"; both are met either way round.
_FORMS = tuple(
    map(
        re.compile,
        (
            rf"(?:mailto:)?{_ADDRESS}\s*\((?P<name>[^()]+)\)",
            rf"(?P<name>[^<>()]+?)\s*[<(]\s*(?:mailto:)?{_ADDRESS}\s*[>)]",
            r"\((?P<name>[^()]+)\)",
        ),
    )
)


@lru_cache(maxsize=256)
def name(text: str) -> str:
    """The name in an author element; the address where it is all there is."""
    text = " ".join(unescaped(text[:400]).split())
    if "(" not in text and "<" not in text:
        return text
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    return found["name"].strip(" \"'") if found else text


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in the order given."""
    return tuple(dict.fromkeys(filter(None, map(name, texts))))
