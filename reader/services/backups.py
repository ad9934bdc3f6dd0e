"""Copies of the store: made weekly and on demand, listed, and put back.

The automatic ones replace each other; what somebody asked for stays until they remove
it. Restoring deletes nothing: the database that was there is set aside.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.errors import NotFoundError, ReaderError, StoreError
from reader.services.core import Services
from reader.settings import Paths
from reader.store import Store

EVERY = timedelta(days=7)
KEPT = 2
"""Weekly copies that are kept."""

FIRST = timedelta(days=1)
"""How old a store is before the first of them is made."""

BEGAN = "backups-began"

_NAME = re.compile(r"(weekly|asked)-(\d{8}T\d{6})\.db")
_STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: `kind` says who wanted it (a migration, the week, a person)."""

    file: Path
    kind: str
    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where that now is which stood there before."""

    source: Path
    aside: Path | None


def every(paths: Paths) -> tuple[Backup, ...]:
    """Every backup there is, newest first."""
    beside = paths.database.parent.glob(f"{paths.database.name}.v*.backup")
    found = (*map(_named, paths.backups.glob("*.db")), *map(_migrated, beside))
    known = (backup for backup in found if backup)
    return tuple(sorted(known, key=lambda backup: backup.at, reverse=True))


def _named(file: Path) -> Backup | None:
    matched = _NAME.fullmatch(file.name)
    if matched is None:
        return None
    at = datetime.strptime(matched[2], _STAMP).replace(tzinfo=UTC)
    return Backup(file, matched[1], at, file.stat().st_size)


def _migrated(file: Path) -> Backup:
    found = file.stat()
    at = datetime.fromtimestamp(found.st_mtime, UTC)
    return Backup(file, "migration", at, found.st_size)


def make(services: Services, target: Path | None = None, kind: str = "asked") -> Path:
    """Copy the store, to `target` or beside the other copies; the copy is looked at.

    Raises StoreError, and leaves no half of a copy, where that cannot be.
    """
    from reader.store import rescue

    folder = services.paths.backups
    file = target or folder / f"{kind}-{services.now():{_STAMP}}.db"
    if target is None:
        rescue.make_folder(folder)
    services.store.backup(file)
    wrong = rescue.fault(file)
    if wrong:
        file.unlink(missing_ok=True)
        raise StoreError(str(services.paths.database), wrong)
    return file


def due(paths: Paths, now: datetime) -> bool:
    """Whether the week is over; what was made in the future does not count."""
    return not any(
        backup.kind == "weekly" and now - EVERY < backup.at <= now
        for backup in every(paths)
    )


async def weekly(services: Services) -> Path | None:
    """The week's copy, if it is due and there is something to copy; older ones go.

    Trouble with it is the doctor's to tell: no poll ends for want of a copy.
    """
    if not due(services.paths, services.now()) or not services.store.feeds():
        return None
    try:
        if not await _a_day_old(services):
            return None
        made = await asyncio.to_thread(make, services, kind="weekly")
    except ReaderError:
        return None
    _thin(services.paths)
    return made


async def _a_day_old(services: Services) -> bool:
    """Whether the store is older than a day: what is newer is soon polled again."""
    now, began = services.now(), services.store.get_setting(BEGAN)
    if began is not None and datetime.fromisoformat(began) <= now:
        return now - datetime.fromisoformat(began) >= FIRST
    await services.write(services.store.set_setting, BEGAN, now.isoformat())
    return False


def _thin(paths: Paths) -> None:
    ours = [backup for backup in every(paths) if backup.kind == "weekly"]
    for backup in ours[KEPT:]:
        backup.file.unlink(missing_ok=True)


def restore(paths: Paths, now: datetime, file: Path | None = None) -> Restored:
    """Put a backup in the database's place: `file`, or the newest that is sound.

    Raises ReaderError where there is none, or a Firsthand is at work.
    """
    from reader.store import rescue

    source = file or _newest(paths)
    if source is None:
        reason = f"no sound backup; move {paths.database} away to begin a new one"
        raise NotFoundError(str(paths.backups), reason)
    if not source.is_file():
        raise NotFoundError(str(source), "there is no such file")
    return Restored(source, rescue.restore(source, paths.database, now))


def _newest(paths: Paths) -> Path | None:
    from reader.store import rescue

    files = (backup.file for backup in every(paths))
    return next((file for file in files if rescue.fault(file) is None), None)


def mend(paths: Paths, now: datetime) -> tuple[str, ...]:
    """Set a damaged database aside and rebuild it; what was done, a line each.

    The newest sound backup takes its place, or else a new one; subscriptions that can
    still be read from the damaged file are added to either. Where there is neither, all
    stays as it is, and nothing is told.
    """
    from reader.store import rescue

    source = _newest(paths)
    if source is None and not rescue.subscriptions(paths.database):
        return ()
    if source:
        aside = rescue.restore(source, paths.database, now)
        told = f"{source} was put in its place"
    else:
        aside = rescue.set_aside(paths.database, now)
        told = "there is no backup, so a new one was begun"
    saved = _carried(paths, aside, now)
    lines = f"the database was damaged, and is now {aside}; nothing of it was deleted"
    return (lines, told, f"subscriptions: {saved} read out of the damaged one, too")


def _carried(paths: Paths, aside: Path | None, now: datetime) -> int:
    """Subscribe to what a damaged file still tells; how many were not here."""
    from reader.store import rescue

    found = rescue.subscriptions(aside) if aside else ()
    store = Store(paths.database)
    try:
        known = {feed.url for feed in store.feeds()}
        fresh = [one for one in found if one.url not in known]
        return len(store.wishes.subscribe(fresh, now))
    finally:
        store.close()
