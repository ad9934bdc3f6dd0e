"""What an entry shows of itself, before any page is fetched.

Where it begins, whether the feed says whose it is, and which signs ask for a look.
Decides nothing about pages.
"""

import re
from dataclasses import dataclass
from html import unescape

from reader import html, urls
from reader.html import Anchor, Block, Document
from reader.model import Entry, FeedRef, Hop, Link, LinkRel, Page
from reader.resolve.carriers import leads_out
from reader.resolve.pointers import is_door
from reader.resolve.publisher import names_host, same_name, same_publisher
from reader.resolve.values import Evidence, Lead, Path
from reader.resolve.wrappers import shortened, unwrap
from reader.rules import Rules
from reader.rules.tables import listed

_WRAPS_MAX = 6
_HINTS: tuple[LinkRel, ...] = ("external-url", "via", "canonical", "dc-source")
_OWN: tuple[LinkRel, ...] = ("related", "canonical")
_PLAYED = ("audio/", "video/")
_COMMENT = 30
"""Characters of a comment of one's own that make a link blog's entry a work."""


@dataclass(frozen=True, slots=True)
class Start:
    """How an entry begins.

    `lead` is the first URL to fetch, `hints` what the feed offers beside it, `comment`
    the link blog's own page where the entry is one, `owner` the site that carries it.
    """

    lead: Lead
    hints: tuple[Lead, ...] = ()
    comment: str | None = None
    owner: str = ""
    offsite: bool = False


def start(entry: Entry, feed: FeedRef | None, rules: Rules) -> Start:
    """Where the walk of an entry begins, and what the feed says about its end."""
    owner = site_of_feed(feed, rules)
    if comment := own_page(entry, owner, rules):
        return Start(Lead(comment), comment=comment, owner=owner or comment)
    lead = _first(entry, feed, owner, rules)
    offsite = is_offsite(lead.url, feed, rules) and not _is_file(entry, lead.url)
    return Start(lead, _hints(entry, owner, rules), None, owner, offsite)


def site_of_feed(feed: FeedRef | None, rules: Rules) -> str:
    """The address of the site whose feed this is; "" when only a service is known."""
    if feed is None:
        return ""
    for url in (feed.site_url or "", feed.url):
        host = urls.host(url)
        if host and not listed(host, rules.places.feed_hosts):
            return url
    return ""


def _first(entry: Entry, feed: FeedRef | None, owner: str, rules: Rules) -> Lead:
    """The entry's link, unwrapped, or what the feed defines as the entry's own."""
    for link in entry.links_as("orig-link"):
        if urls.is_web(link.url) and not urls.same_page(link.url, entry.url):
            hop = Hop(entry.url, link.url, "feed-link", "feedburner:origLink")
            return unwrapped(
                Lead(link.url, Path().to(hop, Evidence("orig-link"))), rules
            )
    discussed = _discussed(entry, rules)
    if discussed:
        hop = Hop(entry.url, discussed, "feed-link", "[link]")
        return unwrapped(Lead(discussed, Path().to(hop, Evidence("discussed"))), rules)
    url = entry.url
    if feed and is_offsite(url, feed, rules) and not _is_file(entry, url):
        title = feed.title or urls.site(owner)
        hop = Hop(feed.site_url or feed.url, url, "feed-link", f"{title} links to it")
        return unwrapped(Lead(url, Path().to(hop, Evidence("feed-link"))), rules)
    return Lead(url) if _shows(url, owner, rules) else unwrapped(Lead(url), rules)


def _shows(url: str, owner: str, rules: Rules) -> bool:
    """Whether the feed's own site may show a page of its own about what a URL carries.

    A report on it, an article that counts where its readers come from: the page says.
    """
    found = unwrap(url, rules)
    own = found is not None and bool(owner) and not elsewhere(url, owner, rules)
    return found is not None and own and not found.known and not is_door(url, rules)


