"""What people type, and the query that it means."""

import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import query
from reader.errors import QueryError
from reader.query import (
    Before,
    ByWay,
    InFeed,
    Is,
    Not,
    OfFolder,
    OriginalAt,
    Pattern,
    Query,
    Since,
    Term,
    Words,
)

ZONE = timezone(timedelta(hours=2))
NOW = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
"""Half past midnight of the fifth in ZONE."""
MIDNIGHT = datetime(2026, 3, 5, tzinfo=ZONE)


def terms(text: str) -> tuple[Term, ...]:
    return query.parse(text, NOW, ZONE).terms


class TestParse:
    @pytest.mark.parametrize(
        ("text", "term"),
        [
            ("ferry", Words("ferry")),
            ("Straße", Words("Straße")),
            ("港町", Words("港町")),
            ("ferr*", Words("ferr", prefix=True)),
            ('"sold twice"', Words("sold twice")),
            ('"sold tw*"', Words("sold tw", prefix=True)),
            ("“sold twice”", Words("sold twice")),
            ('"sold  twice', Words("sold twice")),
            ('"unread"', Words("unread")),
            ("12:30", Words("12:30")),
            ("https://rt.example/a", Words("https://rt.example/a")),
            ("/etc/hosts", Words("/etc/hosts")),
            ("C++", Words("C++")),
            ("unread", Is("unread")),
            ("Unread", Is("unread")),
            ("read", Is("read")),
            ("starred", Is("starred")),
            ("stub", Is("stub")),
            ("stubs", Is("stub")),
            ("original", Is("original")),
            ("resolved", Is("resolved")),
            ("unresolved", Is("unresolved")),
            ("unchecked", Is("unchecked")),
            ("today", Since(MIDNIGHT)),
            ("feed:relay", InFeed("relay")),
            ('feed:"Daily Relay"', InFeed("Daily Relay")),
            ("folder:coast", OfFolder("coast")),
            ("title:ferry", Words("ferry", "title")),
            ("TITLE:ferry", Words("ferry", "title")),
            ("title:fer*", Words("fer", "title", prefix=True)),
            ('author:"marta velde"', Words("marta velde", "authors")),
            ("publisher:rt", Words("rt", "publisher")),
            ("tag:sea", Words("sea", "tags")),
            ("#sea", Words("sea", "tags")),
            ('#"open sea"', Words("open sea", "tags")),
            ("via:stub-link", ByWay(("stub-link",))),
            (
                "via:http",
                ByWay(("http-301", "http-302", "http-303", "http-307", "http-308")),
            ),
            ("original:rt.com", OriginalAt("rt.com")),
            ("newer:2d", Since(NOW - timedelta(days=2))),
            ('newer:"1 week"', Since(NOW - timedelta(weeks=1))),
            ('newer:"3 hours ago"', Since(NOW - timedelta(hours=3))),
            ("older:90min", Before(NOW - timedelta(minutes=90))),
            ("older:2mo", Before(NOW - timedelta(days=60))),
            ("older:1y", Before(NOW - timedelta(days=365))),
            ("newer:yesterday", Since(MIDNIGHT - timedelta(days=1))),
            ("older:2025-02-01", Before(datetime(2025, 2, 1, tzinfo=ZONE))),
            ("older:2025", Before(datetime(2025, 1, 1, tzinfo=ZONE))),
            (r"/pier \d+/", Pattern(r"pier \d+")),
            (r"/a\/b/", Pattern(r"a\/b")),
            ("-ferry", Not(Words("ferry"))),
            ("~ferry", Not(Words("ferry"))),
            ('-"sold twice"', Not(Words("sold twice"))),
            ("~starred", Not(Is("starred"))),
            ("-feed:relay", Not(InFeed("relay"))),
            ("~/pier/", Not(Pattern("pier"))),
            ("-unread", Is("read")),
            ("~read", Is("unread")),
        ],
        ids=str,
    )
    def test_word(self, text: str, term: Term) -> None:
        """
        Each word of the language has one meaning, whatever its case.
        """
        assert terms(text) == (term,)

    def test_joined(self) -> None:
        """
        Words stand beside each other, all of them wanted, in their order.
        """
        assert terms('unread ferry -feed:relay "sold twice"') == (
            Is("unread"),
            Words("ferry"),
            Not(InFeed("relay")),
            Words("sold twice"),
        )

    @pytest.mark.parametrize("text", ["", "   "], ids=["empty", "blank"])
    def test_nothing(self, text: str) -> None:
        """
        No words want every entry.
        """
        assert query.parse(text, NOW, ZONE) == query.ALL

    def test_word_without_letters_is_passed_over(self) -> None:
        """
        What no index holds does not spoil the words beside it.
        """
        assert terms("AT & T") == (Words("AT"), Words("T"))

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("older:", '“older:” wants a time, such as 2d or "1 week".'),
            ("older:soon", '“older:” wants a time, such as 2d or "1 week".'),
            ("newer:2025-13-40", '“newer:” wants a time, such as 2d or "1 week".'),
            ("older:999999y", '“older:” wants a time, such as 2d or "1 week".'),
            ("via:pigeon", "“via:” wants a kind of hop, such as stub-link or http."),
            ("feed:", "“feed:” wants a feed’s name, such as feed:relay."),
            ("title:&", "“title:” wants a word, such as title:ferry."),
            ("&", "“&” has no letter or digit to search for."),
            ("a " * 201, "A search takes at most 200 words."),
            (
                "auther:velde",
                "“auther:” is no word of a search; “author:” is."
                " Quote it to search for it.",
            ),
        ],
        ids=lambda value: value,
    )
    def test_mistake(self, text: str, sentence: str) -> None:
        """
        A mistake is told in one sentence that names it and says what would do.
        """
        with pytest.raises(QueryError) as caught:
            terms(text)

        assert str(caught.value) == sentence

    def test_broken_pattern(self) -> None:
        """
        A pattern that is none is refused while it is typed, not when it is used.
        """
        with pytest.raises(QueryError, match="is no pattern"):
            terms("/(pier/")

    @pytest.mark.parametrize(
        ("pattern", "sentence"),
        [
            ("(?a)(?u)x", "is no pattern"),
            ("(" * 249 + "x" + ")" * 250, "is no pattern"),
            ("x" * 501, "at most 500 characters"),
            ("a{1000000}", "repeats too often"),
            ("(a{500}){500}", "repeats too often"),
            ("(" * 40 + "x" + "+)" * 40, "repeats too often"),
            ("(?#[)((a{500}){500}){500}", "repeats too often"),
        ],
        ids=["flags", "brackets", "long", "count", "counts", "nested", "comment"],
    )
    def test_pattern_beyond_bounds(self, pattern: str, sentence: str) -> None:
        """
        What the matcher cannot make, or only of a gigabyte, is refused with a sentence.
        """
        with pytest.raises(QueryError, match=sentence):
            terms(f"/{pattern}/")

    @pytest.mark.parametrize(
        "pattern",
        [
            r"pier \d+",
            r"(?:\d{1,3}\.){3}\d{1,3}",
            "[a-z+(]+@(x+y)+",
            "(" * 200 + ")" * 200,
        ],
        ids=["plain", "counted", "class", "deep"],
    )
    def test_pattern_within_bounds(self, pattern: str) -> None:
        """
        What people write is taken as it is.
        """
        assert terms(f"/{pattern}/") == (Pattern(pattern),)

    def test_too_deep_for_the_matcher(self) -> None:
        """
        However deep the program stands already, brackets never end it.
        """

        def deep(left: int) -> tuple[Term, ...]:
            return deep(left - 1) if left else terms("/" + "(" * 240 + ")" * 240 + "/")

        with pytest.raises(QueryError, match="nested too deeply"):
            deep(sys.getrecursionlimit() - 400)

    def test_endless_text(self) -> None:
        """
        More than a line is no query, and nothing of it is cut off unseen.
        """
        with pytest.raises(QueryError, match="at most 2,000 characters"):
            terms("x" * 2001)

    def test_characters_that_no_text_holds(self) -> None:
        """
        Lone surrogates and controls of a shell's argument are taken out.
        """
        assert terms("abc\udcff \x1b[31mferry\x00") == (Words("abc"), Words("ferry"))

    @settings(deadline=None)
    @given(st.text(), st.text(alphabet="()[]{}+*?|\\x1,^$-:<=>!#aPLV ", max_size=40))
    def test_anything(self, text: str, pattern: str) -> None:
        """
        Whatever is typed is a query or a sentence.
        """
        for typed in (text, f"/{pattern}/"):
            with suppress(QueryError):
                query.parse(typed, NOW, ZONE)


