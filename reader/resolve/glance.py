"""A first look at most entries of most feeds, at a fraction of its price.

What hangs on the feed and on a host is found out once. Says nothing about an entry that
is out of the ordinary in any way: `look` judges that.
"""

import re

from reader import urls
from reader.model import Attribution, Entry, FeedRef
from reader.resolve.carriers import HELD, first_segment, is_exit_host
from reader.resolve.eager import republishes
from reader.resolve.signals import elsewhere, is_offsite, may_announce, site_of_feed
from reader.rules import Rules
from reader.rules.tables import listed

# No query, no escape, nothing that could hold another address or need tidying.
_PLAIN = re.compile(
    r"(https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[1-9]\d{0,3}|:[1-5]\d{4})?)"
    r"(/[!$&-9;@-Z^-~]*)"
)


class Glance:
    """What makes an entry of one feed its own at first sight."""

    def __init__(self, feed: FeedRef, rules: Rules, prior: float | None = None) -> None:
        self._feed = feed
        self._rules = rules
        self._owner = site_of_feed(feed, rules)
        self._idle = republishes(prior)
        self._known: dict[str, tuple[str, str | None] | None] = {}

    def original(self, entry: Entry, words: str | None = None) -> Attribution | None:
        """The verdict on an ordinary entry, as `first_look` gives it; None of others.

        `words` are as `may_announce` has them.
        """
        if self._idle or entry.links:
            return None
        found = _PLAIN.fullmatch(entry.url)
        if found is None or HELD.search(found[2]):
            return None
        origin, path = found.groups()
        if first_segment(path) in self._rules.carriers.exit_paths:
            return None
        if origin not in self._known:
            self._known[origin] = self._judged(origin)
        known = self._known[origin]
        if known is None or may_announce(entry, self._rules, words):
            return None
        begin, publisher = known
        return Attribution(
            "original",
            url=begin + path,
            publisher=publisher,
            authors=entry.authors,
            published=entry.published,
        )

    def _judged(self, origin: str) -> tuple[str, str | None] | None:
        """The plainest form of an origin that is the feed's own, and its publisher."""
        home, rules = f"{origin}/", self._rules
        host, places = urls.host(home), rules.places
        meant = places.discussion | places.passing | places.shorteners
        odd = (
            not host
            or listed(host, meant)
            or is_exit_host(host, rules)
            or any(rules.wrappers_of(host))
            or is_offsite(home, self._feed, rules)
            or (self._owner and elsewhere(home, self._owner, rules))
        )
        if odd:
            return None
        publisher = self._feed.title or urls.site(home) or None
        return urls.canonical(home, rules.tracking)[:-1], publisher
