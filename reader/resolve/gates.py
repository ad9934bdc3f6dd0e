"""Gates before a page: addresses that carry the way back to where the reader came from.

A login or a consent manager on another site is told what to return to; that address is
the article's. Reads addresses only.
"""

from urllib.parse import parse_qsl, unquote

from reader import urls
from reader.model import Hop
from reader.rules import Rules

_DEPTH = 3
"""Times that a way back may be encoded."""


def returns(hops: tuple[Hop, ...], rules: Rules, plainly: bool = False) -> int | None:
    """Which of a trail's hops by HTTP left the page that its end leads back to.

    `plainly`: by a parameter that says so, and not by any that holds the address.
    """
    if not hops:
        return None
    names = rules.carriers.return_params if plainly else None
    ways = _ways_back(hops[-1].target, names)
    for at in range(len(hops) - 1, -1, -1):
        if not hops[at].via.startswith("http-"):
            return None
        if any(urls.same_page(way, hops[at].url) for way in ways):
            return at
    return None


def _ways_back(url: str, names: frozenset[str] | None) -> tuple[str, ...]:
    """The addresses that a URL means to return to, at whatever depth they stand."""
    found: list[str] = []
    waiting = [url]
    for _ in range(_DEPTH):
        inner = [value for text in waiting for value in _values(text, names)]
        found += [value for value in inner if urls.is_web(value)]
        waiting = inner
    return tuple(found)


def _values(url: str, names: frozenset[str] | None) -> list[str]:
    parts = urls.split(url)
    if parts is None:
        return []
    return [
        unquote(value) if value.lower().startswith("http%") else value
        for key, value in parse_qsl(parts.query)
        if names is None or key.lower() in names
    ]
