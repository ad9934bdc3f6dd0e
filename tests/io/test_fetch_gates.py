"""Politeness per host, and which connections are kept."""

import asyncio
import itertools

import pytest

from reader.fetch import Web
from reader.fetch.gates import REMEMBERED, Gate, Gates
from reader.model import Request
from tests.io.conftest import LOOPBACK, Asked, Handler, Serve, names, said

pytestmark = pytest.mark.anyio


class Time:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """The time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.now += seconds


class Crowd:
    """A page that tells how many ask for it at the same time."""

    def __init__(self) -> None:
        self.inside = self.peak = 0

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """Answer once everybody else has had a chance to come in as well."""
        self.inside += 1
        self.peak = max(self.peak, self.inside)
        await asyncio.sleep(0.02)
        self.inside -= 1
        writer.write(said(b"here"))


class TestAtOnce:
    @pytest.mark.parametrize("purpose", ["feed", "page", "sync"])
    @pytest.mark.parametrize("urgent", [False, True])
    async def test_two_to_a_host(
        self, serve: Serve, web: Web, purpose: str, urgent: bool
    ) -> None:
        """However many ask, a host gets two requests at once, and all are answered."""
        crowd = Crowd()
        server = await serve({"/": crowd})
        request = Request(server.url + "/", purpose=purpose, urgent=urgent)  # type: ignore[arg-type]
        pages = await asyncio.gather(*(web(request) for _ in range(9)))

        assert crowd.peak == 2
        assert [page.body for page in pages] == [b"here"] * 9

    async def test_hosts_do_not_wait_for_each_other(
        self, serve: Serve, web: Web
    ) -> None:
        """Another host's requests go out meanwhile."""
        both = asyncio.Barrier(4)

        async def together(asked: Asked, writer: asyncio.StreamWriter) -> None:
            await both.wait()
            writer.write(said())

        one = await serve({"/": together})
        other = await serve({"/": together}, host="127.0.0.2")
        urls = (one.url, other.url, one.url, other.url)
        pages = await asyncio.gather(*(web(Request(f"{url}/")) for url in urls))

        assert len(pages) == 4

    async def test_waiting_is_not_elapsed(
        self, serve: Serve, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Time in the queue is not counted into a page's time."""
        time, held, go = Time(), asyncio.Barrier(3), asyncio.Event()
        monkeypatch.setattr("reader.fetch.exchange.perf_counter", time)

        async def hold(asked: Asked, writer: asyncio.StreamWriter) -> None:
            await held.wait()
            await go.wait()
            writer.write(said())

        server = await serve({"/held": hold, "/": said()})
        urls = [server.url + path for path in ("/held", "/held", "/")]
        asking = [asyncio.ensure_future(web(Request(url))) for url in urls]
        await held.wait()
        time.now += 60
        go.set()
        pages = await asyncio.gather(*asking)

        assert [page.elapsed for page in pages] == [60, 60, 0]


class TestSpacing:
    async def test_pages_of_a_host_are_apart(self) -> None:
        """Pages begin half a second apart, however fast the host answers."""
        time = Time()
        gate = Gate(0.5, time, time.sleep)
        starts = []
        for _ in range(4):
            async with gate.turn(paced=True, urgent=False):
                starts.append(time.now)

        assert [later - one for one, later in itertools.pairwise(starts)] == [0.5] * 3

    async def test_a_slow_host_is_not_waited_for_twice(self) -> None:
        """Spacing counts from start to start, not from the answer."""
        time = Time()
        gate = Gate(0.5, time, time.sleep)
        async with gate.turn(paced=True, urgent=False):
            time.now += 3
        before = time.now
        async with gate.turn(paced=True, urgent=False):
            pass

        assert time.now == before

    async def test_others_need_not_wait(self) -> None:
        """Feeds, and pages that somebody waits for, are not spaced."""
        time = Time()
        gate = Gate(0.5, time, time.sleep)
        async with gate.turn(paced=True, urgent=False):
            pass
        async with gate.turn(paced=False, urgent=True):
            pass

        assert time.now == 100.0

    async def test_spaced_also_when_they_had_to_queue(self) -> None:
        """Two that waited for a place do not start together when both come free."""
        time = Time()
        gate = Gate(0.5, time, time.sleep)
        starts: list[float] = []

        async def page() -> None:
            async with gate.turn(paced=True, urgent=False):
                starts.append(time.now)

        async with (
            gate.turn(paced=False, urgent=False),
            gate.turn(paced=False, urgent=False),
        ):
            pages = [asyncio.ensure_future(page()) for _ in "ab"]
            await asyncio.sleep(0)
            time.now += 60
        await asyncio.gather(*pages)

        assert starts[1] - starts[0] >= 0.5

    @pytest.mark.parametrize(
        ("purpose", "urgent", "slept"),
        [("page", False, [0.5]), ("page", True, []), ("feed", False, [])],
    )
    async def test_the_web_spaces_by_purpose(
        self, serve: Serve, purpose: str, urgent: bool, slept: list[float]
    ) -> None:
        """Only pages that nobody waits for are spaced."""
        server = await serve({"/": said()})
        naps: list[float] = []

        async def sleep(seconds: float) -> None:
            naps.append(round(seconds, 3))

        request = Request(server.url + "/", purpose=purpose, urgent=urgent)  # type: ignore[arg-type]
        async with Web(LOOPBACK, environ={}, clock=lambda: 7.0, sleep=sleep) as web:
            await web(request)
            await web(request)

        assert naps == slept


class TestQueue:
    async def test_urgent_goes_first(self) -> None:
        """Who waits for a page overtakes the background."""
        gate = Gate(0, lambda: 0.0, asyncio.sleep)
        order: list[str] = []

        async def visit(name: str, urgent: bool) -> None:
            async with gate.turn(paced=False, urgent=urgent):
                order.append(name)
                await asyncio.sleep(0)

        async with (
            gate.turn(paced=False, urgent=False),
            gate.turn(paced=False, urgent=False),
        ):
            tasks = [
                asyncio.ensure_future(visit(name, urgent))
                for name, urgent in (("a", False), ("b", False), ("c", True))
            ]
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)

        assert order == ["c", "a", "b"]

    async def test_who_gives_up_leaves_no_gap(self) -> None:
        """A request that is cancelled while it waits takes no place with it."""
        gate = Gate(0, lambda: 0.0, asyncio.sleep)

        async def visit() -> None:
            async with gate.turn(paced=False, urgent=False):
                pass

        async with gate.turn(paced=False, urgent=False):
            async with gate.turn(paced=False, urgent=False):
                waiting = asyncio.ensure_future(visit())
                handed = asyncio.ensure_future(visit())
                await asyncio.sleep(0)
                waiting.cancel()
            handed.cancel()  # in the very moment the place was handed over
        await asyncio.gather(waiting, handed, return_exceptions=True)

        assert gate.idle

    async def test_idle_hosts_are_forgotten(self) -> None:
        """Gates of many hosts do not pile up; those in use stay."""
        gates = Gates(0, lambda: 0.0, asyncio.sleep)
        used = gates.at("used.example")
        async with used.turn(paced=False, urgent=False):
            for number in range(REMEMBERED + 10):
                gates.at(f"{number}.example")

            assert gates.at("used.example") is used
        assert len(gates._by_host) < REMEMBERED


