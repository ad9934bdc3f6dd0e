"""The demo world: whole, without a network, and read the way it was meant."""

import asyncio
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from reader import demo, extract, feeds, query
from reader.cli import screen
from reader.demo import answers, kept, opening
from reader.demo.cast import Item, Serial, cast
from reader.demo.opening import EARLIER
from reader.demo.pages import title_of
from reader.demo.syndicate import link_of, listed_at
from reader.errors import FetchError
from reader.model import EntryRow, Feed, Page, Reading, Request, Validators
from reader.rules import Rules
from reader.services import Services, marks, reading, subscribe
from reader.settings import Paths, Settings, UiSettings, load_rules, rules_once
from reader.urls import host, site

MEANT_TO_FAIL = ("gone", "403", "consent", "did not answer")


@dataclass(frozen=True, slots=True)
class Case:
    """An item of a feed that people of the demo are subscribed to."""

    serial: Serial
    item: Item

    @property
    def link(self) -> str:
        return link_of(self.item, self.serial, cast())

    @property
    def title(self) -> str:
        return title_of(self.item, cast())

    @property
    def url(self) -> str | None:
        """Where the reader should say that it was published first."""
        if self.item.status in ("unresolved", "unchecked"):
            return None
        if self.item.url or not self.item.article:
            return self.item.url or self.link
        article = cast().articles[self.item.article]
        return cast().sites[article.site].at(article.path)

    @property
    def publisher(self) -> str | None:
        """Who the reader should say published it first."""
        if self.item.status != "resolved" or self.item.publisher:
            return self.item.publisher or None
        return cast().sites[cast().articles[self.item.article].site].name

    def __str__(self) -> str:
        name = self.item.article or self.item.path
        return f"{self.serial.site}: {self.item.kind}: {name}"


SUBSCRIBED = {subscription.url for subscription in feeds.read_opml(demo.OPML)}
CASES = tuple(
    Case(serial, item)
    for url, serial in answers.world().feeds.items()
    if url in SUBSCRIBED or serial.site == "slow-chemistry"
    for item in serial.items
)
STUBS = tuple(case for case in CASES if case.item.status == "resolved")
OTHERS = tuple(case for case in CASES if case.item.status == "original")


def ask(url: str, **more: Any) -> Page:
    return asyncio.run(demo.fetch(Request(url, **more)))


def how(url: str) -> int | str:
    """The status with which an address answers, or the kind of error."""
    try:
        return ask(url).status
    except FetchError as error:
        return error.kind


