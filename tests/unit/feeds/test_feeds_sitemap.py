"""News sitemaps: what is read of them, what is not, and what robots.txt names."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.sitemap import LISTED, MAPS, read_sitemap, sitemaps_of

URL = "https://paper.example/sitemap-news.xml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset '
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)


def listed(loc: str, title: str, more: str = "") -> str:
    """One article of a news sitemap."""
    return (
        f"<url><loc>{loc}</loc>{more}<news:news><news:publication><news:name>The Paper"
        "</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2026-02-04T10:00:00+01:00</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>"
    )


def urlset(*rows: str) -> bytes:
    """A news sitemap of these rows."""
    return (HEAD + "".join(rows) + "</urlset>").encode()


class TestReadSitemap:
    def test_an_article(self) -> None:
        """
        Address, headline, date, language and publication are read.
        """
        found = read_sitemap(urlset(listed("/ferry", "Ferry &amp; crew sold")), URL)
        (entry,) = found.entries

        assert (entry.url, entry.title) == (
            "https://paper.example/ferry",
            "Ferry & crew sold",
        )
        assert entry.published == datetime(2026, 2, 4, 9, tzinfo=UTC)
        assert (entry.language, found.publisher) == ("en", "The Paper")

    def test_a_picture(self) -> None:
        """
        Address and title of an article's picture are not the article's.
        """
        picture = (
            "<image:image><image:loc>https://cdn.example/1.jpg</image:loc>"
            "<image:title>A ferry</image:title></image:image>"
        )
        row = listed("/ferry", "Sold", picture).replace("<loc>", f"{picture}<loc>")
        (entry,) = read_sitemap(urlset(row), URL).entries

        assert (entry.url, entry.title) == ("https://paper.example/ferry", "Sold")

    def test_pages_without_a_headline(self) -> None:
        """
        A sitemap of pages, which names no headlines, lists nothing to match.
        """
        page = "<url><loc>https://paper.example/about</loc></url>"

        assert read_sitemap(urlset(page), URL).entries == ()

    def test_an_index(self) -> None:
        """
        Further sitemaps: those for news first, the latest before older ones.
        """
        rows = "".join(
            f"<sitemap><loc>https://paper.example/{name}.xml</loc>"
            f"<lastmod>{day}</lastmod></sitemap>"
            for name, day in (
                ("pages", "2026-02-05"),
                ("news-1", "2026-01-01"),
                ("news-2", "2026-02-01"),
            )
        )
        found = read_sitemap(f"<sitemapindex>{rows}</sitemapindex>".encode(), URL)

        assert [url.rpartition("/")[2] for url in found.maps] == [
            "news-2.xml",
            "news-1.xml",
            "pages.xml",
        ]

    def test_entities_of_its_own(self) -> None:
        """
        What a sitemap declares is never put in the place of its name.
        """
        bomb = (
            '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
            '<!ENTITY f SYSTEM "file:///etc/hostname">]>'
            "<urlset><url><loc>https://paper.example/a</loc><news><title>x&b;&f;"
            "</title></news></url></urlset>"
        )
        found = read_sitemap(bomb.encode(), URL)

        assert [entry.title for entry in found.entries] == ["x"]

    def test_damage(self) -> None:
        """
        What stands before the damage is kept.
        """
        body = urlset(listed("/a", "First"))[:-9] + b"<url><loc>/b"

        assert [e.title for e in read_sitemap(body, URL).entries] == ["First"]

    def test_more_than_is_read(self) -> None:
        """
        Articles and further sitemaps are counted, and the rest is left.
        """
        row = "<url><loc>/{0}</loc><news><title>T {0}</title></news></url>"
        rows = "".join(row.format(n) for n in range(LISTED + 50))
        index = "".join(f"<sitemap><loc>/{n}</loc></sitemap>" for n in range(MAPS + 5))

        assert len(read_sitemap(f"<u>{rows}</u>".encode(), URL).entries) == LISTED
        assert len(read_sitemap(f"<s>{index}</s>".encode(), URL).maps) == MAPS

    @pytest.mark.parametrize("loc", ["javascript:alert(1)", "file:///etc/passwd", ""])
    def test_no_web_address(self, loc: str) -> None:
        """
        What is not on the web is left out.
        """
        assert read_sitemap(urlset(listed(loc, "Sold")), URL).entries == ()

    @given(st.binary(max_size=400))
    def test_any_bytes(self, body: bytes) -> None:
        """
        Any bytes can be read, most of them to nothing.
        """
        assert read_sitemap(b"<urlset>" + body, URL).publisher == ""


class TestSitemapsOf:
    def test_named(self) -> None:
        """
        `Sitemap:` lines in any spelling, those for news first, others' lines left.
        """
        robots = (
            b"User-agent: *\nDisallow: /x\nSITEMAP : /all.xml\r\n"
            b"sitemap: https://paper.example/news.xml # daily\nSitemap: data:x\n"
        )

        assert sitemaps_of(robots, "https://paper.example/robots.txt") == (
            "https://paper.example/news.xml",
            "https://paper.example/all.xml",
        )
