"""Marks, what is fetched, and undo: nothing the reader did is lost or overrun."""

from typing import TYPE_CHECKING

import pytest

from reader.errors import NotFoundError
from reader.model import Article, Attribution
from reader.store import Store, journal

if TYPE_CHECKING:
    from tests.io.store.conftest import World

STORY = "https://rt.example/1"


def marks(world: "World", *ids: int) -> list[tuple[bool, bool]]:
    return [(row.read, row.starred) for row in world.store.rows(ids)]


class TestMark:
    def test_counts_only_changes(self, world: "World") -> None:
        """
        What is so already is no part of the action, and alone it is none.
        """
        feed = world.feed()
        a, b = world.save(feed, world.polled("a"), world.polled("b")).new_ids

        first = world.store.mark([a], read=True, by="me", now=world.now)
        both = world.store.mark([a, b, 99], read=True, by="me", now=world.now)
        none = world.store.mark([a, b], read=True, by="me", now=world.now)

        assert [action.count for action in (first, both, none)] == [1, 1, 0]
        assert (both.what, both.by, both.at) == ("read", "me", world.now)
        assert none.id == 0
        assert marks(world, a, b) == [(True, False), (True, False)]

    def test_two_at_once(self, world: "World") -> None:
        """
        Read and starred are set in one action and undone in one.
        """
        entry = world.entry()

        action = world.store.mark(
            [entry], read=True, starred=True, by="me", now=world.now
        )
        assert (action.what, action.count) == ("read and starred", 1)
        assert marks(world, entry) == [(True, True)]
        world.store.undo(world.now)

        assert marks(world, entry) == [(False, False)]

    def test_survives(self, world: "World") -> None:
        """
        A mark is on disk when the call returns.
        """
        entry = world.entry()
        world.store.mark([entry], starred=True, by="me", now=world.now)

        other = Store(world.path)
        row = other.rows([entry])[0]
        other.close()

        assert row.starred


