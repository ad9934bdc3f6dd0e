"""What a page says about its article."""

import json
from datetime import UTC, datetime

import pytest

from reader.extract import article
from reader.model import Article, Entry, Page
from reader.rules import Rules
from tests.unit.extract.conftest import HTML, PROSE, URL, Make, document, paragraphs

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


class TestTitlesOfManuals:
    @pytest.mark.parametrize(
        ("head", "headings"),
        [
            ("Tides - The Harbour Book", "<h1>The Harbour Book</h1><h1>Tides</h1>"),
            ("Tides | Harbour v2 Guide", "<h1>Harbour v2 Guide</h1><h2>Tides#</h2>"),
            ("The Paper | Tides", "<h1>Tides</h1>"),
        ],
    )
    def test_chapter(self, rules: Rules, head: str, headings: str) -> None:
        """The title is the chapter's, not the manual's."""
        body = f"{headings}<article>{paragraphs(*PROSE)}</article>"
        page = Page(URL, 200, HTML, document(body, title=head).encode())
        found = article(page, rules)

        assert found is not None
        assert found.title == "Tides"


class TestBylinesOnPages:
    @pytest.mark.parametrize(
        ("byline", "names"),
        [
            (
                '<div class="author"><a>Ann Gill</a><div>Harbour editor</div></div>',
                ("Ann Gill",),
            ),
            (
                '<div class="byline"><div>By</div><div>Ann Gill</div></div>',
                ("Ann Gill",),
            ),
            (
                '<p><i itemprop="author creator">Ann Gill</i></p>'
                '<aside><ul><li><b class="author">Per Lund</b></li></ul></aside>',
                ("Ann Gill",),
            ),
            (
                '<p><a rel="author">Ann Gill</a> and <a rel="author">Per Lund</a></p>',
                ("Ann Gill", "Per Lund"),
            ),
        ],
        ids=["a title below", "by in a line", "another story's", "two"],
    )
    def test_marked(self, make: Make, byline: str, names: tuple[str, ...]) -> None:
        """A byline is read line by line, and only the first one of a page."""
        found = make(f"<article>{byline}{paragraphs(*PROSE)}</article>")

        assert found.authors == names

    @pytest.mark.parametrize("given", ["Ann Gill The Paper", "Ann Gill, The Paper"])
    def test_employer(self, make: Make, given: str) -> None:
        """The publisher's name behind an author's is not hers."""
        head = (
            '<meta property="og:site_name" content="The Paper">'
            f'<meta name="author" content="{given}">'
        )

        assert make(paragraphs(*PROSE), head).authors == ("Ann Gill",)

    @pytest.mark.parametrize("empty", ["0001-01-01T00:00:00", "1970-01-01T00:00:00Z"])
    def test_empty_date(self, make: Make, empty: str) -> None:
        """The zero of a clock is no date; the next one given counts."""
        head = (
            f'<meta property="article:published_time" content="{empty}">'
            '<meta name="date" content="2025-02-04">'
        )
        found = make(paragraphs(*PROSE), head).published

        assert found is not None
        assert found.year == 2025
