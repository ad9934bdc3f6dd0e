"""One at a time, and not too soon after the last: for endpoints that count requests.

Knows nothing of what is done in a turn.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

SPACING = 2.0
"""Seconds between the end of one turn and the beginning of the next."""


@dataclass(slots=True)
class Turns:
    """A queue in which one is served at a time."""

    spacing: float = SPACING
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _free_at: float = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn, and hold it as long as this lasts."""
        async with self._lock:
            if (early := self._free_at - self.clock()) > 0:
                await self.sleep(early)
            try:
                yield
            finally:
                self._free_at = self.clock() + self.spacing
