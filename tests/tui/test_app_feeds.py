"""Feeds under a person's hands: edited, looked at closely, and by what they carry."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from reader import demo
from reader.model import Page, Request
from reader.services import Services, credentials
from reader.tui.paint.span import plain
from reader.tui.screens.feed import FeedScreen
from reader.tui.screens.health import HealthScreen
from reader.tui.screens.page import Page as Lines
from reader.tui.screens.picker import Picker
from reader.tui.screens.sources import SourcesScreen
from reader.tui.widgets.typed import TypedLine
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio

TIDEWATER = "https://tidewater-wire.example"


def text(program: Running) -> str:
    """What stands on the screen that is open."""
    screen = program.app.screen
    assert isinstance(screen, Lines)
    return "\n".join(map(plain, screen.page.lines))


async def answer(program: Running, typed: str) -> None:
    """Type into the prompt in place of what stands there."""
    program.app.screen.query_one("#prompt-input", TypedLine).value = typed
    await program.press("enter")


class TestEditing:
    async def edit(self, program: Running, row: int) -> FeedScreen:
        """Open the editor of the entry's feed, the cursor on a row."""
        await program.press("E", *["j"] * row)
        screen = program.app.screen
        assert isinstance(screen, FeedScreen)
        return screen

    async def test_renamed_and_back(self, running: Open, services: Services) -> None:
        """A name of one's own holds; without one the feed's own comes back."""
        async with running(services) as program:
            screen = await self.edit(program, 0)
            before = screen.feed
            await program.press("enter")
            await answer(program, "Mine")

            assert program.status == "It is called Mine now"
            assert program.library_feed(before.id).title == "Mine"
            assert f"the feed calls itself {before.title}" in text(program)

            await program.press("enter")
            await answer(program, "")

            assert program.library_feed(before.id).title == before.title

            await program.press("q")

            assert program.app.screen is program.main

    @pytest.mark.parametrize(
        ("row", "typed", "field", "value"),
        [
            (1, "Sea/North", "folder", "Sea/North"),
            (2, "boats, tides", "tags", ("boats", "tides")),
            (4, "2h", "every", timedelta(hours=2)),
            (4, "90 minutes", "every", timedelta(minutes=90)),
        ],
    )
    async def test_typed(
        self,
        running: Open,
        services: Services,
        row: int,
        typed: str,
        field: str,
        value: object,
    ) -> None:
        """What is typed is kept at once."""
        async with running(services) as program:
            screen = await self.edit(program, row)
            await program.press("enter")
            await answer(program, typed)

            assert getattr(program.library_feed(screen.feed.id), field) == value

    async def test_what_its_host_is_told(
        self, running: Open, services: Services
    ) -> None:
        """
        User, password, agent and headers are kept for the feed's host; no password and
        no header's value is shown, nor stays where it was typed.
        """
        async with running(services) as program:
            screen = await self.edit(program, 6)
            await program.until(lambda: screen.known is not None)
            field = screen.query_one("#prompt-input", TypedLine)
            await program.press("j", "enter")
            await answer(program, "too early")
            assert program.status == "Say first who you are there."

            await program.press("k", "enter")
            await answer(program, "ann")
            await program.press("j", "enter")
            assert field.password
            await answer(program, " pass wörd ")
            assert program.status.startswith("The password is kept · no keyring here")
            assert field.value == ""
            await program.press("j", "enter")
            await answer(program, "Special/1")
            await program.press("j", "enter")
            assert not field.password
            await answer(program, "X-Key")
            assert field.password
            await answer(program, "secret-value")

            known = await credentials.known(services, screen.feed)
            assert known is not None
            assert (known.user, known.password) == ("ann", " pass wörd ")
            assert (known.agent, known.headers) == (
                "Special/1",
                (("X-Key", "secret-value"),),
            )
            shown = text(program)
            assert all(word in shown for word in ("ann", "Special/1", "X-Key"))
            assert "wörd" not in shown
            assert "secret-value" not in shown

    async def test_what_its_host_is_told_no_more(
        self, running: Open, services: Services
    ) -> None:
        """
        Without user, agent and headers nothing is kept; what can be none is refused.
        """
        async with running(services) as program:
            screen = await self.edit(program, 9)
            kept = credentials.Credentials("ann", "p", "", (("X-Key", "k"),))
            await credentials.keep(services, screen.feed, kept)
            await program.press("enter")
            await answer(program, "Host")
            await answer(program, "elsewhere.example")
            assert program.status == "header: Host is not to be set by hand"

            await program.press("enter")
            await answer(program, "x-key")
            await answer(program, "")
            await program.press("k", "k", "k", "enter")
            await answer(program, "")

            assert program.status.startswith("No user is told there")
            assert await credentials.known(services, screen.feed) is None

    @pytest.mark.parametrize("typed", ["often", "1m", "400d"])
    async def test_an_interval_that_is_none(
        self, running: Open, services: Services, typed: str
    ) -> None:
        """A sentence says what would be one, and nothing is changed."""
        async with running(services) as program:
            screen = await self.edit(program, 4)
            await program.press("enter")
            await answer(program, typed)

            assert program.library_feed(screen.feed.id).every is None
            assert "30 days" in program.status or "no interval" in program.status

    async def test_paused_and_polled_again(
        self, running: Open, services: Services
    ) -> None:
        """Enter turns it off and on."""
        async with running(services) as program:
            screen = await self.edit(program, 3)
            await program.press("enter")

            assert program.library_feed(screen.feed.id).paused is not None
            assert program.status.startswith("Paused")

            await program.press("enter")

            assert program.library_feed(screen.feed.id).paused is None

    async def test_resolving_goes_round(
        self, running: Open, services: Services
    ) -> None:
        """Each Enter is the next policy, with what it means beside it."""
        async with running(services) as program:
            screen = await self.edit(program, 5)
            seen = []
            for _ in range(3):
                await program.press("enter")
                seen.append(program.library_feed(screen.feed.id).follow)

            assert seen == ["always", "never", "auto"]

    async def test_escape_leaves_what_is_typed_then_the_form(
        self, running: Open, services: Services
    ) -> None:
        """One step at a time, and nothing is kept of it."""
        async with running(services) as program:
            screen = await self.edit(program, 0)
            await program.press("enter", "x", "escape")

            assert isinstance(program.app.screen, FeedScreen)
            assert program.library_feed(screen.feed.id).title == screen.feed.title

            await program.press("escape")

            assert not isinstance(program.app.screen, FeedScreen)


