"""Searching beside the keys: nothing waits, and only the last question counts."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual import events

from reader.errors import StoreError
from reader.query import Query
from reader.services import Services
from reader.store import Ids
from reader.tui.library import Library
from reader.tui.screens.search import SearchScreen
from reader.tui.searching import find, looser
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio

Slow = Callable[[str], threading.Event]


@pytest.fixture
def slow(services: Services, monkeypatch: pytest.MonkeyPatch) -> Slow:
    """Let the search for a word wait until an event is set."""
    search = services.store.search

    def of(word: str) -> threading.Event:
        free = threading.Event()

        def waiting(wanted: Query, *args: Any, **more: Any) -> Ids:
            if word in repr(wanted):
                free.wait(10)
            return search(wanted, *args, **more)

        monkeypatch.setattr(services.store, "search", waiting)
        return free

    return of


async def typed(program: Running, text: str) -> SearchScreen:
    """A text typed into the search, and its search begun."""
    await program.pilot.press("/", *("space" if char == " " else char for char in text))
    screen = program.app.screen
    assert isinstance(screen, SearchScreen)
    await program.until(lambda: screen.field.value == text)
    screen.look()
    await program.pilot.pause()
    return screen


class TestSlowSearch:
    async def test_keys_are_answered_meanwhile(
        self, running: Open, services: Services, slow: Slow
    ) -> None:
        """While the store searches, one can go on typing and leave."""
        free = slow("ferry")
        async with running(services) as program:
            screen = await typed(program, "ferry")
            await program.pilot.press("x", "backspace")
            value = screen.field.value
            await program.pilot.press("escape")

            assert value == "ferry"
            assert program.app.screen is program.main

            free.set()

    async def test_only_the_last_one_is_shown(
        self, running: Open, services: Services, slow: Slow
    ) -> None:
        """What was typed before and is found late is not shown any more."""
        free = slow("lisbet")
        async with running(services) as program:
            screen = await typed(program, "lisbet")
            screen.field.value = "ferry"
            screen.look()
            await program.until(lambda: len(screen.found.ids) > 0)
            found = screen.found
            free.set()
            await program.settle()

            assert found.text == "ferry"
            assert screen.found is found

    async def test_enter_waits_for_what_is_found(
        self, running: Open, services: Services, slow: Slow
    ) -> None:
        """Enter before the answer opens the list as soon as the answer is there."""
        free = slow("ferry")
        async with running(services) as program:
            await typed(program, "ferry")
            await program.pilot.press("enter")
            before = program.main.view.key
            free.set()
            await program.until(lambda: program.app.screen is program.main)

            assert before == "unread"
            assert program.main.view.title == "ferry"

    async def test_leaving_waits_for_its_end(
        self, running: Open, services: Services, slow: Slow
    ) -> None:
        """No connection is closed while it is in use."""
        free = slow("ferry")
        async with running(services) as program:
            await typed(program, "ferry")
            program.app.exit()
            asyncio.get_running_loop().call_later(0.05, free.set)

        assert free.is_set()

    async def test_trouble_is_told(
        self, running: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the list would be, the reason stands."""

        def broken(*args: object, **more: object) -> None:
            raise StoreError("firsthand.db", "the database is damaged")

        async with running(services) as program:
            monkeypatch.setattr(services.store, "search", broken)
            screen = await typed(program, "ferry")
            await program.settle()

            assert screen.found.trouble == "firsthand.db: the database is damaged"


class TestFoundList:
    async def test_is_not_looked_for_twice(
        self, running: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The list that opens, and the way to its next unread, search no more."""
        async with running(services) as program:
            screen = await typed(program, "/ferr./")
            await program.until(lambda: len(screen.found.ids) > 0)

            def again(*args: object, **more: object) -> None:
                raise AssertionError("searched again")

            monkeypatch.setattr(services.store, "search", again)
            await program.press("enter", "n")

            assert program.main.view.title == "/ferr./"
            assert program.main.article.opened is not None

    async def test_is_looked_for_anew_beside_the_keys(
        self, running: Open, services: Services, slow: Slow
    ) -> None:
        """Hiding what is read searches in the background; another list goes first."""
        async with running(services) as program:
            screen = await typed(program, "ferry")
            await program.until(lambda: len(screen.found.ids) > 0)
            await program.press("enter")
            found = len(program.main.entries.window)
            await program.press("s")
            free = slow("ferry")
            await program.pilot.press("full_stop")
            waiting = len(program.main.entries.window)
            program.app.open_view("all")
            free.set()
            await program.settle()

            assert waiting == found
            assert program.main.view.key == "all"


class TestLooser:
    def test_fewer_words(self, services: Services) -> None:
        """Each finds something, the narrowest first."""
        found = looser(Library(services), "ferry publisher:courant nonesuch", bool)

        assert found[0][0] == "ferry publisher:courant"
        assert [count for _, count in found] == sorted(count for _, count in found)

    def test_no_pattern_is_counted(
        self, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A query with a pattern has none: each would take its second again."""

        def counted(wanted: Query) -> int:
            raise AssertionError(wanted)

        monkeypatch.setattr(services.store, "count", counted)

        assert looser(Library(services), "ferry -/x+/ nonesuch", bool) == ()

    def test_nobody_waits(
        self, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given up, nothing is asked of the store any more."""

        def asked(*args: object, **more: object) -> None:
            raise AssertionError(args)

        for name in ("count", "search"):
            monkeypatch.setattr(services.store, name, asked)
        library = Library(services)

        assert looser(library, "ferry nonesuch", lambda: True) == ()
        assert find(library, "ferry", lambda: True).ids == ()


class TestTypedAhead:
    async def test_nothing_typed_fast_is_taken_for_another_key(
        self, running: Open, services: Services
    ) -> None:
        """What was typed before the line was there stands in it, in its order."""
        async with running(services) as program:
            main = program.main
            for letter in "/fAz":
                main.post_message(events.Key(letter, letter))
            await program.settle()
            screen = program.app.screen

            assert isinstance(screen, SearchScreen)
            assert screen.field.value == "fAz"
            assert main.question is None
