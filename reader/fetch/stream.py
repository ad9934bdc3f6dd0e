"""Bytes to and from one connection, on asyncio's own streams; knows no address book.

httpcore's own streams go through anyio, which takes half again as long as the rest of a
request. Trouble is httpcore's.
"""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore

Options = list[httpcore.SOCKET_OPTION] | None

_INFO = {
    "ssl_object": "ssl_object",
    "client_addr": "sockname",
    "server_addr": "peername",
    "socket": "socket",
}
"""What httpcore asks for, by asyncio's names."""


@contextmanager
def _told(late: type[Exception], broken: type[Exception]) -> Iterator[None]:
    """Trouble with a connection as httpcore has it."""
    try:
        yield
    except TimeoutError as error:
        raise late(str(error)) from error
    except (OSError, EOFError) as error:
        raise broken(str(error)) from error


async def opened(
    address: str, port: int, timeout: float | None, local: str | None, options: Options
) -> "Stream":
    """A connection to an address."""
    with _told(httpcore.ConnectTimeout, httpcore.ConnectError):
        async with asyncio.timeout(timeout):
            reader, writer = await asyncio.open_connection(
                address, port, local_addr=(local, 0) if local else None
            )
    for option in options or ():
        writer.get_extra_info("socket").setsockopt(*option)
    return Stream(reader, writer)


class Stream(httpcore.AsyncNetworkStream):
    """One connection, plain or with TLS."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes; none at the end."""
        with _told(httpcore.ReadTimeout, httpcore.ReadError):
            async with asyncio.timeout(timeout):
                return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes; waits where too many are on their way."""
        if not buffer:
            return
        with _told(httpcore.WriteTimeout, httpcore.WriteError):
            async with asyncio.timeout(timeout):
                self._writer.write(buffer)
                await self._writer.drain()

    async def aclose(self) -> None:
        """Close it, without waiting for what the other side says to that."""
        self._writer.close()
        await asyncio.sleep(0)
        self._writer.transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "Stream":
        """The same connection with TLS; closed where that is cut short."""
        secured = False
        try:
            with _told(httpcore.ConnectTimeout, httpcore.ConnectError):
                async with asyncio.timeout(timeout):
                    await self._writer.start_tls(
                        ssl_context, server_hostname=server_hostname
                    )
            secured = True
        finally:
            if not secured:
                await self.aclose()
        return Stream(self._reader, self._writer)

    def get_extra_info(self, info: str) -> object:
        """What is known of the connection, by httpcore's names."""
        if info == "is_readable":
            # Nobody waits for anything: the other side has closed it, or breaks rules.
            return self._reader.at_eof() or self._writer.is_closing()
        name = _INFO.get(info)
        return self._writer.get_extra_info(name) if name else None
