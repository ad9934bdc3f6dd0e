"""The command line's contract, held by the real program through a played web."""

import re
import shlex
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import PROGRAM, Program
from tests.e2e.proxy import Answer, Proxy, Web
from tests.e2e.world import (
    BODY,
    FIRST,
    LAST,
    ORIGINAL,
    PUBLISHER,
    RELAY,
    XML,
    hostile_cases,
    other_cases,
    page,
    publisher_page,
    publisher_site,
    relay_site,
    seed_cases,
)

COMMANDS = [
    *("add", "remove", "feeds", "import", "export", "refresh", "list", "show"),
    *("resolve", "extract", "open", "mark", "search", "doctor", "demo"),
]
ENTRY_KEYS = {
    "id", "feed", "title", "url", "author", "published", "read", "starred", "stub",
    "attribution",
}  # fmt: skip
ATTRIBUTION_KEYS = {
    "status", "url", "publisher", "author", "published", "confidence", "reachable",
    "http_status", "checked_at", "guess", "trail",
}  # fmt: skip
EVIL = """{"version": "https://jsonfeed.org/version/1.1",
"title": "Evil \\u001b[31m[/]", "items": [{"id": "1",
"url": "https://evil.example/1", "content_html": "<p>x</p>",
"title": "a\\u001b]0;x\\u0007b [red]c[/red] [/] \\u202eevil\\u202c\\u009b1m"}]}"""


class Stage:
    """The played web with a program in it, refreshed once."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.cases = [*seed_cases(RELAY), *other_cases(), *hostile_cases(9)]
        self.plain = seed_cases("http://plain.example/p")
        self.web = Web(
            publisher_site()
            | relay_site(RELAY, self.cases)
            | relay_site("http://plain.example", self.plain)
            | {
                "https://evil.example/feed.json": Answer(EVIL.encode()),
                "https://nofeed.example/": page("<title>None</title>Nothing here."),
                "https://garbage.example/feed": Answer(b"\x00\xff <rss", headers=XML),
                "https://broken.example/feed": Answer(b"oops", 500),
                "https://empty.example/feed": Answer(b"", headers=XML),
            }
        )
        self.proxy = Proxy(self.web, folder)
        self.program = Program(home, self.proxy.environ)

    def entries(self, *more: str) -> dict[tuple[str, str], dict[str, Any]]:
        """Every entry, by its feed's URL and its own."""
        rows = self.program.rows("list", "--json", "--all", *more)
        return {(row["feed"]["url"], row["url"]): row for row in rows}