def is_offsite(url: str, feed: FeedRef | None, rules: Rules) -> bool:
    """Whether a URL is on another site than the one that the feed says it is of.

    A feed that names no site may well be served from another host than its pages, and
    a host spelt like the feed's title is the feed's own.
    """
    if feed is None or not feed.site_url or not urls.is_web(url):
        return False
    owner = site_of_feed(feed, rules)
    own = names_host(feed.title, urls.host(url)) or _serves(feed, url, rules)
    return bool(owner) and not own and elsewhere(url, owner, rules)


def _serves(feed: FeedRef, url: str, rules: Rules) -> bool:
    """Whether a URL is on the site that serves the feed, which is no feed service."""
    host = urls.host(feed.url)
    return urls.same_site(feed.url, url) and not listed(host, rules.places.feed_hosts)


def _is_file(entry: Entry, url: str) -> bool:
    """Whether an entry's link is its own enclosure, or a page at its host."""
    return any(
        urls.same_page(url, enclosure.url)
        or (enclosure.type.startswith(_PLAYED) and urls.same_site(url, enclosure.url))
        for enclosure in entry.enclosures
    )


def elsewhere(url: str, owner: str, rules: Rules) -> bool:
    """Whether a URL is of another publisher than a site."""
    return not same_publisher(url, owner, rules)


def unwrapped(lead: Lead, rules: Rules) -> Lead:
    """A lead with every wrapper off its URL, one hop each."""
    for _ in range(_WRAPS_MAX):
        found = unwrap(lead.url, rules)
        if not found or found.target == lead.url:
            break
        quote = f"{urls.host(lead.url)} carries it"
        hop = Hop(lead.url, found.target, "wrapper", quote)
        evidence = (Evidence(found.evidence.sign, quote),)
        path = lead.path.to(hop, *(evidence if lead.path.transported else ()))
        lead = Lead(found.target, path, lead.firm)
    return lead


def _hints(entry: Entry, owner: str, rules: Rules) -> tuple[Lead, ...]:
    """What the feed's elements name, as leads that ask for a second sign."""
    base = owner or entry.url
    return tuple(
        Lead(
            link.url,
            Path().to(
                Hop(entry.url, link.url, "feed-link", _label(link)),
                Evidence("feed-hint", _label(link)),
            ),
        )
        for link in entry.links_as(*_HINTS)
        if urls.is_web(link.url)
        and not urls.is_home(link.url)
        and not same_publisher(link.url, base, rules)
        and not same_publisher(link.url, entry.url, rules)
    )


_LABELS: dict[LinkRel, str] = {
    "external-url": "the feed's external_url",
    "via": "the feed's link rel=via",
    "canonical": "the feed's link rel=canonical",
    "dc-source": "the feed's dc:source",
}


def _label(link: Link) -> str:
    return _LABELS.get(link.rel, link.rel)


def _discussed(entry: Entry, rules: Rules) -> str | None:
    """The article that an entry of a discussion site is about: its `[link]`."""
    if not _is_discussion(entry.url, rules):
        return None
    for block in copy_of(entry).blocks:
        for anchor in block.anchors:
            if not urls.is_web(anchor.url) or not _is_article_of(anchor, block, rules):
                continue
            own = urls.same_site(anchor.url, entry.url)
            media = listed(urls.host(anchor.url), rules.places.media)
            return None if own or media else anchor.url
    return None


def _is_article_of(anchor: Anchor, block: Block, rules: Rules) -> bool:
    """Whether a discussion's link is its article's, by its words or a label before."""
    if anchor.text.lower() in rules.places.link_texts:
        return True
    label = block.text[: anchor.at].rpartition("\n")[2].strip()
    return label[-1:] in (":", "：") and label[:-1].lower() in rules.places.link_labels


def _is_discussion(url: str, rules: Rules) -> bool:
    return listed(urls.host(url), rules.places.discussion)


def copy_of(entry: Entry) -> Document:
    """The feed's own text of an entry, as a document."""
    text = entry.content or entry.summary
    header = (("content-type", "text/html; charset=utf-8"),)
    return html.parse(Page(entry.url, 200, header, text.encode("utf-8", "replace")))


