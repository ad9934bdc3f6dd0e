"""Leaving: what was done before is kept, and how it went is handed on."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from reader import tui
from reader.errors import StoreError
from reader.query import STARRED
from reader.services import Services
from reader.tui.app import Firsthand
from reader.tui.screens.main import Main
from tests.tui.conftest import Open

pytestmark = pytest.mark.anyio


class TestMarks:
    @pytest.mark.parametrize("keys", [("s", "q"), ("s", "Q")], ids="".join)
    async def test_survive(
        self,
        running: Open,
        make: Callable[..., Services],
        lived_in: Path,
        keys: tuple[str, ...],
    ) -> None:
        """A star that waits for a busy writer is there when one comes back."""
        services = make(lived_in)
        free = threading.Event()
        async with running(services) as program:
            row = program.main.row
            assert row is not None
            busy = asyncio.create_task(services.write(free.wait))
            await asyncio.sleep(0)
            await program.pilot.press(*keys)
            asyncio.get_running_loop().call_later(0.05, free.set)
        await busy
        services.close()
        again = make(services.paths.database.parents[1])

        assert row.id in again.store.ids(STARRED)

    async def test_begun_in_the_same_moment(
        self, running: Open, services: Services
    ) -> None:
        """A mark whose writing has not even begun when the screens go is made."""
        async with running(services) as program:
            row = program.main.row
            assert row is not None
            program.main.mark((row.id,), starred=True)
            program.app.exit()

        assert row.id in services.store.ids(STARRED)


class TestRun:
    @pytest.fixture(autouse=True)
    def _without_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(App, "get_driver_class", lambda self: HeadlessDriver)

    async def test_done(
        self, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Left by a key, the program ends well."""
        monkeypatch.setattr(Firsthand, "_begin", lambda app: app.exit())

        assert await tui.run(services, {}, polls=False) == tui.Left()

    async def test_a_bug(
        self,
        services: Services,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """What nobody expected ends the program, and its exit code says so."""

        def broken(main: Main) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(Main, "open_first", broken)
        left = await tui.run(services, {}, polls=False)

        assert (left.wants, left.code) == (None, 1)
        assert isinstance(left.fault, ZeroDivisionError)
        # Whoever runs it tells, in a line: no traceback, nor what stood in its frames.
        assert "Traceback" not in "".join(capsys.readouterr())

    async def test_a_store_that_cannot_be_read(
        self, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without a store there is nothing to show: whoever opened us is told why."""

        def broken() -> None:
            raise StoreError("firsthand.db", "the database is damaged")

        monkeypatch.setattr(services.store, "feeds", broken)
        with pytest.raises(StoreError, match="damaged"):
            await tui.run(services, {}, polls=False)
