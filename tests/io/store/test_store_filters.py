"""Rules: applied as entries come, again when more is known, tested without a trace."""

from datetime import UTC
from typing import TYPE_CHECKING, Any

from reader import query
from reader.model import Attribution, EntryRow
from reader.store.filters import Rule

if TYPE_CHECKING:
    from tests.io.store.conftest import World


def rule(world: "World", text: str, *marks: str, tags: tuple[str, ...] = ()) -> Rule:
    return Rule(query.parse(text, world.now, UTC), marks, tags)


def row(world: "World", entry: int) -> EntryRow:
    return world.store.rows([entry])[0]


def brought(world: "World", *rules: Rule, **fields: Any) -> int:
    """An entry that a poll brings while rules stand; its id."""
    from reader.store import Poll

    feed = world.feed()
    poll = Poll(feed.id, world.now, new=(world.polled("a", **fields),))
    return world.store.save_poll(poll, index=False, rules=rules).new_ids[0]


class TestAsTheyCome:
    def test_marked(self, world: "World") -> None:
        """
        What fits a rule has its marks and tags from the first moment on.
        """
        rules = (
            rule(world, "title:ferry", "read", "starred"),
            rule(world, "feed:relay", tags=("Sea", "#sea", "coast")),
            rule(world, "title:bus", "hidden"),
        )
        found = row(world, brought(world, *rules, title="A ferry leaves"))

        assert (found.read, found.starred, found.hidden) == (True, True, False)
        assert found.tags == ("coast", "Sea")

    def test_one_after_the_other(self, world: "World") -> None:
        """
        A rule sees what those before it have done.
        """
        first = rule(world, "title:ferry", tags=("sea",))
        entry = brought(world, first, rule(world, "#sea", "hidden"), title="Ferry")

        assert row(world, entry).hidden

    def test_nothing_to_undo(self, world: "World") -> None:
        """
        What a rule did is no action of the reader's.
        """
        brought(world, rule(world, "", "read"))

        assert world.store.undo(world.now) is None

    def test_counted(self, world: "World") -> None:
        """
        The counts of a feed follow what its rules do.
        """
        brought(world, rule(world, "", "read"))

        assert [feed.unread for feed in world.store.feeds()] == [0]

    def test_pattern_that_takes_too_long(self, world: "World") -> None:
        """
        A pattern without end costs its rule, not the poll, nor the other rules.
        """
        slow = rule(world, "/(a|aa)+$/", "hidden")
        entry = brought(world, slow, rule(world, "", "read"), title="a" * 60 + "!")

        assert row(world, entry).read
        assert not row(world, entry).hidden


class TestWhenMoreIsKnown:
    def learn(self, world: "World", entry: int, rules: tuple[Rule, ...]) -> None:
        verdict = world.resolved("https://rt.example/1")
        world.store.save_reading(
            entry, verdict, None, None, None, "", world.now, rules=rules
        )

    def test_publisher(self, world: "World") -> None:
        """
        A rule about a publisher applies once the publisher is established.
        """
        rules = (rule(world, "publisher:rt", "read"), rule(world, "resolved", "hidden"))
        entry = brought(world, *rules, attribution=Attribution("unchecked"))
        assert not row(world, entry).read
        self.learn(world, entry, rules)

        assert row(world, entry).read
        assert row(world, entry).hidden

    def test_not_twice(self, world: "World") -> None:
        """
        A mark that somebody took back is not put again by a rule that fitted before.
        """
        rules = (rule(world, "feed:relay", "read"),)
        entry = brought(world, *rules, attribution=Attribution("unchecked"))
        world.store.mark([entry], read=False, by="me", now=world.now)
        self.learn(world, entry, rules)

        assert not row(world, entry).read

    def test_another_verdict(self, world: "World") -> None:
        """
        So it is when rules of the resolver say something else about a stored entry.
        """
        rules = (rule(world, "stub", tags=("copied",)),)
        entry = brought(world, *rules)
        verdict = world.resolved("https://rt.example/1")
        world.store.save_verdict(entry, verdict, rules)

        assert row(world, entry).tags == ("copied",)


class TestOnRequest:
    def test_tested(self, world: "World") -> None:
        """
        A test tells what each rule would do after those before it, and changes nothing.
        """
        feed = world.feed()
        names = ("ferry one", "ferry two", "bus")
        world.save(feed, *(world.polled(name, title=name) for name in names))
        before = world.store.rows(world.found(""))
        rules = (
            rule(world, "title:ferry", "read", tags=("sea", "boats")),
            rule(world, "unread", "hidden"),
            rule(world, "/(a|aa)+$/", "hidden"),
        )
        seen, effects = world.store.filters.test(rules, 1000)

        assert seen == 3
        assert [len(effect.fits) for effect in effects] == [2, 1, 0]
        assert [dict(effect.marked) for effect in effects] == [
            {"read": 2, "tagged": 2},
            {"hidden": 1},
            {},
        ]
        assert world.store.rows(world.found("")) == before
        assert world.store.labels.tags() == ()

    def test_what_was_hidden(self, world: "World") -> None:
        """
        A test tells of entries that a rule has hidden already, and leaves them so.
        """
        entry = brought(world, rule(world, "title:ferry", "hidden"), title="Ferry")
        rules = (rule(world, "title:ferry", "hidden"),)
        _, effects = world.store.filters.test(rules, 10)

        assert (effects[0].fits, effects[0].marked) == ((entry,), {"hidden": 1})
        assert row(world, entry).hidden

    def test_newest_only(self, world: "World") -> None:
        """
        A test looks at the newest entries, as many as it is told.
        """
        feed = world.feed()
        world.save(feed, *(world.polled(str(n)) for n in range(5)))
        seen, effects = world.store.filters.test((rule(world, "", "read"),), 2)

        assert (seen, effects[0].marked) == (2, {"read": 2})

    def test_applied_and_undone(self, world: "World") -> None:
        """
        Applied to what is here, rules are one action, which undo takes back.
        """
        feed = world.feed()
        saved = world.save(feed, world.polled("ferry"), world.polled("bus"))
        world.store.mark(saved.new_ids[:1], read=True, by="me", now=world.now)
        rules = (rule(world, "", "read"), rule(world, "read", "read", tags=("all",)))
        action, effects = world.store.filters.apply(rules, "me", world.now)

        assert (action.count, effects[0].marked) == (2, {"read": 1})
        assert world.found("read tag:all") == list(saved.new_ids)
        world.store.undo(world.now)
        assert world.found("read") == [saved.new_ids[0]]
        assert world.found("tag:all") == []