class TestTokens:
    @pytest.mark.parametrize(
        "text",
        ['unread title:"sold twice" -#sea', r"/pier \d+/ ~feed:x", '"left open'],
        ids=["quotes", "pattern", "open"],
    )
    def test_joined_again(self, text: str) -> None:
        """
        The words as typed make the same query again, and one less a wider one.
        """
        typed = query.tokens(text)

        assert terms(" ".join(typed)) == terms(text)
        assert terms(" ".join(typed[1:])) == terms(text)[1:]


class TestReadyMade:
    def test_today(self) -> None:
        """
        The day begins at midnight where the reader is.
        """
        assert query.today(NOW, ZONE) == Query((Since(MIDNIGHT),))

    def test_all_of(self) -> None:
        """
        Queries are joined by and.
        """
        joined = query.all_of(query.of_folder("Coast"), query.UNREAD, query.ALL)

        assert joined == Query((OfFolder("Coast"), Is("unread")))

    @pytest.mark.parametrize(
        ("text", "asked"),
        [("ferry", True), ("-ferry", True), ("unread /x/", False), ("", False)],
    )
    def test_has_words(self, text: str, asked: bool) -> None:
        """
        Only words, wanted or not, need the full-text index.
        """
        assert query.parse(text, NOW, ZONE).has_words is asked
