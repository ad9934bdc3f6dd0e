"""What must be in sight: a question asked, where one is, and that there is no more."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.services import Services
from reader.settings import Settings
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio


def drawn(program: Running) -> list[str]:
    """What stands in each row of the window, whatever lies over what."""
    strips = program.app.screen._compositor.render_strips(program.app.size)
    return [strip.text for strip in strips]


class TestStatusUnderTheSidebar:
    @pytest.mark.parametrize("size", [(80, 24), (100, 30), (40, 12)])
    async def test_a_question_is_seen(
        self, running: Open, services: Services, size: tuple[int, int]
    ) -> None:
        """The sidebar that lies over the list leaves the last row alone."""
        async with running(services, size) as program:
            feed = next(feed for feed in services.store.feeds() if feed.unread)
            await program.press("h")
            program.main.sidebar.choose(f"feed:{feed.id}")
            await program.press("D")
            rows = drawn(program)

            assert rows[-1].strip().startswith(f"Remove {feed.title}?")
            assert "y yes  n no" in rows[-1]
            assert program.main.sidebar.size.height >= size[1] - 4

    async def test_a_larger_window_gives_it_all(
        self, running: Open, services: Services
    ) -> None:
        """Where it stands beside the list it reaches as far down as the list does."""
        async with running(services, (80, 24)) as program:
            await program.press("h")
            await program.pilot.resize_terminal(120, 40)
            await program.settle()
            panes = [program.main.query_one(f"#{p}-pane") for p in ("sidebar", "list")]

            assert [pane.size.height for pane in panes] == [39, 39]


class TestNoMoreUnread:
    @pytest.mark.parametrize(
        ("at", "key", "word"), [(0, "p", "before"), (-1, "n", "after")]
    )
    async def test_at_either_end_it_is_said(
        self, running: Open, services: Services, at: int, key: str, word: str
    ) -> None:
        """One is not taken round to the other end, and nothing there is marked read."""
        async with running(services) as program:
            entries = program.main.entries
            place = range(len(entries.window))[at]
            entries.go(place)
            await program.press("enter", "h")
            unread = program.main.library.unread()
            await program.press(key)

            assert program.status == f"Nothing unread {word} this."
            assert entries.cursor == place
            assert program.main.library.unread() == unread


class TestBackInTheList:
    async def test_a_feed_that_is_brought_back_brings_its_entries(
        self, running: Open, services: Services
    ) -> None:
        """`z` after `D` shows them at once, where they were before."""
        async with running(services) as program:
            entries = program.main.entries
            feed = next(feed for feed in services.store.feeds() if feed.unread > 1)
            before = tuple(entries.window.ids)
            await program.press("h")
            program.main.sidebar.choose(f"feed:{feed.id}")
            await program.press("D", "y")
            fewer = len(entries.window)
            await program.press("z")
            program.main.look_for_changes()

            assert fewer < len(before)
            assert tuple(entries.window.ids) == before
            assert not program.app.polling.new_here

    async def test_an_empty_list_is_filled_by_undo(
        self, running: Open, services: Services
    ) -> None:
        """What is unread again stands in the list of what is unread."""
        async with running(services) as program:
            unread = len(program.main.entries.window)
            await program.press("A", "y")
            program.main.open_view(program.main.view)
            emptied = len(program.main.entries.window)
            await program.press("z")

            assert emptied == 0
            assert len(program.main.entries.window) == unread


class TestFocus:
    @pytest.mark.parametrize("size", [(120, 40), (100, 30), (80, 24)])
    async def test_the_sidebar_has_its_cursor_back(
        self, running: Open, services: Services, size: tuple[int, int]
    ) -> None:
        """After the feed's form one stands where one stood, with the same keys."""
        async with running(services, size) as program:
            feed = services.store.feeds()[0]
            await program.press("h")
            program.main.sidebar.key = f"feed:{feed.id}"
            hints = program.main.hints(120, ())
            await program.press("E", "q")

            assert program.main.sidebar.key == f"feed:{feed.id}"
            assert program.main.place == "sidebar"
            assert program.main.sidebar.has_focus
            assert program.main.hints(120, ()) == hints
            assert "E edit" in drawn(program)[-1]
            assert "o original" not in drawn(program)[-1]


class TestWords:
    async def test_a_bare_box_says_what_it_is(
        self, running: Open, services: Services
    ) -> None:
        """As long as nothing is typed."""
        async with running(services, (80, 24)) as program:
            await program.press("c")
            copies = "\n".join(drawn(program))
            await program.press("escape", "T")
            tag = "\n".join(drawn(program))
            await program.press("a")

            assert "Copies of this story" in copies
            assert "Tag: type a name; Enter makes a new one" in tag
            assert "Tag: type" not in "\n".join(drawn(program))

    async def test_advice_fits(self, running: Open, services: Services) -> None:
        """What one can do instead is in sight at 80 columns, whatever is cut."""
        async with running(services, (80, 24)) as program:
            await program.to("Glass eel prices halve as the rivers warm")
            await program.press("o")

            assert "O opens the feed’s page" in drawn(program)[-1]

    @pytest.mark.parametrize("size", [(40, 12), (80, 24)])
    async def test_ways_to_begin(
        self, running: Open, make: Callable[..., Services], size: tuple[int, int]
    ) -> None:
        """All four are seen without scrolling, on the least window, too."""
        async with running(make(), size) as program:
            screen = "\n".join(drawn(program))

            for way in ("Starter set", "OPML file", "Demo", "One address"):
                assert way in screen

    async def test_a_view_that_is_none(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """One whose query is not understood is marked, others are not."""
        views = {"Broken": "older:", "Whole": "unresolved"}
        services = make(lived_in, replace(Settings(), views=views))
        async with running(services) as program:
            rows = {row.name: row.failing for row in program.main.sidebar.side}

            assert rows["Broken"]
            assert not rows["Whole"]
            assert " ! Broken" in "\n".join(drawn(program))


class TestCounts:
    async def test_a_digit_alone_is_a_count(
        self, running: Open, services: Services
    ) -> None:
        """Beside the article, too; in the list of links it is the link."""
        async with running(services) as program:
            await program.press("3")

            assert (program.opened, program.app.said) == ([], "")

            await program.press("j")

            assert program.main.entries.cursor == 3

            await program.press("g", "g")
            program.main.show(program.main.entries.entry_id)
            links = program.main.article.links
            await program.press("u", "1")

            assert program.opened == [links[0]]
