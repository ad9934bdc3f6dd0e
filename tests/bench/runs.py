"""Whole processes, measured: wall, CPU of all that they started, memory while they ran.

Knows no reader by name.
"""

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
MIB = 1024 * 1024
LOOK = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took, its children included; seconds and MiB.

    `at_last_line` is when it last wrote a line; `peak` adds up what its processes held
    at one moment, the pages that they share counted for each.
    """

    wall: float
    cpu: float
    peak: float
    code: int = 0
    at_last_line: float = 0.0
    lines: int = 0


def run(
    command: Sequence[str], environ: Mapping[str, str], folder: Path, errors: Path
) -> Run:
    """Run a command in a folder to its end; what it says on stderr goes to a file."""
    with errors.open("wb") as stderr:
        start = time.perf_counter()
        child = subprocess.Popen(
            command,
            env=dict(environ),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
        memory = _Memory(child.pid)
        memory.start()
        lines, said = 0, start
        for _ in child.stdout or ():
            lines, said = lines + 1, time.perf_counter()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        memory.stop()
        if child.stdout:
            child.stdout.close()
    cpu = used.ru_utime + used.ru_stime
    peak = max(memory.peak, used.ru_maxrss / 1024)
    return Run(wall, cpu, peak, child.returncode, said - start, lines)


class _Memory(threading.Thread):
    """Looks at the memory of a process and its children until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        """Look, and look again."""
        while not self._over.wait(LOOK):
            self.peak = max(self.peak, sum(map(resident, family(self._pid))))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def family(pid: int) -> tuple[int, ...]:
    """A process and all that come from it, as far as they are still there."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        texts = [(task / "children").read_text() for task in tasks]
    except OSError:
        return (pid,)
    children = [int(child) for text in texts for child in text.split()]
    return (pid, *(one for child in children for one in family(child)))


def resident(pid: int) -> float:
    """MiB that a process holds; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / MIB
    except OSError:
        return 0.0


def median(runs: Sequence[Run]) -> Run:
    """The run that stands in the middle, by each of its figures."""

    def middle(figure: Callable[[Run], float]) -> float:
        return statistics.median(map(figure, runs))

    return Run(
        wall=middle(lambda run: run.wall),
        cpu=middle(lambda run: run.cpu),
        peak=middle(lambda run: run.peak),
        code=max(run.code for run in runs),
        at_last_line=middle(lambda run: run.at_last_line),
        lines=min(run.lines for run in runs),
    )
