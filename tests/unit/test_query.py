"""What people type, and the query that it means."""

import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import query
from reader.errors import QueryError
from reader.query import Either, Has, Is, Not, Query, Term, Words
from reader.query.times import span

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
            ("hidden", Is("hidden")),
            ("original", Is("original")),
            ("resolved", Is("resolved")),
            ("unresolved", Is("unresolved")),
            ("unchecked", Is("unchecked")),
            ("today", Has("since", MIDNIGHT)),
            ("feed:relay", Has("feed-name", "relay")),
            ('feed:"Daily Relay"', Has("feed-name", "Daily Relay")),
            ("folder:coast", Has("folder", "coast")),
            ("title:ferry", Words("ferry", "title")),
            ("TITLE:ferry", Words("ferry", "title")),
            ("title:fer*", Words("fer", "title", prefix=True)),
            ('author:"marta velde"', Words("marta velde", "authors")),
            ("publisher:rt", Words("rt", "publisher")),
            ("tag:sea", Has("tag", "sea")),
            ("#sea", Has("tag", "sea")),
            ('#"open sea"', Has("tag", "open sea")),
            ("via:stub-link", Has("via", ("stub-link",))),
            (
                "via:http",
                Has(
                    "via", ("http-301", "http-302", "http-303", "http-307", "http-308")
                ),
            ),
            ("original:rt.com", Has("original", "rt.com")),
            ("newer:2d", Has("since", NOW - timedelta(days=2))),
            ('newer:"1 week"', Has("since", NOW - timedelta(weeks=1))),
            ('newer:"3 hours ago"', Has("since", NOW - timedelta(hours=3))),
            ("older:90min", Has("before", NOW - timedelta(minutes=90))),
            ("older:2mo", Has("before", NOW - timedelta(days=60))),
            ("older:1y", Has("before", NOW - timedelta(days=365))),
            ("newer:yesterday", Has("since", MIDNIGHT - timedelta(days=1))),
            ("older:2025-02-01", Has("before", datetime(2025, 2, 1, tzinfo=ZONE))),
            ("older:2025", Has("before", datetime(2025, 1, 1, tzinfo=ZONE))),
            (r"/pier \d+/", Has("pattern", r"pier \d+")),
            (r"/a\/b/", Has("pattern", r"a\/b")),
            ("-ferry", Not(Words("ferry"))),
            ("~ferry", Not(Words("ferry"))),
            ('-"sold twice"', Not(Words("sold twice"))),
            ("~starred", Not(Is("starred"))),
            ("-feed:relay", Not(Has("feed-name", "relay"))),
            ("~/pier/", Not(Has("pattern", "pier"))),
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
            Not(Has("feed-name", "relay")),
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
        assert terms(f"/{pattern}/") == (Has("pattern", pattern),)

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
    @given(
        st.text(), st.text(alphabet='()or "[]{}+*?|\\x1,^$-:<=>!#aPLV ', max_size=40)
    )
    def test_anything(self, text: str, pattern: str) -> None:
        """
        Whatever is typed is a query or a sentence.
        """
        for typed in (text, f"/{pattern}/", pattern):
            with suppress(QueryError):
                query.parse(typed, NOW, ZONE)


A, B, C = (Query((Words(word),)) for word in "abc")


