"""Values as lines of text for people."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reader.cli import as_json, as_text
from reader.cli.exact import Exact
from reader.cli.fitting import columns, wrapped
from reader.cli.session import complain, say
from reader.errors import FetchError
from reader.model import Attribution, EntryRow, Feed, FeedRef, Status
from reader.tui.paint.row import publisher


def row(**fields: Any) -> EntryRow:
    """A row of a list."""
    day = datetime(2025, 3, 4, 5, 6, tzinfo=UTC)
    feed = FeedRef(1, "Relay", "https://relay.example/feed")
    link = "https://relay.example/7/"
    verdict = Attribution("unchecked")
    made = EntryRow(7, feed, "A ferry", link, (), day, day, True, False, verdict)
    return replace(made, **fields)


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
        """An entry without title and text is called by its address."""
        assert as_text.entry(row(title=""), UTC).endswith("Relay: relay.example/7")


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


class TestFitting:
    def test_a_text_is_wrapped(self) -> None:
        """
        A paragraph keeps to the width, by cells, and goes on where it is told to; what
        is laid out, Markdown and addresses stay whole.
        """
        address = "https://relay.example/a-rather-long-address-of-an-article"
        lines = (
            "One two three four five six seven",
            "日本語の文章は空白がない。でも折り返される。",
            f"see {address} there",
            "    x = 1 and more of the code that stays",
            Exact("# A headline of Markdown that stays"),
        )

        assert list(wrapped(lines, 20)) == [
            "One two three four",
            "five six seven",
            "日本語の文章は空白が",
            "ない。でも折り返され",
            "る。",
            "see",
            address,
            "there",
            *lines[3:],
        ]
        assert list(wrapped(["ok  a: one two three four"], 16, 4)) == [
            "ok  a: one two",
            "    three four",
        ]

    def test_a_pipe_gets_all(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        Where stdout is no terminal nothing is wrapped.
        """
        assert columns() is None
        say(["many words " * 40], columns())

        assert capsys.readouterr().out.count("\n") == 1

    def test_a_row_is_cut(self) -> None:
        """
        A row of the list keeps to the width: names of other feeds become a number,
        the title is cut, and tags go where there is no room at all.
        """
        told = row(title="A ferry " * 20, also_in=("Coast",), tags=("sea",))
        wide, narrow = (as_text.entry(told, UTC, width) for width in (100, 50))

        assert wide.endswith("…  +1  #sea")
        assert len(wide) == 100
        assert narrow.endswith("…")
        assert len(as_text.entry(told, UTC)) > 180


class TestName:
    def test_the_first_words(self) -> None:
        """
        An entry without a title goes by its first words; JSON says that it has none.
        """
        told = row(title="", begins="Fog at the pier, and no boat.")

        assert as_text.entry(told, UTC).endswith("Relay: Fog at the pier, and no boat.")
        assert as_json.entry(told)["title"] == ""

    @pytest.mark.parametrize(
        ("status", "called", "who"),
        [
            ("original", "", "The Relay"),
            ("original", "Relay", "Mine"),
            ("resolved", "Relay", "The Relay"),
            ("unchecked", "Relay", "Mine"),
        ],
    )
    def test_of_a_feed_with_a_name_of_ours(
        self, status: Status, called: str, who: str
    ) -> None:
        """
        What a feed publishes itself goes by the reader's own name for it, like what is
        not looked at; what others published first by theirs.
        """
        feed = FeedRef(1, "Mine", "https://relay.example/feed", None, called)
        told = row(feed=feed, attribution=Attribution(status, publisher="The Relay"))

        assert f"  {who}: " in as_text.entry(told, UTC)
        assert publisher(told) == who
