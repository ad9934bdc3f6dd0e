"""The demo world, lived in once and copied for each test, and the program on it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from reader import demo, settings
from reader.model import Feed, Fetch
from reader.services import Services, build
from reader.settings import Settings
from reader.tui.app import Firsthand
from reader.tui.paint.span import plain
from reader.tui.screens.keyed import Keyed
from reader.tui.screens.main import Main

PATIENCE = 200
"""How often a test looks whether something has come, before it gives up."""


@dataclass
class Running:
    """The program while it runs, what it opened and what was said in it."""

    app: Firsthand
    pilot: Pilot[str]
    opened: list[str]
    messages: list[Message] = field(default_factory=list)

    @property
    def main(self) -> Main:
        """The main screen."""
        return self.app.main

    @property
    def status(self) -> str:
        """The left of the status line."""
        screen = self.app.screen
        assert isinstance(screen, Keyed)
        return plain(screen.told(self.app.size.width))

    @property
    def offered(self) -> str:
        """The keys that the status line shows, with their words."""
        screen = self.app.screen
        assert isinstance(screen, Keyed)
        columns = self.app.size.width
        hints = screen.hints(columns, screen.told(columns))
        return "  ".join(f"{hint.keys} {hint.word}" for hint in hints)

    @property
    def title(self) -> str:
        """The title of the entry under the cursor."""
        row = self.main.row
        assert row is not None
        return row.title

    def library_feed(self, feed_id: int) -> Feed:
        """A feed as it is stored now."""
        return self.app.services.store.feed(feed_id)

    async def press(self, *keys: str) -> None:
        """Press keys, and let what they began come to its end."""
        await self.pilot.press(*keys)
        await self.settle()

    async def write(self, text: str) -> None:
        """Type a text."""
        await self.press(*("space" if char == " " else char for char in text))

    async def ask(self, *keys_and_text: str) -> None:
        """Press keys that lead to a line, type the last of these there, and Enter."""
        *keys, text = keys_and_text
        await self.press(*keys)
        await self.write(text)
        await self.press("enter")

    async def settle(self) -> None:
        """Let workers and messages come to their end."""
        for _ in range(PATIENCE):
            try:
                await self.app.workers.wait_for_complete()
                break
            except WorkerCancelled:
                # Another took its place while we waited; that one is waited for.
                continue
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that comes by itself."""
        for _ in range(PATIENCE):
            if holds():
                return
            await self.pilot.pause(0.01)
        raise AssertionError("it never came")

    async def to(self, title: str) -> None:
        """Put the cursor on the entry with a title."""
        window = self.main.entries.window
        rows = self.main.library.rows(window.ids)
        self.main.entries.go([row.title for row in rows].index(title))
        await self.settle()


Open = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of somebody who has lived in the demo world for a while."""
    home = tmp_path_factory.mktemp("demo")
    paths = settings.Paths.under(home)
    prepared = demo.prepare(paths, Settings(), settings.load_rules(paths))
    asyncio.run(prepared).close()
    return home


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Services]]:
    """Services over a home, in the demo world, closed when the test is over."""
    made: list[Services] = []

    def of(
        home: Path | None = None,
        chosen: Settings | None = None,
        fetch: Fetch = demo.fetch,
        now: datetime = demo.NOW,
    ) -> Services:
        folder = tmp_path / f"home-{len(made)}"
        if home is not None:
            shutil.copytree(home, folder)
        paths = settings.Paths.under(folder)
        rules = settings.load_rules(paths)
        services = build(
            fetch,
            paths,
            chosen or Settings(),
            rules,
            lambda: now,
            demo.ZONE,
        )
        made.append(services)
        return services

    yield of
    for services in made:
        services.close()


@pytest.fixture
def services(make: Callable[..., Services], lived_in: Path) -> Services:
    """Services over a copy of the demo world."""
    return make(lived_in)


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Open:
    """The program on services, at a size; nothing waits for the pace of a hand."""
    monkeypatch.setattr("reader.tui.screens.main.PREVIEW_AFTER", 0.001)
    monkeypatch.setattr("reader.tui.screens.search.FOUND_AFTER", 0.001)

    @asynccontextmanager
    async def run(
        services: Services, size: tuple[int, int] = (120, 40), **more: Any
    ) -> AsyncIterator[Running]:
        opened: list[str] = []
        messages: list[Message] = []
        more = {"environ": {}, "open_url": opened.append, "polls": False, **more}
        app = Firsthand(services, **more)
        async with app.run_test(size=size, message_hook=messages.append) as pilot:
            program = Running(app, pilot, opened, messages)
            await program.settle()
            yield program

    return run
