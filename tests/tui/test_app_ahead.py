"""The articles below the one that is read are fetched meanwhile, and no others."""

from collections.abc import Callable
from dataclasses import replace

import anyio
import pytest

from reader import demo
from reader.model import Page, Request
from reader.services import Services
from reader.settings import Settings
from reader.tui.screens.main import AHEAD
from tests.tui.conftest import Open

pytestmark = pytest.mark.anyio


def _fetched(services: Services, ids: list[int]) -> list[bool]:
    return [services.store.stored(entry_id).fetched for entry_id in ids]


class TestAhead:
    async def test_the_next_two(self, services: Services, running: Open) -> None:
        """
        When an entry was opened, the two below it are fetched; the third is not.
        """
        async with running(services) as program:
            window = program.main.entries.window
            first = next(
                at
                for at in range(len(window.ids) - 3)
                if not any(_fetched(services, list(window.ids[at + 1 : at + 4])))
            )
            program.main.entries.go(first)
            await program.press("enter")
            after = list(window.ids[first + 1 : first + 4])

            assert _fetched(services, after) == [True, True, False]

    async def test_none_if_told_so(
        self, make: Callable[..., Services], lived_in: object, running: Open
    ) -> None:
        """
        A setting turns it off.
        """
        settings = Settings()
        quiet = replace(settings, reading=replace(settings.reading, next_ahead=0))
        services = make(lived_in, quiet)
        async with running(services) as program:
            ids = list(program.main.entries.window.ids)
            before = _fetched(services, ids[1:])
            await program.press("enter")

            assert _fetched(services, ids[1:]) == before

    async def test_moving_on_ends_it(
        self, make: Callable[..., Services], lived_in: object, running: Open
    ) -> None:
        """
        Whoever moves to another entry wants others next: what was begun is left.
        """

        async def fetch(request: Request) -> Page:
            if not request.urgent:
                await anyio.sleep_forever()
            return await demo.fetch(request)

        services = make(lived_in, fetch=fetch)
        async with running(services) as program:
            main = program.main
            window = main.entries.window
            first = next(
                at
                for at in range(len(window.ids) - 2)
                if not any(_fetched(services, list(window.ids[at + 1 : at + 2])))
            )
            main.entries.go(first)
            await program.pilot.press("enter")
            await program.until(lambda: any(w.group == AHEAD for w in main.workers))
            await program.pilot.press("h", "j")
            await program.until(lambda: not any(w.group == AHEAD for w in main.workers))

            assert _fetched(services, list(window.ids[first + 1 : first + 2])) == [
                False
            ]
