"""What a server has, heard: items kept as a poll's entries are, marks as it has them.

New items get the same first look as those of a poll, and so the same originals and
stories. An item that a server no longer lists is proved gone before its marks are
believed to have changed.
"""

import asyncio
from collections.abc import (
    AsyncIterator,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from datetime import datetime

from reader import feeds
from reader.errors import ReaderError, SyncError
from reader.feeds import ParsedFeed
from reader.model import Attribution, Feed
from reader.services import sift
from reader.services.core import Services
from reader.services.guard import guard
from reader.services.telling import There
from reader.store import Account, Known, Poll, Polled
from reader.sync import Client, Item
from reader.sync.values import READ, READING_LIST, STARRED

FIRST_READ = 1_000
"""Items that were read elsewhere and are fetched all the same, newest first."""
DEEPEST = 5
"""Pages of ids of all items that are looked through, newest first."""
MOST_REFUSED = 12
"""Answers that may be too large in one sync."""
AGAIN = 500
"""Items whose text is asked for again when everything is compared, newest first."""


@dataclass(slots=True)
class Heard:
    """What hearing came to: new entries, and texts and marks that changed here.

    `labels` are the items of labels, as far as the items that came tell them.
    """

    new: int = 0
    changed: int = 0
    marked: int = 0
    labels: dict[str, set[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


async def marked(client: Client) -> tuple[set[str], set[str]]:
    """The ids of all that is unread, and of all that is starred."""
    unread = await client.all_ids(READING_LIST, without=READ)
    return unread, await client.all_ids(STARRED)


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
        by_feed = _by_feed(streams, found)
        polls = [
            Poll(feed.id, services.now(), new=await _looked_at(services, feed, ours))
            for feed, ours in _fed(services, by_feed)
        ]
        ours = [item for part in by_feed.values() for item in part]
        new, _ = await services.write(
            services.store.accounts.save_items,
            polls,
            {item.id: (item.read, item.starred) for item in ours},
            services.filter_rules(),
        )
        heard.new += new
        for item in ours:
            for label in item.labels:
                heard.labels.setdefault(label, set()).add(item.id)
        left = set(asked).difference(item.id for item in ours)
        await services.write(services.store.accounts.skip, account, sorted(left))


async def again(
    services: Services,
    account: Account,
    client: Client,
    known: Mapping[str, Known],
    wanted: Sequence[str],
    heard: Heard,
) -> None:
    """Ask for items that are here already, and keep those whose text is another now."""
    streams = services.store.accounts.streams(account)
    async for asked, found in _contents(client, wanted, heard):
        ids = [known[item].id for item in asked]
        held = await asyncio.to_thread(services.store.accounts.fingerprints, ids)
        changed = [
            item
            for item in found
            if held.get(item.id, "") not in ("", feeds.fingerprint(item.entry))
        ]
        polls = [
            Poll(
                feed.id, services.now(), updated=await _looked_at(services, feed, part)
            )
            for feed, part in _fed(services, _by_feed(streams, changed))
        ]
        if polls:
            _, changes = await services.write(
                services.store.accounts.save_items, polls, {}, services.filter_rules()
            )
            heard.changed += changes


def stale(
    known: Mapping[str, Known], latest: Iterable[str], unread: Collection[str]
) -> Sequence[str]:
    """What is here, and whose text may be another by now: the newest, as of late.

    Some servers make an item unread again when its text changes.
    """
    turned = (item for item, one in known.items() if one.read and item in unread)
    wanted = dict.fromkeys((*turned, *(item for item in latest if item in known)))
    return tuple(wanted)[:AGAIN]


def _by_feed(
    streams: Mapping[str, int], found: Iterable[Item]
) -> dict[int, list[Item]]:
    """Items of feeds that are here, by the feed."""
    by_feed: dict[int, list[Item]] = {}
    for item in found:
        if item.stream in streams:
            by_feed.setdefault(streams[item.stream], []).append(item)
    return by_feed


def _fed(
    services: Services, by_feed: Mapping[int, list[Item]]
) -> Iterator[tuple[Feed, list[Item]]]:
    return ((services.store.feed(feed), part) for feed, part in by_feed.items())


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


async def _looked_at(
    services: Services, feed: Feed, items: Sequence[Item]
) -> tuple[Polled, ...]:
    """Items of one feed, looked at as a poll looks at its entries.

    One that breaks us is kept for another day.
    """
    entries = tuple(item.entry for item in items)
    parsed = ParsedFeed("", feed.site_url, entries=entries)
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
        complete = await find(client, found.doubtful, sure, depth)
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


async def find(
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
