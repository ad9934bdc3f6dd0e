"""Tags and hidden entries: put, undone, found, kept, counted."""

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from reader import query
from reader.store import Poll
from reader.store.tags import TagCount

if TYPE_CHECKING:
    from tests.io.store.conftest import World


def tag(
    world: "World", ids: list[int], *names: str, remove: tuple[str, ...] = ()
) -> None:
    world.store.labels.tag(ids, add=names, remove=remove, by="me", now=world.now)


def hide(world: "World", *ids: int) -> None:
    world.store.labels.hide(ids, hidden=True, by="me", now=world.now)


def tags(world: "World", entry: int) -> tuple[str, ...]:
    return world.store.rows([entry])[0].tags


class TestTags:
    def test_put_and_taken(self, world: "World") -> None:
        """
        An entry has the tags that it was given, less those taken, by name.
        """
        entry = world.entry()
        tag(world, [entry], "Sea", "coast")
        tag(world, [entry], "coast", "boats", remove=("SEA",))

        assert tags(world, entry) == ("boats", "coast")
        counted = (TagCount("boats", 1, 1, 1, 1), TagCount("coast", 1, 1, 1, 1))
        assert world.store.labels.tags() == counted

    def test_counted_as_their_lists(self, world: "World") -> None:
        """
        Beside a tag and a publisher stands what their lists hold: stories, and the
        unread ones of them; a tag's list has what its feeds call so, too.
        """
        relay, other = world.feed("Relay"), world.feed("Other")
        shared = world.resolved("https://rt.example/story")
        one = world.entry("a", relay, attribution=shared)
        two = world.entry("b", other, attribution=shared)
        three = world.entry(
            "c", other, attribution=world.resolved("https://rt.example/2")
        )
        world.entry("d", other, categories=("Sea",))
        tag(world, [one, two, three], "sea")
        world.store.mark([one, three], read=True, by="me", now=world.now)
        world.store.catch_up()

        (sea,) = world.store.labels.tags()
        assert (sea.entries, sea.unread) == (4, 2)
        listed = [len(world.found(q, stories=True)) for q in ("#sea", "#sea unread")]
        assert [sea.stories, sea.unread_stories] == listed == [3, 2]
        counted = {each.name: each for each in world.store.labels.publishers()}
        rt = counted["RT"]
        assert (rt.entries, rt.stories, rt.unread, rt.unread_stories) == (3, 2, 1, 1)

    def test_undone_and_redone(self, world: "World") -> None:
        """
        Undo takes back what the action did, and nothing that was so before.
        """
        feed = world.feed()
        saved = world.save(feed, world.polled("a"), world.polled("b"))
        one, two = saved.new_ids
        tag(world, [one], "sea")
        tag(world, [one, two], "sea", remove=("none",))

        undone = world.store.undo(world.now)
        assert undone is not None
        assert (undone.count, tags(world, one), tags(world, two)) == (1, ("sea",), ())
        world.store.redo(world.now)
        assert tags(world, two) == ("sea",)

    def test_kept_on_update(self, world: "World") -> None:
        """
        A poll that changes an entry leaves its tags, and whether it is hidden.
        """
        feed = world.feed()
        entry = world.entry("a", feed)
        tag(world, [entry], "sea")
        hide(world, entry)
        world.save(feed, updated=(world.polled("a", title="Other"),))
        row = world.store.rows([entry])[0]

        assert (row.title, row.tags, row.hidden) == ("Other", ("sea",), True)

    def test_kept_from_expiry(self, world: "World") -> None:
        """
        What has a tag does not expire, as what has a star does not.
        """
        feed = world.feed()
        saved = world.save(feed, *(world.polled(name) for name in "abc"))
        tag(world, [saved.new_ids[0]], "keep")
        world.store.mark([saved.new_ids[1]], starred=True, by="me", now=world.now)
        gone = world.store.expire(world.now + timedelta(days=9), 1, None)

        assert gone == 1
        assert set(world.found("")) == set(saved.new_ids[:2])

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("tag:sea", "a"),
            ("#SEA", "a"),
            ("#se*", "a"),
            ("#se", ""),
            ("tag:ferries", "b"),
            ("tag:coastal", "c"),
            ("-tag:sea -tag:ferries", "c"),
            ("tag:sea or tag:coastal", "ac"),
        ],
    )
    def test_found(self, world: "World", text: str, found: str) -> None:
        """
        A tag is the reader's own, a category of the entry or a tag of its feed.
        """
        relay, other = world.feed("Relay"), world.feed("Other")
        plain, filed = world.polled("a"), world.polled("b", categories=("Ferries",))
        saved = world.save(relay, plain, filed)
        named = world.save(other, world.polled("c"))
        tag(world, [saved.new_ids[0]], "Sea")
        world.store.wishes.tag(other.id, ("coastal", "#x"))
        names = dict(zip((*saved.new_ids, *named.new_ids), "abc", strict=True))

        assert {names[one] for one in world.found(text)} == set(found)


