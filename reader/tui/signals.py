"""What the system tells the reader: end, the terminal is gone, suspend, go on.

A terminal that is closed sends SIGHUP and then SIGCONT to what runs in it. Taking
SIGCONT for a return from Ctrl+Z, Textual would start reading keys a second time, and
a thread of it would never end. Knows nothing of screens.
"""

import asyncio
import signal
from collections.abc import Callable
from types import FrameType

Handler = Callable[[int, FrameType | None], object]


def watch(leave: Callable[[int], None]) -> None:
    """Leave on SIGTERM and SIGHUP, and hear SIGCONT only after a SIGTSTP.

    `leave` gets the exit code (128 and the signal's number). A second signal ends at
    once, whatever the first is waiting for. To be called in the main thread, when the
    driver has set its handlers; without any (no terminal) nothing changes.
    """
    stop, go = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not callable(stop) or not callable(go):
        return
    resume = _Once(go)
    signal.signal(signal.SIGTSTP, _both(resume.arm, stop))
    signal.signal(signal.SIGCONT, resume)
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        loop.remove_signal_handler(number)  # which gives back the default: death
        leave(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end, number)


class _Once:
    """A handler that answers once each time it was armed."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._armed = False

    def arm(self, number: int, frame: FrameType | None) -> None:
        self._armed = True

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self._armed:
            self._armed = False
            self._handler(number, frame)


def _both(first: Handler, second: Handler) -> Handler:
    def handle(number: int, frame: FrameType | None) -> None:
        first(number, frame)
        second(number, frame)

    return handle
