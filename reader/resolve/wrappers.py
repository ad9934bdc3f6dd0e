"""Addresses that carry another address, unwrapped without the network.

Known carriers come from the rules; an unknown one is believed only when its one
meaningful parameter is an absolute URL of another site. Fetches nothing.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, unquote

from reader import urls
from reader.model import URL_MAX
from reader.resolve.values import Evidence, Sign
from reader.rules import Rules, Wrapper
from reader.rules.tables import listed

_DEPTH = 6
_ANYWHERE = ("/",)
_TEXT_MAX = 4_096
_ABSOLUTE = re.compile(r"https?:/{1,2}[^\s/]", re.I)
_BARE_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?:[/:?#]|$)", re.I)
_BYTES_URL = re.compile(rb"https?://[\x21-\x7e]{4,2000}")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What an address carried; `known` when the rules name its host."""

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
    return _unknown(url, parts, rules)


def carries_none(url: str, rules: Rules) -> bool:
    """Whether an address is a login's, a player's, a map's by its path or host."""
    parts = urls.split(url)
    label = urls.host(url).partition(".")[0]
    return not parts or label in rules.places.players or _never(parts.path, rules)


def shortened(url: str, rules: Rules) -> bool:
    """Whether an address is a shortener's, which only the network can open."""
    return listed(urls.host(url), rules.places.shorteners) and not urls.is_home(url)


# --- known carriers ---------------------------------------------------------


def _by(wrapper: Wrapper, parts: SplitResult, rules: Rules) -> str | None:
    if wrapper.template:
        return _in_path(wrapper, parts)
    if not any(_begins(parts.path, start) for start in wrapper.paths):
        return None
    if wrapper.paths == _ANYWHERE and _never(parts.path, rules):
        return None
    given = _parameters(parts)
    for name in wrapper.params:
        for key, value in given:
            if key == name.lower() and (target := _target(value, wrapper)):
                return target
    return None


def _begins(path: str, start: str) -> bool:
    return start == "/" or path == start or path.startswith(start.rstrip("/") + "/")


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
            return _web(_from_base64(value)) or _web(_decoded(value), wrapper.scheme)
        case "base64-protobuf":
            return _from_protobuf(value)
        case "urldefense2":
            return _web(unquote(value.replace("-", "%").replace("_", "/")))
        case "urldefense3":
            return _web(value.replace("*", "%2A") if "**" in value else value)
        case "percent":
            return _web(_decoded(value), wrapper.scheme) or _web(_from_base64(value))


def _decoded(value: str) -> str:
    """Percent-decoded until it is an absolute URL, or nothing changes any more."""
    for _ in range(_DEPTH):
        if _ABSOLUTE.match(value):
            return value
        plain = unquote(value)
        if plain == value:
            break
        value = plain
    return value


def _web(value: str, scheme: str = "") -> str | None:
    """An absolute URL from what was carried; repaired where a slash was folded."""
    value = value.strip().strip("\"'<>")
    if value.startswith("//"):
        value = f"{scheme or 'https'}:{value}"
    if scheme and not _ABSOLUTE.match(value) and _BARE_HOST.match(value):
        value = f"{scheme}://{value}"
    value = re.sub(r"^(https?):/+", r"\1://", value, count=1, flags=re.I)
    return value if _ABSOLUTE.match(value) and urls.is_web(value) else None


def _from_base64(value: str) -> str:
    """The text that base64 holds, in either alphabet, after a short mark or none."""
    value = unquote(value)[:_TEXT_MAX]
    for start in (0, 2):  # Bing writes "a1" before it
        data = _bytes(value[start:])
        if data[:4].lower() == b"http":
            return data.decode("utf-8", "replace")
    return ""


def _bytes(value: str) -> bytes:
    value = value.replace("-", "+").replace("_", "/").rstrip("=")
    if not re.fullmatch(r"[A-Za-z0-9+/]{8,}", value):
        return b""
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError):
        return b""


