"""The commands: a contract of text, JSON Lines and exit codes.

`main` is `firsthand`. Data goes to stdout, each trouble as one line to stderr.
Exit: 0 done, 1 it failed, 2 wrong usage. Textual is imported by the commands that
open the reader, and by no other.
"""

import io
import os
import re
import signal
import sys
from collections.abc import Callable
from types import FrameType

from reader.errors import ReaderError

_SWITCH = 0.001
"""Seconds until a thread that computes lets another go on, in place of Python's 0.005:
a key or an answer waits for two of them now and then."""

_COMPLETES = re.compile("_[A-Z0-9_]+_COMPLETE")
"""A shell's question, as typer has it: named for the program, however it is called."""


def main() -> None:
    """Run the command line; expected trouble becomes one line and an exit code."""
    from reader.cli import crash, nearest
    from reader.cli.session import complain

    crash.watch()
    sys.setswitchinterval(_SWITCH)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=nearest.NAME)  # ● in a console of another charset
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        _chosen()()
    except ReaderError as error:
        complain(error)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read us has enough; say nothing when Python closes stdout, too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        complain(f"the output cannot be written: {error.strerror}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _chosen() -> Callable[[], object]:
    """What the arguments ask for.

    Without any that is the reader, which does not wait for the commands to be loaded:
    their parser takes longer than the first list. A shell that completes a line asks
    without arguments, too, by a variable.
    """
    if len(sys.argv) == 1 and not any(map(_COMPLETES.fullmatch, os.environ)):
        from reader.cli.screen import open_reader

        return open_reader
    from reader.cli import every, sync  # noqa: F401  they add commands
    from reader.cli.commands import app

    return app


def _leave(number: int, frame: FrameType | None) -> None:
    """End on a signal as on any other way out: what was opened is closed.

    A second one ends at once, whatever the first is waiting for.
    """
    signal.signal(number, signal.SIG_DFL)
    sys.exit(128 + number)
