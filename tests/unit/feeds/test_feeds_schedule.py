"""When a feed is polled next, by wish, rhythm and failure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds import (
    Hints,
    PollFacts,
    freshness,
    host_pause,
    next_poll,
    poll_facts,
)
from reader.feeds.schedule import LEAST, LONGEST_PAUSE, MOST, USUAL
from reader.model import Page

NOW = datetime(2025, 2, 5, 12, 0, tzinfo=UTC)  # a Wednesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def every(gap: timedelta, silence: timedelta = timedelta(0)) -> tuple[datetime, ...]:
    """Ten entries in a steady rhythm, the last of them `silence` ago."""
    return tuple(NOW - silence - gap * n for n in range(10))


def answer(*headers: tuple[str, str]) -> Page:
    """An answer with headers."""
    return Page("https://harbour.example/feed", 200, headers)


class TestAfterSuccess:
    @pytest.mark.parametrize(
        ("published", "pause"),
        [
            ((), USUAL),
            ((NOW,), USUAL),
            (every(MINUTE), LEAST),
            (every(2 * HOUR), 20 * MINUTE),
            (every(DAY), 4 * HOUR),
            (every(30 * DAY), MOST),
            (every(HOUR, silence=6 * HOUR), 15 * MINUTE),
            (every(HOUR, silence=10 * DAY), 10 * HOUR),
            (every(HOUR, silence=365 * DAY), MOST),
            ((NOW + 10 * DAY, NOW), USUAL),
            ((NOW,) * 5, USUAL),
        ],
        ids=[
            *("unknown", "one", "minutely", "two-hourly", "daily", "monthly", "night"),
            *("silent", "dead", "future", "all-at-once"),
        ],
    )
    def test_rhythm(self, published: tuple[datetime, ...], pause: timedelta) -> None:
        """A feed is asked as often as it speaks, and less when it falls silent."""
        assert next_poll(PollFacts(published=published), NOW) == NOW + pause

    @pytest.mark.parametrize(
        ("facts", "pause"),
        [
            (PollFacts(fresh=3 * HOUR, published=every(HOUR)), 3 * HOUR),
            (PollFacts(fresh=MINUTE, published=every(DAY)), 4 * HOUR),
            (PollFacts(hints=Hints(2 * HOUR), published=every(HOUR)), 2 * HOUR),
            (PollFacts(fresh=365 * DAY), MOST),
            (PollFacts(hints=Hints(30 * DAY)), MOST),
        ],
        ids=["max-age", "short-max-age", "ttl", "a-year", "monthly"],
    )
    def test_the_publishers_wish(self, facts: PollFacts, pause: timedelta) -> None:
        """Never sooner than the publisher asks, and never later than a day."""
        assert next_poll(facts, NOW) == NOW + pause

    @pytest.mark.parametrize(
        ("hints", "due"),
        [
            (Hints(skip_hours=frozenset({13, 14})), NOW.replace(hour=15)),
            (Hints(skip_days=frozenset({2})), NOW.replace(day=6, hour=0)),
            (Hints(skip_days=frozenset({2, 3})), NOW + MOST),
            (Hints(skip_hours=frozenset(range(24))), NOW + HOUR),
            (Hints(skip_hours=frozenset({12})), NOW + HOUR),
        ],
        ids=["hours", "day", "days", "all", "another-hour"],
    )
    def test_skipped_hours_and_days(self, hints: Hints, due: datetime) -> None:
        """What a feed says to skip is skipped, a day at most."""
        assert next_poll(PollFacts(hints=hints), NOW) == due

    def test_bounds_are_arguments(self) -> None:
        """Settings may have feeds asked more often, or less."""
        facts = PollFacts(published=every(MINUTE))

        assert next_poll(facts, NOW, least=HOUR) == NOW + HOUR
        assert next_poll(PollFacts(fresh=DAY), NOW, most=2 * HOUR) == NOW + 2 * HOUR


class TestAfterFailure:
    @pytest.mark.parametrize(
        ("failures", "pause"),
        [
            (1, 10 * MINUTE),
            (2, 20 * MINUTE),
            (3, 40 * MINUTE),
            (8, 1280 * MINUTE),
            (9, MOST),
            (10_000, MOST),
        ],
    )
    def test_doubles(self, failures: int, pause: timedelta) -> None:
        """Each failure in a row doubles the pause, up to a day."""
        assert next_poll(PollFacts(failures=failures), NOW) == NOW + pause

    def test_says_nothing_of_the_rhythm(self) -> None:
        """A feed that failed once is asked again soon, however rarely it speaks."""
        facts = PollFacts(failures=1, published=every(30 * DAY), fresh=DAY)

        assert next_poll(facts, NOW) == NOW + LEAST

    @pytest.mark.parametrize(
        ("wanted", "pause"),
        [
            (MINUTE, LEAST),
            (3 * HOUR, 3 * HOUR),
            (2 * DAY, 2 * DAY),
            (99 * DAY, 7 * DAY),
        ],
    )
    def test_retry_after(self, wanted: timedelta, pause: timedelta) -> None:
        """A server's own wish is obeyed, a week at most."""
        facts = PollFacts(failures=1, retry_after=NOW + wanted)

        assert next_poll(facts, NOW) == NOW + pause


