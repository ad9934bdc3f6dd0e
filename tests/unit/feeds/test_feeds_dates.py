"""The dates of feeds, in the forms they are written in."""

from datetime import UTC, datetime

import pytest

from reader.feeds.dates import parse_date

NOON = datetime(2025, 2, 5, 12, 0, tzinfo=UTC)


class TestParseDate:
    @pytest.mark.parametrize(
        "text",
        [
            "Wed, 05 Feb 2025 12:00:00 GMT",
            "Wed, 05 Feb 2025 12:00:00 +0000",
            "Wed, 5 Feb 2025 07:00:00 EST",
            "Wed,  5 Feb 2025 13:00  CET",
            "05 Feb 25 12:00 Z",
            "Wed, 05 Feb 2025 13:00:00 GMT+01:00",
            "Wed Feb  5 12:00:00 2025",
            "Wed Feb 05 12:00:00 UTC 2025",
            "February 5, 2025 12:00",
            "Feb 5th, 2025 12:00 PM",
            "Mi, 05 Februar 2025 13:00:00 +0100",
            "mer., 05 févr. 2025 13:00:00 +0100",
            "mar, 5 de feb de 2025 12:00",
            "Ср, 05 фев 2025 15:00:00 +0300",
            "2025-02-05T12:00:00Z",
            "2025-02-05T12:00:00",
            "2025-02-05 12:00:00",
            "2025-02-05T12:00Z",
            "2025-02-05T14:30:00.123456789+02:30",
            "2025-02-05T07:00:00-05",
            "20250205T120000Z",
            "2025-02-05 12:00:00 +0000 UTC",
            "2025/02/05 12:00",
            "1738756800",
            "1738756800000",
        ],
    )
    def test_reads(self, text: str) -> None:
        """Every form that feeds are seen with names the same noon."""
        assert parse_date(text) == NOON

    @pytest.mark.parametrize(
        ("text", "when"),
        [
            ("2025-02-05", datetime(2025, 2, 5, tzinfo=UTC)),
            ("2025-02", datetime(2025, 2, 1, tzinfo=UTC)),
            ("2025", datetime(2025, 1, 1, tzinfo=UTC)),
            ("5 Feb 2025", datetime(2025, 2, 5, tzinfo=UTC)),
            ("Tue, 9 Sept 2025 10:00:00 +0200", datetime(2025, 9, 9, 8, tzinfo=UTC)),
            ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
            ("2025-02-05T24:00:00Z", datetime(2025, 2, 6, tzinfo=UTC)),
            ("5 Feb 2025 12:15 am", datetime(2025, 2, 5, 0, 15, tzinfo=UTC)),
        ],
    )
    def test_reads_others(self, text: str, when: datetime) -> None:
        """Dates without a time, leap seconds and midnights are read, too."""
        assert parse_date(text) == when

    @pytest.mark.parametrize(
        "text",
        [
            *("", "soon", "0", "Sun, 31 Feb 2025 10:00:00 GMT", "2025-13-01"),
            *("0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1601-01-01"),
            *("0000-00-00 00:00:00", "9999-12-31T23:59:59Z", "2025-02-05T25:00:00Z"),
            *("05/02/2025", "99 Feb 2025", "5 Foo 2025", "2025-02-05T12:00:00+99:99"),
        ],
    )
    def test_none(self, text: str) -> None:
        """What names no moment that can be, or two, is none."""
        assert parse_date(text) is None
