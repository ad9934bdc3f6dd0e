"""The attribution card of each status, as text, in Unicode and in ASCII."""

from dataclasses import replace
from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Attribution, Reading
from reader.tui.paint.card import card, certainty
from reader.tui.paint.glyphs import ASCII, UNICODE, Glyphs
from reader.tui.paint.span import width
from tests.tui.painted import HOPS, RESOLVED, TODAY, UNRESOLVED, reading, texts

ORIGINAL = Attribution(
    status="original", publisher="Evening Digest", authors=("Ib Lund",)
)
UNCHECKED = Attribution(status="unchecked", trail=HOPS[:1])


def drawn(
    of: Reading, columns: int, glyphs: Glyphs = UNICODE, *, looking: bool = False
) -> list[str]:
    return texts(card(of, columns, glyphs, UTC, looking=looking))


class TestResolved:
    def test_whole(self) -> None:
        """
        Five lines: publisher, author and date, address, the way, how sure and why.
        """
        assert drawn(reading(also=2), 60) == [
            "┃ ◆ First published by Mill Street Mail",
            "┃   Ines Falk · 12 May 2026, 09:06",
            "┃   mill-street-mail.example/2026/05/ovens-swapped",
            "┃   By way of Evening Digest, 2 hops · also in 2 other feeds",
            "┃   Almost certain, 0.97 · named in the stub, dated earlier",
        ]

    def test_ascii(self) -> None:
        """
        In ASCII at 48 columns lines drop whole parts and the address its middle.
        """
        assert drawn(reading(also=2), 48, ASCII) == [
            "| > First published by Mill Street Mail",
            "|   Ines Falk - 12 May 2026, 09:06",
            "|   mill-street-mail.example/.../ovens-swapped",
            "|   By way of Evening Digest, 2 hops - also in 2",
            "|   Almost certain, 0.97 - named in the stub",
        ]

    def test_narrow(self) -> None:
        """
        Narrower yet, what the lines say first is what stays.
        """
        assert drawn(reading(also=2), 38) == [
            "┃ ◆ First published by Mill Street Ma…",
            "┃   Ines Falk · 12 May 2026, 09:06",
            "┃   mill-street-mail.…05/ovens-swapped",
            "┃   By way of Evening Digest, 2 hops",
            "┃   Almost certain, 0.97",
        ]

    def test_without_author(self) -> None:
        """
        Without an author the second line is the date; one other feed is `1 other feed`.
        """
        lines = drawn(reading(replace(RESOLVED, authors=()), also=1), 60)

        assert lines[1] == "┃   12 May 2026, 09:06"
        assert lines[3].endswith("· also in 1 other feed")

    def test_many_authors(self) -> None:
        """
        Many authors become the first few and a count of the others.
        """
        names = tuple(f"Author Number{n}" for n in range(6))

        line = drawn(reading(replace(RESOLVED, authors=names)), 60)[1]

        assert line == "┃   Author Number0 and 5 others · 12 May 2026, 09:06"

    def test_zone(self) -> None:
        """
        The time is the reader's, not the server's.
        """
        tokyo = timezone(timedelta(hours=9))

        line = texts(card(reading(), 60, UNICODE, tokyo))[1]

        assert line == "┃   Ines Falk · 12 May 2026, 18:06"

    def test_looks(self) -> None:
        """
        Rule, mark and publisher bear the accent; the address opens the original.
        """
        lines = card(reading(), 60, UNICODE, UTC)
        accents = [s.text for line in lines for s in line if s.ink == "accent"]
        (address,) = [s for line in lines for s in line if s.link]

        assert accents == ["┃", "◆", "Mill Street Mail", *"┃┃┃┃"]
        assert (address.link, address.act) == (RESOLVED.url, "open_original")


class TestOthers:
    def test_original(self) -> None:
        """
        An original says where, and no confidence: there is no doubt to report.
        """
        assert drawn(reading(ORIGINAL), 60) == [
            "│   Published here first by Evening Digest",
            "│   Ib Lund · 12 May 2026, 09:40",
            "│   evening-digest.example/d/512",
        ]
        assert drawn(reading(ORIGINAL), 60, ASCII) == [
            "    Published here first by Evening Digest",
            "    Ib Lund - 12 May 2026, 09:40",
            "    evening-digest.example/d/512",
        ]

    @pytest.mark.parametrize(
        ("glyphs", "rule", "mark", "join"),
        [(UNICODE, "┆", "◇", "·"), (ASCII, ":", "?", "-")],
        ids=["unicode", "ascii"],
    )
    def test_unresolved(self, glyphs: Glyphs, rule: str, mark: str, join: str) -> None:
        """
        Unresolved says who brought it, and how and where the trail ended.
        """
        assert drawn(reading(UNRESOLVED), 60, glyphs) == [
            f"{rule} {mark} First publisher not established",
            f"{rule}   Brought by Evening Digest {join} 12 May 2026, 09:40",
            f"{rule}   evening-digest.example/d/512",
            f"{rule}   1 hop, then a login page {join} 4 pages looked at",
        ]

    def test_unresolved_at_once(self) -> None:
        """
        A trail without a hop says so.
        """
        told = Attribution(status="unresolved", ended="a page for robots", pages=1)

        assert drawn(reading(told), 60)[3] == (
            "┆   No hops, then a page for robots · 1 page looked at"
        )

    def test_unchecked(self) -> None:
        """
        Unchecked says that nobody looked, or that somebody is looking.
        """
        assert drawn(reading(UNCHECKED), 60) == [
            "┊ ◌ Not looked at yet",
            "┊   Brought by Evening Digest · 12 May 2026, 09:40",
            "┊   1 hop so far · the feed’s own text is below",
        ]
        assert drawn(reading(UNCHECKED), 60, ASCII, looking=True) == [
            ". ~ Looking for the first publisher ...",
            ".   Brought by Evening Digest - 12 May 2026, 09:40",
            ".   1 hop so far - the feed's own text is below",
        ]

    def test_no_accent(self) -> None:
        """
        Only the original's publisher is worth the accent.
        """
        for told in (ORIGINAL, UNRESOLVED, UNCHECKED):
            lines = card(reading(told), 60, UNICODE, UTC)

            assert not any(s.ink == "accent" for line in lines for s in line)


class TestBounds:
    @given(
        st.sampled_from([RESOLVED, ORIGINAL, UNRESOLVED, UNCHECKED]),
        st.text(max_size=60),
        st.integers(12, 80),
        st.sampled_from([UNICODE, ASCII]),
    )
    def test_width(
        self, told: Attribution, name: str, columns: int, glyphs: Glyphs
    ) -> None:
        """
        No line is wider than the card, whoever published and wrote it.
        """
        told = replace(
            told, publisher=name, authors=(name, "B"), published=TODAY, ended=name
        )

        lines = card(reading(told, also=3), columns, glyphs, UTC)

        assert max(map(width, lines)) <= columns

    @pytest.mark.parametrize(
        ("confidence", "said"),
        [
            (1.0, "Almost certain, 1.00"),
            (0.95, "Almost certain, 0.95"),
            (0.949, "Very likely, 0.94"),
            (0.85, "Very likely, 0.85"),
            (0.849, "Likely, 0.84"),
            (0.80, "Likely, 0.80"),
        ],
    )
    def test_words(self, confidence: float, said: str) -> None:
        """
        A word for the number, by looks.md's steps.
        """
        assert certainty(confidence) == said