class TestHealth:
    async def test_a_feed_that_fails_is_looked_at(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """Enter shows what came instead and what was found; once more moves there."""
        services = make(lived_in, fetch=_moved_house)
        async with running(services) as program:
            await program.press("H", "enter")
            screen = program.app.screen
            assert isinstance(screen, HealthScreen)
            failing = screen.feeds[0]

            assert "HTTP 404, text/html" in text(program)
            assert "<h1>We have moved</h1>" in text(program)
            assert "tidewater-wire.example/new.xml" in text(program)
            assert "0 of its 1 entries are ones you have" in text(program)

            await program.press("enter", "y")
            await program.settle()
            moved = program.library_feed(failing.id)

            assert moved.url == f"{TIDEWATER}/new.xml"
            assert moved.error is None
            assert moved.entries == failing.entries + 1

    async def test_two_weeks_as_bars(self, running: Open, services: Services) -> None:
        """Each feed has a bar a day, where there is room."""
        async with running(services) as program:
            await program.press("H")

            assert "14 days" in text(program)
            assert "▁" in text(program)

            await program.pilot.resize_terminal(80, 24)
            await program.pilot.pause()

            assert "▁" not in text(program)

    async def test_orders(self, running: Open, services: Services) -> None:
        """ctrl+s goes round them, and the chosen feed stays chosen."""
        async with running(services) as program:
            await program.press("H", "j", "j")
            screen = program.app.screen
            assert isinstance(screen, HealthScreen)
            chosen = screen.chosen
            await program.press("ctrl+s")

            names = [feed.title.casefold() for feed in screen.feeds]
            assert names == sorted(names)
            assert screen.chosen == chosen
            assert program.status == "By name"

    async def test_the_story_is_in_sight(
        self, running: Open, services: Services
    ) -> None:
        """However many feeds there are, the chosen one's story stands below them."""
        async with running(services, (80, 24)) as program:
            await program.press("H", "G")
            screen = program.app.screen
            assert isinstance(screen, HealthScreen)
            assert screen.chosen is not None

            shown = [
                screen.page.render_line(y).text for y in range(screen.page.size.height)
            ]
            assert any(screen.chosen.url[8:30] in line for line in shown)

    async def test_edited_from_there(self, running: Open, services: Services) -> None:
        """E edits the chosen feed, and the table shows what was changed."""
        async with running(services) as program:
            await program.press("H", "E", "enter")
            await answer(program, "Zzz")
            await program.press("q")

            assert "Zzz" in text(program)


class TestSources:
    async def test_the_most_second_hand_first(
        self, running: Open, services: Services
    ) -> None:
        """Shares fall from line to line, and publishers are named."""
        async with running(services) as program:
            await program.press("W")
            screen = program.app.screen
            assert isinstance(screen, SourcesScreen)
            shares = [feed.stub_share or 0 for feed in screen.feeds]

            assert shares == sorted(shares, reverse=True)
            assert "Harbour Courant" in text(program)

    async def test_opens_a_list(self, running: Open, services: Services) -> None:
        """Enter opens the chosen feed."""
        async with running(services) as program:
            await program.press("W", "j")
            screen = program.app.screen
            assert isinstance(screen, SourcesScreen)
            feed = screen.feeds[1]
            await program.press("enter")

            assert program.main.view.feed_id == feed.id


class TestAdding:
    async def test_one_of_several(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """A page with several feeds asks which; the chosen one is subscribed to."""
        services = make(lived_in, fetch=_several)
        async with running(services) as program:
            await program.press("a")
            await answer(program, f"{TWO}/")
            await program.settle()
            screen = program.app.screen
            assert isinstance(screen, Picker)

            assert [m.item.title for m in screen.found] == ["News", "Comments"]

            await program.press("down", "enter")
            await program.settle()

            assert f"{TWO}/two.xml" in {f.url for f in services.store.feeds()}
            assert f"{TWO}/one.xml" not in {f.url for f in services.store.feeds()}

    async def test_none_of_them(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """Whoever leaves the choice subscribes to nothing."""
        services = make(lived_in, fetch=_several)
        before = len(services.store.feeds())
        async with running(services) as program:
            await program.press("a")
            await answer(program, f"{TWO}/")
            await program.settle()
            await program.press("escape")

            assert program.status == "No feed was added."

        assert len(services.store.feeds()) == before


class TestFiles:
    async def test_opened_by_key_and_click(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """What comes with an entry stands below it, with its type and size."""
        services = make(lived_in, fetch=_several)
        async with running(services) as program:
            await program.press("a")
            await answer(program, f"{TWO}/one.xml")
            await program.settle()
            lines = [plain(line) for line in program.main.article.lines]

            assert any("audio/mpeg, 24.1 MB" in line for line in lines)

            await program.press("P")

            assert program.opened == [f"{TWO}/1.mp3"]

            program.main.wanted("enclosure:1")

            assert program.opened == [f"{TWO}/1.mp3"] * 2

    async def test_none(self, running: Open, services: Services) -> None:
        """A sentence says so."""
        async with running(services) as program:
            await program.press("P")

            assert program.status == "No file comes with this entry."


TWO = "https://two-feeds.example"


async def _several(request: Request) -> Page:
    """The demo world, and beside it a site with two feeds."""
    if not request.url.startswith(TWO):
        return await demo.fetch(request)
    path = request.url.removeprefix(TWO)
    if path == "/":
        return Page(request.url, 200, (("content-type", "text/html"),), _CHOICE)
    kind = (("content-type", "application/rss+xml"),)
    return Page(
        request.url, 200 if path in ("/one.xml", "/two.xml") else 404, kind, _EP
    )


_CHOICE = b"""<!doctype html><title>Two</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/one.xml">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/two.xml">
<p>Welcome</p>"""
_EP = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Episodes</title>
<link>https://two-feeds.example/</link><item><title>The first one</title>
<link>https://two-feeds.example/1</link><guid>1</guid>
<pubDate>Wed, 04 Mar 2026 12:00:00 GMT</pubDate><description>We talk.</description>
<enclosure url="https://two-feeds.example/1.mp3" type="audio/mpeg" length="24100000"/>
</item></channel></rss>"""


async def _moved_house(request: Request) -> Page:
    """The demo world, where the failing feed's site has another feed by now."""
    if not request.url.startswith(TIDEWATER):
        return await demo.fetch(request)
    path = request.url.removeprefix(TIDEWATER)
    kinds = {"/new.xml": ("application/rss+xml", _FEED), "/": ("text/html", _HOME)}
    status = 200 if path in kinds else 404
    kind, body = kinds.get(path, ("text/html; charset=utf-8", _GONE))
    return Page(request.url, status, (("content-type", kind),), body)


_GONE = b"<!doctype html>\n<title>Moved</title>\n<h1>We have moved</h1>"
_HOME = b"""<!doctype html><title>Tidewater Wire</title>
<link rel="alternate" type="application/rss+xml" href="/new.xml"><p>Welcome</p>"""
_FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Tidewater</title>
<link>https://tidewater-wire.example/</link><item><title>New pier opens</title>
<link>https://tidewater-wire.example/pier</link><guid>pier</guid></item></channel></rss>"""
