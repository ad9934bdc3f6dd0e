"""Subscriptions and marks carried between what is polled from here and an account.

What goes to a server goes through the outbox, so that it is sent whenever it can be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader import feeds, urls
from reader.feeds import Subscription
from reader.model import Feed
from reader.query import of_feed
from reader.services import marks, poll
from reader.services import subscribe as local
from reader.services.core import Services
from reader.store import Account, Action

Mark = tuple[str, str]
"""Read or starred, or "tag" and its name."""
AT_ONCE = 500
"""Entries whose rows are read at a time."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How many feeds and marks came over."""

    feeds: int = 0
    marks: int = 0


async def subscribe(
    services: Services, account: Account, addresses: Iterable[str], folder: str | None
) -> None:
    """Have an account's server subscribe to what is at some addresses."""
    wanted = [Subscription(local.as_url(a), "", None, folder) for a in addresses]
    await _ask(services, account, wanted)


async def import_opml(services: Services, account: Account, data: bytes) -> int:
    """Have a server subscribe to every feed of a list; how many it is asked for."""
    return await _ask(services, account, feeds.read_opml(data))


async def _ask(
    services: Services, account: Account, wanted: Iterable[Subscription]
) -> int:
    here = {feed.url for feed in _of(services, account)}
    values = [
        (one.url, f"{one.folder or ''}\n{one.title}")
        for one in wanted
        if one.url not in here and urls.is_web(one.url)
    ]
    await services.write(
        services.store.accounts.tell, account, "subscribe", values, services.now()
    )
    return len(values)


def export_opml(services: Services, account: Account) -> str:
    """An account's subscriptions as OPML 2.0, folders kept."""
    listed = tuple(map(_subscription, _of(services, account)))
    return feeds.write_opml(listed, f"Subscriptions at {account.name}", services.now())


def _subscription(feed: Feed) -> Subscription:
    return Subscription(feed.url, feed.title, feed.site_url, feed.folder)


def _of(services: Services, account: Account | None) -> tuple[Feed, ...]:
    """The feeds of an account; of None those that are polled from here."""
    name = account.name if account else None
    return tuple(feed for feed in services.store.feeds() if feed.account == name)


# --- both ways, with marks --------------------------------------------------


async def upload(services: Services, account: Account) -> int:
    """Have a server subscribe to every feed that is polled from here; how many."""
    return await _ask(services, account, map(_subscription, _of(services, None)))


async def carry_to(services: Services, account: Account) -> int:
    """Give an account's entries the marks that the same ones have here; how many."""
    return await _carry(services, _of(services, None), _of(services, account))


async def download(services: Services, account: Account) -> Carried:
    """Poll an account's feeds from here, too, with the marks that they have there."""
    source = _of(services, account)
    before = {feed.url for feed in _of(services, None)}
    added = []
    for feed in source:
        if feed.url not in before:
            added.append(await _add(services, feed))
    ids = tuple(feed.id for feed in added)
    if ids:
        async for _ in poll.refresh(services, ids, resolve="none"):
            pass
    marked = await _carry(services, source, _of(services, None))
    return Carried(len(added), marked)


async def _add(services: Services, feed: Feed) -> Feed:
    made = await services.write(
        services.store.add_feed,
        feed.url,
        feed.title,
        feed.site_url,
        feed.folder,
        services.now(),
    )
    return await services.write(services.store.update_feed, made.id, title=feed.title)


async def _carry(
    services: Services, source: Sequence[Feed], target: Sequence[Feed]
) -> int:
    """Mark the entries of some feeds as the same ones are in others, by address.

    Only what is set is carried: read, starred and tags; nothing is taken back.
    """
    by_url = {feed.url: feed for feed in target}
    wanted: dict[Mark, list[int]] = {}
    for feed in source:
        if twin := by_url.get(feed.url):
            given = _marks(services, feed)
            for address, (entry, has) in _marks(services, twin).items():
                for mark in given.get(address, (0, set()))[1] - has:
                    wanted.setdefault(mark, []).append(entry)
    done = [await _mark(services, mark, ids) for mark, ids in sorted(wanted.items())]
    return sum(action.count for action in done)


async def _mark(services: Services, mark: Mark, ids: Sequence[int]) -> Action:
    kind, tag = mark
    if kind == "tag":
        return await marks.tag(services, ids, add=[tag])
    return await marks.mark(services, ids, **{kind: True})


def _marks(services: Services, feed: Feed) -> dict[str, tuple[int, set[Mark]]]:
    """The entries of a feed by their addresses: which each is, and its marks."""
    ids = services.store.ids(of_feed(feed.id))
    found: dict[str, tuple[int, set[Mark]]] = {}
    for at in range(0, len(ids), AT_ONCE):
        for row in services.store.rows(ids[at : at + AT_ONCE]):
            held = {"read": row.read, "starred": row.starred}
            has = {(kind, "") for kind, value in held.items() if value}
            tags = {("tag", tag) for tag in row.tags}
            found[urls.page_key(row.url)] = (row.id, has | tags)
    return found
