"""Who might have published it: subscribed feeds are asked first, then the site's own.

`resolve` asks with a name, perhaps a home page, and a title; the judging is its own.
"""

from dataclasses import dataclass, field

from reader import feeds
from reader.errors import ReaderError
from reader.model import Entry, Page
from reader.resolve import Ask, Candidate, Candidates
from reader.resolve.match import best
from reader.services.core import Services
from reader.services.retrieve import retrieve

MAX_FEEDS = 3
"""Feeds of a home page that are read for one question."""


async def candidates(services: Services, ask: Ask, urgent: bool) -> Candidates:
    """Entries that may be the original; the network only when the store has none."""
    subscribed = tuple(
        Candidate(*row, subscribed=True)
        for row in services.store.candidates(ask.publisher, ask.home, ask.title)
    )
    known = best(ask, (ask.title,), subscribed, services.rules)
    if known is not None or ask.home is None:
        return Candidates(subscribed)
    visit = _Visit(services, urgent)
    await visit.site(ask.home)
    return Candidates(
        (*subscribed, *visit.found), pages=visit.pages, elapsed=visit.elapsed
    )


@dataclass(slots=True)
class _Visit:
    """A visit to one site in search of its feed; counts what it costs."""

    services: Services
    urgent: bool
    found: list[Candidate] = field(default_factory=list)
    pages: int = 0
    elapsed: float = 0.0

    async def site(self, home: str) -> None:
        """Read the feeds that the home page declares."""
        page = await self._get(home)
        if page is None or self._read(page):
            return
        for offered in feeds.discover(page)[:MAX_FEEDS]:
            answer = await self._get(offered.url)
            if answer is not None and self._read(answer):
                return

    async def _get(self, url: str) -> Page | None:
        try:
            page = (await retrieve(self.services, url, urgent=self.urgent)).page
        except ReaderError:
            return None
        self.pages += 1
        self.elapsed += page.elapsed
        return page

    def _read(self, page: Page) -> bool:
        """Take the entries of a page that is a feed; say whether it was one."""
        try:
            parsed = feeds.parse(page.body, page.url, page.header("content-type"))
        except ReaderError:
            return False
        self.found.extend(_candidate(entry, parsed.title) for entry in parsed.entries)
        return bool(parsed.entries)


def _candidate(entry: Entry, publisher: str) -> Candidate:
    return Candidate(
        entry.url, entry.title, entry.published, publisher or None, subscribed=False
    )
