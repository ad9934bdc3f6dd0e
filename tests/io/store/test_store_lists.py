"""Lists, stories, counts: what they hold, in which order, and how it is found."""

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from reader import query
from reader.model import Attribution
from reader.query import Query
from reader.store import Store
from reader.store.lists import ORDER, where

if TYPE_CHECKING:
    from tests.io.store.conftest import World

HOUR = timedelta(hours=1)
STORY = "https://www.rt.example/ferry"


def original(url: str) -> Attribution:
    return Attribution("original", url, "RT")


class TestIds:
    def test_order(self, world: "World") -> None:
        """
        Newest first, or oldest; a limit takes from the front.
        """
        feed = world.feed()
        ages = (2, 0, 1)
        new = (world.polled(str(age), age=age * HOUR) for age in ages)
        second, newest, middle = world.save(feed, *new).new_ids

        assert world.found("") == [newest, middle, second]
        assert world.found("", order="oldest") == [second, middle, newest]
        assert world.found("", limit=2) == [newest, middle]

    def test_unread_first(self, world: "World") -> None:
        """
        What is read stands below what is not, each newest first.
        """
        feed = world.feed()
        new = (world.polled(str(age), age=age * HOUR) for age in range(4))
        first, second, third, fourth = world.save(feed, *new).new_ids
        world.store.mark([first, third], read=True, by="test", now=world.now)

        assert world.found("", order="unread") == [second, fourth, first, third]

    def test_by_feed_and_by_publisher(self, world: "World") -> None:
        """
        By name, accents and case folded; unresolved stubs go by their feed's.
        """
        relay, apple = world.feed("zeta Relay"), world.feed("Äpfel")
        by = (original("https://a.example/1"), Attribution("unresolved"))
        mine, lost = world.save(
            relay, world.polled("1", by[0]), world.polled("2", by[1], age=HOUR)
        ).new_ids
        other = world.entry("x", apple, attribution=Attribution("unchecked"))

        assert world.found("", order="feed") == [other, mine, lost]
        assert world.found("", order="publisher") == [other, mine, lost]

        theirs = Attribution("original", "https://b.example/2", "aa")
        world.store.save_verdict(lost, theirs)

        assert world.found("", order="publisher") == [lost, other, mine]

    def test_views(self, world: "World") -> None:
        """
        Each ready-made view holds what its name says.
        """
        coast, town = world.feed("Coast Times", "Coast"), world.feed("Town", "Towns")
        stub, lost, plain, old = world.save(
            coast,
            world.polled("stub", world.resolved(STORY)),
            world.polled("lost", Attribution("unresolved", checked_at=world.now)),
            world.polled("plain"),
            world.polled("old", age=30 * HOUR),
        ).new_ids
        other = world.entry("x", town, attribution=Attribution("unchecked"))
        world.store.mark([old], starred=True, by="test", now=world.now)
        world.store.mark([stub, lost], read=True, by="test", now=world.now)

        def held(wanted: Query) -> set[int]:
            return set(world.store.ids(wanted))

        assert held(query.ALL) == {stub, lost, plain, old, other}
        assert held(query.UNREAD) == {plain, old, other}
        assert held(query.STARRED) == {old}
        assert held(query.STUBS) == {stub, lost}
        assert held(query.UNRESOLVED) == {lost}
        assert held(query.today(world.now, UTC)) == {stub, lost, plain, other}
        assert held(query.of_feed(town.id)) == {other}
        assert held(query.of_folder("Coast")) == {stub, lost, plain, old}
        assert held(query.of_folder(None)) == set()
        assert held(query.all_of(query.of_folder("Coast"), query.UNREAD)) == {
            plain,
            old,
        }

    def test_folders_below(self, world: "World") -> None:
        """
        A folder holds what is in the folders below it, and only those.
        """
        inside = world.entry("a", world.feed("A", "News/Local"))
        world.entry("b", world.feed("B", "Newsroom"))

        assert world.found("folder:news") == [inside]


