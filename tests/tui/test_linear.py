"""The reader line by line: what is typed, and what is said."""

import asyncio
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader import query
from reader.errors import StoreError
from reader.model import Page, Request
from reader.services import Services
from reader.store import Store
from reader.tui import linear

FERRY = "Ferry that never left port was sold twice in one week"
Typed = Callable[..., str]


@pytest.fixture
def typed(make: Callable[..., Services], lived_in: Path) -> Typed:
    """What is said when these lines are typed, over one copy of the demo world."""
    services = make(lived_in)

    def of(*lines: str) -> str:
        return said(services, *lines)

    return of


def said(services: Services, *lines: str) -> str:
    """What is said when these lines are typed."""
    left = list(lines)
    out = io.StringIO()

    def ask(prompt: str) -> str:
        if not left:
            raise EOFError
        print(f"\n{prompt}", file=out)
        return left.pop(0)

    with asyncio.Runner() as runner:
        linear.run(services, ask, runner.run, out, {"SSH_CONNECTION": "x"})
    return out.getvalue()


class TestLists:
    def test_entries_are_sentences(self, typed: Typed) -> None:
        """Marks are words: nothing is left to signs or columns."""
        heard = typed("list")

        assert f"1. Unread. Harbour Courant: {FERRY}. 14:26. a stub" in heard
        assert not set("●★◆◇◌┃│▌") & set(heard)
        assert "more; type more." in heard

    def test_more_goes_on(self, typed: Typed) -> None:
        """The next page has the next numbers, and the end is told."""
        heard = typed("list", *["more"] * 5)

        assert "\n11. " in heard
        assert "That is the end of the list." in heard

    @pytest.mark.parametrize(
        "name", ["starred", "Coast", "daily relay", "tag boats", "harbour"]
    )
    def test_a_list_by_its_name(self, typed: Typed, name: str) -> None:
        """Views, folders, feeds and tags are opened by what they are called."""
        heard = typed("1", "tag boats", f"view {name}")

        assert "entries." in heard.rpartition("firsthand> ")[2] or "entry." in heard

    def test_a_list_that_is_not_there(self, typed: Typed) -> None:
        """A sentence says where to find the names."""
        assert "no list is called so" in typed("view nowhere")

    def test_search(self, typed: Typed) -> None:
        """A query is typed after a slash as well; what is none is explained."""
        assert "ferry: " in typed("/ferry")
        assert "older" in typed("search older:nonsense")

    def test_orders(self, typed: Typed) -> None:
        """They go round, or are named."""
        heard = typed("sort", "sort feed", "sort backwards")

        assert "Oldest first." in heard
        assert "By feed." in heard
        assert "The orders are newest, oldest" in heard


class TestReading:
    def test_a_number_reads(self, typed: Typed) -> None:
        """First who published it, then the headline and whole paragraphs."""
        heard = typed("1")

        assert "First published by Harbour Courant" in heard
        assert FERRY in heard.splitlines()
        assert any(len(line) > 200 for line in heard.splitlines())

    def test_enter_reads_on(self, typed: Typed) -> None:
        """Enter alone is the next unread entry; it is read from then on."""
        heard = typed("", "", "list")

        assert "1. Read. Harbour Courant" in heard
        assert "2. Read. " in heard
        assert "3. Unread. " in heard

    def test_the_trail(self, typed: Typed) -> None:
        """Every hop is a sentence, with what showed the way."""
        heard = typed("1", "trail")

        assert "Hop 1, " in heard
        assert "Original: Harbour Courant, https://harbour-courant.example/" in heard
        assert "For: " in heard

    def test_links_and_opening(self, typed: Typed) -> None:
        """Links have numbers; over SSH an address is said, and nothing started."""
        heard = typed("1", "links", "open", "open 2", "open 77")

        assert "1. https://harbour-courant.example/2026/02/lisbet-for-sale" in heard
        assert "\nhttps://harbour-courant.example/2026/03/ferry-sold-twice\n" in heard
        assert "There is no link 77 here." in heard

    @pytest.mark.parametrize(
        "command", ["again", "trail", "links", "open", "page", "feed text", "save x"]
    )
    def test_with_nothing_open(self, typed: Typed, command: str) -> None:
        """A sentence says what to do."""
        assert "Nothing is open." in typed(command)

    def test_saved(self, typed: Typed, tmp_path: Path) -> None:
        """The article is written where it was asked for."""
        heard = typed("1", f"save {tmp_path / 'a.md'}")

        assert f"Saved {tmp_path / 'a.md'}" in heard
        assert (tmp_path / "a.md").read_text().startswith(f"# {FERRY}")


