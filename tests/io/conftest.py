"""Servers on loopback that say, byte for byte, what a test tells them to."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field

import pytest

from reader.fetch import Web
from reader.fetch.names import LookUp, look_up
from reader.urls import Policy

LOOPBACK = Policy.of(["127.0.0.0/8"])


@dataclass
class Asked:
    """One request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""


Handler = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


def said(
    body: bytes = b"", status: str = "200 OK", headers: tuple[str, ...] = ()
) -> bytes:
    """An answer as bytes, with its length."""
    rows = "".join(f"{row}\r\n" for row in (*headers, f"Content-Length: {len(body)}"))
    return f"HTTP/1.1 {status}\r\n{rows}\r\n".encode("latin-1") + body


@dataclass
class Server:
    """Answers each path with the bytes, or by the handler, given for it."""

    answers: dict[str, bytes | Handler] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    url: str = ""

    async def __call__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Serve one connection until somebody ends it."""
        self.connections += 1
        self.open += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                while asked := await _request(reader):
                    self.asked.append(asked)
                    path = asked.target.partition("?")[0]
                    answer = self.answers.get(path, said(status="404 Not Found"))
                    if isinstance(answer, bytes):
                        writer.write(answer)
                        await writer.drain()
                    else:
                        await answer(asked, writer)
        finally:
            self.open -= 1
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()


async def _request(reader: asyncio.StreamReader) -> Asked | None:
    head = await reader.readuntil(b"\r\n\r\n")
    line, *rows = head.decode("latin-1").strip().split("\r\n")
    method, target, _ = line.split(" ")
    pairs = (row.partition(":") for row in rows)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Asked(method, target, headers, body)


Serve = Callable[..., Awaitable[Server]]


@pytest.fixture
async def serve(anyio_backend: str) -> AsyncIterator[Serve]:
    """Start servers: `serve(answers, host=…, tls=…, port=…)`."""
    async with AsyncExitStack() as stack:

        async def start(
            answers: dict[str, bytes | Handler] | None = None,
            host: str = "127.0.0.1",
            tls: ssl.SSLContext | None = None,
            port: int = 0,
        ) -> Server:
            server = Server(answers or {})
            running: set[asyncio.Task[None]] = set()

            def connected(
                reader: asyncio.StreamReader, writer: asyncio.StreamWriter
            ) -> None:
                task = asyncio.ensure_future(server(reader, writer))
                running.add(task)
                task.add_done_callback(running.discard)

            async def stop() -> None:
                listening.close()
                for task in tuple(running):
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)
                await listening.wait_closed()

            listening = await asyncio.start_server(connected, host, port, ssl=tls)
            stack.push_async_callback(stop)
            bound = listening.sockets[0].getsockname()[1]
            server.url = f"{'https' if tls else 'http'}://{host}:{bound}"
            return server

        yield start


@pytest.fixture
async def web(anyio_backend: str) -> AsyncIterator[Web]:
    """The real client, let onto loopback, in no hurry and no politeness."""
    async with Web(LOOPBACK, environ={}, spacing=0) as opened:
        yield opened


def names(**known: str) -> LookUp:
    """A look-up that knows these names (`_` for a dot), by address or addresses."""
    from ipaddress import ip_address

    async def found(name: str, port: int) -> tuple[object, ...]:
        if name not in table:
            return await look_up(name, port)
        return tuple(map(ip_address, table[name].split()))

    table = {name.replace("_", "."): given for name, given in known.items()}
    return found  # type: ignore[return-value]
