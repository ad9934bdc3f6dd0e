"""Words looked for and found, by rank, in every script, with an index that is whole."""

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from reader import query
from reader.errors import QueryError
from reader.model import Article, Attribution
from reader.store import Poll, lists, search

if TYPE_CHECKING:
    from tests.io.store.conftest import World

TEXT = "ELMHAVEN. The café’s ferry Lisbet has not moved. 港町の古い時計。 Straße 12b."


class TestWords:
    @pytest.mark.parametrize(
        "text",
        [
            "ferry",
            "FERRY",
            "cafe",
            "CAFÉ",
            "ferry lisbet",
            "lisbet ferry",
            '"ferry lisbet"',
            "ferr*",
            '"ferry lis*"',
            "港町",
            "古い時計",
            "12b",
            "title:twice",
            "title:twi*",
            "author:velde",
            'author:"marta velde"',
            "publisher:courant",
            "tag:sea",
            '#"open sea"',
            "velde",
            "courant",
            "-title:ferry",
            "ferry -pirate",
            'ferry "not moved" unread',
        ],
    )
    def test_found(self, world: "World", text: str) -> None:
        """
        Text, title, names, publisher and categories, without case and diacritics.
        """
        verdict = Attribution("original", publisher="Harbour Courant")
        entry = world.entry(
            title="Sold twice",
            text=TEXT,
            authors=("Marta Velde",),
            categories=("Open Sea",),
            attribution=verdict,
        )

        assert world.found(text) == world.ranked(text) == [entry]

    @pytest.mark.parametrize(
        "text",
        [
            "pirate",
            "ferr",
            '"lisbet ferry"',
            "title:ferry",
            "author:courant",
            "publisher:velde",
            "tag:velde",
            "港古",
            "-ferry",
            "ferry -cafe",
            "ferry read",
        ],
    )
    def test_not_found(self, world: "World", text: str) -> None:
        """
        Half words, other orders, other fields and what is denied find nothing.
        """
        verdict = Attribution("original", publisher="Harbour Courant")
        world.entry(text=TEXT, authors=("Marta Velde",), attribution=verdict)

        assert world.found(text) == world.ranked(text) == []

    @pytest.mark.parametrize(
        "text",
        ['a" OR "b', "ferry) OR (x", "NEAR(a b)", "a AND", "title : x", "*", "^ferry"],
    )
    def test_the_index_has_no_language_of_its_own(
        self, world: "World", text: str
    ) -> None:
        """
        What would be an operator of SQLite's index is only text here.
        """
        world.entry(text=TEXT)
        words = query.Query((query.Words(text), query.Words("nowhere")))

        assert list(world.store.ids(words)) == []


class TestRank:
    def test_title_first(self, world: "World") -> None:
        """
        A word in a headline counts for more than the same word in a text.
        """
        feed = world.feed()
        text = world.entry("a", feed, title="News", text="the ferry, a ferry")
        title = world.entry("b", feed, title="A ferry sold", text="news of today")

        assert world.ranked("ferry") == [title, text]

    def test_limit(self, world: "World") -> None:
        """
        No more than were asked for, the best of them.
        """
        feed = world.feed()
        world.entry("a", feed, text="ferry and many other words beside it")
        best = world.entry("b", feed, title="Ferry", text="ferry")

        assert world.ranked("ferry", limit=1) == [best]

    def test_limit_counts_stories(self, world: "World") -> None:
        """
        Copies of one story take no place of another's, however well they fit.
        """
        told = world.resolved("https://rt.example/ferry")
        feed = world.feed()
        for guid in "abc":
            world.entry(guid, feed, title="Ferry", attribution=told)
        other = world.entry("d", feed, text="a ferry and many other words beside it")
        found = world.store.search(
            query.Query((query.Words("ferry"),)), 2, stories=True
        )

        assert len(found) == 2
        assert other in found

    def test_what_the_index_itself_ranks_by(self, world: "World") -> None:
        """
        The quick way to rank weighs columns as the index says they are to be weighed.
        """
        row = world.connection.execute("SELECT v FROM search_config WHERE k = 'rank'")

        assert row.fetchone()[0].replace("(", "(search, ") == search.WEIGHTS

    def test_with_other_words_of_the_query(self, world: "World") -> None:
        """
        Marks, feeds and times narrow what is ranked; alone they are a list.
        """
        feed, other = world.feed("Relay"), world.feed("Other")
        old = world.entry("a", feed, text="ferry", age=timedelta(days=3))
        new = world.entry("b", feed, text="ferry")
        world.entry("c", other, text="ferry")

        assert world.ranked("ferry feed:relay newer:2d") == [new]
        assert world.ranked("feed:relay") == [new, old]

    def test_stories(self, world: "World") -> None:
        """
        Copies of one story are found once where that is asked for.
        """
        feed = world.feed()
        story = "https://rt.example/1"
        for guid in ("a", "b"):
            world.entry(guid, feed, text="ferry", attribution=world.resolved(story))
        words = query.parse("ferry", world.now, UTC)

        assert len(world.store.search(words, stories=True)) == 1
        assert len(world.store.search(words)) == 2


