"""What takes time, as coroutines for workers: a service called, a message posted.

They touch no widget. Expected trouble becomes a message; anything else is a bug, and
ends the program. The use cases are imported when first needed: what is stored can be
read before the parsers are loaded.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

from reader.errors import OpmlError, ReaderError
from reader.model import Feed
from reader.services import Services
from reader.tui import messages, wording

if TYPE_CHECKING:
    from reader.feeds import Subscription

OPML_MOST = 10 * 2**20
"""Bytes of an OPML file."""


async def read(
    target: MessagePump, services: Services, entry_id: int, *, again: bool = False
) -> None:
    """Fetch what is missing of an entry; `again`: however its feed is followed."""
    await asyncio.to_thread(import_module, "reader.services.reading")
    from reader.services import reading

    try:
        came = await reading.read(services, entry_id, again)
    except ReaderError as error:
        target.post_message(messages.ReadingFailed(entry_id, str(error)))
    else:
        target.post_message(messages.ReadingCame(came))


async def anew(target: MessagePump, services: Services, entry_id: int) -> None:
    """Follow an entry again, make its article again, and tell what came of it."""
    await asyncio.to_thread(import_module, "reader.services.reading")
    from reader.services import reading

    try:
        before = reading.stored(services, entry_id)
        came = await reading.read(services, entry_id, again=True)
    except ReaderError as error:
        target.post_message(messages.ReadingFailed(entry_id, str(error)))
    else:
        said = wording.fetched(before, came)
        target.post_message(messages.ReadingCame(came, said))


async def ahead(services: Services, entry_ids: Sequence[int]) -> None:
    """Fetch what is missing of the entries that come next; trouble there can wait."""
    from reader.services import reading

    with suppress(ReaderError):
        await reading.ahead(services, entry_ids)


async def mark(
    target: MessagePump,
    services: Services,
    ids: Sequence[int],
    *,
    read: bool | None = None,
    starred: bool | None = None,
    loud: bool = False,
) -> None:
    """Mark entries; `loud` says that the reader should be told how many."""
    from reader.services import marks

    try:
        action = await marks.mark(services, ids, read=read, starred=starred)
    except ReaderError as error:
        target.post_message(messages.Failed(str(error)))
    else:
        target.post_message(messages.Marked(action, loud))


async def undo(target: MessagePump, services: Services) -> None:
    """Take the last action back."""
    from reader.services import marks

    try:
        action = await marks.undo(services)
    except ReaderError as error:
        target.post_message(messages.Failed(str(error)))
    else:
        target.post_message(messages.Undone(action))


async def redo(target: MessagePump, services: Services) -> None:
    """Do again what was last taken back."""
    from reader.services import marks

    try:
        action = await marks.redo(services)
    except ReaderError as error:
        target.post_message(messages.Failed(str(error)))
    else:
        target.post_message(messages.Redone(action))


async def look_for(target: MessagePump, services: Services, address: str) -> None:
    """Find the feeds that an address offers."""
    await asyncio.to_thread(import_module, "reader.services.subscribe")
    from reader.services import subscribe

    try:
        found = await subscribe.candidates(services, address)
    except ReaderError as error:
        target.post_message(messages.Failed(str(error)))
    else:
        target.post_message(messages.FeedsFound(found))


async def add(target: MessagePump, services: Services, address: str) -> None:
    """Subscribe to the feed at an address."""
    await asyncio.to_thread(import_module, "reader.services.subscribe")
    from reader.services import subscribe

    try:
        added = await subscribe.add(services, address)
    except ReaderError as error:
        target.post_message(messages.Failed(str(error)))
        return
    title = added.feed.title
    entries = "1 entry" if added.new == 1 else f"{added.new} entries"
    said = f"{title} was here already" if added.existed else f"{title}: {entries}"
    target.post_message(messages.FeedsChanged(said, added.feed.id))


async def source(target: MessagePump, services: Services, entry_id: int) -> None:
    """Look for the feed of an entry's first publisher."""
    await asyncio.to_thread(import_module, "reader.services.source")
    from reader.services.source import source as find

    try:
        found = await find(services, entry_id)
    except ReaderError as error:
        target.post_message(
            messages.Failed(f"{error.reason[:1].upper()}{error.reason[1:]}.")
        )
    else:
        target.post_message(messages.SourceFound(found))


