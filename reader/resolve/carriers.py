"""Addresses of hosts that nobody listed, which carry another address all the same.

One that is an exit by its words ("click.", "/out.php") is believed whatever else it
holds; another only when its one meaningful parameter is an absolute URL of another
site. Fetches nothing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, unquote

from reader import urls
from reader.resolve.carried import ABSOLUTE, decoded, from_base64, web
from reader.rules import Rules
from reader.rules.tables import Carriers

HELD = re.compile(r"https?(?::|%)|%2f%2f|=//|ahr0c|sfrucd", re.I)
"""What an address holds that carries another: its beginning, plain or in base64."""
_ENDING = re.compile(r"\.(?:php\d?|aspx?|html?|cgi|do|jsp|ashx|pl)$", re.I)
_BY_ID = re.compile(r"/\w/\w*\d\w*/?")
_LEADING = 3
"""Segments of a path from its beginning among which an exit's word counts."""
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}/[^\s]{4,}", re.I)

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What an unknown address carries; `exit` when its words say that it leads out."""

    target: str
    quote: str
    exit: bool


def unknown(url: str, parts: SplitResult, rules: Rules) -> Carried | None:
    """The address that one of an unknown host carries; None where it carries none."""
    holds = HELD.search(f"{parts.path}?{parts.query}")
    if not holds and not parts.query:
        return None
    way_out = is_exit(urls.host(url), parts.path, rules)
    if not (holds or way_out) or never(parts.path, rules):
        return None
    found = _whole(parts, way_out) or _parameter(parts, rules, way_out)
    if not found or not _worth(url, found[1], rules, way_out):
        return None
    return Carried(found[1], found[0], way_out)


def is_exit(host: str, path: str, rules: Rules) -> bool:
    """Whether readers leave a site by an address of this host and path."""
    return is_exit_host(host, rules) or _is_exit_path(path, rules)


def leads_out(url: str, rules: Rules) -> bool:
    """Whether an address may be an exit that names its target by no more than an id."""
    parts = urls.split(url)
    if not parts:
        return False
    first = first_segment(parts.path)
    if first in rules.carriers.exit_paths:
        # "/r/" and the like begin other paths as well, but for an id behind them.
        return len(first) > 1 or _BY_ID.fullmatch(parts.path) is not None
    return is_exit_host(urls.host(url), rules)


def first_segment(path: str) -> str:
    """The first segment of a path, lower case, without a script's ending."""
    return _ENDING.sub("", path[1:].partition("/")[0].lower())


def is_exit_host(host: str, rules: Rules) -> bool:
    """Whether a host below a site is its counter of clicks: "click.", "links2."."""
    label = host.partition(".")[0].rstrip("0123456789-")
    return label in rules.carriers.exit_hosts and host != urls.site_of(host)


def _is_exit_path(path: str, rules: Rules) -> bool:
    pieces = [piece.lower() for piece in path.split("/") if piece][:_LEADING]
    words = (_ENDING.sub("", piece) for piece in pieces)
    return not rules.carriers.exit_paths.isdisjoint(words)


def never(path: str, rules: Rules) -> bool:
    """Whether a path is a login's, a share button's or an image proxy's."""
    return _beginning(rules.carriers.never_paths).match(path) is not None


@lru_cache(maxsize=8)
def _beginning(paths: tuple[str, ...]) -> re.Pattern[str]:
    """An expression for paths that are one of these or below it, in any case."""
    plain = "|".join(re.escape(path.rstrip("/")) for path in paths)
    return re.compile(rf"(?:{plain})(?:/|$)" if plain else r"(?!)", re.IGNORECASE)


def parameters(parts: SplitResult) -> Parameters:
    """Query parameters, names lower case, values as they stand; `;` parts none of them.

    A target that was not encoded keeps its own parameters: the rest of the query from
    its beginning on is one more reading of the value.
    """
    found: list[tuple[str, str]] = []
    query = parts.query
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        if "?" in value and ABSOLUTE.match(value):
            found.append(
                (unquote(key).lower(), query[query.index(pair) + len(key) + 1 :])
            )
            break
        found.append((unquote(key).lower(), value.replace("+", "%20")))
    return tuple(found)


def _whole(parts: SplitResult, way_out: bool) -> tuple[str, str] | None:
    """A target that is the whole query, or the end of the path."""
    if ABSOLUTE.match(query := decoded(parts.query)):
        target = web(query)
        return ("query", target) if target else None
    path = decoded(parts.path) if "%3a" in parts.path.lower() else parts.path
    inside = ABSOLUTE.search(path, 1)
    if inside and path[inside.start() - 1] == "/":
        query = f"?{parts.query}" if parts.query else ""
        target = web(path[inside.start() :] + query)
        return ("path", target) if target else None
    last = parts.path.rstrip("/").rpartition("/")[2]
    coded = web(from_base64(last)) if way_out or not parts.query else None
    return ("path", coded) if coded else None


def _parameter(
    parts: SplitResult, rules: Rules, way_out: bool
) -> tuple[str, str] | None:
    """The one parameter that means something, when it holds an absolute URL."""
    if "=" not in parts.query:
        return None
    carriers = rules.carriers
    given = tuple(
        (key, value)
        for key, value in parameters(parts)
        if value and not rules.tracking.tracks("", key)
    )
    targets = {key: url for key, value in given if (url := _carried(value))}
    if way_out:
        return _of_exit(given, targets, carriers)
    meant = [k for k, _ in given if k not in targets and k not in carriers.idle_params]
    if len(targets) != 1 or meant:
        return None
    key, target = next(iter(targets.items()))
    if key in carriers.never_params or (key not in carriers.params and len(given) > 1):
        return None
    return key, target


def _of_exit(
    given: Parameters, targets: dict[str, str], carriers: Carriers
) -> tuple[str, str] | None:
    """What an exit leads to: a parameter that may say so, with whatever beside it."""
    told = [key for key in targets if key in carriers.params]
    if len(told) == 1:
        return told[0], targets[told[0]]
    if len(given) == 1 and len(targets) == 1 and not told:
        key, target = next(iter(targets.items()))
        return None if key in carriers.never_params else (key, target)
    bare = [
        (key, web(plain, "https"))
        for key, value in given
        if key in carriers.params and _BARE.fullmatch(plain := decoded(value))
    ]
    key, target_ = bare[0] if len(bare) == 1 and not targets else ("", None)
    return (key, target_) if target_ else None


def _carried(value: str) -> str | None:
    return web(decoded(value)) or web(from_base64(value))


def _worth(url: str, target: str, rules: Rules, way_out: bool) -> bool:
    """Whether a carried URL is an article's rather than a picture's or a home.

    Another site's; of the same one only by an exit, which counts its own readers.
    """
    ending = target.lower().partition("?")[0]
    return (
        (way_out or not urls.same_site(url, target))
        and not urls.is_home(target)
        and not ending.endswith(rules.carriers.never_endings)
    )
