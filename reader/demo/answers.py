"""What each address of the demo world answers, and to whom: the web without a network.

It keeps servers' manners (validators, cookies, 404) and never opens a socket.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from zlib import crc32

from reader.demo.cast import Cast, Serial, Site, Special, cast
from reader.demo.pages import (
    FEED_TYPES,
    amp_page,
    home_page,
    missing_page,
    publisher_page,
    republisher_page,
)
from reader.demo.syndicate import document, listed_at
from reader.errors import FetchError
from reader.model import Page, Request
from reader.urls import host


@dataclass(frozen=True, slots=True)
class World:
    """The sites' answers by address, their feeds, and who is there at all."""

    pages: Mapping[str, Page]
    feeds: Mapping[str, Serial]
    specials: Mapping[str, Special]
    hosts: Mapping[str, Site | None]
    cast: Cast

    def answer(self, request: Request, now: datetime) -> Page:
        """The page that `request` gets at `now`; FetchError where none would come."""
        url = request.url.partition("#")[0]
        if url in self.feeds:
            return self._feed(self.feeds[url], request, now)
        if url in self.specials:
            return _special(self.specials[url], request)
        # As servers do: a parameter that selects nothing is no other page.
        found = self.pages.get(url) or self.pages.get(url.partition("?")[0])
        return replace(found, url=url) if found else self._missing(url)

    def _missing(self, url: str) -> Page:
        if host(url) not in self.hosts:
            raise FetchError(url, "no such host", "dns")
        site = self.hosts[host(url)]
        body = missing_page(site, self.cast) if site else b"<h1>Not found</h1>"
        return _page(url, body, 404, site.charset if site else "utf-8")

    def _feed(self, serial: Serial, request: Request, now: datetime) -> Page:
        if serial.gone and now >= serial.gone:
            return self._missing(request.url)
        body = document(serial, self.cast, now)
        etag = f'"{hashlib.blake2b(body, digest_size=6).hexdigest()}"'
        modified = format_datetime(_last_listed(serial, self.cast, now), usegmt=True)
        asked = request.validators
        same = asked is not None and asked.etag == etag
        headers = (
            ("content-type", FEED_TYPES[serial.format]),
            ("etag", etag),
            ("last-modified", modified),
        )
        elapsed = _elapsed(request.url)
        if same:
            return Page(request.url, 304, headers, b"", elapsed)
        return Page(request.url, 200, headers, body, elapsed)


@cache
def world() -> World:
    """The whole world, built once, when the first request comes."""
    played = cast()
    feeds = {
        played.sites[serial.site].at(serial.path): serial for serial in played.serials
    }
    specials = {special.url: special for special in played.specials}
    hosts: dict[str, Site | None] = {host(url): None for url in specials}
    hosts |= {host(site.home): site for site in played.sites.values()}
    return World(dict(_pages(played)), feeds, specials, hosts, played)


def _pages(played: Cast) -> Iterator[tuple[str, Page]]:
    for site in played.sites.values():
        yield _at(site, "/", home_page(site, played))
    for article in played.articles.values():
        site = played.sites[article.site]
        yield _at(site, article.path, publisher_page(article, played))
        if article.amp:
            yield _at(site, article.amp, amp_page(article, played))
    for serial in played.serials:
        site = played.sites[serial.site]
        for item in serial.items:
            if item.path:
                yield _at(site, item.path, republisher_page(item, serial, played))


def _at(site: Site, path: str, body: bytes) -> tuple[str, Page]:
    url = site.at(path)
    return url, _page(url, body, 200, site.charset)


def _page(url: str, body: bytes, status: int, charset: str = "utf-8") -> Page:
    headers = (("content-type", f"text/html; charset={charset}"),)
    return Page(url, status, headers, body, _elapsed(url))


def _special(special: Special, request: Request) -> Page:
    if special.hangs:
        reason = f"did not answer in {request.timeout or 30:.0f} s"
        raise FetchError(request.url, reason, "timeout")
    if special.needs_cookie and not _has_cookie(request, special.needs_cookie):
        back = (
            ("location", special.url),
            ("set-cookie", f"{special.needs_cookie}; Path=/; HttpOnly"),
        )
        return Page(request.url, 302, back, b"", _elapsed(special.url))
    headers = {"content-type": "text/html; charset=utf-8"} | dict(special.headers)
    elapsed = _elapsed(request.url) if special.elapsed is None else special.elapsed
    body = special.body.encode()
    return Page(request.url, special.status, tuple(headers.items()), body, elapsed)


def _has_cookie(request: Request, cookie: str) -> bool:
    sent = (value for name, value in request.headers if name.lower() == "cookie")
    return any(cookie in value.split("; ") for value in sent)


def _last_listed(serial: Serial, played: Cast, now: datetime) -> datetime:
    listed = (listed_at(item, played) for item in serial.items)
    return max((moment for moment in listed if moment <= now), default=now)


def _elapsed(url: str) -> float:
    """Seconds that an answer took: always the same for one address, and likely."""
    return (8 + crc32(url.encode()) % 60) / 100
