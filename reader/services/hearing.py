"""What a server has, heard: new items kept like a poll's, marks made as it has them.

New items get the same first look as those of a poll, and so the same originals and
stories. An item that a server no longer lists is proved gone before its marks are
believed to have changed.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reader import feeds
from reader.errors import ReaderError, SyncError
from reader.feeds import ParsedFeed
from reader.model import Attribution, Entry, Feed
from reader.services import sift
from reader.services.core import Services
from reader.services.guard import guard
from reader.services.telling import There
from reader.store import Account, Known, Poll, Polled
from reader.sync import Client, Item
from reader.sync.values import READ, READING_LIST, STARRED

MOST_IDS = 200_000
"""Ids of one list that are read; a server that lists more is not believed."""
FIRST_READ = 1_000
"""Items that were read elsewhere and are fetched all the same, newest first."""
DEEPEST = 5
"""Pages of ids of all items that are looked through, newest first."""
MOST_REFUSED = 12
"""Answers that may be too large in one sync."""


@dataclass(slots=True)
class Heard:
    """What hearing came to: new entries, and marks that changed here."""

    new: int = 0
    marked: int = 0
    notes: list[str] = field(default_factory=list)


async def listed(client: Client, stream: str, without: str | None = None) -> set[str]:
    """The whole of a list of ids."""
    found: set[str] = set()
    async for page in client.ids(stream, without=without):
        found.update(page.items)
        if len(found) > MOST_IDS:
            reason = f"the server lists more than {MOST_IDS:,} items"
            raise SyncError("", reason, "answer")
    return found


async def marked(client: Client) -> tuple[set[str], set[str]]:
    """The ids of all that is unread, and of all that is starred."""
    unread = await listed(client, READING_LIST, READ)
    return unread, await listed(client, STARRED)


async def recent(client: Client, newer: datetime | None) -> tuple[str, ...]:
    """The ids of what came since then; without it of all, as deep as is looked."""
    found: list[str] = []
    pages = 0
    async for page in client.ids(READING_LIST, newer=newer):
        found.extend(page.items)
        pages += 1
        if pages >= DEEPEST:
            break
    return tuple(found)


# --- new items --------------------------------------------------------------


async def items(
    services: Services,
    account: Account,
    client: Client,
    wanted: Sequence[str],
    heard: Heard,
) -> None:
    """Fetch items and keep them, feed by feed, in the order wanted."""
    streams = services.store.accounts.streams(account)
    async for asked, found in _contents(client, wanted, heard):
        by_feed: dict[int, list[Item]] = {}
        for item in found:
            if item.stream in streams:
                by_feed.setdefault(streams[item.stream], []).append(item)
        polls = [
            await _looked_at(services, services.store.feed(feed_id), ours)
            for feed_id, ours in by_feed.items()
        ]
        ours = [item for part in by_feed.values() for item in part]
        heard.new += await services.write(
            services.store.accounts.save_items,
            polls,
            {item.id: (item.read, item.starred) for item in ours},
            services.filter_rules(),
        )
        left = set(asked).difference(item.id for item in ours)
        await services.write(services.store.accounts.skip, account, sorted(left))


async def _contents(
    client: Client, wanted: Sequence[str], heard: Heard
) -> AsyncIterator[tuple[Sequence[str], tuple[Item, ...]]]:
    """Items in batches; one too large to be answered is asked for by halves."""
    size = client.server.contents
    todo = [wanted[at : at + size] for at in range(0, len(wanted), size)][::-1]
    refused = 0
    while todo:
        batch = todo.pop()
        try:
            yield batch, await client.contents(batch)
        except SyncError as error:
            refused += 1
            if error.kind != "large" or refused > MOST_REFUSED:
                raise
            if len(batch) == 1:
                heard.notes.append(f"an entry is too large: {error.reason}")
                yield batch, ()
            else:
                middle = len(batch) // 2
                todo += [batch[middle:], batch[:middle]]


async def _looked_at(services: Services, feed: Feed, found: Sequence[Item]) -> Poll:
    """The new items of one feed, looked at as a poll looks at its entries."""
    entries = tuple(item.entry for item in found)
    parsed = ParsedFeed("", feed.site_url, entries=entries)
    new = await _looked(services, feed, parsed, entries)
    return Poll(feed_id=feed.id, at=services.now(), new=new)


async def _looked(
    services: Services, feed: Feed, parsed: ParsedFeed, entries: Sequence[Entry]
) -> tuple[Polled, ...]:
    """A first look at entries; one that breaks us is kept for another day."""
    look = asyncio.to_thread(sift.looked, services.rules, feed, parsed, entries)
    whole = await guard(services, feed.url, look)
    if not isinstance(whole, ReaderError):
        return whole
    looks = sift.Looks(services.rules, feed, parsed)
    kept = []
    for entry in entries:
        one = asyncio.to_thread(looks, entry)
        found = await guard(services, entry.url, one)
        blank = Polled(entry, feeds.fingerprint(entry), Attribution("unchecked"))
        kept.append(blank if isinstance(found, ReaderError) else found)
    return tuple(kept)


# --- marks ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How marks here differ from a server's, as entry ids.

    `doubtful` are those that the lists do not prove, by their items' ids.
    """

    changes: tuple[tuple[str, bool, tuple[int, ...]], ...]
    remembered: tuple[int, ...]
    doubtful: frozenset[str]


