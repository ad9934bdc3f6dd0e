"""A terminal while something is made ready: a line that says so, and no stray keys."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

CLEARED = "\r\x1b[K"
"""To the beginning of the row, and nothing in it."""


@contextmanager
def waiting(
    text: str, terminal: TextIO = sys.stderr, keys: TextIO = sys.stdin
) -> Iterator[Callable[[], None]]:
    """Say `text` until what is given is called; what is typed meanwhile is not shown.

    That call also forgets the keys: they were meant for a screen that was not there.
    """
    if not terminal.isatty() or not keys.isatty():
        yield lambda: None
        return
    terminal.write(text)
    terminal.flush()
    with _without_echo(keys) as forget:
        is_said = True

        def done() -> None:
            nonlocal is_said
            if is_said:
                terminal.write(CLEARED)
                terminal.flush()
                forget()
            is_said = False

        try:
            yield done
        finally:
            done()


@contextmanager
def _without_echo(keys: TextIO) -> Iterator[Callable[[], None]]:
    try:
        import termios
    except ImportError:
        # No such terminal here: keys are shown as they come.
        yield lambda: None
        return
    before = termios.tcgetattr(keys)
    quiet = termios.tcgetattr(keys)
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(keys, termios.TCSANOW, quiet)
    try:
        yield lambda: termios.tcflush(keys, termios.TCIFLUSH)
    finally:
        termios.tcsetattr(keys, termios.TCSANOW, before)