_TAG = re.compile(r"<[^<>]{0,2000}>")
_EDGE = 6_000


def may_announce(entry: Entry, rules: Rules, words: str | None = None) -> bool:
    """Whether the feed's copy holds any announcing phrase at all, parsed or not.

    Most entries hold none, and a poll brings thousands: this costs a tenth of parsing.
    `words` are the copy's, white space folded, where somebody has them already.
    """
    if words is None:
        raw = _edges(entry.content or entry.summary)
        text = unescape(_TAG.sub(" ", raw)) if "<" in raw or "&" in raw else raw
        words = " ".join(text.split())
    return rules.phrases.any_within(_edges(words).replace("’", "'"))


def _edges(text: str) -> str:
    """A text's beginning and end, where announcements stand."""
    return text if len(text) <= 2 * _EDGE else f"{text[:_EDGE]} {text[-_EDGE:]}"


# --- link blogs -------------------------------------------------------------


def own_page(entry: Entry, owner: str, rules: Rules) -> str | None:
    """The blog's own page of a link blog's entry; None for any other entry.

    A link blog's entry points at somebody's article, has a page of its own, and in its
    text, which is the blog's, links to one of the two.
    """
    if not owner:
        return None
    outside = _target_of(entry, owner, rules)
    own = _own_of(entry, owner, rules)
    if not outside or not own or _is_discussion(own, rules):
        return None
    return own if _comments(copy_of(entry), outside, own, entry) else None


def _comments(copy: Document, outside: str, own: str, entry: Entry) -> bool:
    """Whether a text is a blog's own: it links to itself, or cites what it is about."""
    linked = [anchor.url for anchor in copy.links()]
    said = sum(len(b.text) for b in copy.blocks if "blockquote" not in b.places)
    quotes = any("blockquote" in block.places for block in copy.blocks)
    if any(urls.same_page(url, own) for url in linked):
        return said > 0
    cites = any(urls.same_page(url, outside) for url in linked)
    at_home = urls.same_page(entry.url, own)
    return said >= _COMMENT and (cites or (quotes and at_home))


def _target_of(entry: Entry, owner: str, rules: Rules) -> str | None:
    given = [
        entry.url,
        *(link.url for link in entry.links_as("external-url", "related")),
    ]
    return next(
        (u for u in given if urls.is_web(u) and elsewhere(u, owner, rules)), None
    )


def _own_of(entry: Entry, owner: str, rules: Rules) -> str | None:
    given = [entry.url, *(link.url for link in entry.links_as(*_OWN)), entry.guid]
    return next(
        (
            url
            for url in given
            if urls.is_web(url)
            and not urls.is_home(url)
            and not elsewhere(url, owner, rules)
        ),
        None,
    )


# --- signs that ask for a look ----------------------------------------------


def passes_on(url: str, rules: Rules) -> bool:
    """Whether a URL is a shortener's, or of a host that only passes on, or an exit."""
    passes = listed(urls.host(url), rules.places.passing)
    return passes or shortened(url, rules) or leads_out(url, rules)


def sources(
    entry: Entry, feed: FeedRef | None, owner: str
) -> tuple[tuple[str, str], ...]:
    """The feeds that an entry says it was copied from, not its own: title and URL."""
    own = feed.title if feed else ""
    return tuple(
        (link.title or urls.site(link.url), link.url)
        for link in entry.links_as("source", "rss-source")
        if not (link.title and same_name(link.title, own))
        and not (link.url and owner and urls.same_site(link.url, owner))
        and not (feed and link.url and urls.same_page(link.url, feed.url))
    )


def named_by_feed(
    entry: Entry, feed: FeedRef | None, owner: str
) -> tuple[str, str | None]:
    """The publisher that a feed names as an entry's source, and its home page."""
    for name, url in sources(entry, feed, owner):
        parts = urls.split(url)
        if parts and not urls.same_site(url, entry.url):
            return name, f"{parts.scheme}://{parts.netloc}/"
    return "", None