class TestStories:
    def test_one_of_each(self, world: "World") -> None:
        """
        A story is shown once, by its first-hand copy, however many feeds have it.
        """
        relay, rt, late = world.feed("Relay"), world.feed("RT"), world.feed("Late")
        world.entry("a", relay, attribution=world.resolved(STORY), age=HOUR)
        first = world.entry("b", rt, attribution=original(f"{STORY}/"))
        world.entry("c", late, attribution=world.resolved("http://rt.example/ferry"))
        alone = world.entry("d", late, attribution=original("https://late.example/d"))

        assert sorted(world.found("", stories=True)) == [first, alone]
        assert len(world.found("")) == 4

    def test_oldest_where_none_is_first_hand(self, world: "World") -> None:
        """
        Of copies only, the oldest speaks for the story; of those that fit the query.
        """
        relay, late = world.feed("Relay"), world.feed("Late")
        old = world.entry("a", relay, attribution=world.resolved(STORY), age=HOUR)
        new = world.entry("b", late, attribution=world.resolved(STORY))

        assert world.found("", stories=True) == [old]
        world.store.mark([old], read=True, by="test", now=world.now)
        assert world.found("unread", stories=True) == [new]

    def test_limit_counts_stories(self, world: "World") -> None:
        """
        A limit is of stories where stories are asked for.
        """
        feed = world.feed()
        for guid in ("a", "b"):
            world.entry(guid, feed, attribution=world.resolved(STORY))
        world.entry("c", feed, age=HOUR)

        assert len(world.found("", stories=True, limit=2)) == 2

    def test_front_page_is_no_story(self, world: "World") -> None:
        """
        Entries that only name a publisher's front page are not one story.
        """
        feed = world.feed()
        for guid in ("a", "b"):
            world.entry(guid, feed, attribution=world.resolved("https://rt.example/"))

        assert len(world.found("", stories=True)) == 2

    def test_verdict_found_later(self, world: "World") -> None:
        """
        Following a stub makes it a copy of the story that it led to.
        """
        relay, rt = world.feed("Relay"), world.feed("RT")
        stub = world.entry("a", relay, attribution=Attribution("unchecked"))
        first = world.entry("b", rt, attribution=original(STORY))
        assert len(world.found("", stories=True)) == 2

        verdict = world.resolved(STORY)
        world.store.save_reading(stub, verdict, None, None, None, "", world.now)

        assert world.found("", stories=True) == [first]
        assert sorted(world.store.copies([stub])) == [stub, first]


class TestRows:
    def test_in_the_order_asked(self, world: "World") -> None:
        """
        Rows come in the order of the ids; what is gone is left out.
        """
        feed = world.feed()
        one, two = world.save(feed, world.polled("a"), world.polled("b")).new_ids

        assert [row.id for row in world.store.rows([two, 99, one])] == [two, one]
        assert world.store.rows([]) == ()

    def test_also_in(self, world: "World") -> None:
        """
        A row names the other feeds with its story, oldest copy first, once each.
        """
        relay, rt, late = world.feed("Relay"), world.feed("RT"), world.feed("Late")
        first = world.entry("a", rt, attribution=original(STORY), age=3 * HOUR)
        world.entry("b", late, attribution=world.resolved(STORY))
        world.entry("b2", late, attribution=world.resolved(STORY))
        world.entry("c", relay, attribution=world.resolved(STORY), age=HOUR)

        assert world.store.rows([first])[0].also_in == ("Relay", "Late")
        world.store.hide_feeds([relay.id], world.now)
        assert world.store.rows([first])[0].also_in == ("Late",)

    def test_copies(self, world: "World") -> None:
        """
        A row knows its story's number and every other entry with it, oldest first.
        """
        relay, rt = world.feed("Relay"), world.feed("RT")
        first = world.entry("a", rt, attribution=original(STORY), age=3 * HOUR)
        late = world.entry("b", relay, attribution=world.resolved(STORY))
        again = world.entry("c", relay, attribution=world.resolved(STORY), age=HOUR)
        alone = world.entry("d", relay, attribution=Attribution("unresolved"))
        rows = world.store.rows([first, late, again, alone])

        assert [[copy.id for copy in row.copies] for row in rows] == [
            [again, late],
            [first, again],
            [first, late],
            [],
        ]
        assert rows[1].copies[0].feed == rt.ref
        assert rows[1].also_in == ("RT",)
        assert len({row.story for row in rows[:3]}) == 1
        assert rows[3].story is None

    def test_fields(self, world: "World") -> None:
        """
        A row holds what one line shows: feed, names, times and marks.
        """
        feed = world.feed()
        entry = world.entry("a", feed, authors=("Marta Velde", "Ole Tamm"), age=HOUR)
        world.store.mark([entry], starred=True, by="test", now=world.now)

        (row,) = world.store.rows([entry])

        assert row.feed == feed.ref
        assert row.authors == ("Marta Velde", "Ole Tamm")
        assert row.published == row.when == world.now - HOUR
        assert (row.read, row.starred) == (False, True)