class TestOtherWords:
    @pytest.mark.parametrize(
        ("text", "guids"),
        [
            ("stubs", "ab"),
            ("resolved", "a"),
            ("unresolved", "b"),
            ("original", "c"),
            ("unchecked", "d"),
            ("-stub", "cd"),
            ("~unchecked", "abc"),
            ("read", "c"),
            ("unread", "abd"),
            ("-read", "abd"),
            ("starred", "d"),
            ("~starred", "abc"),
            ("feed:coast", "d"),
            ("feed:COAST", "d"),
            ("feed:relay.example", "abc"),
            ("-feed:coast", "abc"),
            ("folder:ecume", "d"),
            ("-folder:ecume", "abc"),
            ("via:stub-link", "a"),
            ("via:stub", "a"),
            ("via:http", "b"),
            ("-via:http", "acd"),
            ("original:RT.example", "a"),
            ("-original:rt.example", "bcd"),
            ("today", "acd"),
            ("newer:1h", "cd"),
            ("older:1h", "ab"),
            ("-newer:1h", "ab"),
            ("older:yesterday", ""),
            ("newer:2026-03-04", "acd"),
            ("/title of [ab]$/", "ab"),
            ("-/title of [ab]$/", "cd"),
            (r"/\bsecond line/", "c"),
            ("/HULL/ unread stubs", "a"),
        ],
        ids=str,
    )
    def test_found(self, world: "World", text: str, guids: str) -> None:
        """
        Every word of the language chooses what it says, and its denial the rest.
        """
        relay, coast = world.feed("Relay"), world.feed("Coast", "Écume")
        hop = world.resolved("https://rt.example/1").trail[0]
        lost = Attribution(
            "unresolved", trail=(hop.__class__(hop.url, hop.url, "http-302"),)
        )
        hours = timedelta(hours=1)
        stub = world.resolved("https://www.rt.example/1")
        world.entry("a", relay, attribution=stub, text="A hull.", age=2 * hours)
        world.entry("b", relay, attribution=lost, age=20 * hours)
        read = world.entry("c", relay, text="One line,\n\nsecond line.")
        star = world.entry("d", coast, attribution=Attribution("unchecked"))
        world.store.mark([read], read=True, by="test", now=world.now)
        world.store.mark([star], starred=True, by="test", now=world.now)

        found = sorted(world.titles(world.found(text)))

        assert found == [f"Title of {guid}" for guid in guids]
        assert world.store.count(query.parse(text, world.now, UTC)) == len(guids)


class TestPatterns:
    def test_takes_too_long(
        self, world: "World", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A pattern that would never end is ended, with a sentence that says so.
        """
        monkeypatch.setattr(lists, "PATTERN_SECONDS", 0.05)
        world.entry(text="a" * 5_000 + "!")

        with pytest.raises(QueryError, match="takes too long"):
            world.found(r"/(a|aa|b)+(a|aa|b)+(a|aa|b)+$/")

    def test_limit(self, world: "World") -> None:
        """
        A limit is of entries that the pattern fits.
        """
        feed = world.feed()
        world.entry("a", feed)
        fits = world.entry("b", feed, age=timedelta(hours=1))

        assert world.found("/of b/", limit=1) == [fits]


class TestIndex:
    def test_later(self, world: "World") -> None:
        """
        Entries may be indexed after the poll, and are found from then on.
        """
        feed = world.feed()
        poll = Poll(feed.id, world.now, new=(world.polled("a", text="ferry"),))
        world.store.save_poll(poll, index=False)
        assert world.store.catch_up() == 1
        assert world.store.catch_up() == 0
        poll = Poll(feed.id, world.now, new=(world.polled("b", text="ferry"),))
        world.store.save_poll(poll, index=False)
        assert len(world.found("ferry")) == 1
        world.store.catch_up()

        assert len(world.found("ferry")) == 2
        assert world.index_is_sound()

    def test_follows_what_was_fetched(self, world: "World") -> None:
        """
        An article's words and publisher are found beside the feed's own.
        """
        entry = world.entry(text="a teaser", attribution=Attribution("unchecked"))
        verdict = world.resolved("https://rt.example/1")
        for words in ("the pirate ship", "the coast guard"):
            world.store.save_reading(
                entry, verdict, Article(words), None, None, words, world.now
            )

        assert world.found("teaser guard publisher:rt") == [entry]
        assert world.found("pirate") == []
        assert world.index_is_sound()

    def test_whole_after_everything(self, world: "World") -> None:
        """
        The index holds the very words of the entries after every way of changing them.
        """
        feed = world.feed()
        for index in (True, False, True):
            for guid in "abcd":
                new = world.polled(guid, text=f"{guid} text 港 {index}")
                again = world.polled(
                    guid, text=f"{guid} again", url="https://n.example"
                )
                poll = Poll(feed.id, world.now, new=(new,), updated=(again, new))
                world.store.save_poll(poll, index=index)
        first, *_ = world.found("")
        verdict = world.resolved("https://rt.example/1")
        world.store.save_reading(
            first, verdict, Article("x"), None, None, "x", world.now
        )
        world.store.expire(world.now, None, 2)

        assert len(world.found("text")) == 2
        assert world.index_is_sound()
