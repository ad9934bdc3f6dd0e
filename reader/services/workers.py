"""A process beside ours that sifts bodies, where that pays; a thread where it does not.

A process takes longer to start than a handful of feeds to sift: the first bodies are
sifted here, and it takes over when it is ready. It decides nothing about feeds.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from reader.rules import Rules
from reader.services.sift import Body, Sifted, sift

WORTH = 100
"""Feeds still to come that may be worth a process: it takes half a second and 45 MB to
have, and some 12 ms a feed off us; where no core is free it costs time instead.
"""

FIRST = 4
"""Changed bodies that must have come before: most polls bring few."""

MOST = 2
"""Processes at most: fetching and storing, which is ours, takes as long as one."""


class Workers:
    """Sifts the bodies of one refresh of `due` feeds.

    `load` is asked for the rules, in any thread, when a body has to be sifted: the
    first time takes longer than a hundred answers that bring nothing.
    """

    def __init__(self, load: Callable[[], Rules], due: int) -> None:
        self._rules = load
        self._left = due
        self._met = 0
        self._spare = min(MOST, len(_cores()) - 1)
        self._pool: ProcessPoolExecutor | None = None
        self._ready: Future[None] | None = None

    async def sift(self, body: Body) -> Sifted:
        """The news of a body, wherever it is sifted; FeedError when it is no feed."""
        self._met += 1
        pool = self._at_hand()
        if pool is None:
            return await asyncio.to_thread(self._sift, body)
        try:
            return await asyncio.wrap_future(pool.submit(_sift, body))
        except BrokenProcessPool:
            # Somebody killed it: what is left is done here.
            self._spare = 0
            self.close()
            return await asyncio.to_thread(self._sift, body)

    def _sift(self, body: Body) -> Sifted:
        return sift(self._rules(), body)

    def passed(self) -> None:
        """One of the feeds is done, whatever came of it."""
        self._left -= 1

    def close(self) -> None:
        """Let the processes go; what they were asked for is not waited for."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._ready = None

    def _at_hand(self) -> ProcessPoolExecutor | None:
        """The processes, once they are there; begun when enough is left for them."""
        if self._pool is None and self._spare > 0 and self._met > FIRST:
            if self._left >= WORTH:
                self._begin()
            return None
        return self._pool if self._ready and self._ready.done() else None

    def _begin(self) -> None:
        self._pool = ProcessPoolExecutor(
            self._spare,
            # Ours has threads, and a database open: it cannot be forked.
            multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(self._rules(),),
        )
        self._ready = self._pool.submit(_nothing)


def _cores() -> set[int]:
    """The cores that we may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))


# --- within the process -----------------------------------------------------

_given: list[Rules] = []


def _prepare(rules: Rules) -> None:
    """Ctrl-C is for the process that asks; when that one dies, so does this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    _given.append(rules)


def _follow() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _sift(body: Body) -> Sifted:
    return sift(_given[0], body)


def _nothing() -> None:
    """Done as soon as a process is there."""
