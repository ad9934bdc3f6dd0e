"""Publishers' names and sites, compared."""

import pytest

from reader import html
from reader.model import Page
from reader.resolve.publisher import (
    alike_names,
    authors_of,
    credits_one,
    name_of,
    names_host,
    published_of,
    same_name,
    same_publisher,
)
from tests.cases import load_rules

RULES = load_rules()


class TestAlikeNames:
    @pytest.mark.parametrize(
        ("one", "other", "alike"),
        [
            ("Island Post | Island Live", "Island Post", True),
            ("Island Post – a diary of two boats", "Island Post", True),
            ("News: Island Post", "The Island Post", True),
            ("Island Post", "Island Herald", False),
            ("Post-Island", "Island", False),
            ("", "", False),
        ],
    )
    def test_parts(self, one: str, other: str, alike: bool) -> None:
        """
        Names with a part in common mean one publisher; a hyphen parts no name.
        """
        assert alike_names(one, other) == alike


class TestCredits:
    @pytest.mark.parametrize(
        ("line", "credited"),
        [
            ("SOURCE Boat Works", True),
            ("SOURCE: Boat Works Ltd.", True),
            ("Quelle: Boat Works", True),
            ("Source: Harbour Office", False),
            ("Boat Works is a source of pride.", False),
            ("SOURCE Boat Works and the harbour office of the islands", False),
        ],
    )
    def test_line(self, line: str, credited: bool) -> None:
        """
        A line that names a company as its own source is its release.
        """
        page = Page("https://bore.example/x", 200, body=f"<p>{line}</p>".encode())

        assert credits_one(html.parse(page), ("Boat Works",), RULES) == credited


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("RT", "RT International"),
            ("rt.com", "RT"),
            ("The Island Post", "Island Post"),
            ("Küstenblatt", "KUSTENBLATT"),
            ("TechHarbour", "Tech Harbour"),
        ],
    )
    def test_same(self, one: str, other: str) -> None:
        """
        Articles, domains and fillers do not tell publishers apart.
        """
        assert same_name(one, other)

    @pytest.mark.parametrize(
        ("one", "other"), [("RT", "ARTE"), ("Island Post", "Island Times"), ("", "RT")]
    )
    def test_other(self, one: str, other: str) -> None:
        """
        Names that differ in a telling word are two publishers.
        """
        assert not same_name(one, other)

    @pytest.mark.parametrize(
        ("name", "host"),
        [
            ("RT", "www.rt.com"),
            ("Island Post", "islandpost.example"),
            ("The Island Post", "theislandpost.example"),
            ("dev.to", "dev.to"),
            ("HPE Community", "community.hpe.com"),
            ("British Broadcasting Corporation", "www.bbc.co.uk"),
        ],
    )
    def test_of_a_host(self, name: str, host: str) -> None:
        """
        A name belongs to a host that is spelt from it.
        """
        assert names_host(name, host)

    @pytest.mark.parametrize(
        ("name", "host"),
        [("RT", "art.example"), ("Post", "islandpost.example"), ("", "a.b")],
    )
    def test_not_of_a_host(self, name: str, host: str) -> None:
        """
        A part of a host's name is not its owner's.
        """
        assert not names_host(name, host)


class TestSamePublisher:
    def test_two_suffixes(self) -> None:
        """
        One name under two public suffixes is one publisher; a platform is none.
        """
        assert same_publisher(
            "https://islandpost.com/a", "https://islandpost.de/b", RULES
        )
        assert same_publisher("https://m.bore.example/", "https://bore.example/", RULES)
        assert not same_publisher("https://rt.com/", "https://rt.de/", RULES)
        assert not same_publisher(
            "https://relay.example/", "https://bore.example/", RULES
        )


PAGE = """<html><head><meta property="og:site_name" content="Bore &amp; Co">
<meta name="author" content="Meta Author"><script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "bore.example"},
 {"@type": ["NewsArticle"], "headline": "Boat",
  "datePublished": "2025-02-04T18:20:00+01:00",
  "author": [{"@type": "Person", "name": "Ann Sollund"}, {"name": "M. Lind"}],
  "publisher": {"@type": "Organization", "name": "Bore"}},]}</script></head></html>"""


class TestOfAPage:
    def test_json_ld_first(self) -> None:
        """
        JSON-LD, in a graph and with a comma too many, says who, when and by whom.
        """
        document = html.parse(Page("https://bore.example/x", 200, body=PAGE.encode()))
        when = published_of(document)

        assert name_of(document) == "Bore"
        assert authors_of(document) == ("Ann Sollund", "M. Lind")
        assert when is not None
        assert when.isoformat() == "2025-02-04T17:20:00+00:00"
