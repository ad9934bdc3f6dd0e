"""The feed reader behaviour checklist (FRB), item by item.

The list is https://rachelbythebay.com/frb/, kept by Liferea as FRB001 to FRB141; what
an item asks for is said here in our own words. Numbers that stand side by side, or from
one to another, are asked for together and held together. Numbers in no name below stand
in no public copy of the list that could be read when this was written.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from reader.errors import FeedError, FetchError, FetchKind, ReaderError
from reader.fetch.gates import Gates
from reader.fetch.headers import headers_for, user_agent
from reader.model import Feed, Page, Request
from reader.query import ALL
from reader.services import Services, doctor, moving, poll, subscribe
from reader.services.poll import FeedPolled
from reader.store import Store
from tests.services.played import NOW, PlayedWeb, item

pytestmark = pytest.mark.anyio

OUTSIDE = {
    "FRB104, FRB105": "no address is guessed while polling (tested below); the usual "
    "paths of a site are tried once, when a person typed the address of a page that "
    "declares no feed, because that person has just asked for it",
    "FRB071": "no unconditional request need be confirmed: no key and no command makes "
    "one (tested below)",
}
"""Items that do not apply, or not wholly, and why."""

MODIFIED = "Wed, 04 Feb 2026 10:00:00 GMT"
ETAG = 'W/"a-b;c"'
FEED = "https://relay.example/feed"
OTHER = "https://relay.example/other"
ELSEWHERE = "https://new.example/feed"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ITEMS = (
    item("Ferry sold", "https://relay.example/a"),
    item("Pier closed", "https://relay.example/b"),
)
LOGIN = "<html><title>Log in</title><form><input type=password></form></html>"


@dataclass
class World:
    """Services over a played web, and a clock that is set by hand."""

    services: Services
    web: PlayedWeb
    now: datetime = NOW

    async def add(self, url: str = FEED) -> Feed:
        """Subscribe, and forget what was asked for it."""
        added = await subscribe.add(self.services, url)
        self.web.asked.clear()
        return added.feed

    async def poll(
        self, *feeds: Feed, after: timedelta = timedelta(0), force: bool = True
    ) -> list[FeedPolled]:
        """One refresh, some time later; what became of each feed."""
        self.now += after
        named = tuple(feed.id for feed in feeds) or None
        steps = poll.refresh(self.services, named, force=force, resolve="none")
        return [s.last async for s in steps if isinstance(s.last, FeedPolled)]

    def feed(self, url: str = FEED) -> Feed:
        """A subscription as it is now."""
        return self.services.store.find_feed(url)

    def serve(self, url: str = FEED, *headers: tuple[str, str]) -> None:
        """Let a feed answer with these headers besides its content type."""
        self.web.feed(url, *ITEMS)
        kind = ("content-type", "application/rss+xml")
        self.web.pages[url] = replace(self.web.pages[url], headers=(kind, *headers))

    def redirect(self, url: str, target: str, status: int = 301) -> None:
        """Let an address lead elsewhere."""
        self.web.put(url, "", status, (("location", target),))

    def told(self) -> str:
        """All that the doctor says."""
        return "\n".join(check.message for check in doctor.check(self.services))

    def pause(self, url: str = FEED) -> timedelta:
        """How long a feed is left alone from now."""
        due = self.feed(url).next_poll
        assert due is not None
        return due - self.now


@pytest.fixture
def world(built: Services, web: PlayedWeb) -> World:
    """A world without feeds."""
    made = World(built, web)
    made.services = replace(built, now=lambda: made.now)
    return made


def sent(request: Request) -> dict[str, str]:
    """The headers of a request as they go over the wire."""
    return {n.decode().lower(): v.decode() for n, v in headers_for(request)}


class TestConditionalRequests:
    async def test_frb001_frb002_frb012_last_modified(self, world: World) -> None:
        """
        `Last-Modified` is kept and sent back character by character.
        """
        odd = "wed, 4 feb 2026 10:00:00 +0000 (roughly)"
        world.serve(FEED, ("last-modified", odd))
        await world.add()
        await world.poll()

        assert sent(world.web.asked[0])["if-modified-since"] == odd

    async def test_frb003_frb004_frb013_etag(self, world: World) -> None:
        """
        An `ETag` is kept and sent back with its quotes and its `W/`.
        """
        world.serve(FEED, ("etag", ETAG))
        await world.add()
        await world.poll()

        assert sent(world.web.asked[0])["if-none-match"] == ETAG

    async def test_frb012_frb013_nothing_is_made_up(self, world: World) -> None:
        """
        Who gave no validator gets none, at the first request and at any later one.
        """
        world.serve()
        await subscribe.add(world.services, FEED)
        await world.poll(after=DAY)

        assert len(world.web.asked) == 2
        assert all("if-" not in " ".join(sent(request)) for request in world.web.asked)

    async def test_frb014_one_set(self, world: World) -> None:
        """
        Both validators are of one answer: a new one without the other drops the other.
        """
        world.serve(FEED, ("etag", ETAG), ("last-modified", MODIFIED))
        await world.add()
        world.serve(FEED, ("last-modified", MODIFIED))
        world.web.feed(FEED, item("New", "https://relay.example/c"))
        kept = world.web.pages[FEED]
        world.web.pages[FEED] = replace(kept, headers=(("last-modified", MODIFIED),))
        await world.poll()
        await world.poll()

        assert "if-none-match" not in sent(world.web.asked[1])
        assert sent(world.web.asked[1])["if-modified-since"] == MODIFIED

    @pytest.mark.parametrize("status", [404, 429, 500, 503, 200])
    async def test_frb016_trouble_forgets_nothing(
        self, world: World, status: int
    ) -> None:
        """
        After an error, and after a login page, the next request is conditional still.
        """
        world.serve(FEED, ("etag", ETAG), ("last-modified", MODIFIED))
        await world.add()
        world.web.put(FEED, LOGIN, status)
        await world.poll()
        await world.poll(after=DAY)
        last = sent(world.web.asked[-1])

        assert (last["if-none-match"], last["if-modified-since"]) == (ETAG, MODIFIED)

    async def test_frb016_time_forgets_nothing(self, world: World) -> None:
        """
        Validators are not dropped because they are old.
        """
        world.serve(FEED, ("etag", ETAG))
        await world.add()
        await world.poll(after=400 * DAY)

        assert sent(world.web.asked[0])["if-none-match"] == ETAG

    async def test_frb071_by_hand_is_conditional(self, world: World) -> None:
        """
        Nobody has to be asked whether to fetch unconditionally: no key ever does.
        """
        world.serve(FEED, ("etag", ETAG))
        feed = await world.add()
        await world.poll(feed)

        assert sent(world.web.asked[0])["if-none-match"] == ETAG
        assert len(world.web.asked) == 1


class TestPace:
    @pytest.mark.parametrize("status", [429, 503])
    @pytest.mark.parametrize("given", ["7200", "Thu, 05 Feb 2026 14:00:00 GMT"])
    async def test_frb020_retry_after(
        self, world: World, status: int, given: str
    ) -> None:
        """
        `Retry-After` is obeyed, in seconds and as a date.
        """
        world.serve()
        await world.add()
        world.web.put(FEED, "", status, (("retry-after", given),))
        await world.poll()

        assert world.pause() == 2 * HOUR
        assert not await world.poll(after=HOUR, force=False)

    async def test_frb021_a_bare_429(self, world: World) -> None:
        """
        A 429 that names no time is obeyed all the same, for longer each time.
        """
        world.serve()
        await world.add()
        world.web.put(FEED, "", 429, ())
        await world.poll()
        first = world.pause()
        await world.poll(after=HOUR)

        assert first >= world.services.settings.poll.min_interval
        assert world.pause() > first

    @pytest.mark.parametrize("status", [429, 503])
    async def test_frb020_frb033_the_whole_host(
        self, world: World, status: int
    ) -> None:
        """
        A host that asks for a pause is left alone: its other feeds, too, and by hand.
        """
        for url in (FEED, OTHER, ELSEWHERE):
            world.serve(url)
            await world.add(url)
        world.web.put(FEED, "", status, (("retry-after", "3600"),))
        await world.poll(world.feed())
        world.web.asked.clear()
        polled = await world.poll(after=HOUR / 2)

        assert world.web.urls() == [ELSEWHERE]
        assert sorted(one.status for one in polled) == ["held", "held", "unchanged"]
        assert world.pause(OTHER) >= HOUR / 2

        world.serve(FEED)
        await world.poll(after=HOUR)

        assert set(world.web.urls()) == {FEED, OTHER, ELSEWHERE}

    async def test_frb033_frb034_few_at_once(self) -> None:
        """
        However many feeds a host has, it gets two requests at a time at most.
        """
        gates = Gates(0.0, lambda: 0.0, asyncio.sleep)
        now, most = 0, 0

        async def ask() -> None:
            nonlocal now, most
            async with gates.at("relay.example").turn(paced=False, urgent=False):
                now += 1
                most = max(most, now)
                await asyncio.sleep(0)
                now -= 1

        await asyncio.gather(*(ask() for _ in range(20)))

        assert most == 2

    @pytest.mark.parametrize(
        ("headers", "pause"),
        [
            ((("cache-control", "public, max-age=10800"),), 3 * HOUR),
            ((("cache-control", "max-age=10800"), ("age", "3600")), 2 * HOUR),
            ((("expires", "Thu, 05 Feb 2026 15:00:00 GMT"),), 3 * HOUR),
        ],
        ids=["max-age", "age", "expires"],
    )
    async def test_frb022_freshness(
        self, world: World, headers: tuple[tuple[str, str], ...], pause: timedelta
    ) -> None:
        """
        What may be kept is kept, also after a 304 that says nothing about it.
        """
        world.serve(FEED, ("etag", ETAG), *headers)
        await world.add()

        assert world.pause() == pause

        await world.poll(after=pause)

        assert world.pause() == pause

    async def test_frb023_slow_feeds(self, world: World) -> None:
        """
        A feed that brings nothing for long is asked ever less often.
        """
        world.serve(FEED, ("etag", ETAG))
        await world.add()
        pauses = [world.pause()]
        for days in (2, 10):
            await world.poll(after=days * DAY)
            pauses.append(world.pause())

        assert pauses[0] < pauses[1] < pauses[2]

    @pytest.mark.parametrize(
        ("hint", "least"),
        [
            ("<ttl>300</ttl>", 5 * HOUR),
            ("<skipHours><hour>13</hour><hour>14</hour></skipHours>", 3 * HOUR),
            ("<skipDays><day>Thursday</day></skipDays>", 12 * HOUR),
            (
                '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
                ">daily</sy:updatePeriod>",
                DAY,
            ),
        ],
        ids=["ttl", "skipHours", "skipDays", "updatePeriod"],
    )
    async def test_frb024_hints(
        self, world: World, hint: str, least: timedelta
    ) -> None:
        """
        The feed's own wishes hold after its answer, and after an unchanged one.
        """
        world.serve(FEED, ("etag", ETAG))
        page = world.web.pages[FEED]
        body = page.body.replace(b"<description>d</description>", hint.encode(), 1)
        body = body.replace(b"10:00:00 GMT", b"11:59:00 GMT")
        world.web.pages[FEED] = replace(page, body=body)
        await world.add()
        before = world.pause()
        (polled,) = await world.poll()

        assert before >= least
        assert polled.status == "unchanged"
        assert world.pause() >= least

    async def test_frb030_frb031_frb032_articles_once(self, world: World) -> None:
        """
        A page that was looked at is not fetched again with every poll.
        """
        link = "https://relay.example/a"
        world.serve()
        for url in (link, "https://relay.example/b"):
            world.web.put(url, "<article><h1>Ferry</h1><p>Sold.</p></article>")
        await world.add()

        async def all_of_it() -> None:
            steps = poll.refresh(world.services, force=True, resolve="all")
            assert [step async for step in steps]

        await all_of_it()
        await all_of_it()

        assert world.web.urls().count(link) == 1

    async def test_frb036_one_request_to_subscribe(self, world: World) -> None:
        """
        Subscribing to a feed takes one request, whose answer is its first poll.
        """
        world.serve()
        added = await subscribe.add(world.services, FEED)

        assert world.web.urls() == [FEED]
        assert added.new == len(ITEMS)

    async def test_frb037_a_new_start_polls_nothing(self, world: World) -> None:
        """
        When a feed is due is kept: whoever starts again asks nobody sooner.
        """
        world.serve()
        await world.add()
        again = Store(world.services.store.path)
        due = again.lease("another", world.now, world.now + HOUR)
        again.close()

        assert due == ()


class TestRequests:
    async def test_frb050_frb051_get(self, world: World) -> None:
        """
        Feeds are asked with GET; HEAD is not even a method of ours.
        """
        world.serve()
        await subscribe.add(world.services, FEED)
        await world.poll()

        assert {request.method for request in world.web.asked} == {"GET"}

    async def test_frb060_frb061_the_address_as_it_is(self, world: World) -> None:
        """
        An address goes out as it was given; one that cannot be asked is told so.
        """
        odd = "https://relay.example/feed?b=2&a=1&utm_source=x"
        world.serve(odd)
        await subscribe.add(world.services, odd)
        await world.poll()

        assert world.web.urls() == [odd, odd]
        with pytest.raises(ReaderError):
            await subscribe.add(world.services, "gopher://relay.example/feed")

    async def test_frb080_to_frb090_who_we_are(self, world: World) -> None:
        """
        We say our own name, version and address, the same to everybody.
        """
        world.serve()
        await world.add()
        await world.poll()
        said = sent(world.web.asked[0])["user-agent"]

        assert said == user_agent()
        assert said.startswith("Firsthand/")
        assert "+https://" in said
        assert "Mozilla" not in said

    async def test_frb080_to_frb090_nothing_about_the_reader(
        self, world: World
    ) -> None:
        """
        A poll tells neither where it comes from nor who reads: no Cookie, no Referer.
        """
        world.serve(FEED, ("set-cookie", "id=1"))
        await world.add()
        await world.poll()
        names = set(sent(world.web.asked[0]))

        assert names <= {"user-agent", "accept", "accept-encoding", "if-none-match"}

    async def test_frb141_compression(self, world: World) -> None:
        """
        Compressed answers are asked for.
        """
        world.serve()
        await world.add()
        await world.poll()

        assert "gzip" in sent(world.web.asked[0])["accept-encoding"]


class TestSubscribing:
    @pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500])
    async def test_frb100_only_what_answers(self, world: World, status: int) -> None:
        """
        An address that answers with an error is not subscribed to.
        """
        world.serve()
        world.web.pages[FEED] = replace(world.web.pages[FEED], status=status)

        with pytest.raises(ReaderError, match=str(status)):
            await subscribe.add(world.services, FEED)
        assert world.services.store.feeds() == ()

    async def test_frb101_frb120_what_came_is_told(self, world: World) -> None:
        """
        What a server said is told in words, when subscribing and in the doctor.
        """
        world.serve()
        await world.add()
        world.web.put(
            FEED, "No robots, please.", 403, (("content-type", "text/plain"),)
        )
        await world.poll()

        assert "HTTP 403" in world.told()
        assert "HTTP 403" in (world.feed().error or "")

    async def test_frb102_no_feed(self, world: World) -> None:
        """
        A page that is no feed and declares none is not subscribed to.
        """
        world.web.put(FEED, "<html><p>Soon here.</p></html>")

        with pytest.raises(FeedError):
            await subscribe.add(world.services, FEED)
        assert world.services.store.feeds() == ()

    async def test_frb103_declared(self, world: World) -> None:
        """
        A page's own declaration leads to its feed, without a guess.
        """
        page = "https://relay.example/"
        world.serve()
        world.web.put(
            page,
            '<html><head><link rel="alternate" type="application/rss+xml" '
            'href="/feed"></head></html>',
        )
        added = await subscribe.add(world.services, page)

        assert added.feed.url == FEED
        assert world.web.urls() == [page, FEED]

    async def test_frb104_frb105_polls_guess_nothing(self, world: World) -> None:
        """
        A feed that became a page is not looked for at other addresses.
        """
        world.serve()
        await world.add()
        world.web.put(FEED, "<html><p>Our site is new!</p></html>")
        await world.poll()

        assert world.web.urls() == [FEED]
        assert world.feed().url == FEED


class TestTrouble:
    @pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 418, 451, 500, 502])
    async def test_frb110_to_frb119_status(self, world: World, status: int) -> None:
        """
        Whatever the error, a feed that goes on failing is asked ever less often.
        """
        world.serve()
        await world.add()
        world.web.put(FEED, "", status)

        assert await self.slows_down(world)

    @pytest.mark.parametrize(
        "kind", ["dns", "connect", "tls", "timeout", "too-large", "protocol"]
    )
    async def test_frb110_to_frb119_no_answer(
        self, world: World, kind: FetchKind
    ) -> None:
        """
        So is one that cannot be reached at all.
        """
        world.serve()
        await world.add()

        async def broken(request: Request) -> Page:
            raise FetchError(request.url, "no answer", kind)

        world.services = replace(world.services, fetch=broken)

        assert await self.slows_down(world)

    async def test_frb110_to_frb119_no_feed_any_more(self, world: World) -> None:
        """
        So is one that answers with something else.
        """
        world.serve()
        await world.add()
        world.web.put(FEED, LOGIN)

        assert await self.slows_down(world)

    @staticmethod
    async def slows_down(world: World) -> bool:
        """Whether each of four failures in a row is followed by a longer pause."""
        pauses = []
        for _ in range(4):
            await world.poll(after=DAY)
            pauses.append(world.pause())
        return all(one < other for one, other in pairwise(pauses))

    async def test_frb110_to_frb119_well_again(self, world: World) -> None:
        """
        A feed that answers again is asked as before.
        """
        world.serve()
        await world.add()
        good = world.web.pages[FEED]
        usual = world.pause()
        world.web.put(FEED, "", 500)
        for _ in range(6):
            await world.poll()
        world.web.pages[FEED] = good
        await world.poll()

        assert world.feed().failures == 0
        assert world.pause() == usual

    async def test_frb114_gone(self, world: World) -> None:
        """
        A feed that is gone for good is not asked again until somebody names it.
        """
        world.serve()
        feed = await world.add()
        good = world.web.pages[FEED]
        world.web.put(FEED, "", 410)
        await world.poll()
        for days in (1, 30, 400):
            await world.poll(after=days * DAY, force=False)
        await world.poll()

        assert world.web.urls() == [FEED]
        assert "not polled any more" in world.told()
        assert world.feed().entries == len(ITEMS)

        world.web.pages[FEED] = good
        await world.poll(feed)

        assert world.feed().paused is None
        assert world.feed().error is None

    @pytest.mark.parametrize("code", [302, 307, 301])
    async def test_a_captive_portal(self, world: World, code: int) -> None:
        """
        A login page in a feed's place changes nothing: not its address, nor its title.
        """
        world.serve(FEED, ("etag", ETAG))
        await world.add()
        before = world.feed()
        world.redirect(FEED, "https://portal.example/login", code)
        world.web.put("https://portal.example/login", LOGIN)
        for _ in range(9):
            (polled,) = await world.poll(after=DAY)
            assert polled.status == "failed"
        after = world.feed()

        assert (after.url, after.title, after.entries, after.validators) == (
            *(before.url, before.title, before.entries, before.validators),
        )
        assert world.services.store.moves() == ()


class TestMoves:
    async def moved(self, world: World, status: int = 301, days: int = 8) -> Feed:
        """A feed that was led elsewhere, polled daily."""
        world.serve(FEED)
        feed = await world.add()
        world.serve(ELSEWHERE)
        world.redirect(FEED, ELSEWHERE, status)
        for _ in range(days):
            await world.poll(after=DAY)
        return world.services.store.feed(feed.id)

    @pytest.mark.parametrize("status", [301, 308])
    async def test_frb130_frb131_for_good(self, world: World, status: int) -> None:
        """
        After seven days of permanent redirects the old address is asked no more.
        """
        feed = await self.moved(world, status)
        world.web.asked.clear()
        await world.poll()

        assert feed.url == ELSEWHERE
        assert world.web.urls() == [ELSEWHERE]
        assert feed.entries == len(ITEMS)

    async def test_frb130_not_yet(self, world: World) -> None:
        """
        Before that it is only told.
        """
        feed = await self.moved(world, days=7)

        assert feed.url == FEED
        assert "seems to move" in world.told()

    @pytest.mark.parametrize("status", [302, 303, 307])
    async def test_frb131_for_now(self, world: World, status: int) -> None:
        """
        A redirect that is not permanent is followed, and never kept.
        """
        feed = await self.moved(world, status, days=30)

        assert feed.url == FEED
        assert feed.moving is None
        assert feed.error is None

    async def test_frb131_every_hop(self, world: World) -> None:
        """
        One hop on the way that is not permanent, and the whole way is not.
        """
        feed = await self.moved(world, days=0)
        world.redirect(FEED, OTHER)
        world.redirect(OTHER, ELSEWHERE, 302)
        for _ in range(30):
            await world.poll(after=DAY)

        assert world.services.store.feed(feed.id).url == FEED

    async def test_frb131_a_day_without(self, world: World) -> None:
        """
        A feed that answers at its old address in between begins anew.
        """
        feed = await self.moved(world, days=6)
        world.serve(FEED)
        await world.poll(after=DAY)
        world.redirect(FEED, ELSEWHERE)
        for _ in range(3):
            await world.poll(after=DAY)

        assert world.services.store.feed(feed.id).url == FEED

    async def test_another_feed(self, world: World) -> None:
        """
        A feed of other entries is not taken for ours, however permanent the redirect.
        """
        feed = await self.moved(world, days=0)
        world.web.feed(ELSEWHERE, item("Casino", "https://new.example/casino"))
        for _ in range(30):
            await world.poll(after=DAY)

        assert world.services.store.feed(feed.id).url == FEED
        assert "had none of its entries" in world.told()

    @pytest.mark.parametrize("status", [404, 410])
    async def test_an_old_address_that_dies(self, world: World, status: int) -> None:
        """
        A feed is asked for where it led for seven days when its old address is dead.
        """
        feed = await self.moved(world, days=7)
        world.web.put(FEED, "", status)
        await world.poll(after=DAY)
        after = world.services.store.feed(feed.id)

        assert (after.url, after.error, after.paused) == (ELSEWHERE, None, None)

    @pytest.mark.parametrize("days", [1, 6])
    async def test_an_old_address_that_dies_soon(self, world: World, days: int) -> None:
        """
        Where it led for less than that, it stays and is told as what it is.
        """
        feed = await self.moved(world, days=days)
        world.web.put(FEED, "", 404)
        await world.poll(after=DAY / 2)
        after = world.services.store.feed(feed.id)

        assert (after.url, after.failures) == (FEED, 1)

    async def test_https_at_once(self, world: World) -> None:
        """
        The same address over https is taken the first time it is seen.
        """
        plain = FEED.replace("https:", "http:")
        world.serve(plain)
        feed = await world.add(plain)
        world.serve(FEED)
        world.redirect(plain, FEED)
        (polled,) = await world.poll()

        assert world.services.store.feed(feed.id).url == FEED
        assert polled.moved is not None

    async def test_frb132_frb135_told(self, world: World) -> None:
        """
        A move is told when it is made, by the doctor, and kept in a journal.
        """
        await self.moved(world)
        (move,) = world.services.store.moves()

        assert (move.before, move.after) == (FEED, ELSEWHERE)
        assert f"moved from {FEED} to {ELSEWHERE}" in world.told()
        assert "--undo-move" in world.told()

    async def test_frb132_frb135_undone(self, world: World) -> None:
        """
        A move that is taken back stays so, though the redirect does, too.
        """
        feed = await self.moved(world)
        await moving.undo(world.services, feed)
        for _ in range(30):
            await world.poll(after=DAY)

        assert world.services.store.feed(feed.id).url == FEED
        with pytest.raises(ReaderError):
            await moving.undo(world.services, feed)

    async def test_frb137_two_become_one(self, world: World) -> None:
        """
        A feed that moved to where another one is is left to that one, and told.
        """
        world.serve(ELSEWHERE)
        await world.add(ELSEWHERE)
        feed = await self.moved(world)
        world.web.asked.clear()
        await world.poll(after=DAY)

        assert world.web.urls() == [ELSEWHERE]
        assert "the same feed as Relay" in world.told()
        assert world.services.store.feed(feed.id).entries == len(ITEMS)
        assert len(world.services.store.ids(ALL)) == 2 * len(ITEMS)


def test_outside() -> None:
    """
    What does not apply is said with its reason.
    """
    assert all(len(reason) > 40 for reason in OUTSIDE.values())