async def remove(target: MessagePump, services: Services, feed: Feed) -> None:
    """Unsubscribe from a feed."""
    from reader.services import subscribe

    try:
        await subscribe.remove(services, (feed.id,))
    except ReaderError as error:
        target.post_message(messages.Failed(str(error)))
    else:
        target.post_message(messages.FeedsChanged(f"{feed.title} removed · z undoes"))


async def import_list(target: MessagePump, services: Services, data: bytes) -> None:
    """Subscribe to all feeds of an OPML list, or of newsboat's `urls` file."""
    await asyncio.to_thread(import_module, "reader.services.lists")
    from reader.services import lists

    try:
        done = await lists.import_list(services, data)
    except ReaderError as error:
        target.post_message(messages.Failed(str(error)))
        return
    told = [_added(len(done.added))]
    told += [f"{done.known} were here already"] if done.known else []
    told += [f"{len(done.passed)} left out: {done.passed[0]}"] if done.passed else []
    told += [f"views: {', '.join(dict(done.views))}"] if done.views else []
    target.post_message(messages.FeedsChanged(" · ".join(told)))


def _added(count: int) -> str:
    return "1 feed added" if count == 1 else f"{count} feeds added"


async def start(
    target: MessagePump, services: Services, chosen: "Sequence[Subscription]"
) -> None:
    """Subscribe to some of the feeds to begin with."""
    from reader.services import lists

    try:
        feeds = await lists.start(services, chosen)
    except ReaderError as error:
        target.post_message(messages.Failed(str(error)))
    else:
        target.post_message(messages.FeedsChanged(_added(len(feeds))))


async def import_file(target: MessagePump, services: Services, path: str) -> None:
    """Subscribe to all feeds of an OPML file."""
    try:
        data = await asyncio.to_thread(_contents, path)
    except ReaderError as error:
        target.post_message(messages.Failed(str(error)))
    else:
        await import_list(target, services, data)


def _contents(path: str) -> bytes:
    """What stands in a file. Raises OpmlError where that cannot be an OPML list."""
    try:
        file = Path(path).expanduser()
        if file.exists() and not file.is_file():
            # A pipe would be waited for without end.
            raise OpmlError(path, "is no file")
        with file.open("rb") as opened:
            data = opened.read(OPML_MOST + 1)
    except OSError as error:
        raise OpmlError(path, error.strerror or str(error)) from error
    except RuntimeError as error:
        raise OpmlError(path, "there is no user of that name") from error
    except ValueError as error:
        raise OpmlError(path, "no file can have that name") from error
    if len(data) > OPML_MOST:
        raise OpmlError(path, "larger than 10 MiB, too large for a list of feeds")
    return data


async def refresh(
    target: MessagePump,
    services: Services,
    feed_ids: tuple[int, ...] | None,
    force: bool,
) -> None:
    """Ask feeds for news, then follow what is unchecked; every step is told."""
    # Keys are answered while the parsers are loaded.
    await asyncio.to_thread(import_module, "reader.services.poll")
    from reader.services import poll

    try:
        polling = poll.refresh(services, feed_ids, force=force, watched=True)
        async for progress in polling:
            target.post_message(messages.Polled(progress))
    except ReaderError as error:
        target.post_message(messages.PollEnded(str(error)))
    except asyncio.CancelledError:
        # Told when no feed is held any more, so that the next refresh gets them all.
        target.post_message(messages.PollEnded("Refresh stopped; what came is kept."))
        raise
    else:
        target.post_message(messages.PollEnded())
