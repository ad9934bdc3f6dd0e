"""Many entries at once, and what is carried out of the reader: files and pipes."""

import re
import sys
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.services import Services
from reader.settings import ReadingSettings, Settings
from reader.tui.paint.span import plain
from reader.tui.screens.output import OutputScreen
from reader.tui.screens.picker import Picker
from reader.tui.widgets.typed import TypedLine
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio

FERRY = "Ferry that never left port was sold twice in one week"


def signs(program: Running) -> str:
    """What stands in the column of picked and unread, entry by entry."""
    entries = program.main.entries
    tops = (entries.rows.top(index) for index in range(4))
    return "".join(entries.render_line(top).text[1] for top in tops)


class TestPicking:
    async def test_picks_and_goes_on(self, running: Open, services: Services) -> None:
        """`x` picks what the cursor stands on, and the next `x` the next."""
        async with running(services) as program:
            await program.press("x", "x")

            assert program.main.entries.cursor == 2
            assert signs(program)[:2] == "✓✓"
            assert program.status == "2 picked · escape drops them"

    async def test_once_more_drops_it(self, running: Open, services: Services) -> None:
        """What is picked already is picked no more."""
        async with running(services) as program:
            await program.press("x", "k", "x")

            assert not program.main.entries.picked

    async def test_a_count_and_all(self, running: Open, services: Services) -> None:
        """`3x` picks three, `X` the whole list and then none of it."""
        async with running(services) as program:
            await program.press("3", "x")

            assert len(program.main.entries.picked) == 3

            await program.press("X")

            assert len(program.main.entries.picked) == len(program.main.entries.window)

            await program.press("X")

            assert not program.main.entries.picked

    async def test_marks_go_for_all_picked(
        self, running: Open, services: Services
    ) -> None:
        """They are starred together, undone together, and picked no more."""
        async with running(services) as program:
            await program.press("3", "x")
            ids = program.main.targets
            await program.press("s")

            assert program.status == "3 starred · z undoes"
            assert all(row.starred for row in services.store.rows(ids))
            assert not program.main.entries.picked

            await program.press("z")

            assert program.status == "3 entries no longer starred"
            assert not any(row.starred for row in services.store.rows(ids))

    async def test_read_together(self, running: Open, services: Services) -> None:
        """`N` makes them read where one of them is not."""
        async with running(services) as program:
            await program.press("2", "x")
            ids = program.main.targets
            await program.press("N")

            assert all(row.read for row in services.store.rows(ids))

    async def test_escape_drops(self, running: Open, services: Services) -> None:
        """Nothing is picked any more, and the list stays."""
        async with running(services) as program:
            await program.press("x", "escape")

            assert not program.main.entries.picked
            assert program.app.is_running

    async def test_another_list_knows_only_its_own(
        self, running: Open, services: Services
    ) -> None:
        """What was picked elsewhere is not marked unseen."""
        async with running(services) as program:
            await program.press("X", "J")
            here = frozenset(program.main.entries.window.ids)

            assert program.main.entries.picked <= here


class TestOldNews:
    async def test_the_next_action_ends_it(
        self, running: Open, services: Services
    ) -> None:
        """What was done is told until something else is; moving lets it stand."""
        async with running(services) as program:
            await program.press("s")
            told = program.status
            await program.press("j")

            assert "starred" in told
            assert program.status == told

            await program.press("enter")

            assert "starred" not in program.status


class TestSaving:
    async def save(self, program: Running, path: Path | str) -> None:
        """Press `e` and answer with a path."""
        await program.press("e")
        field = program.main.query_one("#prompt-input", TypedLine)
        field.value = str(path)
        await program.press("enter")

    async def test_one_entry(
        self, running: Open, services: Services, tmp_path: Path
    ) -> None:
        """A name is proposed; the file holds the article, and is named."""
        async with running(services) as program:
            await program.press("e")
            field = program.main.query_one("#prompt-input", TypedLine)

            assert field.value.endswith(
                "/ferry-that-never-left-port-was-sold-twice-in-one-week.md"
            )

            field.value = str(tmp_path / "ferry.md")
            await program.press("enter")

            assert (tmp_path / "ferry.md").read_text().startswith(f"# {FERRY}")
            assert program.status == f"Saved {tmp_path / 'ferry.md'}"

    async def test_a_file_that_is_there_is_asked_about(
        self, running: Open, services: Services, tmp_path: Path
    ) -> None:
        """Only a yes replaces it."""
        file = tmp_path / "mine.md"
        file.write_text("mine")
        async with running(services) as program:
            await self.save(program, file)

            assert program.status.startswith(f"Replace {file}?")

            await program.press("n")

            assert file.read_text() == "mine"

            await self.save(program, file)
            await program.press("y")

            assert file.read_text().startswith("# ")

    async def test_all_picked_into_a_folder(
        self, running: Open, services: Services, tmp_path: Path
    ) -> None:
        """Each has a file of its own; what is no folder is refused."""
        async with running(services) as program:
            await program.press("3", "x")
            await self.save(program, tmp_path / "nowhere")

            assert program.status.endswith("nowhere is no folder.")

            (tmp_path / "kept").mkdir()
            await self.save(program, tmp_path / "kept")

            assert len(list((tmp_path / "kept").glob("*.md"))) == 3
            assert program.status == f"3 entries saved in {tmp_path / 'kept'}"

    async def test_where_none_can_be_written(
        self, running: Open, services: Services, tmp_path: Path
    ) -> None:
        """A sentence says so."""
        async with running(services) as program:
            await self.save(program, tmp_path / "no" / "such" / "a.md")

            assert "cannot be written" in program.status


