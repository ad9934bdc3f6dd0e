"""The clients: one for each host, one TLS context for all, a bounded number open.

Follows nothing and retries nothing; queues are the gates' part.
"""

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import unquote, urlsplit, urlunsplit

import httpcore
import httpx

from reader.cleaning import clean_url
from reader.errors import FetchError
from reader.fetch import tls
from reader.fetch.client import Client
from reader.fetch.decoding import FullError
from reader.fetch.exchange import MIB, Exchange
from reader.fetch.names import LookUp
from reader.fetch.network import Network
from reader.fetch.proxies import Proxies
from reader.fetch.trouble import FOREIGN, trouble
from reader.model import Page, Request
from reader.urls import Policy

Origin = tuple[bytes, bytes, int | None]
KEEP_ALIVE = 5.0
"""Seconds that a connection is kept for the next request."""


class Clients:
    """A client for each host; those longest unused are closed when they get many."""

    def __init__(
        self,
        policy: Policy,
        *,
        environ: Mapping[str, str],
        proxies: Proxies,
        look_up: LookUp,
        kept: int,
    ) -> None:
        self._policy = policy
        self._environ = environ
        self._proxies = proxies
        self._kept = kept
        self._straight = Network(look_up, policy.address_refusal)
        # The user chose the proxy, so its own address is not judged.
        self._to_proxy = Network(look_up, None, prefix="the proxy is out of reach: ")
        self._by_origin: OrderedDict[Origin, Client] = OrderedDict()
        self._tls: ssl.SSLContext | None = None
        self._trusting = asyncio.Lock()

    async def fetch(self, request: Request, timeout: float) -> Page:
        """The page for a request, within `timeout` seconds; FetchError otherwise."""
        url = self._url(request)
        exchange = Exchange(request)
        try:
            async with (
                asyncio.timeout(timeout) as deadline,
                self._client(url) as client,
            ):
                return await exchange.page(client, url)
        except FullError as error:
            reason = f"bigger than {exchange.bound.size // MIB} MiB"
            raise FetchError(request.url, reason, "too-large") from error
        except FOREIGN as error:
            if deadline.expired():
                raise exchange.late(timeout) from error
            raise trouble(request.url, error) from error
        except FetchError as error:
            raise trouble(request.url, error) from error

    async def aclose(self) -> None:
        """Close every client."""
        while self._by_origin:
            await self._by_origin.popitem()[1].aclose()

    def _url(self, request: Request) -> httpx.URL:
        """The URL as it goes over the wire, which may spell the host otherwise."""
        try:
            url = _parsed(clean_url(request.url))
        except (httpx.InvalidURL, UnicodeError) as error:
            raise trouble(request.url, error) from error
        refusal = self._policy.refusal(str(url))
        if refusal:
            raise FetchError(request.url, refusal, "refused")
        return url

    @asynccontextmanager
    async def _client(self, url: httpx.URL) -> AsyncIterator[Client]:
        origin = (url.raw_scheme, url.raw_host, url.port)
        proxy = self._proxies.of_url(str(url))
        secure = url.scheme == "https" or (proxy or "").startswith("https:")
        context = await self._context() if secure else None
        if origin not in self._by_origin:
            self._by_origin[origin] = Client(self._pool(proxy, context))
        self._by_origin.move_to_end(origin)
        client = self._by_origin[origin]
        client.users += 1
        try:
            yield client
        finally:
            client.users -= 1
            await self._close_surplus()

    async def _close_surplus(self) -> None:
        surplus = len(self._by_origin) - self._kept
        if surplus <= 0:
            return
        idle = [origin for origin, kept in self._by_origin.items() if not kept.users]
        # All are taken out before the first is closed: others come by meanwhile.
        closing = [self._by_origin.pop(origin) for origin in idle[:surplus]]
        for client in closing:
            await client.aclose()

    def _pool(
        self, proxy: str | None, context: ssl.SSLContext | None
    ) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=context,
            proxy=_proxy(proxy, context) if proxy else None,
            network_backend=self._to_proxy if proxy else self._straight,
            keepalive_expiry=KEEP_ALIVE,
        )

    async def _context(self) -> ssl.SSLContext:
        async with self._trusting:
            if self._tls is None:
                # In a thread: reading the certificates takes 30 ms.
                self._tls = await asyncio.to_thread(tls.context, self._environ)
        return self._tls


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except httpx.InvalidURL:
        if url.isascii():
            raise
    # Names with signs that IDNA 2008 forbids and browsers take ("✪df.ws").
    parts = urlsplit(url)
    user, at, _ = parts.netloc.rpartition("@")
    name = (parts.hostname or "").encode("idna").decode("ascii")
    port = f":{parts.port}" if parts.port else ""
    return httpx.URL(urlunsplit(parts._replace(netloc=f"{user}{at}{name}{port}")))


def _proxy(url: str, context: ssl.SSLContext | None) -> httpcore.Proxy:
    """The proxy that a URL of the environment names; FetchError for other kinds."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(url, "the proxy's address is not a valid one") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        reason = f"{parsed.scheme} proxies cannot be used, only http and https ones"
        raise FetchError(url, reason, "connect")
    auth = (unquote(parsed.username), unquote(parsed.password))
    return httpcore.Proxy(
        httpcore.URL(
            scheme=parsed.raw_scheme,
            host=parsed.raw_host,
            port=parsed.port,
            target=parsed.raw_path,
        ),
        auth=auth if parsed.username else None,
        ssl_context=context if parsed.scheme == "https" else None,
    )
