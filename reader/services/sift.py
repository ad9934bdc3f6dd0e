"""A feed's body to its news, each entry looked at once: all that a poll has to compute.

Pure and made of values, so that another process may do it; never fetches or stores.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reader import extract, feeds
from reader.feeds import ParsedFeed
from reader.model import Entry, Feed, FeedRef
from reader.resolve import first_look
from reader.resolve.eager import prior
from reader.rules import Rules
from reader.store import Polled


@dataclass(frozen=True, slots=True)
class Sifted:
    """A feed as its body gave it, and what of it is new or has changed."""

    parsed: ParsedFeed
    new: tuple[Polled, ...] = ()
    updated: tuple[Polled, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What a feed answered; `known`: the guid and fingerprint of every entry here."""

    feed: Feed
    known: Mapping[str, str]
    data: bytes
    url: str
    content_type: str | None = None


def sift(rules: Rules, body: Body) -> Sifted:
    """The news of a body; FeedError when it is no feed."""
    parsed = feeds.parse(body.data, body.url, body.content_type)
    found = feeds.changes(body.known, parsed)
    return Sifted(
        parsed,
        looked(rules, body.feed, parsed, found.new),
        looked(rules, body.feed, parsed, found.updated),
    )


def looked(
    rules: Rules, feed: Feed, parsed: ParsedFeed, entries: Iterable[Entry]
) -> tuple[Polled, ...]:
    """A first look at some entries of a feed."""
    ref, expected = ref_of(feed, parsed), prior(feed)
    return tuple(look(rules, ref, expected, entry) for entry in entries)


def ref_of(feed: Feed, parsed: ParsedFeed) -> FeedRef:
    """What stands beside the entries of a feed, by its own title and site as of now."""
    site_url = parsed.site_url or feed.site_url
    known = replace(feed, site_url=site_url).ref.itself
    return replace(known, title=parsed.title) if parsed.title else known


def look(rules: Rules, feed: FeedRef, expected: float | None, entry: Entry) -> Polled:
    """A first look at an entry: its verdict without a fetch, and its words to find."""
    text = extract.feed_words(entry)
    # Made of the longer of content and summary; looked at is the content, if any.
    copied = len(entry.content) >= len(entry.summary) or not entry.content
    return Polled(
        entry,
        feeds.fingerprint(entry),
        first_look(entry, feed, rules, expected, text if copied else None),
        text,
    )