class TestConnections:
    async def test_are_used_again(self, serve: Serve, web: Web) -> None:
        """Three requests in a row need one connection."""
        server = await serve({"/": said()})
        for _ in range(3):
            await web(Request(server.url + "/"))

        assert server.connections == 1

    async def test_of_old_hosts_are_closed(self, serve: Serve) -> None:
        """Only so many hosts' connections are kept."""
        server = await serve({"/": said()})
        port = server.url.rpartition(":")[2]
        hosts = [f"{letter}.example" for letter in "abcdef"]
        here = names(**{host.replace(".", "_"): "127.0.0.1" for host in hosts})
        async with Web(LOOPBACK, environ={}, kept=2, look_up=here) as web:
            for host in hosts:
                await web(Request(f"http://{host}:{port}/"))
            await asyncio.sleep(0.02)
            left = server.open

        assert (server.connections, left) == (6, 2)

    async def test_are_closed_once(self, serve: Serve) -> None:
        """Many hosts at once, more than are kept: each is answered all the same."""
        server = await serve({"/": said()})
        port = server.url.rpartition(":")[2]
        hosts = [f"h{number}.example" for number in range(40)]
        here = names(**{host.replace(".", "_"): "127.0.0.1" for host in hosts})
        async with Web(LOOPBACK, environ={}, kept=1, look_up=here) as web:
            urls = [f"http://{host}:{port}/" for host in hosts * 2]
            pages = await asyncio.gather(*(web(Request(url)) for url in urls))

        assert [page.status for page in pages] == [200] * 80

    async def test_a_dead_one_is_replaced(self, serve: Serve, web: Web) -> None:
        """A kept connection on which rubbish lies is dropped and the page had anew."""
        rubbish = said(b"first") + b"rubbish that no one asked for\r\n\r\n"
        server = await serve({"/first": rubbish, "/second": said(b"second")})
        await web(Request(server.url + "/first"))
        page = await web(Request(server.url + "/second"))

        assert page.body == b"second"
        assert server.connections == 2

    async def test_a_post_is_never_sent_twice(self, serve: Serve, web: Web) -> None:
        """What changes something is not repeated, whatever the connection does."""
        from reader.errors import FetchError

        async def hang_up(asked: Asked, writer: asyncio.StreamWriter) -> None:
            writer.close()

        hang: Handler = hang_up
        server = await serve({"/": said(), "/post": hang})
        await web(Request(server.url + "/"))
        with pytest.raises(FetchError):
            await web(Request(server.url + "/post", "POST", body=b"a=1"))

        assert [asked.target for asked in server.asked] == ["/", "/post"]
