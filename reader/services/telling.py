"""The outbox told to a server: in order, what it knows already left out.

What was told is struck off at once, batch by batch, so that a kill in the middle costs
nothing: what had arrived shows in the server's own lists the next time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reader.errors import SyncError
from reader.services.core import Services
from reader.store import Account, Outgoing
from reader.sync import Client, Subscription
from reader.sync.values import READ, STARRED

MOST_TRIES = 5
"""How often a server may fail to do something with a subscription."""
HOPELESS = (400, 404, 410, 422)
"""HTTP statuses of a request that will not do better another time."""


@dataclass(slots=True)
class There:
    """What a server has, by its own lists, kept up to date as it is told more."""

    subscriptions: tuple[Subscription, ...]
    unread: set[str]
    starred: set[str]
    edited: bool = False
    """Whether subscriptions were changed, so that they have to be listed again."""


@dataclass(slots=True)
class Sent:
    """What telling came to: how much a server was told, and what it would not hear."""

    count: int = 0
    notes: list[str] = field(default_factory=list)


async def tell(
    services: Services, account: Account, client: Client, there: There
) -> Sent:
    """Tell a server what the outbox holds. Raises SyncError where that must wait."""
    sent = Sent()
    waiting = services.store.accounts.waiting(account)
    for (what, value), group in groupby(waiting, lambda one: _kind(one)):
        if what in ("read", "starred"):
            await _marks(services, client, there, sent, tuple(group), value == "1")
        else:
            for one in group:
                await _subscription(services, client, there, sent, one)
    return sent


def _kind(one: Outgoing) -> tuple[str, str]:
    return one.what, one.value if one.what in ("read", "starred") else ""


# --- marks ------------------------------------------------------------------


async def _marks(
    services: Services,
    client: Client,
    there: There,
    sent: Sent,
    wanted: Sequence[Outgoing],
    value: bool,
) -> None:
    # A mark is set where it is not, and never where it is: some servers turn it over.
    held, having = (
        (there.unread, not value)
        if wanted[0].what == "read"
        else (there.starred, value)
    )
    known = [one.id for one in wanted if (one.target in held) == having]
    await services.write(services.store.accounts.told, known)
    todo = [one for one in wanted if (one.target in held) != having]
    for batch in batches(todo, client.server.edits):
        await _edit(services, client, sent, batch, value)
        for one in batch:
            (held.add if having else held.discard)(one.target)


async def _edit(
    services: Services,
    client: Client,
    sent: Sent,
    batch: Sequence[Outgoing],
    value: bool,
) -> None:
    """One batch of marks; what a server cannot do is found by halves, and given up."""
    stream = READ if batch[0].what == "read" else STARRED
    items = [one.target for one in batch]
    add, remove = (stream, None) if value else (None, stream)
    try:
        await client.edit_tags(items, add, remove)
    except SyncError as error:
        if error.status not in HOPELESS:
            raise
        if len(batch) > 1:
            middle = len(batch) // 2
            await _edit(services, client, sent, batch[:middle], value)
            await _edit(services, client, sent, batch[middle:], value)
            return
        sent.notes.append("an entry that the server has no more keeps its mark here")
    else:
        sent.count += len(batch)
    await services.write(services.store.accounts.told, [one.id for one in batch])


def batches(items: Sequence[Outgoing], size: int) -> Iterator[Sequence[Outgoing]]:
    """Items in runs of at most `size`."""
    return (items[at : at + size] for at in range(0, len(items), size))


# --- subscriptions ----------------------------------------------------------


async def _subscription(
    services: Services, client: Client, there: There, sent: Sent, one: Outgoing
) -> None:
    """One change of a subscription; where it fails the others go on."""
    try:
        trouble = await _DO[one.what](client, there, one)
    except SyncError as error:
        failing = error.status >= 500 and error.kind == "away"
        if failing and one.tries + 1 < MOST_TRIES:
            await services.write(services.store.accounts.tried, [one.id])
            sent.notes.append(f"{one.target}: {error.reason}; tried again next time")
            return
        if not failing and error.status not in HOPELESS:
            raise
        trouble = error.reason
    if trouble:
        sent.notes.append(f"{one.target}: {trouble}")
    else:
        sent.count += 1
    await services.write(services.store.accounts.told, [one.id])


async def _subscribe(client: Client, there: There, one: Outgoing) -> str | None:
    folder, _, title = one.value.partition("\n")
    if any(known.url == one.target for known in there.subscriptions):
        return None
    added = await client.quickadd(one.target)
    if added.stream is None:
        return added.error
    there.edited = True
    if folder or title:
        await client.edit_subscription(added.stream, title=title, folder=folder)
    return None


async def _unsubscribe(client: Client, there: There, one: Outgoing) -> str | None:
    if _known(there, one.target):
        await client.unsubscribe(one.target)
        there.edited = True
    return None


async def _rename(client: Client, there: There, one: Outgoing) -> str | None:
    if _known(there, one.target):
        await client.edit_subscription(one.target, title=one.value)
        there.edited = True
    return None


async def _file(client: Client, there: There, one: Outgoing) -> str | None:
    known = _known(there, one.target)
    if known and known.folder != (one.value or None):
        await client.edit_subscription(
            one.target, folder=one.value or None, leave=known.folder
        )
        there.edited = True
    return None


def _known(there: There, stream: str) -> Subscription | None:
    return next((s for s in there.subscriptions if s.stream == stream), None)


_DO = {
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
    "title": _rename,
    "folder": _file,
}
