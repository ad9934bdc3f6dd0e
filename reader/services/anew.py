"""Changed rules applied to what is stored: verdicts looked at anew, and kept.

The first look costs nothing and goes for all; on the web only that is followed again
which may come out otherwise. An entry's identity, its marks and its texts stay.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from functools import partial

from reader import urls
from reader.model import Attribution, Feed
from reader.query import ALL
from reader.resolve import first_look
from reader.resolve.eager import prior
from reader.services.attribute import attribute
from reader.services.batch import each
from reader.services.core import Services
from reader.store import StoredReading

AT_ONCE = 8
"""Entries followed at the same time; hosts are spared by `fetch`."""


@dataclass(frozen=True, slots=True)
class Anew:
    """One entry looked at anew; `followed`: on the web, too."""

    entry_id: int
    title: str
    before: Attribution
    after: Attribution
    followed: bool = False

    @property
    def changed(self) -> bool:
        """Whether the verdict is another one than before."""
        before, after = self.before, self.after
        return (before.status, before.url) != (after.status, after.url)


async def look_anew(services: Services, limit: int = 500) -> AsyncIterator[Anew]:
    """Apply the rules as they are now to every stored entry, newest first.

    At most `limit` entries are followed on the web. Yields each entry once.
    """
    feeds = {feed.id: feed for feed in services.store.feeds()}
    waiting: list[Anew] = []
    for entry_id in services.store.ids(ALL):
        kept = services.store.stored(entry_id)
        feed = feeds.get(kept.row.feed.id)
        if feed is None:
            continue
        looked = await _at_first(services, kept, feed)
        if len(waiting) < limit and _worth_following(looked, feed):
            waiting.append(looked)
        else:
            yield looked
    async for done in each(waiting, partial(_followed, services), AT_ONCE):
        yield done


async def _at_first(services: Services, kept: StoredReading, feed: Feed) -> Anew:
    """An entry with the verdict of a first look now, kept where it is another one."""
    row, before = kept.row, kept.row.attribution
    after = await asyncio.to_thread(_verdict, services, kept, feed)
    if after != before and not (before.checked_at and after.status == "unchecked"):
        await services.write(
            services.store.save_verdict, row.id, after, services.filter_rules()
        )
    return Anew(row.id, row.title, before, after)


def _verdict(services: Services, kept: StoredReading, feed: Feed) -> Attribution:
    """What a first look makes of an entry; the verdict that it has where that stays.

    What was seen on the web weighs more than what the feed says: there only addresses
    are tidied, and what was taken for an original is doubted where signs are found.
    """
    before, rules = kept.row.attribution, services.rules
    if before.checked_at is None:
        found = first_look(kept.entry, feed.ref.itself, rules, prior(feed))
        same = _told(found) == _told(before)
        return before if same else found
    if before.status == "original":
        found = first_look(kept.entry, feed.ref.itself, rules)
        if found.status == "unchecked":
            return found
    url = before.url and urls.canonical(before.url, rules.tracking)
    return replace(before, url=url)


def _told(verdict: Attribution) -> tuple[object, ...]:
    return verdict.status, verdict.url, verdict.publisher, verdict.reasons


def _worth_following(looked: Anew, feed: Feed) -> bool:
    """Whether the web may say something else now than it did."""
    return feed.follow != "never" and looked.after.status in ("unchecked", "unresolved")


async def _followed(services: Services, looked: Anew) -> Anew:
    found = await attribute(services, looked.entry_id)
    after = found.attribution
    if looked.before.url and found.failed and after.status != "resolved":
        # A page that does not answer today disproves nothing.
        await services.write(
            services.store.save_verdict, looked.entry_id, looked.before
        )
        after = looked.before
    return replace(looked, after=after, followed=True)
