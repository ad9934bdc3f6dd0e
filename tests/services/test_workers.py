"""Sifting in a process beside ours: the same values, and nothing lost with it."""

import asyncio
from collections.abc import Iterator

import pytest

from reader.errors import FeedError
from reader.model import Feed
from reader.rules import Rules
from reader.services import workers
from reader.services.sift import Body, sift
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
    """Workers with many feeds to come, on a machine that has a core to spare."""
    monkeypatch.setattr(workers, "FIRST", 0)
    monkeypatch.setattr(workers, "_cores", lambda: {0, 1})
    made = Workers(lambda: rules, 1_000)
    yield made
    made.close()


async def started(made: Workers) -> None:
    """Wait until the process is there."""
    await made.sift(body())
    assert made._ready is not None
    await asyncio.wrap_future(made._ready)


class TestWorkers:
    async def test_a_handful(self, rules: Rules) -> None:
        """
        A few feeds are sifted here: no process is started for them.
        """
        few = Workers(lambda: rules, workers.WORTH - 1)
        found = [await few.sift(body()) for _ in range(workers.FIRST + 2)]

        assert set(found) == {sift(rules, body())}
        assert few._pool is None

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
        assert busy._pool is not None
        for process in list(busy._pool._processes.values()):
            process.kill()
            process.join()
        found = [await busy.sift(body()) for _ in range(3)]

        assert set(found) == {sift(rules, body())}
        assert busy._pool is None


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
