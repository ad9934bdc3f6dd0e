"""Who might have published it: subscribed feeds are asked first, then the site's own.

A site's feeds come before its news sitemaps, which are the last resort; what a visit
found is remembered for a while. `resolve` asks with a name, perhaps a home page, and a
title; the judging is its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader import feeds, urls
from reader.errors import FetchError, ReaderError
from reader.feeds.sitemap import USUAL_PATHS, read_sitemap, sitemaps_of
from reader.model import Entry, Page, Request
from reader.resolve import Ask, Candidate, Candidates
from reader.resolve.match import best
from reader.services.core import Services
from reader.services.retrieve import retrieve
from reader.services.sites import Site

MAX_FEEDS = 3
"""Feeds of a home page that are read."""
MAX_SITEMAPS = 4
"""Sitemaps of a site that are read."""
MAX_SECONDS = 10.0
"""Seconds of requests after which one question asks for nothing more."""


async def candidates(services: Services, ask: Ask, urgent: bool) -> Candidates:
    """Entries that may be the original; the network only when the store has none."""
    subscribed = tuple(
        Candidate(*row, subscribed=True)
        for row in services.store.candidates(ask.publisher, ask.home, ask.title)
    )
    known = best(ask, (ask.title,), subscribed, services.rules)
    if known is not None or ask.home is None:
        return Candidates(subscribed)
    site = services.sites.of(ask.home, services.now())
    visit = _Visit(services, site, ask, urgent)
    # Stubs of one publisher come together: the second finds what the first has read.
    async with site.visited:
        await visit.search()
    return Candidates(
        (*subscribed, *site.found), pages=visit.pages, elapsed=visit.elapsed
    )


@dataclass(slots=True)
class _Visit:
    """A visit to one site in search of an article; counts what it costs."""

    services: Services
    site: Site
    ask: Ask
    urgent: bool
    pages: int = 0
    elapsed: float = 0.0

    async def search(self) -> None:
        """Read on in the site's feeds and sitemaps until the article is found."""
        if not self.site.fed:
            self.site.fed = True
            await self._feeds()
        if not self._matched and self.site.maps is None:
            self.site.maps = await self._sitemaps()
        while self.site.maps and not self._matched:
            await self._next_sitemap(self.site.maps)

    @property
    def _matched(self) -> bool:
        """Whether what was found holds the article already."""
        fit = best(self.ask, (self.ask.title,), self.site.found, self.services.rules)
        return fit is not None

    async def _feeds(self) -> None:
        """Read the feeds that the home page declares."""
        page = await self._get(self.site.home)
        if page is None or self._read(page):
            return
        for offered in feeds.discover(page)[:MAX_FEEDS]:
            answer = await self._get(offered.url)
            if answer is not None and self._read(answer):
                return

    async def _sitemaps(self) -> list[str]:
        """The news sitemaps that robots.txt names, then those of usual names."""
        robots = urls.join(self.site.home, "/robots.txt")
        page = await self._get(robots) if robots else None
        named = sitemaps_of(page.body, page.url) if page else ()
        usual = (urls.join(self.site.home, path) for path in USUAL_PATHS)
        return list(dict.fromkeys((*named, *filter(None, usual))))

    async def _next_sitemap(self, waiting: list[str]) -> None:
        answer = await self._get(waiting.pop(0))
        self.site.read += 1
        if answer is not None:
            listed = read_sitemap(answer.body, answer.url)
            self._take(listed.entries, listed.publisher)
            waiting[:0] = [url for url in listed.maps if url not in waiting]
        if self.site.read >= MAX_SITEMAPS or self.elapsed >= MAX_SECONDS:
            waiting.clear()

    async def _get(self, url: str) -> Page | None:
        if self.elapsed >= MAX_SECONDS:
            return None
        counting = replace(self.services, fetch=self._counted)
        try:
            return (await retrieve(counting, url, urgent=self.urgent)).page
        except ReaderError:
            return None

    async def _counted(self, request: Request) -> Page:
        """Fetch a page, and count it and its time, whether it comes or not."""
        self.pages += 1
        try:
            page = await self.services.fetch(request)
        except FetchError as error:
            self.elapsed += error.elapsed
            raise
        self.elapsed += page.elapsed
        return page

    def _read(self, page: Page) -> bool:
        """Take the entries of a page that is a feed; say whether it was one."""
        try:
            parsed = feeds.parse(page.body, page.url, page.header("content-type"))
        except ReaderError:
            return False
        self._take(parsed.entries, parsed.title)
        return bool(parsed.entries)

    def _take(self, entries: Iterable[Entry], publisher: str) -> None:
        self.site.found.extend(
            Candidate(e.url, e.title, e.published, publisher or None) for e in entries
        )
