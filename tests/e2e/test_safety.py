"""Copies, damage and homes that cannot be written, as a person meets them."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.program import Program

FEED = "https://relay.example/feed"
LIST = f'<opml><body><outline xmlUrl="{FEED}" text="Relay"/></body></opml>'


@pytest.fixture
def program(home: Path) -> Program:
    """The program with one subscription."""
    (home / "list.opml").write_text(LIST)
    made = Program(home)
    assert made.run("import", str(home / "list.opml")).returncode == 0
    return made


def database(home: Path) -> Path:
    return home / "data" / "firsthand" / "firsthand.db"


class TestBackup:
    def test_there_and_back(self, program: Program, home: Path) -> None:
        """
        A backup is made, listed, and put back; what was there stands beside it.
        """
        made = program.run("backup").stdout.strip()
        (listed,) = program.rows("restore", "--list", "--json")
        program.run("remove", FEED)
        done = program.run("restore", "--json")

        assert listed["file"] == made
        assert json.loads(done.stdout)["restored"] == made
        assert Path(json.loads(done.stdout)["aside"]).exists()
        assert [row["url"] for row in program.rows("feeds", "--json")] == [FEED]

    def test_to_a_place_of_ones_own(self, program: Program, home: Path) -> None:
        """
        A backup goes where it is told to, and comes back from there.
        """
        target = home / "copy.db"

        assert program.run("backup", str(target)).returncode == 0
        assert program.run("restore", str(target)).returncode == 0
        assert len(program.rows("feeds", "--json")) == 1

    def test_nothing_to_restore(self, program: Program) -> None:
        """
        Without a backup one line says so, and nothing is touched.
        """
        done = program.run("restore")

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert len(program.rows("feeds", "--json")) == 1


class TestDamaged:
    def test_is_told_and_mended(self, program: Program, home: Path) -> None:
        """
        A damaged database is told on stderr, and the command runs on the backup.
        """
        program.run("backup")
        with database(home).open("r+b") as file:
            file.write(b"\xff" * 400)

        done = program.run("feeds", "--json")

        assert done.returncode == 0
        assert json.loads(done.stdout)["url"] == FEED
        assert "was damaged, and is now" in done.stderr
        assert program.run("feeds").stderr == ""


class TestHome:
    def test_that_cannot_be_written(self, home: Path) -> None:
        """
        A home in which nothing can be made is one line, and no traceback.
        """
        extra = {"XDG_DATA_HOME": "/proc/firsthand-cannot-be"}
        done = Program(home, extra).run("feeds")

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "cannot be opened" in done.stderr

    def test_with_a_locked_database(self, program: Program, home: Path) -> None:
        """
        While another writes for long, reading goes on, and writing says why it waits
        no longer.
        """
        with closing(sqlite3.connect(database(home), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            read = program.run("feeds")
            written = program.run("feed", "1", "--title", "x")

        assert read.returncode == 0
        assert written.returncode == 1
        assert "is locked by another program" in written.stderr
        assert len(written.stderr.splitlines()) == 1


class TestFault:
    def test_is_one_line(self, home: Path) -> None:
        """
        A bug in a command is one line with the place of a report; neither says what
        somebody reads.
        """
        broken = (
            "import sys",
            "from reader.store import Store",
            "Store.feeds = lambda store, read='sesame': {}[read]",
            "sys.argv = ['firsthand', 'feeds']",
            "from reader.cli import main",
            "main()",
        )
        done = subprocess.run(
            [sys.executable, "-c", "; ".join(broken)],
            env=Program(home).environ,
            capture_output=True,
            text=True,
            check=False,
        )
        (report,) = (home / "state" / "firsthand" / "crashes").glob("*.txt")

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert str(report) in done.stderr
        assert "sesame" not in done.stderr + report.read_text()


class TestCredentials:
    def test_are_said_nowhere(self, program: Program, home: Path) -> None:
        """
        No command, export or error says a password; the file is its owner's alone.
        """
        program.run("import", str(_listed(home)))
        commands = [
            *("feeds", "feeds --json", "feed 2", "feed 2 --json", "export"),
            *("refresh --force", "doctor", "credentials 2", "doctor --json"),
        ]
        said = [program.run(*command.split()) for command in commands]
        secrets = database(home).with_name("secrets.json")

        assert "ann" in said[7].stdout
        assert not any("sesame" in one.stdout + one.stderr for one in said)
        assert secrets.stat().st_mode & 0o777 == 0o600
        assert b"sesame" not in database(home).read_bytes()


def _listed(home: Path) -> Path:
    file = home / "closed.opml"
    url = "https://ann:sesame@127.0.0.1:9/feed"
    file.write_text(f'<opml><body><outline xmlUrl="{url}"/></body></opml>')
    return file
