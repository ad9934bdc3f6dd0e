"""Lists with a name: the smart ones, the reader's own, publishers and tags."""

from dataclasses import replace

import pytest

from reader import query
from reader.errors import NotFoundError, QueryError, TagError
from reader.services import Services, marks, subscribe, views
from reader.settings import Settings
from reader.store.tags import TagCount
from tests.services.played import PlayedWeb, item

pytestmark = pytest.mark.anyio
FEED = "https://relay.example/feed"


def viewing(services: Services, **own: str) -> Services:
    return replace(services, settings=Settings(views=own))


@pytest.fixture
async def kept(built: Services, web: PlayedWeb) -> Services:
    """Services over a feed of two entries."""
    web.feed(
        FEED,
        item("A ferry", "https://relay.example/1"),
        item("A bus", "https://relay.example/2"),
    )
    await subscribe.add(built, FEED)
    return built


class TestRedo:
    async def test_ends_with_a_new_action(self, kept: Services) -> None:
        """
        A feed whose removal was taken back before a star is not removed by redo.
        """
        await subscribe.remove(kept, (1,))
        await marks.undo(kept)
        await marks.mark(kept, (1,), starred=True)
        await marks.undo(kept)
        done = [await marks.redo(kept), await marks.redo(kept)]

        assert [action and action.what for action in done] == ["starred", None]
        assert [feed.id for feed in kept.store.feeds()] == [1]


class TestSaved:
    async def test_in_their_order(self, kept: Services) -> None:
        """
        The reader's own views stand in the order of the settings, with their counts.
        """
        services = viewing(kept, Zebra="title:bus", Apple="unread or starred")
        own = [view for view in views.counted(services) if view.own]

        assert [(view.name, view.entries) for view in own] == [
            ("Zebra", 1),
            ("Apple", 2),
        ]
        assert list(services.store.ids(views.named(services, "zebra"))) == [1]

    async def test_one_that_is_no_query(self, kept: Services) -> None:
        """
        One that cannot be understood is told by its name, and costs no other.
        """
        services = viewing(kept, Bad="auther:x", Good="unread")
        bad, good = views.saved(services)

        assert bad.trouble is not None
        assert bad.trouble.startswith("view Bad: “auther:”")
        assert good.query == query.UNREAD
        with pytest.raises(QueryError, match="view Bad"):
            views.named(services, "Bad")

    async def test_kept_ones(self, kept: Services) -> None:
        """
        A view that was kept is one like those of the settings, until it is forgotten.
        """
        services = viewing(kept, Zebra="title:bus")
        brought = await views.keep(services, {"Zebra": "unread", "Sea\x1b": "ferry"})

        assert brought == {"Sea": "ferry"}
        assert views.own(services) == {"Zebra": "title:bus", "Sea": "ferry"}
        assert list(services.store.ids(views.named(services, "sea"))) == [2]

        await views.keep(services, {"Zebra": "starred"}, over=True)

        assert views.named(services, "Zebra") == query.STARRED

        await views.forget(services, "Zebra")

        assert views.own(services)["Zebra"] == "title:bus"
        with pytest.raises(NotFoundError, match=r"stands in config\.toml"):
            await views.forget(services, "Zebra")
        with pytest.raises(NotFoundError, match="there are: Sea"):
            await views.forget(services, "Nowhere")

    async def test_smart_ones(self, kept: Services) -> None:
        """
        The views that everybody has are opened by name; others are told.
        """
        assert views.named(kept, "Unread") == query.UNREAD
        assert views.named(kept, "all") == query.ALL
        with pytest.raises(NotFoundError, match="there are all, unread"):
            views.named(kept, "none")


class TestPublishers:
    async def test_counted(self, kept: Services) -> None:
        """
        Everybody who published first, with what is here of them.
        """
        await marks.mark(kept, (1,), read=True)
        (relay,) = views.publishers(kept)

        assert (relay.name, relay.entries, relay.unread) == ("Relay", 2, 1)
        assert (relay.stubs, relay.feeds) == (0, 1)
        assert len(kept.store.ids(query.of_publisher("Relay"))) == 2
        assert len(kept.store.ids(query.of_publisher("Rel"))) == 0


class TestTags:
    async def test_listed(self, kept: Services) -> None:
        """
        Tags are listed with their entries, and found by their query.
        """
        await marks.tag(kept, (1, 2), add=("#Sea",))
        await marks.tag(kept, (2,), remove=("sea",))

        assert views.tags(kept) == (TagCount("Sea", 1, 1, 1, 1),)
        assert list(kept.store.ids(query.of_tag("sea"))) == [1]

    async def test_no_name(self, kept: Services) -> None:
        """
        What holds no letter or digit is no tag, and nothing is done.
        """
        with pytest.raises(TagError, match="is no name for a tag"):
            await marks.tag(kept, (1,), add=("sea", "##"))

        assert views.tags(kept) == ()

    async def test_hidden(self, kept: Services) -> None:
        """
        What is hidden is out of every list, until it is taken back.
        """
        await marks.hide(kept, (1,))
        assert list(kept.store.ids()) == [2]
        await marks.hide(kept, (1,), hidden=False)

        assert len(kept.store.ids()) == 2
