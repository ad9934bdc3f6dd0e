"""Keys typed faster than screens come and go are answered in their order."""

import asyncio
from typing import cast

import pytest
from textual import events
from textual.message import Message
from textual.widgets import Input

from reader.services import Services
from reader.tui.inorder import PATIENCE
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio


async def at_once(program: Running, *keys: str, apart: int = 0) -> None:
    """Type keys, none of which waits for what the one before it shows.

    They are `apart` turns of the loop, so that they meet the screens half changed.
    """
    for key in keys:
        character = key if len(key) == 1 else None
        program.app.post_message(events.Key(key, character))
        for _ in range(apart):
            await asyncio.sleep(0)
    await program.settle()
    await program.until(lambda: not program.app.busy)
    await program.settle()


class TestInOrder:
    async def test_screens_come_and_go(self, services: Services, running: Open) -> None:
        """
        A key behind one that opens a screen is for that screen: the second q leaves
        the second screen, and not the program.
        """
        async with running(services) as program:
            stacks = []
            for apart in range(4):
                await at_once(program, *"HqWqtq", apart=apart)
                stacks.append(list(program.app.screen_stack)[1:])

            assert stacks == [[program.main]] * 4
            assert program.app.is_running

    async def test_what_is_typed_ahead(self, services: Services, running: Open) -> None:
        """
        Letters behind the key that opens a line stand in it as they were typed.
        """
        async with running(services) as program:
            typed = []
            for apart, opens in enumerate("/:fT"):
                await at_once(program, opens, *"ferry", apart=apart)
                field = program.app.screen.query_one("TypedLine")
                typed.append(cast(Input, field).value)
                await at_once(program, "escape")

            assert typed == ["ferry"] * 4

    async def test_a_lost_answer(
        self, services: Services, running: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where the answer to a key is lost, the next one is kept waiting for a moment
        and not for ever.
        """
        async with running(services) as program:
            app = program.app
            app.awaited = events.Key("lost", None)
            monkeypatch.setattr("reader.tui.inorder.monotonic", lambda: 1e9 + PATIENCE)
            before = program.main.entries.cursor
            await at_once(program, "j")

            assert program.main.entries.cursor == before + 1

    async def test_no_answer_at_all(
        self, services: Services, running: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Keys behind one that is never answered go out by themselves, all of them.
        """

        class Unheard(Message):
            def __init__(self, key: events.Key) -> None:
                super().__init__()

        monkeypatch.setattr("reader.tui.inorder.Answered", Unheard)
        monkeypatch.setattr("reader.tui.inorder.PATIENCE", 0.02)
        async with running(services) as program:
            before = program.main.entries.cursor
            for _ in range(4):
                program.app.post_message(events.Key("j", "j"))
            await program.until(lambda: program.main.entries.cursor == before + 4)
