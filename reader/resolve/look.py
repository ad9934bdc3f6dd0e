"""The first look: what the feed alone says about an entry, without a fetch.

`original` where nothing speaks against it, else `unchecked` with the signs as reasons.
"""

from collections.abc import Iterator

from reader import urls
from reader.model import Attribution, Entry, FeedRef, Reason
from reader.resolve.eager import republishes
from reader.resolve.notices import notices
from reader.resolve.publisher import names_host, same_name, same_publisher
from reader.resolve.signals import (
    Start,
    copy_of,
    may_announce,
    passes_on,
    sources,
    start,
)
from reader.rules import Rules


def first_look(
    entry: Entry,
    feed: FeedRef,
    rules: Rules,
    prior: float | None = None,
    words: str | None = None,
) -> Attribution:
    """The verdict on an entry as it comes from its feed.

    `prior` is the share of stubs to expect of the feed's entries (`eager.prior`),
    `words` what `may_announce` wants, where it is known.
    """
    begun = start(entry, feed, rules)
    found = () if begun.comment else _signs(entry, feed, begun, rules, prior, words)
    signs = tuple(found)
    if signs:
        return Attribution("unchecked", reasons=tuple(map(Reason, signs)))
    return Attribution(
        "original",
        url=urls.canonical(begun.lead.url, rules.tracking),
        publisher=feed.title or urls.site(begun.lead.url) or None,
        authors=entry.authors,
        published=entry.published,
        trail=begun.lead.path.hops,
    )


def _signs(
    entry: Entry,
    feed: FeedRef,
    begun: Start,
    rules: Rules,
    prior: float | None,
    words: str | None,
) -> Iterator[str]:
    if begun.offsite:
        yield f"the entry's link is on {urls.site(begun.lead.url)}"
    elif begun.lead.path.hops and not begun.owner:
        yield "the entry's link carries another address"
    if passes_on(begun.lead.url, rules) or not urls.is_web(entry.url):
        yield "the entry's link does not say where it leads"
    for hint in begun.hints:
        yield f"the feed names {urls.site(hint.url)}"
    for name, _ in sources(entry, feed, begun.owner)[:1]:
        yield f"the feed says it comes from {name}"
    if may_announce(entry, rules, words):
        yield from _announced(entry, feed, begun, rules)
    if republishes(prior):
        yield "most of this feed is published elsewhere first"


def _announced(
    entry: Entry, feed: FeedRef, begun: Start, rules: Rules
) -> Iterator[str]:
    """Announcements in the feed's copy that name somebody else."""
    for notice in notices(copy_of(entry), rules):
        name = notice.said.name
        own = [u for u in (begun.owner, entry.url) if u]
        if name and (
            same_name(name, feed.title)
            or any(names_host(name, urls.host(u)) for u in own)
        ):
            continue
        links = [a.url for a in notice.anchors if urls.is_web(a.url)]
        if links and all(same_publisher(u, o, rules) for u in links for o in own):
            continue
        weak = notice.said.mild or notice.said.kind in ("source", "continue-reading")
        if weak and not links:
            continue
        yield f"“{notice.quote}”"
        return
