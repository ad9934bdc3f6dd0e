"""The faces of an entry by one key, and the screen of what was changed."""

import pytest

from reader.services import Services
from reader.tui.screens.changes import ChangesScreen
from tests.tui.conftest import Open

pytestmark = pytest.mark.anyio

FERRY = "Ferry that never left port was sold twice in one week"
WATERMARKS = "Watermarks, and the people who still read them"


class TestFaces:
    async def test_original_feed_changes(
        self, services: Services, running: Open
    ) -> None:
        """
        One key leads from the original to the feed's text, to the changes, and round.
        """
        async with running(services) as program:
            await program.to(FERRY)
            await program.press("enter", "v")
            feed = program.main.article.face
            await program.press("v")
            screen = program.app.screen
            await program.press("v")

            assert feed == "feed"
            assert isinstance(screen, ChangesScreen)
            assert program.app.screen is program.main
            assert program.main.article.face == "best"

    async def test_back_leaves_the_face(
        self, services: Services, running: Open
    ) -> None:
        """
        From the changes one goes back to where one was.
        """
        async with running(services) as program:
            await program.to(FERRY)
            await program.press("enter", "v", "v", "q")

            assert program.app.screen is program.main
            assert program.main.article.face == "feed"

    async def test_nothing_to_compare(self, services: Services, running: Open) -> None:
        """
        An entry of the feed's own publisher has no such face.
        """
        async with running(services) as program:
            await program.to(WATERMARKS)
            await program.press("enter", "v", "v", "v")

            assert program.app.screen is program.main


class TestChangesScreen:
    async def test_change_by_change(self, services: Services, running: Open) -> None:
        """
        `n` and `p` go from change to change, and further ones come into sight.
        """
        async with running(services, (80, 24)) as program:
            await program.to(FERRY)
            await program.press("enter", "v", "v")
            screen = program.app.screen
            assert isinstance(screen, ChangesScreen)
            await program.press("n", "n")
            second = screen.change
            await program.press("n", "n", "n", "n", "n", "n")
            last = screen.places[-1]

            assert second == 1
            assert screen.change == len(screen.places) - 1
            assert (
                screen.page.top <= last[0] < screen.page.top + screen.page.size.height
            )

            await program.press("p")

            assert screen.change == len(screen.places) - 2

    async def test_opens_the_original(self, services: Services, running: Open) -> None:
        """
        `o` opens the original, as everywhere.
        """
        async with running(services) as program:
            await program.to(FERRY)
            await program.press("enter", "v", "v", "o")

            assert program.opened == [
                "https://harbour-courant.example/2026/03/ferry-sold-twice"
            ]