class TestHidden:
    def test_in_no_list_but_its_own(self, world: "World") -> None:
        """
        A hidden entry is in no list, search or count that does not ask for it.
        """
        feed = world.feed()
        saved = world.save(feed, *(world.polled(name, text="ferry") for name in "ab"))
        hide(world, saved.new_ids[0])

        for text in ("", "unread", "today", "ferry", "-hidden"):
            assert world.found(text) == [saved.new_ids[1]], text
            assert world.ranked(text) == [saved.new_ids[1]], text
        assert world.found("hidden ferry") == [saved.new_ids[0]]
        counts = world.store.counts(world.now, UTC)
        assert (counts.all, counts.unread, counts.today) == (1, 1, 1)
        assert world.store.feed(feed.id).unread == 1

    def test_undone(self, world: "World") -> None:
        """
        What was hidden is back in its lists and counts when that is undone.
        """
        entry = world.entry()
        hide(world, entry)
        world.store.mark([entry], read=True, by="me", now=world.now)
        world.store.undo(world.now)
        world.store.undo(world.now)

        assert world.found("unread") == [entry]
        assert world.store.counts(world.now, UTC).unread == 1

    def test_not_followed(self, world: "World") -> None:
        """
        Nobody is asked on the web about what is hidden.
        """
        from reader.model import Attribution

        entry = world.entry(attribution=Attribution("unchecked"))
        assert world.store.unchecked(10) == (entry,)
        hide(world, entry)

        assert world.store.unchecked(10) == ()

    def test_no_row_is_read_for_it(self, world: "World") -> None:
        """
        Leaving out what is hidden takes an index, and the list's own index stays.
        """
        from reader.store.compile import compiled

        where = compiled(query.UNREAD, (), some_hidden=True)
        plan = world.connection.execute(
            "EXPLAIN QUERY PLAN SELECT s.entry_id FROM state s"  # noqa: S608
            f" WHERE {where.sql}"
            " ORDER BY s.at DESC, s.feed_id DESC, s.entry_id DESC"
        )
        told = " ".join(row[3] for row in plan)

        assert "COVERING INDEX state_unread" in told
        assert "COVERING INDEX state_hidden" in told


class TestEnclosures:
    def test_in_rows(self, world: "World") -> None:
        """
        The files that come with an entry are told in lists, after an update, too.
        """
        from reader.model import Enclosure

        feed = world.feed()
        file = Enclosure("https://relay.example/1.mp3", "audio/mpeg", 7)
        entry = world.entry("a", feed, enclosures=(file,))
        assert world.store.rows([entry])[0].enclosures == (file,)
        assert world.store.entry(entry).enclosures == (file,)
        world.store.save_poll(
            Poll(feed.id, world.now, updated=(world.polled("a", title="Other"),))
        )

        assert world.store.rows([entry])[0].enclosures == ()
