"""A copy beside its original: what is the same, what differs, and the verdict."""

from difflib import Match, SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.extract import align
from reader.extract.compare import Comparison, Row, compared
from reader.model import Article

MILL = (
    "The mill on the Orre ground its last flour in June, and nobody came to watch it.",
    "Its owner, Tove Lind, has kept the stones turning by hand for eleven years.",
    "On Friday the council voted to buy the wheel, but not the house that it is in.",
    "She says that a wheel without a house is a wheel for somebody else.",
)


def _article(
    *paragraphs: str, title: str = "", authors: tuple[str, ...] = ()
) -> Article:
    return Article("\n\n".join(paragraphs), title=title, authors=authors)


def _kinds(found: Comparison) -> list[tuple[str, str]]:
    return [(row.role, row.kind) for row in found.rows]


def _differing(row: Row) -> list[tuple[str, str, str]]:
    return [
        (run.kind, run.original.strip(), run.copy.strip())
        for run in row.runs
        if run.kind != "same"
    ]


class TestCompared:
    def test_the_same_text(self) -> None:
        """
        A copy that has every word is identical, whatever quotation marks it prints.
        """
        ours = _article("“Turn it,” she said — “now”.", title="The mill")
        theirs = _article('"Turn it," she said - "now".', title="The mill")
        found = compared(ours, theirs)

        assert found.verdict == "identical"
        assert (found.percent, found.places) == (100, 0)
        assert _kinds(found) == [("headline", "same"), ("text", "same")]

    def test_a_paragraph_left_out(self) -> None:
        """
        A paragraph that the copy lacks stands alone, and the copy is shortened.
        """
        found = compared(_article(*MILL), _article(*MILL[:2], MILL[3]))

        kinds = [kind for _, kind in _kinds(found)]
        assert kinds == ["same", "same", "dropped", "same"]
        assert found.rows[2].original == MILL[2]
        assert found.verdict == "shortened"
        assert found.words - found.kept == 17

    def test_a_paragraph_added(self) -> None:
        """
        A paragraph that only the copy has is added; nothing of the original is lost.
        """
        found = compared(_article(*MILL), _article(MILL[0], "Read on!", *MILL[1:]))

        kinds = [kind for _, kind in _kinds(found)]
        assert kinds == ["same", "added", "same", "same", "same"]
        assert found.rows[1].copy == "Read on!"
        assert (found.verdict, found.percent, found.places) == ("altered", 100, 1)

    def test_words_within_a_paragraph(self) -> None:
        """
        Within a paragraph exactly the words that differ are told, each way by itself.
        """
        theirs = MILL[2].replace("On Friday the", "The").replace("buy", "sell")
        found = compared(
            _article(*MILL), _article(*MILL[:2], theirs + " Read on.", MILL[3])
        )

        assert found.rows[2].kind == "changed"
        assert _differing(found.rows[2]) == [
            ("changed", "On Friday the", "The"),
            ("changed", "buy", "sell"),
            ("added", "", "Read on."),
        ]

    def test_one_paragraph_made_of_two(self) -> None:
        """
        Paragraphs that were only joined are the same words, side by side.
        """
        found = compared(_article(*MILL), _article(f"{MILL[0]} {MILL[1]}", *MILL[2:]))

        assert found.verdict == "identical"
        assert found.rows[0].original == f"{MILL[0]}\n{MILL[1]}"

    def test_another_text(self) -> None:
        """
        A text that has hardly a word of the original is no copy of it.
        """
        other = (
            "Herring was landed at four in the morning by a fleet of nine small boats."
        )
        found = compared(_article(*MILL), _article(other, other.upper()))

        assert found.verdict == "another"
        assert {kind for _, kind in _kinds(found)} == {"dropped", "added"}

    def test_headline_and_byline(self) -> None:
        """
        A new headline is beside the old one word by word, a byline may be gone.
        """
        ours = _article(*MILL, title="A wheel without a house", authors=("Ida Moe",))
        theirs = _article(*MILL, title="A wheel and its house")
        found = compared(ours, theirs)

        assert _kinds(found)[:2] == [("headline", "changed"), ("byline", "dropped")]
        assert _differing(found.rows[0]) == [("changed", "without a", "and its")]
        assert found.rows[1].original == "By Ida Moe"
        assert (found.verdict, found.places, found.percent) == ("altered", 2, 100)

    def test_a_headline_of_other_words(self) -> None:
        """
        A headline answers to the original's, and no byline is another's.
        """
        ours = _article(MILL[0], title="The last flour", authors=("Ida Moe",))
        theirs = _article(MILL[0], title="Nobody came", authors=("A. Bot",))
        found = compared(ours, theirs)

        assert _kinds(found)[:2] == [("headline", "changed"), ("byline", "changed")]

    def test_script_without_spaces(self) -> None:
        """
        Where words are not set apart, characters are compared.
        """
        found = compared(
            _article("港の古い時計が時を刻む。"), _article("港の時計が時を刻んだ。")
        )

        assert [kind for kind, _, _ in _differing(found.rows[0])] == [
            "dropped",
            "changed",
        ]
        assert _differing(found.rows[0])[0] == ("dropped", "古い", "")

    def test_markup_is_no_difference(self) -> None:
        """
        Emphasis, links and pictures are no words.
        """
        ours = _article(
            "A *wheel* with [a link](https://a.example/).", "![x](https://b.example)"
        )
        found = compared(ours, _article("A wheel with a link."))

        assert found.verdict == "identical"

    @pytest.mark.parametrize("texts", [("", ""), ("", "a word"), ("a word", "")])
    def test_nothing_to_compare(self, texts: tuple[str, str]) -> None:
        """
        A side without a text is no trouble.
        """
        found = compared(_article(texts[0]), _article(texts[1]))

        assert found.places == (texts[0] != texts[1])

    @given(
        st.lists(st.sampled_from(["aa", "bb", "cc", "dd", ".", "\n"]), max_size=60),
        st.lists(st.sampled_from(["aa", "bb", "cc", "ee", ".", "\n"]), max_size=60),
    )
    @settings(deadline=None)
    def test_no_word_is_lost(self, ours: list[str], theirs: list[str]) -> None:
        """
        The rows hold every word of both texts once, in order.
        """
        texts = [" ".join(words).replace("\n", "\n\n") for words in (ours, theirs)]
        found = compared(*(Article(text) for text in texts))

        for text, side in zip(texts, ("original", "copy"), strict=True):
            held = "".join(getattr(run, side) for row in found.rows for run in row.runs)
            assert held.split() == text.split()


