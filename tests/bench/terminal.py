"""A terminal of our own, in which a program is started and keys are pressed.

It answers what Textual asks of a terminal, so that every paint has an end that can be
seen. It knows no program by name.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.runs import family, resident

ROWS, COLUMNS = 40, 120
_ASKED = b"\x1b[?2026$p"
_ANSWER = b"\x1b[?2026;2$y"
PAINTED = b"\x1b[?2026l"
"""What ends a paint, once a terminal has said that it knows it."""

PATIENCE = 60.0


class TooLateError(Exception):
    """What was waited for did not come to the screen."""


class Terminal:
    """A program on a terminal, and what it has written so far."""

    def __init__(self, child: subprocess.Popen[bytes], master: int) -> None:
        self.started = time.perf_counter()
        self.pid = child.pid
        self._master = master
        self._seen = bytearray()
        self.written = bytearray()
        """All that was written, until somebody clears it."""

    def until(self, mark: bytes, patience: float = PATIENCE) -> float:
        """The moment when this was written; what was written before is forgotten."""
        end = time.perf_counter() + patience
        while mark not in self._seen:
            left = end - time.perf_counter()
            if left <= 0 or not self._take(left):
                raise TooLateError(f"{mark!r} in {bytes(self._seen[-400:])!r}")
        now = time.perf_counter()
        self._seen.clear()
        return now

    def settle(self, quiet: float = 0.25, most: float = 20.0) -> None:
        """Wait until nothing is written any more, and forget what was."""
        end = time.perf_counter() + most
        while time.perf_counter() < end and self._take(quiet):
            pass
        self._seen.clear()

    def press(self, key: bytes) -> float:
        """Seconds from a key to the end of the first paint after it."""
        start = time.perf_counter()
        self.send(key)
        return self.until(PAINTED) - start

    def send(self, key: bytes) -> None:
        """Press a key, and wait for nothing."""
        os.write(self._master, key)

    def drain(self, patience: float) -> None:
        """Take what is written, and forget the paints in it."""
        while self._take(patience):
            pass
        self._seen.clear()

    def painted(self, patience: float = PATIENCE) -> bytes:
        """The next whole paint."""
        while PAINTED not in self._seen:
            if not self._take(patience):
                raise TooLateError("nothing was painted")
        end = self._seen.index(PAINTED) + len(PAINTED)
        whole = bytes(self._seen[:end])
        del self._seen[:end]
        return whole

    def memory(self) -> float:
        """MiB that the program and its children hold."""
        return sum(map(resident, family(self.pid)))

    def _take(self, patience: float) -> bool:
        if not select.select([self._master], [], [], patience)[0]:
            return False
        try:
            found = os.read(self._master, 65_536)
        except OSError:
            found = b""
        if _ASKED in found:
            os.write(self._master, _ANSWER)
        self._seen += found
        self.written += found
        return bool(found)


@contextmanager
def terminal(
    command: Sequence[str], environ: Mapping[str, str], folder: Path
) -> Iterator[Terminal]:
    """A program on a terminal of its own; it is ended afterwards."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    with subprocess.Popen(
        command,
        env=dict(environ),
        cwd=folder,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    ) as child:
        os.close(slave)
        try:
            yield Terminal(child, master)
        finally:
            child.send_signal(signal.SIGKILL)
            os.close(master)
