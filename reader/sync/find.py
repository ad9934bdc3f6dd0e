"""Where a server has its API, from whatever address of it a person has.

Nothing secret is sent on the way: places are asked without a login, and told by how
they refuse.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader import urls
from reader.errors import FetchError, SyncError
from reader.model import Fetch, Page, Request
from reader.sync.client import trouble
from reader.sync.servers import SERVERS, Server, server_named

_BELOW = re.compile(r"/(?:reader/api/0|accounts/ClientLogin|i)(?:/.*)?$")
MAX_MOVES = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Where an API is, and whose it seems to be."""

    base: str
    server: Server


async def find(fetch: Fetch, address: str) -> Found:
    """The API of the server at an address; SyncError where there is none."""
    typed = address.strip()
    start = typed if "://" in typed else f"https://{typed}"
    parts = urls.split(start)
    if parts is None:
        raise SyncError(address, "is no web address", "answer")
    if parts.username or parts.password:
        reason = "give the user by --user, and the password when it is asked for"
        raise SyncError(parts.hostname or "", reason, "answer")
    if hosted := _hosted(urls.host(start)):
        return Found(f"{parts.scheme}://{parts.netloc}", hosted)
    met: SyncError | None = None
    for base in dict.fromkeys(_places(start)):
        try:
            found = await _asked(fetch, base)
        except SyncError as error:
            if error.kind == "off":
                raise
            met = met or error
        else:
            if found:
                return found
    if met and met.kind == "away":
        raise met
    reason = "no Google Reader API was found there; give the address of the API itself"
    raise SyncError(start, reason, "answer") from met


def _places(start: str) -> Iterator[str]:
    """Where the API may lie, likeliest first."""
    bare = start.partition("?")[0].partition("#")[0].rstrip("/")
    base = _BELOW.sub("", bare).removesuffix("/p/i")
    yield base
    for server in SERVERS:
        if server.path and not base.endswith(server.path):
            yield base + server.path
            # An installation whose whole folder is served.
            yield f"{base}/p{server.path}"


async def _asked(fetch: Fetch, base: str) -> Found | None:
    """What is at a place; None where it is no API."""
    url = f"{base}/reader/api/0/user-info?output=json"
    for _ in range(MAX_MOVES):
        page = await _page(fetch, url)
        target = urls.join(url, page.header("location") or "")
        if page.status not in (301, 302, 303, 307, 308) or not target:
            break
        if not _same(url, target):
            return None
        url = target
    server = _server(url, page)
    if page.status == 503 and server.path:
        raise SyncError(base, server.off, "off")
    if page.status not in (401, 403) or _is_site(page):
        return None
    return Found(url.partition("/reader/api/0/")[0], server)


def _same(url: str, target: str) -> bool:
    """Whether a redirect only tidies the address: not to elsewhere, nor to a login."""
    same_site = urls.host(url).removeprefix("www.") == urls.host(target).removeprefix(
        "www."
    )
    safe = url.startswith("http:") or target.startswith("https:")
    return same_site and safe and "/reader/api/0/" in target


def _is_site(page: Page) -> bool:
    """Whether a refusal is a website's page for people, and no API's."""
    return b"<html" in page.body[:2_000].lower()


def _hosted(host: str) -> Server | None:
    """The server that is offered at a host, which need not be looked for."""
    return next(
        (s for s in SERVERS if any(f".{host}".endswith(f".{h}") for h in s.hosts)), None
    )


def _server(url: str, page: Page) -> Server:
    for server in SERVERS:
        if server.path and f"{server.path}/" in url:
            return server
    # Miniflux refuses with these very words and the header, FreshRSS with others.
    if page.body.strip() == b"Unauthorized" and page.header(
        "x-reader-google-bad-token"
    ):
        return server_named("miniflux")
    return SERVERS[-1]


async def _page(fetch: Fetch, url: str) -> Page:
    try:
        return await fetch(Request(url, purpose="sync", urgent=True))
    except FetchError as error:
        raise trouble(url.partition("/reader/")[0], error) from error
