"""Feeds that move, and hosts that want to be left alone: the rules of `feeds`, applied.

It fetches nothing; `poll` says what came, and the store keeps what is decided here.
"""

from dataclasses import replace

from reader import feeds, urls
from reader.model import Feed, Page, Sighting
from reader.services.core import Services
from reader.store import Move, Poll


def placed(
    services: Services, feed: Feed, poll: Poll, target: str | None, shared: bool | None
) -> Poll:
    """A poll that went well, with what it says about the feed's address.

    `target` is where permanent redirects led, `shared` whether that feed is ours. Where
    a feed has moved to the address of another subscription it is left to that one.
    """
    if target is None and feed.moving is None:
        return poll
    moves = services.store.moves(feed.id) if target else ()
    refused = {move.after for move in moves if move.undone_at}
    found = feeds.decide(
        feed.url, target, feed.moving, poll.at, shared=shared, refused=refused
    )
    if not isinstance(found, feeds.Moved):
        return replace(poll, moving=found)
    ours = (other for other in services.store.feeds() if other.account is None)
    twin = {other.url: other for other in ours}.get(found.url)
    if twin is None:
        return replace(poll, url=found.url, reason=found.reason)
    told = f"it is the same feed as {twin.title} now ({twin.url}); remove one of them"
    since = Sighting(found.url, feed.moving.since if feed.moving else poll.at)
    return replace(poll, moving=since, paused=poll.at, error=told)


async def leave_alone(services: Services, feed: Feed, page: Page) -> None:
    """Where an answer asks for it, hold every feed of its host back for a while."""
    now = services.now()
    until = feeds.host_pause(page, now, least=services.settings.poll.min_interval)
    if until is None:
        return
    host = urls.host(page.url)
    siblings = tuple(
        other.id for other in services.store.feeds() if urls.host(other.url) == host
    )
    await services.write(services.store.hold, host, until, siblings)


async def undo(services: Services, feed: Feed) -> Move:
    """Give a feed its last address back, for good; NotFoundError where it has none."""
    return await services.write(services.store.undo_move, feed.id, services.now())
