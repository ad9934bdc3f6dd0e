"""Where an article is looked for: the store, the site's feed, its news sitemap."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.resolve import Ask
from reader.services import Services, subscribe
from reader.services.candidates import MAX_SITEMAPS, candidates
from reader.services.sites import KEPT
from tests.services.played import NOW, PlayedWeb, item

pytestmark = pytest.mark.anyio
HOME = "https://paper.example/"
TITLE = "Ferry sold twice in one week"
ASK = Ask("The Paper", HOME, TITLE, datetime(2026, 2, 4, 10, tzinfo=UTC))
DECLARES = '<link rel="alternate" type="application/rss+xml" href="/feed">'


def sitemap(*titles: str) -> str:
    """A news sitemap with an article for each title."""
    rows = "".join(
        f"<url><loc>/a{number}</loc><news><name>The Paper</name><publication_date>"
        f"2026-02-04</publication_date><title>{title}</title></news></url>"
        for number, title in enumerate(titles)
    )
    return f"<urlset>{rows}</urlset>"


class TestCandidates:
    async def test_subscribed(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed that is subscribed is matched without the network.
        """
        web.feed(f"{HOME}feed", item(TITLE, f"{HOME}ferry"), title="The Paper")
        await subscribe.add(built, f"{HOME}feed")
        web.asked.clear()
        answer = await candidates(built, ASK, False)

        assert [c.url for c in answer.found] == [f"{HOME}ferry"]
        assert answer.found[0].subscribed
        assert web.urls() == []

    async def test_its_own_feed(self, built: Services, web: PlayedWeb) -> None:
        """
        Where the site's feed has the article, no sitemap is asked for.
        """
        web.put(HOME, DECLARES)
        web.feed(f"{HOME}feed", item(TITLE, f"{HOME}ferry"), title="The Paper")
        answer = await candidates(built, ASK, False)

        assert [c.url for c in answer.found] == [f"{HOME}ferry"]
        assert web.urls() == [HOME, f"{HOME}feed"]
        assert (answer.pages, round(answer.elapsed, 3)) == (2, 0.2)

    async def test_asked_again(self, built: Services, web: PlayedWeb) -> None:
        """
        What a visit found answers other questions, also those that come meanwhile.
        """
        web.put(HOME, DECLARES)
        rows = (item(TITLE, f"{HOME}ferry"), item("Old pier closed", f"{HOME}pier"))
        web.feed(f"{HOME}feed", *rows, title="The Paper")
        other = replace(ASK, title="Old pier closed")
        one, two = await asyncio.gather(
            candidates(built, ASK, False), candidates(built, other, False)
        )

        assert {c.url for c in two.found} == {f"{HOME}ferry", f"{HOME}pier"}
        assert web.urls() == [HOME, f"{HOME}feed"]
        assert (one.pages, two.pages, two.elapsed) == (2, 0, 0.0)

    async def test_reads_on(self, built: Services, web: PlayedWeb) -> None:
        """
        Another title reads the sitemaps on from where the last visit stopped.
        """
        web.put(HOME, "No feed here.")
        web.put(f"{HOME}sitemap-news.xml", sitemap(TITLE))
        web.put(f"{HOME}news-sitemap.xml", sitemap("Old pier closed"))
        await candidates(built, ASK, False)
        web.asked.clear()
        await candidates(built, replace(ASK, title="Old pier closed"), False)
        await candidates(built, replace(ASK, title="Nothing of the kind"), False)

        assert web.urls() == [f"{HOME}news-sitemap.xml"]

    async def test_after_a_while(self, built: Services, web: PlayedWeb) -> None:
        """
        A visit of some time ago is not believed any more.
        """
        web.put(HOME, DECLARES)
        web.feed(f"{HOME}feed", item(TITLE, f"{HOME}ferry"), title="The Paper")
        await candidates(built, ASK, False)
        later = replace(built, now=lambda: NOW + KEPT)
        await candidates(later, ASK, False)

        assert web.urls() == [HOME, f"{HOME}feed"] * 2

    async def test_a_sitemap_that_robots_names(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        A feed without the article is followed by the news sitemap of robots.txt.
        """
        web.put(HOME, DECLARES)
        web.feed(f"{HOME}feed", item("Other news", f"{HOME}b"), title="The Paper")
        web.put(f"{HOME}robots.txt", f"Sitemap: {HOME}maps/news.xml")
        web.put(f"{HOME}maps/news.xml", sitemap("Other", TITLE))
        answer = await candidates(built, ASK, False)

        assert [(c.url, c.publisher) for c in answer.found[1:]] == [
            (f"{HOME}a0", "The Paper"),
            (f"{HOME}a1", "The Paper"),
        ]

    async def test_a_sitemap_of_a_usual_name(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        Where robots.txt names none, the usual names are tried; failures count too.
        """
        web.put(HOME, "No feed here.")
        web.put(f"{HOME}news-sitemap.xml", sitemap(TITLE))
        answer = await candidates(built, ASK, False)

        assert [c.url for c in answer.found] == [f"{HOME}a0"]
        assert web.urls()[1:] == [
            f"{HOME}robots.txt",
            f"{HOME}sitemap-news.xml",
            f"{HOME}news-sitemap.xml",
        ]
        assert answer.pages == 4

    async def test_an_index_of_sitemaps(self, built: Services, web: PlayedWeb) -> None:
        """
        An index is followed, the latest first, and only so many are read.
        """
        rows = "".join(
            f"<sitemap><loc>/news-{n}.xml</loc><lastmod>2026-01-0{n}</lastmod></sitemap>"
            for n in range(1, 9)
        )
        web.put(HOME, "No feed here.")
        web.put(f"{HOME}robots.txt", f"Sitemap: {HOME}news.xml")
        web.put(f"{HOME}news.xml", f"<sitemapindex>{rows}</sitemapindex>")
        for number in range(1, 9):
            web.put(f"{HOME}news-{number}.xml", sitemap("Other"))
        await candidates(built, ASK, False)

        maps = [url for url in web.urls() if url.endswith(".xml")]
        assert maps == [
            f"{HOME}news.xml",
            *(f"{HOME}news-{n}.xml" for n in (8, 7, 6)),
        ]
        assert len(maps) == MAX_SITEMAPS
