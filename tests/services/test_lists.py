"""Lists of subscriptions taken over, starters, and what readers wish of feeds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from reader import query
from reader.errors import FeedError, OpmlError
from reader.model import Feed
from reader.services import Services, health, lists, poll, subscribe
from tests.services.played import NOW, PlayedWeb, item

pytestmark = pytest.mark.anyio
FEED = "https://relay.example/feed"
URLS = (
    f'{FEED} sea coast "~My Relay"\n"query:Sea:tags # \\"sea\\""\nexec:~/x\n'.encode()
)
PAGE = '<link rel="alternate" type="application/rss+xml" href="{}" title="{}">'


async def refreshed(services: Services, ids: tuple[int, ...] | None = None) -> None:
    async for _ in poll.refresh(services, ids, resolve="none"):
        pass


def later(services: Services, after: timedelta) -> Services:
    return replace(services, now=lambda: NOW + after)


def only(services: Services) -> Feed:
    (feed,) = services.store.feeds()
    return feed


class TestImport:
    async def test_newsboat(self, built: Services, web: PlayedWeb) -> None:
        """
        newsboat's file is taken over with tags and title; queries are views now.
        """
        done = await lists.import_list(built, URLS)
        feed = only(built)

        assert (feed.title, feed.folder, feed.tags) == (
            "My Relay",
            "sea",
            ("sea", "coast"),
        )
        assert done.views == (("Sea", "tag:sea"),)
        assert built.store.labels.views() == {"Sea": "tag:sea"}
        assert len(done.passed) == 1
        assert done.passed[0].startswith("line 3:")

    async def test_again(self, built: Services, web: PlayedWeb) -> None:
        """
        What is here already is counted, and keeps its name, folder and tags.
        """
        await lists.import_list(built, URLS)
        await built.write(built.store.update_feed, only(built).id, "Mine", "Coast")
        done = await lists.import_list(built, URLS)

        assert (done.added, done.known) == ((), 1)
        assert (only(built).title, only(built).folder) == ("Mine", "Coast")

    async def test_round_trip(self, built: Services, web: PlayedWeb) -> None:
        """
        What is exported as OPML comes back with names, folders and tags.
        """
        await lists.import_list(built, URLS)
        told = lists.export_opml(built).encode()
        found = lists.read(told)
        await subscribe.remove(built, (only(built).id,))

        assert [(f.title, f.folder, f.tags) for f in found.feeds] == [
            ("My Relay", "sea", ("sea", "coast"))
        ]

    async def test_name_is_no_evidence(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed is its own publisher by the name that it has for itself.
        """
        await lists.import_list(built, URLS)
        web.feed(FEED, item("One", "https://relay.example/1"), title="Daily Relay")
        await refreshed(built)
        (row,) = built.store.rows(built.store.ids(query.ALL))

        assert row.feed.title == "My Relay"
        assert row.attribution.publisher == "Daily Relay"
        assert row.feed.itself.title == "Daily Relay"

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"<opml><outline", "the list is damaged"),
            (b"<html>", "this is no list of feeds"),
            (b"hello", "this is no list of feeds"),
            (b"", "the list is empty"),
        ],
        ids=["damaged", "page", "text", "empty"],
    )
    async def test_no_list(self, built: Services, data: bytes, told: str) -> None:
        """
        What is neither kind of list is refused, a broken one as what it is.
        """
        with pytest.raises(OpmlError, match=told):
            await lists.import_list(built, data)


class TestStarters:
    async def test_subscribed(self, built: Services) -> None:
        """
        Feeds to begin with have their topic for a folder, and keep their own names.
        """
        known = lists.starters()
        assert len(known) >= 12
        added = await lists.start(built, known[:2])

        assert [feed.folder for feed in added] == ["World", "World"]
        assert [feed.called for feed in built.store.feeds()] == ["", ""]


