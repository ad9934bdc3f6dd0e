"""Who may come in: only what asks this machine by its number, and knows the token.

Any site that is open in the same browser can send requests to loopback. It can neither
choose their Origin nor read the token, and a name of its own that leads here (DNS
rebinding) stands in Host.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest

LOOPBACK = "127.0.0.1"
TOKEN_BYTES = 32

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer says: the address is for nobody else, and no frame shows it."""


@dataclass(frozen=True, slots=True)
class Knock:
    """A request as far as it matters here; headers with each value that was sent."""

    path: str
    hosts: Sequence[str] = ()
    origins: Sequence[str] = ()
    upgrade: bool = False


def refusal(knock: Knock, port: int, token: str) -> str | None:
    """Why a request is turned away; None where it may come in."""
    own = f"{LOOPBACK}:{port}"
    if list(knock.hosts) != [own]:
        return "another host"
    if not _is_own(knock, f"http://{own}"):
        return "another origin"
    begun = "/".join(knock.path.split("/", 2)[:2])
    # However much of it is right, the answer takes as long.
    if not compare_digest(begun.encode("utf-8", "replace"), f"/{token}".encode()):
        return "another token"
    return None


def _is_own(knock: Knock, own: str) -> bool:
    """Whether it comes from our own page, as a socket must.

    Browsers send no Origin when an address is typed, or a script or a style is loaded.
    """
    return list(knock.origins) == [own] or not (knock.origins or knock.upgrade)


def policy(port: int) -> str:
    """What the page may load and talk to: only us, whatever the page's author wants."""
    socket = f"ws://{LOOPBACK}:{port}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'unsafe-inline'",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self' data:",
            "img-src 'self' data:",
            f"connect-src 'self' {socket}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
