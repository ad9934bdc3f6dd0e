"""Values as lines of text for people."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from reader.cli import as_json, as_text
from reader.cli.session import complain, say
from reader.errors import FetchError
from reader.model import Attribution, EntryRow, Feed, FeedRef


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


class TestLookalikes:
    URL = "https://\u0440\u0430\u0443\u0440\u0430l.example/feed?a=1"
    WIRE = "(xn--l-7sba6dbr.example)"

    def test_are_named_to_people(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        A host that could be taken for another has its name on the wire behind the URL,
        which stays whole, on either stream.
        """
        say([as_text.feed(Feed(1, self.URL, "Pay"))])
        complain(FetchError(self.URL, "no answer"))
        said, told = capsys.readouterr()

        assert f"{self.URL} {self.WIRE}" in said
        assert f"{self.URL} {self.WIRE}: no answer" in told.replace(":", "", 1)

    def test_are_left_to_programs(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        What a program reads is as it is.
        """
        say([as_json.line(as_json.feed(Feed(1, self.URL, "Pay")))])

        assert json.loads(capsys.readouterr().out)["url"] == self.URL
