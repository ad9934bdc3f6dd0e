"""What a shell is offered at Tab, asked as bash, zsh and fish ask."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.program import Program

RUN = "import sys; sys.argv[0] = 'firsthand'; from reader.cli import main; main()"
FIRSTHAND = (sys.executable, "-c", RUN)
"""The program under the name that it is installed by."""

LIST = """<opml version="2.0"><head/><body>
<outline type="rss" text="Quay Notes" xmlUrl="https://quay.example/feed"/>
<outline type="rss" text="Kiln Diary" xmlUrl="https://kiln.example/feed"/>
</body></opml>"""
VIEWS = '[views]\n"At sea" = "tag:sea"\nTowns = "folder:towns"\n'


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program with two feeds and two views of its own."""
    made = Program(tmp_path / "home")
    settings = made.home / "config" / "firsthand"
    settings.mkdir(parents=True)
    (settings / "config.toml").write_text(VIEWS, "utf-8")
    listed = tmp_path / "list.opml"
    listed.write_text(LIST, "utf-8")
    assert made.run("import", str(listed)).returncode == 0
    return made


def asked(program: Program, shell: str, line: str) -> list[str]:
    """What the program offers for the last word of a line."""
    extra = {
        "_FIRSTHAND_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = subprocess.run(
        FIRSTHAND,
        env={**program.environ, **extra},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.strip("\n").splitlines()


class TestCompletion:
    def test_bash(self, program: Program) -> None:
        """
        bash is offered commands, choices, ids of feeds, and views fit to be inserted.
        """
        assert "refresh" in asked(program, "bash", "firsthand re")
        assert asked(program, "bash", "firsthand refresh --resolve st") == ["stubs"]
        assert sorted(asked(program, "bash", "firsthand remove ")) == ["1", "2"]
        assert asked(program, "bash", "firsthand list --view At") == ["At\\ sea"]

    def test_fish(self, program: Program) -> None:
        """
        fish is offered feeds with their titles, and views as they are.
        """
        feeds = asked(program, "fish", "firsthand feed https://k")

        assert feeds == ["https://kiln.example/feed\tKiln Diary"]
        assert "At sea" in asked(program, "fish", "firsthand list --view ")

    def test_views_that_are_kept(self, program: Program, tmp_path: Path) -> None:
        """
        A view that stands in the store is offered as those of the settings are.
        """
        urls = tmp_path / "urls"
        urls.write_text('"query:Later on:unread = \\"yes\\""\n', "utf-8")
        done = program.run("import", str(urls))

        assert done.returncode == 0, done.stderr
        assert asked(program, "fish", "firsthand list --view La") == ["Later on"]

    def test_zsh(self, program: Program) -> None:
        """
        zsh is offered feeds with their titles.
        """
        told = "\n".join(asked(program, "zsh", "firsthand refresh "))

        assert '"1":"' in told
        assert "Quay Notes" in told

    def test_without_a_database(self, tmp_path: Path) -> None:
        """
        Nothing is offered where nothing is, and no database is made for it.
        """
        program = Program(tmp_path / "new")

        assert asked(program, "bash", "firsthand remove ") == []
        assert not program.home.exists()

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_script(self, program: Program, shell: str) -> None:
        """
        The script that each shell is given asks the program itself.
        """
        done = subprocess.run(
            FIRSTHAND,
            env={**program.environ, "_FIRSTHAND_COMPLETE": f"source_{shell}"},
            capture_output=True,
            text=True,
            check=True,
        )

        assert f"_FIRSTHAND_COMPLETE=complete_{shell}" in done.stdout

    def test_is_light(self, program: Program) -> None:
        """
        A Tab loads neither the screen nor what fetches and parses.
        """
        code = (
            "import sys; sys.argv[0] = 'firsthand'\n"
            "from reader.cli import main\n"
            "try: main()\n"
            "except SystemExit: print(*sys.modules, file=sys.stderr)"
        )
        extra = {
            "_FIRSTHAND_COMPLETE": "complete_bash",
            "COMP_WORDS": "firsthand remove ",
            "COMP_CWORD": "2",
        }
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**program.environ, **extra},
            capture_output=True,
            text=True,
            check=False,
        )
        heavy = {"textual", "httpx", "feedparser", "lxml", "trafilatura", "rich"}

        assert sorted(done.stdout.split()) == ["1", "2"]
        assert not heavy & set(done.stderr.split())
