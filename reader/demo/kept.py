"""The demo as it was prepared before, kept in the cache: the next start copies it.

To live in the demo world for a while takes a second or two, most of it to make
articles of pages. Whoever changes the program or the world has another one prepared.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from reader.demo.opening import opened, prepare
from reader.errors import ReaderError
from reader.rules import Rules
from reader.services import Services
from reader.settings import Paths, Settings

ENDINGS = (".py", ".toml", ".txt", ".html", ".opml")
"""Files of the package that what is prepared depends on."""


async def prepared(
    paths: Paths, settings: Settings, rules: Callable[[], Rules], cache: Path
) -> Services:
    """The services of the demo, from a copy in `cache` where there is a fitting one."""
    kept = cache / f"demo-{_stamp()}.db"
    if found := _copied(kept, paths, settings, rules):
        return found
    services = await prepare(paths, settings, rules)
    _keep(services, kept)
    return services


def _copied(
    kept: Path, paths: Paths, settings: Settings, rules: Callable[[], Rules]
) -> Services | None:
    """The services over a copy of what is kept; None where that is not to be had."""
    try:
        paths.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(kept, paths.database)
        services = opened(paths, settings, rules)
    except (OSError, ReaderError):
        _clear(paths)
        return None
    try:
        if services.store.check() is None and services.store.feeds():
            return services
    except ReaderError:
        pass
    services.close()
    _clear(paths)
    return None


def _clear(paths: Paths) -> None:
    """Leave nothing of a copy that was none."""
    for file in paths.data.glob(f"{paths.database.name}*"):
        file.unlink(missing_ok=True)


def _keep(services: Services, kept: Path) -> None:
    """Keep what was prepared, and no older one; without room for it nothing is kept."""
    part = kept.with_name(f".{kept.name}.{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        services.store.backup(part)
        for older in kept.parent.glob("demo-*.db"):
            older.unlink(missing_ok=True)
        part.replace(kept)
    except (OSError, ReaderError):
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _stamp() -> str:
    """What tells one state of the package from another: its files, and when written."""
    root = Path(__file__).parents[1]
    told = hashlib.blake2b(digest_size=8)
    for file in sorted(_files(root)):
        found = file.stat()
        told.update(f"{file} {found.st_size} {found.st_mtime_ns}\n".encode())
    return told.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    return (file for file in root.rglob("*") if file.suffix in ENDINGS)