class TestCounts:
    def test_agree_with_the_lists(self, world: "World") -> None:
        """
        Kept counts are what the lists hold, whatever was done in whatever order.
        """
        chance = random.Random(4)  # noqa: S311
        feeds = [world.feed(f"F{n}", chance.choice(["A", "B", None])) for n in range(5)]
        verdicts = (
            Attribution("unchecked"),
            original("https://rt.example/x"),
            world.resolved(STORY),
            Attribution("unresolved", checked_at=world.now),
        )
        for step in range(60):
            feed, guid = chance.choice(feeds), str(chance.randrange(12))
            verdict = chance.choice(verdicts)
            changed = world.polled(guid, verdict, age=chance.randrange(50) * HOUR)
            world.save(feed, changed, updated=(changed,))
            some = chance.sample(world.found(""), 1)
            marks = {chance.choice(["read", "starred"]): chance.random() < 0.5}
            world.store.mark(some, **marks, by="test", now=world.now)
            world.store.save_reading(some[0], verdict, None, None, None, "", world.now)
            if step % 20 == 19:
                world.store.expire(world.now, None, 4)
                world.store.undo(world.now)
        world.store.hide_feeds([feeds[0].id], world.now)

        counts = world.store.counts(world.now, UTC)

        for kept, text in (
            (counts.all, ""),
            (counts.unread, "unread"),
            (counts.today, "today"),
            (counts.starred, "starred"),
            (counts.stubs, "stubs"),
            (counts.unresolved, "unresolved"),
        ):
            assert (text, kept) == (text, len(world.found(text, stories=True)))
        for feed in feeds[1:]:
            unread = query.all_of(query.of_feed(feed.id), query.UNREAD)
            assert counts.feeds[feed.id] == world.store.count(unread)
            alone = counts.together({"here": [feed.id]})["here"]
            assert alone == len(world.store.ids(unread, stories=True))
        in_a = [feed.id for feed in world.store.feeds() if feed.folder == "A"]
        both = counts.together({"A": in_a, "all": counts.feeds})
        shown = len(world.found("folder:a unread", stories=True))
        assert both == {"A": shown, "all": counts.unread}


class TestToDo:
    def test_newest_first(self, world: "World") -> None:
        """
        What is to be followed comes newest first, bounded, of the feeds asked for.
        """
        one, two = world.feed("One"), world.feed("Two")
        first = world.entry("a", one, attribution=Attribution("unchecked"), age=HOUR)
        second = world.entry("b", two, attribution=Attribution("unchecked"))
        plain = world.entry("c", two, age=2 * HOUR)
        world.entry("d", two, attribution=world.resolved(STORY))

        assert world.store.unchecked(9) == (second, first)
        assert world.store.unchecked(1) == (second,)
        assert world.store.unchecked(9, [one.id]) == (first,)
        assert world.store.unlooked(9) == (second, first, plain)
        assert world.store.unlooked(9, []) == ()

    def test_feeds_that_have_it_their_way(self, world: "World") -> None:
        """
        All of a feed that is always followed, nothing of one that never is.
        """
        eager, quiet = world.feed("Eager"), world.feed("Quiet")
        plain = world.entry("a", eager)
        world.entry("b", quiet, attribution=Attribution("unchecked"))
        world.store.update_feed(eager.id, follow="always")
        world.store.update_feed(quiet.id, follow="never")

        assert world.store.unchecked(9) == (plain,)
        assert world.store.unlooked(9) == (plain,)

    def test_ahead(self, world: "World") -> None:
        """
        Ahead is fetched what is unread and was not looked at, the newest first.
        """
        first, second, read = (world.entry(name) for name in "abc")
        checked = Attribution("original", checked_at=world.now)
        world.entry("d", attribution=checked)
        world.store.mark([read], read=True, by="reader", now=world.now)

        assert set(world.store.ahead(9)) == {first, second}
        assert len(world.store.ahead(1)) == 1
        assert world.store.ahead(9, []) == ()

    def test_failures_are_left_alone(self, world: "World") -> None:
        """
        What failed comes again when it is due, and not before.
        """
        waiting = Attribution("unchecked")
        entry = world.entry("a", attribution=waiting)
        due = world.now + HOUR
        world.store.save_reading(
            entry, waiting, None, None, "no", "", world.now, 2, due
        )
        kept = world.store.stored(entry)

        assert (kept.tries, kept.retry_at) == (2, due)
        assert world.store.unchecked(9, None, world.now) == ()
        assert world.store.unlooked(9, None, world.now) == ()
        assert world.store.unchecked(9, None, due) == (entry,)


