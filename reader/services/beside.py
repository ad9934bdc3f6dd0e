"""A process beside ours that sifts bodies. It decides nothing about feeds.

It is begun without what it has to know, and told while it is still starting.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import redirect_stderr

from reader.rules import Rules
from reader.services.sift import Body, Sifted, sift


class Beside:
    """One process; it takes about half a second and 45 MB to have.

    Once it has been killed everything it is asked for raises BrokenProcessPool.
    """

    def __init__(self) -> None:
        # Ours has threads, and a database open: it cannot be forked.
        context = multiprocessing.get_context("spawn")
        # The first one starts a process that holds on to the standard error. What
        # Textual puts in its place is no file, and cannot be handed over.
        with redirect_stderr(sys.__stderr__):
            self._pool = ProcessPoolExecutor(1, context)

    def start(self, load: Callable[[], Rules]) -> None:
        """Start it, load the rules meanwhile, and wait until it knows them.

        Takes its time: for a thread.
        """
        self._pool.submit(_prepare)
        self._pool.submit(_learn, load()).result()

    def sift(self, body: Body) -> "Future[Sifted]":
        """The news of a body, when it is sifted; FeedError when it is no feed."""
        return self._pool.submit(_sift, body)

    def close(self) -> None:
        """Let it go; what it was asked for is not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)


# --- within the process -----------------------------------------------------

_given: list[Rules] = []


def _prepare() -> None:
    """Ctrl-C is for the process that asks; when that one dies, so does this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _learn(rules: Rules) -> None:
    _given.append(rules)


def _sift(body: Body) -> Sifted:
    return sift(_given[0], body)
