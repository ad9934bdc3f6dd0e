"""What can go wrong on the screen, and what must not: strangers, networks, colours."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Paste
from textual.filter import NoColor
from textual.worker import WorkerFailed

from reader import demo, query
from reader.errors import FetchError, ReaderError, StoreError
from reader.model import Page, Request
from reader.services import Services, marks
from reader.services.attribute import attribute
from reader.services.browser import open_link
from reader.services.poll import Progress
from reader.settings import Settings, UiSettings
from reader.tui import messages, work
from reader.tui.pasting import pasted
from reader.tui.screens.first_run import FirstRun
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio

HOSTILE = """<?xml version="1.0"?><rss version="2.0"><channel>
<title>Evil [/] &#x202e;News[@click=app.quit]</title><link>https://evil.example/</link>
<item><title>x[/]</title><link>https://evil.example/1</link><guid>1</guid>
<description>[bold]not markup[/nobold]</description></item>
<item><title>a\u009b31mred &#x1F469;&#x200D;&#x1F680; b</title>
<link>https://evil.example/2</link><guid>2</guid></item>
<item><title>&#x645;&#x62F;&#x64A;&#x646;&#x629; &#x202e;abc</title>
<link>https://evil.example/3</link><guid>3</guid></item>
<item><title>[link=javascript:alert(1)]click[/link]</title>
<link>javascript:alert(1)</link><guid>4</guid></item>
<item><title></title><link>https://evil.example/5</link><guid>5</guid></item>
</channel></rss>"""

HEADERS = (("content-type", "application/rss+xml"),)


async def hostile(request: Request) -> Page:
    """A feed that would like to be more than text."""
    return Page(request.url, 200, HEADERS, HOSTILE.encode())


def drawn(program: Running) -> str:
    """The text of the whole screen."""
    strips = program.app.screen._compositor.render_strips(program.app.size)
    return "\n".join(strip.text for strip in strips)


class TestStrangersText:
    @pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
    async def test_is_text(
        self, running: Open, make: Callable[..., Services], size: tuple[int, int]
    ) -> None:
        """Markup, escapes and bidi tricks in titles are shown or gone, never done."""
        services = make(fetch=hostile)
        async with running(services, size) as program:
            await program.ask("a", "https://evil.example/feed")
            await program.settle()
            for key in ("enter", "q", "j", "enter", "q", "j", "enter", "t", "q", "="):
                await program.press(key)
            await program.press("=", "q", "g", "g")
            text = drawn(program)

            assert "x[/]" in text
            for char in ("\x1b", "\x9b", "\u202e", "\u202c"):
                assert char not in text

    async def test_only_web_links_are_opened(
        self, running: Open, make: Callable[..., Services]
    ) -> None:
        """A link of another kind is refused with one line."""
        services = make(fetch=hostile)
        async with running(services, open_url=None) as program:
            program.app.browse("javascript:alert(1)")

            assert "only http and https links are opened" in program.status


class TestOriginal:
    async def test_unresolved_opens_nothing(
        self, running: Open, services: Services
    ) -> None:
        """o says why, and never opens a guess; O opens the page that brought it."""
        async with running(services) as program:
            program.app.open_view("unresolved")
            await program.settle()
            row = program.main.row
            assert row is not None
            await program.press("o")
            said = program.status
            await program.press("O")

            assert said.startswith("First publisher not established")
            assert program.opened == [row.url]

    async def test_resolved_opens_the_original(
        self, running: Open, services: Services
    ) -> None:
        """o opens the publisher's page, y copies its link."""
        async with running(services) as program:
            row = program.main.row
            assert row is not None
            await program.press("o", "y")

            assert program.opened == [row.attribution.url]
            assert program.app.clipboard == row.attribution.url

    async def test_unchecked_is_looked_for_first(
        self, running: Open, services: Services
    ) -> None:
        """o on what was not looked at yet looks, then opens what was found."""
        async with running(services) as program:
            await program.to(
                "Cable car halts for a nesting eagle; commuters ski to work"
            )
            await program.press("o")
            row = program.main.row
            assert row is not None
            assert row.attribution.url is not None

            assert program.opened == [row.attribution.url]

    async def test_a_browser_that_does_not_start(
        self, running: Open, services: Services
    ) -> None:
        """The trouble is one line in the status line."""

        def refuse(url: str) -> None:
            raise ReaderError("lynx", "could not be started")

        async with running(services, open_url=refuse) as program:
            await program.press("o")

            assert program.status == "lynx: could not be started"

    async def test_a_browser_that_fails_at_once(
        self, running: Open, services: Services
    ) -> None:
        """What was said to be open is taken back, and nothing waited for it."""
        link = "https://relay.example/1"
        async with running(services) as program:
            failing = open_link(link, "sh -c 'exit 3'", os.environ)
            failing.process.wait()
            program.app.opened(link, failing)
            assert program.status == f"Opened {link}"
            await program.app.workers.wait_for_complete()
            await program.settle()

            assert "sh failed to open it (exit code 3)" in program.status


