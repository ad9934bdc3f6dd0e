"""Moves written down and taken back, hosts held, and what a feed says kept."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from reader.errors import NotFoundError
from reader.model import Hints, Sighting

if TYPE_CHECKING:
    from tests.io.store.conftest import World

HOUR = timedelta(hours=1)
NEW = "https://new.example/feed"


class TestMove:
    def test_journal(self, world: "World") -> None:
        """
        A move changes the address and is written down with its reason.
        """
        feed = world.feed()
        saved = world.save(feed, url=NEW, reason="for good")
        (move,) = world.store.moves(feed.id)

        assert world.store.feed(feed.id).url == NEW
        assert (move.before, move.after, move.reason) == (feed.url, NEW, "for good")
        assert saved.moved == move

    def test_undo(self, world: "World") -> None:
        """
        Taken back, the old address is there again, and asked without old validators.
        """
        feed = world.feed()
        world.save(feed, url=NEW, digest="x")
        world.store.undo_move(feed.id, world.now)
        after = world.store.feed(feed.id)
        (move,) = world.store.moves()

        assert (after.url, after.digest, after.next_poll) == (feed.url, None, None)
        assert move.undone_at == world.now

    def test_nothing_to_undo(self, world: "World") -> None:
        """
        A feed that never moved has nothing to take back.
        """
        feed = world.feed()
        with pytest.raises(NotFoundError, match="has not moved"):
            world.store.undo_move(feed.id, world.now)

    def test_old_address_taken(self, world: "World") -> None:
        """
        The old address stays with the feed that has it now.
        """
        feed = world.feed()
        world.save(feed, url=NEW)
        world.feed()

        with pytest.raises(NotFoundError, match="another feed"):
            world.store.undo_move(feed.id, world.now)
        assert world.store.feed(feed.id).url == NEW

    def test_taken_by_another(self, world: "World") -> None:
        """
        Two feeds never get one address.
        """
        feed, other = world.feed(), world.feed("Other")
        saved = world.save(feed, url=other.url)

        assert saved.moved is None
        assert world.store.feed(feed.id).url == feed.url
        assert world.store.moves() == ()

    def test_of_removed_feeds(self, world: "World") -> None:
        """
        Moves go out of sight with their feed, and for good with it.
        """
        feed = world.feed()
        world.save(feed, url=NEW)
        world.store.hide_feeds((feed.id,), world.now)

        assert world.store.moves() == ()

        world.store.purge(world.now + timedelta(days=8))

        assert world.size("move") == 0


class TestHold:
    def test_held(self, world: "World") -> None:
        """
        A host is held until its time, and its feeds are not due before.
        """
        feed = world.feed()
        world.store.hold("relay.example", world.now + HOUR, (feed.id,))

        assert world.store.held(world.now) == {"relay.example": world.now + HOUR}
        assert world.store.held(world.now + HOUR) == {}
        assert world.store.feed(feed.id).next_poll == world.now + HOUR

    def test_a_clock_that_was_wrong(self, world: "World") -> None:
        """
        A hold from a clock a year ahead holds nobody.
        """
        world.store.hold("relay.example", world.now + timedelta(days=365), ())

        assert world.store.held(world.now) == {}

    def test_never_sooner(self, world: "World") -> None:
        """
        A feed that was due later stays due later.
        """
        feed = world.feed()
        world.save(feed, next_poll=world.now + 3 * HOUR)
        world.store.hold("relay.example", world.now + HOUR, (feed.id,))

        assert world.store.feed(feed.id).next_poll == world.now + 3 * HOUR


class TestPollState:
    def test_wishes(self, world: "World") -> None:
        """
        What a feed says about polling comes back as it was.
        """
        feed = world.feed()
        hints = Hints(5 * HOUR, frozenset({0, 23}), frozenset({0, 6}))
        moving = Sighting(NEW, world.now, ours=False)
        world.save(feed, hints=hints, fresh=2 * HOUR, moving=moving)
        after = world.store.feed(feed.id)

        assert (after.hints, after.fresh, after.moving) == (hints, 2 * HOUR, moving)

    def test_paused(self, world: "World") -> None:
        """
        A paused feed is leased only by its id.
        """
        feed = world.feed()
        world.save(feed, paused=world.now)
        until = world.now + HOUR

        assert world.store.lease("a", world.now, until) == ()
        assert world.store.lease("a", world.now, until, None, False) == ()
        (leased,) = world.store.lease("a", world.now, until, (feed.id,), False)
        assert leased.paused == world.now
