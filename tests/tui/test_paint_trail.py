"""The trail screen: stations, ways, where it ends, and why it is believed."""

from dataclasses import replace
from datetime import UTC

import pytest

from reader.model import Attribution
from reader.tui.paint.glyphs import ASCII, UNICODE
from reader.tui.paint.span import width
from reader.tui.paint.trail import Copy, trail_lines, trail_text
from tests.tui.painted import RESOLVED, STORY, TODAY, UNRESOLVED, reading, texts


class TestTrail:
    def test_beside(self) -> None:
        """
        At 120 columns hops stand left, how sure right, and the head says how long.
        """
        of = reading()
        page = trail_lines(of, 120, UNICODE, UTC, [Copy("B", TODAY, ("wrapper",))])
        lines = texts(page.lines)

        assert lines[:6] == [
            "   Trail   2 hops, 0.4 s" + " " * 65 + "looked at 12 May 2026, 17:27",
            "   Bakers of two towns swap ovens for a month",
            "",
            "   ○ Evening Digest" + " " * 44 + "200 · 0.31 s   How sure",
            "   │ evening-digest.example/d/512" + " " * 45 + "Almost certain, 0.97",
            "   │" + " " * 74 + "━" * 29 + "─",
        ]
        assert [lines[node][:18].rstrip() for node in page.nodes] == [
            "   ○ Evening Diges",
            "   ○ go.example",
            "   ◆ Mill Street M",
        ]
        assert page.urls == (of.row.url, "https://go.example/?to=ovens", STORY)
        assert lines[-2:] == ["     Also by way of", "     B     09:40   wrapper"]

    def test_hop(self) -> None:
        """
        A hop says how it led on, and quotes its evidence.
        """
        page = trail_lines(reading(), 120, UNICODE, UTC)
        lines = [line[:78].rstrip() for line in texts(page.lines)]

        assert lines[6:11] == [
            "   │ stub-link  the page is a stub and says where to go",
            "   │ “This piece was first published by Mill Street Mail;"
            " you will be taken",
            "   │ there.”",
            "   │",
            "   ○ go.example" + " " * 48 + "302 · 0.09 s",
        ]

    def test_arrived(self) -> None:
        """
        The end is the original: its address, author, date, and how much earlier.
        """
        page = trail_lines(reading(), 120, UNICODE, UTC)
        end = [line[:74].rstrip() for line in texts(page.lines)[page.nodes[-1] :]]

        assert end[:4] == [
            "   ◆ Mill Street Mail",
            "     mill-street-mail.example/2026/05/ovens-swapped",
            "     Ines Falk · 12 May 2026, 09:06",
            "     34 minutes before Evening Digest",
        ]

    def test_reasons(self) -> None:
        """
        Right: for, against, refused, each with its sign and its reason.
        """
        lines = trail_lines(reading(), 120, UNICODE, UTC).lines

        assert [line[78:] for line in texts(lines)[3:18]] == [
            "How sure",
            "Almost certain, 0.97",
            "━" * 29 + "─",
            "needs 0.80 to count as resolved",
            "",
            "For",
            "+ named in the stub",
            "+ dated earlier",
            "",
            "Against",
            "− the headline differs",
            "",
            "Refused",
            "✕ ads.example/click",
            "  an advertisement, no article",
        ]

    def test_unresolved(self) -> None:
        """
        Below 100 columns it is one column; an unresolved trail ends hollow, and its
        guess is told with its number, not as a verdict.
        """
        page = trail_lines(reading(UNRESOLVED), 80, ASCII, UTC)
        lines = texts(page.lines)

        assert lines[page.nodes[-1] :] == [
            "   ? Here the trail ended: a login page",
            "     go.example/?to=ovens",
            "",
            "",
            "   How sure",
            "   Oven Post, perhaps: 0.38",
            "   oven-post.example/a/9",
            "   " + "=" * 11 + "-" * 19,
            "   needs 0.80 to count as resolved",
            "",
            "   For the guess",
            "   + the same headline",
            "",
            "   Against it",
            "   - nothing names it",
        ]

    @pytest.mark.parametrize(
        ("told", "end", "sure"),
        [
            (Attribution(status="unchecked"), "◌ Nobody has looked", "Not looked at"),
            (Attribution(status="original"), "○ Evening Digest", "The feed’s own"),
            (Attribution(status="unresolved"), "◇ Here the trail", "Not established"),
        ],
        ids=lambda value: value.status if isinstance(value, Attribution) else "",
    )
    def test_without_hops(self, told: Attribution, end: str, sure: str) -> None:
        """
        A trail without a hop still says where it stands.
        """
        page = trail_lines(reading(told), 120, UNICODE, UTC)
        lines = texts(page.lines)

        assert lines[page.nodes[-1]].startswith(f"   {end}")
        assert any(sure in line[78:] for line in lines)

    @pytest.mark.parametrize("columns", [40, 60, 99, 100, 120, 200])
    def test_width(self, columns: int) -> None:
        """
        No line is wider than the screen but for its margin.
        """
        long = replace(RESOLVED, publisher="P" * 90, url=STORY + "x" * 300)

        for told in (long, UNRESOLVED):
            lines = trail_lines(reading(told, also=3), columns, UNICODE, UTC).lines

            assert max(map(width, lines)) <= columns - 3

    def test_text(self) -> None:
        """
        As text it has no margin and no blanks at the ends of lines.
        """
        text = trail_text(reading(), UNICODE, UTC)

        assert text.startswith("Trail   2 hops, 0.4 s")
        assert not any(line != line.rstrip() for line in text.split("\n"))
