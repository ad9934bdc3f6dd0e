"""The same article or another one: titles, texts, dates."""

from datetime import UTC, datetime, timedelta

import pytest

from reader.resolve import Ask, Candidate
from reader.resolve.match import best, generic, likeness, shares_text, unsigned
from tests.cases import TEXT, load_rules

RULES = load_rules()
TITLE = "A second boat for the outer islands"
WHEN = datetime(2025, 2, 5, 10, tzinfo=UTC)
ASK = Ask("Bore", "https://www.bore.example/", TITLE, WHEN)


def candidate(
    title: str = TITLE, url: str = "https://www.bore.example/1", days: float | None = -1
) -> Candidate:
    when = None if days is None else WHEN + timedelta(days=days)
    return Candidate(url, title, when, "Bore")


class TestLikeness:
    @pytest.mark.parametrize(
        "other",
        [
            "A Second Boat for the Outer Islands",
            "A second boat for the outer islands – Bore",
            "A second boat for the outer islands | Bore",
            "“A second boat” for the outer islands!",
            "A second boat for the outer islands, at last",
        ],
    )
    def test_alike(self, other: str) -> None:
        """
        Case, quotation marks, a site's name at the end and one word more change little.
        """
        assert likeness(TITLE, other) >= 0.8

    @pytest.mark.parametrize(
        "other",
        [
            "",
            "A second book for the outer islands is late",
            "Boats",
            "The outer islands",
        ],
    )
    def test_unlike(self, other: str) -> None:
        """
        A few words in common do not make the same title.
        """
        assert likeness(TITLE, other) < 0.8

    def test_without_spaces(self) -> None:
        """
        Titles of scripts without spaces are compared by pairs of characters.
        """
        assert (
            likeness("離島に二隻目の船が就航", "離島に二隻目の船が就航 | 潮風新聞")
            == 1.0
        )
        assert likeness("離島に二隻目の船が就航", "離島の学校に新しい先生") < 0.8

    def test_another_number(self) -> None:
        """
        The next part of a column is another text, however alike the rest.
        """
        first, second = (f"Notes for sailors and rowers, part {n}" for n in (11, 12))

        assert likeness(first, second) < 0.5
        assert likeness(first, "Notes for sailors and rowers") >= 0.8


class TestUnsigned:
    def test_only_the_sites_own_name_goes(self) -> None:
        """
        A title loses its site's name at the end, and nothing else that stands there.
        """
        names = ("News Mill", "")

        assert unsigned("Letters to the editor - News Mill", names) == (
            "Letters to the editor"
        )
        assert unsigned("Storm – the night after", names) == "Storm – the night after"


class TestGeneric:
    @pytest.mark.parametrize(
        "title", ["Weekly links", "News", "", "Podcast", "Новости", "今日"]
    )
    def test_is(self, title: str) -> None:
        """
        Titles that many entries share identify nothing.
        """
        assert generic(title, RULES)

    @pytest.mark.parametrize(
        "title", [TITLE, "離島に二隻目の船が就航", "Second boat sinks"]
    )
    def test_is_not(self, title: str) -> None:
        """
        A headline of a few telling words is enough.
        """
        assert not generic(title, RULES)


class TestBest:
    def test_takes_the_nearest_in_time(self) -> None:
        """
        Of two with the same title, the one published next to the entry is it.
        """
        near, far = (
            candidate(days=-1),
            candidate(url="https://www.bore.example/0", days=-20),
        )
        found = best(ASK, (TITLE,), (far, near), RULES)

        assert found is not None
        assert found[0] is near

    def test_none_of_a_daily_column(self) -> None:
        """
        A title that comes every day is that day's article only.
        """
        days = [
            candidate(url=f"https://www.bore.example/{n}", days=-1.2 - n)
            for n in range(3)
        ]

        assert best(ASK, (TITLE,), days, RULES) is None

    @pytest.mark.parametrize(
        "other",
        [
            candidate(days=-90),
            candidate(days=10),
            candidate(title="Ice keeps the ferry in port"),
            Candidate("https://other.example/1", TITLE, WHEN, "Other"),
        ],
        ids=["long before", "later", "another title", "another publisher"],
    )
    def test_refuses(self, other: Candidate) -> None:
        """
        Another day, another title and another publisher are other articles.
        """
        assert best(ASK, (TITLE,), (other,), RULES) is None

    def test_two_and_no_date(self) -> None:
        """
        The same title twice, and nothing to tell them apart, is no answer.
        """
        ask = Ask("Bore", ASK.home, TITLE, None)
        two = (
            candidate(days=None),
            candidate(url="https://www.bore.example/2", days=None),
        )

        assert best(ask, (TITLE,), two, RULES) is None

    def test_generic_titles(self) -> None:
        """
        A generic title matches nothing, however exactly.
        """
        ask = Ask("Bore", ASK.home, "Weekly links", WHEN)

        assert best(ask, ("Weekly links",), (candidate("Weekly links"),), RULES) is None


class TestSharesText:
    def test_copies(self) -> None:
        """
        A copy, also a cut one, shares whole runs of words; another text does not.
        """
        whole, cut = "\n".join(TEXT), "\n".join(TEXT[1:3])
        other = " ".join(f"word{number} of another story" for number in range(60))

        assert shares_text(cut, whole) is True
        assert shares_text(other, whole) is False
        assert shares_text("Too short.", whole) is None
