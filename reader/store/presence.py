"""Who has a database open, and whether the last to have it closed it in order.

Each store holds a shared lock on the folder of the database; the system takes it back
however the process ends, and no file is left. So a log that nobody is there to own
(SQLite removes it when the last one closes) was left by a crash, and the file is worth
a check.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path


def beside(path: Path, ending: str) -> Path:
    """The file that belongs to a database, by what its name ends with."""
    return path.with_name(path.name + ending)


def suspect(path: Path) -> None:
    """Remember that a file was found damaged: whoever opens it next looks first."""
    # A disk that takes no note has other troubles, which are told.
    with suppress(OSError):
        beside(path, ".suspect").touch(mode=0o600)


def cleared(path: Path) -> None:
    """The file was looked at, and is sound or gone."""
    with suppress(OSError):
        beside(path, ".suspect").unlink(missing_ok=True)


class Presence:
    """A share in a database, from now until `close` or the end of the process.

    `alone`: nobody else had it; `uncertain`: nor did the last one close it.
    """

    def __init__(self, path: Path) -> None:
        self._file = _opened(path.parent)
        self.alone = self._locked(fcntl.LOCK_EX)
        self.uncertain = self.alone and _left_open(path)
        self._locked(fcntl.LOCK_SH)

    def only(self) -> bool:
        """Whether nobody else has it now; nobody gets it before this is closed."""
        if self._locked(fcntl.LOCK_EX):
            return True
        self._locked(fcntl.LOCK_SH)  # to be refused costs the share we had
        return False

    def close(self) -> None:
        """Give the share up."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _locked(self, kind: int) -> bool:
        if self._file is None:
            return False
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _opened(path: Path) -> int | None:
    # A system that opens no folders tells nothing of others, and no crash is noticed.
    with suppress(OSError):
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    return None


def _left_open(path: Path) -> bool:
    log = beside(path, "-wal")
    with suppress(OSError):
        return beside(path, ".suspect").exists() or (
            log.exists() and log.stat().st_size > 0
        )
    return False
