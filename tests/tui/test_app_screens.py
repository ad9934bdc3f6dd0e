"""The screens of their own: trail, links, help, palette, search, health, first run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.services import Services
from reader.tui.paint.span import plain
from reader.tui.screens.first_run import FirstRun
from reader.tui.screens.health import HealthScreen
from reader.tui.screens.help import HelpScreen
from reader.tui.screens.links import LinksScreen
from reader.tui.screens.palette import Palette
from reader.tui.screens.search import SearchScreen
from reader.tui.screens.starters import StarterScreen
from reader.tui.screens.trail import TrailScreen
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio

ORIGINAL = "https://harbour-courant.example/2026/03/ferry-sold-twice"


def page(program: Running) -> str:
    """The text of a screen of lines."""
    screen = program.app.screen
    return "\n".join(plain(line) for line in screen.page.lines)  # type: ignore[attr-defined]


class TestTrail:
    async def test_every_hop_to_the_original(
        self, running: Open, services: Services
    ) -> None:
        """t shows the way of the seed's stub, and who it came from."""
        async with running(services) as program:
            await program.press("t")

            assert isinstance(program.app.screen, TrailScreen)
            text = page(program)
            assert "stub-link" in text
            assert ORIGINAL.removeprefix("https://") in text
            assert "Almost certain" in text

    async def test_opens_a_hop_and_the_original(
        self, running: Open, services: Services
    ) -> None:
        """Enter opens the chosen hop; with none chosen, the original."""
        async with running(services) as program:
            await program.press("t", "enter", "j", "enter")
            first = program.app.main.article.reading
            assert first is not None

            assert program.opened == [ORIGINAL, first.attribution.trail[0].url]

    async def test_back(self, running: Open, services: Services) -> None:
        """q goes back to the list."""
        async with running(services) as program:
            await program.press("t", "q")

            assert program.app.screen is program.main


class TestLinks:
    async def test_a_digit_in_the_article_opens_that_link(
        self, running: Open, services: Services
    ) -> None:
        """With fewer than ten links one digit is enough."""
        async with running(services) as program:
            await program.press("enter", "2")

            assert program.opened == [program.main.article.links[1]]

    async def test_a_number_that_no_link_has(
        self, running: Open, services: Services
    ) -> None:
        """It says so, and opens nothing."""
        async with running(services) as program:
            await program.press("enter", "9")

            assert program.opened == []
            assert program.status == "There is no link 9 here."

    async def test_list_of_links(self, running: Open, services: Services) -> None:
        """u lists them; j and Enter open one, y copies it."""
        async with running(services) as program:
            await program.press("u")
            listed = isinstance(program.app.screen, LinksScreen)
            await program.press("j", "enter", "y")

            assert listed
            assert program.opened == [program.main.article.links[1]]
            assert program.app.clipboard == program.main.article.links[1]


class TestHelp:
    async def test_lists_every_key(self, running: Open, services: Services) -> None:
        """? shows the table of actions by purpose."""
        async with running(services) as program:
            await program.press("?")

            text = page(program)
            for word in ("Move", "The source", "j k", "next, previous", "Marks"):
                assert word in text

    async def test_narrows_and_runs(self, running: Open, services: Services) -> None:
        """What is typed narrows it, Enter runs what is left first."""
        async with running(services) as program:
            await program.press("?", "/")
            await program.write("the trail")
            narrowed = page(program)
            await program.press("enter")

            assert "next, previous" not in narrowed
            assert isinstance(program.app.screen, TrailScreen)

    async def test_escape_takes_back_what_was_typed(
        self, running: Open, services: Services
    ) -> None:
        """First the narrowing goes, then the help."""
        async with running(services) as program:
            await program.press("?", "/", "z", "escape")
            again = page(program)
            await program.press("escape")

            assert "next, previous" in again
            assert program.app.screen is program.main

    async def test_a_click_runs_a_line(self, running: Open, services: Services) -> None:
        """Every line of the help is a button."""
        async with running(services) as program:
            await program.press("?")
            lines = program.app.screen.page.lines  # type: ignore[attr-defined]
            y = next(n for n, line in enumerate(lines) if "the trail" in plain(line))
            x = plain(lines[y]).index("the trail")
            await program.pilot.click("#page", offset=(x, y))
            await program.settle()

            assert isinstance(program.app.screen, TrailScreen)


