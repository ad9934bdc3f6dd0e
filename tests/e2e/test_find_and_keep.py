"""Queries, views, tags, filters and undo, by the real program in a played web."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import PROGRAM, Program
from tests.e2e.proxy import Proxy, Web
from tests.e2e.test_originals import row, rss
from tests.e2e.world import RELAY

FILE = '<enclosure url="https://relay.example/1.mp3" type="audio/mpeg" length="7"/>'
FILTERS = (
    '[[filter]]\nname = "Sport"\nwhen = "title:match"\nhide = true\ntag = "sport"\n'
)
VIEWS = '[views]\nSea = "title:ferry"\n'


@pytest.fixture
def program(tmp_path: Path, home: Path) -> Iterator[Program]:
    """A program with filters and a view that has subscribed to a feed of three."""
    feed = rss(
        "Relay",
        RELAY,
        row("A ferry leaves", f"{RELAY}/1", FILE),
        row("A ferry arrives", f"{RELAY}/2"),
        row("The match", f"{RELAY}/3"),
    )
    with Proxy(Web({f"{RELAY}/feed": feed}), tmp_path) as proxy:
        made = Program(home, proxy.environ)
        folder = home / "config" / "firsthand"
        folder.mkdir(parents=True)
        (folder / "filters.toml").write_text(FILTERS)
        (folder / "config.toml").write_text(VIEWS)
        assert made.run("add", f"{RELAY}/feed").returncode == 0
        yield made


def titles(program: Program, *args: str) -> list[str]:
    """The titles that a command lists."""
    return [entry["title"] for entry in program.rows(*args, "--json")]


class TestLists:
    def test_by_query_and_view(self, program: Program) -> None:
        """
        `list` takes the words of a search, `--view` a name; what is hidden is out.
        """
        assert len(titles(program, "list")) == 2
        assert titles(program, "list", "hidden") == ["The match"]
        assert titles(program, "list", "ferry", "-arrives") == ["A ferry leaves"]
        assert len(titles(program, "list", "--view", "sea")) == 2
        assert titles(program, "list", "title:leaves or #sport") == ["A ferry leaves"]

    def test_search_as_many_as_asked(self, program: Program) -> None:
        """
        `search` takes as many as it is told, and all when asked.
        """
        assert len(titles(program, "search", "ferry", "--limit", "1")) == 1
        assert len(titles(program, "search", "ferry", "--all")) == 2

    def test_wrong_word(self, program: Program) -> None:
        """
        A word that is none is one line that names it, and an exit of 2.
        """
        done = program.run("search", "ferry", "colour:red")

        assert done.returncode == 2
        assert done.stderr == (
            "firsthand: column 7: “colour:” is no word of a search."
            ' Quote it to search for it: "colour:red".\n'
        )

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("colour:red",), "column 1: “colour:” is no word"),
            (("ferry", "(unread"), "column 7: this bracket is never closed."),
            (("((ferry)", "bus"), "column 1: this bracket is never closed."),
        ],
        ids=["first", "open", "outer"],
    )
    def test_what_is_no_query(
        self, program: Program, words: tuple[str, ...], said: str
    ) -> None:
        """
        A whole line is no query where a bracket stays open; its column is told.
        """
        for command in ("list", "search"):
            done = program.run(command, *words)

            assert (done.returncode, done.stdout) == (2, "")
            assert said in done.stderr

    def test_brackets_that_are_closed(self, program: Program) -> None:
        """
        Brackets that are closed, or stand within quotes, are fine.
        """
        assert program.run("list", "(unread or (starred))").returncode == 0
        assert program.run("list", '"(unread"').returncode == 0

    def test_nothing_is_due(self, program: Program) -> None:
        """
        A refresh that had nothing to do says when there will be, and how to do it now.
        """
        told = program.run("refresh").stdout

        assert re.search(r"nothing is due; next in \d+ (min|h), --force polls", told)

    def test_files_that_come_with_it(self, program: Program) -> None:
        """
        An entry in JSON names its enclosures, its tags, and whether it is hidden.
        """
        (found,) = program.rows("list", "leaves", "--json")

        assert found["enclosures"] == [
            {"url": f"{RELAY}/1.mp3", "type": "audio/mpeg", "length": 7}
        ]
        assert (found["tags"], found["hidden"]) == ([], False)

    def test_what_can_be_listed(self, program: Program) -> None:
        """
        Views and publishers are listed with how much they hold.
        """
        views = {
            view["name"]: view["entries"] for view in program.rows("views", "--json")
        }
        (relay,) = program.rows("publishers", "--json")

        assert (views["all"], views["Sea"]) == (2, 2)
        assert (relay["publisher"], relay["entries"]) == ("Relay", 2)


class TestUsage:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("mark 1", "--hide or --unhide"),
            ("tag 1 +", "“” is no name for a tag"),
            ("tag 1 +sea,later", "“sea,later” is no name for a tag"),
            ("sync login https://s.example --user me", "--password-stdin"),
        ],
        ids=["mark", "empty", "comma", "login"],
    )
    def test_is_told(self, program: Program, line: str, said: str) -> None:
        """
        What a command lacks is named, and nothing is done.
        """
        done = program.run(*line.split())

        assert done.returncode > 0
        assert said in " ".join(done.stderr.replace("│", " ").split())

    def test_stdin(self, program: Program) -> None:
        """
        A file called - is what comes by stdin.
        """
        page = "<title>A</title><article><p>" + "The ferry sailed on. " * 40
        for command, given in (
            ("extract", page),
            ("import", "https://second.example/feed\n"),
        ):
            done = subprocess.run(
                [*PROGRAM, command, "-"],
                env=program.environ,
                input=given,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )

            assert done.returncode == 0, done.stderr
        assert "second.example" in program.run("feeds").stdout

    def test_no_feed_to_move_to(self, program: Program) -> None:
        """
        A feed gets no address at which there is no feed.
        """
        done = program.run("feed", "1", "--move", f"{RELAY}/nothing")

        assert done.returncode == 1
        assert f"{RELAY}/nothing" in done.stderr
        assert f"{RELAY}/feed" in program.run("feed", "1").stdout

    def test_how_often(self, program: Program) -> None:
        """
        A feed's own pace is told in words.
        """
        told = program.run("feed", "1", "--every", "2h").stdout

        assert "asked every 2 hours\n" in told


class TestTags:
    def test_given_taken_and_undone(self, program: Program) -> None:
        """
        `tag` gives and takes, `tags` lists, `undo` and `redo` go back and forth.
        """
        ids = [str(entry["id"]) for entry in program.rows("list", "--json")]
        program.run("tag", *ids, "+sea", "+later")
        program.run("tag", ids[0], "-sea")
        assert len(titles(program, "list", "#sea")) == 1

        assert "taken back: no more tagged sea (1 entry)" in program.run("undo").stdout
        assert len(titles(program, "list", "#sea")) == 2
        assert program.run("redo").returncode == 0
        tags = {tag["tag"]: tag["entries"] for tag in program.rows("tags", "--json")}
        assert tags == {"later": 2, "sea": 1}

    def test_removed_feed_comes_back(self, program: Program) -> None:
        """
        A feed that was removed is back with all it had when that is undone.
        """
        program.run("remove", f"{RELAY}/feed")
        assert program.rows("feeds", "--json") == []

        assert "taken back: removed (1 feed): Relay\n" in program.run("undo").stdout
        assert len(titles(program, "list")) == 2

    @pytest.mark.parametrize(
        ("args", "code"),
        [(("tag", "1"), 2), (("tag", "1", "sea"), 2), (("tag", "99", "+sea"), 1)],
        ids=["no-tag", "no-sign", "no-entry"],
    )
    def test_wrong(self, program: Program, args: tuple[str, ...], code: int) -> None:
        """
        What is no tag is wrong usage, and an entry that is not there a failure.
        """
        assert program.run(*args).returncode == code


class TestRules:
    def test_tested_and_applied(self, program: Program) -> None:
        """
        `rules test` says what each filter would do, and `rules apply` does it.
        """
        folder = program.home / "config" / "firsthand"
        more = '[[filter]]\nwhen = "ferry"\nmark_read = true\n'
        (folder / "filters.toml").write_text(f"{FILTERS}{more}")
        sport, ferry = program.rows("rules", "test", "--json")

        assert (sport["name"], sport["hidden"], sport["tagged"]) == ("Sport", 1, 0)
        assert (ferry["when"], ferry["read"]) == ("ferry", 2)
        assert len(titles(program, "list", "unread")) == 2
        assert "2 entries changed" in program.run("rules", "apply").stdout
        assert titles(program, "list", "unread") == []

    def test_fault(self, program: Program) -> None:
        """
        A filter that cannot be used is named with its line, and the test fails.
        """
        folder = program.home / "config" / "firsthand"
        (folder / "filters.toml").write_text('[[filter]]\nwhen = "auther:x"\n')
        done = program.run("rules", "test")

        assert done.returncode == 1
        assert "filters.toml: line 1: filter wants something to do" in done.stderr
