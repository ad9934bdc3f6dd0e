"""What a page says about its article."""

import json
from datetime import UTC, datetime

import pytest

from reader.extract import article
from reader.model import Article, Entry, Page
from reader.rules import Rules
from tests.unit.extract.conftest import HTML, PROSE, URL, paragraphs

TEXT = f"<article>{paragraphs(*PROSE)}</article>"


def read(
    rules: Rules, head: str, body: str = TEXT, hint: Entry | None = None
) -> Article:
    """The article of a page with this head."""
    source = f"<html><head>{head}</head><body>{body}</body></html>"
    found = article(Page(URL, 200, HTML, source.encode()), rules, hint)
    assert found is not None
    return found


def linked(**node: object) -> str:
    """JSON-LD of a news article."""
    found = {"@context": "https://schema.org", "@type": "NewsArticle", **node}
    return f'<script type="application/ld+json">{json.dumps(found)}</script>'


def meta(name: str, content: str) -> str:
    """A meta element."""
    return f'<meta property="{name}" content="{content}">'


class TestTitle:
    @pytest.mark.parametrize(
        ("head", "heading", "title"),
        [
            ("<title>One boat a day | The Paper</title>", "", "One boat a day"),
            ("<title>The Paper - One boat a day</title>", "", "One boat a day"),
            ("<title>One boat – a day: why</title>", "One boat – a day: why",
             "One boat – a day: why"),
            ("<title>One boat a day — Islands — The Paper</title>", "One boat a day",
             "One boat a day"),
            ("<title>One boat a day</title>", "The Paper", "One boat a day"),
            (linked(headline="One boat &amp; a day"), "", "One boat & a day"),
            (meta("og:title", "One boat a day - The Paper"), "", "One boat a day"),
            ("", "One boat a day", "One boat a day"),
        ],
    )  # fmt: skip
    def test_title(self, rules: Rules, head: str, heading: str, title: str) -> None:
        """The title is the article's, without the site's name."""
        site = meta("og:site_name", "The Paper")
        body = f"<h1>{heading}</h1>{TEXT}" if heading else TEXT

        assert read(rules, head + site, body).title == title

    def test_the_entry_tells_which(self, rules: Rules) -> None:
        """Of a page's titles the one that the entry has is the article's."""
        head = meta("og:title", "You will not believe this") + "<title>One boat</title>"
        hint = Entry(URL, "One boat")

        assert read(rules, head, hint=hint).title == "One boat"


class TestAuthors:
    @pytest.mark.parametrize(
        ("head", "body", "authors"),
        [
            (linked(author={"@type": "Person", "name": "Ann Gill"}), "", ("Ann Gill",)),
            (linked(author=[{"name": "Ann Gill"}, {"name": "Bo Lind"}]), "",
             ("Ann Gill", "Bo Lind")),
            (linked(author="By Ann Gill and Bo Lind"), "", ("Ann Gill", "Bo Lind")),
            ('<meta name="author" content="Von Ann Gill">', "", ("Ann Gill",)),
            ('<meta name="dc.creator" content="Gill, Ann">', "", ("Ann Gill",)),
            ('<meta name="author" content="admin">', "", ()),
            (meta("article:author", "https://social.example/gill"), "", ()),
            ("", '<span class="byline">By <b>Ann Gill</b>, May 3, 2025</span>',
             ("Ann Gill",)),
            ("", '<a rel="author" href="/gill">Ann Gill</a>', ("Ann Gill",)),
            ("", "", ()),
        ],
    )  # fmt: skip
    def test_authors(
        self, rules: Rules, head: str, body: str, authors: tuple[str, ...]
    ) -> None:
        """Authors are a list of names, without what stands before and behind them."""
        assert read(rules, head, body + TEXT).authors == authors


class TestTimes:
    @pytest.mark.parametrize(
        ("head", "body"),
        [
            (linked(datePublished="2025-02-04T19:20:00+01:00"), ""),
            (linked(datePublished="2025-02-04T18:20:00.000Z"), ""),
            (meta("article:published_time", "2025-02-04T1920+0100"), ""),
            ('<meta itemprop="datePublished" content="2025-02-04 18:20 UTC">', ""),
            ("", '<time class="published" datetime="2025-02-04T18:20Z">4 Feb</time>'),
            ("", '<time datetime="2025-02-04T18:20:00">4 Feb</time>'),
        ],
    )
    def test_published(self, rules: Rules, head: str, body: str) -> None:
        """The time of publication is aware and UTC, wherever a page says it."""
        found = read(rules, head, body + TEXT)

        assert found.published == datetime(2025, 2, 4, 18, 20, tzinfo=UTC)

    def test_updated(self, rules: Rules) -> None:
        """The time of the last change stands apart."""
        found = read(rules, linked(dateModified="2025-02-05", datePublished="soon"))

        assert found.updated == datetime(2025, 2, 5, tzinfo=UTC)
        assert found.published is None


class TestRest:
    def test_declared(self, rules: Rules) -> None:
        """Publisher, language, picture and canonical address are the page's word."""
        head = (
            linked(publisher={"@type": "Organization", "name": "The Paper"})
            + meta("og:image", "/boat.jpg")
            + '<link rel="canonical" href="https://paper.example/ferry">'
            + meta("og:locale", "en_GB")
        )
        found = read(rules, head)

        assert found.publisher == "The Paper"
        assert found.language == "en-GB"
        assert found.lead_image == "https://paper.example/boat.jpg"
        assert found.url == "https://paper.example/ferry"

    @pytest.mark.parametrize(
        "href", ["https://other.example/ferry", "https://paper.example/"]
    )
    def test_strange_canonicals(self, rules: Rules, href: str) -> None:
        """Another site's page and the front page are no address of this article."""
        assert read(rules, f'<link rel="canonical" href="{href}">').url == URL

    def test_nothing_declared(self, rules: Rules) -> None:
        """What a page does not say is not known."""
        found = read(rules, "")

        assert (found.title, found.publisher, found.language) == ("", None, None)