class TestPlans:
    @pytest.mark.parametrize(
        ("wanted", "index"),
        [
            (query.ALL, "state_newest"),
            (query.UNREAD, "state_unread"),
            (query.STARRED, "state_starred"),
            (query.STUBS, "state_stubs"),
            (query.UNRESOLVED, "state_unresolved"),
            (query.today(datetime(2026, 3, 4, tzinfo=UTC), UTC), "state_newest"),
            (query.of_feed(1), "state_feed"),
            (query.all_of(query.of_feed(1), query.UNREAD), "state_feed_unread"),
        ],
        ids=[
            "all",
            "unread",
            "starred",
            "stubs",
            "unresolved",
            "today",
            "feed",
            "both",
        ],
    )
    def test_list_is_read_off_an_index(
        self, world: "World", wanted: Query, index: str
    ) -> None:
        """
        A view is its index read in order: no table is scanned and nothing is sorted.
        """
        sql, values = where(world.connection, wanted).whole
        plan = _plan(
            world,
            f"SELECT s.entry_id FROM state s WHERE {sql} ORDER BY {ORDER['newest']}",  # noqa: S608
            values,
        )

        assert f"USING COVERING INDEX {index}" in plan
        assert "TEMP B-TREE" not in plan

    def test_counts_scan_no_entries(self, world: "World") -> None:
        """
        Counts read a row a feed, today's part of an index, and what is told twice.
        """
        seen: list[str] = []
        world.connection.set_trace_callback(seen.append)
        world.store.counts(world.now, UTC)
        world.connection.set_trace_callback(None)
        plans = [_plan(world, sql, ()) for sql in seen if sql.startswith("SELECT")]

        assert len(plans) >= 2
        assert not any("SCAN s" in plan or "SCAN entry" in plan for plan in plans)
        told_twice = "SEARCH state USING COVERING INDEX state_shared (shared=?)"
        assert sum(told_twice in plan for plan in plans) == 2


def _plan(world: "World", sql: str, values: tuple[int | str, ...]) -> str:
    rows = world.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
    return "\n".join(row[3] for row in rows)


class TestDataVersion:
    def test_others_are_noticed(self, world: "World") -> None:
        """
        The number changes when another program has written, and only then.
        """
        other = Store(world.path)
        before = world.store.data_version()
        assert world.store.data_version() == before

        other.add_feed("https://x.example/feed", "X", None, None, world.now)
        other.close()

        assert world.store.data_version() != before


class TestSettings:
    def test_round_trip(self, world: "World") -> None:
        """
        The screen's own state is kept under its name, the last value wins.
        """
        assert world.store.get_setting("view") is None
        world.store.set_setting("view", "unread")
        world.store.set_setting("view", "starred")

        assert world.store.get_setting("view") == "starred"


class TestUntitled:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Fog at the pier. Then sun.\nMore", "Fog at the pier."),
            ("\n  A short note without an end\n", "A short note without an end"),
            ("Mr. Ode waits. So do we.", "Mr. Ode waits."),
            ("今日は霧です。船は出ません。", "今日は霧です。船は出ません。"),
            ("word " * 40, f"{'word ' * 15}word…"),
            ("字" * 200, f"{'字' * 79}…"),
            ("", ""),
        ],
        ids=["sentence", "line", "short", "no spaces", "words", "no words", "nothing"],
    )
    def test_first_words(self, world: "World", text: str, words: str) -> None:
        """
        A row whose feed gave no title has the first words of its text.
        """
        entry = world.entry(title="", text=text)
        (row,) = world.store.rows((entry,))

        assert (row.title, row.begins, row.name) == ("", words, words)

    def test_a_title_is_enough(self, world: "World") -> None:
        """
        Where there is a title no text is looked at.
        """
        (row,) = world.store.rows((world.entry(text="Something else."),))

        assert (row.name, row.begins) == ("Title of a", "")
