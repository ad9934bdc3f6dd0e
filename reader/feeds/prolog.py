"""A feed's XML made ready for a strict parser: its prolog, entities and characters.

Never lets a DTD through: what a feed declares becomes a few short entities at most.
"""

import html.entities
import re
from collections.abc import Iterator

_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
_OWN_ENTITIES = 100
_USED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
# Only text and single characters, and short: no entity of entities, no bomb.
_DECLARED = re.compile(
    r"""<!ENTITY\s+([A-Za-z]\w{0,31})\s+["']([^&"'<%]{0,32}|&\#\w{1,8};)["']\s*>"""
)

# Characters that XML 1.0 has none of (2.2), plain and as references. Java programs
# write one emoji as the two halves of its surrogate pair.
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PAIR = re.compile(
    r"&#(x[dD][89abAB][0-9a-fA-F]{2}|5[56][0-9]{3});"
    r"&#(x[dD][c-fC-F][0-9a-fA-F]{2}|5[67][0-9]{3});"
)
_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);")


def entities(before: str, text: str) -> dict[str, str]:
    """The named entities that `text` uses, HTML's and those declared in `before`."""
    used = {found[1] for found in _USED.finditer(text)} - _PREDEFINED
    own = dict(_own(before)) if "<!ENTITY" in before else {}
    known = {name: html.entities.html5.get(f"{name};") for name in used}
    return {name: own.get(name) or value for name, value in known.items() if value} | {
        name: value for name, value in own.items() if name in used
    }


def _own(before: str) -> Iterator[tuple[str, str]]:
    for found, _ in zip(_DECLARED.finditer(before), range(_OWN_ENTITIES), strict=False):
        yield found[1], html.unescape(found[2])


def declared(names: dict[str, str]) -> str:
    """The prolog that declares `names`, each as characters and nothing else."""
    # Escaped twice, so that "&" stays text where the entity stands (XML 1.0, 4.4.8).
    lines = (
        f'<!ENTITY {name} "{"".join(f"&#38;#{ord(c)};" for c in value)}">'
        for name, value in names.items()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE feed [' + "".join(lines) + "]>"
    )


def legal(text: str) -> str:
    """`text` without what no XML may hold, as a character or as a reference."""
    text = _BAD.sub("", text)
    return _REFERENCE.sub(_legal_reference, _PAIR.sub(_joined, text))


def _joined(found: re.Match[str]) -> str:
    high, low = (_code(half) for half in found.groups())
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return found[0]
    return f"&#{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)};"


def _code(digits: str) -> int:
    digits = digits[:12]
    return int(digits[1:], 16) if digits[0] == "x" else int(digits)


def _legal_reference(found: re.Match[str]) -> str:
    code = _code(found[1])
    legal = code <= 0x10FFFF and not _BAD.match(chr(code))
    return found[0] if legal else ""
