"""Connections: a name is resolved, its addresses judged, and just those connected to.

Between the judging and the connecting no name is resolved again, so that an answer
that changes in between (DNS rebinding) changes nothing. Speaks no HTTP.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from ipaddress import ip_address

import httpcore

from reader.errors import FetchError
from reader.fetch.names import LookUp
from reader.fetch.stream import Stream, opened
from reader.fetch.trouble import trouble
from reader.urls import Address

Judge = Callable[[str, Address], str | None]
"""Why an address that a name resolved to may not be reached; None where it may."""

STAGGER = 0.25
"""Seconds until the next address is tried beside a silent one (RFC 8305)."""
TRIED = 8
"""Addresses of one name that are tried."""

_TRANSIENT = {socket.EAI_AGAIN, getattr(socket, "EAI_SYSTEM", None)}


class Network(httpcore.AsyncNetworkBackend):
    """TCP and TLS for httpcore's pools; trouble is a FetchError about the host."""

    def __init__(self, look_up: LookUp, judge: Judge | None, prefix: str = "") -> None:
        self._look_up = look_up
        self._judge = judge
        self._prefix = prefix

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address that answers, of those that may be."""

        options = list(socket_options or ())

        async def connect(address: Address) -> Stream:
            return await opened(str(address), port, timeout, local_address, options)

        try:
            addresses = await self._allowed(host, port)
            return await _first(addresses, connect)
        except (httpcore.ConnectError, httpcore.ConnectTimeout, FetchError) as error:
            said = trouble(host, error)
            raise FetchError(host, self._prefix + said.reason, said.kind) from error

    async def sleep(self, seconds: float) -> None:
        """Wait; httpcore asks for it between attempts."""
        await asyncio.sleep(seconds)

    async def _allowed(self, name: str, port: int) -> tuple[Address, ...]:
        addresses = await self._addresses(name, port)
        if self._judge is None:
            return addresses[:TRIED]
        refusals = [self._judge(name, address) for address in addresses]
        allowed = tuple(
            address
            for address, refusal in zip(addresses, refusals, strict=True)
            if refusal is None
        )
        if not allowed:
            reason = next(filter(None, refusals), f"the name {name} has no address")
            raise FetchError(name, reason, "refused" if addresses else "dns")
        return allowed[:TRIED]

    async def _addresses(self, name: str, port: int) -> tuple[Address, ...]:
        with suppress(ValueError):
            return (ip_address(name),)
        try:
            return await self._look_up(name, port)
        except UnicodeError as error:
            raise FetchError(name, f"{name} cannot be a name", "dns") from error
        except OSError as error:
            known = "could not be looked up" if _transient(error) else "is not known"
            raise FetchError(name, f"the name {name} {known}", "dns") from error


def _transient(error: OSError) -> bool:
    return isinstance(error, socket.gaierror) and error.errno in _TRANSIENT


async def _first(
    addresses: tuple[Address, ...],
    connect: Callable[[Address], Awaitable[Stream]],
) -> Stream:
    """The first connection that stands; each address gets a head start."""
    if len(addresses) == 1:
        return await connect(addresses[0])
    untried = list(addresses)
    running: set[asyncio.Future[Stream]] = set()
    failed: BaseException | None = None
    try:
        while untried or running:
            if untried:
                running.add(asyncio.ensure_future(connect(untried.pop(0))))
            done, running = await asyncio.wait(
                running,
                timeout=STAGGER if untried else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            won = [task for task in done if task.exception() is None]
            if won:
                running.update(won[1:])
                return won[0].result()
            failed = next((task.exception() for task in done), failed)
    finally:
        await _drop(running)
    raise failed or OSError


async def _drop(running: Iterable[asyncio.Future[Stream]]) -> None:
    """Give up the connections that came too late."""
    for task in running:
        task.cancel()
    for outcome in await asyncio.gather(*running, return_exceptions=True):
        if isinstance(outcome, Stream):
            await outcome.aclose()
