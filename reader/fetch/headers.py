"""What we say about ourselves and what a server says, as headers; sends nothing."""

from collections.abc import Iterable
from functools import cache

from reader.fetch.decoding import ACCEPTED
from reader.model import Purpose, Request

CONTACT = "https://firsthand.example/"
"""Where somebody who meets us in a log may read who we are."""

_ACCEPT: dict[Purpose, str] = {
    "feed": (
        "application/atom+xml, application/rss+xml, application/feed+json, "
        "application/rdf+xml;q=0.9, application/xml;q=0.9, text/xml;q=0.9, "
        "application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
    ),
    "page": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
    "sync": "*/*",
}


@cache
def release() -> str:
    """Our version; 0 in a checkout that was not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("firsthand")
    except PackageNotFoundError:
        return "0"


@cache
def user_agent() -> str:
    """Our name, version and contact."""
    return f"Firsthand/{release()} (+{CONTACT}; terminal news reader)"


def headers_for(request: Request) -> list[tuple[bytes, bytes]]:
    """The headers of a request: ours, its validators, and its own, which win."""
    ours = {
        "User-Agent": user_agent(),
        "Accept": _ACCEPT[request.purpose],
        "Accept-Encoding": ACCEPTED,
    }
    if request.validators and request.validators.etag:
        ours["If-None-Match"] = request.validators.etag
    if request.validators and request.validators.last_modified:
        ours["If-Modified-Since"] = request.validators.last_modified
    own = {name.lower() for name, _ in request.headers}
    kept = [(name, value) for name, value in ours.items() if name.lower() not in own]
    return [(_bytes(name), _bytes(value)) for name, value in (*kept, *request.headers)]


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """The headers of a response: names in lower case, every value, in their order."""
    return tuple((_text(name).lower(), _text(value)) for name, value in raw)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _text(raw: bytes) -> str:
    """A header's text: UTF-8 as in many a Location, else Latin-1 (RFC 9110, 5.5)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
