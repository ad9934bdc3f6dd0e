"""An article laid out: blocks, running text, links and images, in any script."""

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.cleaning import clean_block
from reader.tui.paint.article import layout
from reader.tui.paint.cells import LRM
from reader.tui.paint.glyphs import ASCII, UNICODE, Glyphs
from reader.tui.paint.inline import Image
from reader.tui.paint.span import Span, plain, width
from tests.tui.painted import texts


def laid(markdown: str, measure: int = 40, glyphs: Glyphs = UNICODE) -> list[str]:
    return texts(layout(markdown, measure, glyphs).lines)


def spans(markdown: str, measure: int = 40) -> list[Span]:
    return [span for line in layout(markdown, measure, UNICODE).lines for span in line]


class TestText:
    def test_paragraphs(self) -> None:
        """
        Paragraphs are wrapped, one blank line between them, soft breaks as blanks.
        """
        found = laid("The ferry was\nsold twice in one week.\n\nNobody knows.", 20)

        assert found == [
            "The ferry was sold",
            "twice in one week.",
            "",
            "Nobody knows.",
        ]

    def test_hard_break(self) -> None:
        """
        A hard break and `<br>` end a line; other inline tags are not shown.
        """
        assert laid("one  \ntwo<br>H<sub>2</sub>O") == ["one", "two", "H2O"]

    def test_data_is_no_markup(self) -> None:
        """
        What looks like a tag but is none stays as it is.
        """
        assert laid("a \\[b\\] [/] <PDF> \\*c\\*") == ["a [b] [/] <PDF> *c*"]

    def test_emphasis(self) -> None:
        """
        Emphasis is italic, strong is bold, both at once are both.
        """
        found = {s.text: (s.bold, s.italic) for s in spans("a *b* **c** ***d***")}

        assert (found["b"], found["c"]) == ((False, True), (True, False))
        assert found["d"] == (True, True)

    def test_struck(self) -> None:
        """
        What is struck out stays readable, and struck out.
        """
        assert [(s.text, s.strike) for s in spans("a ~~b~~")] == [
            ("a ", False),
            ("b", True),
        ]

    def test_heading(self) -> None:
        """
        A heading is bold ink.
        """
        (span,) = spans("## Three evenings")

        assert (span.text, span.bold, span.ink) == ("Three evenings", True, "ink")

    def test_rule(self) -> None:
        """
        A thematic break is three dots in the middle.
        """
        assert laid("a\n\n***\n\nb", 21) == ["a", "", "       ·  ·  ·", "", "b"]


class TestLinks:
    def test_numbered(self) -> None:
        """
        A link is its text and a number; the addresses stand at the end, side by side.
        """
        found = laid("See [one](https://a.example/x/) and [two](https://b.example).")

        assert found == [
            "See one [1] and two [2].",
            "",
            "1 a.example/x   2 b.example",
        ]

    def test_twice(self) -> None:
        """
        A link met twice keeps its number and is listed once.
        """
        text = "[a](https://a.example) [b](https://b.example) [c](https://a.example)"
        found = layout(text, 60, UNICODE)

        assert plain(found.lines[0]) == "a [1] b [2] c [1]"
        assert found.links == ("https://a.example", "https://b.example")

    def test_number_stays(self) -> None:
        """
        The number never begins a line away from its link's last word.
        """
        assert laid("aaaa bbbb [cccc](https://a.example)", 14)[:2] == [
            "aaaa bbbb",
            "cccc [1]",
        ]

    def test_looks(self) -> None:
        """
        The number bears the accent, and a click on it finds the address.
        """
        number = next(s for s in spans("[a](https://a.example)") if s.text == "[1]")

        assert (number.ink, number.link) == ("accent", "https://a.example")

    @pytest.mark.parametrize(
        "url",
        ["javascript:alert(1)", "#note", "mailto:a@b.example", "data:text/html,x"],
    )
    def test_not_web(self, url: str) -> None:
        """
        What is no web address is text and nothing else.
        """
        found = layout(f"[a]({url})", 40, UNICODE)

        assert (texts(found.lines), found.links) == (["a"], ())

    def test_long_address(self) -> None:
        """
        An address in the text is cut in its middle, never wrapped.
        """
        url = "https://a.example/one/two/three/four/five"

        assert laid(f"See {url} now", 30) == [
            "See",
            "https://a.example/…/four/five",
            "now",
        ]
        assert laid(f"<{url}>", 30)[0] == "a.example/…/four/five [1]"


class TestImages:
    def test_alt(self) -> None:
        """
        An image is its text in soft ink, and is told to whoever opens it.
        """
        found = layout("![A  swift](https://i.example/s.jpg)", 40, UNICODE)

        assert texts(found.lines) == ["[image: A swift]"]
        assert found.images == (Image("A swift", "https://i.example/s.jpg"),)

    def test_linked(self) -> None:
        """
        An image in a link has the link's number; one without a text is `[image]`.
        """
        text = "[![](https://i.example/s.jpg)](https://a.example)"

        assert laid(text)[0] == "[image] [1]"


