"""Values as lines of text for people."""

from datetime import UTC, datetime, timedelta

import pytest

from reader.cli import as_text
from reader.model import Attribution, EntryRow, FeedRef


class TestSpan:
    @pytest.mark.parametrize(
        ("span", "words"),
        [
            (timedelta(hours=2), "2 hours"),
            (timedelta(minutes=5), "5 minutes"),
            (timedelta(days=1, minutes=1), "1 day 1 minute"),
        ],
        ids=["hours", "minutes", "mixed"],
    )
    def test_is_told_in_words(self, span: timedelta, words: str) -> None:
        """A span of time is told in its units, with their plurals."""
        assert as_text.span(span) == words


class TestEntry:
    def test_one_without_a_title(self) -> None:
        """An entry without a title is called by its address, as on the screen."""
        day = datetime(2025, 3, 4, 5, 6, tzinfo=UTC)
        feed = FeedRef(1, "Relay", "https://relay.example/feed")
        link = "https://relay.example/7/"
        verdict = Attribution("unchecked")
        row = EntryRow(7, feed, "", link, (), day, day, True, False, verdict)

        assert as_text.entry(row, UTC).endswith("Relay: relay.example/7")
