"""`firsthand diff` by the real program: what a copy has of its original."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from tests.e2e.program import Program
from tests.e2e.proxy import Proxy, Web
from tests.e2e.world import (
    BODY,
    LAST,
    LINKED,
    PUBLISHER,
    RELAY,
    TITLE,
    Case,
    page,
    publisher_site,
    relay_site,
)

COPY = [*BODY[:2], BODY[2].replace("nine", "ten"), *BODY[3:5], "Read on, it is free!"]
LINK = f"{RELAY}/copy"


def _copy() -> Case:
    text = "".join(f"<p>{escape(line)}</p>" for line in COPY)
    stub = page(
        f"<title>{TITLE} – Relay</title><article><h1>{TITLE}</h1><p>This post was"
        f" originally published on {LINKED}</p>{text}</article>"
    )
    return Case("copy", LINK, {LINK: stub})


@pytest.fixture
def program(tmp_path: Path, home: Path) -> Iterator[Program]:
    """The program, subscribed to a republisher, its stub followed."""
    web = Web(publisher_site() | relay_site(RELAY, [_copy()]))
    with Proxy(web, tmp_path) as proxy:
        made = Program(home, proxy.environ)
        assert made.run("add", f"{RELAY}/feed").returncode == 0
        assert made.run("refresh", "--resolve", "all").returncode == 0
        yield made


def _id(program: Program) -> str:
    (row,) = program.rows("list", "--json", "--stubs")
    return str(row["id"])


class TestDiff:
    def test_text(self, program: Program) -> None:
        """
        The verdict is one line, and every word that differs is marked.
        """
        done = program.run("diff", _id(program))
        lines = done.stdout.splitlines()

        assert done.returncode == 0, done.stderr
        assert lines[0] == "What Relay changed"
        assert lines[1].startswith("Shortened to ")
        assert "[-nine-]{+ten+} metres" in done.stdout
        assert f"- {LAST}" in lines
        assert "+ Read on, it is free!" in lines

    def test_json(self, program: Program) -> None:
        """
        One object holds the verdict, the shares and the words of both.
        """
        (found,) = program.rows("diff", _id(program), "--json")
        rows = [row for row in found["rows"] if row["role"] == "text"]
        words = "".join(run["copy"] for row in rows for run in row["runs"])

        assert found["verdict"] == "shortened"
        assert found["original"]["publisher"] == PUBLISHER
        assert found["kept"] < found["words"]
        assert words.split() == " ".join(COPY).split()

    def test_nothing_to_compare(self, program: Program) -> None:
        """
        Without a copy and an original it fails, in one line that says why.
        """
        done = program.run("diff", "999")

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
