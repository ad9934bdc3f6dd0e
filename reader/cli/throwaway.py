"""A folder that is thrown away: by whoever made it, or, if killed, by the next one.

Who uses it holds a lock in it; a lock that is free belongs to a process that is gone.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "firsthand-demo-"
LOCK = "in-use"
"""The file that is locked as long as the folder is in use; it names the process."""


@contextmanager
def throwaway() -> Iterator[Path]:
    """A folder of our own until this is left; those of killed processes go first."""
    sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        descriptor = _hold(folder / LOCK)
        try:
            yield folder
        finally:
            if descriptor is not None:
                os.close(descriptor)


def sweep(folder: Path) -> int:
    """Delete what killed processes of ours left there; how many folders it were.

    One without a lock, with a lock that is held, or of a process that lives, stays.
    """
    left = [one for one in folder.glob(f"{PREFIX}*") if _is_left(one)]
    for one in left:
        shutil.rmtree(one, ignore_errors=True)
    return len(left)


def _hold(lock: Path) -> int | None:
    """Lock the folder; None on a system without such locks, where none is swept."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


def _is_left(folder: Path) -> bool:
    try:
        import fcntl
    except ImportError:
        return False
    try:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            return False
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return not _lives(os.read(descriptor, 20))
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _lives(told: bytes) -> bool:
    """Whether the process of a lock lives; one that is not told yet is just begun."""
    with suppress(ValueError, ProcessLookupError):
        os.kill(int(told), 0)
        return True
    return not told.isdigit()
