"""Sifting in a process beside ours: the same values, and nothing lost with it."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import pytest

from reader.errors import FeedError
from reader.model import Feed
from reader.rules import Rules
from reader.services import workers
from reader.services.sift import Body, Sifted, sift
from reader.services.workers import Workers
from reader.store import Packed

pytestmark = pytest.mark.anyio
URL = "https://one.example/feed"
GOOD = b"""<rss version="2.0"><channel><title>One</title>
<link>https://one.example/</link><item><title>Ferry sold</title>
<link>https://one.example/1</link><description>Sold again.</description></item>
</channel></rss>"""


def body(data: bytes = GOOD) -> Body:
    """What a feed without entries answered."""
    return Body(Feed(1, URL, "One"), {}, data, URL)


@pytest.fixture(scope="module")
def rules() -> Rules:
    """No facts are needed here."""
    return Rules()


@pytest.fixture
def busy(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Workers with many new feeds to come, on a machine that has a core to spare."""
    monkeypatch.setattr(workers, "_cores", lambda: {0, 1})
    made = Workers(lambda: rules, 1_000, 1_000)
    yield made
    made.close()


class NoBeside:
    """A process that never comes up, and is asked for nothing."""

    def start(self, load: Callable[[], Rules]) -> None:
        """Fail as one that was killed does."""
        raise BrokenProcessPool

    def close(self) -> None:
        """Nothing is there."""


async def started(made: Workers) -> None:
    """Wait until the process is there."""
    made.expect()
    await asyncio.gather(*made._starting)


def taken(made: Workers) -> list[int]:
    """The hands that are free, by their order: first those beside us."""
    return sorted(hand.order for hand in made._free._queue)  # type: ignore[attr-defined]


class TestWorkers:
    async def test_a_handful(self, rules: Rules) -> None:
        """
        A few feeds are sifted here: no process is started for them.
        """
        few = Workers(lambda: rules, workers.WORTH - 1)
        found = [await few.sift(body()) for _ in range(workers.FIRST + 2)]

        assert set(found) == {sift(rules, body())}
        assert few._beside == ()

    async def test_most_bring_nothing(
        self, rules: Rules, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A process is started when bodies come, or are sure to: not for a poll of old.
        """
        monkeypatch.setattr(workers, "Beside", NoBeside)
        monkeypatch.setattr(workers, "_cores", lambda: {0, 1, 2})
        old, new = Workers(lambda: rules, 1_000), Workers(lambda: rules, 1_000, 900)
        for made in (old, new):
            made.expect()
        before = len(old._beside), len(new._beside)
        for _ in range(workers.FIRST + 1):
            await old.sift(body())

        assert before == (0, 2)
        assert len(old._beside) == 2

    async def test_a_slow_body(
        self, rules: Rules, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A body that takes for ever keeps no other waiting.
        """
        go = threading.Event()

        def slow(rules: Rules, one: Body) -> Sifted:
            if one.url == "slow":
                go.wait(60)
            return sift(rules, one)

        monkeypatch.setattr(workers, "sift", slow)
        made = Workers(lambda: rules, 10)
        first = asyncio.create_task(made.sift(replace(body(), url="slow")))
        found = [await made.sift(body()) for _ in range(3)]
        waited = not first.done()
        go.set()
        await first

        assert waited
        assert set(found) == {sift(rules, body())}

    async def test_watched(self, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Where keys are pressed the process sifts alone, until it is gone or slow.
        """
        monkeypatch.setattr(workers, "_cores", lambda: {0, 1})
        made = Workers(lambda: rules, 1_000, 1_000, watched=True)
        made.expect()
        waiting = taken(made)
        await started(made)
        alone = taken(made)
        found = await made.sift(body())
        monkeypatch.setattr(workers, "PATIENCE", 0.01)
        held = [await made._hand(), await made._hand()]
        helped = await made.sift(body())
        made.close()

        assert (waiting, alone) == ([], [0] * workers.THERE)
        assert found == helped == sift(rules, body())
        assert [hand.order for hand in held] == [0] * workers.THERE
        assert taken(made) == [1] * workers.HERE

    async def test_watched_and_gone(
        self, rules: Rules, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A process that never comes up leaves the bodies to us at once.
        """
        monkeypatch.setattr(workers, "Beside", NoBeside)
        monkeypatch.setattr(workers, "_cores", lambda: {0, 1})
        made = Workers(lambda: rules, 1_000, 1_000, watched=True)
        await started(made)

        assert taken(made) == [1] * workers.HERE
        assert await made.sift(body()) == sift(rules, body())

    async def test_no_process_to_be_had(
        self, rules: Rules, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where the system gives no process the bodies are ours at once.
        """

        class Refused(NoBeside):
            def start(self, load: Callable[[], Rules]) -> None:
                raise OSError(11, "no more processes")

        monkeypatch.setattr(workers, "Beside", Refused)
        monkeypatch.setattr(workers, "_cores", lambda: {0, 1})
        made = Workers(lambda: rules, 1_000, 1_000, watched=True)
        await started(made)

        assert taken(made) == [1] * workers.HERE

    async def test_the_same_values(self, busy: Workers, rules: Rules) -> None:
        """
        What the process gives is what would have come of it here.
        """
        await started(busy)
        found = await busy.sift(body())

        assert found == sift(rules, body())
        assert [one.url for one in found.new if isinstance(one, Packed)] == [
            "https://one.example/1"
        ]

    async def test_no_feed(self, busy: Workers) -> None:
        """
        What is wrong with a body is told as it is here.
        """
        await started(busy)
        with pytest.raises(FeedError) as raised:
            await busy.sift(body(b"<html><body>Hello</body></html>"))

        assert raised.value.subject == URL

    async def test_killed(self, busy: Workers, rules: Rules) -> None:
        """
        A process that is killed costs no feed; the rest is sifted here.
        """
        await started(busy)
        for beside in busy._beside:
            for process in list(beside._pool._processes.values()):
                process.kill()
                process.join()
        before = taken(busy)
        found = [await busy.sift(body()) for _ in range(3)]

        assert before == [0] * workers.THERE + [1] * workers.HERE
        assert set(found) == {sift(rules, body())}
        assert taken(busy) == [1] * workers.HERE


class TestRules:
    async def test_they_are_loaded_by_the_first_body(self, rules: Rules) -> None:
        """
        A poll that brings nothing reads no rules; one with news does.
        """
        loads: list[Rules] = []

        def load() -> Rules:
            loads.append(rules)
            return rules

        few = Workers(load, 1)
        before = len(loads)
        await few.sift(body())

        assert (before, len(loads)) == (0, 1)


class TestBeside:
    def test_under_a_screen(self) -> None:
        """
        It comes up where the standard error is no file: Textual's is none.
        """
        code = (
            "import io, sys\n"
            "class Screen(io.StringIO):\n"
            "    def fileno(self): return -1\n"
            "sys.stderr = Screen()\n"
            "from reader.services.beside import Beside\n"
            "Beside().close()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )

        assert (done.returncode, done.stderr) == (0, "")
