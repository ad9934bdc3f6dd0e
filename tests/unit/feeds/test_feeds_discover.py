"""The feeds that a page declares, and where they usually are."""

import pytest

from reader.feeds import FoundFeed, discover, guesses
from reader.model import Page

URL = "https://harbour.example/"
ATOM = "application/atom+xml"
RSS = "application/rss+xml"
JSON = "application/feed+json"


def page(head: str, body: str = "", url: str = URL) -> Page:
    """A page of a head and a body."""
    html = f"<!DOCTYPE html><head>{head}</head><body>{body}"
    return Page(
        url, 200, (("content-type", "text/html; charset=utf-8"),), html.encode()
    )


def link(href: str, media_type: str = RSS, title: str = "") -> str:
    """A link to an alternate."""
    named = f' title="{title}"' if title else ""
    return f'<link rel="alternate" type="{media_type}" href="{href}"{named}>'


def urls(found: tuple[FoundFeed, ...]) -> list[str]:
    """The addresses, as seen from the page."""
    return [feed.url.removeprefix(URL) for feed in found]


class TestDiscover:
    @pytest.mark.parametrize("media_type", [ATOM, RSS, JSON, "application/rdf+xml"])
    def test_alternate(self, media_type: str) -> None:
        """A feed comes with absolute address, title and type."""
        found = discover(page(link("/f", media_type, "Häfen &amp; Tide")))

        assert found == (FoundFeed(f"{URL}f", "Häfen & Tide", media_type),)

    @pytest.mark.parametrize(
        ("head", "found"),
        [
            (link("f") + "<base href='/sub/'>", ["sub/f"]),
            ('<LINK REL="Alternate" TYPE="Application/RSS+XML; x=y" HREF="f">', ["f"]),
            ('<link rel="feed" href="/f">', ["f"]),
            (link("/f") + link("/f"), ["f"]),
            (link("/feed.xml", "text/xml"), ["feed.xml"]),
            (link("/page", "text/xml"), []),
            (link("/wp-json/wp/v2/pages/2", "application/json"), []),
            (link("/feed.json", "application/json"), ["feed.json"]),
            (link("/amp", "text/html"), []),
            ('<link rel="alternate" hreflang="de" href="/de">', []),
            ('<link rel="stylesheet" href="/feed.css">', []),
            (link("javascript:alert(1)"), []),
            (link(""), []),
        ],
        ids=[
            *("base", "case", "rel-feed", "twice", "xml-feed", "xml-page", "wordpress"),
            *("json", "amp", "language", "stylesheet", "script", "empty"),
        ],
    )
    def test_what_counts(self, head: str, found: list[str]) -> None:
        """Only what is surely a feed is told of, each once."""
        assert urls(discover(page(head))) == found

    def test_best_first(self) -> None:
        """Comments come last, JSON behind XML, else as the page has them."""
        head = (
            link("/comments/feed", RSS, "Comments")
            + link("/feed.json", JSON)
            + link("/feed", RSS)
            + link("/news", ATOM)
        )

        assert urls(discover(page(head))) == [
            *("feed", "news", "feed.json", "comments/feed")
        ]

    def test_this_part_of_the_site(self) -> None:
        """On the page of a section, its own feed is the one that is meant."""
        head = link("/feed/") + link("/sailing/feed/")

        assert urls(discover(page(head, url=f"{URL}sailing/"))) == [
            *("sailing/feed/", "feed/")
        ]

    def test_an_articles_comments(self) -> None:
        """What lies below an article are its comments, in whatever language."""
        article = "2025/02/ferry-sails-again/"
        head = link(f"/{article}feed/", RSS, "Athugasemdir") + link("/feed/")

        assert urls(discover(page(head, url=URL + article)))[0] == "feed/"

    def test_visible_links(self) -> None:
        """Without declared feeds those count that the text links to by name."""
        body = """<a href="/about">About</a><a href="/rss.xml">RSS <b>feed</b></a>
        <a href="https://other.example/rss.xml">theirs</a>
        <a href="/x" type="application/atom+xml">Atom</a>"""
        found = discover(page("", body))

        assert urls(found) == ["rss.xml", "x"]
        assert found[0].title == "RSS feed"
        assert urls(discover(page(link("/f"), body))) == ["f"]

    def test_beyond_two_mebibytes(self) -> None:
        """What stands further down than pages are read is not looked for."""
        head = "<!--" + " " * (2 * 1024 * 1024) + "-->" + link("/f")

        assert discover(page(head)) == ()

    @pytest.mark.parametrize("body", [b"", b"\0\xff", b"plain", b"<" * 1_000])
    def test_no_page_at_all(self, body: bytes) -> None:
        """What is no page has no feeds, and nothing is raised."""
        assert discover(Page(URL, 200, (), body)) == ()


class TestGuesses:
    def test_below_the_page_first(self) -> None:
        """The usual paths below the page come before those of its site."""
        found = guesses("https://harbour.example/blog/post.html?x=1")

        assert found[0] == "https://harbour.example/blog/feed"
        assert "https://harbour.example/feed" in found
        assert len(found) == len(set(found))

    def test_of_a_home(self) -> None:
        """A home page has only its site's."""
        assert guesses("https://harbour.example")[0] == "https://harbour.example/feed"

    def test_of_no_address(self) -> None:
        """What is no web address has none."""
        assert guesses("mailto:ann@harbour.example") == ()
