"""Politeness: how many requests a host gets at once, and how close its pages follow.

Knows hosts and time only; makes no request.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from heapq import heappop, heappush
from itertools import count

AT_ONCE = 2
"""Requests that one host gets at the same time."""
REMEMBERED = 2_048
"""Hosts that are remembered before the idle ones among them are forgotten."""

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class Gate:
    """One host's turnstile: urgent requests first, else in the order they came."""

    def __init__(self, spacing: float, clock: Clock, sleep: Sleep) -> None:
        self._spacing = spacing
        self._clock = clock
        self._sleep = sleep
        self._free = AT_ONCE
        self._queue: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._order = count()
        self._pace = asyncio.Lock()
        self._due = 0.0

    @property
    def idle(self) -> bool:
        """Whether nobody is inside, nobody waits and no spacing is owed."""
        still = self._free == AT_ONCE and not self._pace.locked()
        return still and self._due <= self._clock()

    @asynccontextmanager
    async def turn(self, *, paced: bool, urgent: bool) -> AsyncIterator[None]:
        """A turn at the host; `paced` ones begin at least the spacing apart."""
        await (self._enter_paced(urgent) if paced else self._enter(urgent))
        try:
            yield
        finally:
            self._leave()

    async def _enter_paced(self, urgent: bool) -> None:
        # One at a time waits for the spacing, and it holds no place while it does.
        async with self._pace:
            wait = self._due - self._clock()
            if wait > 0:
                await self._sleep(wait)
            await self._enter(urgent)
            self._due = self._clock() + self._spacing

    async def _enter(self, urgent: bool) -> None:
        if self._free:
            self._free -= 1
            return
        place = asyncio.get_running_loop().create_future()
        heappush(self._queue, (not urgent, next(self._order), place))
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # handed over in the very moment of cancelling
                self._leave()
            raise

    def _leave(self) -> None:
        while self._queue:
            *_, place = heappop(self._queue)
            if not place.done():
                place.set_result(None)
                return
        self._free += 1


class Gates:
    """The gate of each host."""

    def __init__(self, spacing: float, clock: Clock, sleep: Sleep) -> None:
        self._new = partial(Gate, spacing, clock, sleep)
        self._by_host: dict[str, Gate] = {}

    def at(self, host: str) -> Gate:
        """The gate of a host."""
        if host not in self._by_host:
            self._forget_idle()
            self._by_host[host] = self._new()
        return self._by_host[host]

    def _forget_idle(self) -> None:
        if len(self._by_host) >= REMEMBERED:
            kept = ((name, gate) for name, gate in self._by_host.items())
            self._by_host = {name: gate for name, gate in kept if not gate.idle}
