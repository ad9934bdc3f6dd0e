"""Feeds and marks carried between what is polled from here and an account."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.model import Page, Request
from reader.query import ALL
from reader.services import carrying, marks, subscribe
from tests.greader import Greader, as_fetch
from tests.services.played import PlayedWeb, item
from tests.services.synced import RELAY, Home, world

pytestmark = pytest.mark.anyio


@pytest.fixture
def mind() -> Greader:
    """A server with nothing yet, that knows the relay."""
    return Greader(knows={RELAY: "Relay"})


@pytest.fixture
def home(home: Path, mind: Greader, web: PlayedWeb) -> Iterator[Home]:
    """A home that reaches the web and the server, within the test's own."""
    web.feed(
        RELAY,
        *(item(f"Item {n}", f"https://relay.example/{n}") for n in (1, 2, 3)),
        title="Relay",
    )
    server = as_fetch(mind)

    async def both(request: Request) -> Page:
        played = request.url.startswith("https://rss.example")
        return await (server(request) if played else web.fetch(request))

    made = Home.at(home / "one", both)
    yield made
    made.built.close()


class TestUpload:
    async def test_feeds_and_marks(self, home: Home, mind: Greader) -> None:
        """
        Feeds polled from here become the account's, with folder, marks and tags.
        """
        await subscribe.add(home.built, RELAY, "Wire")
        await home.mark("Item 1", read=True)
        await home.mark("Item 2", starred=True)
        await home.tag("Item 2", "Mine")
        await home.login()
        assert await carrying.upload(home.built, home.account) == 1
        await home.sync()
        relay = next(iter(mind.feeds.values()))
        for number in (1, 2, 3):
            mind.item(relay, f"Item {number}", f"https://relay.example/{number}")
        await home.sync()

        assert await carrying.carry_to(home.built, home.account) == 3
        await home.sync()
        assert [i.labels for i in mind.items.values()] == [set(), {"Mine"}, set()]
        assert relay.folder == "Wire"
        assert [(i.read, i.starred) for i in mind.items.values()] == [
            (True, False),
            (False, True),
            (False, False),
        ]

    async def test_what_is_there_is_not_asked_for(self, home: Home) -> None:
        """
        A feed that the account has is not subscribed to again.
        """
        await subscribe.add(home.built, RELAY)
        await home.login()
        await carrying.upload(home.built, home.account)
        await home.sync()

        assert await carrying.upload(home.built, home.account) == 0


class TestDownload:
    async def test_feeds_and_marks(
        self, tmp_path: Path, web: PlayedWeb, home: Home
    ) -> None:
        """
        An account's feeds are polled from here, too, with marks and tags from there.
        """
        there = world()
        first, second, _ = there.items.values()
        first.read, second.starred = True, True
        there.label(first, "Theirs")
        server = as_fetch(there)

        async def both(request: Request) -> Page:
            played = request.url.startswith("https://rss.example")
            return await (server(request) if played else web.fetch(request))

        home.built = replace(home.built, fetch=both)
        await home.login()
        await home.sync()
        done = await carrying.download(home.built, home.account)
        store = home.built.store
        local = [f for f in store.feeds() if f.account is None]
        rows = [r for r in store.rows(store.ids(ALL)) if r.feed.id == local[0].id]

        assert (done.feeds, done.marks) == (2, 3)
        assert {r.title: r.tags for r in rows if r.tags} == {"Item 1": ("Theirs",)}
        assert {(f.title, f.folder) for f in local} == {
            ("Relay", "News"),
            ("Other", "Uncategorized"),
        }
        assert {r.title: (r.read, r.starred) for r in rows} == {
            "Item 1": (True, False),
            "Item 2": (False, True),
            "Item 3": (False, False),
        }

    async def test_marks_here_stay(self, home: Home, mind: Greader) -> None:
        """
        What is read here is not made unread by an account where it is not.
        """
        await subscribe.add(home.built, RELAY)
        await marks.mark(home.built, home.built.store.ids(ALL), read=True)
        relay = mind.feed(RELAY, "Relay")
        mind.item(relay, "Item 1", "https://relay.example/1")
        await home.login()
        await home.sync()
        await carrying.download(home.built, home.account)
        local = home.built.store.find_feed(RELAY)

        assert local.unread == 0


class TestLists:
    async def test_both_ways(self, home: Home, mind: Greader) -> None:
        """
        A list goes into an account, and comes out of it as it was.
        """
        await home.login()
        opml = (
            '<opml version="2.0"><body><outline text="Wire"><outline type="rss" '
            f'text="My relay" xmlUrl="{RELAY}"/></outline></body></opml>'
        )
        assert await carrying.import_opml(home.built, home.account, opml.encode()) == 1
        await home.sync()
        out = carrying.export_opml(home.built, home.account)

        assert 'text="My relay"' in out
        assert 'text="Wire"' in out
        assert RELAY in out
