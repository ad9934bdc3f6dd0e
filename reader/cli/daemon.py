"""`firsthand refresh --daemon`: polls whenever something is due, and hardly says so."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.cli import as_text
from reader.cli.session import complain, web, zone
from reader.errors import ReaderError
from reader.services import Services
from reader.urls import spelled_out

if TYPE_CHECKING:
    from reader.services.poll import Progress, Resolve

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""What ends the daemon, well and at once."""


async def keep_watch(
    services: Services, resolve: "Resolve", limit: int, verbose: bool
) -> bool:
    """Refresh whenever something is due, until a signal says that it is enough."""
    loop = asyncio.get_running_loop()
    task = loop.create_task(_watch(services, resolve, limit, verbose))
    for number in ENDING:
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        pass
    finally:
        for number in ENDING:
            loop.remove_signal_handler(number)
    return True


async def _watch(
    services: Services, resolve: "Resolve", limit: int, verbose: bool
) -> None:
    from reader.services import daemon

    new = 0
    async with Renewing(services) as renewing:
        steps = daemon.watch(
            services, resolve=resolve, limit=limit, renew=renewing.renewed
        )
        # Closed here, so that what was leased is given up before we are gone.
        async with aclosing(steps):
            async for step in steps:
                if isinstance(step, ReaderError):
                    complain(step)
                    continue
                if verbose:
                    _tell(services, step)
                if step.new > new:
                    await _notify(renewing.services, step.new - new)
                new = step.new


class Renewing(AsyncExitStack):
    """The services by the files of settings as they are, and their network."""

    def __init__(self, services: Services) -> None:
        from reader.services.renewing import Files

        super().__init__()
        self.services = services
        self._files = Files(services.paths)

    async def renewed(self, before: Services) -> Services:
        """The services from now on; what is wrong in a changed file is told."""
        after, faults = self._files.look(before)
        for fault in faults:
            complain(fault)
        if after.settings.fetch != before.settings.fetch:
            # Nothing is under way between two polls: the network that was can go.
            await self.aclose()
            fetch = await self.enter_async_context(web(after.settings))
            after = replace(after, fetch=fetch)
        self.services = after
        return after


def _tell(services: Services, step: "Progress") -> None:
    """One line an event: what came, what failed, what was followed."""
    for line in _event(step):
        print(
            f"{services.now().astimezone(zone()):%Y-%m-%d %H:%M:%S} {spelled_out(line)}"
        )
    sys.stdout.flush()


def _event(step: "Progress") -> Iterator[str]:
    from reader.services.poll import EntryAttributed, FeedPolled

    match step.last:
        case FeedPolled(error=ReaderError() as error, feed=feed):
            yield f"{feed.title} ({feed.url}): {error.reason}"
        case FeedPolled(status="ok", feed=feed, new=new):
            yield f"{feed.title}: {as_text.count(new, 'new entry', 'new entries')}"
        case FeedPolled(feed=feed, status=status):
            yield f"{feed.title}: {status}"
        case EntryAttributed(entry_id=entry, attribution=found) if found:
            yield f"entry {entry}: {found.status} {found.url or ''}".rstrip()
        case EntryAttributed(entry_id=entry, error=error):
            yield f"entry {entry}: {error}"
        case _:
            pass


async def _notify(services: Services, new: int) -> None:
    from reader import query
    from reader.services import notices

    if services.settings.ui.notify != "notify-send":
        return
    newest = services.store.ids(query.UNREAD, limit=min(new, notices.TITLES))
    told = notices.notice(new, [row.name for row in services.store.rows(newest)])
    if told:
        await asyncio.to_thread(notices.send, services.settings, told, os.environ)
