"""Polling without end: whenever something is due, until somebody stops waiting.

What is due is asked of the store, which costs nobody a request. Leases keep a reader or
a command beside it from polling the same feed.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from datetime import datetime, timedelta

from reader.errors import ReaderError
from reader.services import poll
from reader.services.core import Services
from reader.services.poll import Progress, Resolve

LOOK = timedelta(minutes=1)
"""How often is looked whether something is due; others may add feeds meanwhile."""

Sleep = Callable[[float], Awaitable[None]]
Renew = Callable[[Services], Awaitable[Services]]
"""Gives the services as they are to be from now on; asked before each look."""


async def _as_they_are(services: Services) -> Services:
    return services


async def watch(
    services: Services,
    *,
    resolve: Resolve = "stubs",
    limit: int = 500,
    sleep: Sleep = asyncio.sleep,
    renew: Renew = _as_they_are,
) -> AsyncGenerator[Progress | ReaderError, None]:
    """Refresh whenever feeds are due; yields every step, and trouble of the store.

    It ends when it is cancelled or closed: what was leased is given up then.
    """
    last: datetime | None = None
    while True:
        try:
            services = await renew(services)
            if due(services, last):
                last = services.now()
                async with aclosing(
                    poll.refresh(services, resolve=resolve, limit=limit)
                ) as steps:
                    async for step in steps:
                        yield step
        except ReaderError as error:
            # A disk that is full or a file that is locked may be well again later.
            yield error
        await sleep(LOOK.total_seconds())


def due(services: Services, last: datetime | None) -> bool:
    """Whether there is something to ask for; accounts and retries have their time, too.

    `last` is when the last refresh began; a clock that was set back counts as long ago.
    """
    now = services.now()
    pause = services.settings.poll.min_interval
    if last is None or not timedelta(0) <= now - last < pause:
        return True
    return any(
        feed.next_poll is None or feed.next_poll <= now
        for feed in services.store.feeds()
        if not feed.paused and feed.account is None
    )
