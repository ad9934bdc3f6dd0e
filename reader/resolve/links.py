"""The addresses of one entry, side by side; no address ever takes another's place.

Only tells them apart: which one is the original was decided by the walk.
"""

from reader import urls
from reader.model import Attribution, Entry, Links
from reader.rules import Rules
from reader.rules.tables import listed


def links(entry: Entry, verdict: Attribution, rules: Rules) -> Links:
    """Where feed, trail, original and comments of an entry are to be found."""
    return Links(
        entry=entry.url,
        canonical=urls.canonical(entry.url, rules.tracking),
        reached=_reached(entry, verdict) if verdict.url else None,
        original=verdict.url,
        discussion=_discussion(entry, verdict, rules),
    )


def _reached(entry: Entry, verdict: Attribution) -> str:
    """Where the trail led before the page named its own plainer address."""
    if not verdict.trail:
        return entry.url
    last = verdict.trail[-1]
    own = last.via in ("canonical", "amp") and urls.same_site(last.url, last.target)
    return last.url if own else last.target


def _discussion(entry: Entry, verdict: Attribution, rules: Rules) -> str | None:
    """The page of comments: named by the feed, or the entry's on a discussion site."""
    for link in entry.links_as("comments"):
        if urls.is_web(link.url):
            return link.url
    at_home = listed(urls.host(entry.url), rules.places.discussion)
    return entry.url if at_home and verdict.url != entry.url else None
