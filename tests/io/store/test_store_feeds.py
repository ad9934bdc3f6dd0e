"""Subscriptions: added, found, renamed, removed and had back, leased."""

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from reader.errors import NotFoundError
from reader.model import Validators
from reader.store import Store

if TYPE_CHECKING:
    from tests.io.store.conftest import World

WEEK = timedelta(days=7)


class TestAddFeed:
    def test_round_trip(self, world: "World") -> None:
        """
        A new feed is what was asked for, and has nothing yet.
        """
        feed = world.store.add_feed(
            "https://relay.example/feed",
            "Relay",
            "https://relay.example/",
            "Coast",
            world.now,
        )

        assert world.store.feed(feed.id) == feed
        assert (feed.url, feed.title) == ("https://relay.example/feed", "Relay")
        assert (feed.site_url, feed.folder) == ("https://relay.example/", "Coast")
        assert (feed.entries, feed.unread, feed.stub_share) == (0, 0, None)
        assert feed.next_poll is None

    def test_twice(self, world: "World") -> None:
        """
        A feed that is here already stays as it is.
        """
        first = world.feed("Relay", "Coast")

        assert world.feed("Relay", "Science") == first
        assert world.store.feeds() == (first,)

    def test_removed_one_comes_back(self, world: "World") -> None:
        """
        Subscribing again brings back the entries and marks of a removed feed.
        """
        feed = world.feed()
        entry = world.entry(feed=feed)
        world.store.mark([entry], starred=True, by="test", now=world.now)
        world.store.hide_feeds([feed.id], world.now)

        back = world.feed()

        assert back.id == feed.id
        assert world.found("starred") == [entry]


class TestFeeds:
    def test_order(self, world: "World") -> None:
        """
        By folder, then title, without regard to case; those without a folder last.
        """
        for name, folder in (
            ("zeta", None),
            ("Éclair", "coast"),
            ("fish", "Coast"),
            ("alpha", "Towns"),
        ):
            world.feed(name, folder)

        titles = [feed.title for feed in world.store.feeds()]

        assert titles == ["Éclair", "fish", "alpha", "zeta"]

    def test_counts(self, world: "World") -> None:
        """
        A feed knows its entries, the unread ones, and its share of stubs.
        """
        feed = world.feed()
        world.save(
            feed,
            world.polled("a", world.resolved("https://rt.example/1")),
            world.polled("b"),
            world.polled("c", world.resolved("https://b.example", status="original")),
        )
        world.store.mark([1], read=True, by="test", now=world.now)

        (counted,) = world.store.feeds()

        assert (counted.entries, counted.unread) == (3, 2)
        assert counted.stub_share == 0.5


class TestFindFeed:
    @pytest.mark.parametrize(
        "ref",
        [
            "1",
            " 1 ",
            "https://relay.example/feed",
            "http://www.relay.example/feed/",
        ],
        ids=["id", "blanks", "url", "spelt otherwise"],
    )
    def test_found(self, world: "World", ref: str) -> None:
        """
        A person names a feed by id or URL, however that is spelt.
        """
        feed = world.feed()

        assert world.store.find_feed(ref) == feed

    @pytest.mark.parametrize("ref", ["2", "https://no.example/feed", "relay", "9" * 30])
    def test_missing(self, world: "World", ref: str) -> None:
        """
        What is not there is told with the name that was asked for.
        """
        world.feed()

        with pytest.raises(NotFoundError) as caught:
            world.store.find_feed(ref)

        assert str(caught.value) == f"{ref}: no such feed; firsthand feeds lists them"

    def test_exact_wins(self, world: "World") -> None:
        """
        Of two URLs for one page the one that was typed is taken.
        """
        plain = world.store.add_feed("http://a.example/f", "A", None, None, world.now)
        safe = world.store.add_feed("https://a.example/f", "B", None, None, world.now)

        assert world.store.find_feed("https://a.example/f") == safe
        assert world.store.find_feed("http://a.example/f") == plain


class TestUpdateFeed:
    def test_own_name_outlives_polls(self, world: "World") -> None:
        """
        The reader's name for a feed stays when the feed calls itself otherwise.
        """
        feed = world.feed()
        world.store.update_feed(feed.id, title="Mine", folder="Science")
        world.save(feed, title="Theirs")

        renamed = world.store.feed(feed.id)

        assert (renamed.title, renamed.folder) == ("Mine", "Science")

    def test_taken_back(self, world: "World") -> None:
        """
        An empty name is the feed's own, an empty folder none.
        """
        feed = world.feed("Relay", "Coast")
        world.store.update_feed(feed.id, title="Mine")

        back = world.store.update_feed(feed.id, title="", folder="")

        assert (back.title, back.folder) == ("Relay", None)

    def test_how_it_is_followed(self, world: "World") -> None:
        """
        Feeds are followed by their signs until they are told otherwise.
        """
        feed = world.feed()
        told = world.store.update_feed(feed.id, follow="never")

        assert (feed.follow, told.follow) == ("auto", "never")
        assert world.store.update_feed(feed.id, title="Mine").follow == "never"

    def test_missing(self, world: "World") -> None:
        """
        There is nothing to rename where there is no feed.
        """
        with pytest.raises(NotFoundError):
            world.store.update_feed(7, title="x")