class TestPalette:
    async def test_a_click_runs_an_item(
        self, running: Open, services: Services
    ) -> None:
        """Every item of the palette is a button."""
        async with running(services) as program:
            await program.press(":")
            await program.write("trail")
            await program.pilot.click("#picker-lines", offset=(5, 1))
            await program.settle()

            assert isinstance(program.app.screen, TrailScreen)

    async def test_runs_an_action(self, running: Open, services: Services) -> None:
        """What is typed finds an action, Enter does it on the screen below."""
        async with running(services) as program:
            await program.ask(":", "zen")

            assert program.main.place == "zen"

    async def test_opens_a_view(self, running: Open, services: Services) -> None:
        """Views are in it, too."""
        async with running(services) as program:
            await program.ask("ctrl+p", "view star")

            assert program.main.view.key == "starred"

    async def test_a_theme_changes_while_one_chooses(
        self, running: Open, services: Services
    ) -> None:
        """It is put on by Enter, and taken off again by escape."""
        async with running(services) as program:
            await program.ask(":", "theme: moss")
            chosen = program.app.theme
            await program.press(":")
            await program.write("theme")
            await program.press("down")
            tried = program.app.theme
            await program.press("escape")

            assert chosen == "moss"
            assert tried != "moss"
            assert program.app.theme == "moss"

    async def test_nothing_matches(self, running: Open, services: Services) -> None:
        """Enter on nothing does nothing."""
        async with running(services) as program:
            await program.ask(":", "qqqq")

            assert isinstance(program.app.screen, Palette)


class TestView:
    async def test_is_opened_over_all(self, running: Open, services: Services) -> None:
        """A view that is chosen over another screen is what one then sees."""
        async with running(services) as program:
            await program.ask("t", ":", "view today")

            assert program.main.view.key == "today"
            assert program.app.screen is program.main

    async def test_needs_feeds(
        self, running: Open, make: Callable[..., Services]
    ) -> None:
        """Before there is a feed no view is offered."""
        async with running(make()) as program:
            await program.press(":")
            screen = program.app.screen
            assert isinstance(screen, Palette)

            assert not [m for m in screen.found if m.item.title.startswith("View")]


class TestSearch:
    async def test_finds_and_opens_a_list(
        self, running: Open, services: Services
    ) -> None:
        """What is found becomes the list; q goes back to the one before."""
        async with running(services) as program:
            await program.press("/")
            await program.write("ferry lisbet")
            await program.until(lambda: program.status.endswith("found"))
            await program.press("enter")
            found = program.main.view.title, len(program.main.entries.window)
            await program.press("q")

            assert found[0] == "ferry lisbet"
            assert found[1] > 0
            assert program.main.view.key == "unread"

    async def test_the_chosen_one_is_chosen_in_the_list(
        self, running: Open, services: Services
    ) -> None:
        """What the cursor stood on in the search has it in the list."""
        async with running(services) as program:
            await program.press("/")
            await program.write("the")
            await program.until(lambda: program.status.endswith("found"))
            await program.press("down", "down", "enter")

            assert program.main.entries.cursor == 2

    async def test_nothing_found_offers_looser_queries(
        self, running: Open, services: Services
    ) -> None:
        """Each has its count, and a number takes it."""
        async with running(services) as program:
            await program.ask("/", "publisher:courant nonesuch")
            screen = program.app.screen
            assert isinstance(screen, SearchScreen)
            text = "\n".join(plain(line) for line in screen.said.lines)
            await program.press("1")

            assert "Nothing found." in text
            assert "publisher:courant" in text
            assert program.main.view.title == "publisher:courant"

    async def test_a_looser_query_finds_what_it_says(
        self, running: Open, services: Services
    ) -> None:
        """The number beside it is that of the list which it opens."""
        async with running(services) as program:
            await program.ask("/", "publisher:courant nonesuch")
            screen = program.app.screen
            assert isinstance(screen, SearchScreen)
            (found,) = screen.looser
            await program.press("1")

            assert found == ("publisher:courant", len(program.main.entries.window))

    async def test_words_have_room(self, running: Open, services: Services) -> None:
        """At 80 columns no word of the query language is cut."""
        async with running(services, (80, 24)) as program:
            await program.press("/")
            screen = program.app.screen
            assert isinstance(screen, SearchScreen)

            assert not [line for line in map(plain, screen.said.lines) if "…" in line]

    async def test_a_query_that_is_not_understood(
        self, running: Open, services: Services
    ) -> None:
        """It is told what the word wants, on the same screen."""
        async with running(services) as program:
            await program.ask("/", "older:")
            screen = program.app.screen
            assert isinstance(screen, SearchScreen)

            assert "“older:” wants a time" in screen.found.trouble

    async def test_escape(self, running: Open, services: Services) -> None:
        """Nothing was looked for, nothing changes."""
        async with running(services) as program:
            await program.press("/")
            await program.write("x")
            await program.press("escape")

            assert program.main.view.key == "unread"


