"""The commands about whoever published first, by the real program in a played web."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import Program
from tests.e2e.proxy import Answer, Proxy, Web
from tests.e2e.world import (
    HOME,
    ORIGINAL,
    PUBLISHER,
    RELAY,
    TITLE,
    XML,
    page,
    publisher_page,
    publisher_site,
    stub,
)

OTHER = "https://other.example"
TALK = "https://talk.example/item/7"
LINKED = f'<a href="{ORIGINAL}?utm_source=relay">{PUBLISHER}</a>'


def rss(title: str, base: str, *items: str) -> Answer:
    """A feed of these items."""
    body = (
        f'<rss version="2.0"><channel><title>{title}</title><link>{base}/</link>'
        f"<description>d</description>{''.join(items)}</channel></rss>"
    )
    return Answer(body.encode(), headers=XML[:1])


def row(title: str, link: str, more: str = "") -> str:
    """One item of a feed."""
    return (
        f"<item><title>{title}</title><link>{link}</link>{more}"
        "<pubDate>Tue, 03 Feb 2026 12:00:00 GMT</pubDate></item>"
    )


def played() -> Web:
    """Two relays with the same story, one of them with a plain entry of its own."""
    announced = "<description>This post was originally published on Varden Post"
    announced += "</description>"
    return Web(
        publisher_site()
        | {
            ORIGINAL: publisher_page(),
            f"{RELAY}/feed": rss(
                "Relay",
                RELAY,
                row(TITLE, f"{RELAY}/p", f"{announced}<comments>{TALK}</comments>"),
                row("Our own bench", f"{RELAY}/own"),
            ),
            f"{OTHER}/feed": rss("Other", OTHER, row(TITLE, f"{OTHER}/p", announced)),
            f"{RELAY}/p": stub(LINKED),
            f"{OTHER}/p": stub(LINKED),
            f"{RELAY}/own": page("<h1>Our own bench</h1><p>Painted green.</p>"),
        }
    )


@pytest.fixture
def web() -> Web:
    """The played web, for tests that change it."""
    return played()


@pytest.fixture
def program(tmp_path: Path, home: Path, web: Web) -> Iterator[Program]:
    """A program that has polled both relays and followed their stubs."""
    with Proxy(web, tmp_path) as proxy:
        made = Program(home, proxy.environ)
        done = made.run("add", f"{RELAY}/feed", f"{OTHER}/feed")
        assert done.returncode == 0, done.stderr
        assert made.run("refresh").returncode == 0
        yield made


def entries(program: Program, *more: str) -> dict[str, dict[str, Any]]:
    """Every entry by its link."""
    return {e["url"]: e for e in program.rows("list", "--json", "--all", *more)}


class TestStories:
    def test_once(self, program: Program) -> None:
        """
        One line a story in text, every copy when asked, every entry in JSON.
        """
        once = program.run("list").stdout
        all_ = program.run("list", "--no-stories").stdout
        got = entries(program)
        one, two = got[f"{RELAY}/p"], got[f"{OTHER}/p"]

        assert once.count(TITLE) == 1
        assert "(also in " in once
        assert all_.count(TITLE) == 2
        assert one["story"] == two["story"] is not None
        assert one["also_in"] == [
            {
                "id": two["id"],
                "feed": {
                    "id": two["feed"]["id"],
                    "title": "Other",
                    "url": f"{OTHER}/feed",
                },
            }
        ]
        assert got[f"{RELAY}/own"]["also_in"] == []

    def test_read_once(self, program: Program) -> None:
        """
        Whoever has read one copy has read the story; a star is of one entry.
        """
        one = entries(program)[f"{RELAY}/p"]["id"]
        program.run("mark", str(one), "--read", "--star")
        got = entries(program)
        copies = [got[f"{RELAY}/p"], got[f"{OTHER}/p"]]

        assert [copy["read"] for copy in copies] == [True, True]
        assert [copy["starred"] for copy in copies] == [True, False]
        assert not got[f"{RELAY}/own"]["read"]

    def test_links_stay_apart(self, program: Program) -> None:
        """
        The feed's link, where the trail led, the original and the talk about it.
        """
        ident = str(entries(program)[f"{RELAY}/p"]["id"])
        (shown,) = program.rows("show", ident, "--json")

        assert shown["url"] == f"{RELAY}/p"
        assert shown["links"] == {
            "entry": f"{RELAY}/p",
            "canonical": f"{RELAY}/p",
            "reached": f"{ORIGINAL}?utm_source=relay",
            "original": ORIGINAL,
            "discussion": TALK,
        }


class TestSource:
    def test_found_and_added(self, program: Program) -> None:
        """
        The publisher's feed is told; --add subscribes; then it is there already.
        """
        ident = str(entries(program)[f"{RELAY}/p"]["id"])
        found = program.run("source", ident)
        before = len(program.rows("feeds", "--json"))
        added = program.run("source", ident, "--add", "--folder", "First hand")
        (again,) = program.rows("source", ident, "--json")
        feeds = program.rows("feeds", "--json")

        assert f"{HOME}feed.xml" in found.stdout
        assert before == 2
        assert added.returncode == 0
        assert [f["folder"] for f in feeds if f["url"] == f"{HOME}feed.xml"] == [
            "First hand"
        ]
        assert (again["url"], again["added"]) == (f"{HOME}feed.xml", False)
        assert again["id"] in {f["id"] for f in feeds}

    def test_none(self, program: Program, web: Web) -> None:
        """
        A publisher without a feed is one line on stderr, and exit 1.
        """
        web.answers[HOME] = page("<h1>Varden Post</h1>")
        del web.answers[f"{HOME}feed.xml"]
        ident = str(entries(program)[f"{RELAY}/p"]["id"])
        done = program.run("source", ident)

        assert (done.returncode, done.stdout) == (1, "")
        assert "Varden Post offers no feed" in done.stderr
        assert len(done.stderr.splitlines()) == 1


class TestFeed:
    def test_changed(self, program: Program) -> None:
        """
        How a feed is followed, called and filed is changed, and shown.
        """
        done = program.run(
            *("feed", f"{RELAY}/feed", "--resolve", "never"),
            *("--title", "Mine", "--folder", "Coast"),
        )
        (found,) = program.rows("feed", f"{RELAY}/feed", "--json")

        assert done.stdout.splitlines()[:3] == ["Mine", f"{RELAY}/feed", "in Coast"]
        assert (found["title"], found["folder"], found["resolve"]) == (
            *("Mine", "Coast"),
            "never",
        )

    def test_never_followed(self, home: Path, tmp_path: Path, web: Web) -> None:
        """
        Nothing of such a feed is fetched at a refresh or shown; asked for, it is.
        """
        with Proxy(web, tmp_path) as proxy:
            program = Program(home, proxy.environ)
            program.run("add", f"{RELAY}/feed")
            program.run("feed", f"{RELAY}/feed", "--resolve", "never")
            program.run("refresh", "--force", "--resolve", "all")
            ident = str(entries(program)[f"{RELAY}/p"]["id"])
            program.run("show", ident)
            asked = {url for url, _ in web.asked}
            opened = program.run("open", ident, "--print")

        assert asked == {f"{RELAY}/feed"}
        assert opened.stdout.strip() == ORIGINAL

    def test_wrong_usage(self, program: Program) -> None:
        """
        A word that is none of the three is wrong usage.
        """
        done = program.run("feed", f"{RELAY}/feed", "--resolve", "sometimes")

        assert done.returncode == 2


class TestResolve:
    def test_told(self, program: Program) -> None:
        """
        The trail as a person tells it: answer, hops, evidence, reasons, refusals.
        """
        told = program.run("resolve", f"{RELAY}/p").stdout
        lines = told.splitlines()

        assert lines[:2] == [f"First published by {PUBLISHER}", ORIGINAL]
        assert f"  1  {RELAY}/p" in lines
        assert any(line.strip().startswith("“This post was orig") for line in lines)
        assert "     This is the original: it points to nobody else." in lines
        assert "Why" in lines

    def test_usage(self, program: Program) -> None:
        """
        Either a URL or what is stored, not both, not neither.
        """
        assert program.run("resolve").returncode == 2
        assert program.run("resolve", ORIGINAL, "--stored").returncode == 2

    def test_own_rules(self, program: Program, home: Path, web: Web) -> None:
        """
        Rules of one's own are applied to what is stored, and said.
        """
        own = f"{RELAY}/own"
        web.answers[own] = page(
            f'<h1>{TITLE}</h1><p>Gleaned with love from <a href="{ORIGINAL}">'
            f"{PUBLISHER}</a></p>"
        )
        web.answers[f"{RELAY}/feed"] = rss(
            *("Relay", RELAY),
            row(
                *(TITLE, own),
                f'<description>Gleaned with love from &lt;a href="{ORIGINAL}"&gt;'
                f"{PUBLISHER}&lt;/a&gt;</description>",
            ),
        )
        program.run("refresh", "--force")
        before = entries(program)[own]["attribution"]["status"]
        folder = home / "config" / "firsthand"
        folder.mkdir(parents=True)
        (folder / "resolve.toml").write_text(
            '[language.en]\npublished-on = ["gleaned with * from *"]\n'
        )
        done = program.run("resolve", "--stored")
        after = entries(program)[own]["attribution"]

        assert before == "original"
        assert "original → resolved" in done.stdout
        assert (after["status"], after["url"]) == ("resolved", ORIGINAL)

    def test_rules_that_cannot_be_used(self, program: Program, home: Path) -> None:
        """
        An error in one's own rules is told with file, key and line; the rest holds.
        """
        folder = home / "config" / "firsthand"
        folder.mkdir(parents=True)
        file = folder / "resolve.toml"
        file.write_text('[tracking]\nnames = ["x"]\n[places]\nsocail = []\n')
        done = program.run("resolve", ORIGINAL)

        assert done.returncode == 0
        assert str(file) in done.stderr
        assert "“places.socail” is not known (line 4)" in done.stderr
        assert len(done.stderr.splitlines()) == 1

    def test_stored_as_json(self, program: Program, home: Path) -> None:
        """
        With --json a line is an entry that changed; nothing changed, no line.
        """
        done = program.run("resolve", "--stored", "--json")

        assert [json.loads(line) for line in done.stdout.splitlines()] == []