class TestHideFeeds:
    def test_out_of_sight(self, world: "World") -> None:
        """
        A removed feed is in no list, no count, no search, and nothing is due in it.
        """
        kept, gone = world.feed("Kept"), world.feed("Gone", "Coast")
        stays = world.entry("a", kept, title="Ferry")
        world.entry("b", gone, title="Ferry")

        action = world.store.hide_feeds([gone.id], world.now)
        counts = world.store.counts(world.now, UTC)

        assert (action.what, action.count) == ("removed", 1)
        assert [feed.id for feed in world.store.feeds()] == [kept.id]
        assert world.found("") == world.ranked("ferry") == [stays]
        assert (counts.all, counts.unread, counts.today) == (1, 1, 1)
        assert counts.feeds == {kept.id: 1}
        assert [f.id for f in world.store.lease("me", world.now, world.now)] == [
            kept.id
        ]
        with pytest.raises(NotFoundError):
            world.store.find_feed(str(gone.id))

    def test_undone(self, world: "World") -> None:
        """
        Removing is undone like a mark, and done again.
        """
        feed = world.feed()
        world.store.hide_feeds([feed.id], world.now)

        world.store.undo(world.now)
        assert world.store.feeds() == (feed,)
        world.store.redo(world.now)

        assert world.store.feeds() == ()


class TestPurge:
    def test_after_a_week(self, world: "World") -> None:
        """
        A removed feed is deleted with all it had after seven days, not before.
        """
        kept, gone = world.feed("Kept"), world.feed("Gone")
        world.entry("a", kept, text="the ferry")
        world.entry("b", gone, text="the ferry")
        world.store.hide_feeds([gone.id], world.now)

        early = world.store.purge(world.now + WEEK - timedelta(seconds=1))
        late = world.store.purge(world.now + WEEK)
        tables = ("entry", "content", "state", "attribution", "tally", "poll")
        left = [world.size(table) for table in tables]

        assert (early, late) == (0, 2)
        assert left == [1] * len(tables)
        assert world.index_is_sound()
        assert world.store.undo(world.now) is not None
        assert len(world.store.feeds()) == 1


class TestLease:
    def test_once(self, world: "World") -> None:
        """
        Two that ask for what is due get different feeds, though they are two programs.
        """
        world.feed("A")
        other = Store(world.path)
        until = world.now + timedelta(minutes=10)

        mine = world.store.lease("me", world.now, until)
        world.feed("B")
        theirs = other.lease("you", world.now, until)
        other.close()

        assert [feed.title for feed in mine] == ["A"]
        assert [feed.title for feed in theirs] == ["B"]

    def test_given_up(self, world: "World") -> None:
        """
        What is released, or held for too long, is free again.
        """
        world.feed("A")
        until = world.now + timedelta(minutes=10)
        world.store.lease("me", world.now, until)

        held = world.store.lease("you", world.now, until)
        overdue = world.store.lease("you", until, until + timedelta(minutes=10))
        world.store.release("me")
        still = world.store.lease("me", until, until)
        world.store.release("you")
        free = world.store.lease("me", until, until)

        assert [len(feeds) for feeds in (held, overdue, still, free)] == [0, 1, 0, 1]

    def test_due(self, world: "World") -> None:
        """
        A feed is due when its time has come or it was never polled.
        """
        fresh, later = world.feed("Fresh"), world.feed("Later")
        hour = timedelta(hours=1)
        world.save(later, next_poll=world.now + hour)

        now = world.store.lease("me", world.now, world.now)
        then = world.store.lease("me", world.now + hour, world.now + hour)
        named = world.store.lease("me", world.now, world.now, [later.id], due=False)

        assert [feed.id for feed in now] == [fresh.id]
        assert [feed.id for feed in then] == [fresh.id, later.id]
        assert [feed.id for feed in named] == [later.id]

    def test_clock_was_wrong(self, world: "World") -> None:
        """
        What was leased or polled while the clock ran a year ahead is not lost for it.
        """
        feed = world.feed()
        year = timedelta(days=365)
        world.store.lease("you", world.now + year, world.now + year)
        world.save(feed, at=world.now + year, next_poll=world.now + year)

        leased = world.store.lease("me", world.now, world.now)

        assert [found.id for found in leased] == [feed.id]

    def test_brings_what_a_poll_needs(self, world: "World") -> None:
        """
        A leased feed comes with its validators and the digest of its last body.
        """
        feed = world.feed()
        validators = Validators('"1"', "Wed, 04 Mar 2026 14:05:00 GMT")
        world.save(feed, validators=validators, digest="abc")

        (leased,) = world.store.lease("me", world.now, world.now)

        assert (leased.validators, leased.digest) == (validators, "abc")
