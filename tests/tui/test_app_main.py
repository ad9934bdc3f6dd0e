"""The main screen under a person's hands: moving, reading, marking, three sizes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader import demo, query
from reader.model import Page, Request
from reader.services import Services
from reader.tui import messages
from reader.tui.paint.span import plain
from reader.tui.views import VIEWS
from tests.tui.conftest import Open

pytestmark = pytest.mark.anyio

FERRY = "Ferry that never left port was sold twice in one week"


class TestBeginning:
    async def test_shows_the_unread_entries_newest_first(
        self, running: Open, services: Services
    ) -> None:
        """The list has the keys, its first entry stands in the article pane."""
        async with running(services) as program:
            assert program.main.place == "list"
            assert program.title == FERRY
            assert program.main.article.reading is not None
            assert program.main.article.reading.row.title == FERRY

    async def test_looking_at_a_list_is_not_reading(
        self, running: Open, services: Services
    ) -> None:
        """Moving over entries marks none of them."""
        before = services.store.count(query.UNREAD)
        async with running(services) as program:
            await program.press("j", "j", "k", "G")

        assert services.store.count(query.UNREAD) == before
        assert not any(isinstance(m, messages.Marked) for m in program.messages)


class TestMoving:
    @pytest.mark.parametrize(
        ("keys", "cursor"),
        [
            ("j", 1),
            ("j j k", 1),
            ("5 j", 5),
            ("k", 0),
            ("G", -1),
            ("G g g", 0),
            ("end home", 0),
            ("3 G", 2),
            ("down down up", 1),
        ],
    )
    async def test_in_the_list(
        self, running: Open, services: Services, keys: str, cursor: int
    ) -> None:
        """Keys, counts and sequences put the cursor where they say."""
        async with running(services) as program:
            await program.press(*keys.split())
            size = len(program.main.entries.window)

            assert program.main.entries.cursor == cursor % size

    async def test_pages(self, running: Open, services: Services) -> None:
        """space and b go by what fits; the cursor stays in sight."""
        async with running(services, (80, 24)) as program:
            entries = program.main.entries
            page = entries.page
            await program.press("space")

            assert entries.cursor == page
            first, end = entries.rows.span(entries.cursor)
            assert entries.top <= first
            assert end <= entries.top + entries.size.height

            await program.press("b")

            assert entries.cursor == 0

    async def test_the_article_scrolls_and_ends(
        self, running: Open, services: Services
    ) -> None:
        """In the article the same keys scroll, and no further than the text goes."""
        async with running(services, (80, 24)) as program:
            await program.press("enter", "j", "j")
            article = program.main.article

            assert article.top == 2

            await program.press("G", "j")

            assert article.top == article.bottom
            assert program.status.endswith("100 %")

    async def test_panes(self, running: Open, services: Services) -> None:
        """h, l and tab go from pane to pane."""
        async with running(services) as program:
            places = []
            for key in ("h", "l", "l", "tab", "tab", "shift+tab"):
                await program.press(key)
                places.append(program.main.place)

            assert places == [
                "sidebar",
                "list",
                "article",
                "sidebar",
                "list",
                "sidebar",
            ]


class TestReading:
    async def test_enter_opens_and_marks_read(
        self, running: Open, services: Services
    ) -> None:
        """The article has the keys; the entry is read and stays in the list."""
        async with running(services) as program:
            size = len(program.main.entries.window)
            await program.press("enter")

            assert program.main.place == "article"
            assert program.main.row is not None
            assert program.main.row.read
            assert len(program.main.entries.window) == size

    async def test_what_is_missing_is_fetched(
        self, running: Open, services: Services
    ) -> None:
        """The stored text is shown at once, then what a worker brought."""
        async with running(services) as program:
            await program.to(
                "Cable car halts for a nesting eagle; commuters ski to work"
            )

            assert program.main.row is not None
            assert program.main.row.attribution.status == "unchecked"

            await program.press("enter")

            came = [m for m in program.messages if isinstance(m, messages.ReadingCame)]
            assert {m.reading.row.id for m in came} == {program.main.article.entry_id}
            assert program.main.row.attribution.status != "unchecked"

    async def test_fetched_anew(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """
        F asks the web once more for what is here, shows what came and says what it was.
        """
        asked: list[str] = []
        pages = {"by": b"by"}

        async def fetch(request: Request) -> Page:
            asked.append(request.url)
            page = await demo.fetch(request)
            return replace(page, body=page.body.replace(b"ferry", pages["by"]))

        async with running(make(lived_in, fetch=fetch)) as program:
            pages["by"] = b"ferry"
            await program.to(FERRY)
            await program.press("enter")
            await program.press("F")
            article = program.main.article.reading
            assert article is not None
            original = article.row.attribution.url
            assert original
            assert asked[-1].startswith(original)
            assert program.status.startswith("Fetched anew: the same original · ")
            assert program.status.endswith(" words, as before")

            pages["by"] = b"steamer"
            await program.press("F")

            assert program.status.endswith(" words, another text than before")
            shown = program.main.article.reading
            assert shown is not None
            assert shown.article is not None
            assert "steamer" in shown.article.markdown

    async def test_a_late_answer_replaces_nothing(
        self, running: Open, services: Services
    ) -> None:
        """The reading of an entry that was left is not shown over another."""
        async with running(services) as program:
            late = program.main.library.stored(program.main.entries.window.ids[0])
            await program.press("j")
            shown = program.main.article.entry_id
            program.main.post_message(messages.ReadingCame(late))
            await program.settle()

            assert program.main.article.entry_id == shown

    async def test_a_better_text_keeps_ones_place(
        self, running: Open, services: Services
    ) -> None:
        """A new card above the text does not move the line that is being read."""
        async with running(services, (80, 24)) as program:
            await program.press("enter", "6", "j")
            for _ in range(9):
                await program.press("j")
            article = program.main.article
            line = article.lines[article.top + 1]
            program.main.post_message(messages.ReadingCame(article.reading))  # type: ignore[arg-type]
            await program.settle()

            assert article.lines[article.top + 1] == line

    async def test_next_unread_opens_the_entry_under_the_cursor_first(
        self, running: Open, services: Services
    ) -> None:
        """The first `n` reads what one is looking at, the second goes on."""
        async with running(services) as program:
            await program.press("n")
            first = program.main.entries.cursor
            await program.press("n")

            assert (first, program.main.entries.cursor) == (0, 1)
            assert program.main.place == "list"

    async def test_on_to_the_next_feed_when_this_one_is_done(
        self, running: Open, services: Services
    ) -> None:
        """With nothing unread left in a feed, `n` opens the next that has some."""
        async with running(services) as program:
            await program.press("J")
            feed = program.main.view.feed_id
            unread = len(program.main.library.unread(program.main.view))
            for _ in range(unread + 1):
                await program.press("n")

            assert program.main.view.feed_id != feed
            assert program.main.row is not None
            assert program.main.row.read

    async def test_shown_alone_for_a_while_is_read(
        self, running: Open, make: object, lived_in: object
    ) -> None:
        """An entry that has the article pane's focus long enough has been read."""
        from datetime import timedelta

        from reader.settings import ReadingSettings, Settings

        soon = Settings(reading=ReadingSettings(mark_read=timedelta(milliseconds=1)))
        services = make(lived_in, soon)  # type: ignore[operator]
        async with running(services) as program:
            await program.press("l")
            await program.until(
                lambda: bool(program.main.row and program.main.row.read)
            )

    async def test_never(self, running: Open, make: object, lived_in: object) -> None:
        """`mark_read = "never"` leaves it all to the reader."""
        from reader.settings import ReadingSettings, Settings

        never = Settings(reading=ReadingSettings(mark_read="never"))
        services = make(lived_in, never)  # type: ignore[operator]
        async with running(services) as program:
            await program.press("enter")

            assert program.main.row is not None
            assert not program.main.row.read

    async def test_faces(self, running: Open, services: Services) -> None:
        """v turns from the original to the feed's own text, and says so."""
        async with running(services) as program:
            await program.press("v")

            assert program.main.article.face == "feed"
            assert program.status == "The feed’s own text"

    async def test_find_in_the_article(self, running: Open, services: Services) -> None:
        """`/` in the article scrolls to what is typed."""
        async with running(services, (80, 24)) as program:
            await program.ask("enter", "/", "biscuit")
            article = program.main.article
            shown = article.lines[article.top : article.top + article.size.height]

            assert any("biscuit" in plain(line) for line in shown)
            assert article.top > 0
            assert program.main.place == "article"