class TestJoined:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("a or b", (Either((A, B)),)),
            ("a OR b", (Either((A, B)),)),
            ("a b or c", (Either((Query((*A.terms, *B.terms)), C)),)),
            ("a (b or c)", (Words("a"), Either((B, C)))),
            ("a (b c)", (Words("a"), Words("b"), Words("c"))),
            ("-(a b)", (Not(Either((Query((*A.terms, *B.terms)),))),)),
            ("-(a or b)", (Not(Either((A, B))),)),
            ("-(a)", (Not(Words("a")),)),
            ("-(unread)", (Is("read"),)),
            ("-(-a)", (Not(Either((Query((Not(Words("a")),)),))),)),
            ("(title:a)", (Words("a", "title"),)),
            ("(/x+/ a)", (Has("pattern", "x+"), Words("a"))),
            ("a or", (Words("a"),)),
            ("or", (Words("or"),)),
            ('a "or" b', (Words("a"), Words("or"), Words("b"))),
            ("(a or b", (Either((A, B)),)),
            ("a) b", (Words("a"), Words("b"))),
            ("()", ()),
            ("x_(y)", (Words("x_(y)"),)),
            ("(x_(y))", (Words("x_(y)"),)),
        ],
        ids=str,
    )
    def test_brackets_and_or(self, text: str, found: tuple[Term, ...]) -> None:
        """
        `or` divides what stands beside each other; brackets keep it together.
        """
        assert terms(text) == found

    @pytest.mark.parametrize("text", ["a or /x/", "-(a /x/)", "(a or (b /x/)) c"])
    def test_pattern_beside_or(self, text: str) -> None:
        """
        A pattern goes through what the rest has found, so that it is joined by and.
        """
        with pytest.raises(QueryError, match="“/x/” cannot stand beside “or”"):
            terms(text)

    def test_too_deep(self) -> None:
        """
        Brackets within brackets have a bound, however many are typed.
        """
        with pytest.raises(QueryError, match="At most 20 brackets"):
            terms("(" * 1000)


class TestUnknownWord:
    @pytest.mark.parametrize(
        ("text", "sentence", "column"),
        [
            (
                "ferry colour:red",
                "column 7: “colour:” is no word of a search."
                ' Quote it to search for it: "colour:red".',
                7,
            ),
            ("a -(b older:soon)", None, 7),
            ("mailto:a@b.example", None, 1),
        ],
        ids=["word", "in-brackets", "address"],
    )
    def test_named_with_its_column(
        self, text: str, sentence: str | None, column: int
    ) -> None:
        """
        A mistake is told with the column where it stands.
        """
        with pytest.raises(QueryError) as caught:
            terms(text)

        assert caught.value.column == column
        assert sentence is None or str(caught.value) == sentence

    @pytest.mark.parametrize(
        "text", ["https://rt.example/a", "12:30", "std::vector", "C:\\pier", "Ukraine:"]
    )
    def test_plainly_something_else(self, text: str) -> None:
        """
        An address, a time, a name of code or half a sentence is text.
        """
        assert terms(text) == (Words(text),)


class TestTokens:
    @pytest.mark.parametrize(
        "text",
        [
            'unread title:"sold twice" -#sea',
            r"/pier \d+/ ~feed:x",
            '"left open',
            "a (b or (c d)) e",
            "a -(b c",
            "a or b",
        ],
        ids=["quotes", "pattern", "open", "brackets", "open-bracket", "or"],
    )
    def test_joined_again(self, text: str) -> None:
        """
        The words as typed make the same query again, and one less a wider one.
        """
        typed = query.tokens(text)

        assert terms(" ".join(typed)) == terms(text)
        if len(typed) > 1:
            assert terms(" ".join(typed[1:])) == terms(text)[1:]


class TestSpan:
    @pytest.mark.parametrize(
        ("text", "length"),
        [
            ("30m", timedelta(minutes=30)),
            (" 2 hours ", timedelta(hours=2)),
            ("1d", timedelta(days=1)),
            ("soon", None),
            ("2d and more", None),
        ],
    )
    def test_length(self, text: str, length: timedelta | None) -> None:
        """
        A length of time is written as a time that is so long ago.
        """
        assert span(text) == length


class TestReadyMade:
    def test_today(self) -> None:
        """
        The day begins at midnight where the reader is.
        """
        assert query.today(NOW, ZONE) == Query((Has("since", MIDNIGHT),))

    def test_all_of(self) -> None:
        """
        Queries are joined by and.
        """
        joined = query.all_of(query.of_folder("Coast"), query.UNREAD, query.ALL)

        assert joined == Query((Has("folder", "Coast"), Is("unread")))

    @pytest.mark.parametrize(
        ("text", "asked"),
        [("ferry", True), ("-ferry", True), ("unread /x/", False), ("", False)],
    )
    def test_has_words(self, text: str, asked: bool) -> None:
        """
        Only words, wanted or not, need the full-text index.
        """
        assert query.parse(text, NOW, ZONE).has_words is asked
