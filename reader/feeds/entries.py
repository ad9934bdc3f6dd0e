"""Drafts to entries: links made absolute and laid out alike, identities, order.

Never looks at bytes; what it is given came from XML and JSON alike.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote

from reader.feeds.identity import identities, shortened
from reader.feeds.values import Draft
from reader.model import Enclosure, Entry, Link
from reader.urls import host, is_web, join, same_page, site

ENTRIES = 5_000
"""Entries kept of one poll, newest first."""

_LINKS = 50
_WORDPRESS = re.compile(r"/\?p=\d+$")
_FOREVER = datetime.max.replace(tzinfo=UTC)


def entries(drafts: Iterable[Draft], base: str, home: str) -> tuple[Entry, ...]:
    """The entries of a feed, newest first, each identity once.

    `base` is what relative links are relative to, `home` the site that the feed is of.
    """
    made = newest_first(_entry(draft, base, home) for draft in drafts)
    named = (replace(entry, guid=guid) for guid, entry in identities(made))
    return tuple(entry for entry, _ in zip(named, range(ENTRIES), strict=False))


def absolute(base: str, link: str) -> str | None:
    """`link` seen from `base`; None where there is none, or none of the web."""
    return join(base, link) if link else None


def newest_first(found: Iterable[Entry]) -> list[Entry]:
    """Entries by time; one without stays behind the entry it stood behind."""
    keyed = list(_with_times(found))
    return [entry for _, entry in sorted(keyed, key=lambda k: k[0], reverse=True)]


def _with_times(found: Iterable[Entry]) -> Iterator[tuple[datetime, Entry]]:
    when = _FOREVER
    for entry in found:
        when = entry.published or when
        yield when, entry


def _entry(draft: Draft, base: str, home: str) -> Entry:
    url = absolute(base, draft.url)
    page = absolute(base, draft.guid) if draft.permalink else _by_number(draft.guid)
    links = tuple(_links(draft, base))
    url, links = own_page_first(url or page or "", page, links, home)
    return Entry(
        url=url,
        title=draft.title,
        guid=shortened(draft.guid),
        authors=draft.authors,
        published=draft.published or draft.updated,
        updated=draft.updated,
        summary="" if draft.summary == draft.content else draft.summary,
        content=draft.content,
        language=draft.language,
        categories=draft.categories,
        links=links,
        enclosures=tuple(_enclosures(draft, base)),
    )


def _by_number(guid: str) -> str | None:
    """WordPress's guids are addresses that lead to the page, though it denies it."""
    return guid if is_web(guid) and _WORDPRESS.search(guid) else None


def _links(draft: Draft, base: str) -> Iterator[Link]:
    seen = set()
    for raw in draft.links[:_LINKS]:
        url = absolute(base, raw.url)
        link = Link(raw.rel, url or "", raw.title)
        if (url or raw.title) and link not in seen:
            seen.add(link)
            yield link


def _enclosures(draft: Draft, base: str) -> Iterator[Enclosure]:
    seen = set()
    for enclosure in draft.enclosures[:_LINKS]:
        url = absolute(base, enclosure.url)
        if url and url not in seen:
            seen.add(url)
            yield replace(enclosure, url=url)


def own_page_first(
    url: str, page: str | None, links: tuple[Link, ...], home: str
) -> tuple[str, tuple[Link, ...]]:
    """Where an entry is and what it points to, alike for every kind of feed.

    A link blog says the same in three ways: JSON Feed has the blog's own page as `url`
    and the other site's article as `external_url`; RSS has the article as `link` and
    the own page as permanent `guid`; Atom the article as `alternate` and the own page
    as `related`; and WordPress in both names the own page only as where the comments
    are, or by its number. Here each becomes the first of them: `url` is the entry's
    own page, and the article is a link of `external-url`.
    """
    if not is_web(home) or (url and site(url) == site(home)):
        return url, links
    own = next((p for p in _own_pages(page, links) if site(p) == site(home)), None)
    if own is None:
        return url, links
    others = tuple(
        link for link in links if link.rel != "related" or not same_page(link.url, own)
    )
    if not url or _leads_home(url, own) or any(li.rel == "orig-link" for li in links):
        return own, others
    known = any(link.rel == "external-url" for link in others)
    return own, others if known else (Link("external-url", url), *others)


def _own_pages(page: str | None, links: tuple[Link, ...]) -> Iterator[str]:
    """The addresses that may be an entry's own page, best first."""
    if page:
        yield page
    yield from (link.url for link in links if link.rel == "related")
    # Only comments further down the page (#comments): a forum's stand for themselves.
    pages = (link.url.partition("#") for link in links if link.rel == "comments")
    yield from (page for page, mark, _ in pages if mark)


def _leads_home(url: str, own: str) -> bool:
    """Whether `url` is a click counter before the own page rather than an article."""
    return host(own) in unquote(unquote(url))
