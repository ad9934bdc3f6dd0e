"""What must be in sight: a question asked, where one is, and that there is no more."""

import pytest

from reader.services import Services
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
