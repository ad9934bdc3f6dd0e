"""The comparison as lines: both sides, what differs bright, what is alike folded."""

from dataclasses import replace
from datetime import UTC, timedelta

from reader.model import Article, Reading
from reader.services.changes import Changes, changes
from reader.tui.paint.changes import Page, changes_lines
from reader.tui.paint.glyphs import ASCII, UNICODE, Glyphs
from reader.tui.paint.span import Span, width
from tests.tui.painted import RESOLVED, TODAY, reading, texts

FIRST = "The bakers of Upper and Lower Wend have traded ovens, and both are pleased."
SECOND = "Loaves are said to be slightly rounder, which nobody has measured so far."
THIRD = "The cat of the lower bakery went along, and came back on the second day."
KEYS = {"faces": "v"}


def _pair(*copy: str, title: str = "Ovens") -> tuple[Reading, Changes]:
    original = Article(
        "\n\n".join((FIRST, SECOND, THIRD)),
        title="Ovens",
        published=TODAY - timedelta(minutes=34),
    )
    copied = Article("\n\n".join(copy), title=title, authors=("Ines Falk",))
    entry = replace(reading(RESOLVED), article=original, copy=copied)
    found = changes(entry)
    assert found is not None
    return entry, found


def _page(
    *copy: str, columns: int = 120, glyphs: Glyphs = UNICODE, title: str = "Ovens"
) -> Page:
    entry, found = _pair(*copy, title=title)
    return changes_lines(entry, found, columns, glyphs, UTC, KEYS)


def _bright(page: Page, number: int) -> list[str]:
    return [span.text.strip() for span in page.lines[number] if span.ink == "strong"]


class TestChangesLines:
    def test_head(self) -> None:
        """
        On top stand whose doing it is, the faces, the verdict, and both names.
        """
        page = _page(FIRST, SECOND)
        rows = texts(page.lines)

        assert rows[0].startswith("   What Evening Digest changed")
        assert rows[0].endswith("v feed text, original, changes")
        assert rows[1].startswith("   Shortened to 6")
        assert rows[4].startswith("     Mill Street Mail  the original, 09:06")
        assert rows[4].endswith("Evening Digest  34 minutes later")
        assert Span("Mill Street Mail", "accent", bold=True) in page.lines[4]

    def test_sides(self) -> None:
        """
        What was left out stands at the left, what was added at the right.
        """
        page = _page(FIRST, SECOND, "Read on for more of it.")
        rows = texts(page.lines)
        left, right = (rows[first] for first, _ in page.places)

        assert left.startswith("   − The cat")
        assert right.index("+ Read on") > 57

    def test_only_what_differs_is_bright(self) -> None:
        """
        Within a paragraph the words that differ are bold, the others soft.
        """
        page = _page(FIRST, SECOND.replace("slightly", "much"), THIRD)
        at = page.places[0][0]

        assert _bright(page, at) == ["slightly", "much"]
        assert [span.text for span in page.lines[at] if span.text == "~"] == ["~", "~"]

    def test_what_is_the_same_is_folded(self) -> None:
        """
        One paragraph between changes is shown; of more only the number is told.
        """
        rows = "\n".join(texts(_page(FIRST, SECOND).lines))
        whole = "\n".join(texts(_page(FIRST, THIRD).lines))

        assert "2 paragraphs the same" in rows
        assert "Upper and Lower" not in rows
        assert "Upper and Lower" in whole

    def test_narrow(self) -> None:
        """
        In a narrow window the copy stands below the original, each with its sign.
        """
        page = _page(FIRST, SECOND.replace("slightly", "much"), THIRD, columns=80)
        rows = texts(page.lines)
        at = page.places[0][0]

        assert any(row.startswith("   − Mill Street Mail") for row in rows)
        assert rows[at].startswith("   − Loaves")
        assert rows[at + 2].startswith("   + Loaves")

    def test_nothing_is_wider_than_the_window(self) -> None:
        """
        No line is wider than the window, in either set of glyphs.
        """
        for columns in (40, 80, 100, 120, 200):
            for glyphs in (UNICODE, ASCII):
                page = _page(THIRD, columns=columns, glyphs=glyphs, title="x" * 90)

                assert max(map(width, page.lines)) <= columns

    def test_nothing_changed(self) -> None:
        """
        A copy that is the same has no places, and says so.
        """
        page = _page(FIRST, SECOND, THIRD)

        assert page.places == ()
        assert "Evening Digest changed nothing but the address." in texts(page.lines)[1]

    def test_right_to_left(self) -> None:
        """
        A text from right to left stands at the right of its side.
        """
        entry, _ = _pair(FIRST)
        arabic = Article("القطة عادت في اليوم الثاني.", language="ar")
        entry = replace(entry, copy=arabic)
        found = changes(entry)
        assert found is not None
        page = changes_lines(entry, found, 120, UNICODE, UTC, KEYS)
        at = page.places[-1][0]

        assert width(page.lines[at]) == 3 + 55 + 2 + 55
