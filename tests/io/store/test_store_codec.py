"""Values to columns and back, whatever they hold."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import (
    Article,
    Attribution,
    Entry,
    Guess,
    Hop,
    Link,
    Reason,
    Refusal,
)
from reader.store import attributions, codec

text = st.text(max_size=40)
names = st.lists(text, max_size=3).map(tuple)
moments = st.datetimes(timezones=st.just(UTC))
maybe_text = st.none() | text
share = st.none() | st.floats(0, 1)
reasons = st.lists(st.builds(Reason, text, st.booleans()), max_size=3).map(tuple)
hops = st.builds(
    Hop,
    text,
    text,
    st.sampled_from(["http-301", "stub-link"]),
    text,
    st.none() | st.integers(100, 599),
    share,
)
verdicts = st.builds(
    Attribution,
    status=st.sampled_from(["original", "resolved", "unresolved", "unchecked"]),
    url=maybe_text,
    publisher=maybe_text,
    authors=names,
    published=st.none() | moments,
    confidence=share,
    reachable=st.none() | st.booleans(),
    trail=st.lists(hops, max_size=3).map(tuple),
    guess=st.none() | st.builds(Guess, text, maybe_text, st.floats(0, 1), reasons),
    reasons=reasons,
    refused=st.lists(st.builds(Refusal, text, text), max_size=2).map(tuple),
    pages=st.integers(0, 99),
    checked_at=st.none() | moments,
)
articles = st.builds(
    Article, text, maybe_text, text, names, published=st.none() | moments
)
entries = st.builds(
    Entry,
    url=text,
    title=text,
    authors=names,
    updated=st.none() | moments,
    content=text,
    links=st.lists(st.builds(Link, st.just("via"), text, text), max_size=2).map(tuple),
)


class TestMoments:
    @settings(deadline=None)
    @given(moments)
    def test_round_trip(self, moment: datetime) -> None:
        """
        No microsecond of any moment is lost.
        """
        assert codec.to_moment(codec.to_micros(moment)) == moment

    def test_zone(self) -> None:
        """
        A moment is the same number in whatever zone it was told.
        """
        here = datetime(2026, 3, 4, 14, 5, tzinfo=UTC)
        there = here.astimezone(timezone(timedelta(hours=5, minutes=30)))

        assert codec.to_micros(here) == codec.to_micros(there)
        assert codec.to_plain(here) == codec.to_plain(there)


class TestValues:
    @settings(deadline=None)
    @given(verdicts)
    def test_attribution(self, verdict: Attribution) -> None:
        """
        A verdict survives its columns.
        """
        url, publisher, _, data = attributions.columns(verdict)

        assert attributions.from_columns(url, publisher, data) == verdict

    @settings(deadline=None)
    @given(articles, text)
    def test_article(self, article: Article, words: str) -> None:
        """
        An article and its text come out of one packed piece as they went in.
        """
        plain = words.replace("\0", "")
        packed = codec.pack(plain, article)

        found, data = codec.unpack(packed)

        assert (found, codec.packed_text(packed)) == (plain, plain)
        assert codec.from_plain(Article, data) == article

    @settings(deadline=None)
    @given(entries)
    def test_entry(self, entry: Entry) -> None:
        """
        An entry survives JSON, what it does not hold left out.
        """
        assert codec.from_json(Entry, codec.to_json(entry)) == entry

    @settings(deadline=None)
    @given(st.lists(st.integers(0, 2**62)))
    def test_ids(self, ids: list[int]) -> None:
        """
        Ids come back in their order.
        """
        assert list(codec.unpack_ids(codec.pack_ids(ids))) == ids

    def test_of_an_older_version(self) -> None:
        """
        A field that is no more is passed over, one that is new takes its default.
        """
        data = {"status": "original", "colour": "red"}

        assert codec.from_plain(Attribution, data) == Attribution("original")
