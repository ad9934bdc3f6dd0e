"""What a feed's host alone is told: rows of the form that show no secret, and changes.

It is kept by `services.credentials`; a password and the values of headers are typed
unseen, and never shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.errors import FeedError, ReaderError
from reader.model import Feed
from reader.services import Services
from reader.tui.paint.form import Row

if TYPE_CHECKING:
    from reader.services.credentials import Credentials


class EntrustError(ReaderError):
    """What was typed cannot be kept for a feed's host."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a row is asked for with; `secret`: typed unseen.

    `named`: first a name is asked for, and what is typed then is the value of it.
    """

    word: str
    secret: bool = False
    named: bool = False


ASKED: Mapping[str, Asked] = {
    "user": Asked("User there"),
    "password": Asked("Password there", secret=True),
    "agent": Asked("User-Agent there"),
    "header": Asked("Header’s name", secret=True, named=True),
}


def rows(known: "Credentials | None") -> tuple[Row, ...]:
    """What the host is told; None: it is still being looked for."""
    if known is None:
        return (Row(),)
    headers = ", ".join(name for name, _ in known.headers)
    password = "kept, not shown" if known.password else "none"
    return (
        Row(),
        Row("user", "User", known.user or "none", "only its own host is told"),
        Row("password", "Password", password, "typed unseen"),
        Row("agent", "User-Agent", known.agent or "as everywhere", "our name there"),
        Row("header", "Headers", headers or "none", "values are not shown"),
    )


def begun(known: "Credentials | None", act: str) -> str:
    """What stands in the line to begin with: nothing that is secret."""
    if known is None:
        return ""
    return {"user": known.user, "agent": known.agent}.get(act, "")


async def look(services: Services, feed: Feed) -> "Credentials":
    """What is kept for a feed; nothing where it cannot be read, to be given again."""
    from reader.services import credentials

    try:
        found = await credentials.known(services, feed)
    except FeedError:
        found = None
    return found or credentials.Credentials()


async def change(
    services: Services, feed: Feed, act: str, text: str, name: str = ""
) -> "tuple[Credentials, str]":
    """Keep one thing, or with an empty text no longer; what is kept now, and told."""
    from reader.services import credentials

    before = await credentials.kept(services, feed) or credentials.Credentials()
    after = _changed(before, act, text, name)
    if not after.sent():
        await credentials.forget(services, (feed.id,))
        return credentials.Credentials(), _told(after, act, text, name)
    where = await credentials.keep(services, feed, after)
    told = [_told(after, act, text, name)]
    if where == "file":
        told.append("no keyring here: in a file that is yours alone")
    if after.user and feed.url.startswith("http:"):
        told.append("it goes over the network unencrypted")
    return after, " · ".join(told)


def _changed(before: "Credentials", act: str, text: str, name: str) -> "Credentials":
    from reader.services import credentials

    match act:
        case "user":
            # Without a user there is nobody whom a password would be for.
            kept = before.password if text else ""
            return replace(before, user=text, password=kept)
        case "password" if not before.user:
            raise EntrustError("", "Say first who you are there.")
        case "password":
            return replace(before, password=text)
        case "agent":
            credentials.header(f"User-Agent: {text or '-'}")
            return replace(before, agent=text)
        case _:
            given = (credentials.header(f"{name}: {text}"),) if text else ()
            left = (one for one in before.headers if one[0].lower() != name.lower())
            return replace(before, headers=(*left, *given))


def _told(after: "Credentials", act: str, text: str, name: str) -> str:
    here = {
        "user": f"Known there as {after.user}",
        "password": "The password is kept",
        "agent": f"Called {after.agent} there",
        "header": f"Header {name} is sent",
    }
    gone = {
        "user": "No user is told there",
        "password": "No password is told there",
        "agent": "Called there as everywhere",
        "header": f"Header {name} is sent no more",
    }
    return (here if text else gone)[act]
