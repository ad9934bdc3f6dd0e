"""What is particular about each server, as data: addresses, bounds, headers, ways.

Bounds are of the published texts (docs/sync.md says which), or below them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Server:
    """A kind of server.

    `hosts` are where it is offered, `path` is where its API lies below the address that
    people know. `ids`, `contents` and `edits` bound what one request asks for.
    `labels`: how many bytes a label of items may have; 0: they have none. `sparing`:
    few requests a day are allowed, and what can wait is asked for once a day. `dated`:
    an item's id is the microsecond of its arrival, by which all up to one can be marked
    read at once.
    `app` names the headers for an application's id and key, which it wants of us.
    `help` is what to do where it refuses a login.
    """

    name: str
    title: str
    path: str = ""
    hosts: tuple[str, ...] = ()
    ids: int = 1_000
    contents: int = 100
    edits: int = 250
    labels: int = 255
    sparing: bool = False
    dated: bool = False
    app: tuple[str, str] | None = None
    help: str = "check user and password; many servers have one of their own for apps"
    off: str = "the API is switched off in the server's settings"


SERVERS = (
    Server(
        "freshrss",
        "FreshRSS",
        path="/api/greader.php",
        ids=10_000,
        labels=63,
        dated=True,
        help="the API password is set in FreshRSS under Profile, not the login's",
        off="switch on API access in FreshRSS under Administration, Authentication",
    ),
    Server(
        "inoreader",
        "Inoreader",
        hosts=("inoreader.com",),
        contents=100,
        edits=100,
        sparing=True,
        app=("AppId", "AppKey"),
        help="check user and password, and the application's id and key",
    ),
    Server(
        "theoldreader",
        "The Old Reader",
        hosts=("theoldreader.com",),
        ids=10_000,
        labels=0,
        help="set a password in The Old Reader's settings, where you log in by others",
    ),
    Server(
        "bazqux",
        "BazQux Reader",
        hosts=("bazqux.com",),
        ids=10_000,
        help="set user and password in BazQux Reader's settings under Account",
    ),
    # Miniflux counts its pages by offset, and has no label but its folders.
    Server(
        "miniflux",
        "Miniflux",
        ids=10_000,
        labels=0,
        help="Miniflux has a password of its own for this: Settings, Integrations",
        off="switch on Google Reader in Miniflux under Settings, Integrations",
    ),
    Server("greader", "a Google Reader API"),
)
"""The last is for whoever is not known."""


def server_named(name: str) -> Server:
    """The server of a name; what is not known is treated with care."""
    return next((s for s in SERVERS if s.name == name), SERVERS[-1])