@pytest.fixture
def stage(tmp_path: Path, home: Path) -> Iterator[Stage]:
    """The played web; nothing is subscribed yet."""
    made = Stage(tmp_path, home)
    with made.proxy:
        yield made


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Both relays are subscribed, and every entry was followed; made once."""
    folder = tmp_path_factory.mktemp("refreshed")
    made = Stage(folder, folder)
    feeds = (f"{RELAY}/", "http://plain.example/feed")
    with made.proxy:
        assert made.program.run("add", *feeds, "--folder", "News").returncode == 0
        done = made.program.run("refresh", "--resolve", "all")
        assert done.returncode == 0, done.stderr
        yield made


class TestHelp:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_explains_itself(self, home: Path, command: str) -> None:
        """
        `--help` works for each command of the contract.
        """
        done = Program(home).run(command, "--help")

        assert done.returncode == 0
        assert len(done.stdout) > 60

    def test_wrong_usage(self, home: Path) -> None:
        """
        What was not understood exits with 2 and prints no data.
        """
        done = Program(home).run("list", "--no-such-option")

        assert (done.returncode, done.stdout) == (2, "")


class TestBadInput:
    @pytest.mark.parametrize(
        "url",
        [
            "https://nofeed.example/",
            "https://garbage.example/feed",
            "https://nowhere.example/feed",
            "https://broken.example/feed",
            "https://empty.example/feed",
            "http://192.168.7.7/feed",
            "http://localhost:1/feed",
            "ftp://relay.example/feed",
            "data:text/xml,<rss/>",
        ],
    )
    def test_add(self, stage: Stage, url: str) -> None:
        """
        An address that gives no feed is one clear line, and nothing is subscribed.
        """
        done = stage.program.run("add", url)

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert done.stdout == ""
        assert stage.program.rows("feeds", "--json") == []

    def test_one_failing_stops_no_other(self, stage: Stage) -> None:
        """
        Of several addresses each is done; the exit code says that one failed.
        """
        done = stage.program.run("add", "https://broken.example/feed", f"{RELAY}/feed")

        assert done.returncode == 1
        assert [f["url"] for f in stage.program.rows("feeds", "--json")] == [
            f"{RELAY}/feed"
        ]

    @pytest.mark.parametrize(
        "command",
        [("show", "999"), ("open", "999"), ("mark", "999", "--read"), ("remove", "9")],
        ids=lambda command: command[0],
    )
    def test_no_such_thing(self, home: Path, command: tuple[str, ...]) -> None:
        """
        What is not there is one line on stderr and exit 1.
        """
        done = Program(home).run(*command)

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert done.stdout == ""

    def test_import_of_no_opml(self, home: Path) -> None:
        """
        A file that is no OPML is refused in one line.
        """
        file = home / "page.html"
        file.write_text("<html><p>no list</p></html>")
        done = Program(home).run("import", str(file))

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1

    def test_unknown_setting(self, home: Path) -> None:
        """
        A setting that is not known is named, and the command runs.
        """
        folder = home / "config" / "firsthand"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text("[fetch]\nallow_hots = []\n")
        done = Program(home).run("feeds")

        assert done.returncode == 0
        assert "allow_hots" in done.stderr

    def test_unreadable_settings(self, home: Path) -> None:
        """
        Settings that are no TOML are told with the line; the command runs without.
        """
        folder = home / "config" / "firsthand"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text("[fetch\n")
        done = Program(home).run("feeds")

        assert done.returncode == 0
        assert "line 1" in done.stderr
        assert len(done.stderr.splitlines()) == 1

    def test_damaged_database(self, home: Path) -> None:
        """
        A database that is none is reported, and left as it is.
        """
        file = home / "data" / "firsthand" / "firsthand.db"
        file.parent.mkdir(parents=True)
        file.write_bytes(b"not a database at all" * 100)
        done = Program(home).run("list")

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert file.read_bytes().startswith(b"not a database")

    def test_a_feed_that_fails_later(self, stage: Stage) -> None:
        """
        A feed that fails is one line; its entries stay, and the others are polled.
        """
        stage.program.run("add", f"{RELAY}/feed", "http://plain.example/feed")
        before = stage.entries()
        stage.web.answers[f"{RELAY}/feed"] = Answer(b"<html>oops</html>", 200)
        done = stage.program.run("refresh", "--force", "--resolve", "none")

        assert done.returncode == 0
        assert len(done.stderr.splitlines()) == 1
        assert "Relay" in done.stderr
        assert stage.entries().keys() == before.keys()


class TestResolving:
    def test_every_original(self, refreshed: Stage) -> None:
        """
        Each variant of the seed, over http and https, comes out at its publisher.
        """
        got = refreshed.entries()
        found = {
            (feed, case.name): got[feed, case.link]["attribution"]["url"]
            for feed, cases in (
                (f"{RELAY}/feed", refreshed.cases),
                ("http://plain.example/feed", refreshed.plain),
            )
            for case in cases
        }
        wanted = {
            (feed, case.name): case.original
            for feed, cases in (
                (f"{RELAY}/feed", refreshed.cases),
                ("http://plain.example/feed", refreshed.plain),
            )
            for case in cases
        }

        assert found == wanted

    def test_hostile_targets(self, refreshed: Stage) -> None:
        """
        What may not be followed is recorded as refused, never offered, never fetched.
        """
        rows = [
            row for (_, url), row in refreshed.entries().items() if "hostile" in url
        ]

        assert len(rows) == 4
        assert all(row["attribution"]["refused"] for row in rows)
        assert not any("127.0.0.1" in url or "169.254" in url for url, _ in
                       refreshed.web.asked)  # fmt: skip

    def test_a_quoted_announcement(self, refreshed: Stage) -> None:
        """
        An article that quotes the phrase is no stub.
        """
        row = refreshed.entries()[f"{RELAY}/feed", f"{RELAY}/quoted"]

        assert row["stub"] is False

    def test_publisher_and_keys(self, refreshed: Stage) -> None:
        """
        An entry has the keys of the contract, and the publisher's own name and date.
        """
        row = refreshed.entries()[f"{RELAY}/feed", f"{RELAY}/link"]
        attribution = row["attribution"]

        assert row.keys() >= ENTRY_KEYS
        assert attribution.keys() >= ATTRIBUTION_KEYS
        assert attribution["publisher"] == PUBLISHER
        assert attribution["author"] == "Marit Osland"
        assert attribution["published"] == "2026-02-03T09:00:00Z"
        assert row["published"] == "2026-02-04T10:00:00Z"
        assert {"from", "to", "via", "evidence"} <= attribution["trail"][0].keys()

    def test_politeness(self, refreshed: Stage) -> None:
        """
        No host sees more than two requests at once, and each sees who we are.
        """
        agents = {headers["user-agent"] for _, headers in refreshed.web.asked}

        assert max(refreshed.web.peak.values()) <= 2
        assert all("irsthand" in agent and "http" in agent for agent in agents)


class TestReading:
    def test_show(self, refreshed: Stage) -> None:
        """
        The article begins and ends as published: no announcement, teaser or footer.
        """
        ident = str(refreshed.entries()[f"{RELAY}/feed", f"{RELAY}/link"]["id"])
        (shown,) = refreshed.program.rows("show", ident, "--json")
        text = shown["article"]["text"]
        words = refreshed.program.run("show", ident).stdout

        assert text.startswith(FIRST)
        assert text.endswith(LAST)
        assert not re.search("originally|re-directed|Read more|ice|Categorised", text)
        assert PUBLISHER in words
        assert ORIGINAL in words

    def test_show_of_a_page_that_is_gone(self, refreshed: Stage) -> None:
        """
        Also where the relay's page is gone, the original is read.
        """
        ident = str(refreshed.entries()[f"{RELAY}/feed", f"{RELAY}/page-gone"]["id"])
        (shown,) = refreshed.program.rows("show", ident, "--json")

        assert shown["article"]["text"].startswith(FIRST)

    def test_open(self, refreshed: Stage) -> None:
        """
        `open --print` prints the original alone; without one it fails in one line.
        """
        got = refreshed.entries()
        known = str(got[f"{RELAY}/feed", f"{RELAY}/link"]["id"])
        unknown = str(got[f"{RELAY}/feed", f"{RELAY}/hostile-0"]["id"])
        opened = refreshed.program.run("open", known, "--print")
        refused = refreshed.program.run("open", unknown, "--print")

        assert opened.stdout.strip() == ORIGINAL
        assert (refused.returncode, refused.stdout) == (1, "")
        assert len(refused.stderr.splitlines()) == 1

    def test_marks_and_filters(self, refreshed: Stage) -> None:
        """
        Marks are kept, and `list` narrows by them.
        """
        got = refreshed.entries()
        row = got[f"{RELAY}/feed", f"{RELAY}/link"]
        for flag in ("--read", "--star"):
            assert refreshed.program.run("mark", str(row["id"]), flag).returncode == 0

        starred = refreshed.entries("--starred")
        stubs = refreshed.entries("--stubs")
        one_feed = refreshed.entries("--feed", f"{RELAY}/feed")

        assert [r["id"] for r in starred.values()] == [row["id"]]
        assert row["id"] not in {
            r["id"] for r in refreshed.entries("--unread").values()
        }
        assert stubs
        assert all(r["stub"] for r in stubs.values())
        assert len(one_feed) == len(refreshed.cases)
        assert len(refreshed.program.rows("list", "--json", "--limit", "2")) == 2

    def test_search(self, refreshed: Stage) -> None:
        """
        Words of the original's text find the entry.
        """
        found = refreshed.program.rows("search", "hundred steps basket", "--json")

        assert f"{RELAY}/link" in {row["url"] for row in found}

    def test_resolve_a_url(self, stage: Stage) -> None:
        """
        Any URL can be followed without subscribing to anything.
        """
        (found,) = stage.program.rows("resolve", f"{RELAY}/link", "--json")

        assert found["url"] == ORIGINAL
        assert ORIGINAL in stage.program.run("resolve", f"{RELAY}/link").stdout

    def test_extract(self, home: Path) -> None:
        """
        Saved pages give one object each, in order.
        """
        for name in ("one.html", "two.html"):
            (home / name).write_bytes(publisher_page().body)
        files = [str(home / "one.html"), str(home / "two.html")]
        rows = Program(home).rows("extract", *files, "--url", ORIGINAL, "--json")

        assert [row["file"] for row in rows] == files
        assert rows[0]["text"] == "\n\n".join(BODY)
        assert rows[0]["publisher"] == PUBLISHER


class TestPolling:
    def test_a_second_poll(self, refreshed: Stage) -> None:
        """
        A second poll asks conditionally and adds nothing.
        """
        before = len(refreshed.web.asked)
        polled = refreshed.program.rows(
            "refresh", "--force", "--resolve", "none", "--json"
        )
        asked = refreshed.web.asked[before:]

        assert [row["new"] for row in polled] == [0, 0]
        assert {row["error"] for row in polled} == {None}
        assert [headers.get("if-none-match") for _, headers in asked] == ['"v1"'] * 2

    def test_opml_there_and_back(self, stage: Stage, home: Path) -> None:
        """
        What is exported and removed comes back with its folder.
        """
        file = home / "list.opml"
        stage.program.run("add", f"{RELAY}/feed", "--folder", "News")
        assert stage.program.run("export", str(file)).returncode == 0
        assert stage.program.run("remove", f"{RELAY}/feed").returncode == 0
        assert stage.program.rows("feeds", "--json") == []
        assert stage.program.run("import", str(file)).returncode == 0
        (feed,) = stage.program.rows("feeds", "--json")

        assert (feed["url"], feed["folder"]) == (f"{RELAY}/feed", "News")

    def test_doctor(self, stage: Stage) -> None:
        """
        The doctor is content with a sound home, and names a feed that fails.
        """
        stage.program.run("add", f"{RELAY}/feed")
        sound = stage.program.run("doctor")
        stage.web.answers[f"{RELAY}/feed"] = Answer(b"", 500)
        stage.program.run("refresh", "--force")
        failing = stage.program.run("doctor")

        assert sound.returncode == 0
        assert failing.returncode == 1
        assert "500" in failing.stdout


class TestPipesAndLocales:
    def test_a_reader_that_leaves(self, stage: Stage) -> None:
        """
        A pipe closed in the middle of a refresh leaves no feed leased.
        """
        stage.program.run("add", f"{RELAY}/feed", "http://plain.example/feed")
        command = shlex.join([*PROGRAM, "refresh", "--force", "--json"])
        done = subprocess.run(
            ["sh", "-c", f"{command} | head -1 >/dev/null"],
            env=stage.program.environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        again = stage.program.rows("refresh", "--force", "--json", "--resolve", "none")

        assert done.stderr == ""
        assert len(again) == 2

    def test_some_feeds_are_unknown(self, stage: Stage) -> None:
        """
        Of several feeds named, those that are here are polled; the exit code tells.
        """
        stage.program.run("add", f"{RELAY}/feed")
        done = stage.program.run("refresh", "1", "999", "--resolve", "none", "--json")

        assert done.returncode == 1
        assert len(done.stdout.splitlines()) == 1
        assert "999" in done.stderr

    def test_a_full_disk_behind_a_pipe(self, stage: Stage) -> None:
        """
        Output that cannot be written is one line on stderr.
        """
        stage.program.run("add", f"{RELAY}/feed")
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [*PROGRAM, "list", "--json"],
                env=stage.program.environ,
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
                check=False,
            )

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1

    def test_a_theme_that_is_none(self, home: Path) -> None:
        """
        The doctor names a theme file that cannot be used, and a theme nobody knows.
        """
        folder = home / "config" / "firsthand"
        (folder / "themes").mkdir(parents=True)
        (folder / "themes" / "bad.toml").write_text("garbage")
        (folder / "config.toml").write_text('[ui]\ntheme = "nope"\n')
        done = Program(home).run("doctor")

        assert done.returncode == 1
        assert "bad.toml" in done.stdout
        assert "nope" in done.stdout

    def test_themes_of_ones_own(self, home: Path) -> None:
        """
        A theme is chosen by its file's name; one in place of ours is named.
        """
        folder = home / "config" / "firsthand"
        (folder / "themes").mkdir(parents=True)
        for name in ("mine", "fog"):
            file = folder / "themes" / f"{name}.toml"
            file.write_text('name = "sea"\nprimary = "#ff8800"\n')
        (folder / "config.toml").write_text('[ui]\ntheme = "mine"\n')
        done = Program(home).run("doctor")

        assert done.returncode == 0
        assert "fog.toml stands in place of our fog" in done.stdout

    @pytest.mark.parametrize("charset", ["ascii", "cp1252", "utf-8"])
    def test_other_charsets(self, stage: Stage, charset: str) -> None:
        """
        A console of another charset gets what it can show, and no traceback.
        """
        stage.program.run("add", f"{RELAY}/feed")
        extra = {**stage.program.extra, "PYTHONIOENCODING": charset}
        done = Program(stage.program.home, extra).run("list")

        assert done.returncode == 0
        assert "Relay" in done.stdout

    @pytest.mark.parametrize(
        "command",
        [
            ("list", "--limit", "9" * 20),
            ("search", "/(?a)(?u)x/"),
            ("search", "older:"),
            ("search", "abc\udcff"),
        ],
        ids=lambda command: "-".join(command)[:20],
    )
    def test_odd_words(self, home: Path, command: tuple[str, ...]) -> None:
        """
        Odd input is refused or searched for, and never a traceback.
        """
        done = Program(home).run(*command)

        assert done.returncode in (0, 1, 2)
        assert "Traceback" not in done.stderr


class TestTerminalSafety:
    def test_nothing_controls_the_terminal(self, stage: Stage) -> None:
        """
        No command prints a control or bidi character of a stranger's.
        """
        stage.program.run("add", "https://evil.example/feed.json")
        printed = "".join(
            stage.program.run(*command).stdout
            for command in (
                ("list",),
                ("feeds",),
                ("list", "--json"),
                ("search", "evil"),
                ("show", "1"),
            )
        )
        strange = {c for c in printed if unicodedata.category(c) in ("Cc", "Cf")}

        assert "evil" in printed
        assert strange <= {"\n"}
