"""Drafts to entries: links made absolute and laid out alike, identities, order.

Never looks at bytes; what it is given came from XML and JSON alike.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import unquote

from reader.cleaning import URL_MAX
from reader.feeds.identity import identities, shortened
from reader.feeds.values import Draft
from reader.model import Enclosure, Entry, Link
from reader.urls import host, is_web, join, same_page, site, site_of

ENTRIES = 5_000
"""Entries kept of one poll, newest first."""

_LINKS = 50
# An address that neither joining nor cleaning changes, and the host of one.
_PLAIN = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[1-9]\d{0,3}(?!\d)|:[1-5]\d{4})?"
    r"(?:/[!$-:<=>@-Z\\^-~]*(?:\?[!$-Z\\^-~]+)?(?:#[!$-Z\\^-~]+)?)?"
)
_HOST = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::\d+)?(?:/|$)")
_WORDPRESS = re.compile(r"/\?p=\d+$")
_FOREVER = datetime.max.replace(tzinfo=UTC)


def entries(drafts: Iterable[Draft], base: str, home: str) -> tuple[Entry, ...]:
    """The entries of a feed, newest first, each identity once.

    `base` is what relative links are relative to, `home` the site that the feed is of.
    """
    paged = ((draft, _page(draft, base)) for draft in drafts)
    made = [(_entry(draft, page, base), page) for draft, page in paged]
    by_related = any(_is_linked_by_related(entry, home) for entry, _ in made)
    laid = (own_page_first(entry, page, home, by_related) for entry, page in made)
    named = identities(newest_first(laid))
    return tuple(
        entry if entry.guid == guid else replace(entry, guid=guid)
        for guid, entry in islice(named, ENTRIES)
    )


def absolute(base: str, link: str) -> str | None:
    """`link` seen from `base`; None where there is none, or none of the web."""
    if len(link) <= URL_MAX and _PLAIN.fullmatch(link):
        return link  # as most are, and joining takes ten times as long
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


def _entry(draft: Draft, page: str | None, base: str) -> Entry:
    return Entry(
        url=absolute(base, draft.url) or page or "",
        title=draft.title,
        guid=shortened(draft.guid),
        authors=draft.authors,
        published=draft.published or draft.updated,
        updated=draft.updated,
        summary="" if draft.summary == draft.content else draft.summary,
        content=draft.content,
        language=draft.language,
        categories=draft.categories,
        links=tuple(_links(draft, base)),
        enclosures=tuple(_enclosures(draft, base)),
    )


def _page(draft: Draft, base: str) -> str | None:
    """The page that an entry's guid is the address of.

    A guid is taken for one unless it says that it is none (RSS 2.0). Beside a link that
    is none of the web (`javascript:`) a bare word is no address: it would be made up.
    """
    if not draft.permalink:
        return _by_number(draft.guid)
    made_up = bool(draft.url.strip()) and not is_web(draft.guid)
    return None if made_up else absolute(base, draft.guid)


def _by_number(guid: str) -> str | None:
    """WordPress's guids are addresses that lead to the page, though it denies it."""
    return guid if _WORDPRESS.search(guid) and is_web(guid) else None


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
    entry: Entry, page: str | None, home: str, by_related: bool = False
) -> Entry:
    """An entry with its place and what it points to alike for every kind of feed.

    A link blog says the same in three ways: JSON Feed has the blog's own page as `url`
    and the other site's article as `external_url`; RSS has the article as `link` and
    the own page as permanent `guid`; Atom the article as `alternate` and the own page
    as `related`; and WordPress in both names the own page only as where the comments
    are, or by its number. Here each becomes the first of them: `url` is the entry's
    own page, and the article is a link of `external-url`.

    `page` is the address that the guid is, `by_related` says that this feed's entries
    have their own page as `related`, so that one about its own site has, too.
    """
    at_home = _is_of(entry.url, home)
    if (at_home and not by_related) or not is_web(home):
        return entry
    pages = _related(entry) if at_home else _own_pages(entry, page)
    own = next((p for p in pages if _is_of(p, home)), None)
    if own is None or own == entry.url:
        return entry
    others = tuple(
        link
        for link in entry.links
        if link.rel != "related" or not same_page(link.url, own)
    )
    if not _points_away(entry, own, at_home):
        return replace(entry, url=own, links=others)
    return replace(entry, url=own, links=(Link("external-url", entry.url), *others))


def _points_away(entry: Entry, own: str, at_home: bool) -> bool:
    """Whether an entry's link is what it is about, not a way to its own page."""
    if not entry.url or any(entry.links_as("orig-link", "external-url")):
        return False
    # A click counter before the own page has it in its address.
    return at_home or host(own) not in unquote(unquote(entry.url))


def _is_of(url: str, home: str) -> bool:
    return bool(url) and _site(url) == _site(home)


def _site(url: str) -> str:
    found = _HOST.match(url)
    return site_of(found[1]) if found else site(url)


def _is_linked_by_related(entry: Entry, home: str) -> bool:
    related = any(_is_of(url, home) for url in _related(entry))
    return related and bool(entry.url) and not _is_of(entry.url, home)


def _related(entry: Entry) -> Iterator[str]:
    yield from (link.url for link in entry.links_as("related"))


def _own_pages(entry: Entry, page: str | None) -> Iterator[str]:
    """The addresses that may be an entry's own page, best first."""
    if page:
        yield page
    yield from _related(entry)
    # Only comments further down the page (#comments): a forum's stand for themselves.
    pages = (link.url.partition("#") for link in entry.links_as("comments"))
    yield from (url for url, mark, _ in pages if mark)