class TestLists:
    def test_tight(self) -> None:
        """
        A tight list has no blanks inside, nested ones are indented, numbers go on.
        """
        text = "Intro\n\n- one\n- two\n  1. a\n  2. b\n- three that is long\n\nEnd"

        assert laid(text, 16) == [
            "Intro",
            "",
            "• one",
            "• two",
            "  1. a",
            "  2. b",
            "• three that is",
            "  long",
            "",
            "End",
        ]

    def test_loose(self) -> None:
        """
        A loose list has blanks, a second paragraph stands under the first; numbers
        begin where they were said to.
        """
        text = "7. one\n\n   more\n8. two"

        assert laid(text) == ["7. one", "", "   more", "", "8. two"]

    def test_ascii(self) -> None:
        """
        In ASCII the bullet is a star and the quotation's rule a bar.
        """
        assert laid("- a\n\n> b", glyphs=ASCII) == ["* a", "", "| b"]

    def test_deep(self) -> None:
        """
        However deep a list, half of the measure is left for its text.
        """
        text = "\n".join("  " * depth + "- word" for depth in range(20))
        found = layout(text, 20, UNICODE)

        assert max(map(width, found.lines)) <= 20
        assert sum("word" in plain(line) for line in found.lines) == 20


class TestQuotes:
    def test_quote(self) -> None:
        """
        A quotation has a rule before each line, italic text; its source is soft.
        """
        text = "> A swift never\n> lands.\n>\n> Second.\n>\n> — Handbook, 1931"
        found = layout(text, 20, UNICODE)

        assert texts(found.lines) == [
            "┃ A swift never",
            "┃ lands.",
            "┃",
            "┃ Second.",
            "┃   Handbook, 1931",
        ]
        assert found.lines[0][-1].italic
        assert (found.lines[-1][-1].ink, found.lines[-1][-1].italic) == ("soft", False)

    def test_only_a_dash(self) -> None:
        """
        A quotation of one paragraph that begins with a dash is the quotation.
        """
        assert laid("> — Are you coming?") == ["┃ — Are you coming?"]


class TestCode:
    def test_block(self) -> None:
        """
        Code stands on raised ground, padded by two columns and a row all round.
        """
        found = layout("```python\nx = 1  # one\n```", 20, UNICODE)

        assert [plain(line) for line in found.lines] == [
            " " * 20,
            "  x = 1  # one      ",
            " " * 20,
        ]
        assert {s.ground for line in found.lines for s in line} == {"raised"}
        assert [s.ink for s in found.lines[1] if s.text.startswith("#")] == ["soft"]

    def test_long(self) -> None:
        """
        A long row of code goes on below; nothing of it is lost.
        """
        assert laid("    abcdefghijklmnopqrst", 14) == [
            "",
            "  abcdefghij",
            "  klmnopqrst",
            "",
        ]


TABLE = """
| Evening | Ear | Mic |
|---|---|---|
| Saturday, still | 31 | 44 % |
| Sunday | 9 | – |
"""


class TestTables:
    def test_fits(self) -> None:
        """
        A bold head, one line, numbers to the right.
        """
        found = layout(TABLE, 40, UNICODE)

        assert texts(found.lines) == [
            "Evening           Ear    Mic",
            "─" * 28,
            "Saturday, still    31   44 %",
            "Sunday              9      –",
        ]
        assert all(s.bold for s in found.lines[0] if s.text.strip())

    def test_wraps(self) -> None:
        """
        A cell that is too long wraps in its column.
        """
        text = "| a | b |\n|---|---|\n| one | a rather long sentence |\n| two | x |"

        assert laid(text, 20) == [
            "a     b",
            "─" * 20,
            "one   a rather long",
            "      sentence",
            "",
            "two   x",
        ]

    def test_a_cell_by_itself_takes_the_row(self) -> None:
        """
        What stands alone in its row is as wide as the table, not as its column.
        """
        text = "| a | b |\n|---|---|\n| one | two three |\n| as long as the table | |"

        assert laid(text, 20) == [
            "a     b",
            "─" * 15,
            "one   two three",
            "",
            "as long as the",
            "table",
        ]

    def test_no_head(self) -> None:
        """
        A table without a head begins with its first row, and has no line.
        """
        assert laid("| | |\n|---|---|\n| one | two |", 20) == ["one   two"]

    def test_records(self) -> None:
        """
        Too many columns become one line a value, none is cut.
        """
        head = "| a | b | c | d |\n|---|---|---|---|\n"
        row = "| first value | second value | third value | fourth value |"

        assert laid(head + row, 30) == [
            "a: first value",
            "b: second value",
            "c: third value",
            "d: fourth value",
        ]


