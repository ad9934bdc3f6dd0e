"""The mouse: what a click does where, and what no click does."""

import pytest
from textual.widget import Widget

from reader.services import Services
from reader.tui.screens.trail import TrailScreen
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio

FERRY = "Ferry that never left port was sold twice in one week"


def spot(widget: Widget, text: str, nth: int = 0) -> tuple[int, int]:
    """Where a text stands in a widget, in columns and rows."""
    found = []
    for y in range(widget.size.height):
        line = widget.render_line(y).text
        if text in line:
            found.append((line.index(text), y))
    return found[nth]


async def click(
    program: Running, selector: str, text: str, nth: int = 0, *, button: int = 1
) -> None:
    """Click on a text of a widget."""
    widget = program.app.screen.query_one(selector)
    at = spot(widget, text, nth)
    await program.pilot.click(selector, offset=at, button=button)
    await program.settle()


class TestList:
    async def test_the_dot_marks_read(self, running: Open, services: Services) -> None:
        """A click on `●` is `N` for that entry."""
        async with running(services) as program:
            await click(program, "#list", "●", 1)

            assert program.main.entries.cursor == 1
            assert program.main.row is not None
            assert program.main.row.read
            assert "marked read" in program.status

    async def test_the_star_goes(self, running: Open, services: Services) -> None:
        """A click on `★` takes the star away."""
        async with running(services) as program:
            await program.press("s")
            await click(program, "#list", "★")

            assert program.main.row is not None
            assert not program.main.row.starred

    async def test_the_count_shows_the_trail(
        self, running: Open, services: Services
    ) -> None:
        """A click on `+2` shows which way the story came."""
        async with running(services) as program:
            await click(program, "#list", "+2")

            assert isinstance(program.app.screen, TrailScreen)

    async def test_the_order_in_the_head(
        self, running: Open, services: Services
    ) -> None:
        """A click on `newest first` is the next order."""
        async with running(services) as program:
            await click(program, "ListHead", "newest first")

            assert program.main.view.order == "oldest"

    async def test_the_right_button_does_nothing(
        self, running: Open, services: Services
    ) -> None:
        """Neither in the list, nor on a mark, a link, a hint or a feed."""
        async with running(services) as program:
            before = program.status
            await program.pilot.click("#list", offset=(10, 5), button=3)
            await click(program, "#list", "●", 1, button=3)
            await click(program, "#article", "[1]", button=3)
            await click(program, "#sidebar", "Starred", button=3)
            await click(program, "StatusLine", "help", button=3)

            assert program.main.entries.cursor == 0
            assert program.main.view.key == "unread"
            assert program.app.screen is program.main
            assert program.opened == []
            assert program.status == before


class TestArticle:
    async def test_the_number_opens_its_link(
        self, running: Open, services: Services
    ) -> None:
        """A click on `[1]` opens it."""
        async with running(services) as program:
            await click(program, "#article", "[1]")

            assert program.opened == [program.main.article.links[0]]

    async def test_the_cards_address_opens(
        self, running: Open, services: Services
    ) -> None:
        """A click on the address in the card opens the original."""
        async with running(services) as program:
            await click(program, "#article", "harbour-courant.example/2026")

            row = program.main.row
            assert row is not None
            assert program.opened == [row.attribution.url]

    async def test_a_link_under_the_pointer_is_underlined(
        self, running: Open, services: Services
    ) -> None:
        """Nothing else is, and it ends when the pointer leaves."""
        async with running(services) as program:
            article = program.main.article
            x, y = spot(article, "[1]")
            await program.pilot.hover("#article", offset=(x, y))
            await program.pilot.pause()

            def underlined() -> list[str]:
                return [
                    segment.text
                    for strip in article.render_lines(article.size.region)
                    for segment in strip
                    if segment.style and segment.style.underline
                ]

            assert "[1]" in underlined()
            assert all("port" not in text.split() for text in underlined())

            await program.pilot.hover("#list", offset=(5, 5))
            await program.pilot.pause()

            assert underlined() == []


class TestStatus:
    async def test_yes_and_no(self, running: Open, services: Services) -> None:
        """A question is answered by a click on its answers, and by no other."""
        async with running(services) as program:
            await program.press("A")
            await click(program, "StatusLine", "no")

            assert program.main.question is None
            assert program.main.row is not None
            assert not program.main.row.read

            await program.press("A")
            await click(program, "StatusLine", "yes")

            assert "marked read" in program.status

    async def test_what_failed_leads_to_health(
        self, running: Open, services: Services
    ) -> None:
        """A click on a failing feed's `!` shows how the feeds fare."""
        async with running(services) as program:
            await click(program, "#sidebar", "!")

            assert program.app.screen is not program.main