def reconcile(
    known: Mapping[str, Known],
    unread: Collection[str],
    starred: Collection[str],
    present: Collection[str],
    wishes: Collection[tuple[str, str]],
) -> Reconciled:
    """Compare marks; `wishes`, by mark and item, are still to be told and left alone.

    What is in no list may be gone, and so keeps the marks that it has: only of what is
    `present`, or in one of the other lists, does a server say anything.
    """
    differing: dict[tuple[str, bool], list[int]] = {}
    remembered, doubtful = [], set()
    for item, entry in known.items():
        is_unread, is_starred = item in unread, item in starred
        sure = is_unread or is_starred or item in present
        if entry.forgotten and sure:
            remembered.append(entry.id)
        pairs = (
            ("read", entry.read, not is_unread),
            ("starred", entry.starred, is_starred),
        )
        for mark, here, there in pairs:
            if here == there or (mark, item) in wishes:
                continue
            if sure:
                differing.setdefault((mark, there), []).append(entry.id)
            elif not entry.forgotten:
                doubtful.add(item)
    changes = tuple((*key, tuple(ids)) for key, ids in differing.items())
    return Reconciled(changes, tuple(remembered), frozenset(doubtful))


async def marks(
    services: Services,
    account: Account,
    client: Client,
    there: There,
    known: Mapping[str, Known],
    present: Iterable[str],
    depth: int,
) -> int:
    """Make marks what the server has; how many changed.

    What seems to be gone is looked for `depth` pages deep.
    """
    waiting = services.store.accounts.waiting(account)
    wishes = {(one.what, one.target) for one in waiting}
    sure = set(present)
    found = reconcile(known, there.unread, there.starred, sure, wishes)
    gone: tuple[int, ...] = ()
    if found.doubtful:
        complete = await _find(client, found.doubtful, sure, depth)
        found = reconcile(known, there.unread, there.starred, sure, wishes)
        if complete:
            gone = tuple(known[item].id for item in found.doubtful)
    return await services.write(
        services.store.accounts.save_marks,
        account,
        found.changes,
        gone,
        found.remembered,
    )


async def _find(
    client: Client, doubtful: Iterable[str], sure: set[str], depth: int
) -> bool:
    """Look for items among all that a server has; True when all of it was seen."""
    missing, pages = set(doubtful), 0
    async for page in client.ids(READING_LIST):
        sure.update(page.items)
        missing.difference_update(page.items)
        pages += 1
        if not missing or (pages >= depth and page.more):
            return not missing
    return True