class TestRefresh:
    async def test_cursor_and_text_stay(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """A refresh in the background moves neither; what is new waits for r."""
        services = make(lived_in, fetch=news)
        async with running(services) as program:
            await program.press("j", "j")
            before = program.main.entries.cursor, program.title
            shown = program.main.article.entry_id
            await program.press("R")
            await program.settle()

            assert (program.main.entries.cursor, program.title) == before
            assert program.main.article.entry_id == shown
            assert program.status == "1 new · r shows"

            await program.press("r")

            assert program.title == before[1]
            assert program.main.entries.cursor == before[0] + 1

    async def test_progress_is_told(self, running: Open, services: Services) -> None:
        """The status line says how far it has come, with a bar where there is room."""
        async with running(services) as program:
            program.app.polling = program.app.polling.__class__(running=True)
            step = Progress("poll", 112, 200, new=34, failed=2)
            program.app.post_message(messages.Polled(step))
            await program.pilot.pause()

            assert program.status == "━━━━━━────  feeds 112/200 · 34 new · 2 failed"

            await program.pilot.resize_terminal(80, 24)
            await program.pilot.pause()

            assert program.status == "feeds 112/200 · 34 new · 2 failed"

    async def test_nothing_new_is_said_to_who_asked(
        self, running: Open, services: Services
    ) -> None:
        """A refresh that was asked for does not end in silence."""
        async with running(services) as program:
            await program.press("R")

            assert program.status == "Nothing new · 1 failed"

    async def test_offline(self, running: Open, make: Callable[..., Services]) -> None:
        """When no feed could be reached for want of a network, that is said."""

        async def nobody(request: Request) -> Page:
            raise FetchError(request.url, "no such host", "dns")

        services = make(fetch=nobody)
        async with running(services) as program:
            await program.press("1", "enter")
            await program.settle()
            program.app.say("")

            assert program.status == "offline since 14:28 · reading what is here"

    async def test_one_at_a_time(self, running: Open, services: Services) -> None:
        """While one refresh runs another is not begun."""
        async with running(services) as program:
            begun = [program.app.refresh_feeds(None, force=True) for _ in range(2)]
            await program.press("R")

            assert begun == [True, False]

    async def test_what_others_change_is_seen(
        self, running: Open, services: Services
    ) -> None:
        """Marks that another process made are drawn, the cursor where it was."""
        async with running(services) as program:
            row = program.main.row
            assert row is not None
            await marks.mark(services, (row.id,), read=True)
            program.main.look_for_changes()
            await program.settle()

            assert program.main.row is not None
            assert program.main.row.read
            assert program.main.entries.cursor == 0

    async def test_what_was_found_out_is_shown(
        self, running: Open, services: Services
    ) -> None:
        """When a stub on the screen is followed behind it, its card is the new one."""
        async with running(services) as program:
            await program.to(
                "Cable car halts for a nesting eagle; commuters ski to work"
            )
            shown = program.main.article.reading
            assert shown is not None
            await attribute(services, shown.row.id)
            program.main.look_for_changes()
            await program.settle()
            now = program.main.article.reading

            assert shown.attribution.status == "unchecked"
            assert now is not None
            assert now.attribution.status != "unchecked"

    async def test_a_feed_that_cannot_be_had(
        self, running: Open, services: Services
    ) -> None:
        """Adding an address without a feed says so and changes nothing."""
        async with running(services) as program:
            feeds = len(services.store.feeds())
            await program.ask("a", "https://nowhere.example/")
            await program.settle()

            assert "nowhere.example" in program.status
            assert len(services.store.feeds()) == feeds


async def news(request: Request) -> Page:
    """The demo world, a little later: Harbour Courant has one entry more."""
    page = await demo.fetch(replace(request, validators=None))
    if request.url != "https://harbour-courant.example/feed":
        return page
    item = (
        b"<item><title>Harbour clock stops</title><guid>late</guid>"
        b"<link>https://harbour-courant.example/late</link>"
        b"<pubDate>Wed, 04 Mar 2026 14:27:30 GMT</pubDate></item>"
    )
    body = page.body.replace(b"<item>", item + b"<item>", 1)
    return Page(page.url, 200, page.headers, body)


class TestFault:
    async def test_what_a_worker_met(
        self, running: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A bug in a worker ends the reader, and it is the bug that is told."""

        async def broken(*args: object, **more: object) -> None:
            raise KeyError("sesame")

        monkeypatch.setattr(work, "read", broken)
        apps = []
        with suppress(WorkerFailed):
            async with running(services) as program:
                apps.append(program.app)
                await program.press("enter")

        assert isinstance(apps[0].fault, KeyError)


class TestStore:
    async def test_trouble_while_reading_is_a_sentence(
        self, running: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A database that cannot be read is told of; the screen stays."""

        def broken(*args: object, **more: object) -> None:
            raise StoreError("firsthand.db", "the database is damaged")

        async with running(services) as program:
            monkeypatch.setattr(services.store, "ids", broken)
            await program.press("h", "j", "enter")

            assert program.status == "firsthand.db: the database is damaged"
            assert program.app.is_running

            program.app.say("")
            monkeypatch.setattr(services.store, "rows", broken)
            program.main.entries.renew()
            await program.settle()
            program.main.look_for_changes()

            assert program.status == "firsthand.db: the database is damaged"

    async def test_a_store_that_cannot_be_read_at_all(
        self, running: Open, services: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The program ends with one line, and says that it failed."""

        def broken() -> None:
            raise StoreError("firsthand.db", "the database is damaged")

        monkeypatch.setattr(services.store, "feeds", broken)
        async with running(services) as program:
            pass

        assert program.app.return_code == 1

    async def test_the_list_of_a_removed_feed_is_left(
        self, running: Open, services: Services
    ) -> None:
        """After its feed was removed, the unread entries are shown."""
        async with running(services) as program:
            await program.press("J", "D", "y")
            await program.settle()

            assert program.main.view.key == "unread"


class TestFile:
    @pytest.mark.parametrize(
        ("path", "told"),
        [
            ("~nosuchuser/feeds.opml", "~nosuchuser/feeds.opml: "),
            ("/nowhere/feeds.opml", "/nowhere/feeds.opml: No such file"),
            ("/a\0b/feeds.opml", "/ab/feeds.opml: "),
            ("/dev", "/dev: is no file"),
            ("/dev/zero", "/dev/zero: is no file"),
        ],
        ids=["no user", "no file", "no path", "a folder", "a device"],
    )
    async def test_that_cannot_be_read(
        self, running: Open, make: Callable[..., Services], path: str, told: str
    ) -> None:
        """Whatever is wrong with an OPML file is one line, and nothing is added."""
        services = make()
        async with running(services) as program:
            screen = program.app.screen
            assert isinstance(screen, FirstRun)
            screen.import_file(path)
            await program.settle()

            assert program.status.startswith(told)
            assert services.store.feeds() == ()

    async def test_that_is_too_large(
        self,
        running: Open,
        make: Callable[..., Services],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """No more is read than a list of feeds can have."""
        monkeypatch.setattr(work, "OPML_MOST", 1000)
        file = tmp_path / "feeds.opml"
        file.write_bytes(demo.OPML.ljust(1001))
        async with running(make()) as program:
            await program.press("2")
            await program.write(str(file))
            await program.press("enter")

            assert "too large for a list of feeds" in program.status


class TestLooks:
    async def test_no_color(
        self,
        running: Open,
        services: Services,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """With NO_COLOR nothing has a colour, and no theme is offered."""
        monkeypatch.setenv("NO_COLOR", "1")
        async with running(services, environ={"NO_COLOR": "1"}) as program:
            strips = program.app.screen._compositor.render_strips(program.app.size)
            styles = [s.style for strip in strips for s in strip if s.style]

            assert any(isinstance(f, NoColor) for f in program.app._filters)
            assert all(
                colour is None or colour.is_default
                for style in styles
                for colour in (style.color, style.bgcolor)
            )
            assert program.app.offered_themes == ()

    async def test_a_theme_that_cannot_be_used_is_named(
        self, running: Open, make: Callable[..., Services]
    ) -> None:
        """A person's broken theme costs no other, and is told of."""
        services = make()
        services.paths.themes.mkdir(parents=True)
        (services.paths.themes / "mine.toml").write_text("primary = 7")
        async with running(services) as program:
            assert "mine.toml" in program.status
            assert program.app.theme == "ink"

    async def test_a_theme_that_is_not_there(
        self, running: Open, make: Callable[..., Services]
    ) -> None:
        """The default is put on instead, and it is said."""
        services = make(chosen=Settings(ui=UiSettings(theme="mauve")))
        async with running(services) as program:
            assert program.status.startswith("There is no theme called mauve; there")
            assert program.app.theme == "ink"

    async def test_keys_that_clash_are_told(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """Remapping by name works at once, and a clash is said at the start."""
        chosen = Settings(keys={"star": ("n",)})
        services = make(lived_in, chosen)
        async with running(services) as program:
            said = program.status
            await program.press("n")

            assert said == "keys: n is star and no longer next_unread"
            assert program.main.row is not None
            assert program.main.row.starred

    async def test_ascii(
        self, running: Open, make: Callable[..., Services], lived_in: Path
    ) -> None:
        """With ASCII glyphs our own signs are ASCII on every screen."""
        chosen = Settings(ui=UiSettings(glyphs="ascii", theme="terminal-dark"))
        services = make(lived_in, chosen)
        async with running(services) as program:
            texts = [drawn(program)]
            for keys in (("t",), ("q", "?"), ("q", "H"), ("q", ":")):
                await program.press(*keys)
                texts.append(drawn(program))

        # Quotation marks and the like may be the article's own.
        signs = set("●◆◇◌★▌┃┆┊○▸▾━─")
        assert [signs & set(text) for text in texts] == [set()] * len(texts)


class TestEmpty:
    async def test_a_list_with_nothing_says_where_to_go(
        self, running: Open, services: Services
    ) -> None:
        """An empty view says so, and offers the next feed with unread."""
        async with running(services, (200, 60)) as program:
            await program.press("J", "A", "y", ".")
            text = drawn(program)

            assert f"Nothing unread in {program.main.view.title}." in text
            assert "next feed with unread" in text
            assert services.store.count(query.UNREAD) > 0


class TestStart:
    def test_first_paint_needs_no_parsers(self) -> None:
        """Neither network nor parsers are imported on the way to the first look."""
        heavy = "httpx feedparser trafilatura html_to_markdown nh3 lxml tld regex"
        code = (
            "import sys, reader.tui.app\n"
            f"print([name for name in '{heavy}'.split() if name in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout.strip() == "[]"

    def test_package_alone_needs_no_textual(self) -> None:
        """Textual comes with the first run of the reader, not with the package."""
        code = "import sys, reader.tui; print('textual' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout.strip() == "False"


class TestPasting:
    async def test_an_address_is_added_once_agreed_to(
        self, running: Open, services: Services
    ) -> None:
        """A pasted address is asked about, then subscribed to."""
        async with running(services) as program:
            feeds = len(services.store.feeds())
            program.main.post_message(Paste("https://port-log.example/feed\n"))
            await program.settle()
            asked = program.status
            await program.press("n")

            assert asked.startswith("Add https://port-log.example/feed?")
            assert len(services.store.feeds()) == feeds

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            (" https://a.example/ \n", ("address", "https://a.example/")),
            ("/home/me/feeds.opml", ("file", "/home/me/feeds.opml")),
            ("'~/my feeds.opml'", ("file", "~/my feeds.opml")),
            ("file:///srv/a.xml", ("file", "/srv/a.xml")),
            ("rm -rf /", None),
            ("javascript:alert(1)", None),
            ("https://a.example/\nhttps://b.example/", None),
            ("", None),
        ],
    )
    def test_what_it_is_good_for(
        self, text: str, found: tuple[str, str] | None
    ) -> None:
        """One address or one list of feeds; anything else is let be."""
        assert pasted(text) == found


class TestNotices:
    async def test_the_terminal_is_told(
        self,
        running: Open,
        make: Callable[..., Services],
        lived_in: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Where it is wanted, what came is said by OSC 9, once a refresh is over."""
        ui = UiSettings(notify="osc9")
        services = make(lived_in, Settings(ui=ui), news)
        async with running(services) as program:
            driver = program.app._driver
            assert driver is not None
            written: list[str] = []
            monkeypatch.setattr(driver, "write", written.append)
            await program.press("R")
            await program.settle()

            assert [text for text in written if text.startswith("\x1b]9;")] == [
                "\x1b]9;Firsthand: 1 new entry\x07"
            ]
