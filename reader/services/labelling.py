"""Labels of items at a server, heard: the tags of entries are made what they are there.

Folders are labels, too, but of feeds; what is a folder's name is never an item's label.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping

from reader.errors import SyncError
from reader.services.core import Services
from reader.services.hearing import find
from reader.services.telling import HOPELESS, There, folder_keys
from reader.store import Account
from reader.store.labelled import tag_key
from reader.sync import Client, Subscription
from reader.sync.values import LABEL, Tag

FEW = 20
"""Labels that are all listed at every sync; more are when everything is compared."""


async def lists(
    client: Client, subscriptions: Iterable[Subscription], *, whole: bool
) -> dict[str, set[str]] | None:
    """The items of each label; None where they are not asked for this time."""
    if not client.server.labels or (client.server.sparing and not whole):
        return None
    folders = folder_keys(subscriptions)
    names = await _names(client, folders)
    if names is None or (len(names) > FEW and not whole):
        return None
    found = {name: await client.all_ids(f"{LABEL}{name}") for name in names}
    # Of a label that was deleted meanwhile FreshRSS lists everything that it has.
    still = await _names(client, folders) if found else ()
    return {name: found[name] for name in still or () if name in found}


async def _names(client: Client, folders: frozenset[str]) -> tuple[str, ...] | None:
    """The labels that an account has; None where the server does not say."""
    try:
        tags = await client.tags()
    except SyncError as error:
        if error.status not in HOPELESS:
            raise
        return None
    return tuple(dict.fromkeys(_labels(tags, folders)))


def _labels(tags: Iterable[Tag], folders: frozenset[str]) -> Iterator[str]:
    named = [tag for tag in tags if tag.name and tag_key(tag.name) not in folders]
    # Who says of one what it is, says it of all.
    told = any(tag.kind for tag in named)
    return (tag.name for tag in named if tag.kind == "tag" or not told)


async def hear(
    services: Services,
    account: Account,
    client: Client,
    there: There,
    brought: Mapping[str, set[str]],
    present: set[str],
    depth: int,
) -> int:
    """Make tags what the labels say; how many changed.

    Without whole lists of them only what new items `brought` along. What lost a label
    may be gone itself, and is looked for `depth` pages deep.
    """
    if not client.server.labels:
        return 0
    store = services.store.accounts
    if there.labels is None:
        known = {
            n: got for n, got in brought.items() if tag_key(n) not in there.folders
        }
        return await services.write(store.save_labels, account, known, None)
    sure = present.union(*there.labels.values())
    lost = await asyncio.to_thread(store.lost_labels, account, there.labels)
    if doubtful := lost - sure:
        await find(client, doubtful, sure, depth)
    return await services.write(store.save_labels, account, there.labels, sure)
