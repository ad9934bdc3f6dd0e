"""Many items marked read at once: whole feeds, folders, or all that an account has.

Nothing that nobody saw here is marked: only a stream whose every unread item is to be
read is swept, by the server's own list and by its own count of it, and only up to the
newest of these items.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from reader.errors import SyncError
from reader.store.codec import to_micros, to_moment
from reader.sync import Client, Subscription
from reader.sync.values import LABEL, READ, READING_LIST

WORTH = 4
"""How many requests with single items it must save."""
LATE = timedelta(hours=1)
"""How long after its arrival an item may come in sight at a server."""


async def sweep(
    client: Client,
    subscriptions: Sequence[Subscription],
    unread: Collection[str],
    wanted: Collection[str],
) -> set[str]:
    """Mark wanted items read where whole streams can be; which are read now.

    Only at a server whose ids tell when an item arrived, and that goes by it. Others
    go by when it was published, and an item that comes late may be from long ago.
    """
    if not client.server.dated or client.clock is None or len(wanted) <= _least(client):
        return set()
    latest = to_micros(client.clock - LATE)
    left = {item for item in wanted if _arrived(item) <= latest}
    swept: set[str] = set()
    try:
        counts = dict(await client.unread_counts())
        for stream, feeds in _streams(subscriptions, counts):
            many = sum(counts.get(feed, 0) for feed in feeds)
            if min(many, len(left)) <= _least(client):
                continue
            all_of_it = stream == READING_LIST
            listed = unread if all_of_it else await client.all_ids(stream, READ)
            # Feeds may be hidden from a list, and are swept with it all the same.
            if len(listed) == many and set(listed).issubset(wanted):
                done = await _swept(client, stream, left.intersection(listed))
                swept |= done
                left -= done
                counts |= dict.fromkeys(feeds, 0) if done else {}
    except SyncError as error:
        # A server that cannot do it is told of each item by itself.
        if error.kind != "refused":
            raise
    return swept - await client.all_ids(READING_LIST, READ) if swept else swept


def _least(client: Client) -> int:
    """Up to how many items are as well told one by one."""
    return WORTH * client.server.edits


async def _swept(client: Client, stream: str, ours: set[str]) -> set[str]:
    """Mark a stream read up to the newest of these items; which are read by it."""
    if len(ours) <= _least(client):
        return set()
    until = max(map(_arrived, ours))
    await client.mark_all_as_read(stream, to_moment(until))
    return ours


def _arrived(item: str) -> int:
    """When an item arrived, in microseconds since 1970; never, if it does not say."""
    try:
        return int(item, 16)
    except ValueError:
        return 2**64


def _streams(
    subscriptions: Sequence[Subscription], counts: Mapping[str, int]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything, each folder, each feed: a stream, and the feeds that are in it."""
    yield READING_LIST, tuple(one for one in counts if one.startswith("feed/"))
    folders = dict.fromkeys(name for one in subscriptions for name in one.folders)
    for name in folders:
        held = (one.stream for one in subscriptions if name in one.folders)
        yield f"{LABEL}{name}", tuple(held)
    for one in subscriptions:
        yield one.stream, (one.stream,)
