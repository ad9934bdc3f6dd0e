"""A feed's answer over the network: moves followed, and what came said in words.

It decides nothing about entries; subscribing and polling both start here.
"""

from dataclasses import dataclass, replace

from reader import html, urls
from reader.errors import FeedError, FetchError
from reader.model import Page, Request, Validators
from reader.services.core import Services

MAX_MOVES = 8
"""Redirects followed on the way to a feed; more is a loop or worse."""

PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)

ADVICE = {
    "refused": "if this host is yours, name it in allow_hosts in config.toml",
    "dns": "check the address",
    "connect": "try again later, or check the address",
    "tls": "check the address, and this machine's clock",
    "timeout": "try again later",
    "too-large": "nothing was changed",
    "protocol": "try again later",
}
"""What to do about each kind of FetchError."""


class StatusError(FeedError):
    """A feed's address answered with a status of 400 or above; `page` is the answer."""

    def __init__(self, page: Page, reason: str) -> None:
        super().__init__(page.url, reason)
        self.page = page


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The page where a feed's address led; `moved` when every hop was permanent.

    `bared`: on the way https was left for http.
    """

    page: Page
    moved: bool = False
    bared: bool = False


async def retrieve(
    services: Services,
    url: str,
    validators: Validators | None = None,
    urgent: bool = False,
    headers: tuple[tuple[str, str], ...] = (),
) -> Retrieved:
    """Fetch what stands at a feed's address, following redirects of every kind.

    `headers` are for that address alone: a redirect takes them to no other host, nor to
    http from https.

    Raises FetchError where no page came and StatusError for an HTTP status of 400 or
    above, each with what to do. A 304 is a page like any other.
    """
    request = Request(
        url, headers=headers, validators=validators, purpose="feed", urgent=urgent
    )
    moved = bared = False
    seen = {url}
    for hops in range(MAX_MOVES + 1):
        page = await _fetch(services, request)
        found = _next(page)
        if found is None:
            return Retrieved(_checked(page), moved and hops > 0, bared)
        target, permanent = found
        if target in seen:
            raise FeedError(url, "it redirects in a circle; check the address")
        seen.add(target)
        moved = permanent and (moved or hops == 0)
        bared = bared or _leaves_https(request.url, target)
        kept = request.headers if may_be_told(request.url, target) else ()
        request = replace(request, url=target, headers=kept)
    raise FeedError(url, f"more than {MAX_MOVES} redirects; check the address")


def _leaves_https(url: str, target: str) -> bool:
    return url.lower().startswith("https:") and target.lower().startswith("http:")


def may_be_told(url: str, target: str) -> bool:
    """Whether the target is the same host, by the same port or now over https."""
    one, other = urls.split(url), urls.split(target)
    if one is None or other is None or urls.host(url) != urls.host(target):
        return False
    same = (one.scheme, one.port) == (other.scheme, other.port)
    better = (one.scheme, other.scheme) == ("http", "https")
    return same or (better and one.port is None and other.port is None)


async def _fetch(services: Services, request: Request) -> Page:
    try:
        return await services.fetch(request)
    except FetchError as error:
        reason = f"{error.reason}; {ADVICE[error.kind]}"
        raise FetchError(request.url, reason, error.kind) from error


def _next(page: Page) -> tuple[str, bool] | None:
    """Where a page moves a feed's reader to, and whether for good."""
    location = page.header("location")
    if page.status in REDIRECTS and location:
        target = urls.join(page.url, location)
        return (target, page.status in PERMANENT) if target else None
    if page.status == 200 and looks_html(page) and b"http-equiv" in page.body.lower():
        document = html.parse(page)
        given = document.refresh.target if document.refresh else ""
        target = urls.join(document.base, given) if given else None
        if target and not urls.same_page(target, page.url):
            return target, False
    return None


def looks_html(page: Page) -> bool:
    """Whether an answer is a page for people, by what it says and how it begins."""
    named = page.header("content-type") or "text/html"
    return "html" in named and b"<" in page.body and b"\0" not in page.body[:1024]


def _checked(page: Page) -> Page:
    if page.status < 400:
        return page
    reason = STATUS_WORDS.get(page.status)
    if reason is None:
        reason = f"the server fails (HTTP {page.status}); try again later"
    raise StatusError(page, reason)


STATUS_WORDS = {
    401: "it asks for a password (HTTP 401); `firsthand credentials` takes one",
    403: "the server refused us (HTTP 403); open it in a browser to see why",
    404: "there is nothing at this address (HTTP 404); check it",
    410: "the feed is gone for good (HTTP 410); remove it, or find its successor",
    429: "the server asks us to come less often (HTTP 429); it is left alone a while",
}