class TestPollFacts:
    @pytest.mark.parametrize(
        ("headers", "fresh"),
        [
            ([("cache-control", "public, max-age=3600")], HOUR),
            ([("cache-control", 'Max-Age = "60"')], MINUTE),
            ([("cache-control", "public"), ("cache-control", "max-age=60")], MINUTE),
            ([("cache-control", "no-cache, max-age=60")], None),
            ([("cache-control", "s-maxage=60")], None),
            ([("cache-control", "max-age=" + "9" * 40)], timedelta(seconds=999999999)),
            ([("expires", "Wed, 05 Feb 2025 13:00:00 GMT")], HOUR),
            (
                [
                    ("expires", "Wed, 05 Feb 2025 13:00:00 GMT"),
                    ("date", "Wed, 05 Feb 2025 12:59:00 GMT"),
                ],
                MINUTE,
            ),
            ([("expires", "Wed, 05 Feb 2020 13:00:00 GMT")], timedelta(0)),
            ([("expires", "-1")], None),
            ([], None),
        ],
        ids=[
            *("max-age", "quoted", "two-headers", "no-cache", "shared", "huge"),
            *("expires", "by-date", "expired", "nonsense", "none"),
        ],
    )
    def test_fresh(
        self, headers: list[tuple[str, str]], fresh: timedelta | None
    ) -> None:
        """How long an answer is fresh, by its headers (RFC 9111)."""
        assert poll_facts(answer(*headers), NOW).fresh == fresh

    @pytest.mark.parametrize(
        ("value", "when"),
        [
            ("120", NOW + 2 * MINUTE),
            ("Wed, 05 Feb 2025 14:00:00 GMT", NOW + 2 * HOUR),
            ("soon", None),
            ("-5", None),
            ("", None),
        ],
    )
    def test_retry_after(self, value: str, when: datetime | None) -> None:
        """Seconds and dates are read (RFC 9110)."""
        facts = poll_facts(answer(("retry-after", value)), NOW, failures=2)

        assert (facts.retry_after, facts.failures) == (when, 2)

    def test_no_answer(self) -> None:
        """When nothing came there is nothing to read."""
        facts = poll_facts(None, NOW, failures=3, published=every(DAY))

        assert facts == PollFacts(failures=3, published=every(DAY))


SPANS = st.timedeltas(timedelta(0), timedelta(days=400))
TIMES = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
FACTS = st.builds(
    PollFacts,
    failures=st.integers(0, 100),
    fresh=st.none() | SPANS,
    hints=st.builds(
        Hints,
        st.none() | SPANS,
        st.frozensets(st.integers(0, 23)),
        st.frozensets(st.integers(0, 6)),
    ),
    published=st.lists(TIMES, max_size=6).map(tuple),
    retry_after=st.none() | TIMES,
)


class TestBounds:
    @given(FACTS)
    def test_always_within(self, facts: PollFacts) -> None:
        """Never within ten minutes, never beyond a day but by a server's wish."""
        pause = next_poll(facts, NOW) - NOW
        wish = facts.retry_after - NOW if facts.retry_after else MOST

        assert LEAST <= pause <= max(MOST, min(wish, LONGEST_PAUSE))


class TestFreshness:
    @pytest.mark.parametrize(
        ("status", "headers", "kept"),
        [
            (304, (), 3 * HOUR),
            (304, (("cache-control", "max-age=3600"),), HOUR),
            (304, (("cache-control", "no-cache"),), None),
            (200, (), None),
            (200, (("cache-control", "max-age=3600"), ("age", "600")), 50 * MINUTE),
            (200, (("cache-control", "max-age=60"), ("age", "600")), timedelta(0)),
            (200, (("cache-control", "max-age=60"), ("age", "soon")), MINUTE),
        ],
        ids=["kept", "renewed", "ended", "new", "aged", "stale", "odd-age"],
    )
    def test_what_a_304_leaves(
        self,
        status: int,
        headers: tuple[tuple[str, str], ...],
        kept: timedelta | None,
    ) -> None:
        """A 304 that names no time leaves the one that was named before."""
        page = Page("https://harbour.example/feed", status, headers)

        assert freshness(page, NOW, 3 * HOUR) == kept


class TestHostPause:
    @pytest.mark.parametrize(
        ("status", "given", "pause"),
        [
            (429, "7200", 2 * HOUR),
            (503, "Wed, 05 Feb 2025 15:00:00 GMT", 3 * HOUR),
            (429, "", LEAST),
            (503, "1", LEAST),
            (429, "999999999", LONGEST_PAUSE),
            (429, "Wed, 05 Feb 2020 15:00:00 GMT", LEAST),
        ],
        ids=["seconds", "date", "bare", "too-short", "too-long", "past"],
    )
    def test_asked_for(self, status: int, given: str, pause: timedelta) -> None:
        """429 and 503 hold a host back, within bounds."""
        page = Page("https://harbour.example/", status, (("retry-after", given),))

        assert host_pause(page, NOW) == NOW + pause

    @pytest.mark.parametrize("status", [200, 304, 403, 404, 500])
    def test_not_asked_for(self, status: int) -> None:
        """Other answers are about one address."""
        page = Page("https://harbour.example/", status, (("retry-after", "60"),))

        assert host_pause(page, NOW) is None
