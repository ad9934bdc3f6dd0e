"""What a feed's host is told besides our name: user and password, agent, headers.

Kept with the other secrets, by the feed's id; never part of an address, a list, a log
or an error. Which feeds have any is remembered in the store, so that a poll of others
asks no keyring.
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from reader.errors import FeedError, SettingsError
from reader.model import Feed
from reader.services.core import Services
from reader.services.retrieve import may_be_told
from reader.services.secrets import Where, secrets_of

Headers = tuple[tuple[str, str], ...]

KEY = "feeds-with-credentials"
KEPT = ("user", "password", "agent", "place")
OURS = frozenset(
    [
        *("host", "content-length", "transfer-encoding", "connection", "upgrade"),
        *("accept-encoding", "te", "if-none-match", "if-modified-since"),
    ]
)
"""Headers that are no reader's to set."""
_SIGNS = frozenset("!#$%&'*+-.^_`|~")


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What one feed's host is told; without a `repr`, which would tell it to others.

    `place` is the feed's address when it was given: another host is not told.
    """

    user: str = ""
    password: str = ""
    agent: str = ""
    headers: Headers = ()
    place: str = ""

    def sent(self) -> Headers:
        """As headers of a request. Other headers than a password's come first."""
        pair = f"{self.user}:{self.password}".encode()
        basic = (("Authorization", f"Basic {b64encode(pair).decode('ascii')}"),)
        agent = (("User-Agent", self.agent),) if self.agent else ()
        return (*self.headers, *agent, *(basic if self.user else ()))


def header(text: str) -> tuple[str, str]:
    """A header as a person types it, `Name: value`. Raises FeedError for others."""
    name, colon, value = (part.strip() for part in text.partition(":"))
    plain = name.isascii() and all(c.isalnum() or c in _SIGNS for c in name)
    if not colon or not name or not plain or not value.isprintable():
        raise FeedError("header", "give it as Name: value, in one line")
    if name.lower() in OURS:
        raise FeedError("header", f"{name} is not to be set by hand")
    return name, value


def parted(url: str) -> tuple[str, Credentials]:
    """An address without the user and password that stand in it, and these."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, Credentials()
    before, at, place = parts.netloc.rpartition("@")
    if not at:
        return url, Credentials()
    user, _, password = before.partition(":")
    bare = urlunsplit(parts._replace(netloc=place))
    return bare, Credentials(unquote(user), unquote(password))


def entrusted(services: Services) -> frozenset[int]:
    """The ids of the feeds for which something is kept; no keyring is asked."""
    return frozenset(json.loads(services.store.get_setting(KEY) or "[]"))


def secret_name(feed_id: int) -> str:
    """What a feed's part is filed under among the secrets."""
    return f"feed/{feed_id}"


async def of(services: Services, feed: Feed) -> Headers:
    """What a feed's own host is sent besides; nothing for most."""
    found = await kept(services, feed)
    return found.sent() if found and may_be_told(found.place, feed.url) else ()


async def kept(services: Services, feed: Feed) -> Credentials | None:
    """What is kept for a feed; None where nothing ever was.

    Raises FeedError where something is, and is not to be had: it is not to be replaced
    by what leaves the rest of it out.
    """
    if feed.id not in entrusted(services):
        return None
    found = await _kept(services, feed)
    if found is None:
        reason = (
            "what it is told is not to be had; unlock the keyring, or give all of it "
            "anew: `firsthand credentials` takes it"
        )
        raise FeedError(feed.url, reason)
    return found


async def known(services: Services, feed: Feed) -> Credentials | None:
    """What is kept for a feed; None where there is nothing, or a locked keyring."""
    return await _kept(services, feed) if feed.id in entrusted(services) else None


async def _kept(services: Services, feed: Feed) -> Credentials | None:
    def read() -> str | None:
        return secrets_of(services.paths).get(secret_name(feed.id))

    text = await asyncio.to_thread(read)
    return None if text is None else _read(feed, text)


def _read(feed: Feed, text: str) -> Credentials:
    try:
        kept = json.loads(text)
        headers = tuple((str(name), str(value)) for name, value in kept["headers"])
        user, password, agent, place = (str(kept[key]) for key in KEPT)
        return Credentials(user, password, agent, headers, place)
    except (ValueError, TypeError, KeyError, RecursionError):
        # Without its cause, which would quote what could not be read.
        reason = "what was kept for it cannot be read; give it again"
        raise FeedError(feed.url, reason) from None


async def keep(services: Services, feed: Feed, wanted: Credentials) -> Where:
    """Keep what a feed's host is told, in place of what was; where it is now."""
    told = {
        "user": wanted.user,
        "password": wanted.password,
        "agent": wanted.agent,
        "headers": wanted.headers,
        "place": feed.url,
    }

    def write() -> Where:
        return secrets_of(services.paths).set(secret_name(feed.id), json.dumps(told))

    where = await asyncio.to_thread(write)
    await _remember(services, entrusted(services) | {feed.id})
    return where


async def forget(services: Services, feed_ids: Iterable[int]) -> None:
    """Drop what is kept for these feeds, wherever it is.

    Raises SettingsError where a keyring that is locked still holds some of it.
    """
    ids = entrusted(services) & frozenset(feed_ids)
    if not ids:
        return

    def drop() -> frozenset[int]:
        secrets = secrets_of(services.paths)
        return frozenset(one for one in ids if secrets.delete(secret_name(one)))

    dropped = await asyncio.to_thread(drop)
    await _remember(services, entrusted(services) - dropped)
    if ids - dropped:
        raise SettingsError("the keyring", "did not drop it; unlock it, and try again")


async def forget_removed(services: Services) -> None:
    """Drop what was kept for feeds that are removed for good.

    Those that were removed within seven days may come back, and keep theirs.
    """
    if kept := entrusted(services):
        await forget(services, services.store.reports.gone(kept))


async def _remember(services: Services, ids: frozenset[int]) -> None:
    value = json.dumps(sorted(ids))
    await services.write(services.store.set_setting, KEY, value)