class TestMarking:
    async def test_star_and_undo(self, running: Open, services: Services) -> None:
        """s stars, z takes it back, Z does it again."""
        async with running(services) as program:
            starred = []
            for key in ("s", "z", "Z"):
                await program.press(key)
                assert program.main.row is not None
                starred.append(program.main.row.starred)

            assert starred == [True, False, True]
            assert program.status == "1 entry starred again"

    async def test_toggle_read(self, running: Open, services: Services) -> None:
        """N makes it read, and unread again; every copy of the story goes along."""
        async with running(services) as program:
            before = services.store.count(query.UNREAD)
            await program.press("N")
            read = services.store.count(query.UNREAD)
            await program.press("N")

            assert read == before - 3
            assert services.store.count(query.UNREAD) == before

    async def test_marking_a_list_asks(self, running: Open, services: Services) -> None:
        """A asks in the status line; n leaves all as it is, y marks."""
        async with running(services) as program:
            before = services.store.count(query.UNREAD)
            await program.press("A")
            asked = program.status
            await program.press("n")
            kept = services.store.count(query.UNREAD)
            await program.press("A", "y")

            assert asked == f"Mark {before} entries read?  y yes  n no"
            assert kept == before
            assert services.store.count(query.UNREAD) == 0
            assert program.status == f"{before} marked read · z undoes"

            await program.press("z")

            assert services.store.count(query.UNREAD) == before

    async def test_below_the_cursor(self, running: Open, services: Services) -> None:
        """> marks what stands below, < what stands above, few of them unasked."""
        async with running(services) as program:
            await program.press("j", "<")
            above = program.main.entries.window.row(0)

            assert above is not None
            assert above.read
            assert program.main.row is not None
            assert not program.main.row.read

    async def test_hide_read(self, running: Open, services: Services) -> None:
        """. hides what is read in this list, and shows it again."""
        async with running(services) as program:
            program.app.open_view("all")
            await program.settle()
            size = len(program.main.entries.window)
            await program.press(".")
            unread = len(program.main.entries.window)
            await program.press(".")

            assert unread < size
            assert len(program.main.entries.window) == size


