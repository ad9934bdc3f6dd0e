"""What stands round the text: status line, sidebar, palette, help, empty states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.paint.empty import (
    first_run,
    nothing_found,
    query_words,
    view_empty,
)
from reader.tui.paint.glyphs import ASCII, UNICODE, Glyphs, Setting, choose
from reader.tui.paint.help import Keyed, help_lines
from reader.tui.paint.palette import Item, matches, palette_line, shown_from
from reader.tui.paint.sidebar import SideRow, brand, list_head, side_row
from reader.tui.paint.span import Line, apart, filled, plain, shortened, width
from reader.tui.paint.status import (
    Hint,
    meter,
    position,
    progress,
    question,
    remaining,
    said,
    status_line,
)
from tests.tui.painted import texts

HINTS = [
    Hint("Enter", "read", "read"),
    Hint("o", "original"),
    Hint("t", "trail"),
    Hint("s", "star"),
    Hint("?", "help"),
]


class TestGlyphs:
    @pytest.mark.parametrize(
        ("setting", "term", "encoding", "glyphs"),
        [
            ("auto", "xterm-256color", "utf-8", UNICODE),
            ("auto", "xterm-256color", "UTF8", UNICODE),
            ("auto", "linux", "utf-8", ASCII),
            ("auto", "xterm", "ISO-8859-1", ASCII),
            ("unicode", "linux", "ascii", UNICODE),
            ("ascii", "xterm", "utf-8", ASCII),
        ],
    )
    def test_choose(
        self, setting: Setting, term: str, encoding: str, glyphs: Glyphs
    ) -> None:
        """
        ASCII where asked for, on the Linux console, and where the locale is not UTF-8.
        """
        assert choose(setting, {"TERM": term}, encoding) is glyphs

    def test_ascii_is_ascii(self) -> None:
        """
        Nothing of the ASCII set is anything else, and no two statuses look alike.
        """
        signs = [ASCII.unread, ASCII.cut, ASCII.steps, ASCII.quoted("a"), ASCII.refused]
        signs += [*ASCII.marks.values(), *ASCII.rules.values(), ASCII.keyless]

        assert all(sign.isascii() for sign in signs)
        assert len(set(ASCII.rules.values())) == len(set(ASCII.marks.values())) == 4
        assert ASCII.say("it’s “so” …") == 'it\'s "so" ...'


class TestLines:
    @given(st.lists(st.text("ab港 ", max_size=6), max_size=5), st.integers(1, 14))
    def test_shortened(self, parts: list[str], columns: int) -> None:
        """
        A shortened line fits, and one that fits is left alone.
        """
        line = said(parts, UNICODE)

        found = shortened(line, columns)

        assert width(found) <= columns
        assert width(line) > columns or found == line

    def test_shortened_at_a_span(self) -> None:
        """
        A line cut between two spans still ends in an ellipsis.
        """
        assert plain(shortened(said(["abc", "d"], UNICODE), 3)) == "ab…"


class TestStatus:
    def test_bar_from_120(self) -> None:
        """
        At 120 columns a poll has a bar, below it has none.
        """
        wide = progress(112, 200, 34, 2, 120, UNICODE)
        narrow = progress(112, 200, 34, 2, 119, UNICODE)

        assert plain(wide) == "━━━━━━────  feeds 112/200 · 34 new · 2 failed"
        assert plain(narrow) == "feeds 112/200 · 34 new · 2 failed"
        assert [s.text for s in wide if s.ink == "error"] == ["2 failed"]

    def test_progress_quiet(self) -> None:
        """
        What is nought is not told, and motion off has no bar.
        """
        found = progress(3, 9, 0, 0, 200, UNICODE, bar=False)

        assert plain(found) == "feeds 3/9"

    @pytest.mark.parametrize(
        ("columns", "shown"),
        [
            (100, "Enter read   o original   t trail   s star   ? help"),
            (80, "Enter read   o original   ? help"),
            (60, "Enter read   ? help"),
            (50, "? help"),
        ],
    )
    def test_hints_drop(self, columns: int, shown: str) -> None:
        """
        Hints go from the one before the last; the line is always as wide as the screen.
        """
        left = progress(112, 200, 34, 2, columns, UNICODE)

        line = status_line(left, HINTS, columns, UNICODE)

        assert plain(line) == (
            "  feeds 112/200 · 34 new · 2 failed"
            + " " * (columns - 37 - len(shown))
            + shown
            + "  "
        )

    @given(st.text("ab ", max_size=60), st.integers(20, 90))
    def test_width(self, left: str, columns: int) -> None:
        """
        Whatever it says, it is exactly as wide as the screen.
        """
        line = status_line(said([left], UNICODE), HINTS, columns, UNICODE)

        assert width(line) == columns

    def test_at_most_nine(self) -> None:
        """
        On a wide screen there are nine hints, the last one among them.
        """
        hints = [Hint(str(number), "x") for number in range(12)]

        text = plain(status_line((), hints, 200, UNICODE)).strip()

        assert text.split("   ") == [f"{n} x" for n in (*range(8), 11)]

    def test_wording(self) -> None:
        """
        Position, question and time left, as looks.md words them.
        """
        answers = [Hint("y", "yes"), Hint("n", "no")]

        assert plain(position("Unread", 1, 134, 0.14)) == "Unread  1 of 134   14 %"
        assert plain(question("Mark 9 read?", answers)) == "Mark 9 read?  y yes  n no"
        assert plain(remaining(10, 0.62)) == "4 min left   62 %"
        assert plain(remaining(10, 1)) == "100 %"
        assert plain(said(["38 marked read", "z undoes"], UNICODE)) == (
            "38 marked read · z undoes"
        )

    @pytest.mark.parametrize(
        ("share", "text"),
        [(0, "----------"), (0.999, "=========-"), (1, "=========="), (7, "=" * 10)],
    )
    def test_meter(self, share: float, text: str) -> None:
        """
        A bar is full only when all is done.
        """
        assert plain(meter(share, 10, ASCII)) == text


class TestSidebar:
    @pytest.mark.parametrize(
        ("row", "text"),
        [
            (SideRow("view", "Unread", 134), "  Unread          134 "),
            (SideRow("folder", "Coast", 38), " ▾ Coast           38 "),
            (SideRow("folder", "Towns", 52, open=False), " ▸ Towns           52 "),
            (SideRow("feed", "Quay Notes", 9), "   Quay Notes       9 "),
            (SideRow("feed", "Slow", 0), "   Slow               "),
            (SideRow("feed", "Wire", 0, failing=True), " ! Wire               "),
            (SideRow("feed", "渡し場新聞の夕刊です", 7), "   渡し場新聞の夕…  7 "),
            (SideRow("blank"), " " * 22),
        ],
        ids=lambda value: value.name if isinstance(value, SideRow) else "",
    )
    def test_row(self, row: SideRow, text: str) -> None:
        """
        Views, folders and feeds in their columns, counts at the right.
        """
        assert plain(side_row(row, 22, UNICODE)) == text

    def test_looks(self) -> None:
        """
        Bold folders, faint feeds without unread or failing, accent only in focus.
        """
        feed = SideRow("feed", "Wire", 0, failing=True)
        folder = SideRow("folder", "Coast", 3)
        view = SideRow("view", "Unread", 9)

        def named(line: Line, text: str) -> tuple[str, bool]:
            return next((s.ink, s.bold) for s in line if s.text == text)

        assert named(side_row(feed, 22, UNICODE), "Wire") == ("faint", False)
        assert named(side_row(feed, 22, UNICODE), "!") == ("error", True)
        assert named(side_row(folder, 22, UNICODE), "Coast") == ("ink", True)
        assert named(side_row(view, 22, UNICODE, cursor=True), "▌") == ("soft", False)
        chosen = side_row(view, 22, UNICODE, cursor=True, focused=True)
        assert named(chosen, "▌") == ("accent", False)
        assert named(chosen, "Unread") == ("strong", True)

    def test_heads(self) -> None:
        """
        The brand, and the list's head, whose order goes first when it gets narrow.
        """
        assert plain(brand(22, UNICODE)) == "  ◆ Firsthand         "
        assert plain(list_head("Unread", 134, "newest first", 34, UNICODE)) == (
            "   Unread  134      newest first  "
        )
        assert plain(list_head("Unread", 134, "newest first", 24, UNICODE)) == (
            "   Unread  134          "
        )


class TestEmpty:
    def test_first_run(self) -> None:
        """
        The map line, who we are, and four ways to begin, the first one chosen.
        """
        found = first_run(120, UNICODE)
        lines = texts(found.lines)

        assert lines[:2] == [
            "○" + "─" * 34 + "○" + "─" * 35 + "◆",
            "a feed" + " " * 27 + "a stub" + " " * 21 + "the original",
        ]
        assert lines[5:7] == ["Firsthand", "The news, from whoever published it first."]
        assert [lines[number][2:16].rstrip() for number in found.rows] == [
            "1   Starter se",
            "2   OPML file",
            "3   Demo",
            "a   One addres",
        ]
        assert lines[found.rows[0]].startswith("▌ 1")
        assert {s.ground for s in found.lines[found.rows[0]]} == {"cursor"}

    @pytest.mark.parametrize("columns", [34, 50, 72, 120])
    def test_first_run_width(self, columns: int) -> None:
        """
        It shrinks with the screen and is never wider than 72.
        """
        assert max(map(width, first_run(columns, ASCII).lines)) <= min(columns, 72)

    def test_nothing_found(self) -> None:
        """
        An empty search offers looser ones with their counts, at most three.
        """
        looser = [("a b", 3), ("b c", 11), ("c", 27), ("d", 99)]

        found = nothing_found(looser, 40, UNICODE)

        assert texts(found.lines)[:6] == [
            "Nothing found.",
            "",
            "With one word less there would be:",
            "",
            "▌ 1   a b" + " " * 29 + "3",
            "  2   b c" + " " * 28 + "11",
        ]
        assert len(found.rows) == 3

    def test_others(self) -> None:
        """
        An empty view says where to go; the words of the query language are explained.
        """
        hints = [Hint("J", "next feed with unread")]

        assert texts(view_empty("Nothing unread in Coast.", hints, 30, UNICODE)) == [
            "Nothing unread in Coast.",
            "",
            "J next feed with unread",
        ]
        assert texts(
            view_empty("Nothing unread in Harbour Courant.", (), 20, UNICODE)
        ) == [
            "Nothing unread in",
            "Harbour Courant.",
        ]
        assert texts(query_words(80, UNICODE))[2].endswith("    states")
        assert max(map(width, query_words(30, UNICODE))) <= 30


KEYED = [
    Keyed("Move", "j k", "next, previous"),
    Keyed("Move", "space b", "page on, back"),
    Keyed("Read", "Enter", "open in the reader"),
    Keyed("The source", "", "find other copies"),
    Keyed("Keep", "s", "star"),
]


class TestHelp:
    def test_columns(self) -> None:
        """
        Three groups beside each other at 120 columns; an action without a key has `–`.
        """
        lines = texts(help_lines(KEYED, 120, UNICODE, count=63))

        assert lines[0] == (
            "   Keys   63 actions, vim preset" + " " * 62 + "type to narrow the list"
        )
        assert lines[3:7] == [
            "   Move" + " " * 34 + "Read" + " " * 34 + "The source",
            "",
            "   j k     next, previous"
            + " " * 16
            + "Enter   open in the reader"
            + " " * 12
            + "–       find other copies",
            "   space b page on, back",
        ]
        assert lines[-1].startswith("   – has no key: reach it by the palette")

    @pytest.mark.parametrize("columns", [40, 80, 120, 200])
    def test_width(self, columns: int) -> None:
        """
        Nothing is wider than the screen.
        """
        assert max(map(width, help_lines(KEYED, columns, ASCII))) <= columns - 3

    def test_marks(self) -> None:
        """
        The marks are explained in the glyphs in force.
        """
        text = "\n".join(texts(help_lines(KEYED, 120, ASCII)))

        assert "N unread" in text
        assert "? a stub, unresolved" in text


ITEMS = [
    Item("Trail", "every hop to the original", "t"),
    Item("Star", "", "s"),
    Item("Open the original", "in the browser", "o"),
    Item("Next feed with unread", "", "J"),
    Item("Zen"),
]


class TestPalette:
    def test_matches(self) -> None:
        """
        Letters in their order match; a title's beginning is better than its inside,
        letters together better than apart.
        """
        found = matches("tr", ITEMS)

        assert [(m.item.title, m.letters) for m in found] == [
            ("Trail", (0, 1)),
            ("Star", (1, 3)),
            ("Open the original", (5, 10)),
            ("Next feed with unread", (12, 17)),
        ]

    def test_all(self) -> None:
        """
        Nothing typed shows everything, in the table's order.
        """
        assert [match.item for match in matches("", ITEMS)] == ITEMS

    @given(st.text(max_size=20), st.text(max_size=5))
    def test_any_text(self, title: str, query: str) -> None:
        """
        Any title and any query: letters that are lit are letters of the title.
        """
        for match in matches(query, [Item(title)]):
            assert all(0 <= place < len(title) for place in match.letters)

    def test_line(self) -> None:
        """
        Title, what it does, key at the right; the typed letters bear the accent.
        """
        match = matches("tr", ITEMS)[0]
        line = palette_line(match, 76, UNICODE, chosen=True)

        assert plain(line) == (
            "▌  Trail" + " " * 22 + "every hop to the original" + " " * 17 + "t   "
        )
        assert [s.text for s in line if s.ink == "accent"] == ["▌", "Tr"]
        assert {s.ground for s in line} == {"raised-cursor"}

    @pytest.mark.parametrize("columns", [30, 40, 60, 76])
    def test_width(self, columns: int) -> None:
        """
        Each line is exactly as wide as the palette.
        """
        for match in matches("", [*ITEMS, Item("T" * 90, "a" * 90, "ctrl+p")]):
            assert width(palette_line(match, columns, ASCII)) == columns

    @pytest.mark.parametrize(
        ("cursor", "first", "expected"),
        [(0, 0, 0), (4, 0, 2), (1, 2, 1), (3, 2, 2), (2, 9, 2)],
    )
    def test_shown_from(self, cursor: int, first: int, expected: int) -> None:
        """
        The window moves only as far as the cursor needs.
        """
        assert shown_from(cursor, first, 3, matches("", ITEMS)) == expected


class TestSpans:
    def test_apart(self) -> None:
        """
        Two pieces at two ends; filled to its width.
        """
        left, right = said(["a"], UNICODE), said(["b"], UNICODE)

        assert plain(apart(left, right, 5)) == "a   b"
        assert plain(filled(left, 3)) == "a  "
