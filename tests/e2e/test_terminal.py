"""The real reader in a real terminal, on the demo world and on a played web."""

import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import PROGRAM, Program
from tests.e2e.proxy import Proxy, Web
from tests.e2e.terminal import DEADLINE, ENDED, Terminal, needs_tmux
from tests.e2e.world import (
    FIRST,
    PUBLISHER,
    RELAY,
    publisher_site,
    relay_site,
    seed_cases,
)

pytestmark = needs_tmux
FERRY = "Ferry that never left port"
CARD = (
    "First published by Harbour Courant",
    "harbour-courant.example/2026/03/ferry-sold-twice",
    "By way of Daily Relay",
    "Almost certain",
)
LEAVINGS = ("originally published", "re-directed", "Read more", "Categorised as")


@pytest.fixture(params=[(120, 40), (80, 24)], ids=["120x40", "80x24"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal of each size that most people have."""
    with Terminal(tmp_path, *request.param) as opened:
        yield opened


def demo(terminal: Terminal, home: Path) -> str:
    """The demo in the terminal, once its first screen stands."""
    terminal.start((*PROGRAM, "demo"), Program(home).environ)
    return terminal.wait_for("Unread", FERRY)


def wait_for_death(pid: int) -> None:
    """Wait until a process is gone."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(f"process {pid} outlived its terminal by {DEADLINE} s")


def test_a_closed_terminal_ends_the_reader(tmp_path: Path, home: Path) -> None:
    """
    No reader stays behind the window that it was in.
    """
    note = tmp_path / "pid"
    with Terminal(tmp_path, 80, 24) as terminal:
        tell = f"echo $$ > {note}; exec {shlex.join(PROGRAM)} demo"
        terminal.start(("sh", "-c", tell), Program(home).environ)
        terminal.wait_for("Unread", FERRY)
        os.kill(int(note.read_text()), signal.SIGCONT)

    wait_for_death(int(note.read_text()))


class TestDemo:
    def test_the_stub_is_read(self, terminal: Terminal, home: Path) -> None:
        """
        The seed's stub opens with its publisher, its original's link, and clean text.
        """
        demo(terminal, home)
        terminal.keys("Enter")
        screen = terminal.wait_for(*CARD, "ELMHAVEN. The car ferry")

        assert not [text for text in LEAVINGS if text in screen]

    def test_the_trail(self, terminal: Terminal, home: Path) -> None:
        """
        `t` tells every hop with its evidence, and how sure we are; `q` goes back.
        """
        demo(terminal, home)
        terminal.keys("Enter")
        terminal.wait_for("First published by")
        terminal.keys("t")
        screen = terminal.wait_for("Trail", "stub-link")

        assert "This post was originally published on" in screen
        terminal.keys("q")
        terminal.wait_without("stub-link")

    def test_help_and_quit(self, terminal: Terminal, home: Path) -> None:
        """
        `?` shows the keys, `q` closes them, `Q` ends the program.
        """
        demo(terminal, home)
        terminal.keys("?")
        terminal.wait_for("Keys", "next, previous")
        terminal.keys("q")
        terminal.wait_for(FERRY)
        terminal.keys("Q")

        assert terminal.wait_for_end() == 0

    def test_a_bug_is_no_success(self, terminal: Terminal, home: Path) -> None:
        """
        What nobody expected ends the program with exit code 1 and one line, the place
        of a report; what variables held is neither on the screen nor in there.
        """
        broken = (
            "from reader.tui.screens.main import Main",
            "from reader.cli import main",
            "Main.look_for_changes = lambda main, read='sesame': 1 / 0",
            "main()",
        )
        command = (sys.executable, "-c", "; ".join(broken), "demo")
        terminal.start(command, Program(home).environ)
        code = terminal.wait_for_end()
        said = terminal.screen().partition(ENDED)[0].replace("\n", "")
        (report,) = (home / "state" / "firsthand" / "crashes").glob("*.txt")

        assert code == 1
        assert said.startswith("firsthand: a fault in Firsthand (ZeroDivisionError), ")
        assert said.endswith(report.name)
        assert report.read_text().startswith("ZeroDivisionError\n")
        assert "sesame" not in said + report.read_text()


class TestPlayedWeb:
    def test_read_what_was_polled(self, tmp_path: Path, home: Path) -> None:
        """
        A feed added on the command line is read in the reader, while it is polled.
        """
        cases = seed_cases(RELAY)[:1]
        web = Web(publisher_site() | relay_site(RELAY, cases))
        with Proxy(web, tmp_path) as proxy, Terminal(tmp_path, 120, 40) as terminal:
            program = Program(home, proxy.environ)
            assert program.run("add", f"{RELAY}/").returncode == 0
            terminal.start(PROGRAM, program.environ)
            terminal.wait_for("Relay", "link")
            terminal.keys("Enter")
            screen = terminal.wait_for(f"First published by {PUBLISHER}", FIRST[:40])

        assert not [text for text in LEAVINGS if text in screen]

    def test_first_run(self, tmp_path: Path, home: Path) -> None:
        """
        A reader without feeds asks where to begin.
        """
        with Terminal(tmp_path, 80, 24) as terminal:
            terminal.start(PROGRAM, Program(home).environ)

            assert terminal.wait_for("No feeds yet")
