"""The reader on the hostile web's feed: what is drawn is words."""

import ast
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input

from reader.cli import commands
from reader.services import Services
from reader.tui.app import Firsthand
from tests.hostile.homes import subscribed
from tests.hostile.leaks import leaks
from tests.hostile.tricks import CONTROL, MARKUP, SEEN
from tests.hostile.web import json_feed
from tests.services.played import PlayedWeb

pytestmark = pytest.mark.anyio

BASE = "https://evil.example"
ROOT = Path(__file__).parents[2]
OURS = "\u200e"
"""The one mark that the reader itself puts, to end a stranger's direction."""


@pytest.fixture
async def evil(tmp_path: Path, anyio_backend: str) -> AsyncIterator[Services]:
    """Services that have subscribed to the feed of tricks."""
    web = PlayedWeb()
    kind = (("content-type", "application/feed+json"),)
    web.put(f"{BASE}/feed", json_feed(BASE), headers=kind)
    async with subscribed(tmp_path, web, f"{BASE}/feed") as made:
        yield made


def opened(evil: Services) -> Firsthand:
    """The reader, which opens no browser and polls nothing by itself."""
    return Firsthand(evil, environ={}, open_url=lambda _: None, polls=False)


def drawn(app: Firsthand) -> str:
    """Every cell of the screen as it goes to the terminal, without its colours."""
    strips = app.screen._compositor.render_strips()
    return "".join(segment.text for strip in strips for segment in strip)


def _takes_markup(call: ast.Call) -> bool:
    """Whether a call makes a widget of Textual's that reads its text as markup."""
    named = call.func.id if isinstance(call.func, ast.Name) else ""
    given = {word.arg: word.value for word in call.keywords}
    plain = given.get("markup")
    off = isinstance(plain, ast.Constant) and plain.value is False
    return named in ("Static", "Label", "Button", "Tooltip") and not off


class TestReader:
    @pytest.mark.parametrize(
        ("size", "entries"),
        [((80, 24), 6), ((140, 60), len(CONTROL) + len(MARKUP))],
        ids=["narrow", "wide"],
    )
    async def test_draws_no_control_character(
        self, evil: Services, size: tuple[int, int], entries: int
    ) -> None:
        """
        Whatever stands in a feed, no cell holds what a terminal obeys: in the list, in
        each article, in the trail, the links, the details and the feeds.
        """
        app, seen, screens = opened(evil), "", 0
        async with app.run_test(size=size) as pilot:
            for _ in range(entries):
                for keys in (("enter",), ("t", "escape"), ("u", "escape"), ("escape",)):
                    for key in keys:
                        await pilot.press(key)
                        await pilot.pause()
                        seen, screens = seen + drawn(app), screens + 1
                await pilot.press("j")
            await app.workers.wait_for_complete()

        assert screens == 6 * entries
        assert "[red]" in seen
        assert not SEEN.search(seen.replace(OURS, ""))

    async def test_what_is_saved(self, evil: Services, tmp_path: Path) -> None:
        """
        An entry saved as a page from the reader (`e`) runs nothing.
        """
        app, file = opened(evil), tmp_path / "saved.html"
        async with app.run_test(size=(140, 60)) as pilot:
            await pilot.press("enter")
            await app.workers.wait_for_complete()
            await pilot.press("e")
            await pilot.pause()
            field = app.screen.query_one("#prompt-input", Input)
            field.value = str(file)
            await pilot.press("enter")
            await app.workers.wait_for_complete()

        assert "<title>" in file.read_text("utf-8")
        assert leaks(file.read_text("utf-8"), page=True) == []
        assert not SEEN.search(file.read_text("utf-8").replace("\n", ""))

    def test_every_static_is_plain(self) -> None:
        """
        No widget that shows a text takes it for markup, whatever text that is.
        """
        calls = [
            (file.name, node.lineno)
            for file in (ROOT / "reader" / "tui").rglob("*.py")
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Call) and _takes_markup(node)
        ]

        assert calls == []

    def test_no_markup_in_commands(self) -> None:
        """
        The commands' help, and what they print, is text.
        """
        assert commands.app.rich_markup_mode is None
        assert not commands.app.pretty_exceptions_enable

    async def test_markup_is_text(self, evil: Services) -> None:
        """
        A title that looks like markup is drawn as it came, and a click does nothing.
        """
        app = opened(evil)
        async with app.run_test(size=(140, 60)) as pilot:
            await pilot.press("G")
            await pilot.pause()
            await app.workers.wait_for_complete()
            seen = drawn(app)
            await pilot.click(offset=(60, 10))
            await pilot.pause()
            running = app.is_running

        assert all(text in seen for text in ("[@click", "[red]", "[$prim"))
        assert running
