"""The hostile web, end to end through the commands: nothing of it gets out."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.extract import html_of
from tests.e2e.program import Program
from tests.hostile.leaks import leaks
from tests.hostile.tricks import CONTROL, MARKUP, PRIVATE, SCRIPTS, SEEN
from tests.hostile.web import MIB, Hostile, hostile

CONFIG = '[fetch]\nallow_hosts = ["127.0.0.1"]\ntimeout = 3\nspacing = 0\n'
MOST_MEMORY = 450 * MIB

REFRESH = ("refresh", "--force", "--resolve", "all")
# The program's own peak: what `getrusage` tells of a child begins with its parent's.
MEASURED = """
import atexit, runpy, sys
from pathlib import Path
note = Path(sys.argv.pop(1))
atexit.register(lambda: note.write_text(Path("/proc/self/status").read_text()))
runpy.run_module("reader", run_name="__main__", alter_sys=True)
"""


@dataclass
class Stage:
    """The web, and the program that has polled all of it once."""

    web: Hostile
    program: Program
    peak: int
    refreshed: "subprocess.CompletedProcess[str]"

    def entries(self) -> list[dict[str, Any]]:
        """Every entry that was kept."""
        return self.program.rows("list", "--json", "--all", "--no-stories")


def refreshed(web: Hostile, home: Path) -> Stage:
    """Subscribe to all of it, and poll and follow everything."""
    config = home / "config" / "firsthand" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(CONFIG, "utf-8")
    outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in web.feeds)
    (home / "l.opml").write_text(f"<opml><body>{outlines}</body></opml>", "utf-8")
    program = Program(home, {"PYTHONUTF8": "1"})
    assert program.run("import", str(home / "l.opml")).returncode == 0
    note = home / "status"
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(note), *REFRESH],
        env=program.environ,
        capture_output=True,
        text=True,
        timeout=240,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    peak = re.search(r"VmHWM:\s+(\d+) kB", note.read_text())
    assert peak
    return Stage(web, program, int(peak[1]) * 1024, done)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The hostile web, polled; made once."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    with hostile() as web:
        yield refreshed(web, tmp_path_factory.mktemp("hostile"))


class TestRequests:
    def test_none_to_a_forbidden_address(self, stage: Stage) -> None:
        """
        However a private address is spelled, and whatever leads there (link, redirect,
        page, script, moved feed), it is never asked.
        """
        assert stage.web.forbidden == []
        assert {f"/go/{name}" for name in PRIVATE} <= set(stage.web.asked)
        assert {f"/stub/{name}" for name in PRIVATE} <= set(stage.web.asked)

    def test_told_as_refused(self, stage: Stage) -> None:
        """
        A feed that moved there is a failure with its reason, in one line.
        """
        rows = stage.program.rows("feeds", "--json")
        moved = [row for row in rows if "/feed/moved-" in row["url"]]

        assert len(moved) == len(PRIVATE)
        assert all(row["error"] for row in moved)


class TestWhatIsSaid:
    @pytest.mark.parametrize(
        "command",
        [
            ("list", "--all"),
            ("list", "--all", "--json"),
            ("feeds",),
            ("feeds", "--json"),
            ("search", "red"),
            ("doctor",),
            ("doctor", "--json"),
            ("export",),
        ],
        ids=" ".join,
    )
    def test_holds_no_control_character(
        self, stage: Stage, command: tuple[str, ...]
    ) -> None:
        """
        Nothing printed, on either stream, moves the cursor or deceives the eye.
        """
        done = stage.program.run(*command)
        said = done.stdout + done.stderr
        decoded = said if "--json" not in command else _decoded(done.stdout)

        assert len(said) > 20
        assert not SEEN.search(said.replace("\n", ""))
        assert not SEEN.search(decoded.replace("\n", ""))

    def test_nor_does_the_progress(self, stage: Stage) -> None:
        """
        What a refresh says about what failed is clean, too.
        """
        said = stage.refreshed.stdout + stage.refreshed.stderr

        assert "gzip" in said
        assert not SEEN.search(said.replace("\n", ""))

    def test_every_entry(self, stage: Stage) -> None:
        """
        Each trick came, as words; an entry shown is as clean as a list.
        """
        tricks = [
            row for row in stage.entries() if row["feed"]["url"].endswith("/tricks")
        ]
        assert len(tricks) == len(CONTROL) + len(MARKUP)
        for row in tricks[:6]:
            for option in ("--json", "--markdown"):
                done = stage.program.run("show", str(row["id"]), option)
                assert not SEEN.search((done.stdout + done.stderr).replace("\n", ""))

    def test_html_is_none(self, stage: Stage) -> None:
        """
        An article's Markdown, as text and in JSON, holds no HTML and no other link.
        """
        row = next(row for row in stage.entries() if row["title"] == "every html")
        shown = stage.program.run("show", str(row["id"]), "--markdown").stdout
        (as_json,) = stage.program.rows("show", str(row["id"]), "--json")
        texts = (shown, as_json["article"]["markdown"])

        assert all("ferry" in text for text in texts)
        assert [leaks(html_of(text)) for text in texts] == [[], []]

    def test_markup_is_text(self, stage: Stage) -> None:
        """
        What Textual takes for markup is printed as it came.
        """
        said = stage.program.run("list", "--all").stdout

        assert "[@click=app.quit]here[/]" in said
        assert "[red]red[/red]" in said


def _decoded(lines: str) -> str:
    return "".join(map(_texts, map(json.loads, lines.splitlines())))


def _texts(value: object) -> str:
    match value:
        case dict():
            return "".join(map(_texts, value.values()))
        case list():
            return "".join(map(_texts, value))
        case _:
            # An article and a summary have lines of their own.
            return str(value).replace("\n", " ").replace("\t", " ")


class TestLinks:
    def test_only_web_links_are_kept(self, stage: Stage) -> None:
        """
        What is no http or https link is no link of an entry.
        """
        rows = [row for row in stage.entries() if row["title"].startswith("script ")]

        assert len(rows) == len(SCRIPTS)
        assert all(
            not row["url"] or row["url"].startswith(("http://", "https://"))
            for row in rows
        )

    def test_opening_is_one_argument(self, stage: Stage, tmp_path: Path) -> None:
        """
        A link is handed to the browser as one argument, and to no shell.
        """
        said = tmp_path / "opened"
        browser = tmp_path / "browser"
        browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" >> {said}\n')
        browser.chmod(0o700)
        row = next(r for r in stage.entries() if r["title"] == "script shell")
        extra = {**stage.program.extra, "BROWSER": str(browser)}

        Program(stage.program.home, extra).run("open", str(row["id"]))
        _until(said.exists)
        count, *arguments = said.read_text().splitlines()

        assert (count, len(arguments)) == ("1", 1)
        assert arguments[0].startswith("https://evil.example/")
        assert "uid=" not in arguments[0]


def _until(holds: "Any") -> None:
    end = time.monotonic() + 10
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)


class TestBounds:
    def test_bombs_burst_nothing(self, stage: Stage) -> None:
        """
        What unpacks to 64 MiB, or nests without end, takes no such room.
        """
        assert stage.refreshed.returncode == 0
        assert stage.peak < MOST_MEMORY

    def test_each_bomb_failed_or_was_bounded(self, stage: Stage) -> None:
        """
        A bomb is a failure with its reason, or a feed with bounded entries.
        """
        rows = {row["url"]: row for row in stage.program.rows("feeds", "--json")}
        for name in ("gzip", "twice", "br", "zstd", "deflate", "drip", "circle"):
            assert rows[f"{stage.web.base}/feed/{name}"]["error"], name
        assert rows[f"{stage.web.base}/feed/many"]["entries"] <= 5_000
        assert "within 3 s" in rows[f"{stage.web.base}/feed/drip"]["error"]

    def test_no_file_is_read(self, stage: Stage) -> None:
        """
        An entity of a file's brings nothing of it.
        """
        said = stage.program.run("list", "--all", "--json").stdout

        assert "root:" not in said


def test_a_control_character_would_be_found() -> None:
    """
    The pattern finds every trick, or the tests above would prove nothing.
    """
    assert [name for name, trick in CONTROL.items() if not SEEN.search(trick)] == []
