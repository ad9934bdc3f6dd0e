"""A page in headless Chromium, by its DevTools: looked at, and typed into."""

import asyncio
import base64
import contextlib
import itertools
import re
import shutil
import struct
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from aiohttp import ClientWebSocketResponse

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    "",
)
needs_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="Chromium is not installed (apt-get install chromium)"
)
PATIENCE = 2.0
Colour = tuple[int, ...]


class Page:
    """One page, as large as it was opened."""

    def __init__(self, socket: "ClientWebSocketResponse") -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    async def ask(self, method: str, **params: object) -> dict[str, Any]:
        """Have something done, and take the answer; nothing where none comes.

        What is asked while a page is being opened is lost at times.
        """
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while True:
                    answer = await self._socket.receive_json()
                    if answer.get("id") == number:
                        return dict(answer.get("result", {}))
        return {}

    async def picture(self, width: int, height: int) -> bytes:
        """The top left of the page, as PNG; nothing while it is being opened."""
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = await self.ask("Page.captureScreenshot", format="png", clip=clip)
        return base64.b64decode(shot.get("data", ""))

    async def type(self, text: str) -> None:
        """Press keys, one after another."""
        for char in text:
            for kind in ("keyDown", "keyUp"):
                await self.ask("Input.dispatchKeyEvent", type=kind, text=char, key=char)


@contextlib.asynccontextmanager
async def chromium(
    folder: Path, url: str, width: int, height: int
) -> AsyncIterator[Page]:
    """Chromium with a page open; both are gone afterwards."""
    import aiohttp

    profile = folder / "chromium"
    process = await asyncio.create_subprocess_exec(
        CHROMIUM,
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        *("--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0"),
        f"--user-data-dir={profile}",
        f"--window-size={width},{height}",
        url,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        port = await _port(process)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = await answer.json()
            page = next(one for one in pages if one["type"] == "page")
            address = page["webSocketDebuggerUrl"]
            async with session.ws_connect(address, max_msg_size=0) as socket:
                opened = Page(socket)
                await opened.ask("Emulation.setFocusEmulationEnabled", enabled=True)
                yield opened
    finally:
        process.kill()
        await process.wait()


async def _port(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    async for line in process.stderr:
        if found := re.search(rb"ws://127\.0\.0\.1:(\d+)/", line):
            return found[1].decode()
    pytest.fail("Chromium ended at once")


def colours(png: bytes) -> set[Colour]:
    """Every colour of a picture of eight bits a channel."""
    if not png:
        return set()
    width, height, _, kind = struct.unpack(">IIBB", png[16:26])
    size = {2: 3, 6: 4}[kind]
    found: set[Colour] = set()
    for line in _lines(_pixels(png), width * size, height, size):
        found.update(zip(line[0::size], line[1::size], line[2::size], strict=True))
    return found


def _pixels(png: bytes) -> bytes:
    parts, at = [], 8
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        if name == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return zlib.decompress(b"".join(parts))


def _lines(data: bytes, length: int, height: int, size: int) -> Iterator[bytes]:
    """The lines, each as it was before it was filtered (RFC 2083, 6)."""
    above = bytearray(length)
    for number in range(height):
        at = number * (length + 1)
        line = bytearray(data[at + 1 : at + 1 + length])
        _unfilter(data[at], line, above, size)
        yield bytes(line)
        above = line


def _unfilter(kind: int, line: bytearray, above: bytearray, size: int) -> None:
    for at in range(len(line)) if kind else ():
        left = line[at - size] if at >= size else 0
        corner = above[at - size] if at >= size else 0
        up = above[at]
        line[at] = (line[at] + _guessed(kind, left, up, corner)) & 255


def _guessed(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 3:
        return (left + up) // 2
    if kind == 4:
        near = left + up - corner
        return min((left, up, corner), key=lambda value: abs(near - value))
    return (0, left, up)[kind]
