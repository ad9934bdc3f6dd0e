"""The outbox told to a server: in order, what it knows already left out.

What was told is struck off at once, batch by batch, so that a kill in the middle costs
nothing: what had arrived shows in the server's own lists the next time.
"""

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reader.errors import SyncError
from reader.services.core import Services
from reader.services.sweeping import sweep
from reader.store import Account, Outgoing
from reader.store.labelled import tag_key
from reader.sync import Client, Subscription
from reader.sync.values import LABEL, READ, STARRED

MOST_TRIES = 5
"""How often a server may fail to do something with a subscription."""
HOPELESS = (400, 404, 410, 422)
"""HTTP statuses of a request that will not do better another time."""


@dataclass(slots=True)
class There:
    """What a server has, by its own lists, kept up to date as it is told more.

    `labels` are the items of each label; None: not asked for this time.
    """

    subscriptions: tuple[Subscription, ...]
    unread: set[str]
    starred: set[str]
    labels: dict[str, set[str]] | None = None
    edited: bool = False
    """Whether subscriptions were changed, so that they have to be listed again."""

    @property
    def folders(self) -> frozenset[str]:
        """The folders of feeds, as labels are compared with them."""
        return folder_keys(self.subscriptions)


def folder_keys(subscriptions: Iterable[Subscription]) -> frozenset[str]:
    """The names of the folders of feeds, as labels are compared with them."""
    return frozenset(tag_key(name) for one in subscriptions for name in one.folders)


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
    for (what, value, label), group in groupby(waiting, _kind):
        wanted = tuple(group)
        if what == "label":
            await _labels(services, client, there, sent, wanted, label)
        elif what in MARKS:
            change = Change(MARKS[what], value == "1")
            held = there.unread if what == "read" else there.starred
            having = change.value != (what == "read")
            await _marks(services, client, there, sent, wanted, change, held, having)
        else:
            for one in wanted:
                await _subscription(services, client, there, sent, one)
    return sent


def _kind(one: Outgoing) -> tuple[str, str, str]:
    """What is told together: a mark or label, and whether it is to be there."""
    of_items = one.what == "label" or one.what in MARKS
    return one.what, one.value if of_items else "", one.label


# --- marks and labels -------------------------------------------------------


MARKS: Mapping[str, str] = {"read": READ, "starred": STARRED}


@dataclass(frozen=True, slots=True)
class Change:
    """Items are to be put into a stream, or taken out of it."""

    stream: str
    value: bool


async def _marks(
    services: Services,
    client: Client,
    there: There,
    sent: Sent,
    wanted: Sequence[Outgoing],
    change: Change,
    held: set[str],
    having: bool,
) -> None:
    """Items that are to be, or not to be, in the list `held` of the server's."""
    # A mark is set where it is not, and never where it is: some servers turn it over.
    todo = [one for one in wanted if (one.item in held) != having]
    if change == Change(READ, value=True):
        swept = await sweep(client, there.subscriptions, held, [o.item for o in todo])
        sent.count += len(swept)
        held -= swept
    known = [one.id for one in wanted if (one.item in held) == having]
    await services.write(services.store.accounts.told, known)
    todo = [one for one in todo if (one.item in held) != having]
    for batch in batches(todo, client.server.edits):
        await _edit(services, client, sent, batch, change)
        for one in batch:
            (held.add if having else held.discard)(one.item)


async def _labels(
    services: Services,
    client: Client,
    there: There,
    sent: Sent,
    wanted: Sequence[Outgoing],
    tag: str,
) -> None:
    """Items that are to have a label, or to have it no more."""
    key = tag_key(tag)
    if reason := _no_label(client, there, tag):
        if client.server.labels:
            sent.notes.append(f"{tag} {reason}, and stays a tag here")
        done = [one.id for one in wanted]
        await services.write(services.store.accounts.told, done)
        return
    labels = {} if there.labels is None else there.labels
    name = next((label for label in labels if tag_key(label) == key), tag)
    value = wanted[0].value == "1"
    # What is not known is told: unlike a mark no server turns a label over.
    blank = set() if value else {one.item for one in wanted}
    held = labels.setdefault(name, blank if there.labels is None else set())
    change = Change(f"{LABEL}{name}", value)
    await _marks(services, client, there, sent, wanted, change, held, value)


def _no_label(client: Client, there: There, tag: str) -> str | None:
    """Why a tag can be no label at this server."""
    if tag_key(tag) in there.folders:
        return "is a folder there"
    # FreshRSS counts it as it stands in HTML, makes a shorter one, and loses that.
    size = len(html.escape(tag).encode())
    return "is too long for a label there" if size > client.server.labels else None


async def _edit(
    services: Services,
    client: Client,
    sent: Sent,
    batch: Sequence[Outgoing],
    change: Change,
) -> None:
    """One batch of marks; what a server cannot do is found by halves, and given up."""
    items = [one.item for one in batch]
    add, remove = (change.stream, None) if change.value else (None, change.stream)
    try:
        await client.edit_tags(items, add, remove)
    except SyncError as error:
        if error.status not in HOPELESS:
            raise
        if len(batch) > 1:
            middle = len(batch) // 2
            await _edit(services, client, sent, batch[:middle], change)
            await _edit(services, client, sent, batch[middle:], change)
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
