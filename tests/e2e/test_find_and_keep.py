"""Queries, views, tags, filters and undo, by the real program in a played web."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import Program
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
        A word that is none is one line that names it, and an exit of 1.
        """
        done = program.run("search", "ferry", "colour:red")

        assert done.returncode == 1
        assert done.stderr == (
            "firsthand: column 7: “colour:” is no word of a search."
            ' Quote it to search for it: "colour:red".\n'
        )

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

        assert "taken back: removed (1 feed)" in program.run("undo").stdout
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
