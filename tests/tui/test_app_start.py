"""What the first list waits for, and what it does not."""

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from reader.model import Reading
from reader.services import Services, reading
from reader.tui.commands import COMMANDS, Late
from tests.tui.conftest import Open

LATER = (
    "reader.rules.parsing",
    "reader.tui.paint.reading",
    "reader.tui.screens.help",
    "reader.tui.screens.palette",
    "reader.tui.screens.search",
    "reader.tui.screens.trail",
    "reader.tui.searching",
    "typer",
)


class TestImports:
    def test_first_list_needs_no_other_screen(self) -> None:
        """What a key opens, and what parses commands and rules, is loaded later."""
        code = (
            "import sys, reader.cli.screen, reader.tui.app\n"
            f"print([name for name in {LATER} if name in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout.strip() == "[]"

    @pytest.mark.parametrize("name", COMMANDS)
    def test_late_commands_are_there(self, name: str) -> None:
        """Every command that is imported when it is called can be."""
        command = COMMANDS[name]

        assert callable(command.command if isinstance(command, Late) else command)


@pytest.mark.anyio
class TestFirstText:
    async def test_is_read_aside(
        self, running: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Loading what reads texts keeps no key waiting: it is done in a thread."""
        threads: list[threading.Thread] = []
        stored = reading.stored

        def noted(services: Services, entry_id: int) -> Reading:
            threads.append(threading.current_thread())
            return stored(services, entry_id)

        monkeypatch.setattr(reading, "stored", noted)
        async with running(services) as program:
            assert program.main.article.reading is not None
            assert threads[0] is not threading.main_thread()


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No garbage is looked for, as when the reader starts."""
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.anyio
class TestGarbage:
    @pytest.mark.usefixtures("uncollected")
    async def test_is_looked_for_once_the_list_is_there(
        self, running: Open, services: Services
    ) -> None:
        """What was loaded is left alone, what comes after is not."""
        async with running(services):
            assert gc.isenabled()
            assert gc.get_freeze_count() > 0