@dataclass(slots=True)
class Opened:
    """The demo as it opens, and what is asked of it in the tests."""

    services: Services
    rows: dict[tuple[str, str], EntryRow]
    feeds: dict[str, Feed]

    def row(self, case: Case) -> EntryRow:
        name = case.serial.title or cast().sites[case.serial.site].name
        return self.rows[name, case.title]

    def read(self, case: Case) -> Reading:
        return asyncio.run(reading.read(self.services, self.row(case).id))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """One demo for all: it is prepared without a socket, loopback included."""

    def refuse(self: socket.socket, address: object) -> NoReturn:
        raise AssertionError(f"the demo reached for {address}")

    paths = Paths.under(tmp_path_factory.mktemp("demo"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        work = demo.prepare(paths, Settings(), load_rules(paths))
        services = asyncio.run(work)
    store = services.store
    rows = store.rows(store.ids(query.parse("", demo.NOW, demo.ZONE)))
    yield Opened(
        services,
        {(row.feed.title, row.title): row for row in rows},
        {feed.title: feed for feed in store.feeds()},
    )
    services.close()


def case(kind: str) -> Case:
    """The first case of a kind."""
    return next(case for case in CASES if case.item.kind == kind)


class TestWorld:
    def test_it_is_of_some_size(self) -> None:
        """
        There are eight feeds and more, in folders, and forty-five entries and more.
        """
        subscriptions = feeds.read_opml(demo.OPML)

        assert len(subscriptions) >= 8
        assert len({s.folder for s in subscriptions}) >= 4
        assert len(CASES) >= 45

    @pytest.mark.parametrize("url", sorted(SUBSCRIBED))
    def test_every_subscription_is_served(self, url: str) -> None:
        """
        Each address of the OPML is a feed, or moves to one; one has gone away.
        """
        page = ask(url, purpose="feed")

        assert page.status in (200, 301) or host(url) == "tidewater-wire.example"

    @pytest.mark.parametrize("url", sorted(answers.world().feeds))
    def test_every_feed_parses(self, url: str) -> None:
        """
        Each feed is one that feeds.parse reads, with every item and its date in it.
        """
        serial = answers.world().feeds[url]
        page = answers.world().answer(Request(url), EARLIER)
        parsed = feeds.parse(page.body, url, page.header("content-type"))
        listed = [i for i in serial.items if listed_at(i, cast()) <= EARLIER]

        assert len(parsed.entries) == len(listed)
        assert all(entry.published and entry.title for entry in parsed.entries)

    @pytest.mark.parametrize("case", CASES, ids=str)
    def test_every_link_is_answered(self, case: Case) -> None:
        """
        No link of a feed leads to nowhere.
        """
        assert ask(case.link).status in (200, 301, 302)

    @pytest.mark.parametrize(
        "case", [c for c in STUBS if c.item.problem in MEANT_TO_FAIL], ids=str
    )
    def test_some_originals_are_meant_not_to_be(self, case: Case) -> None:
        """
        What is told to be out of reach does not answer with an article.
        """
        assert case.url is not None
        assert how(case.url) in (302, 403, 404, "timeout")

    def test_every_host_is_invented(self) -> None:
        """
        All hosts end in .example, which nobody can ever register (RFC 6761).
        """
        world = answers.world()
        urls = [*world.pages, *world.feeds, *world.specials]
        bodies = b"".join(page.body for page in world.pages.values())
        text = bodies.decode("utf-8", "replace")
        linked = re.findall(r'(?:href|src|url)="(https?://[^"/]+)', text)

        assert {site(url).rpartition(".")[2] for url in urls} == {"example"}
        assert all(url.endswith((".example", "schema.org")) for url in linked)

    def test_it_is_the_same_every_time(self) -> None:
        """
        Built anew, each page and each feed is what it was, byte for byte.
        """
        first = answers.world()
        answers.world.cache_clear()
        cast.cache_clear()
        again = answers.world()

        assert again.pages == first.pages
        assert all(
            again.answer(Request(url), demo.NOW) == first.answer(Request(url), demo.NOW)
            for url in first.feeds
        )

    def test_a_host_that_is_not_there(self) -> None:
        """
        Outside the world there is nothing: the name does not resolve.
        """
        with pytest.raises(FetchError) as raised:
            ask("https://elsewhere.example/")

        assert raised.value.kind == "dns"

    def test_a_page_that_is_not_there(self) -> None:
        """
        A site answers 404, in its own words, for what it does not have.
        """
        assert ask("https://daily-relay.example/no/such").status == 404

    def test_validators_are_honoured(self) -> None:
        """
        A feed asked for with the ETag it gave is not sent again.
        """
        url = "https://daily-relay.example/feed"
        etag = ask(url).header("etag")
        again = ask(url, validators=Validators(etag))

        assert (again.status, again.body) == (304, b"")

    def test_a_cookie_is_asked_for(self) -> None:
        """
        A redirect that wants its cookie leads back to itself until it has it.
        """
        url = case("redirects: relative, and with a cookie").link
        first = ask(url)
        cookie = (first.header("set-cookie") or "").partition(";")[0]
        second = ask(url, headers=(("Cookie", cookie),))

        assert first.header("location") == url
        assert second.header("location") == "/go/Jk3"


class TestTrails:
    @pytest.mark.parametrize("case", STUBS, ids=str)
    def test_resolved(self, opened: Opened, case: Case) -> None:
        """
        Each kind of stub leads to its publisher, by the way that was laid.
        """
        found = opened.row(case).attribution

        assert (found.status, found.url) == ("resolved", case.url)
        assert found.publisher == case.publisher
        assert tuple(hop.via for hop in found.trail) == case.item.via

    @pytest.mark.parametrize("case", OTHERS, ids=str)
    def test_original(self, opened: Opened, case: Case) -> None:
        """
        What a feed wrote itself stays its own, whatever it quotes or links.
        """
        found = opened.row(case).attribution

        assert (found.status, found.url) == ("original", case.link)

    def test_unresolved_with_a_guess(self, opened: Opened) -> None:
        """
        A trail that ends at a login page gives no original; a guess stands apart.
        """
        found = opened.row(case("no original established, with a guess")).attribution

        assert (found.status, found.url) == ("unresolved", None)
        assert found.ended == "a login page"
        assert len(found.trail) == 2
        assert found.guess is not None
        assert found.guess.url == "https://estuary-post.example/2026/eels-halve"

    def test_unresolved(self, opened: Opened) -> None:
        """
        A name that leads nowhere gives no original.
        """
        found = opened.row(case("no original established")).attribution

        assert (found.status, found.url) == ("unresolved", None)

    def test_unchecked(self, opened: Opened) -> None:
        """
        What came with the last poll has not been looked at.
        """
        found = opened.row(case("not looked at yet")).attribution

        assert (found.status, found.trail) == ("unchecked", ())

    @pytest.mark.parametrize("case", [c for c in STUBS if c.item.problem], ids=str)
    def test_out_of_reach(self, opened: Opened, case: Case) -> None:
        """
        An original that cannot be read is named, and the feed's own text is there.
        """
        shown = opened.read(case)

        assert shown.article is None
        assert case.item.problem in (shown.problem or "")
        assert shown.feed_text.markdown

    def test_copies_of_one_story(self, opened: Opened) -> None:
        """
        The ferry came by three feeds, and is one story.
        """
        row = opened.row(case("stub with a link"))

        assert row.also_in == ("Morning Relay", "Tidewater Wire")


class TestSeed:
    def test_the_text_shown(self, opened: Opened) -> None:
        """
        The article is shown from its first sentence to its last, and nothing else.
        """
        shown = opened.read(case("stub with a link"))
        assert shown.article is not None
        text = extract.plain(shown.article.markdown)

        assert text.startswith("Two buyers hold papers for the same hull.")
        assert text.endswith("The judge has asked that it be held on board.")
        assert not re.search("originally published|re-directed|Read more|Categor", text)

    def test_the_republishers_copy(self, opened: Opened) -> None:
        """
        The copy has the republisher's words, without announcement, teaser and footer.
        """
        shown = opened.read(case("stub with a link"))
        assert shown.copy is not None
        text = extract.plain(shown.copy.markdown)

        assert text.startswith("Two buyers hold papers for the same hull.")
        assert "Read on for the strangest part of the story." in text
        assert not re.search("originally published|re-directed|Read more|Categor", text)


class TestOpening:
    def test_marks(self, opened: Opened) -> None:
        """
        Read and starred are those entries that the world's files say.
        """
        marked = {str(c): (opened.row(c).read, opened.row(c).starred) for c in CASES}

        assert marked == {str(c): (c.item.read, c.item.starred) for c in CASES}

    def test_there_is_nothing_to_undo(self, opened: Opened) -> None:
        """
        What prepared the demo was done by nobody, and cannot be taken back.
        """
        assert asyncio.run(marks.undo(opened.services)) is None
        assert asyncio.run(marks.redo(opened.services)) is None

    def test_order(self, opened: Opened) -> None:
        """
        The list begins with the ferry, told by its first publisher.
        """
        store = opened.services.store
        unread = query.parse("unread", demo.NOW, demo.ZONE)
        first, *_ = store.rows(store.ids(unread, stories=True))

        assert first.attribution.publisher == "Harbour Courant"
        assert first.feed.title == "Daily Relay"

    def test_one_feed_fails(self, opened: Opened) -> None:
        """
        Tidewater Wire's feed is gone, and what it brought before is still there.
        """
        failing = [feed for feed in opened.feeds.values() if feed.error]

        assert [feed.title for feed in failing] == ["Tidewater Wire"]
        assert "404" in (failing[0].error or "")
        assert failing[0].entries > 0

    def test_folders(self, opened: Opened) -> None:
        """
        The subscriptions stand in the folders of the OPML.
        """
        folders = {feed.folder for feed in opened.feeds.values()}

        assert folders == {"Coast", "Science", "Towns", "Long reads", "Makers"}

    async def _settings(self, folder: Path) -> Settings:
        async with screen._demo(folder) as services:
            return services.settings

    def test_only_the_look_is_the_readers_own(
        self, home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Of the settings [ui] holds in the demo; what is wrong in them stops nothing.
        """
        file = Paths.default().config_file
        file.parent.mkdir(parents=True)
        file.write_text(
            "[ui]\ntheme = 'fog'\n[views]\nMine = 'tag:sea'\n[poll]\nworkers = 'x'\n"
        )
        chosen = asyncio.run(self._settings(home / "thrown-away"))

        assert chosen == Settings(ui=UiSettings(theme="fog"))
        assert "line 6: poll.workers" in capsys.readouterr().err


class TestPreparing:
    def test_no_endpoint_is_spared(self, tmp_path: Path) -> None:
        """The played web counts no requests: nobody waits for his turn there."""
        paths = Paths.under(tmp_path)
        services = asyncio.run(demo.prepare(paths, Settings(), load_rules(paths)))
        spacing = services.exchanges.spacing
        services.close()

        assert spacing == 0


class TestKept:
    @pytest.mark.anyio
    async def test_is_prepared_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The next demo is a copy of the first; one that is damaged is prepared again, and
        what another program kept is dropped.
        """
        prepared: list[Paths] = []

        async def prepare(
            paths: Paths, settings: Settings, rules: Callable[[], Rules]
        ) -> Services:
            prepared.append(paths)
            services = opening.opened(paths, settings, rules)
            await subscribe.import_opml(services, demo.OPML)
            return services

        monkeypatch.setattr(kept, "prepare", prepare)
        cache = tmp_path / "cache"
        cache.mkdir()
        (cache / "demo-0123.db").write_bytes(b"of another program")

        async def feeds_of(name: str) -> tuple[Feed, ...]:
            paths = Paths.under(tmp_path / name)
            rules = rules_once(paths)
            services = await demo.prepared(paths, Settings(), rules, cache)
            assert services.now() == demo.NOW
            found = services.store.feeds()
            services.close()
            return found

        first, again = await feeds_of("a"), await feeds_of("b")
        (file,) = cache.iterdir()
        file.write_bytes(b"damaged")
        mended = await feeds_of("c")

        assert first == again == mended != ()
        assert [paths.data.parent.name for paths in prepared] == ["a", "c"]
