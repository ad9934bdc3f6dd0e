"""Many polls on a fast clock of servers that fail, move, hang, change and lie.

Memory and descriptors are looked at once it has warmed up, and in the end. The polls
are the program's own, over real connections to loopback; a part of `reliability`, and
by itself: `python -m tests.bench soak [--polls N]`.
"""

import argparse
import asyncio
import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader import services, settings
from reader.fetch import Web
from reader.services import Services, poll
from reader.urls import Policy
from tests.bench.bars import Bar, told
from tests.bench.runs import resident

START = datetime(2026, 2, 5, 12, tzinfo=UTC)
STEP = timedelta(minutes=16)
WARM = 3
"""One part in so many of the polls is warming up."""

_ITEM = (
    "<item><title>Number {n} of {kind}</title><guid>{n}</guid><link>http://{kind}"
    ".example/{n}</link><description>&lt;p>{text}&lt;/p></description></item>"
)
_RSS = "<rss version='2.0'><channel><title>{kind}</title>{items}</channel></rss>"


@dataclass(frozen=True, slots=True)
class Soaked:
    """What it held after warming up, and in the end; and what was asked."""

    polls: int
    requests: int
    failed: int
    memory_before: float
    memory_after: float
    files_before: int
    files_after: int

    @property
    def leaked(self) -> int:
        """How many descriptors it held more."""
        return self.files_after - self.files_before

    @property
    def growth(self) -> float:
        """By which part the memory grew."""
        return self.memory_after / self.memory_before - 1


class _Trouble:
    """One server with a path for each kind of trouble."""

    KINDS = (
        *("same", "changing", "gone", "failing", "moving", "hanging", "resetting"),
        *("garbage", "half", "busy", "slow", "circle", "teapot", "notmodified"),
    )

    def __init__(self) -> None:
        self.asked = 0

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """One connection."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.asked += 1
                kind = head.split(b" ")[1].decode().strip("/").partition("/")[0]
                if kind == "hanging":
                    await reader.read()  # until who asked has gone
                    break
                if not await self._answer(kind, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, kind: str, writer: asyncio.StreamWriter) -> bool:
        """Answer; False when the connection is over."""
        match kind:
            case "resetting":
                return False
            case "half":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<rss>")
                await writer.drain()
                return False
            case "garbage":
                writer.write(_said("200 OK", os.urandom(2_000)))
            case "moving" | "circle":
                to = "/same" if kind == "moving" else "/circle/" + str(self.asked)
                writer.write(_said("302 Found", b"", f"Location: {to}"))
            case "gone" | "failing" | "busy" | "teapot":
                codes = {"gone": "404 No", "failing": "500 No", "busy": "503 No"}
                writer.write(_said(codes.get(kind, "418 No"), b"x" * 500))
            case "notmodified":
                writer.write(_said("304 Not Modified", b""))
            case _:
                await asyncio.sleep(0.05 if kind == "slow" else 0)
                number = self.asked if kind == "changing" else 1
                writer.write(_said("200 OK", _feed(kind, number)))
        await writer.drain()
        return True


def _said(status: str, body: bytes, *headers: str) -> bytes:
    rows = "".join(f"{row}\r\n" for row in headers)
    head = f"HTTP/1.1 {status}\r\n{rows}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _feed(kind: str, number: int) -> bytes:
    # The same entries with another text each time: what is kept does not grow.
    items = (_ITEM.format(n=n, kind=kind, text=f"{number} " * 40) for n in range(20))
    return _RSS.format(kind=kind, items="".join(items)).encode()


HOUR = 4 * 1_000
"""An hour's worth of answers: a thousand feeds, each as often as any is asked."""
POLLS = -(-HOUR // len(_Trouble.KINDS))
"""Polls of all of these servers in which so many answers are asked for."""


@asynccontextmanager
async def _world(folder: Path) -> AsyncIterator[tuple[Services, _Trouble, list[int]]]:
    trouble, passed = _Trouble(), [0]
    server = await asyncio.start_server(trouble.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    paths = settings.Paths.under(folder)
    chosen, rules = settings.Settings(), settings.load_rules(paths)
    policy = Policy.of(["127.0.0.1"])
    async with Web(policy, environ={}, timeout=0.3, spacing=0) as web:
        made = services.build(
            web, paths, chosen, rules, lambda: START + passed[0] * STEP, UTC
        )
        for kind in trouble.KINDS:
            url = f"http://127.0.0.1:{port}/{kind}"
            made.store.add_feed(url, kind, None, None, START)
        try:
            yield made, trouble, passed
        finally:
            made.close()
            server.close()


async def _soak(folder: Path, polls: int) -> Soaked:
    async with _world(folder) as (made, trouble, passed):
        memory, files, failed = 0.0, 0, 0
        for number in range(polls):
            passed[0] = number
            async for step in poll.refresh(made, force=True, resolve="none"):
                failed += step.failed if step.done == step.total else 0
            if number == polls // WARM:
                memory, files = _held()
        after = _held()
        return Soaked(polls, trouble.asked, failed, memory, after[0], files, after[1])


def _held() -> tuple[float, int]:
    """MiB and descriptors of this process."""
    gc.collect()
    return resident(os.getpid()), len(os.listdir("/proc/self/fd"))


def soaked(polls: int) -> Soaked:
    """Poll so often, and tell what was held."""
    folder = Path(tempfile.mkdtemp(prefix="firsthand-soak-"))
    try:
        return asyncio.run(_soak(folder, polls))
    finally:
        shutil.rmtree(folder)


def bars(done: Soaked) -> tuple[Bar, ...]:
    """What must hold of it: memory flat within a tenth, no descriptor leaked."""
    return (
        Bar("memory grown", 100 * done.growth, 10, "%"),
        Bar("descriptors leaked", done.leaked, 2, ""),
    )


def main(given: Sequence[str]) -> int:
    """An hour's worth, or as many polls as are wanted."""
    parser = argparse.ArgumentParser("python -m tests.bench soak")
    parser.add_argument("--polls", type=int, default=POLLS)
    done = soaked(parser.parse_args(given).polls)
    print(f"{done.polls:,} polls on a clock that runs {STEP} at each")
    print(f"{done.requests:,} requests, {done.failed:,} feeds failed")
    print(f"memory {done.memory_before:.1f} MiB, then {done.memory_after:.1f} MiB")
    print(f"descriptors {done.files_before}, then {done.files_after}", end="\n\n")
    print(told(bars(done)))
    return 0 if all(bar.met for bar in bars(done)) else 1
