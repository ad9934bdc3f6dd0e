"""Addresses that carry another address, unwrapped without the network.

Known carriers come from the rules, the unknown are told by `carriers`. Fetches nothing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, unquote

from reader import urls
from reader.cleaning import URL_MAX
from reader.resolve.carried import decoded, from_base64, from_protobuf, web
from reader.resolve.carriers import never, parameters, unknown
from reader.resolve.values import Evidence, Sign
from reader.rules import Rules, Wrapper
from reader.rules.tables import listed

_ANYWHERE = ("/",)
_TEXT_MAX = 4_096
_SIGNATURE = re.compile(r"(?::|%3A)[\w-]{8,}$", re.I)


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What an address carried; `known` when it is a carrier by the rules' words."""

    target: str
    known: bool
    quote: str

    @property
    def evidence(self) -> Evidence:
        """What an unwrapped address says for its target."""
        sign: Sign = "wrapper" if self.known else "carrier"
        return Evidence(sign, self.quote)


def unwrap(url: str, rules: Rules) -> Unwrapped | None:
    """The address that another one carries; None for one that stands for itself."""
    parts = urls.split(url)
    if not parts or len(url) > URL_MAX:
        return None
    host = (parts.hostname or "").rstrip(".")
    for wrapper in rules.wrappers_of(host):
        if target := _by(wrapper, parts, rules):
            return Unwrapped(target, True, host)
    if found := unknown(url, parts, rules):
        return Unwrapped(found.target, found.exit, found.quote)
    return None


def carries_none(url: str, rules: Rules) -> bool:
    """Whether an address is a login's, a player's, a map's by its path or host."""
    parts = urls.split(url)
    label = urls.host(url).partition(".")[0]
    return not parts or label in rules.places.players or never(parts.path, rules)


def shortened(url: str, rules: Rules) -> bool:
    """Whether an address is a shortener's, which only the network can open."""
    return listed(urls.host(url), rules.places.shorteners) and not urls.is_home(url)


def stands_for_another(url: str, rules: Rules) -> bool:
    """Whether an address is never an article's own: a shortener's, a carrier's.

    Whatever is behind it, or was: the address itself is nobody's article.
    """
    parts = urls.split(url)
    if not parts or urls.is_home(url):
        return False
    host = urls.host(url)
    if listed(host, rules.places.passing) or shortened(url, rules):
        return True
    return any(
        wrapper.paths != _ANYWHERE and _is_at(wrapper, parts)
        for wrapper in rules.wrappers_of(host)
    )


# --- known carriers ---------------------------------------------------------


def _by(wrapper: Wrapper, parts: SplitResult, rules: Rules) -> str | None:
    if wrapper.template:
        return _in_path(wrapper, parts)
    if not _is_at(wrapper, parts):
        return None
    if wrapper.paths == _ANYWHERE and never(parts.path, rules):
        return None
    given = parameters(parts)
    for name in wrapper.params:
        for key, value in given:
            if key == name.lower() and (target := _target(value, wrapper)):
                return target
    return None


def _is_at(wrapper: Wrapper, parts: SplitResult) -> bool:
    return any(_begins(parts.path, start) for start in wrapper.paths)


def _begins(path: str, start: str) -> bool:
    """Whether a path is one, or below it, with its script's ending or without."""
    if start == "/" or path == start:
        return True
    start = start.rstrip("/")
    return path.startswith((f"{start}/", f"{start}."))


def _in_path(wrapper: Wrapper, parts: SplitResult) -> str | None:
    whole = parts.path + (f"?{parts.query}" if parts.query else "")
    match = _template(wrapper.template).match(whole[:_TEXT_MAX])
    if not match:
        return None
    return _target("".join(match.groups()), wrapper)


@lru_cache(maxsize=256)
def _template(text: str) -> re.Pattern[str]:
    """An expression for a path; each gap in it is bounded."""
    pieces = re.split(r"(\{url(?::\w+)?\}|\*\*|\*)", text)
    made = ""
    for number, piece in enumerate(pieces):
        last = not any(pieces[number + 1 :])
        if piece.startswith("{url"):
            made += "(.{1,2048})$" if last else "(.{1,2048}?)"
        elif piece == "**":
            made += "[^?]{0,512}?"
        elif piece == "*":
            made += "[^/]{1,256}" if not last else "[^/]{0,256}"
        else:
            made += re.escape(piece)
    return re.compile(made)


def _target(value: str, wrapper: Wrapper) -> str | None:
    match wrapper.encoding:
        case "base64":
            return web(from_base64(value)) or web(decoded(value), wrapper.scheme)
        case "base64-protobuf":
            return from_protobuf(value)
        case "urldefense2":
            return web(unquote(value.replace("-", "%").replace("_", "/")))
        case "urldefense3":
            return web(value.replace("*", "%2A") if "**" in value else value)
        case "signed":
            return web(_SIGNATURE.sub("", decoded(value)), wrapper.scheme)
        case "percent":
            return web(decoded(value), wrapper.scheme) or web(from_base64(value))
