"""How far one has read, and how far a refresh has come, until it is stopped."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reader.model import Page, Request
from reader.services import Services
from reader.settings import Filter
from reader.store.filters import PASSED
from tests.tui.conftest import Open

pytestmark = pytest.mark.anyio

LONG = "Watermarks, and the people who still read them"


class TestProgress:
    async def test_in_the_article(self, services: Services, running: Open) -> None:
        """
        While the article has the keys its reading time is told; in the list it is not.
        """
        async with running(services, (120, 20)) as program:
            await program.to(LONG)
            before = program.status
            await program.press("enter")
            began = program.status
            await program.press("G")

            assert "min left" not in before
            assert began.endswith("min left   0 %")
            assert program.status.endswith("100 %")

            await program.press("h")

            assert "min left" not in program.status


class TestStopping:
    async def test_escape_stops_a_refresh(
        self, make: Callable[..., Services], lived_in: Path, running: Open
    ) -> None:
        """
        Escape at the list ends the refresh; no feed stays held, and `q` would quit.
        """
        asked = asyncio.Event()

        async def never(request: Request) -> Page:
            asked.set()
            await asyncio.Event().wait()
            raise AssertionError(request.url)

        services = make(lived_in, fetch=never)
        async with running(services, (120, 20)) as program:
            await program.pilot.press("R")
            await program.until(asked.is_set)
            assert program.app.polling.running
            assert "escape stop" in program.offered

            await program.pilot.press("escape")
            await program.until(lambda: not program.app.polling.running)

            said = "Refresh stopped; what came is kept · the next one in 15 min"
            assert program.status == said
            now = services.now()
            hour = timedelta(hours=1)
            again = services.store.lease("next", now, now + hour, None, False)
            assert len(again) == len(program.app.feeds)

    async def test_the_next_one_waits(
        self, make: Callable[..., Services], lived_in: Path, running: Open
    ) -> None:
        """
        After that no feed is asked by itself for a while; whoever asks is heard.
        """

        async def never(request: Request) -> Page:
            await asyncio.Event().wait()
            raise AssertionError(request.url)

        services = make(lived_in, fetch=never)
        async with running(services, (120, 20)) as program:
            await program.pilot.press("R", "escape")
            await program.until(lambda: program.app.polling.rests is not None)
            program.app.refresh_due()
            assert not program.app.polling.running

            await program.pilot.press("R")
            assert program.app.polling.running
            assert program.app.polling.rests is None
            await program.pilot.press("escape")
            await program.until(lambda: not program.app.polling.running)


class TestFilters:
    async def test_one_passed_over(
        self, make: Callable[..., Services], lived_in: Path, running: Open
    ) -> None:
        """
        A filter that was too slow to be applied is told once, after the refresh.
        """
        slow = Filter("/(a|aa)+$/", name="Slow", hide=True)
        services = replace(make(lived_in), filters=(slow,))
        services.store.set_setting(PASSED, '{"Slow": "takes too long"}')
        async with running(services, (120, 20)) as program:
            for told in (True, False):
                program.app.refresh_feeds(None)
                await program.until(lambda: not program.app.polling.running)
                assert program.status.startswith("Filter Slow: not applied") is told
                program.app.hush()
