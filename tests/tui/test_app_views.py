"""Views, narrowing, tags, orders and panes: how a list is come by, and kept."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from reader import query
from reader.model import Attribution, EntryRow
from reader.services import Services
from reader.settings import Settings
from reader.tui import remembered
from reader.tui.paint.span import plain
from reader.tui.screens.picker import Picker
from reader.tui.views import SAID
from reader.tui.widgets.heads import ListHead
from reader.tui.widgets.too_small import TooSmall
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio


def rows(program: Running) -> tuple[EntryRow, ...]:
    """The entries of the open list."""
    return tuple(program.main.library.rows(program.main.entries.window.ids))


def tags(program: Running) -> tuple[str, ...]:
    """The tags of the entry under the cursor."""
    row = program.main.row
    assert row is not None
    return row.tags


def order(program: Running) -> str:
    """How the open list is ordered."""
    return program.main.view.order


def picker(program: Running) -> Picker:
    """What one chooses from just now."""
    screen = program.app.screen
    assert isinstance(screen, Picker)
    return screen


def offered(program: Running) -> list[str]:
    """The titles of what can be chosen."""
    return [match.item.title for match in picker(program).found]


async def choose(program: Running, title: str) -> None:
    """Put the cursor on an item, and take it."""
    at = offered(program).index(title)
    await program.press(*["down"] * at, "enter")


class TestFilter:
    async def test_offers_every_list(self, running: Open, services: Services) -> None:
        """Views, folders, feeds and publishers stand there, with what is unread."""
        async with running(services) as program:
            await program.press("f")
            titles = offered(program)

            assert {"Unread", "Starred", "Coast", "Daily Relay"} <= set(titles)
            kinds = {match.item.about for match in picker(program).found}
            assert {"view", "folder", "feed", "publisher"} <= kinds

    async def test_a_publisher_across_feeds(
        self, running: Open, services: Services
    ) -> None:
        """All that one publisher wrote first is a list, and `q` leads out of it."""
        async with running(services) as program:
            await program.press("f")
            await program.write("harbour cour")
            about = [match.item.about for match in picker(program).found]
            at = next(n for n, text in enumerate(about) if "publisher" in text)
            await program.press(*["down"] * at, "enter")

            assert program.main.view.title == "Harbour Courant"
            names = {row.attribution.publisher for row in rows(program)}
            assert names == {"Harbour Courant"}

            await program.press("q")

            assert program.main.view.key == "unread"

    async def test_narrows_the_open_list(
        self, running: Open, services: Services
    ) -> None:
        """What is typed is a query within the list; widening leads back."""
        async with running(services) as program:
            await program.press("f")
            await program.write("title:ferry")
            await choose(program, "Narrow this list")

            assert program.main.view.title == "Unread: title:ferry"
            assert rows(program)
            assert all("erry" in row.title for row in rows(program))

            await program.press("f")
            await choose(program, "Widen")

            assert program.main.view.key == "unread"

    async def test_a_query_that_is_none(
        self, running: Open, services: Services
    ) -> None:
        """A sentence says what is wrong, and the list stays."""
        async with running(services) as program:
            await program.press("f")
            await program.write("older:nonsense")
            await choose(program, "Narrow this list")

            assert "older:" in program.status
            assert program.main.view.key == "unread"

    async def test_a_search_is_kept_as_a_view(
        self, running: Open, services: Services
    ) -> None:
        """It has a name, a row in the sidebar, and is there the next time."""
        async with running(services) as program:
            await program.press("f")
            await program.write("ferry")
            await choose(program, "Search everything")
            await program.press("f")
            await choose(program, "Save this search as a view")
            await program.ask("ctrl+u", "Boats")

            assert program.status == "Boats is a view now"
            assert program.main.view.title == "Boats"

        async with running(services) as program:
            assert "Boats" in [row.name for row in program.main.sidebar.side]

            await program.ask("f", "forget")

            assert services.store.labels.views() == {"Boats": "ferry"}

            await program.press("y")

            assert "Boats" not in [row.name for row in program.main.sidebar.side]

    async def test_one_kept_elsewhere_is_seen(
        self, running: Open, services: Services
    ) -> None:
        """What a command or another window keeps as a view has a row in a moment."""
        async with running(services) as program:
            keep = services.store.labels.keep_views
            await services.write(keep, {"Boats": "ferry"})
            program.main.look_for_changes()

            assert "Boats" in [row.name for row in program.main.sidebar.side]

    async def test_views_of_the_settings(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """Queries of config.toml are views, too."""
        services = make(lived_in, replace(Settings(), views={"Lost": "unresolved"}))
        async with running(services) as program:
            await program.ask("f", "lost")

            assert program.main.view.title == "Lost"
            statuses = {row.attribution.status for row in rows(program)}
            assert statuses == {"unresolved"}


class TestTags:
    async def test_a_new_one(self, running: Open, services: Services) -> None:
        """`T`, a word, Enter: the entry and its copies have it, and it is a list."""
        async with running(services) as program:
            await program.ask("T", "boats")

            assert program.status.endswith("tagged boats · z undoes")
            assert tags(program) == ("boats",)

            await program.ask("f", "#boats")

            assert program.main.view.title == "#boats"
            assert len(rows(program)) == 1

    async def test_completed_for_all_picked(
        self, running: Open, services: Services
    ) -> None:
        """A word in use is found by its beginning, and goes for all picked."""
        async with running(services) as program:
            await program.press("T")
            await program.write("boats")
            await program.press("enter", "2", "x")
            ids = program.main.targets
            await program.press("T")
            await program.write("bo")

            assert offered(program)[0] == "boats"
            assert picker(program).found[0].item.about == "on 1 of 2 picked"

            await program.press("enter")

            assert all(row.tags == ("boats",) for row in services.store.rows(ids))

    async def test_taken_away_and_undone(
        self, running: Open, services: Services
    ) -> None:
        """Chosen where it stands already, it goes; `z` brings it back."""
        async with running(services) as program:
            await program.press("T")
            await program.write("boats")
            await program.press("enter", "T", "enter")

            assert tags(program) == ()

            await program.press("z")

            assert program.status.endswith("tagged boats again")
            assert tags(program) == ("boats",)


class TestOrder:
    async def test_goes_round_and_says_so(
        self, running: Open, services: Services
    ) -> None:
        """Each press is the next order; the head and the status line name it."""
        async with running(services) as program:
            newest = [row.id for row in rows(program)]
            await program.press("ctrl+s")

            assert [row.id for row in rows(program)] == newest[::-1]
            assert program.status == "Oldest first"
            assert "oldest first" in plain(program.main.query_one(ListHead).line(60))

            seen = ["oldest"]
            for _ in range(4):
                await program.press("ctrl+s")
                seen.append(program.main.view.order)

            assert sorted(seen) == sorted(SAID.keys() - {"best"})
            assert order(program) == "newest"

    async def test_is_remembered_for_its_view_alone(
        self, running: Open, services: Services
    ) -> None:
        """The list has it the next time; others keep their own."""
        async with running(services) as program:
            await program.press("4", "ctrl+s")

            assert order(program) == "feed"

        async with running(services) as program:
            assert order(program) == "feed"
            names = [row.feed.title.casefold() for row in rows(program)]
            groups = [name for name, _ in groupby(names)]
            assert len(groups) == len(set(names)) < len(names)

            await program.press("J")

            assert order(program) == "newest"

    async def test_of_what_was_searched_for(
        self, running: Open, services: Services
    ) -> None:
        """Best first, and then as other lists are."""
        async with running(services) as program:
            await program.press("f")
            await program.write("the")
            await choose(program, "Search everything")
            best = [row.id for row in rows(program)]

            assert order(program) == "best"

            await program.press("ctrl+s")

            assert order(program) == "newest"
            assert {row.id for row in rows(program)} <= set(best)
            whens = [row.when for row in rows(program)]
            assert whens == sorted(whens, reverse=True)


class TestPanes:
    async def test_by_key(self, running: Open, services: Services) -> None:
        """The pane in focus gains and loses columns, within what others need."""
        async with running(services, (140, 40)) as program:
            before = program.main.grid
            await program.press("]", "]")

            assert program.main.grid.list == before.list + 4
            assert program.main.grid.article == before.article - 4

            await program.press("9", "9", "]")

            assert program.main.grid.article == 44

            await program.press("]")

            assert program.status == "There is no room for that."

            await program.press("ctrl+w", "=")

            assert program.main.grid == before

    async def test_remembered(self, running: Open, services: Services) -> None:
        """What was given by hand is there the next time."""
        async with running(services, (160, 40)) as program:
            await program.press("h", "]", "l", "[")
            given = program.main.grid

        async with running(services, (160, 40)) as program:
            assert program.main.grid == given

    async def test_folders_stay_closed(self, running: Open, services: Services) -> None:
        """A folder that was closed is closed the next time."""
        async with running(services) as program:
            await program.press("h", "G", "h")
            closed = [row.key for row in program.main.sidebar.side if not row.open]

            assert len(closed) == 1

        async with running(services) as program:
            side = program.main.sidebar.side

            assert [row.key for row in side if not row.open] == closed


class TestCounted:
    async def test_figures_are_rows(self, running: Open, services: Services) -> None:
        """What stands beside a name in the sidebar is how many rows its list has."""
        store = services.store
        for feed, folder in zip(store.feeds(), ("Sea", "Sea/Coast"), strict=False):
            await services.write(store.update_feed, feed.id, folder=folder)
        found = Attribution("resolved", "https://origin.example/one", "Origin")
        for feed in store.feeds():
            for entry in store.ids(query.of_feed(feed.id))[:2]:
                await services.write(store.save_verdict, entry, found)
        async with running(services) as program:
            library = program.main.library
            for row in program.main.sidebar.side:
                if row.count is None or not row.key:
                    continue
                view = program.main.sidebar.views[row.key]
                view = view if row.kind == "view" else view.hiding_read(True)

                assert (row.name, row.count) == (row.name, len(library.ids(view)))


class TestRemembered:
    async def test_two_windows_take_nothing_from_each_other(
        self, services: Services
    ) -> None:
        """What one of two readers remembers stays when the other remembers more."""
        await remembered.keep(services, {"sidebar": 30})
        await remembered.keep(services, {"theme": "ink"})

        known = remembered.read(services)
        assert (known.sidebar, known.theme) == (30, "ink")

    @pytest.mark.parametrize(
        "kept", ["", "[]", "{", '{"sidebar": "x", "orders": [1], "folded": 3}']
    )
    async def test_what_is_not_understood_is_forgotten(
        self, services: Services, kept: str
    ) -> None:
        """A damaged memory is no reason not to start."""
        services.store.set_setting(remembered.KEY, kept)

        assert remembered.read(services) == remembered.Remembered()

    async def test_a_theme_until_the_settings_name_another(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """What was chosen here holds as long as the settings say what they said."""
        services = make(lived_in)
        async with running(services) as program:
            await program.press("ctrl+t")
            await program.write("moss")

            assert program.app.theme == "moss"

            await program.press("enter")

            assert program.status == "Theme: moss"

        async with running(services) as program:
            assert program.app.theme == "moss"

        ui = replace(services.settings.ui, theme="fog")
        changed = replace(services, settings=replace(services.settings, ui=ui))
        async with running(changed) as program:
            assert program.app.theme == "fog"


class TestFinding:
    async def find(self, program: Running, text: str) -> None:
        """Look for something in the article."""
        await program.ask("/", text)

    async def test_in_the_article_from_one_to_the_next(
        self, running: Open, services: Services
    ) -> None:
        """It is lit up, counted, and an empty line leads to the next, and round."""
        async with running(services, (80, 24)) as program:
            await program.press("enter")
            await self.find(program, "FERRY")
            first = program.status
            lit = [
                span.text
                for line in program.main.article.lines
                for span in line
                if span.ink == "accent" and span.text.casefold() == "ferry"
            ]

            assert first.startswith("“FERRY”: ")
            assert len(lit) >= 2

            seen = {first}
            for _ in lit:
                await self.find(program, "")
                seen.add(program.status)

            assert len(seen) == int(first.rpartition(" of ")[2])

    async def test_what_is_not_there(self, running: Open, services: Services) -> None:
        """A sentence says so."""
        async with running(services) as program:
            await program.press("enter")
            await self.find(program, "zebra")

            assert program.status == "“zebra” is not in this article."

    async def test_a_search_lights_up_what_it_found(
        self, running: Open, services: Services
    ) -> None:
        """In the list, and in the article that is opened from it."""
        async with running(services) as program:
            await program.ask("/", "ferry")
            await program.settle()
            entries = program.main.entries
            accent = program.app.current_theme.accent
            assert accent is not None
            shown = [
                segment.text
                for y in range(3)
                for segment in entries.render_line(y)
                if segment.style
                and segment.style.color
                and segment.style.color.triplet
                and segment.style.color.triplet.hex == accent.lower()
            ]

            assert any("erry" in text for text in shown)

            lit = [s.text for line in program.main.article.lines for s in line]
            assert any(text.casefold() == "ferry" for text in lit)


class TestSmall:
    async def test_a_window_without_room_says_so(
        self, running: Open, services: Services
    ) -> None:
        """Nothing but the sentence is drawn, and all is back once there is room."""
        async with running(services, (30, 8)) as program:
            shown = [pane.display for pane in program.main.query(".pane")]

            assert not any(shown)
            assert program.main.query_one(TooSmall).region.height == 8

            await program.pilot.resize_terminal(80, 24)
            await program.pilot.pause()

            assert program.main.query_one("#list-pane").display


class TestPublishers:
    async def test_a_branch_of_the_sidebar(
        self, running: Open, services: Services
    ) -> None:
        """
        Publishers stand below the folders, closed until opened; what stands beside one
        is what its list has unread, and the branch is as it was the next time.
        """
        async with running(services) as program:
            side = program.main.sidebar
            assert side.side[-1].name == "Publishers"
            await program.press("h", "G", "enter")
            await program.until(lambda: side.side[-1].name != "Publishers")
            at = [row.key for row in side.side].index("publishers")
            first = side.side[at + 1]
            await program.press("j", "enter")

            assert program.main.view.key == f"publisher:{first.name}"
            unread = program.main.view.hiding_read(True)
            assert len(program.main.library.ids(unread)) == first.count
            assert side.side[side.cursor].key == program.main.view.key

            await program.press("h", "h")
            assert side.side[-1].name == "Publishers"
            await program.press("l")

        async with running(services) as program:
            side = program.main.sidebar
            await program.until(lambda: side.side[-1].name != "Publishers")
