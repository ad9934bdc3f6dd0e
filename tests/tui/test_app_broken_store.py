"""A store that stops working while one reads: whatever is done, the program goes on."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.message import Message

from reader.errors import StoreError
from reader.model import Feed
from reader.services import Services
from reader.settings import ReadingSettings, Settings
from reader.store import Store
from reader.tui import messages
from reader.tui.actions import ACTIONS
from reader.tui.screens.health import HealthScreen
from reader.tui.views import UNREAD, VIEWS
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio

LEAVING = {"quit", "back"}
DAMAGED = "the database is damaged"


def broken(*args: object, **more: object) -> None:
    """What every method of a broken store does."""
    raise StoreError("firsthand.db", DAMAGED)


@pytest.fixture
def ruin(monkeypatch: pytest.MonkeyPatch) -> Callable[[Services], None]:
    """Break a store, all of it at once."""

    def of(services: Services) -> None:
        for name in vars(Store):
            if name != "close" and not name.startswith("_"):
                monkeypatch.setattr(services.store, name, broken)

    return of


async def goes_on(program: Running) -> None:
    """It still runs, and takes messages."""
    await program.settle()
    program.app.post_message(messages.PollEnded("here"))
    await program.settle()

    assert program.app.is_running
    assert program.app.said in ("here", f"firsthand.db: {DAMAGED}")


class TestKeys:
    @pytest.mark.parametrize("pane", ["sidebar", "list", "article"])
    async def test_of_the_main_screen(
        self,
        running: Open,
        services: Services,
        ruin: Callable[[Services], None],
        pane: str,
    ) -> None:
        """Every action of every pane ends in a sentence at worst, a yes included."""
        async with running(services) as program:
            ruin(services)
            for action in ACTIONS:
                if action.name in LEAVING or pane not in action.places:
                    continue
                program.main.focus_pane(pane)  # type: ignore[arg-type]
                program.main.perform(action.name)
                if program.main.question is not None:
                    program.main.answer("y")
                await program.settle()
                while program.app.screen is not program.main:
                    program.app.pop_screen()
                    await program.settle()

                await goes_on(program)

    @pytest.mark.parametrize("keys", [("H",), ("t",), ("?",), (":",), ("/",), ("u",)])
    async def test_of_a_screen_of_its_own(
        self,
        running: Open,
        services: Services,
        ruin: Callable[[Services], None],
        keys: tuple[str, ...],
    ) -> None:
        """The same goes for the other screens, and for another size of them."""
        async with running(services) as program:
            await program.press(*keys)
            ruin(services)
            await program.pilot.resize_terminal(80, 24)
            await program.pilot.pause()
            await program.press("j", "r", "D", "y", "g", "g", "enter")

            await goes_on(program)

    async def test_yes(
        self, running: Open, services: Services, ruin: Callable[[Services], None]
    ) -> None:
        """What was agreed to and cannot be done is told of."""
        async with running(services) as program:
            await program.press("A")
            ruin(services)
            await program.press("y")

            assert program.status == f"firsthand.db: {DAMAGED}"


class TestTimers:
    async def test_read_because_it_was_shown(
        self,
        running: Open,
        make: Callable[..., Services],
        lived_in: Path,
        ruin: Callable[[Services], None],
    ) -> None:
        """The mark of an entry that was shown for long enough fails as a sentence."""
        after = ReadingSettings(mark_read=timedelta(seconds=0.3))
        services = make(lived_in, Settings(reading=after))
        async with running(services) as program:
            await program.press("l")
            ruin(services)
            await program.until(lambda: DAMAGED in program.status)

            await goes_on(program)

    async def test_what_is_looked_at_again_and_again(
        self, running: Open, services: Services, ruin: Callable[[Services], None]
    ) -> None:
        """The look for what others changed tells of the trouble, too."""
        async with running(services) as program:
            ruin(services)
            await program.until(lambda: DAMAGED in program.status)

            await goes_on(program)


class TestMessages:
    @pytest.mark.parametrize(
        "message",
        [
            messages.EntryChosen(1),
            messages.EntryOpened(1),
            messages.FeedsChanged("added", 1),
            messages.PollEnded(),
            messages.PollEnded("no network"),
            messages.ReadingFailed(1, "gone"),
            messages.Undone(None),
            messages.Redone(None),
            messages.ViewChosen(VIEWS[1]),
            messages.ViewChosen(UNREAD),
        ],
        ids=lambda happened: type(happened).__name__,
    )
    async def test_that_something_happened(
        self,
        running: Open,
        services: Services,
        ruin: Callable[[Services], None],
        message: Message,
    ) -> None:
        """No news of a worker or a widget ends the program."""
        async with running(services) as program:
            ruin(services)
            program.main.post_message(message)
            await program.settle()
            await program.pilot.pause(0.02)

            await goes_on(program)


class TestHealth:
    async def test_a_feed_less(self, running: Open, services: Services) -> None:
        """Feeds that another process removed take the cursor along."""
        async with running(services) as program:
            await program.press("H", "G")
            gone: tuple[Feed, ...] = services.store.feeds()[1:]
            ids = tuple(feed.id for feed in gone)
            await services.write(services.store.hide_feeds, ids, services.now())
            await program.pilot.resize_terminal(80, 24)
            await program.pilot.pause()
            screen = program.app.screen

            assert isinstance(screen, HealthScreen)
            assert screen.cursor == 0

    async def test_while_a_refresh_runs(
        self, running: Open, services: Services
    ) -> None:
        """Trying again says that nothing more is asked while a refresh runs."""
        async with running(services) as program:
            await program.press("H")
            program.app.polling = program.app.polling.__class__(running=True)
            await program.press("r")

            assert program.status == "Already asking the feeds for news."
