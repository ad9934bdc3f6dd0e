"""Connections on asyncio's streams: what comes, what ends, what is trouble."""

import asyncio
from collections.abc import AsyncIterator

import httpcore
import pytest

from reader.fetch.stream import Stream, opened

pytestmark = pytest.mark.anyio


@pytest.fixture
async def echo() -> AsyncIterator[int]:
    """The port of a server that says a line back, and hangs up."""

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(await reader.readline())
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def to(port: int) -> Stream:
    """A connection to this machine."""
    return await opened("127.0.0.1", port, None, None, None)


class TestStream:
    async def test_says_and_hears(self, echo: int) -> None:
        """
        What is written arrives, what comes back is read, and then there is no more.
        """
        stream = await to(echo)
        await stream.write(b"ahoy\n")

        assert await stream.read(100) == b"ahoy\n"
        assert await stream.read(100) == b""
        assert stream.get_extra_info("is_readable")
        await stream.aclose()

    async def test_an_open_one_is_not_readable(self, echo: int) -> None:
        """
        A connection that nobody closed can be used again.
        """
        stream = await to(echo)

        assert not stream.get_extra_info("is_readable")
        assert stream.get_extra_info("server_addr") == ("127.0.0.1", echo)
        await stream.aclose()
        assert stream.get_extra_info("is_readable")

    async def test_a_deadline(self, echo: int) -> None:
        """
        Who waits no longer than so long is told.
        """
        stream = await to(echo)

        with pytest.raises(httpcore.ReadTimeout):
            await stream.read(100, timeout=0.01)
        await stream.aclose()

    async def test_nobody_there(self, echo: int) -> None:
        """
        A port where nobody listens is trouble of httpcore's, with its cause.
        """
        with pytest.raises(httpcore.ConnectError) as trouble:
            await to(1)

        assert isinstance(trouble.value.__cause__, ConnectionRefusedError)