class TestFigures:
    def test_caption(self) -> None:
        """
        A caption stands below its picture, in the second voice.
        """
        text = "![A swift](https://i.example/s.jpg)\n*Over the **Orre**, by I. Moe*"
        found = layout(text, 40, UNICODE)

        assert texts(found.lines) == ["[image: A swift]", "Over the Orre, by I. Moe"]
        assert {span.ink for span in found.lines[1]} == {"soft"}
        assert found.lines[1][0].italic is False

    def test_said_once(self) -> None:
        """
        A picture's description that its caption says, too, is told once.
        """
        text = "![a swift](https://i.example/s.jpg)\n*A swift, by I. Moe*"

        assert laid(text) == ["[image]", "A swift, by I. Moe"]

    @pytest.mark.parametrize(
        "text",
        [
            "![A swift](https://i.example/s.jpg)\n*and* more *of it*",
            "*A swift* ![A swift](https://i.example/s.jpg)",
            "*A swift*",
        ],
    )
    def test_no_caption(self, text: str) -> None:
        """
        Emphasis in running text is no caption, with a picture in it or not.
        """
        assert len(laid(text)) == 1


class TestFootnotes:
    def test_no_link_is_defined(self) -> None:
        """
        What looks like the definition of a link is text, and makes no link elsewhere.
        """
        assert laid("[1]: https://a.example\n\nAs said in [1].") == [
            "[1]: https://a.example",
            "",
            "As said in [1].",
        ]

    def test_a_note_of_an_address(self) -> None:
        """
        A note that is an address alone is a note.
        """
        found = laid("Said[^1].\n\n[^1]: https://a.example/x")

        assert found == ["Said¹.", "", "1 https://a.example/x"]

    @pytest.mark.parametrize(
        ("glyphs", "sign"), [(UNICODE, "¹"), (ASCII, "^1")], ids=["unicode", "ascii"]
    )
    def test_note(self, glyphs: Glyphs, sign: str) -> None:
        """
        A footnote has a number in the text and stands below it, before the links.
        """
        found = laid("Kettle.[^k] [a](https://a.example)\n\n[^k]: Lent.", 40, glyphs)

        assert found == [f"Kettle.{sign} a [1]", "", "1 Lent.", "", "1 a.example"]


class TestScripts:
    def test_right_to_left(self) -> None:
        """
        An article in Arabic stands at the right, the direction set back on each line.
        """
        found = layout("عادت العبّارة إلى المرفأ بعد عشرين عامًا", 24, UNICODE, "ar")

        assert {width(line) for line in found.lines} == {24}
        assert all(plain(line).endswith(LRM) for line in found.lines)
        assert len(found.lines) == 2

    def test_without_spaces(self) -> None:
        """
        Japanese breaks anywhere but before a full stop; it is counted in characters.
        """
        found = layout("フェリーが港に戻った。", 10, UNICODE, "ja")

        assert texts(found.lines) == ["フェリーが", "港に戻っ", "た。"]
        assert found.length == "11 characters"

    def test_length(self) -> None:
        """
        Words are counted as people count them, link numbers are not.
        """
        found = layout("It’s a [well-known](https://a.example) ferry.", 40, UNICODE)

        assert found.length == "4 words"


class TestBounds:
    @settings(max_examples=150, deadline=None)
    @given(
        st.text("ab *_[]()<>!|-#>`~^:1\n港م", max_size=200).map(clean_block),
        st.integers(8, 72),
    )
    def test_any_markdown(self, text: str, measure: int) -> None:
        """
        Whatever the Markdown, no line is wider than the measure or holds a control.
        """
        lines = layout(text, measure, UNICODE).lines

        assert max(map(width, lines), default=0) <= measure
        assert not any(category(char) == "Cc" for line in lines for char in plain(line))

    @pytest.mark.parametrize(
        "text",
        ["[" * 900, "[" * 300 + "]" * 300, "[x " * 400, "![ " * 400, "[a](" * 400],
        ids=["open", "nested", "words", "images", "half"],
    )
    def test_brackets(self, text: str) -> None:
        """
        Brackets that never close are text, and nothing of it is lost.
        """
        found = "".join(laid(text, 60)).replace(" ", "")

        assert found == text.replace(" ", "")

    def test_many_links(self) -> None:
        """
        A paragraph may hold hundreds of links, and an image in one of them.
        """
        text = "[a ![b](https://i.example)](https://a.example) " * 300
        found = layout(text, 60, UNICODE)

        assert (found.links, len(found.images)) == (("https://a.example",), 300)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), max_size=60))
    def test_no_word_lost(self, words: list[str]) -> None:
        """
        Every word of a paragraph is there, in order, whole.
        """
        found = laid(" ".join(words), 14)

        assert " ".join(found).split() == words
