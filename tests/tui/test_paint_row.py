"""An entry's row: three forms, their columns, and what gives way to what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import EntryRow, Status
from reader.tui.paint.glyphs import ASCII, UNICODE, Glyphs
from reader.tui.paint.row import Form, RowState, entry_row, form_for
from reader.tui.paint.span import Line, plain, width
from tests.tui.painted import NOW, TODAY, row, texts, widths

SCRIPTS = {
    "latin": ("Anzeiger für Straße und Fluß", "Grüße aus der Straße am Fluß"),
    "cyrillic": ("Вестник пристани", "Паром вернулся в порт с грузом яблок"),
    "greek": ("Τα νέα του λιμανιού", "Το πλοίο γύρισε στο λιμάνι το πρωί"),
    "arabic": ("جريدة الميناء", "عادت العبّارة إلى المرفأ بعد عشرين عامًا"),
    "hebrew": ("עיתון הנמל", "המעבורת חזרה לנמל אחרי עשרים שנה"),
    "hindi": ("घाट समाचार", "नौका बीस साल बाद बंदरगाह पर लौट आई"),
    "thai": ("ข่าวท่าเรือ", "เรือข้ามฟากกลับถึงท่าแล้วหลังจากยี่สิบปี"),
    "chinese": ("渡口晚报", "渡轮在二十年之后终于返回了港口，居民们前来围观"),
    "japanese": ("渡し場新聞", "フェリーが二十年ぶりに港に戻った、と船長は言った。"),
    "korean": ("나루터 일보", "여객선이 이십 년 만에 항구로 돌아왔다"),
    "emoji": (
        "👩\u200d👩\u200d👧 Post",
        "🇳🇴 and 🇩🇰 share one ❤️ ferry 👍🏽 at last, say both",
    ),
}


PLAIN = RowState()


def drawn(
    of: EntryRow,
    columns: int,
    state: RowState = PLAIN,
    glyphs: Glyphs = UNICODE,
    *,
    headed: bool = False,
) -> tuple[Line, ...]:
    return entry_row(
        of, columns, form_for(columns), state, glyphs, NOW, UTC, headed=headed
    )


class TestForms:
    @pytest.mark.parametrize(
        ("columns", "form"),
        [(30, 3), (34, 3), (47, 3), (48, 2), (68, 2), (71, 2), (72, 1), (200, 1)],
    )
    def test_by_width(self, columns: int, form: Form) -> None:
        """
        The list's width says how many rows an entry takes.
        """
        assert form_for(columns) == form

    def test_three_rows(self) -> None:
        """
        At 34 columns: kicker with marks and time, the headline on two lines.
        """
        found = drawn(row(also=2, starred=True), 34, RowState(cursor=True))

        assert [plain(line) for line in found] == [
            "▌● Mill Street Mail ◆ +2 ★ 09:40  ",
            "▌  Bakers of two towns swap       ",
            "▌  ovens for a month              ",
        ]

    def test_three_rows_wider(self) -> None:
        """
        At 36 columns the second line of a long headline is cut at its end.
        """
        title = "Bakers of two towns swap ovens for a whole month, and then for another"

        found = drawn(row(title, status="unresolved"), 36)

        assert [plain(line) for line in found] == [
            " ● Evening Digest ◇          09:40  ",
            "   Bakers of two towns swap ovens   ",
            "   for a whole month, and then fo…  ",
        ]

    def test_two_rows(self) -> None:
        """
        At 68 columns the other feeds are told in words, three blanks before the time.
        """
        kicker, title = texts(drawn(row(also=2), 68))

        assert kicker == " ● Mill Street Mail ◆" + " " * 28 + "also in 2   09:40"
        assert title == "   Bakers of two towns swap ovens for a month"

    def test_two_rows_starred(self) -> None:
        """
        A star stands before the time, where the three blanks end.
        """
        kicker = texts(drawn(row(also=2, starred=True), 68))[0]

        assert kicker.endswith("also in 2   ★ 09:40")

    def test_two_rows_narrow(self) -> None:
        """
        Where the publisher would be crushed, `also in 2` becomes `+2`.
        """
        of = row(publisher="The Mill Street and Lower Wend Advertiser", also=2)
        narrow = entry_row(of, 30, 2, RowState(), UNICODE, NOW, UTC)

        assert texts(narrow)[0] == " ● The Mill Stre… ◆ +2 09:40"

    def test_one_row(self) -> None:
        """
        From 72 columns publisher, mark, headline and time each have their column.
        """
        rows = [
            row("Bakers of two towns swap ovens for a month or", also=2, starred=True),
            row("Short", publisher="A publisher with a long name", read=True),
            row("Nobody’s", status="original", publisher=None, feed="Own Voice"),
        ]

        assert [texts(drawn(of, 78))[0] for of in rows] == [
            " ● Mill Street Mail  ◆  Bakers of two towns swap ovens for a mont…"
            " +2 ★ 09:40",
            "   A publisher with… ◆  Short" + " " * 43 + "09:40",
            " ● Own Voice            Nobody’s" + " " * 40 + "09:40",
        ]

    def test_ascii(self) -> None:
        """
        In ASCII the signs are letters, and the cut is three dots.
        """
        found = drawn(row(also=1), 34, RowState(cursor=True, picked=True), ASCII)

        assert texts(found)[0] == "]x Mill Street Mail >   +1 09:40"


class TestWidths:
    @pytest.mark.parametrize("columns", [30, 34, 36, 48, 68, 72, 78, 120])
    @pytest.mark.parametrize(("publisher", "title"), SCRIPTS.values(), ids=SCRIPTS)
    def test_scripts(self, publisher: str, title: str, columns: int) -> None:
        """
        In every script each line is exactly as wide as the list.
        """
        of = row(title, publisher=publisher, also=2, starred=True)

        found = drawn(of, columns, RowState(cursor=True))

        assert widths(found) == {columns}
        assert len(found) == form_for(columns)

    @pytest.mark.parametrize("columns", [34, 68, 78])
    def test_marks_line_up(self, columns: int) -> None:
        """
        The time ends in the same column whatever stands left of it.
        """
        ends = set()
        for publisher, title in SCRIPTS.values():
            kicker = drawn(row(title, publisher=publisher), columns)[0]
            before = kicker[: [span.text for span in kicker].index("09:40") + 1]
            ends.add(width(before))

        assert len(ends) == 1

    @given(st.text(max_size=80), st.text(max_size=40), st.integers(30, 110))
    def test_any_text(self, title: str, publisher: str, columns: int) -> None:
        """
        Whatever a feed calls itself and its entries, the row keeps its width.
        """
        found = drawn(row(title, publisher=publisher, also=11), columns)

        assert widths(found) == {columns}
        assert all(
            char.isprintable() or ord(char) > 0x9F
            for line in found
            for char in plain(line)
        )


class TestLooks:
    def ink(self, of: EntryRow, text: str, state: RowState = PLAIN) -> str:
        return next(
            span.ink
            for line in drawn(of, 34, state)
            for span in line
            if text in span.text
        )

    def test_unread(self) -> None:
        """
        Unread: a strong title that is not bold, a soft publisher, a faint time.
        """
        found = [self.ink(row(), text) for text in ("Bakers", "Mill", "◆", "09:40")]

        assert found == ["strong", "soft", "soft", "faint"]
        assert not any(span.bold for line in drawn(row(), 34) for span in line)

    def test_read(self) -> None:
        """
        Read: a soft title, publisher and mark faint, no dot.
        """
        of = row(read=True)

        assert [self.ink(of, t) for t in ("Bakers", "Mill", "◆")] == [
            "soft",
            "faint",
            "faint",
        ]
        assert "●" not in texts(drawn(of, 34))[0]

    def test_cursor(self) -> None:
        """
        On the cursor row nothing is faint, the title is bold, the edge tells of focus.
        """
        of, state = row(read=True, also=2), RowState(cursor=True)
        found = drawn(of, 34, state)

        assert not any(span.ink == "faint" for line in found for span in line)
        assert self.ink(of, "▌", state) == "accent"
        assert self.ink(of, "▌", replace(state, focused=False)) == "soft"
        assert {span.ground for span in found[0]} == {"cursor"}
        assert {span.ground for line in found[1:] for span in line} == {"cursor-rest"}

    def test_acts(self) -> None:
        """
        A click finds what to do on the dot, the star and the count.
        """
        kicker = drawn(row(also=2, starred=True), 34)[0]

        assert {span.text: span.act for span in kicker if span.act} == {
            "●": "toggle_read",
            "◆": "trail",
            "+2": "trail",
            "★": "star",
        }


class TestPublisher:
    @pytest.mark.parametrize(
        ("status", "publisher", "shown"),
        [
            ("resolved", "Mill Street Mail", "Mill Street Mail"),
            ("unresolved", "Mill Street Mail", "Evening Digest"),
            ("unchecked", "Mill Street Mail", "Evening Digest"),
            ("original", None, "Evening Digest"),
        ],
    )
    def test_until_resolved(
        self, status: Status, publisher: str | None, shown: str
    ) -> None:
        """
        The republisher stands over the headline until the first publisher is known.
        """
        of = row(status=status, publisher=publisher)

        assert texts(drawn(of, 34))[0].startswith(f" ● {shown}")

    def test_without_title(self) -> None:
        """
        An entry without a title shows its address.
        """
        assert "evening-digest.example/d/512" in texts(drawn(row(""), 34))[1]


class TestTime:
    @pytest.mark.parametrize(
        ("when", "headed", "shown"),
        [
            (TODAY, False, "09:40"),
            (TODAY - timedelta(days=1), False, "Mon"),
            (TODAY - timedelta(days=1), True, "09:40"),
            (TODAY - timedelta(days=6), True, "Wed"),
            (TODAY - timedelta(days=7), True, "5 May"),
            (TODAY.replace(month=1, day=31), False, "31 Jan"),
            (TODAY.replace(year=2024), False, "2024"),
        ],
    )
    def test_short(self, when: datetime, headed: bool, shown: str) -> None:
        """
        Today's clock, this week's day, this year's date, else the year; never cut.
        """
        for columns in (34, 68, 78):
            kicker = texts(drawn(row(when=when), columns, headed=headed))[0]

            assert kicker.endswith(f" {shown}")
