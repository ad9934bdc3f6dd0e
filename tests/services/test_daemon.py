"""Polling without end: only when something is due, and whatever trouble is met."""

from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from reader.errors import ReaderError, StoreError
from reader.services import Services, daemon, subscribe
from reader.services.poll import FeedPolled
from tests.services.played import NOW, PlayedWeb, item

pytestmark = pytest.mark.anyio
FEED = "https://relay.example/feed"


class Clock:
    """A clock that goes on when somebody sleeps, and ends the watch at last."""

    def __init__(self, end: timedelta) -> None:
        self.now = NOW
        self._end = NOW + end

    async def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        self.now += timedelta(seconds=seconds)
        if self.now >= self._end:
            raise EOFError


async def watched(services: Services, clock: Clock) -> list[object]:
    """What a watch tells until its end."""
    told: list[object] = []
    watch = daemon.watch(
        replace(services, now=lambda: clock.now), resolve="none", sleep=clock.sleep
    )
    with suppress(EOFError):
        async with aclosing(watch) as steps:
            async for step in steps:
                told.append(step if isinstance(step, ReaderError) else step.last)
    return told


class TestWatch:
    async def test_when_due(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed is asked when it is due, and left alone in between.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        feed = (await subscribe.add(built, FEED)).feed
        await built.write(built.store.wishes.every, feed.id, timedelta(hours=1))
        web.asked.clear()
        told = await watched(built, Clock(timedelta(hours=2, minutes=30)))

        assert len(web.asked) == 3
        assert len([one for one in told if isinstance(one, FeedPolled)]) == 3

    async def test_feeds_that_others_add(self, built: Services, web: PlayedWeb) -> None:
        """
        What comes to the store meanwhile is asked within a minute.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        clock = Clock(timedelta(minutes=5))
        before = clock.sleep

        async def sleep(seconds: float) -> None:
            if not built.store.feeds():
                await built.write(
                    built.store.add_feed, FEED, "Relay", None, None, clock.now
                )
            await before(seconds)

        clock.sleep = sleep  # type: ignore[method-assign]
        await watched(built, clock)

        assert web.urls() == [FEED]

    async def test_trouble_of_the_store(
        self, built: Services, web: PlayedWeb, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A store that cannot be used for a while is told, and asked again.
        """

        def broken(*args: object) -> None:
            raise StoreError("db", "is locked")

        monkeypatch.setattr(built.store, "lease", broken)
        told = await watched(built, Clock(timedelta(minutes=40)))

        assert [str(one) for one in told] == ["db: is locked"] * 3

    async def test_clock_set_back(self, built: Services) -> None:
        """
        A refresh that lies in the future is long ago.
        """
        assert daemon.due(built, None)
        assert not daemon.due(built, NOW)
        assert daemon.due(built, NOW + timedelta(days=1))
        assert daemon.due(built, NOW - built.settings.poll.min_interval)
