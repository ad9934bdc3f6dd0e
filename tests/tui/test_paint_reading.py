"""The article pane of a reading: what stands in which order, and what is said."""

from dataclasses import replace
from datetime import UTC

import pytest

from reader import resolve
from reader.model import Article, Attribution, Guess, Reading
from reader.tui.paint.doubt import THRESHOLD
from reader.tui.paint.glyphs import UNICODE
from reader.tui.paint.laid import Face
from reader.tui.paint.reading import reading_lines
from reader.tui.paint.span import width
from tests.tui.painted import RESOLVED, STORY, UNRESOLVED, reading, texts


def drawn(of: Reading, measure: int = 60, *, face: Face = "best") -> list[str]:
    return texts(reading_lines(of, measure, UNICODE, UTC, face=face).lines)


class TestReading:
    def test_resolved(self) -> None:
        """
        Card, blank, headline, blank, the original's text, its links.
        """
        found = reading_lines(reading(), 60, UNICODE, UTC)

        assert texts(found.lines)[5:] == [
            "",
            "Bakers of two towns swap ovens for a month",
            "",
            "The bakers of Upper and Lower Wend have traded ovens until",
            "June [1], and neither will say who asked first.",
            "",
            "Loaves are said to be slightly rounder.",
            "",
            "1 wend.example/june",
        ]
        assert found.body == 8
        assert found.links == ("https://wend.example/june",)

    def test_unresolved(self) -> None:
        """
        The feed's text stands whole; a guess stands apart, two rows below, then keys.
        """
        of = reading(UNRESOLVED, text=None)

        assert drawn(of)[4:] == [
            "",
            "Bakers of two towns swap ovens for a month",
            "",
            "A short word from the feed.",
            "",
            "The feed’s own text, all of it",
            "",
            "",
            "? A guess, kept apart",
            "",
            "  Oven Post, perhaps: 0.38, and it takes 0.80",
            "  oven-post.example/a/9",
            "",
            "  + the same headline",
            "  − nothing names it",
            "",
            "t the trail, and what was refused",
            "O Evening Digest’s page in the browser",
        ]

    def test_guess_is_not_dressed(self) -> None:
        """
        A guess has neither accent, nor mark, nor a link that could be opened.
        """
        lines = reading_lines(reading(UNRESOLVED, text=None), 60, UNICODE, UTC).lines
        spans = [span for line in lines for span in line]

        assert not any(s.ink == "accent" for s in spans)
        assert not any("oven-post" in (s.link or "") for s in spans)

    def test_guess_just_below(self) -> None:
        """
        A number that does not reach the threshold is not rounded up to it.
        """
        guess = Guess("https://x.example/1", None, THRESHOLD - 0.001)
        of = reading(replace(UNRESOLVED, guess=guess), text=None)

        assert "  x.example, perhaps: 0.79, and it takes 0.80" in drawn(of)

    def test_problem(self) -> None:
        """
        Out of reach: one sentence, the evidence, the feed's text and its length.
        """
        of = reading(
            text=None,
            problem="The original is for subscribers. It ends after 41 words.",
        )

        assert drawn(of)[5:] == [
            "",
            "! The original is for subscribers.",
            "  It ends after 41 words. Below is the text that came with",
            "  the feed.",
            "",
            "Bakers of two towns swap ovens for a month",
            "",
            "A short word from the feed.",
            "",
            "From the feed: 6 words",
            "",
            "o the original in the browser, if you subscribe",
        ]

    def test_gone(self) -> None:
        """
        Without evidence and without a condition only the facts are said.
        """
        found = drawn(reading(text=None, problem="The original is gone (HTTP 404)."))

        assert found[6:8] == [
            "! The original is gone (HTTP 404).",
            "  Below is the text that came with the feed.",
        ]
        assert found[-1] == "o the original in the browser"

    def test_threshold(self) -> None:
        """
        What it takes is what the resolver takes.
        """
        assert resolve.THRESHOLD == THRESHOLD

    def test_problem_with_copy(self) -> None:
        """
        Where the republisher's own text stands instead, that is what is said.
        """
        of = reading(text=None, feed_text="", problem="The original is too large.")
        found = drawn(replace(of, copy=Article("Their own words.")))

        assert found[7] == "  Below is the text of Evening Digest’s own page."

    def test_no_text(self) -> None:
        """
        Where even the feed gave nothing, that is said.
        """
        of = reading(Attribution(status="unchecked"), text=None, feed_text="")

        assert drawn(of)[-1] == "The feed gave no text for this entry."

    def test_keys(self) -> None:
        """
        Offers name the keys in force, and an action without one is not offered.
        """
        of = reading(UNRESOLVED, text=None)

        found = reading_lines(of, 60, UNICODE, UTC, keys={"trail": "ctrl+t"})

        assert texts(found.lines)[-1] == "ctrl+t the trail, and what was refused"


