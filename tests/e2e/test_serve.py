"""`firsthand serve` on loopback: who is let in, and what the page may do."""

import asyncio
import json
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.browser import Colour, Page, chromium, colours, needs_chromium
from tests.e2e.program import PROGRAM, Program

if TYPE_CHECKING:
    from aiohttp import ClientWebSocketResponse

pytest.importorskip("textual_serve", reason="the extra `web` is not installed")
aiohttp = pytest.importorskip("aiohttp", reason="the extra `web` is not installed")

WAIT = 60.0
ROOT = Path(__file__).parents[2]
THEME = tomllib.loads((ROOT / "themes" / "ink.toml").read_text("utf-8"))
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a served demo."""
    program = Program(tmp_path / "home", {"BROWSER": "false"})
    environ = {k: v for k, v in program.environ.items() if k != "NO_COLOR"}
    with subprocess.Popen(
        [*PROGRAM, "serve", "--demo"], env=environ, stdout=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout is not None
        try:
            yield served.stdout.readline().strip()
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait(WAIT)


@asynccontextmanager
async def page(address: str) -> "AsyncIterator[ClientWebSocketResponse]":
    """The socket of the page, as the page itself opens it."""
    origin = address.rsplit("/", 2)[0]
    socket = f"{address.replace('http:', 'ws:')}ws?width=120&height=40"
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(socket, origin=origin) as connected,
    ):
        yield connected


async def until(
    socket: "ClientWebSocketResponse", wanted: str
) -> tuple[str, list[list[object]]]:
    """What came, as text and as messages, until a text stands in it."""
    drawn = ""
    told: list[list[object]] = []
    async with asyncio.timeout(WAIT):
        while wanted not in drawn and wanted not in str(told):
            message = await socket.receive()
            if message.type == aiohttp.WSMsgType.BINARY:
                drawn += _CONTROL.sub("", message.data.decode("utf-8", "replace"))
            elif message.type == aiohttp.WSMsgType.TEXT:
                told.append(json.loads(message.data))
            else:
                pytest.fail(f"the socket ended before {wanted!r}: {drawn[-500:]}")
    return drawn, told


def children(pid: int) -> list[int]:
    """The processes that a process has begun."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(each) for each in found.stdout.split()]


@pytest.mark.anyio
class TestServe:
    async def test_who_is_let_in(self, address: str) -> None:
        """
        Another host, another origin or another token gets 403, of page, file and
        socket alike; the page itself comes in.
        """
        own = address.rsplit("/", 2)[0]
        wrong: list[tuple[str, dict[str, str]]] = [
            (address, {"Host": "evil.example"}),
            (address, {"Host": own.replace("http://127.0.0.1", "localhost")}),
            (address, {"Origin": "http://evil.example"}),
            (address, {"Origin": "null"}),
            (f"{own}/", {}),
            (f"{own}/ws", {"Origin": own}),
            (f"{own}/static/js/textual.js", {}),
            (f"{address[:-2]}/", {}),
        ]
        async with aiohttp.ClientSession() as session:
            for url, headers in wrong:
                async with session.get(url, headers=headers) as answer:
                    assert answer.status == 403, (url, headers)
                    assert "firsthand" not in (await answer.text()).lower()
            async with session.get(address) as answer:
                assert answer.status == 200
                assert "no-referrer" in answer.headers["Referrer-Policy"]
                assert "'none'" in answer.headers["Content-Security-Policy"]
                assert f"ws{address[4:]}ws" in await answer.text()
            async with session.get(f"{address}static/js/textual.js") as answer:
                assert answer.status == 200
            async with session.get(f"{address}download/anything") as answer:
                assert answer.status == 404

    @pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
    async def test_a_foreign_socket(self, address: str, origin: str | None) -> None:
        """
        No other site, and no page of nowhere, types into the reader: it knows the
        token, and is turned away all the same.
        """
        socket = f"{address.replace('http:', 'ws:')}ws"
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(socket, origin=origin)

        assert refused.value.status == 403

    async def test_reads_and_is_confined(self, address: str) -> None:
        """
        The reader is in the page; links open there, and nothing is saved or piped.
        """
        async with page(address) as socket:
            await until(socket, "Harbour Courant")
            await socket.send_json(["stdin", "o"])
            _, told = await until(socket, "open_url")
            opened = [each[1] for each in told if each[0] == "open_url"]
            await socket.send_json(["stdin", "|"])
            await until(socket, "In a web page nothing is saved")

        assert [dict(each)["url"] for each in opened] == [  # type: ignore[call-overload]
            "https://harbour-courant.example/2026/03/ferry-sold-twice"
        ]

    async def test_the_reader_ends_with_its_page(self, tmp_path: Path) -> None:
        """
        A closed page leaves its reader, and so does a server that is killed.
        """
        environ = Program(tmp_path / "home").environ
        served = await asyncio.create_subprocess_exec(
            *PROGRAM, "serve", "--demo", env=environ, stdout=subprocess.PIPE
        )
        assert served.stdout is not None
        address = (await served.stdout.readline()).decode().strip()
        async with page(address) as socket:
            await until(socket, "Harbour Courant")
            first = children(served.pid)
        await gone(first)
        async with page(address) as socket:
            await until(socket, "Harbour Courant")
            second = children(served.pid)
            served.kill()
            await served.wait()
            await gone(second)

        assert len(first) == len(second) == 1