class TestHealth:
    async def test_failing_feeds_come_first(
        self, running: Open, services: Services
    ) -> None:
        """H shows who fails, and why."""
        async with running(services) as program:
            await program.press("H")
            screen = program.app.screen
            assert isinstance(screen, HealthScreen)

            assert screen.feeds[0].error is not None
            assert screen.feeds[0].error[1:] in page(program)

    async def test_tells_how_often(self, running: Open, services: Services) -> None:
        """Below the table stands what the chosen feed's trouble is, and since when."""
        async with running(services) as program:
            await program.press("H")
            failing = page(program)
            await program.press("j")

            assert "It failed once, since" in failing
            assert "ever less often." in failing
            assert "ever less often." not in page(program)

    async def test_tries_again(self, running: Open, services: Services) -> None:
        """r asks the chosen feed for news at once."""
        async with running(services) as program:
            await program.press("H", "r")
            screen = program.app.screen
            assert isinstance(screen, HealthScreen)

            assert program.library_feed(screen.feeds[0].id).failures == 2


class TestFirstRun:
    async def test_asks_where_to_begin(
        self, running: Open, make: Callable[..., Services]
    ) -> None:
        """Without feeds there are four ways to begin."""
        async with running(make()) as program:
            assert isinstance(program.app.screen, FirstRun)
            assert "No feeds yet. Where shall we begin?" in page(program)

    async def test_one_address(
        self, running: Open, make: Callable[..., Services]
    ) -> None:
        """a asks for an address, and its feed is what one then reads."""
        services = make()
        async with running(services) as program:
            await program.ask("a", "https://harbour-courant.example/feed")
            await program.settle()

            assert program.app.screen is program.main
            assert [feed.title for feed in services.store.feeds()] == [
                "Harbour Courant"
            ]
            assert len(program.main.entries.window) > 0

    async def test_a_file(
        self, running: Open, make: Callable[..., Services], tmp_path: Path
    ) -> None:
        """2 takes an OPML file by its path, and the feeds are polled."""
        from reader import demo

        file = tmp_path / "feeds.opml"
        file.write_bytes(demo.OPML)
        services = make()
        async with running(services) as program:
            await program.press("2")
            await program.write(str(file))
            await program.press("enter")
            await program.settle()

            assert len(services.store.feeds()) == 18
            assert services.store.counts(demo.NOW, demo.ZONE).all > 0

    async def test_a_file_that_is_not_there(
        self, running: Open, make: Callable[..., Services]
    ) -> None:
        """One line says so, and the choices stay."""
        async with running(make()) as program:
            await program.ask("2", "/no/such")

            assert program.status == "/no/such: No such file or directory"
            assert isinstance(program.app.screen, FirstRun)

    async def test_the_demo(self, running: Open, make: Callable[..., Services]) -> None:
        """3 leaves the program, and tells its caller what is wanted."""
        async with running(make()) as program:
            await program.pilot.press("3")

        assert program.app.return_value == "demo"

    async def test_starter_set(
        self, running: Open, make: Callable[..., Services]
    ) -> None:
        """1 shows the feeds by topic; what stays picked is subscribed to."""
        services = make()
        async with running(services) as program:
            await program.press("1")
            screen = program.app.screen
            assert isinstance(screen, StarterScreen)
            left_out = screen.offered[0]
            await program.press("x")

            assert program.status == f"{len(screen.offered) - 1} picked"

            await program.press("enter")
            await program.settle()
            feeds = services.store.feeds()

            assert len(feeds) == len(screen.offered) - 1
            assert left_out.url not in {feed.url for feed in feeds}
            assert {feed.folder for feed in feeds} <= {
                one.folder for one in screen.offered
            }


class TestHelpOnOtherScreens:
    async def test_help_over_the_trail(self, running: Open, services: Services) -> None:
        """Help is one key away on every screen, and goes back to where one was."""
        async with running(services) as program:
            await program.press("t", "?")
            over = isinstance(program.app.screen, HelpScreen)
            await program.press("q")

            assert over
            assert isinstance(program.app.screen, TrailScreen)


class TestSizes:
    @pytest.mark.parametrize("size", [(40, 12), (80, 24), (300, 90)])
    @pytest.mark.parametrize(
        "keys",
        ["t j j k", "? / t r", ": t r down", "/ f e r r y", "H j", "u j", "= j", "h j"],
    )
    async def test_every_screen_at_every_size(
        self, running: Open, services: Services, keys: str, size: tuple[int, int]
    ) -> None:
        """Nothing is drawn beyond the window, however small or wide it is."""
        async with running(services, size) as program:
            await program.press(*keys.split())
            screen = program.app.screen
            strips = screen._compositor.render_strips(program.app.size)

            assert {strip.cell_length for strip in strips} == {size[0]}
            assert len(strips) == size[1]

    async def test_resized_while_another_screen_is_over_it(
        self, running: Open, services: Services
    ) -> None:
        """The main screen is divided anew when one comes back to it."""
        async with running(services) as program:
            await program.press("t")
            await program.pilot.resize_terminal(80, 24)
            await program.settle()
            await program.press("q")

            assert program.main.grid.panes == 1
            assert program.main.entries.size.width == 80