class TestSidebar:
    async def test_opens_a_view(self, running: Open, services: Services) -> None:
        """Enter on a row of the sidebar opens that list."""
        async with running(services) as program:
            await program.press("h", "j", "j", "enter")

            assert program.main.view == VIEWS[2]
            assert program.main.place == "list"
            rows = program.main.library.rows(program.main.entries.window.ids)
            assert all(row.starred for row in rows)

    async def test_folds(self, running: Open, services: Services) -> None:
        """h closes the folder that the cursor is in, l opens it again."""
        async with running(services) as program:
            sidebar = program.main.sidebar
            size = len(sidebar.side)
            await program.press("h", *["j"] * 7, "h")
            closed = len(sidebar.side)
            await program.press("l")

            assert closed == size - 5
            assert len(sidebar.side) == size
            assert program.main.place == "sidebar"

    async def test_counts_follow_the_marks(
        self, running: Open, services: Services
    ) -> None:
        """The number beside Unread goes down by the story that was read."""
        async with running(services) as program:
            before = program.main.sidebar.side[0].count
            await program.press("N")

            assert before is not None
            assert program.main.sidebar.side[0].count == before - 1

    async def test_removing_a_feed_asks_and_can_be_undone(
        self, running: Open, services: Services
    ) -> None:
        """D removes the feed of the list, z brings it back."""
        async with running(services) as program:
            feeds = len(services.store.feeds())
            await program.press("J", "D", "y")
            removed = len(services.store.feeds())
            await program.press("z")

            assert removed == feeds - 1
            assert len(services.store.feeds()) == feeds