class TestUndo:
    def test_back_and_forth(self, world: "World") -> None:
        """
        Actions are taken back last first, and done again first first.
        """
        entry = world.entry()
        world.store.mark([entry], read=True, by="me", now=world.now)
        world.store.mark([entry], starred=True, by="me", now=world.now)

        seen = []
        for step in (world.store.undo, world.store.undo, world.store.undo):
            action = step(world.now)
            seen.append((action.what if action else None, *marks(world, entry)[0]))
        for step in (world.store.redo, world.store.redo, world.store.redo):
            action = step(world.now)
            seen.append((action.what if action else None, *marks(world, entry)[0]))

        assert seen == [
            ("starred", True, False),
            ("read", False, False),
            (None, False, False),
            ("read", True, False),
            ("starred", True, True),
            (None, True, True),
        ]

    def test_restores_only_what_still_holds(self, world: "World") -> None:
        """
        What somebody has changed since stays as they left it.
        """
        feed = world.feed()
        a, b = world.save(feed, world.polled("a"), world.polled("b")).new_ids
        world.store.mark([a, b], read=True, by="me", now=world.now)
        world.connection.execute("UPDATE state SET read = 0 WHERE entry_id = ?", (a,))
        world.store.mark([a], starred=True, by="me", now=world.now)
        world.store.undo(world.now)

        action = world.store.undo(world.now)

        assert action is not None
        assert (action.what, action.count) == ("read", 1)
        assert marks(world, a, b) == [(False, False), (False, False)]

    def test_new_action_ends_redo(self, world: "World") -> None:
        """
        After something new was done, what was taken back is not done again.
        """
        entry = world.entry()
        world.store.mark([entry], read=True, by="me", now=world.now)
        world.store.undo(world.now)
        world.store.mark([entry], starred=True, by="me", now=world.now)

        assert world.store.redo(world.now) is None
        assert marks(world, entry) == [(False, True)]

    def test_new_action_ends_redo_for_good(self, world: "World") -> None:
        """
        What was taken back before something new stays so when that is taken back, too.
        """
        entry, feed = world.entry(), world.feed("https://second.example/feed")
        world.store.hide_feeds([feed.id], world.now)
        world.store.undo(world.now)
        world.store.mark([entry], starred=True, by="me", now=world.now)
        world.store.undo(world.now)

        again = [world.store.redo(world.now), world.store.redo(world.now)]

        assert [action and action.what for action in again] == ["starred", None]
        assert feed.id in [one.id for one in world.store.feeds()]

    def test_what_changes_nothing_ends_no_redo(self, world: "World") -> None:
        """
        A mark that is there already is no action; what was taken back can be redone.
        """
        entry = world.entry()
        world.store.mark([entry], read=True, by="me", now=world.now)
        world.store.undo(world.now)
        world.store.mark([entry], read=False, by="me", now=world.now)

        assert world.store.redo(world.now) is not None

    def test_many(self, world: "World") -> None:
        """
        A whole view is marked and had back in one action.
        """
        saved = world.save(world.feed(), *(world.polled(str(n)) for n in range(2_000)))
        world.store.mark(saved.new_ids, read=True, by="me", now=world.now)

        action = world.store.undo(world.now)

        assert action is not None
        assert action.count == 2_000
        assert world.found("read") == []

    def test_journal_is_bounded(
        self, world: "World", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Only so many actions are remembered, the last ones.
        """
        monkeypatch.setattr(journal, "KEPT_ACTIONS", 3)
        entry = world.entry()
        for turn in range(8):
            world.store.mark([entry], read=turn % 2 == 0, by="me", now=world.now)

        undone = [world.store.undo(world.now) for _ in range(4)]

        assert [action is not None for action in undone] == [True, True, True, False]
        assert world.size("change") == 3


class TestSaveReading:
    def test_round_trip(self, world: "World") -> None:
        """
        Verdict, article, the republisher's copy and the problem come back as given.
        """
        entry = world.entry(attribution=Attribution("unchecked"))
        verdict = world.resolved(STORY, confidence=0.97)
        article = Article(
            "# A\n\n[ferry](https://rt.example)",
            STORY,
            "Ferry",
            ("Marta Velde",),
            "RT",
            world.now,
            world.now,
            "en",
            "https://rt.example/a.png",
        )
        copy = Article("copy", title="Copy")
        before = world.store.stored(entry)

        world.store.save_reading(
            entry, verdict, article, copy, "It is cut.", "ferry", world.now
        )
        stored = world.store.stored(entry)

        assert (before.fetched, before.article, before.problem) == (False, None, None)
        assert stored.row.attribution == verdict
        assert (stored.article, stored.copy) == (article, copy)
        assert (stored.problem, stored.fetched) == ("It is cut.", True)

    def test_nothing_found(self, world: "World") -> None:
        """
        That nothing was found is kept, too: it need not be looked for again.
        """
        entry = world.entry(attribution=Attribution("unchecked"))
        verdict = Attribution("unresolved", ended="a login page", checked_at=world.now)

        world.store.save_reading(
            entry, verdict, None, None, "It asks for a login.", "", world.now
        )
        stored = world.store.stored(entry)

        assert (stored.article, stored.fetched) == (None, True)
        assert stored.problem == "It asks for a login."
        assert world.store.unlooked(9) == ()

    def test_article_outlives_a_bad_day(self, world: "World") -> None:
        """
        An article that could not be had again stays, and is found, while the verdict
        is the same; under another verdict it goes.
        """
        entry = world.entry(attribution=Attribution("unchecked"))
        article, verdict = Article("the pirate"), world.resolved(STORY)
        world.store.save_reading(
            entry, verdict, article, article, None, "the pirate", world.now
        )

        world.store.save_reading(entry, verdict, None, None, "Slow.", "", world.now)
        kept = world.store.stored(entry)
        assert (kept.article, kept.copy, kept.problem) == (article, article, "Slow.")
        assert world.found("pirate") == [entry]
        other = world.resolved("https://rt.example/2")
        world.store.save_reading(entry, other, None, None, "Slow.", "", world.now)

        assert world.store.stored(entry).article is None
        assert world.found("pirate") == []

    def test_missing(self, world: "World") -> None:
        """
        There is nothing to keep for an entry that has gone.
        """
        with pytest.raises(NotFoundError, match="7: no such entry"):
            world.store.save_reading(
                7, Attribution("original"), None, None, None, "", world.now
            )
        with pytest.raises(NotFoundError, match="7: no such entry"):
            world.store.stored(7)


class TestCandidates:
    def test_of_the_publisher_only(self, world: "World") -> None:
        """
        Entries of the publisher's own feeds with words of the title, most first.
        """
        relay, rt = world.feed("Relay"), world.feed("RT")
        world.entry("a", relay, title="Ferry sold twice in one week")
        world.entry("b", rt, title="A ferry", url="https://rt.example/b")
        world.entry("c", rt, title="Ferry, SOLD twice", url="https://rt.example/c")
        world.entry("d", rt, title="Weather", url="https://rt.example/d")

        named = world.store.candidates("rt", None, "Ferry sold twice")
        homed = world.store.candidates("?", "https://www.rt.example/", "ferry sold")

        assert named == homed
        assert named == (
            ("https://rt.example/c", "Ferry, SOLD twice", world.now, "RT"),
            ("https://rt.example/b", "A ferry", world.now, "RT"),
        )

    @pytest.mark.parametrize(
        ("publisher", "home", "title"),
        [
            ("", None, "ferry"),
            ("BBC", "https://bbc.example/", "ferry"),
            ("RT", None, ""),
        ],
        ids=["nobody", "not subscribed", "no title"],
    )
    def test_none(
        self, world: "World", publisher: str, home: str | None, title: str
    ) -> None:
        """
        Without a publisher's feed or a title nothing comes into question.
        """
        world.entry("a", world.feed("RT"), title="ferry")

        assert world.store.candidates(publisher, home, title) == ()
