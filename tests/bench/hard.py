"""Whether feeds that are hard to take slow the others: a hundred, alone and beside.

`python -m tests.bench hard [--feeds N] [--rounds N]`. The hard ones: one of 100,000
entries, one with an entry of 9 MB, one with three of 10 MB, one that drips, one that
never answers, one with yesterday's body for ever. Needs no network but loopback.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bars import Bar, table, told
from tests.bench.readers import environ, firsthand, prepare
from tests.bench.serve import serving

ITEM = b"<item><title>Boat</title><link>/%d</link><description>%s</description></item>"
HEAD = b'<rss version="2.0"><channel><title>Hard</title><link>http://h.example/</link>'
FOOT = b"</channel></rss>"
WORDS = b"The ferry left the harbour late again. "
MEGABYTE = 1024 * 1024
SLOWED = 1.5
"""How much longer the others may take: two of the hard ones are honest work."""


def _feed(count: int, words: bytes) -> bytes:
    items = (ITEM % (n, words) for n in range(count))
    return HEAD + b"".join(items) + FOOT


BODIES: dict[str, Callable[[], bytes]] = {
    "many": lambda: _feed(100_000, b""),
    "large": lambda: _feed(1, WORDS * (9 * MEGABYTE // len(WORDS))),
    "larger": lambda: _feed(3, WORDS * (10 * MEGABYTE // len(WORDS))),
    "same": lambda: _feed(30, WORDS * 40),
}
"""What is answered at once; "drip" and "silent" are the others."""
NAMES = (*BODIES, "drip", "silent")


@dataclass(frozen=True, slots=True)
class Beside:
    """How long plain feeds took, seconds from the start; what the hard ones said."""

    last: float
    whole: float
    said: tuple[str, ...] = ()


@contextmanager
def hard() -> Iterator[tuple[str, ...]]:
    """A server of the hard feeds, as long as this lasts; gives their addresses."""
    bodies = {name: make() for name, make in BODIES.items()}
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        name = head.split(b" ", 2)[1].decode().strip("/")
        # Let go, it ends without a word.
        with suppress(asyncio.CancelledError):
            await _answer(name, bodies, writer)

    async def start() -> asyncio.Server:
        return await asyncio.start_server(answer, "127.0.0.251", 0)

    server = asyncio.run_coroutine_threadsafe(start(), loop).result()
    port = server.sockets[0].getsockname()[1]
    try:
        yield tuple(f"http://127.0.0.251:{port}/{name}" for name in NAMES)
    finally:
        asyncio.run_coroutine_threadsafe(_let_go(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _let_go() -> None:
    """End the answers that nobody waits for any more."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _answer(
    name: str, bodies: dict[str, bytes], writer: asyncio.StreamWriter
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
    try:
        if name == "silent":
            await asyncio.sleep(120)
        elif name == "drip":
            writer.write(head + b"Content-Length: 100000\r\n\r\n")
            for one in HEAD:
                writer.write(bytes((one,)))
                await writer.drain()
                await asyncio.sleep(1)
        else:
            body = bodies[name]
            writer.write(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


def measure(plain: int, rounds: int) -> tuple[list[Beside], list[Beside]]:
    """The plain feeds alone, and beside the hard ones, in turns."""
    alone, beside = [], []
    with serving(plain) as served, hard() as trouble:
        for _ in range(rounds):
            alone.append(_polled(served.urls, ()))
            beside.append(_polled(served.urls, trouble))
    return alone, beside


def _polled(urls: Sequence[str], trouble: Sequence[str]) -> Beside:
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as folder:
        home = Path(folder)
        # The hard ones come first: whoever waited for them would wait for all.
        prepare(home, (*trouble, *urls))
        return _watched(home, set(urls))


def _watched(home: Path, plain: set[str]) -> Beside:
    """Poll all, and see when the last of the plain ones was told."""
    start = time.perf_counter()
    last, said = 0.0, []
    child = subprocess.Popen(
        firsthand("refresh", "--force", "--json"),
        env=environ(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    for line in child.stdout or ():
        row = json.loads(line)
        if row.get("url") in plain:
            last = time.perf_counter() - start
        elif "url" in row:
            at = time.perf_counter() - start
            said.append(f"{at:5.1f} s  {row['url'].rpartition('/')[2]}: {_word(row)}")
    child.wait()
    return Beside(last, time.perf_counter() - start, tuple(said))


def _word(row: dict[str, object]) -> str:
    return str(row.get("error") or f"{row.get('status')}, {row.get('new')} new")


def _median(found: Iterable[Beside]) -> float:
    return statistics.median(one.last for one in found)


def main(given: Sequence[str]) -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser("python -m tests.bench hard")
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args(given)
    alone, beside = measure(wanted.feeds, wanted.rounds)
    head = ("hard", "last of the others s", "whole s")
    rows = (
        (f"{name} {wanted.feeds}", f"{one.last:.2f}", f"{one.whole:.2f}")
        for name, found in (("alone", alone), ("beside hard ones", beside))
        for one in found
    )
    print(table([head, *rows]), *beside[-1].said, sep="\n", end="\n\n")
    least, most = _median(alone), _median(beside)
    bar = Bar("the others, beside hard ones", most, SLOWED * least, "s", "1.5 × alone")
    print(told([bar]))
    return 0 if bar.met else 1
