"""The door to the network: policy first, then a turn at the host, then the request.

Holds no socket itself, and imports no HTTP library until a request is let through.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING

from reader.errors import FetchError
from reader.fetch.gates import Gates
from reader.fetch.names import LookUp, look_up
from reader.fetch.proxies import Proxies
from reader.model import Page, Request
from reader.urls import Policy, host

if TYPE_CHECKING:
    from reader.fetch.clients import Clients

KEPT = 128
"""Hosts whose connections are kept open for the next request."""


class Web:
    """A `Fetch` for the real web; an async context manager that closes what it opened.

    `environ` is read for proxies and certificates, once. `timeout` and `spacing` are in
    seconds: the most that a request may take, and the time between two pages of a host.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        environ: Mapping[str, str],
        timeout: float = 30.0,
        spacing: float = 0.5,
        kept: int = KEPT,
        look_up: LookUp = look_up,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._policy = policy
        self._environ = environ
        self._timeout = timeout
        self._kept = kept
        self._look_up = look_up
        self._clock = clock
        self._gates = Gates(spacing=spacing, clock=clock, sleep=sleep)
        self._clients: Clients | None = None
        self._starting = asyncio.Lock()

    async def __aenter__(self) -> "Web":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        if self._clients:
            await self._clients.aclose()

    async def __call__(self, request: Request) -> Page:
        """The page for a request; FetchError when none came or may be asked for."""
        refusal = self._policy.refusal(request.url)
        if refusal:
            raise FetchError(request.url, refusal, "refused")
        clients = await self._ready()
        paced = request.purpose == "page" and not request.urgent
        gate = self._gates.at(host(request.url))
        async with gate.turn(paced=paced, urgent=request.urgent):
            started = self._clock()
            try:
                most = self._timeout if request.timeout is None else request.timeout
                return await clients.fetch(request, min(most, self._timeout))
            except FetchError as error:
                error.elapsed = self._clock() - started
                raise

    async def _ready(self) -> "Clients":
        async with self._starting:
            if self._clients is None:
                # In a thread: the import is 100 ms that no key should wait for.
                self._clients = await asyncio.to_thread(self._start)
        return self._clients

    def _start(self) -> "Clients":
        from reader.fetch.clients import Clients

        return Clients(
            self._policy,
            environ=self._environ,
            proxies=Proxies.of(self._environ),
            look_up=self._look_up,
            kept=self._kept,
        )
