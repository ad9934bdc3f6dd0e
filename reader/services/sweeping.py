"""Many items marked read at once: whole feeds, folders, or all that an account has.

Nothing that nobody saw here is marked: only a stream whose every unread item is to be
read is swept, by the server's own list and by its own count of it, and only up to the
newest of these items.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from reader.sync import Client, Subscription
from reader.sync.values import LABEL, READ, READING_LIST

WORTH = 4
"""How many requests with single items it must save."""
LATE = timedelta(hours=1)
"""How long after its arrival an item may come in sight at a server."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


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
    least = WORTH * client.server.edits
    if not client.server.dated or client.clock is None or len(wanted) <= least:
        return set()
    latest = (client.clock - LATE - _EPOCH) // _MICROSECOND
    left = {item for item in wanted if _arrived(item) <= latest}
    swept: set[str] = set()
    counts = await client.unread_counts()
    for stream, feeds in _streams(subscriptions, counts):
        many = sum(counts.get(feed, 0) for feed in feeds)
        if min(many, len(left)) <= least:
            continue
        listed = (
            set(unread)
            if stream == READING_LIST
            else await client.all_ids(stream, without=READ)
        )
        ours = listed & left
        # Feeds may be hidden from a list, and are swept with it all the same.
        seen = len(listed) == many and listed.issubset(wanted)
        if not seen or len(ours) <= least:
            continue
        until = max(map(_arrived, ours))
        await client.mark_all_as_read(stream, _EPOCH + until * _MICROSECOND)
        swept |= ours
        left -= ours
        counts = {**counts, **dict.fromkeys(feeds, 0)}
    return swept - await client.all_ids(READING_LIST, without=READ) if swept else swept


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
