"""A feed's body to its news, each entry looked at once: all that a poll has to compute.

Pure and made of values, so that another process may do it; never fetches or stores.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from reader import extract, feeds
from reader.feeds import ParsedFeed
from reader.model import Entry, Feed, FeedRef
from reader.resolve import Glance, first_look
from reader.resolve.eager import prior
from reader.rules import Rules
from reader.store import Packed, Polled, pack


@dataclass(frozen=True, slots=True)
class Sifted:
    """A feed as its body gave it, and what of it is new or has changed.

    `feed` is without its entries, of which `guids` and the times when they were
    `published` are left; `shared` as `feeds.shares` has it.
    """

    feed: ParsedFeed
    guids: frozenset[str]
    published: tuple[datetime, ...]
    shared: bool | None = None
    new: tuple[Polled | Packed, ...] = ()
    updated: tuple[Polled | Packed, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What a feed answered; `known`: the guid and fingerprint of every entry here.

    `moved` says that it came from another address than the feed's.
    """

    feed: Feed
    known: Mapping[str, str]
    data: bytes
    url: str
    content_type: str | None = None
    moved: bool = False


def sift(rules: Rules, body: Body) -> Sifted:
    """The news of a body, ready to be stored; FeedError when it is no feed."""
    parsed = feeds.parse(body.data, body.url, body.content_type)
    found = feeds.changes(body.known, parsed)
    return sifted(
        body,
        parsed,
        map(pack, looked(rules, body.feed, parsed, found.new)),
        map(pack, looked(rules, body.feed, parsed, found.updated)),
    )


def sifted(
    body: Body,
    parsed: ParsedFeed,
    new: Iterable[Polled | Packed],
    updated: Iterable[Polled | Packed] = (),
) -> Sifted:
    """What a body brought, and no more of its entries than is needed yet."""
    return Sifted(
        feed=replace(parsed, entries=()),
        guids=frozenset(entry.guid for entry in parsed.entries),
        published=tuple(filter(None, (entry.published for entry in parsed.entries))),
        # Fingerprints cost time, and few feeds are on the move.
        shared=feeds.shares(body.known, parsed) if body.moved else None,
        new=tuple(new),
        updated=tuple(updated),
    )


def looked(
    rules: Rules, feed: Feed, parsed: ParsedFeed, entries: Iterable[Entry]
) -> tuple[Polled, ...]:
    """A first look at some entries of a feed."""
    return tuple(map(Looks(rules, feed, parsed), entries))


def ref_of(feed: Feed, parsed: ParsedFeed) -> FeedRef:
    """What stands beside the entries of a feed, by its own title and site as of now."""
    site_url = parsed.site_url or feed.site_url
    known = replace(feed, site_url=site_url).ref.itself
    return replace(known, title=parsed.title) if parsed.title else known


class Looks:
    """First looks at entries of one feed: verdicts without a fetch, words to find."""

    def __init__(self, rules: Rules, feed: Feed, parsed: ParsedFeed) -> None:
        self._rules, self._feed = rules, ref_of(feed, parsed)
        self._prior = prior(feed)
        self._glance = Glance(self._feed, rules, self._prior)

    def __call__(self, entry: Entry) -> Polled:
        """What is kept of an entry."""
        text = extract.feed_words(entry)
        # Made of the longer of content and summary; looked at is the content, if any.
        copied = len(entry.content) >= len(entry.summary) or not entry.content
        words = text if copied else None
        found = self._glance.original(entry, words) or first_look(
            entry, self._feed, self._rules, self._prior, words
        )
        return Polled(entry, feeds.fingerprint(entry), found, text)