class TestSizes:
    async def test_one_pane_shows_list_or_article(
        self, running: Open, services: Services
    ) -> None:
        """At 80 columns Enter shows the article, q the list."""
        async with running(services, (80, 24)) as program:
            panes = [program.main.query_one(f"#{p}-pane") for p in ("list", "article")]
            shown = [[pane.display for pane in panes]]
            await program.press("enter")
            shown.append([pane.display for pane in panes])
            await program.press("q")
            shown.append([pane.display for pane in panes])

            assert shown == [[True, False], [False, True], [True, False]]

    async def test_sidebar_slides_over(self, running: Open, services: Services) -> None:
        """With no room for three panes h brings the sidebar, l sends it away."""
        async with running(services, (100, 30)) as program:
            pane = program.main.query_one("#sidebar-pane")
            shown = [pane.display]
            for key in ("h", "l"):
                await program.press(key)
                shown.append(pane.display)

            assert shown == [False, True, False]

    async def test_a_click_beside_the_sidebar_sends_it_away(
        self, running: Open, services: Services
    ) -> None:
        """The list that was clicked on has the keys, and all of its columns."""
        async with running(services, (100, 30)) as program:
            await program.press("h")
            await program.pilot.click("#list", offset=(32, 8))
            await program.settle()

            assert program.main.place == "list"
            assert not program.main.query_one("#sidebar-pane").display

    async def test_resized_from_one_pane_to_three(
        self, running: Open, services: Services
    ) -> None:
        """Cursor, article and one's place in it stay when the window grows."""
        async with running(services, (80, 24)) as program:
            await program.press("j", "enter", "j", "j", "j")
            entry = program.main.article.entry_id
            await program.pilot.resize_terminal(120, 40)
            await program.settle()

            assert program.main.grid.panes == 3
            assert program.main.entries.cursor == 1
            assert program.main.article.entry_id == entry
            assert program.main.query_one("#sidebar-pane").display

    async def test_too_small(self, running: Open, services: Services) -> None:
        """Below 40 × 12 there is one sentence, and it all comes back."""
        async with running(services, (39, 12)) as program:
            small = program.main.has_class("-small")
            await program.pilot.resize_terminal(80, 24)
            await program.settle()

            assert small
            assert not program.main.has_class("-small")

    async def test_zen(self, running: Open, services: Services) -> None:
        """= leaves nothing but the text, 70 columns wide; = or q bring all back."""
        async with running(services) as program:
            await program.press("=")

            assert program.main.place == "zen"
            assert not program.main.query_one("#list-pane").display
            assert program.main.article.indent == 25
            assert "min left" in program.status

            await program.press("q")

            assert program.main.entries.has_focus
            assert program.main.query_one("#list-pane").display

            await program.press("l", "=", "=")

            assert program.main.article.has_focus

    async def test_q_at_the_top_quits(self, running: Open, services: Services) -> None:
        """escape goes back as far as there is a way, q then ends the program."""
        async with running(services) as program:
            await program.press("l", "escape", "escape")

            assert program.app.is_running

            await program.pilot.press("q")

        assert program.app.return_code == 0


class TestMouse:
    async def test_a_click_elsewhere_closes_the_prompt(
        self, running: Open, services: Services
    ) -> None:
        """Nobody is left typing into a line that they went away from."""
        async with running(services) as program:
            await program.press("a", "x")
            await program.pilot.click("#article", offset=(10, 12))
            await program.settle()

            assert program.main.place == "article"

    async def test_click_chooses_and_a_second_one_reads(
        self, running: Open, services: Services
    ) -> None:
        """The first click puts the cursor there, the second opens the entry."""
        async with running(services) as program:
            await program.pilot.click("#list", offset=(10, 5))
            await program.settle()
            chosen = program.main.entries.cursor, program.main.place
            await program.pilot.click("#list", offset=(10, 5))
            await program.settle()

            assert chosen == (1, "list")
            assert program.main.place == "article"

    async def test_dragging_an_edge(self, running: Open, services: Services) -> None:
        """A pane's edge follows the mouse; a double click on it puts it back."""
        async with running(services) as program:
            pilot = program.pilot
            await pilot.mouse_down(offset=(55, 10))
            await pilot.hover(offset=(65, 10))
            await pilot.mouse_up(offset=(65, 10))
            await program.settle()
            dragged = program.main.grid.list
            await pilot.hover(offset=(70, 12))
            after = program.main.grid.list
            await pilot.click(offset=(65, 30), times=2)
            await program.settle()

            assert (dragged, after) == (44, 44)
            assert program.main.grid.list == 34

    async def test_click_on_a_hint(self, running: Open, services: Services) -> None:
        """A hint of the status line is a button."""
        async with running(services) as program:
            width = program.app.size.width
            await program.pilot.click("StatusLine", offset=(width - 4, 0))
            await program.settle()

            assert program.app.screen.__class__.__name__ == "HelpScreen"
