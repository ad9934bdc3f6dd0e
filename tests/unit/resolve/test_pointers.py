"""What an address says of the page behind it."""

import pytest

from reader.resolve.pointers import about, articlelike, of_build, offers, same_path
from tests.cases import load_rules

RULES = load_rules()
HEADLINE = "A second boat for the outer islands"


class TestOffers:
    @pytest.mark.parametrize(
        "url",
        [
            "https://shop.bore.example/quarterly",
            "https://bore.example/subscribe",
            "https://bore.example/en/subscribe/",
            "https://bore.example/magazine/current-issue",
            "https://letters.example/bore/newsletter",
            "https://press.example/books/the-boat",
            "https://abo.bore.example/heft/2",
        ],
    )
    def test_sold_or_asked_for(self, url: str) -> None:
        """
        Shops, subscriptions, issues and books are told by a word in the address.
        """
        assert offers(url, RULES)

    @pytest.mark.parametrize(
        "url",
        [
            "https://bore.example/news/second-boat",
            "https://bore.example/newsletter/2025/second-boat",
            "https://bore.example/books/2025/feb/04/second-boat",
            "https://shop.example/blog/second-boat",
            "https://bore.example/",
        ],
    )
    def test_articles(self, url: str) -> None:
        """
        An article in a section of such a name is one, and so is one of a shop's site.
        """
        assert not offers(url, RULES)


class TestAbout:
    @pytest.mark.parametrize(
        ("url", "is_about"),
        [
            ("https://bore.example/about-us/team", True),
            ("https://bore.example/author/ann-sollund", True),
            ("https://bore.example/category/news/", True),
            ("https://bore.example/de/autor/ann-sollund", True),
            ("https://bore.example/topics/why-the-second-boat-came-back", False),
            ("https://bore.example/news/second-boat", False),
            ("https://bore.example/", False),
        ],
    )
    def test_of_people_and_topics(self, url: str, is_about: bool) -> None:
        """
        Pages about somebody or some topic are told from articles below such a word.
        """
        assert about(url, RULES) == is_about


class TestArticlelike:
    @pytest.mark.parametrize(
        ("url", "is_like"),
        [
            ("https://bore.example/2025/02/x", True),
            ("https://bore.example/sea/the-second-boat", True),
            ("https://bore.example/sea/4711", True),
            ("https://bore.example/sea/second-boat", True),
            ("https://bore.example/sea/boats", False),
            ("https://bore.example/about-us/team", False),
            ("https://bore.example/archive/2025", False),
            ("https://bore.example/", False),
        ],
    )
    def test_forms(self, url: str, is_like: bool) -> None:
        """
        A date, a number, several words or the headline's are an article's.
        """
        assert articlelike(url, (HEADLINE,)) == is_like


class TestSamePath:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("https://a.example/x/y", "https://b.example/x/y/", True),
            ("https://a.example/second-boat-back", "https://b.example/x", False),
            ("https://a.example/second-boat-back", "https://b.example/X", False),
            ("https://a.example/news", "https://b.example/news", False),
            ("https://a.example/", "https://b.example/", False),
        ],
    )
    def test_telling(self, one: str, other: str, same: bool) -> None:
        """
        Only a path that is hardly a coincidence counts.
        """
        assert same_path(one, other) == same


class TestOfBuild:
    def test_hosts(self) -> None:
        """
        Hosts of builds and trials are known by their beginning or their end.
        """
        assert of_build("https://bore-prod.netlify.app/x", RULES)
        assert of_build("https://staging.bore.example/x", RULES)
        assert not of_build("https://www.bore.example/x", RULES)
