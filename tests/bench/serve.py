"""The web of the measurements: feeds on 127.0.0.1 to 127.0.0.250, in a child process.

Answers GET only, with ETag and Last-Modified, 304 to who sends them back; every answer
waits for the latency that was asked for. It measures nothing.
"""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench import texts

HOSTS = 250
_MODIFIED = "Wed, 05 Feb 2025 12:00:00 GMT"
_HEAD = (
    "HTTP/1.1 {status}\r\nETag: {etag}\r\nLast-Modified: {modified}\r\n"
    "Content-Type: application/xml; charset=utf-8\r\nContent-Length: {length}\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Served:
    """The feeds that a running server has."""

    port: int
    count: int

    @property
    def urls(self) -> tuple[str, ...]:
        """Where each stands."""
        return tuple(f"{site(self.port, n)}/feed/{n}" for n in range(self.count))


def site(port: int, number: int) -> str:
    """The site of a feed: hosts take turns."""
    return f"http://127.0.0.{number % HOSTS + 1}:{port}"


@contextmanager
def serving(feeds: int, latency: float = 0.0, port: int = 0) -> Iterator[Served]:
    """A server of so many feeds, `latency` seconds away, as long as this lasts."""
    wanted = map(str, (feeds, latency, port))
    command = [sys.executable, "-m", "tests.bench.serve", *wanted]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            yield Served(int(child.stdout.readline() if child.stdout else 0), feeds)
        finally:
            child.terminate()


class _Answers(asyncio.Protocol):
    """One connection: requests one after the other, as long as the client likes."""

    def __init__(self, bodies: Mapping[bytes, bytes], latency: float) -> None:
        self._bodies = bodies
        self._latency = latency
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request that has come."""
        self._waiting += data
        while b"\r\n\r\n" in self._waiting:
            head, _, self._waiting = self._waiting.partition(b"\r\n\r\n")
            answer = self._answer(head)
            if self._latency:
                loop = asyncio.get_running_loop()
                loop.call_later(self._latency, self._send, answer)
            else:
                self._send(answer)

    def _send(self, answer: Sequence[bytes]) -> None:
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.writelines(answer)

    def _answer(self, head: bytes) -> tuple[bytes, bytes]:
        path = head.split(b" ", 2)[1]
        body = self._bodies.get(path)
        etag = f'"{path.decode()}"'
        if body is None:
            return _head("404 Not Found", etag, 0), b""
        asked = head.lower()
        if b"if-none-match: " in asked and etag.encode() in asked:
            return _head("304 Not Modified", etag, 0), b""
        return _head("200 OK", etag, len(body)), body


def _head(status: str, etag: str, length: int) -> bytes:
    text = _HEAD.format(status=status, etag=etag, modified=_MODIFIED, length=length)
    return text.encode()


def _listening(port: int) -> tuple[socket.socket, ...]:
    """A socket on each address, all on the same port."""
    first = _bound("127.0.0.1", port)
    port = first.getsockname()[1]
    others = (_bound(f"127.0.0.{host}", port) for host in range(2, HOSTS + 1))
    return (first, *others)


def _bound(host: str, port: int) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((host, port))
    made.listen(128)
    return made


async def _serve(feeds: int, latency: float, port: int) -> None:
    sockets = _listening(port)
    port = sockets[0].getsockname()[1]
    bodies = {f"/feed/{n}".encode(): texts.feed(site(port, n), n) for n in range(feeds)}
    loop = asyncio.get_running_loop()
    for one in sockets:
        await loop.create_server(lambda: _Answers(bodies, latency), sock=one)
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
