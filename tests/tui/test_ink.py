"""Spans as strips: colours, grounds, links, and what 16 colours make of them."""

import pytest
from rich.color import Color
from rich.style import Style

from reader.tui.ink import inks, strip
from reader.tui.paint.span import Ink, Span
from reader.tui.themes import load

THEMES = load().themes
INK, TERMINAL = THEMES["ink"], THEMES["terminal-dark"]


def style(span: Span, name: str = "ink") -> Style:
    (segment,) = strip((span,), THEMES[name], "panel")
    assert segment.style is not None
    return segment.style


class TestStrip:
    @pytest.mark.parametrize(
        ("ink", "colour"),
        [
            ("strong", "#f7f3e9"),
            ("ink", "#d5d2c9"),
            ("soft", "#a0a6b0"),
            ("url", "#a0a6b0"),
            ("faint", "#868e9a"),
            ("accent", "#f2b05e"),
            ("error", "#f2808e"),
        ],
    )
    def test_inks(self, ink: Ink, colour: str) -> None:
        """
        An ink is the theme's colour for it, on the pane's ground.
        """
        found = style(Span("a", ink))

        assert found.color == Color.parse(colour)
        assert found.bgcolor == Color.parse("#0c1017")

    def test_ground(self) -> None:
        """
        A span's own ground goes before the pane's.
        """
        assert style(Span("a", ground="raised")).bgcolor == Color.parse("#1d2531")

    def test_text_style(self) -> None:
        """
        Bold, italic and struck are drawn as such.
        """
        found = style(Span("a", bold=True, italic=True, strike=True))

        assert (found.bold, found.italic, found.strike) == (True, True, True)

    def test_click(self) -> None:
        """
        A link is an OSC 8 link; a click finds it and the act in the style's meta.
        """
        found = style(Span("a", link="https://a.example", act="star"))

        assert found.link == "https://a.example"
        assert found.meta == {"link": "https://a.example", "act": "star"}

    def test_width(self) -> None:
        """
        A strip is filled, or cut, to the width asked for.
        """
        line = (Span("港町"), Span(""), Span("abc"))

        assert [strip(line, INK, "panel", n).cell_length for n in (0, 5, 7, 9)] == [
            7,
            5,
            7,
            9,
        ]

    def test_kept(self) -> None:
        """
        The same line in the same theme is drawn once, in another theme again.
        """
        line = (Span("kept"),)
        drawn = strip(line, INK, "panel", 9)

        assert strip((Span("kept"),), INK, "panel", 9) is drawn
        assert strip(line, TERMINAL, "panel", 9) is not drawn

    def test_theme_replaced(self) -> None:
        """
        A theme that was loaded again is not drawn in its old colours.
        """
        before = inks(INK)
        again = load().themes["ink"]
        again.foreground = "#ffffff"

        after = inks(again)

        assert before.inks["ink"].color != after.inks["ink"].color
        assert inks(INK).inks["ink"].color == before.inks["ink"].color


class TestSixteenColours:
    def test_no_rgb(self) -> None:
        """
        Nothing but the terminal's own colours is used.
        """
        for name in ("terminal-dark", "terminal-light"):
            found = inks(THEMES[name])
            used = [style.color for style in found.inks.values()]

            assert all(c is not None and c.triplet is None for c in used)
            assert all(colour.is_default for colour in found.grounds.values())

    def test_weights(self) -> None:
        """
        What colour tells elsewhere, weight tells here.
        """
        assert style(Span("a", "strong"), "terminal-dark").bold
        assert style(Span("a", "faint"), "terminal-dark").dim
        assert not style(Span("a", "soft"), "terminal-dark").dim

    def test_cursor(self) -> None:
        """
        The cursor is reverse and nothing else; below its first row it is not.
        """
        cursor = Span("a", "accent", bold=True, ground="cursor")
        found = style(cursor, "terminal-dark")
        rest = style(Span("a", ground="cursor-rest"), "terminal-dark")

        assert (found.reverse, found.bold) == (True, None)
        assert found.color is not None
        assert found.color.is_default
        assert not rest.reverse

    def test_cursor_edge(self) -> None:
        """
        In reverse the edge is not drawn: half of it would be missing.
        """
        line = (Span("▌", "accent", ground="cursor"),)

        assert strip(line, TERMINAL, "panel").text == " "
        assert strip(line, INK, "panel").text == "▌"
