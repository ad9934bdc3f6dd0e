"""A web of a few pages as a `Fetch`, which remembers what it was asked."""

import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

from reader.errors import FetchError
from reader.model import Page, Request

NOW = datetime(2026, 2, 5, 12, tzinfo=UTC)


@dataclass
class PlayedWeb:
    """Answers by URL; what is not here is a name that nobody knows."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def put(
        self,
        url: str,
        body: str | bytes = "",
        status: int = 200,
        headers: tuple[tuple[str, str], ...] = (("content-type", "text/html"),),
    ) -> None:
        """Let `url` answer with this from now on."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[url] = Page(url, status, headers, data, elapsed=0.1)

    def feed(self, url: str, *items: str, title: str = "Relay", home: str = "") -> None:
        """Let `url` answer with an RSS feed of these items."""
        site = f"<link>{home}</link>" if home else ""
        body = (
            f'<rss version="2.0"><channel><title>{title}</title>{site}'
            f"<description>d</description>{''.join(items)}</channel></rss>"
        )
        etag = f'"{zlib.crc32(body.encode())}"'
        self.put(
            url, body, headers=(("content-type", "application/rss+xml"), ("etag", etag))
        )

    async def fetch(self, request: Request) -> Page:
        """Answer a request; a fitting ETag is answered with 304."""
        self.asked.append(request)
        page = self.pages.get(request.url)
        if page is None:
            raise FetchError(request.url, "the name is not known", "dns")
        etag = page.header("etag")
        if request.validators and etag and request.validators.etag == etag:
            return Page(request.url, 304, (("etag", etag),), elapsed=0.1)
        return page

    def urls(self) -> list[str]:
        """What was asked, in order."""
        return [request.url for request in self.asked]


def item(title: str, link: str, text: str = "", guid: str = "") -> str:
    """An RSS item."""
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f"<guid isPermaLink='false'>{guid or link}</guid>"
        "<pubDate>Wed, 04 Feb 2026 10:00:00 GMT</pubDate>"
        f"<description>{escape(text)}</description></item>"
    )
