"""Subscribing by any address, and OPML in and out."""

import pytest

from reader.errors import FeedError, FetchError, ReaderError
from reader.feeds import Subscription, write_opml
from reader.services import Services, lists, poll, subscribe
from tests.services.played import NOW, PlayedWeb, item

pytestmark = pytest.mark.anyio
FEED = "https://relay.example/feed"
PAGE = '<title>Relay</title><link rel="alternate" type="application/rss+xml" href="{}">'


class TestAdd:
    async def test_a_feed(self, built: Services, web: PlayedWeb) -> None:
        """
        The entries that came with the subscription are stored at once.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        added = await subscribe.add(built, FEED, "News")

        assert (added.feed.title, added.feed.folder, added.new) == ("Relay", "News", 1)
        assert web.urls() == [FEED]

    async def test_a_page_that_declares_one(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        A page's own feed is discovered; the other feeds it offers are told.
        """
        web.put("https://relay.example/", PAGE.format("/feed") + PAGE.format("/other"))
        web.feed(FEED, item("One", "https://relay.example/1"))
        web.feed("https://relay.example/other", title="Other")
        added = await subscribe.add(built, "relay.example/")

        assert added.feed.url == FEED
        assert [o.url for o in added.others] == ["https://relay.example/other"]

    async def test_a_usual_path(self, built: Services, web: PlayedWeb) -> None:
        """
        A page that declares none is asked for a feed at the usual paths.
        """
        web.put("https://relay.example/", "<title>Relay</title>")
        web.feed(FEED, item("One", "https://relay.example/1"))
        added = await subscribe.add(built, "https://relay.example/")

        assert added.feed.url == FEED

    async def test_a_moved_feed(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed that moved for good is subscribed where it is now.
        """
        web.put("https://old.example/feed", status=301, headers=(("location", FEED),))
        web.feed(FEED, item("One", "https://relay.example/1"))
        added = await subscribe.add(built, "https://old.example/feed")

        assert added.feed.url == FEED

    async def test_a_temporary_redirect(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed that is elsewhere for now keeps the address that was given.
        """
        web.put("https://old.example/feed", status=302, headers=(("location", FEED),))
        web.feed(FEED, item("One", "https://relay.example/1"))
        added = await subscribe.add(built, "https://old.example/feed")

        assert added.feed.url == "https://old.example/feed"

    async def test_a_page_that_refreshes_to_the_feed(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        A feed's address that became a web page moving readers on is followed.
        """
        moved = f'<meta http-equiv="refresh" content="0; url={FEED}">'
        web.put("https://old.example/feed", moved)
        web.feed(FEED, item("One", "https://relay.example/1"))
        added = await subscribe.add(built, "https://old.example/feed")

        assert added.new == 1

    async def test_twice(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed that is here already is not subscribed again.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        await subscribe.add(built, FEED)
        again = await subscribe.add(built, FEED)

        assert again.existed
        assert len(built.store.feeds()) == 1

    async def test_into_a_folder_later(self, built: Services, web: PlayedWeb) -> None:
        """
        Adding a feed that is here with a folder moves it there.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        await subscribe.add(built, FEED)
        again = await subscribe.add(built, FEED, "News")

        assert again.feed.folder == "News"

    @pytest.mark.parametrize(
        ("url", "error"),
        [
            ("https://nowhere.example/", FetchError),
            ("https://relay.example/none", FeedError),
            ("https://relay.example/500", FeedError),
            ("https://relay.example/circle", FeedError),
            ("ftp://relay.example/", FeedError),
        ],
    )
    async def test_no_feed(
        self, built: Services, web: PlayedWeb, url: str, error: type[ReaderError]
    ) -> None:
        """
        Where no feed could be read nothing is subscribed, and a line says why.
        """
        web.put("https://relay.example/none", "<p>Nothing</p>")
        web.put("https://relay.example/500", status=500)
        here = "https://relay.example/circle"
        web.put(here, status=301, headers=(("location", here),))
        with pytest.raises(error) as raised:
            await subscribe.add(built, url)

        assert "\n" not in str(raised.value)
        assert built.store.feeds() == ()


class TestOpml:
    async def test_a_name_of_ones_own(self, built: Services, web: PlayedWeb) -> None:
        """
        What somebody called a feed stays, whatever the feed calls itself.
        """
        listed = Subscription(FEED, "Mine", None, None)
        data = write_opml((listed,), "x", NOW).encode()
        await subscribe.import_opml(built, data)
        web.feed(FEED, item("One", "https://relay.example/1"), title="Relay")
        async for _ in poll.refresh(built, resolve="none"):
            pass

        assert [feed.title for feed in built.store.feeds()] == ["Mine"]

    async def test_there_and_back(self, built: Services, web: PlayedWeb) -> None:
        """
        Folders survive the way out and in; removed feeds come back.
        """
        web.feed(FEED, item("One", "https://relay.example/1"))
        added = await subscribe.add(built, FEED, "News")
        exported = lists.export_opml(built)
        await subscribe.remove(built, (added.feed.id,))
        assert built.store.feeds() == ()
        await subscribe.import_opml(built, exported.encode())
        (feed,) = built.store.feeds()

        assert (feed.url, feed.folder) == (FEED, "News")
        assert feed.entries == 1
