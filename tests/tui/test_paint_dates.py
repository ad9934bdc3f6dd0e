"""Times as people say them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from reader.tui.paint.dates import (
    ago,
    between,
    clock,
    date,
    day_head,
    duration,
    long,
    looked_at,
    short,
    until,
)

NOW = datetime(2026, 5, 12, 0, 30, tzinfo=UTC)
WEST = timezone(-timedelta(hours=5))


class TestDates:
    def test_forms(self) -> None:
        """
        The day, the clock, both, and when it was looked at, in the reader's zone.
        """
        assert (date(NOW, UTC), clock(NOW, UTC)) == ("12 May 2026", "00:30")
        assert long(NOW, WEST) == "11 May 2026, 19:30"
        assert looked_at(NOW, WEST) == "looked at 11 May 2026, 19:30"

    def test_days_are_the_readers(self) -> None:
        """
        What is today and what yesterday is told by the reader's midnight.
        """
        before = NOW - timedelta(hours=1)

        assert short(before, NOW, WEST) == "18:30"
        assert short(before, NOW, UTC) == "Mon"
        assert day_head(before, NOW, UTC) == "Yesterday"
        assert day_head(before, NOW, WEST) == ""

    @pytest.mark.parametrize(
        ("days", "head"),
        [
            (0, ""),
            (1, "Yesterday"),
            (2, "Earlier this week"),
            (6, "Earlier this week"),
            (7, "May"),
            (40, "April"),
            (400, "2025"),
        ],
    )
    def test_heads(self, days: int, head: str) -> None:
        """
        The heads of a list by time grow coarser with age.
        """
        assert day_head(NOW - timedelta(days=days), NOW, UTC) == head

    def test_to_come(self) -> None:
        """
        What is to come has its date, or its year.
        """
        assert short(NOW + timedelta(days=1), NOW, UTC) == "13 May"
        assert short(NOW + timedelta(days=300), NOW, UTC) == "2027"


class TestSpans:
    @pytest.mark.parametrize(
        ("seconds", "said"),
        [
            (0, "0 seconds"),
            (1, "1 second"),
            (59, "59 seconds"),
            (60, "1 minute"),
            (21 * 60, "21 minutes"),
            (90 * 60, "90 minutes"),
            (120 * 60, "2 hours"),
            (-3 * 3600, "3 hours"),
            (86_400, "1 day"),
            (3 * 86_400, "3 days"),
        ],
    )
    def test_duration(self, seconds: int, said: str) -> None:
        """
        A length of time in its largest whole unit, singular and plural.
        """
        assert duration(timedelta(seconds=seconds)) == said

    def test_brief(self) -> None:
        """
        Ago and until are brief; what is due is due now.
        """
        assert ago(NOW - timedelta(minutes=6), NOW) == "6 min ago"
        assert ago(NOW - timedelta(days=3), NOW) == "3 days ago"
        assert until(NOW + timedelta(hours=5), NOW) == "in 5 h"
        assert until(NOW, NOW) == "now"

    @pytest.mark.parametrize(
        ("minutes", "said"),
        [
            (21, "21 minutes before the Relay"),
            (-180, "3 hours after the Relay"),
            (0, "at the same time as the Relay"),
        ],
    )
    def test_between(self, minutes: int, said: str) -> None:
        """
        How one publication lies to another, in one phrase.
        """
        assert between(NOW, NOW + timedelta(minutes=minutes), "the Relay") == said