class TestPipes:
    async def pipe(self, program: Running, command: str) -> None:
        """Press `|` and type a command."""
        await program.press("|")
        program.main.query_one("#prompt-input", TypedLine).value = command
        await program.press("enter")
        await program.settle()

    async def test_what_it_says_is_shown(
        self, running: Open, services: Services
    ) -> None:
        """The article is its input; its answer has a screen, `q` leaves it."""
        code = "import sys; t = sys.stdin.read(); print(t[2:27].upper())"
        async with running(services) as program:
            await self.pipe(program, f'{sys.executable} -c "{code}"')
            screen = program.app.screen

            assert isinstance(screen, OutputScreen)
            assert plain(screen.page.lines[2]) == FERRY[:25].upper()
            assert "is done" in program.status

            await program.press("q")

            assert program.app.screen is program.main

    async def test_one_that_says_nothing(
        self, running: Open, services: Services
    ) -> None:
        """No screen opens; the status line tells how it ended."""
        async with running(services) as program:
            await self.pipe(program, f'{sys.executable} -c "import sys; sys.exit(4)"')

            assert program.app.screen is program.main
            assert program.status.endswith("failed with 4, and said nothing")

    async def test_one_that_is_not_there(
        self, running: Open, services: Services
    ) -> None:
        """A sentence says so, and the next time the command stands there again."""
        async with running(services) as program:
            await self.pipe(program, "no-such-program-here -x")

            assert "could not be started" in program.status

            await program.press("|")
            field = program.main.query_one("#prompt-input", TypedLine)

            assert field.value == "no-such-program-here -x"


class TestOpening:
    async def test_over_ssh_the_link_is_copied(
        self, running: Open, services: Services
    ) -> None:
        """No browser is started on a machine that nobody sits at."""
        async with running(services, environ={"SSH_CONNECTION": "x"}) as program:
            await program.press("o")

            assert program.opened == []
            assert program.app.clipboard.startswith("https://harbour-courant.example/")
            assert program.status.startswith("Copied https://harbour-courant.example/")

    async def test_over_ssh_a_browser_of_the_settings_opens(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """Whoever named a browser knows that it reaches."""
        chosen = replace(Settings(), reading=ReadingSettings(browser="w3m"))
        services = make(lived_in, chosen)
        async with running(services, environ={"SSH_CONNECTION": "x"}) as program:
            await program.press("o")

            assert len(program.opened) == 1

    async def test_other_copies(self, running: Open, services: Services) -> None:
        """`c` names the feeds that have the story, too; the chosen page opens."""
        async with running(services) as program:
            await program.to(FERRY)
            await program.press("c")
            screen = program.app.screen

            assert isinstance(screen, Picker)
            assert len(screen.found) == 2

            await program.press("enter")

            assert program.opened == [screen.found[0].item.act]


class TestClipboard:
    @pytest.mark.parametrize("key", ["y", "Y", "ctrl+y"])
    async def test_by_the_terminal(
        self,
        running: Open,
        services: Services,
        monkeypatch: pytest.MonkeyPatch,
        key: str,
    ) -> None:
        """
        What is copied is written to the terminal as OSC 52, and the line says what.
        """
        written: list[str] = []
        async with running(services) as program:
            driver = program.app._driver
            assert driver is not None
            monkeypatch.setattr(driver, "write", written.append)
            await program.press(key)
            row = program.main.row
            assert row is not None
            found = re.findall("\x1b]52;c;([^\a]*)\a", "".join(written))
            (copied,) = (b64decode(one).decode() for one in found)
            if key == "ctrl+y":
                assert copied.startswith("Trail")
                assert row.title in copied
            else:
                assert copied == (row.url if key == "Y" else row.attribution.url)
            assert program.status.startswith("Copied the ")

    async def test_by_a_program(
        self,
        make: Callable[..., Services],
        lived_in: Path,
        running: Open,
        tmp_path: Path,
    ) -> None:
        """
        The command of the settings gets what is copied, whole and by no shell.
        """
        kept = tmp_path / "kept"
        code = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())"
        command = f'{sys.executable} -c "{code}" {kept}'
        chosen = Settings(reading=ReadingSettings(copy_command=command))
        async with running(make(lived_in, chosen=chosen)) as program:
            row = program.main.row
            assert row is not None
            await program.press("y")
            await program.until(lambda: program.status.startswith("Copied"))

            assert kept.read_text() == row.attribution.url
            assert not program.app.clipboard

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            ("nowhere-clip", "nowhere-clip: could not be started"),
            (f"{sys.executable} -c 'raise SystemExit(4)'", "nothing (exit code 4)"),
        ],
        ids=["missing", "failing"],
    )
    async def test_by_a_program_that_fails(
        self,
        make: Callable[..., Services],
        lived_in: Path,
        running: Open,
        command: str,
        said: str,
    ) -> None:
        """
        What goes wrong with the command is told in one line.
        """
        chosen = Settings(reading=ReadingSettings(copy_command=command))
        async with running(make(lived_in, chosen=chosen)) as program:
            await program.press("y")
            await program.until(lambda: said in program.status)
