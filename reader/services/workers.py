"""Who sifts the bodies of a refresh: this process, and one beside it where that pays.

Every body goes to the next hand that is free, so that none waits for a slow one.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field

from reader.rules import Rules
from reader.services.beside import Beside
from reader.services.sift import Body, Sifted, sift

WORTH = 30
"""Feeds still to come that are worth a process: where no core is free it costs time."""

FIRST = 4
"""Changed bodies that must have come before, unless many are sure to: most polls
bring few."""

MOST = 2
"""Processes at most: fetching and storing, which is ours, takes as long as one."""

HERE = 2
"""Bodies sifted at once in this process: one that takes long leaves a hand for others,
and more would only wait for each other."""

THERE = 2
"""Bodies that a process is given at once, so that it never waits for the next."""

PATIENCE = 2.0
"""Seconds that a body waits for the processes alone, where somebody presses keys."""


@dataclass(order=True, frozen=True, slots=True)
class _Hand:
    """One that sifts a body at a time; of those that are free the lowest is taken."""

    order: int
    sift: Callable[[Body], Awaitable[Sifted]] = field(compare=False)


class Workers:
    """Sifts the bodies of one refresh of `due` feeds.

    `sure`: so many of them have never been polled, and bring something for sure.
    `load` is asked for the rules, in any thread, when a body has to be sifted: the
    first time takes longer than a hundred answers that bring nothing.

    Where somebody presses keys here meanwhile, `watched`, bodies are left to the
    processes, if there are any: a thread that sifts makes every key wait for its turn.
    """

    def __init__(
        self,
        load: Callable[[], Rules],
        due: int,
        sure: int = 0,
        *,
        watched: bool = False,
    ) -> None:
        self._rules = load
        self._watched = watched
        self._resting = False
        self._left = due
        self._sure = sure >= WORTH
        self._met = 0
        self._spare = min(MOST, len(_cores()) - 1)
        self._beside: tuple[Beside, ...] = ()
        self._starting: tuple[asyncio.Task[None], ...] = ()
        self._free: asyncio.PriorityQueue[_Hand] = asyncio.PriorityQueue()
        self._help()

    def _help(self) -> None:
        """Sift here, too."""
        self._resting = False
        for _ in range(HERE):
            self._free.put_nowait(_Hand(1, self._here))

    def _rest(self) -> None:
        """Sift here no more; what is begun is brought to its end."""
        self._resting = True
        while not self._free.empty():
            self._free.get_nowait()

    def expect(self) -> None:
        """Start the process, unless it is there, or not worth its while."""
        wanted = self._sure or self._met > FIRST
        if wanted and self._left >= WORTH and not self._beside:
            self._beside = tuple(Beside() for _ in range(self._spare))
            self._starting = tuple(
                map(asyncio.create_task, map(self._start, self._beside))
            )
            if self._watched and self._beside:
                self._rest()

    async def sift(self, body: Body) -> Sifted:
        """The news of a body, whoever sifts it; FeedError when it is no feed."""
        self._met += 1
        self.expect()
        while True:
            hand, broken = await self._hand(), False
            try:
                return await hand.sift(body)
            except BrokenProcessPool:
                # Somebody killed it, and it is asked no more: the rest is for us.
                broken = True
                self._wake()
            finally:
                if not broken and not (self._resting and hand.order):
                    self._free.put_nowait(hand)

    async def _hand(self) -> _Hand:
        """The next that is free; where none is for long, we help after all."""
        while self._resting:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    return await self._free.get()
            self._wake()
        return await self._free.get()

    def _wake(self) -> None:
        if self._resting:
            self._help()

    async def _here(self, body: Body) -> Sifted:
        return await asyncio.to_thread(lambda: sift(self._rules(), body))

    async def _start(self, beside: Beside) -> None:
        try:
            await asyncio.to_thread(beside.start, self._rules)
        except (BrokenProcessPool, OSError):
            # Killed, or not to be had: no process or file handle is left.
            self._wake()
        else:
            there = _Hand(0, lambda body: asyncio.wrap_future(beside.sift(body)))
            for _ in range(THERE):
                self._free.put_nowait(there)

    def passed(self) -> None:
        """One of the feeds is done, whatever came of it."""
        self._left -= 1

    def close(self) -> None:
        """Let the processes go; what they were asked for is not waited for."""
        for task in self._starting:
            task.cancel()
        for one in self._beside:
            one.close()


def _cores() -> set[int]:
    """The cores that we may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))
