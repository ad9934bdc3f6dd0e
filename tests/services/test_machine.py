"""What the doctor tells of the machine: clock, disk, keyring, networks, SQLite."""

import shutil
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from reader.services import Services, credentials, machine
from reader.services.credentials import Credentials
from reader.services.doctor import Check
from reader.settings import FetchSettings, Settings
from reader.store import Poll, engine
from tests.services.played import NOW

URL = "https://closed.example/feed"


def found(built: Services, name: str, **environ: str) -> list[Check]:
    """The checks of a name."""
    return [c for c in machine.machine(built, environ) if c.name == name]


class TestClock:
    def test_right(self, built: Services) -> None:
        """A clock that agrees with what was polled is told, and is well."""
        assert found(built, "clock") == [Check("clock", True, "2026-02-05 12:00 UTC")]

    def test_long_gone(self, built: Services) -> None:
        """A clock of before this program was made is wrong."""
        (told,) = found(replace(built, now=lambda: NOW.replace(year=1980)), "clock")

        assert not told.ok

    def test_back_again(self, built: Services) -> None:
        """A feed that was polled in the future tells that the clock jumped."""
        feed = built.store.add_feed(URL, "Closed", None, None, NOW)
        built.store.save_poll(Poll(feed.id, NOW + timedelta(days=400)))
        (told,) = found(built, "clock")

        assert not told.ok
        assert "2027-03" in told.message


class TestDisk:
    @pytest.mark.parametrize(("free", "ok"), [(10**12, True), (10**6, False)], ids=str)
    def test_room(
        self, built: Services, monkeypatch: pytest.MonkeyPatch, free: int, ok: bool
    ) -> None:
        """A disk on which no copy would have room is told of before it is full."""
        room = SimpleNamespace(total=10**12, free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: room)

        assert [check.ok for check in found(built, "disk")] == [ok]


class TestPasswords:
    def test_none(self, built: Services) -> None:
        """Who keeps no password is told of no keyring."""
        assert found(built, "passwords") == []

    async def _kept(self, built: Services) -> None:
        feed = built.store.add_feed(URL, "Closed", None, None, NOW)
        await credentials.keep(built, feed, Credentials("ann", "sesame"))

    @pytest.mark.anyio
    async def test_in_a_file(self, built: Services) -> None:
        """Where they are in a file that is told, and no password with it."""
        await self._kept(built)
        (told,) = found(built, "passwords")

        assert told.ok
        assert "no keyring here" in told.message
        assert "sesame" not in repr(told)

    @pytest.mark.anyio
    @pytest.mark.parametrize("left", ["{}", "{"], ids=["gone", "damaged"])
    async def test_gone(self, built: Services, left: str) -> None:
        """A password that is not to be had any more is a fault, with its feed."""
        await self._kept(built)
        built.paths.secrets_file.write_text(left)
        told = found(built, "passwords")[-1]

        assert not told.ok
        assert "Closed" in told.message
        assert "firsthand credentials 1" in (told.fix or "")


class TestAllowed:
    @pytest.mark.parametrize(
        ("host", "oks"),
        [
            ("nas.local", []),
            ("192.168.1.7", []),
            ("192.168.1.0/24", []),
            ("10.0.0.0/8", [True]),
            ("fd00::/8", [True]),
            ("169.254.0.0/16", [False]),
            ("0.0.0.0/0", [False]),
            ("::/0", [False]),
        ],
        ids=str,
    )
    def test_networks(self, built: Services, host: str, oks: list[bool]) -> None:
        """A wide network is told of; the whole of it, or a cloud's secrets, amiss."""
        chosen = Settings(fetch=FetchSettings(allow_hosts=(host,)))
        told = found(replace(built, settings=chosen), "allow_hosts")

        assert [check.ok for check in told] == oks


class TestProxy:
    def test_told_without_its_login(self, built: Services) -> None:
        """That somebody else decides where requests lead is told, and no password."""
        told = found(built, "proxy", https_proxy="http://ann:sesame@proxy.example:1")

        assert [check.ok for check in told] == [True]
        assert "sesame" not in repr(told)


class TestEngine:
    @pytest.mark.parametrize(
        ("here", "count"), [((3, 53, 0), 0), ((3, 51, 0), 1), ((3, 30, 0), 3)], ids=str
    )
    def test_faults(self, here: tuple[int, ...], count: int) -> None:
        """What was mended after a version is told of it, and nothing else."""
        assert len(engine.faults(here)) == count

    def test_told(self, built: Services) -> None:
        """The version at work is told, and is no fault of this machine's."""
        (told,) = found(built, "sqlite")

        assert told.ok
        assert engine.version() in told.message