@pytest.mark.anyio
@needs_chromium
class TestInABrowser:
    async def test_is_to_be_seen(self, address: str, tmp_path: Path) -> None:
        """
        The page shows the reader in its own colours, and takes keys without a click:
        in zen there is no list, and so no cursor in it.
        """
        async with chromium(tmp_path, address, 1200, 560) as browser:
            begun = tones("accent", "panel", "background", "surface", "cursor")
            await shown(browser, begun)
            await browser.type("=")
            await shown(browser, tones("surface"), without=tones("cursor"))


def tones(*names: str) -> set[Colour]:
    """Colours of the theme that is there at first."""
    named = {**THEME, **THEME["variables"]}
    return {tuple(bytes.fromhex(named[name].removeprefix("#"))) for name in names}


async def shown(
    browser: Page, wanted: set[Colour], *, without: Collection[Colour] = ()
) -> None:
    """Wait until the page has all of some colours and none of others."""
    async with asyncio.timeout(WAIT):
        while True:
            found = await asyncio.to_thread(colours, await browser.picture(640, 150))
            if wanted <= found and found.isdisjoint(without):
                return
            await asyncio.sleep(0.2)


async def gone(pids: list[int]) -> None:
    """Wait until processes have ended."""
    async with asyncio.timeout(WAIT):
        while any(map(_lives, pids)):  # noqa: ASYNC110  nothing tells of its end
            await asyncio.sleep(0.1)


def _lives(pid: int) -> bool:
    """Whether a process runs; one that nobody has asked after does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False


class TestWithout:
    def test_without_the_extra(self, tmp_path: Path) -> None:
        """
        Where textual-serve is missing, one line says what to install.
        """
        code = (
            "import sys; sys.modules['textual_serve'] = None\n"
            "sys.argv = ['firsthand', 'serve']\n"
            "from reader.cli import main; main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=Program(tmp_path / "home").environ,
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 1
        assert done.stdout == ""
        assert "'.[web]'" in done.stderr
        assert done.stderr.count("\n") == 1

    def test_a_port_that_is_taken(self, address: str, tmp_path: Path) -> None:
        """
        A port that somebody has is told in one line.
        """
        port = re.search(r":(\d+)/", address)
        assert port is not None

        done = Program(tmp_path / "other").run("serve", "--port", port[1])

        assert done.returncode == 1
        assert f"port {port[1]}" in done.stderr
        assert done.stderr.count("\n") == 1
