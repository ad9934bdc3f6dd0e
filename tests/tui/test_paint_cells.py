"""Text in cells: what is measured, cut, padded and wrapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning import clean_line
from reader.tui.paint.cells import (
    LRM,
    cells,
    cut,
    cut_middle,
    cut_url,
    fit,
    graphemes,
    head,
    marked,
    runs_rtl,
    tail,
    wrap,
)

FAMILY = "👩\u200d👩\u200d👧"
SCRIPTS = {
    "latin": "Grüße aus der Straße am Fluß",
    "cyrillic": "Паром вернулся в порт",
    "greek": "Το πλοίο γύρισε στο λιμάνι",
    "arabic": "عادت العبّارة إلى المرفأ",
    "hebrew": "המעבורת חזרה לנמל",
    "hindi": "नौका बंदरगाह पर लौट आई",
    "thai": "เรือข้ามฟากกลับถึงท่าแล้ว",
    "chinese": "渡轮已经返回港口",
    "japanese": "フェリーが港に戻った、と彼は言った。",
    "korean": "여객선이 항구로 돌아왔다",
    "emoji": f"🇳🇴 {FAMILY} ❤️ 👍🏽 1️⃣",
}

lines = st.text(max_size=120).map(clean_line)
mixed = st.lists(
    st.sampled_from(
        [*"ab .,-", "wörter", "港", "。", "「", "ไท", "م", "é", FAMILY, "🇳🇴"]
    ),
    max_size=60,
).map("".join)


class TestCut:
    @pytest.mark.parametrize(
        ("text", "width", "expected"),
        [
            ("harbour", 7, "harbour"),
            ("harbour", 6, "harbo…"),
            ("the tide", 5, "the…"),
            ("港の時計", 7, "港の時…"),
            ("港の時計", 6, "港の…"),
            (f"ab{FAMILY}cd", 5, f"ab{FAMILY}…"),
            (f"ab{FAMILY}cd", 4, "ab…"),
            ("🇳🇴🇩🇰🇸🇪", 5, "🇳🇴🇩🇰…"),
            ("🇳🇴🇩🇰🇸🇪", 4, "🇳🇴…"),
            ("re\u0301sume\u0301es", 7, "re\u0301sume\u0301…"),
        ],
    )
    def test_at_graphemes(self, text: str, width: int, expected: str) -> None:
        """
        What is too long ends in an ellipsis, and nothing that one sees is halved.
        """
        assert cut(text, width) == expected

    def test_ascii(self) -> None:
        """
        The ellipsis may be three dots, and they count.
        """
        assert cut("harbour", 6, "...") == "har..."

    @given(lines, st.integers(0, 40))
    def test_never_wider(self, text: str, width: int) -> None:
        """
        A cut text is never wider than it may be.
        """
        assert cells(cut(text, width)) <= width

    @pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
    @pytest.mark.parametrize("width", [1, 8, 17, 60])
    def test_fit(self, text: str, width: int) -> None:
        """
        A fitted text is exactly as wide as asked for, in every script.
        """
        assert cells(fit(text, width)) == width


class TestPieces:
    @given(lines)
    def test_graphemes(self, text: str) -> None:
        """
        The graphemes of a text are the text, and as wide as it.
        """
        found = graphemes(text)

        assert "".join(piece.text for piece in found) == text
        assert sum(piece.cells for piece in found) == cells(text)

    @pytest.mark.parametrize(
        "text", ["🇳🇴", FAMILY, "❤️", "👍🏽", "नौ", "ก\u0e33", "ｶﾞ", "e\u0301", "1️⃣"]
    )
    def test_one(self, text: str) -> None:
        """
        What one sees as one is one.
        """
        assert len(graphemes(text)) == 1

    def test_ends(self) -> None:
        """
        Head and tail take what fits from their end.
        """
        assert (head("港の時計", 5), tail("港の時計", 5)) == ("港の", "時計")
        assert (head("abc", 0), tail("abc", 0)) == ("", "")


class TestUrl:
    @pytest.mark.parametrize(
        ("width", "expected"),
        [
            (45, "mill-street.example/2026/05/12/ovens-swapped"),
            (40, "mill-street.example/…/12/ovens-swapped"),
            (36, "mill-street.example/…/ovens-swapped"),
            (20, "mill-stree…s-swapped"),
        ],
    )
    def test_parts_go_first(self, width: int, expected: str) -> None:
        """
        Whole parts of the path go before letters do.
        """
        url = "mill-street.example/2026/05/12/ovens-swapped"

        assert cut_url(url, width) == expected

    def test_scheme_stays(self) -> None:
        """
        A URL with its scheme keeps it together with the host.
        """
        found = cut_url("https://a.example/one/two/three", 26)

        assert found == "https://a.example/…/three"

    def test_middle(self) -> None:
        """
        Without a path to drop, the middle goes.
        """
        assert cut_middle("abcdefghij", 5) == "ab…ij"


class TestWrap:
    @pytest.mark.parametrize(
        ("text", "width", "expected"),
        [
            ("one two three", 7, ["one two", "three"]),
            ("  one   two  ", 20, ["one   two"]),
            ("one   two", 4, ["one", "two"]),
            ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
            ("a well-known café", 8, ["a", "well-kno", "wn café"]),
            ("港の古い時計、動く", 8, ["港の古い", "時計、動", "く"]),
            ("港の古い、時計", 8, ["港の古", "い、時計"]),
            ("「港」の時計", 5, ["「港", "」の", "時計"]),
            ("see 港町新報 now", 8, ["see 港町", "新報 now"]),
            ("", 5, []),
        ],
    )
    def test_lines(self, text: str, width: int, expected: list[str]) -> None:
        """
        Words stay whole, scripts without spaces break but not before a full stop.
        """
        assert wrap(text, width) == tuple(expected)

    @given(st.one_of(lines, mixed), st.integers(2, 30))
    def test_nothing_lost(self, text: str, width: int) -> None:
        """
        Every character but blanks comes out again, in order, within the width.
        """
        found = wrap(text, width)

        assert "".join(found).replace(" ", "") == text.replace(" ", "")
        assert all(cells(line) <= width for line in found)

    @given(st.lists(st.text("abc", min_size=1, max_size=9), max_size=20))
    def test_words_whole(self, words: list[str]) -> None:
        """
        A word that fits on a line is never broken.
        """
        found = wrap(" ".join(words), 9)

        assert [word for line in found for word in line.split()] == words


class TestDirection:
    def test_marked(self) -> None:
        """
        After letters that run right to left the direction is set back; it has no width.
        """
        text = SCRIPTS["arabic"]

        assert marked(text) == text + LRM
        assert cells(marked(text)) == cells(text)
        assert marked("plain") == "plain"

    def test_ellipsis_before_mark(self) -> None:
        """
        The ellipsis of a cut text stands before the mark.
        """
        assert fit(SCRIPTS["arabic"], 9).rstrip(" ").endswith("…" + LRM)

    @pytest.mark.parametrize(
        ("text", "language", "expected"),
        [
            ("A text", "ar", True),
            ("A text", "fa-IR", True),
            (SCRIPTS["arabic"], "en", False),
            (SCRIPTS["hebrew"], None, True),
            ("Mostly English, one שלום", None, False),
            ("", None, False),
        ],
    )
    def test_runs_rtl(self, text: str, language: str | None, expected: bool) -> None:
        """
        A stated language decides, else the letters that are most.
        """
        assert runs_rtl(text, language) is expected
