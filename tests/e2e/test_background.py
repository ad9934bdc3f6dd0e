"""The daemon, the timer, enclosures and subscriptions, by the real program."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import PROGRAM, Program
from tests.e2e.proxy import Answer, Proxy, Web
from tests.e2e.test_originals import row, rss
from tests.e2e.world import RELAY

FILE = f'<enclosure url="{RELAY}/1.mp3?a=%20$(id)" type="audio/mpeg" length="7"/>'
LINK = '<link rel="alternate" type="application/rss+xml" href="{}" title="{}">'
DEADLINE = 60.0
"""Seconds that a program may take on a machine that has others to run."""


@pytest.fixture
def web() -> Web:
    """A page with two feeds, one of them with a file."""
    page = LINK.format("/feed", "All") + LINK.format("/sea", "Sea")
    return Web(
        {
            f"{RELAY}/": Answer(page.encode()),
            f"{RELAY}/feed": rss("Relay", RELAY, row("A ferry", f"{RELAY}/1", FILE)),
            f"{RELAY}/sea": rss("Sea", RELAY, row("A boat", f"{RELAY}/2")),
        }
    )


@pytest.fixture
def program(tmp_path: Path, home: Path, web: Web) -> Iterator[Program]:
    """The program in a played web."""
    with Proxy(web, tmp_path) as proxy:
        yield Program(home, proxy.environ)


def settings(program: Program, text: str) -> None:
    """Write the settings of a program."""
    folder = program.home / "config" / "firsthand"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text)


class TestDaemon:
    @pytest.mark.parametrize(
        "number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda n: n.name
    )
    def test_polls_until_ended(self, program: Program, number: signal.Signals) -> None:
        """
        It polls what is due, tells one line an event, and ends well on a signal.
        """
        opml = program.home / "list.opml"
        opml.write_text(f'<opml><outline text="R" xmlUrl="{RELAY}/feed"/></opml>')
        program.run("import", str(opml))
        with subprocess.Popen(
            [*PROGRAM, "refresh", "--daemon", "--verbose", "--resolve", "none"],
            env=program.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as daemon:
            assert daemon.stdout is not None
            line = daemon.stdout.readline()
            daemon.send_signal(number)
            _, complaints = daemon.communicate(timeout=DEADLINE)

        assert line.endswith("R: 1 new entry\n")
        assert (daemon.returncode, complaints) == (0, "")
        assert len(program.rows("list", "--json")) == 1
        # What it had leased is free again.
        assert "1 feed polled" in program.run("refresh", "--force").stdout

    def test_wrong_usage(self, program: Program) -> None:
        """
        It polls what is due, so that nothing can be named or forced.
        """
        assert program.run("refresh", "--daemon", "--force").returncode == 2
        assert program.run("refresh", "--verbose").returncode == 2


class TestService:
    def test_there_and_back(self, program: Program) -> None:
        """
        The timer's files are written below the settings, and deleted again.
        """
        lonely = Program(program.home, {"PATH": "/nowhere"})
        done = lonely.run("service", "install")
        folder = program.home / "config" / "systemd" / "user"

        assert done.returncode == 0
        assert "  systemctl --user enable --now firsthand.timer" in done.stdout
        assert "refresh" in (folder / "firsthand.service").read_text()
        assert lonely.run("service", "status").returncode == 0
        assert lonely.run("service", "remove").returncode == 0
        assert list(folder.iterdir()) == []
        assert lonely.run("service", "status").returncode == 1


class TestEnclosure:
    def test_by_the_command(self, program: Program) -> None:
        """
        A file opens by the command of the settings, as one argument, by no shell.
        """
        said = program.home / "said"
        script = program.home / "player"
        script.write_text(
            f'#!/bin/sh\nprintf "%s|" "$@" > {said}.part\nmv {said}.part {said}\n'
        )
        script.chmod(0o755)
        settings(program, f"[reading]\nenclosure_command = '{script} --at %s --end'\n")
        program.run("add", f"{RELAY}/feed")
        assert program.run("open", "1", "--enclosure", "1").returncode == 0
        until = time.monotonic() + DEADLINE
        while not said.exists() and time.monotonic() < until:
            pass

        assert said.read_text() == f"--at|{RELAY}/1.mp3?a=%20$(id)|--end|"

    def test_printed(self, program: Program) -> None:
        """
        Its address is printed when that is all that is wanted; none is told.
        """
        program.run("add", f"{RELAY}/feed", f"{RELAY}/sea")
        shown = program.run("open", "1", "--enclosure", "1", "--print")
        none = program.run("open", "2", "--enclosure", "1", "--print")

        assert shown.stdout == f"{RELAY}/1.mp3?a=%20$(id)\n"
        assert none.returncode == 1
        assert none.stderr == "firsthand: entry 2: no file came with it\n"

    def test_missing_program(self, program: Program) -> None:
        """
        A command that is not there is one line that names its setting.
        """
        settings(program, '[reading]\nenclosure_command = "nowhere-player"\n')
        program.run("add", f"{RELAY}/feed")
        done = program.run("open", "1", "--enclosure", "1")

        assert done.returncode == 1
        assert "the program nowhere-player was not found" in done.stderr
        assert "enclosure_command in config.toml" in done.stderr

    def test_failing_program(self, program: Program) -> None:
        """
        A program that fails at once is told, for files as for links; nothing is open.
        """
        settings(program, "[reading]\nenclosure_command = \"sh -c 'exit 7'\"\n")
        program.run("add", f"{RELAY}/feed")
        done = program.run("open", "1", "--enclosure", "1")

        assert done.returncode == 1
        assert "sh failed to open it (exit code 7)" in done.stderr
        assert len(done.stderr.splitlines()) == 1


class TestSubscriptions:
    def test_pick(self, program: Program) -> None:
        """
        Of several feeds the best is taken, or the one that is picked.
        """
        first = program.run("add", f"{RELAY}/")
        second = program.run("add", f"{RELAY}/", "--pick", "2")

        assert f"taken: {RELAY}/feed" in first.stdout
        assert f"  also: {RELAY}/sea  Sea  (--pick 2)" in first.stdout
        assert f"taken: {RELAY}/sea" in second.stdout
        assert program.run("add", f"{RELAY}/", "--pick", "3").returncode == 1

    def test_wishes(self, program: Program) -> None:
        """
        Tags, interval and pause of a feed are set, and told.
        """
        program.run("add", f"{RELAY}/feed")
        (feed,) = program.rows(
            *("feed", "1", "--tags", "sea, boats", "--every", "2h", "--pause", "--json")
        )

        assert (feed["tags"], feed["every"]) == (["sea", "boats"], 7200)
        assert feed["paused"] is not None
        assert len(program.rows("list", "#boats", "--json")) == 1
        (feed,) = program.rows("feed", "1", "--every", "auto", "--resume", "--json")
        assert (feed["every"], feed["paused"]) == (None, None)
        assert program.run("feed", "1", "--every", "1m").returncode == 2

    def test_newsboat(self, program: Program, tmp_path: Path) -> None:
        """
        newsboat's file is taken over, and what cannot be is told line by line.
        """
        urls = tmp_path / "urls"
        urls.write_text(
            f'{RELAY}/feed sea "~Mine"\nexec:~/x\n"query:Q:unread = \\"yes\\""\n'
        )
        done = program.run("import", str(urls))
        (feed,) = program.rows("feeds", "--json")

        assert (feed["title"], feed["folder"]) == ("Mine", "sea")
        assert done.stdout.startswith("1 feed added; ")
        assert done.stdout.endswith("1 view kept: Q\n")
        assert "Q" in [view["name"] for view in program.rows("views", "--json")]
        assert program.run("views", "--forget", "Q").returncode == 0
        assert "Q" not in [view["name"] for view in program.rows("views", "--json")]
        assert program.run("views", "--forget", "Q").returncode == 1
        assert f"firsthand: {urls}: line 2: “exec:~/x” runs a command" in done.stderr

    def test_replacement(self, program: Program, web: Web) -> None:
        """
        A feed that fails is looked at closely, and takes the address that is found.
        """
        program.run("add", f"{RELAY}/sea")
        del web.answers[f"{RELAY}/sea"]
        told = program.run("feed", "1", "--look").stdout
        moved = program.run("feed", "1", "--move", f"{RELAY}/feed").stdout

        assert "it answers HTTP 404" in told
        assert f"`firsthand feed 1 --move {RELAY}/feed` takes it" in told
        assert f"to {RELAY}/feed: chosen by hand" in moved
        web.answers[f"{RELAY}/sea"] = web.answers[f"{RELAY}/feed"]
        program.run("add", f"{RELAY}/sea")
        again = program.run("feed", "2", "--move", f"{RELAY}/feed")
        assert "is subscribed to already, as feed 1" in again.stderr

    def test_health(self, program: Program) -> None:
        """
        How feeds fare is told, failing ones first.
        """
        program.run("add", f"{RELAY}/feed")
        opml = program.home / "list.opml"
        opml.write_text(f'<opml><outline text="Gone" xmlUrl="{RELAY}/gone"/></opml>')
        program.run("import", str(opml))
        program.run("refresh", "--resolve", "none")
        gone, relay = program.rows("feeds", "--health", "--json")

        assert (gone["state"], gone["error_class"]) == ("it is not there", "http-404")
        assert (relay["well"], len(relay["daily"])) == (True, 30)
        assert "Gone: it is not there" in program.run("feeds", "--health").stdout


class TestKeeping:
    def test_by_the_settings(self, program: Program, web: Web) -> None:
        """
        A refresh keeps so many entries of a feed, and starred ones for ever; what went
        does not come back while the feed lists it.
        """
        told = [row(f"Story {n}", f"{RELAY}/{n}") for n in range(5)]
        web.answers[f"{RELAY}/feed"] = rss("Relay", RELAY, *told)
        program.run("add", f"{RELAY}/feed")
        before = [entry["id"] for entry in program.rows("list", "--json")]
        program.run("mark", str(before[-1]), "--star")
        settings(program, "[store]\nkeep_days = 400\nkeep_entries = 2\n")

        def refreshed() -> list[int]:
            program.run("refresh", "--force", "--resolve", "none")
            return [entry["id"] for entry in program.rows("list", "--json")]

        assert refreshed() == [*before[:2], before[-1]]
        last = row("Last", f"{RELAY}/last")
        web.answers[f"{RELAY}/feed"] = rss("Relay", RELAY, *told, last)
        assert refreshed()[1:] == [before[0], before[-1]]
