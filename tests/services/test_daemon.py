"""Polling without end: only when something is due, and whatever trouble is met."""

from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from reader.cli.daemon import Renewing
from reader.errors import ReaderError, StoreError
from reader.fetch import Web
from reader.services import Services, daemon, subscribe
from reader.services.poll import FeedPolled
from reader.services.renewing import Files
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

    async def test_settings_that_change(self, built: Services, web: PlayedWeb) -> None:
        """
        What is set is looked for anew before each look.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        seen: list[Services] = []

        async def renew(services: Services) -> Services:
            seen.append(services)
            slower = replace(services.settings.poll, min_interval=timedelta(hours=9))
            return replace(services, settings=replace(services.settings, poll=slower))

        clock = Clock(timedelta(minutes=3))
        services = replace(built, now=lambda: clock.now)
        watch = daemon.watch(services, sleep=clock.sleep, renew=renew)
        with suppress(EOFError):
            async with aclosing(watch) as steps:
                async for _ in steps:
                    pass

        hours = [one.settings.poll.min_interval.total_seconds() / 3600 for one in seen]
        assert hours == [0.25, 9.0, 9.0]


class TestFiles:
    def test_each_is_read_when_it_changes(self, built: Services) -> None:
        """
        Settings, rules and filters are as their files say now; unchanged ones stay.
        """
        paths, files = built.paths, Files(built.paths)
        same, _ = files.look(built)
        assert same is built
        paths.config.mkdir(parents=True, exist_ok=True)
        paths.config_file.write_text('[fetch]\nallow_hosts = ["nas.local"]\n')
        paths.filters_file.write_text('[[filter]]\nwhen = "unread"\nstar = true\n')
        paths.rules_file.write_text('[tracking]\nnames = ["seen_by"]\n')
        now, faults = files.look(built)

        assert faults == ()
        assert now.settings.fetch.allow_hosts == ("nas.local",)
        assert now.policy.refusal("http://nas.local/") is None
        assert [one.when for one in now.filters] == ["unread"]
        assert now.rules != built.rules
        assert now.store is built.store

    @pytest.mark.parametrize("name", ["config_file", "filters_file", "rules_file"])
    def test_a_bad_one_is_told_once(self, built: Services, name: str) -> None:
        """
        One that cannot be used is named in one line, and what held before goes on.
        """
        files, file = Files(built.paths), getattr(built.paths, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("this is [ no TOML")
        now, (told,) = files.look(built)
        again, silent = files.look(now)

        assert now is again is built
        assert told.startswith(f"{file}: ")
        assert told.endswith("; what held before goes on")
        assert "\n" not in told
        assert silent == ()
        file.unlink()
        _, well = files.look(built)
        assert well == ()

    async def test_the_network_follows(
        self, built: Services, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Where the settings of the network change the daemon has another one.
        """
        built.paths.config.mkdir(parents=True, exist_ok=True)
        async with Renewing(built) as renewing:
            same = await renewing.renewed(built)
            built.paths.config_file.write_text("[fetch]\ntimeout = 7\n")
            other = await renewing.renewed(same)
            built.paths.config_file.write_text("[fetch\n")
            last = await renewing.renewed(other)

        assert same.fetch is built.fetch
        assert isinstance(other.fetch, Web)
        assert last is renewing.services is other
        assert capsys.readouterr().err.count("\n") == 1
