"""Names in announcements: what they are parted from, and what is none."""

import pytest

from reader.rules import announcement, announcements
from tests.cases import load_rules

RULES = load_rules()


class TestNames:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("First published on the website of The Bore.", "The Bore"),
            ("Originally published in the newspaper Bore Daily.", "Bore Daily"),
            ("Dieser Text erschien zuerst in der Zeitung Hafenbote.", "Hafenbote"),
            ("Tekst ukazał się pierwotnie w serwisie Kurier.", "Kurier"),
            ("Материал впервые опубликован изданием Причал.", "Причал"),
            ("Статтю вперше опубліковано на сайті Причал.", "Причал"),
            ("Initialement paru dans le journal La Laisse.", "La Laisse"),
            ("Bu yazı ilk kez Akşam dergisinde yayımlandı.", "Akşam"),
            ("이 글은 저녁신문에 처음 게재되었습니다.", "저녁신문"),
        ],
    )
    def test_without_what_they_are(self, text: str, name: str) -> None:
        """
        What says of what kind a publisher is, is no part of its name.
        """
        found = announcement(text, RULES)

        assert found is not None
        assert found.name == name

    def test_a_kind_alone_is_left(self) -> None:
        """
        Small words behind a kind are no name that it could stand before.
        """
        found = announcement(
            "Originally published in the magazine bore.example.", RULES
        )

        assert found is not None
        assert found.name == "bore.example"

    @pytest.mark.parametrize(
        "text",
        [
            "The article first appeared on their website.",
            "Article initialement paru sur leur site.",
            "Der Artikel erschien zuerst auf ihrer Website.",
        ],
    )
    def test_theirs(self, text: str) -> None:
        """
        "On their site" means somebody named before, and names nobody itself.
        """
        found = announcement(text, RULES)

        assert found is not None
        assert (found.name, found.theirs) == ("", True)

    def test_excerpts_ask_for_more(self) -> None:
        """
        What a text is a part of is mostly a book: that alone says little.
        """
        found = list(announcements("Excerpted from Wrong Ditch.", RULES))

        assert [said.mild for said in found] == [True]

    @pytest.mark.parametrize(
        "text",
        [
            "הכתבה פורסמה לראשונה ב-4 בפברואר ועודכנה.",
            "Статья впервые опубликована в 2019 году.",
            "Статтю вперше опубліковано в лютому 2019 року.",
            "이 글은 2월 4일에 처음 게재되었습니다.",
            "本文原载于2019年2月4日。",
        ],
    )
    def test_dates_are_none(self, text: str) -> None:
        """
        When a text was published says nothing about where.
        """
        assert announcement(text, RULES) is None
