"""What polls bring: kept whole or not at all, and never over what the reader did."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from reader.errors import NotFoundError, StoreError
from reader.model import (
    Article,
    Attribution,
    Enclosure,
    Entry,
    Guess,
    Hop,
    Link,
    Reason,
    Refusal,
    Validators,
)
from reader.store import Polled, Saved

if TYPE_CHECKING:
    from tests.io.store.conftest import World

HOUR = timedelta(hours=1)


class TestSavePoll:
    def test_entry_round_trip(self, world: "World") -> None:
        """
        An entry comes back with every field as the feed gave it.
        """
        entry = Entry(
            url="https://relay.example/ferry",
            title="Fähre 港 🚢 “sold”",
            guid="tag:relay.example,2026:1",
            authors=("Marta Velde", "Ole Tamm"),
            published=world.now - HOUR,
            updated=world.now,
            summary="<p>Two buyers &amp; one hull.</p>",
            content="<p>The ferry</p>\n<p>has not moved.</p>",
            language="en",
            categories=("Sea", "Old News"),
            links=(Link("via", "https://rt.example/", "RT"),),
            enclosures=(Enclosure("https://relay.example/a.mp3", "audio/mpeg", 9),),
        )
        feed = world.feed()

        saved = world.save(feed, Polled(entry, "print", Attribution("unchecked"), "x"))

        assert world.store.entry(saved.new_ids[0]) == replace(entry, id=1)
        assert world.store.known(feed.id) == {entry.guid: "print"}

    def test_attribution_round_trip(self, world: "World") -> None:
        """
        A verdict comes back whole, its trail, guess and reasons included.
        """
        verdict = Attribution(
            status="unresolved",
            publisher="RT",
            authors=("A", "B"),
            published=world.now,
            confidence=0.41,
            reachable=False,
            http_status=404,
            trail=(
                Hop("https://a.example/", "https://b.example/", "form", "q", 1, 0.5),
            ),
            guess=Guess("https://b.example/", "RT", 0.41, (Reason("dated", False),)),
            reasons=(Reason("named in the stub"), Reason("no link", False)),
            refused=(Refusal("https://c.example/", "a home page"),),
            ended="a login page",
            problem="is gone (HTTP 404)",
            pages=3,
            checked_at=world.now,
        )

        entry = world.entry(attribution=verdict)

        assert world.store.rows([entry])[0].attribution == verdict

    def test_poll_state(self, world: "World") -> None:
        """
        What a poll learnt about the feed itself is there for the next.
        """
        feed = world.feed("Relay", "Coast")
        world.save(
            feed,
            next_poll=world.now + HOUR,
            validators=Validators('"1"', "yesterday"),
            digest="abc",
            title="Daily Relay",
            site_url="https://www.relay.example/",
        )

        after = world.store.feed(feed.id)

        assert after == replace(
            feed,
            title="Daily Relay",
            site_url="https://www.relay.example/",
            last_poll=world.now,
            last_success=world.now,
            next_poll=world.now + HOUR,
            validators=Validators('"1"', "yesterday"),
            digest="abc",
        )

    def test_failure_keeps_what_was_there(self, world: "World") -> None:
        """
        A poll that failed leaves title, entries and the last success as they were.
        """
        feed = world.feed()
        entry = world.entry(feed=feed)
        later = world.now + HOUR
        world.save(feed, at=later, error="the server hung up", failures=3)

        after = world.store.feed(feed.id)

        assert (after.error, after.failures) == ("the server hung up", 3)
        assert (after.last_poll, after.last_success) == (later, world.now)
        assert (after.title, after.entries) == ("Relay", 1)
        assert world.found("") == [entry]

    def test_order_of_one_poll(self, world: "World") -> None:
        """
        Ids come in the feed's order, and undated entries are listed in it.
        """
        guids = ("first", "second", "third")
        new = (world.polled(guid, published=None) for guid in guids)

        saved = world.save(world.feed(), *new)

        assert world.titles(saved.new_ids) == [f"Title of {guid}" for guid in guids]
        assert world.found("") == list(saved.new_ids)

    def test_when(self, world: "World") -> None:
        """
        An entry is of when it was published, or first seen where that is later.
        """
        feed = world.feed()
        past, future, unknown = world.save(
            feed,
            world.polled("a", published=world.now - HOUR),
            world.polled("b", published=world.now + HOUR),
            world.polled("c", published=None),
        ).new_ids
        world.save(
            feed, at=world.now + 9 * HOUR, updated=(world.polled("c", title="x"),)
        )

        times = [row.when for row in world.store.rows([past, future, unknown])]

        assert times == [world.now - HOUR, world.now, world.now]

    def test_update_keeps_marks_and_verdict(self, world: "World") -> None:
        """
        A changed entry stays read, starred and attributed; its words are the new ones.
        """
        feed = world.feed()
        verdict = world.resolved("https://rt.example/1")
        entry = world.entry("a", feed, attribution=verdict, text="the old hull")
        world.store.mark([entry], read=True, starred=True, by="test", now=world.now)
        article = Article("# Hull", title="Hull")
        world.store.save_reading(entry, verdict, article, None, None, "", world.now)
        changed = world.polled("a", Attribution("unchecked"), "a ferry", title="New")

        saved = world.save(feed, updated=(replace(changed, fingerprint="2"),))
        stored = world.store.stored(entry)

        assert saved == Saved(updated=(entry,))
        assert (stored.row.read, stored.row.starred) == (True, True)
        assert (stored.row.title, stored.row.attribution) == ("New", verdict)
        assert stored.article == article
        assert world.store.known(feed.id) == {"a": "2"}
        assert (world.found("hull"), world.found("ferry")) == ([], [entry])

    def test_update_that_leads_elsewhere(self, world: "World") -> None:
        """
        An entry with a new address is looked at afresh; marks and what was read stay.
        """
        feed = world.feed()
        verdict = world.resolved("https://rt.example/1")
        entry = world.entry("a", feed, attribution=verdict)
        world.store.mark([entry], starred=True, by="test", now=world.now)
        article = Article("the pirate", title="x")
        world.store.save_reading(
            entry, verdict, article, None, None, "the pirate", world.now
        )
        moved = world.polled("a", Attribution("unchecked"), url="https://n.example/")

        world.save(feed, updated=(moved,))
        stored = world.store.stored(entry)

        assert stored.row.attribution == Attribution("unchecked")
        assert (stored.article, stored.row.starred) == (article, True)
        assert stored.retry_at == world.now

    def test_update_of_a_query(self, world: "World") -> None:
        """
        A tracker that changes in an entry's address changes nothing else.
        """
        feed = world.feed()
        verdict = world.resolved("https://rt.example/1")
        entry = world.entry(
            "a", feed, attribution=verdict, url="https://n.example/?u=a"
        )
        world.store.save_reading(
            entry, verdict, Article("text"), None, None, "text", world.now
        )
        moved = world.polled(
            "a", Attribution("unchecked"), url="https://n.example/?u=b"
        )
        world.save(feed, updated=(moved,))
        stored = world.store.stored(entry)

        assert stored.row.attribution == verdict
        assert stored.retry_at is None
        assert world.found("pirate") == []

    def test_update_of_what_was_never_fetched(self, world: "World") -> None:
        """
        A verdict that was only a first look gives way to a second.
        """
        feed = world.feed()
        entry = world.entry("a", feed, attribution=Attribution("original"))

        world.save(feed, updated=(world.polled("a", Attribution("unchecked")),))

        assert world.found("unchecked") == [entry]

    def test_known_guid_among_the_new(self, world: "World") -> None:
        """
        An entry that is here is never kept twice, though a feed repeats itself.
        """
        feed = world.feed()
        entry = world.entry("a", feed)

        saved = world.save(
            feed, world.polled("b"), world.polled("b"), world.polled("a", title="New")
        )

        assert (len(saved.new_ids), entry in saved.updated) == (1, True)
        assert len(world.found("")) == 2
        assert world.titles([entry]) == ["New"]

    def test_moved(self, world: "World") -> None:
        """
        A feed takes its new address, unless another subscription has it.
        """
        feed, other = world.feed("Relay"), world.feed("Other")

        world.save(feed, url="https://new.example/feed")
        world.save(other, url="https://new.example/feed")

        assert world.store.feed(feed.id).url == "https://new.example/feed"
        assert world.store.feed(other.id).url == "https://other.example/feed"

    def test_feed_gone(self, world: "World") -> None:
        """
        A poll that comes back to a feed that was purged says so.
        """
        feed = world.feed()
        world.store.hide_feeds([feed.id], world.now - timedelta(days=8))
        world.store.purge(world.now)

        with pytest.raises(NotFoundError):
            world.save(feed, world.polled("a"))

    def test_trouble_is_over_when_told(self, world: "World") -> None:
        """
        After a poll that could not be kept the next one is, and only that.
        """
        feed = world.feed()
        nameless = replace(world.polled("a"), fingerprint=None)  # type: ignore[arg-type]
        with pytest.raises(sqlite3.IntegrityError):
            world.save(feed, world.polled("b"), nameless, title="Changed")

        world.save(feed, world.polled("c"))

        assert world.titles(world.found("")) == ["Title of c"]
        assert world.store.feed(feed.id).title == "Relay"

    def test_all_or_nothing(self, world: "World") -> None:
        """
        A disk that fills in the middle of a poll leaves the feed as it was before.
        """
        feed = world.feed()
        before = world.entry("a", feed)
        pages = world.connection.execute("PRAGMA page_count").fetchone()[0]
        world.connection.execute(f"PRAGMA max_page_count = {pages + 4}")
        large = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(60_000))
        new = (world.polled("b"), world.polled("c", content=large, text=large))

        with pytest.raises(StoreError, match="the disk is full"):
            world.save(feed, *new, title="Changed", digest="new")
        world.connection.execute("PRAGMA max_page_count = 1000000")
        after = world.store.feed(feed.id)

        assert (after.title, after.digest, after.entries) == ("Relay", None, 1)
        assert world.found("") == [before]
        assert world.store.check() is None
        assert world.index_is_sound()
        assert len(world.save(feed, *new).new_ids) == 2


class TestTombstones:
    def test_expired_stays_away(self, world: "World") -> None:
        """
        What has expired is known, and does not come back while the feed lists it.
        """
        feed = world.feed()
        world.save(feed, world.polled("old", age=3 * HOUR), world.polled("new"))

        gone = world.store.expire(world.now, None, 1)
        again = world.save(feed, world.polled("old"), updated=(world.polled("old"),))

        assert gone == 1
        assert again == Saved()
        assert world.store.known(feed.id) == {"old": "print-old", "new": "print-new"}
        assert world.titles(world.found("")) == ["Title of new"]
        assert world.index_is_sound()

    def test_dropped_when_listed_no_more(self, world: "World") -> None:
        """
        A tombstone goes with the feed's own mention of the entry.
        """
        feed = world.feed()
        world.save(feed, world.polled("a", age=HOUR), world.polled("b"))
        world.store.expire(world.now, None, 0)

        world.save(feed, listed=frozenset({"b"}))

        assert world.store.known(feed.id) == {"b": "print-b"}


class TestExpire:
    def test_what_stays(self, world: "World") -> None:
        """
        Old entries go, and those beyond the newest; starred ones stay for ever.
        """
        feed, other = world.feed("A"), world.feed("B")
        month = timedelta(days=30)
        world.save(
            feed, world.polled("old"), world.polled("loved"), at=world.now - month
        )
        ages = (("1", 1), ("2", 2), ("3", 3))
        world.save(feed, *(world.polled(guid, age=age * HOUR) for guid, age in ages))
        world.save(other, world.polled("only", age=90 * month))
        loved = next(iter(world.found("title:loved")))
        world.store.mark([loved], starred=True, by="test", now=world.now)

        gone = world.store.expire(world.now, 29, 4)

        assert gone == 1
        assert sorted(world.titles(world.found(""))) == [
            "Title of 1",
            "Title of 2",
            "Title of 3",
            "Title of loved",
            "Title of only",
        ]

    def test_gives_room_back(self, world: "World") -> None:
        """
        The file is smaller after many entries have gone.
        """
        feed = world.feed()
        words = " ".join(f"w{n * 7919 % 100_003}" for n in range(3_000))
        world.save(feed, *(world.polled(str(n), content=words) for n in range(60)))
        world.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = world.path.stat().st_size

        world.store.expire(world.now, None, 1)
        world.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        assert world.path.stat().st_size < before / 2