class TestChoice:
    async def test_candidates(self, built: Services, web: PlayedWeb) -> None:
        """
        The feeds of a page are told, best first; one of them is taken by its number.
        """
        home = "https://relay.example/"
        web.put(home, PAGE.format("/feed", "All") + PAGE.format("/sea", "Sea"))
        for path in ("feed", "sea"):
            web.feed(f"{home}{path}", item(path, f"{home}{path}/1"), title=path)
        offered = await subscribe.candidates(built, "relay.example/")
        added = await subscribe.add(built, home, pick=2)

        assert [one.title for one in offered] == ["All", "Sea"]
        assert (added.feed.title, len(added.offered)) == ("sea", 2)
        assert [one.title for one in added.others] == ["All"]
        with pytest.raises(FeedError, match="it offers 2 feeds"):
            await subscribe.add(built, home, pick=3)

    async def test_a_feed_itself(self, built: Services, web: PlayedWeb) -> None:
        """
        An address that is a feed offers itself.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        (one,) = await subscribe.candidates(built, FEED)

        assert (one.url, one.title) == (FEED, "Relay")
        assert built.store.feeds() == ()

    @pytest.mark.parametrize("text", ["relay example", " https://a b/c "])
    async def test_space(self, built: Services, web: PlayedWeb, text: str) -> None:
        """
        What holds a space is no address, and nobody is asked for it.
        """
        with pytest.raises(FeedError, match="an address holds no spaces"):
            await subscribe.add(built, text)

        assert web.asked == []


class TestWishes:
    async def test_pause(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed that a reader has paused is polled only if named, until it is resumed.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        feed = (await subscribe.add(built, FEED)).feed
        await built.write(built.store.wishes.pause, feed.id, NOW)
        web.asked.clear()
        tomorrow = later(built, timedelta(days=2))
        await refreshed(tomorrow)
        assert web.asked == []
        await refreshed(tomorrow, (feed.id,))
        assert (len(web.asked), only(built).paused) == (1, NOW)
        await built.write(built.store.wishes.resume, feed.id)
        await refreshed(tomorrow)

        assert (len(web.asked), only(built).paused) == (2, None)

    async def test_every(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed is asked as often as its reader wants, whatever its own rhythm.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        feed = (await subscribe.add(built, FEED)).feed
        await built.write(built.store.wishes.every, feed.id, timedelta(minutes=5))
        await refreshed(built)

        assert only(built).next_poll == NOW + timedelta(minutes=5)
        await built.write(built.store.wishes.every, feed.id, None)
        await refreshed(built)
        assert only(built).next_poll != NOW + timedelta(minutes=5)

    async def test_failure_keeps_its_own_pauses(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        A feed that fails is left alone as any other, however often it is wanted.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        feed = (await subscribe.add(built, FEED)).feed
        await built.write(built.store.wishes.every, feed.id, timedelta(minutes=5))
        web.put(FEED, "no", 500)
        await refreshed(built)

        due = only(built).next_poll
        assert due is not None
        assert due >= NOW + built.settings.poll.min_interval


class TestHealth:
    async def test_told(self, built: Services, web: PlayedWeb) -> None:
        """
        How a feed fares: in plain words, with its class, and what it published a day.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        await subscribe.add(built, FEED)
        await built.write(
            built.store.add_feed, "https://gone.example/f", "Gone", None, None, NOW
        )
        web.put("https://gone.example/f", "", 404)
        new = health.health(built)
        await refreshed(later(built, timedelta(hours=30)))
        gone, relay = health.health(built)

        assert [one.state for one in new if one.feed.title == "Gone"] == [
            "not asked yet"
        ]
        assert (gone.well, gone.state, gone.feed.kind) == (
            False,
            "it is not there",
            "http-404",
        )
        assert (relay.well, relay.state, relay.feed.kind) == (True, "well", None)
        assert (len(relay.daily), relay.daily[-2:]) == (30, (1, 0))

    @pytest.mark.parametrize(
        ("feed", "state", "well"),
        [
            (Feed(1, FEED, "R", paused=NOW), "paused by you", True),
            (
                Feed(1, FEED, "R", error="x", kind="http-410", paused=NOW),
                "it is gone for good; not asked any more",
                False,
            ),
            (
                Feed(1, FEED, "R", error="x", kind="dns", failures=3),
                "its address is not known, 3 times in a row",
                False,
            ),
            (
                Feed(1, FEED, "R", error="x", kind="http-503", failures=1),
                "its server fails (HTTP 503)",
                False,
            ),
            (Feed(1, FEED, "R", error="odd"), "odd", False),
        ],
        ids=["paused", "gone", "dns", "server", "unknown"],
    )
    async def test_states(
        self, built: Services, feed: Feed, state: str, well: bool
    ) -> None:
        """
        Each state has its words; what a reader wanted is no fault.
        """
        (found,) = health.health(built, [feed])

        assert (found.state, found.well) == (state, well)
