"""Words that were looked for, lit where they stand."""

import pytest

from reader.tui.paint.lit import holds, lit, text_lit, wanted
from reader.tui.paint.span import Line, Span, plain


def shining(line: Line) -> list[str]:
    """What stands in the accent."""
    return [span.text for span in line if span.ink == "accent"]


class TestLit:
    @pytest.mark.parametrize(
        ("looked_for", "text", "found"),
        [
            ((("ferry", False),), "A Ferry, ferries, FERRY", ["Ferry", "FERRY"]),
            ((("ferr", True),), "A ferry and a ferret", ["ferry", "ferret"]),
            ((("ile", False),), "Gazette des Îles, l’Île", ["Île"]),
            ((("sold twice", False),), "twice it was sold", ["twice", "sold"]),
            ((("時計", False),), "港の古い時計、六十年", ["時計"]),
            ((("straße", False),), "Die Straße", ["Straße"]),
            ((("a.b", False),), "axb a.b", ["a", "b"]),
            ((), "nothing is looked for", []),
        ],
        ids=[
            "words",
            "begun",
            "accents",
            "phrase",
            "unspaced",
            "sharp s",
            "no",
            "none",
        ],
    )
    def test_words(
        self, looked_for: tuple[tuple[str, bool], ...], text: str, found: list[str]
    ) -> None:
        """Whole words shine, case and accents folded, and no text is lost."""
        line = lit((Span(text),), wanted(looked_for))

        assert shining(line) == found
        assert plain(line) == text

    def test_looks_stay_but_for_the_ink(self) -> None:
        """A bold link that is found is a bold link in the accent."""
        span = Span("old ferry", "strong", bold=True, link="https://a.example/")
        _, found = lit((span,), wanted((("ferry", False),)))

        assert (found.ink, found.bold, found.link) == ("accent", True, span.link)

    def test_a_text_inside_words(self) -> None:
        """What is sought in an article need be no whole word."""
        line = text_lit((Span("Unferried Ferry"),), "FERR")

        assert shining(line) == ["ferr", "Ferr"]

    def test_holds(self) -> None:
        """Case and accents make no difference."""
        assert holds("L’Île d’Été", "ile d’ete")
        assert not holds("ferry", "fairy")