class TestMatched:
    @given(st.text("abc", max_size=80), st.text("abc", max_size=80))
    @settings(deadline=None)
    def test_rises_in_both(self, ours: str, theirs: str) -> None:
        """
        What is matched is equal, and stands in the order of both sides.
        """
        found = align.matched(ours, theirs)

        assert all(ours[i] == theirs[j] for i, j in found)
        assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))

    def test_a_long_text_edited(self) -> None:
        """
        Phrases that stand once tell where long texts meet, whatever lies between.
        """
        ours = [word for n in range(5_000) for word in (f"w{n}", "the", "of")]
        theirs = [*ours[:6_000], "x", *ours[6_030:]]
        found = align.matched(ours, theirs)

        assert len(found) == len(ours) - 30

    def test_work_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Words that stand everywhere are given up, not searched for ever.
        """
        asked: list[int] = []
        longest = SequenceMatcher.find_longest_match

        def counted(self: SequenceMatcher[str], *part: int) -> Match:
            asked.append(part[1] - part[0])
            return longest(self, *part)

        monkeypatch.setattr(SequenceMatcher, "find_longest_match", counted)
        monkeypatch.setattr(align, "WORK", 5_000)
        ours = ["abc"[n % 3] for n in range(200)]
        align.matched([*ours, "d"], ["acb"[n % 3] for n in range(200)])

        assert len(asked) < 10