class TestMarks:
    def test_each_says_what_it_did(self, typed: Typed) -> None:
        """Star, tag, mark, undo and redo."""
        heard = typed("star 1", "1", "tag boats", "mark", "undo", "redo", "tag")

        assert "1 starred." in heard
        assert "tagged boats." in heard
        assert "marked unread." in heard
        assert "read again." in heard
        assert "marked unread again." in heard
        assert "Tags: boats." in heard

    def test_all(self, make: Callable[..., Services], lived_in: Path) -> None:
        """The open list is read at once, and can be had back."""
        services = make(lived_in)
        before = services.store.count(query.UNREAD)
        heard = said(services, "mark all", "undo")

        assert f"{before} marked read." in heard
        assert services.store.count(query.UNREAD) == before


class TestFeeds:
    def test_removed_and_back(self, typed: Typed) -> None:
        """By the number that was said, or by name."""
        heard = typed("feeds", "remove 1", "undo", "remove Nobody")

        assert "1. Daily Relay, " in heard
        assert "Daily Relay removed." in heard
        assert "back among your feeds." in heard
        assert "no feed is called so" in heard

    def test_somebody_new(self, make: Callable[..., Services]) -> None:
        """Without feeds the first sentence says how to have one."""
        heard = said(make(), "add https://daily-relay.example/feed", "list")

        assert "Type add" in heard
        assert "Daily Relay, " in heard
        assert "\n1. Unread. " in heard

    def test_refresh(self, typed: Typed) -> None:
        """How much came, and what failed."""
        assert "0 new, 1 failed." in typed("refresh")

    def test_the_source(self, typed: Typed) -> None:
        """The publisher's own feed is here already, or offered by its address."""
        assert "among your feeds already" in typed("1", "source")


class TestLoop:
    def test_what_is_no_command(self, typed: Typed) -> None:
        """Help is named, and it names every command."""
        heard = typed("frobnicate now", "help")

        assert "There is no command frobnicate." in heard
        for name in ("list", "read N", "next", "trail", "open [N]", "quit"):
            assert f"\n{name}" in heard

    def test_ctrl_c_ends_the_line_alone(
        self, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """What takes too long is stopped; the next line is answered."""
        asked: list[str] = []

        async def interrupted(request: Request) -> Page:
            asked.append(request.url)
            if len(asked) == 1:
                os.kill(os.getpid(), signal.SIGINT)
            await asyncio.Event().wait()
            raise AssertionError

        services = make(lived_in, fetch=interrupted)
        heard = said(services, "refresh", "where")

        assert asked
        assert "Stopped. Type quit to leave." in heard
        assert "It is ordered newest first." in heard

    def test_trouble_is_a_sentence(
        self,
        make: Callable[..., Services],
        lived_in: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A store that breaks meanwhile ends nothing."""
        services = make(lived_in)
        counts = Store.counts
        calls: list[int] = []

        def once(store: Store, *args: object) -> object:
            calls.append(1)
            if len(calls) == 1:
                raise StoreError("firsthand.db", "is locked")
            return counts(store, *args)  # type: ignore[arg-type]

        monkeypatch.setattr(Store, "counts", once)
        heard = said(services, "views", "views")

        assert "firsthand.db: is locked" in heard
        assert "Starred, 5 entries." in heard

    def test_textual_has_no_part_in_it(self) -> None:
        """Nobody waits for what is not used."""
        code = (
            "import sys, reader.tui.linear, reader.tui.linear.commands;"
            "assert 'textual' not in sys.modules"
        )
        subprocess.run([sys.executable, "-c", code], check=True)


class TestEnds:
    def test_of_the_list(self, make: Callable[..., Services], lived_in: Path) -> None:
        """
        What comes next ends with the list, and what was before with its beginning.
        """
        services = make(lived_in)
        heard = said(services, "previous", *["n"] * 60)

        assert heard.count("That is the beginning of the list. ") == 1
        assert "Nothing unread in Unread." in heard

        last = said(services, "view starred", "N 1", "read 2", "n", "p", "N 1", "n")
        told = "That is the end of the list. 1 unread entry the other way: type prev"
        assert told in last

    def test_one_of_them(self, make: Callable[..., Services], lived_in: Path) -> None:
        """
        One entry is one entry.
        """
        heard = said(make(lived_in), "1", "tag sea", "views")

        assert "Tag sea, 1 entry, 0 unread." in heard
        assert "1 entries" not in heard

    def test_tags_come_off(self, typed: Typed) -> None:
        """
        A tag is taken off by its name, however that is written; one that is not there
        is told.
        """
        heard = typed("1", "tag Séa", "untag boats", "untag #sea", "tag")

        assert "No such tag is on it. Tags: Séa." in heard
        assert "no more tagged sea" in heard
        assert heard.rstrip("\n> firsthand").endswith("Tags: none.")
