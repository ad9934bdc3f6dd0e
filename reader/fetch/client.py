"""A small httpx client on a pool of httpcore's: it keeps no cookie, follows nothing.

Knows neither bounds nor deadlines; whoever uses it does.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from urllib.request import Request as UrllibRequest

import httpcore
import httpx

from reader.fetch.gates import AT_ONCE
from reader.fetch.headers import headers_for
from reader.model import Method, Request


class _Transport(httpx.AsyncBaseTransport):
    """httpx on a pool of httpcore's with our own network below it."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, one response, its body still to come."""
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Stream(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close the pool."""
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    """The body of httpcore's response as httpx reads it."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._response.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._response.aclose()


class _NoCookies(CookieJar):
    """A jar that stays empty: the walk keeps cookies, and sends them itself."""

    def extract_cookies(self, response: HTTPResponse, request: UrllibRequest) -> None:
        """Take none."""


class _Opened:
    """Takes httpcore's trace of a request: whether it opened a connection."""

    def __init__(self) -> None:
        self.any = False

    async def __call__(self, event: str, info: Mapping[str, object]) -> None:
        self.any = self.any or event == "connection.connect_tcp.started"


_DEAD = (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError)
"""What a connection says that the server closed, or spoiled, after the last answer."""


class Client:
    """The httpx client of one scheme, host and port; `users` are at work with it."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self.users = 0
        self._answered = False
        self._httpx = httpx.AsyncClient(
            transport=_Transport(pool),
            cookies=_NoCookies(),
            timeout=httpx.Timeout(None),  # `Exchange` holds one deadline
            follow_redirects=False,
            trust_env=False,
        )

    @asynccontextmanager
    async def answer(
        self, request: Request, url: httpx.URL
    ) -> AsyncIterator[httpx.Response]:
        """The response to a request, closed afterwards, read or not."""
        # Without a Host httpx decodes the name, and raises at some (xn--df-oiy.ws).
        headers = [(b"Host", url.netloc), *headers_for(request)]
        sent = self._httpx.build_request(
            request.method, url, headers=headers, content=request.body
        )
        response = await self._sent(request.method, sent)
        self._answered = True
        try:
            yield response
        finally:
            await response.aclose()

    async def _sent(self, method: Method, sent: httpx.Request) -> httpx.Response:
        """The response; asked for again where a kept connection was a dead one."""
        tries = 1 + AT_ONCE if method == "GET" and self._answered else 1
        while True:
            tries -= 1
            opened = _Opened()
            sent.extensions["trace"] = opened
            try:
                return await self._httpx.send(sent, stream=True)
            except _DEAD:
                if opened.any or not tries:
                    raise

    async def aclose(self) -> None:
        """Close the connections."""
        await self._httpx.aclose()