def _from_protobuf(value: str) -> str | None:
    """The URL in a Google News id: a length-delimited field of a small protobuf."""
    data = _bytes(unquote(value.partition("?")[0])[:_TEXT_MAX])
    found = _BYTES_URL.search(data)
    if not found:
        return None
    start = found.start()
    length = data[start - 1] if start else 0
    if start > 1 and data[start - 2] >= 0x80:  # a varint of two bytes, low bits first
        length = (data[start - 2] & 0x7F) | (length << 7)
    url = found.group()
    return _web(url[: length if 8 < length <= len(url) else len(url)].decode("ascii"))


# --- unknown carriers -------------------------------------------------------


def _parameters(parts: SplitResult) -> tuple[tuple[str, str], ...]:
    """Query parameters, names lower case, values as they stand; `;` parts none of them.

    A target that was not encoded keeps its own parameters: the rest of the query from
    its beginning on is one more reading of the value.
    """
    found: list[tuple[str, str]] = []
    query = parts.query
    pairs = query.split("&")
    for pair in pairs:
        key, _, value = pair.partition("=")
        if _ABSOLUTE.match(value) and "?" in value:
            found.append(
                (unquote(key).lower(), query[query.index(pair) + len(key) + 1 :])
            )
            break
        found.append((unquote(key).lower(), value.replace("+", "%20")))
    return tuple(found)


def _unknown(url: str, parts: SplitResult, rules: Rules) -> Unwrapped | None:
    if _never(parts.path, rules):
        return None
    carried = _whole(parts) or _parameter(parts, rules)
    if not carried or not _worth(url, carried[1], rules):
        return None
    return Unwrapped(carried[1], False, carried[0])


def _never(path: str, rules: Rules) -> bool:
    """Whether a path is a login's, a share button's or an image proxy's."""
    return _beginning(rules.carriers.never_paths).match(path) is not None


@lru_cache(maxsize=8)
def _beginning(paths: tuple[str, ...]) -> re.Pattern[str]:
    """An expression for paths that are one of these or below it, in any case."""
    plain = "|".join(re.escape(path.rstrip("/")) for path in paths)
    return re.compile(rf"(?:{plain})(?:/|$)" if plain else r"(?!)", re.IGNORECASE)


def _whole(parts: SplitResult) -> tuple[str, str] | None:
    """A target that is the whole query, or the end of the path."""
    if _ABSOLUTE.match(_decoded(parts.query)):
        target = _web(_decoded(parts.query))
        return ("query", target) if target else None
    path = _decoded(parts.path) if "%3a" in parts.path.lower() else parts.path
    inside = _ABSOLUTE.search(path, 1)
    if not inside or path[inside.start() - 1] != "/":
        return None
    query = f"?{parts.query}" if parts.query else ""
    target = _web(path[inside.start() :] + query)
    return ("path", target) if target else None


def _parameter(parts: SplitResult, rules: Rules) -> tuple[str, str] | None:
    """The one parameter that means something, when it holds an absolute URL."""
    carriers = rules.carriers
    if "=" not in parts.query:
        return None
    given = [
        (key, value, _carried(value))
        for key, value in _parameters(parts)
        if value and not rules.tracking.tracks("", key)
    ]
    targets = [(key, target) for key, _, target in given if target]
    meant = [
        k for k, _, target in given if not target and k not in carriers.idle_params
    ]
    if len(targets) != 1 or meant:
        return None
    key, target = targets[0]
    if key in carriers.never_params or (key not in carriers.params and len(given) > 1):
        return None
    return key, target


def _carried(value: str) -> str | None:
    return _web(_decoded(value)) or _web(_from_base64(value))


def _worth(url: str, target: str, rules: Rules) -> bool:
    """Whether a carried URL is another site's page rather than a picture or a home."""
    ending = target.lower().partition("?")[0]
    return (
        not urls.same_site(url, target)
        and not urls.is_home(target)
        and not ending.endswith(rules.carriers.never_endings)
    )
