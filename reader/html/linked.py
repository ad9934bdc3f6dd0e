"""JSON-LD as pages write it: tolerant, flat, bounded; never raises."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]

_NODES_MAX = 400
_TEXT_MAX = 1_000_000
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s{0,99}[}\]])")


def nodes(text: str) -> tuple[Node, ...]:
    """Every object of one script, with those in `@graph` and in lists, flat."""
    value = _loaded(_WRAPPING.sub("", text[:_TEXT_MAX]).strip().rstrip(";"))
    found: list[Node] = []
    for node in _flat(value, 0):
        found.append(node)
        if len(found) >= _NODES_MAX:
            break
    return tuple(found)


def _loaded(text: str) -> Any:
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _flat(value: Any, depth: int) -> Iterator[Node]:
    if depth > 3:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flat(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _flat(value.get("@graph"), depth + 1)


def types(node: Node) -> tuple[str, ...]:
    """The types of a node, without any vocabulary's prefix."""
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return tuple(str(n).rpartition("/")[2].rpartition(":")[2] for n in names if n)


def texts(value: Any) -> tuple[str, ...]:
    """The names in a value: a text, an object with a name, or a list of either."""
    if isinstance(value, str):
        return (value.strip(),) if value.strip() else ()
    if isinstance(value, dict):
        return texts(value.get("name")) if isinstance(value.get("name"), str) else ()
    if isinstance(value, list):
        return tuple(text for item in value[:40] for text in texts(item))
    return ()


def addresses(value: Any) -> tuple[str, ...]:
    """The URLs in a value: a text, an object's `url` or `@id`, or a list of either."""
    if isinstance(value, str):
        return (value.strip(),)
    if isinstance(value, dict):
        found = value.get("url") or value.get("@id")
        return (found,) if isinstance(found, str) else ()
    if isinstance(value, list):
        return tuple(url for item in value[:40] for url in addresses(item))
    return ()