class TestFaces:
    def test_feed(self) -> None:
        """
        The feed's face shows the feed's text, though the original is there.
        """
        found = drawn(reading(), face="feed")

        assert found[8:] == [
            "A short word from the feed.",
            "",
            "The feed’s own text, all of it",
        ]

    def test_copy(self) -> None:
        """
        The copy's face shows the republisher's own page, and says so.
        """
        of = replace(reading(), copy=Article("They wrote this."))

        assert drawn(of, face="copy")[8:] == [
            "They wrote this.",
            "",
            "From Evening Digest’s own page: 3 words",
        ]

    def test_best_without_feed(self) -> None:
        """
        Neither original nor feed: the republisher's page is better than nothing.
        """
        of = replace(
            reading(UNRESOLVED, text=None, feed_text=""), copy=Article("Only here.")
        )

        assert "Only here." in drawn(of)


class TestStandfirst:
    OPENING = "*Two towns, two ovens, and a month in which to find out.*"

    def test_emphasised(self) -> None:
        """
        A first paragraph all in emphasis is the standfirst: soft, italic, once.
        """
        of = reading(text=f"{self.OPENING}\n\nThe text.")
        lines = reading_lines(of, 60, UNICODE, UTC).lines
        (span,) = lines[8]

        assert texts(lines)[8:] == [self.OPENING.strip("*"), "", "The text."]
        assert (span.ink, span.italic) == ("soft", True)

    @pytest.mark.parametrize(
        "text",
        [OPENING, "*Short.*\n\nThe text.", f"{OPENING} And more.\n\nThe text."],
        ids=["alone", "short", "running on"],
    )
    def test_not(self, text: str) -> None:
        """
        Emphasis alone, a word of it, or emphasis in a paragraph is none.
        """
        lines = reading_lines(reading(text=text), 60, UNICODE, UTC).lines

        assert not any(s.italic and s.ink == "soft" for line in lines for s in line)

    @pytest.mark.parametrize(
        ("summary", "shown"),
        [
            ("<p>Two towns, two ovens &amp; a month to find out.</p>", True),
            ("The bakers of Upper and Lower Wend have traded ovens", False),
            ("Two towns, two ovens and a month to find out [...]", False),
            ('Two towns, two ovens. <a href="x">Read all of it</a> there.', False),
        ],
        ids=["whole", "repeated", "excerpt", "linked"],
    )
    def test_summary(self, summary: str, shown: bool) -> None:
        """
        An original's own summary is one, unless it is an excerpt or leads elsewhere.
        """
        told = Attribution(status="original", url=STORY)
        found = drawn(reading(told, summary=summary))

        assert ("Two towns, two ovens & a month to find out." in found) is shown

    def test_stub(self) -> None:
        """
        A republisher's summary never stands over somebody else's article.
        """
        summary = "This post was originally published elsewhere, by another."

        assert summary not in drawn(reading(RESOLVED, summary=summary))


class TestZen:
    def test_head(self) -> None:
        """
        Instead of the card one line says who and when; it drops parts when narrow.
        """
        wide = reading_lines(reading(), 70, UNICODE, UTC, zen=True).lines
        narrow = reading_lines(reading(), 34, UNICODE, UTC, zen=True).lines

        assert texts(wide)[:3] == [
            "Mill Street Mail  ·  Ines Falk  ·  12 May 2026",
            "",
            "Bakers of two towns swap ovens for a month",
        ]
        assert texts(narrow)[0] == "Mill Street Mail  ·  Ines Falk"


class TestBounds:
    @pytest.mark.parametrize("measure", [20, 38, 60, 72])
    @pytest.mark.parametrize("language", [None, "ar"])
    def test_width(self, measure: int, language: str | None) -> None:
        """
        Nothing is wider than the measure, in either direction.
        """
        title = "عادت العبّارة إلى المرفأ بعد عشرين عامًا" * 3
        for told in (RESOLVED, UNRESOLVED):
            of = reading(
                told, title=title, language=language, problem="A problem. " * 9
            )
            lines = reading_lines(of, measure, UNICODE, UTC).lines

            assert max(map(width, lines)) <= measure
