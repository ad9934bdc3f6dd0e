"""The Google Reader API, call by call, over a Fetch: logged in when it has to be.

It keeps what one conversation needs, the two tokens, and renews them; it stores
nothing, decides nothing about marks, and never says a password or a token.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from reader.errors import FetchError, SyncError, SyncKind
from reader.model import Fetch, Page, Request
from reader.sync import reading
from reader.sync.ids import long
from reader.sync.servers import Server
from reader.sync.values import LABEL, Added, Ids, Item, Subscription, Tag, User

Pairs = Iterable[tuple[str, str]]

_FORM = ("Content-Type", "application/x-www-form-urlencoded")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
MOST_IDS = 200_000
"""Ids of one list that are read; a server that lists more is not believed."""
_BAD_TOKEN = ("x-reader-google-bad-token", "google-bad-token")


@dataclass(frozen=True, slots=True)
class Login:
    """Who logs in; `auth` is what the server gave for it last, None for not yet."""

    user: str
    password: str
    app_id: str | None = None
    app_key: str | None = None
    auth: str | None = None

    def __repr__(self) -> str:
        return f"Login({self.user!r})"


class Client:
    """One account at one server, whose API is at `base`."""

    def __init__(self, fetch: Fetch, base: str, server: Server, login: Login) -> None:
        self._fetch = fetch
        self._base = base.rstrip("/")
        self._login = login
        self._token: str | None = None
        self.server = server
        self.clock: datetime | None = None
        """The server's own time, by its last answer; None where it tells none."""

    @property
    def auth(self) -> str | None:
        """What the server gave for the login, to be used again."""
        return self._login.auth

    # --- who

    async def login(self) -> None:
        """Log in; SyncError where the server will not have it."""
        form = [("Email", self._login.user), ("Passwd", self._login.password)]
        form += [("service", "reader"), ("accountType", "HOSTED_OR_GOOGLE")]
        url = f"{self._base}/accounts/ClientLogin"
        page = await self._send(_posted(url, form), self._app_headers())
        if page.status in (400, 401, 403):
            raise self._error(f"the login was refused; {self.server.help}", "password")
        self._checked(page)
        lines = page.body.decode("utf-8", "replace").splitlines()
        auth = next((ln[5:].strip() for ln in lines if ln.startswith("Auth=")), "")
        if not auth or not auth.isprintable():
            said = f"the login was refused; {self.server.help}"
            raise self._error(said, "password")
        self._token = None
        self._login = replace(self._login, auth=auth)

    async def user(self) -> User:
        """Whose account it is."""
        return reading.user(await self._get("user-info"))

    # --- what there is

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Every feed that the account has."""
        return reading.subscriptions(await self._get("subscription/list"))

    async def tags(self) -> tuple[Tag, ...]:
        """The account's folders and labels, as streams."""
        return reading.tags(await self._get("tag/list"))

    async def unread_counts(self) -> dict[str, int]:
        """How many unread items each stream has."""
        return reading.counts(await self._get("unread-count"))

    async def ids(
        self,
        stream: str,
        *,
        without: str | None = None,
        newer: datetime | None = None,
    ) -> AsyncIterator[Ids]:
        """The ids of a stream's items, newest first, page by page.

        `without`: but those that are in this one, too; `newer`: only since then.
        """
        query = [("s", stream), ("n", str(self.server.ids))]
        query += [("xt", without)] if without else []
        query += [("ot", str(int(newer.timestamp())))] if newer else []
        seen: set[str] = set()
        more: str | None = None
        while True:
            again = [("c", more)] if more else []
            found = reading.ids(await self._get("stream/items/ids", [*query, *again]))
            fresh = tuple(one for one in found.items if one not in seen)
            seen.update(fresh)
            yield replace(found, items=fresh)
            # A server that goes round in a circle brings nothing that is new.
            if not found.more or not fresh or found.more == more:
                return
            more = found.more

    async def all_ids(self, stream: str, without: str | None = None) -> set[str]:
        """The ids of all of a stream's items, but those that are in the other, too."""
        found: set[str] = set()
        async for page in self.ids(stream, without=without):
            found.update(page.items)
            if len(found) > MOST_IDS:
                reason = f"the server lists more than {MOST_IDS:,} items"
                raise self._error(reason, "answer")
        return found

    async def contents(self, items: Sequence[str]) -> tuple[Item, ...]:
        """Items by their ids, at most `server.contents`; what is gone is left out."""
        form = [("i", long(item)) for item in items]
        try:
            page = await self._post("stream/items/contents", form, json=True)
        except SyncError as error:
            # Miniflux calls it a mistake to ask for nothing but what is gone.
            if error.kind == "refused" and error.status in (400, 404):
                return ()
            raise
        return reading.items(page)

    # --- what is to be so

    async def edit_tags(
        self, items: Sequence[str], add: str | None = None, remove: str | None = None
    ) -> None:
        """Put items into a stream, or take them out: read, starred, or a label."""
        form = [("i", long(item)) for item in items]
        form += [("a", add)] if add else []
        form += [("r", remove)] if remove else []
        await self._post("edit-tag", form)

    async def mark_all_as_read(self, stream: str, until: datetime) -> None:
        """Mark all of a stream read that the server had by then."""
        micros = str((until - _EPOCH) // _MICROSECOND)
        await self._post("mark-all-as-read", [("s", stream), ("ts", micros)])

    async def quickadd(self, url: str) -> Added:
        """Subscribe to what is at an address."""
        query = [("quickadd", url)]
        page = await self._post("subscription/quickadd", query, query, json=True)
        return reading.added(page)

    async def edit_subscription(
        self,
        stream: str,
        *,
        title: str | None = None,
        folder: str | None = None,
        leave: str | None = None,
    ) -> None:
        """Rename a subscription, put it into a folder, or take it out of one."""
        form = [("ac", "edit"), ("s", stream)]
        form += [("t", title)] if title else []
        form += [("a", f"{LABEL}{folder}")] if folder else []
        form += [("r", f"{LABEL}{leave}")] if leave else []
        await self._post("subscription/edit", form)

    async def unsubscribe(self, stream: str) -> None:
        """Drop a subscription."""
        await self._post("subscription/edit", [("ac", "unsubscribe"), ("s", stream)])

    # --- how

    async def _get(self, path: str, query: Pairs = ()) -> Page:
        return await self._asked(path, [*query, ("output", "json")], None)

    async def _post(
        self, path: str, form: Pairs, query: Pairs = (), *, json: bool = False
    ) -> Page:
        wanted = [("output", "json")] if json else []
        return await self._asked(path, [*query], [*form, *wanted])

    async def _asked(
        self,
        path: str,
        query: list[tuple[str, str]],
        form: list[tuple[str, str]] | None,
    ) -> Page:
        """An answer; where a token has run out, it is renewed once, then the login."""
        if self._login.auth is None:
            await self.login()
        renewals = (self.login,) if form is None else (self._forget, self.login)
        for renew in renewals:
            page = await self._once(path, query, form)
            if not _stale(page):
                return self._checked(page)
            await renew()
        page = await self._once(path, query, form)
        if _stale(page):
            raise self._error(f"the login was refused; {self.server.help}", "password")
        return self._checked(page)

    async def _forget(self) -> None:
        """The token for changes has run out: another is fetched when it is needed."""
        self._token = None

    async def _once(
        self,
        path: str,
        query: list[tuple[str, str]],
        form: list[tuple[str, str]] | None,
    ) -> Page:
        url = f"{self._base}/reader/api/0/{path}"
        url += f"?{urlencode(query)}" if query else ""
        if form is None:
            return await self._send(Request(url), self._headers())
        if self._token is None:
            token = await self._send(
                Request(f"{self._base}/reader/api/0/token"), self._headers()
            )
            if _stale(token):
                return token
            said = self._checked(token).body.decode("ascii", "replace").strip()
            self._token = said if len(said) < 1_000 else ""
        return await self._send(
            _posted(url, [*form, ("T", self._token)]), self._headers()
        )

    def _headers(self) -> list[tuple[str, str]]:
        auth = f"GoogleLogin auth={self._login.auth}"
        return [("Authorization", auth), *self._app_headers()]

    def _app_headers(self) -> list[tuple[str, str]]:
        if not self.server.app:
            return []
        given = (self._login.app_id or "", self._login.app_key or "")
        return list(zip(self.server.app, given, strict=True))

    async def _send(self, request: Request, headers: list[tuple[str, str]]) -> Page:
        whole = replace(
            request, headers=(*request.headers, *headers), purpose="sync", urgent=True
        )
        try:
            page = await self._fetch(whole)
        except FetchError as error:
            raise trouble(self._base, error) from error
        self.clock = _date(page) or self.clock
        return page

    def _checked(self, page: Page) -> Page:
        if page.status == 200:
            return page
        if page.status == 429:
            reason = "the server asks us to come less often"
            raise self._error(reason, "busy", 429, _seconds(page))
        if page.status == 503:
            reason = f"the server is unavailable; if it stays so, {self.server.off}"
            raise self._error(reason, "off", 503, _seconds(page))
        if page.status >= 500:
            reason = f"the server fails (HTTP {page.status})"
            raise self._error(reason, "away", page.status)
        if 300 <= page.status < 400:
            reason = "the server sends us elsewhere; log in again at its new address"
            raise self._error(reason, "answer", page.status)
        reason = f"the server refused this (HTTP {page.status})"
        raise self._error(reason, "refused", page.status)

    def _error(
        self, reason: str, kind: SyncKind, status: int = 0, wait: float = 0
    ) -> SyncError:
        return SyncError(self._base, reason, kind, status, wait)


def trouble(subject: str, error: FetchError) -> SyncError:
    """What a request that brought no answer means, and what to do about it."""
    if error.kind == "refused":
        advice = "if this host is yours, name it in allow_hosts in config.toml"
        return SyncError(subject, f"{error.reason}; {advice}", "away")
    if error.kind == "too-large":
        return SyncError(subject, f"an answer is {error.reason}", "large")
    return SyncError(subject, error.reason, "away")


def _posted(url: str, form: Pairs) -> Request:
    return Request(url, "POST", (_FORM,), urlencode([*form]).encode())


def _stale(page: Page) -> bool:
    """Whether an answer says that a token or the login has run out."""
    if page.status == 401:
        return True
    told = any((page.header(name) or "").lower() == "true" for name in _BAD_TOKEN)
    return told and page.status in (400, 403)


def _date(page: Page) -> datetime | None:
    """What time it was at the server (RFC 9110, 6.6.1)."""
    try:
        found = parsedate_to_datetime(page.header("date") or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _seconds(page: Page) -> float:
    """How long a server asks to be left alone."""
    given = page.header("retry-after") or page.header("x-reader-limits-reset-after")
    value = (given or "").strip()
    return float(value) if value.isdecimal() and len(value) < 7 else 0.0
