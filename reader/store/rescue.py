"""Whole files: a copy looked at, a damaged one set aside, a backup put in its place.

Nothing is ever deleted: what stood there before stands beside it afterwards.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from reader.errors import StoreError
from reader.feeds import Subscription
from reader.store import presence, schema, search, upkeep
from reader.store.connection import plain_trouble
from reader.store.presence import Presence, beside
from reader.urls import is_web

LOGS = ("-wal", "-shm")
MOST = 100_000
"""Subscriptions that are read out of a damaged file."""


def fault(path: Path) -> str | None:
    """What is wrong with a copy, in one sentence; None when it is sound and ours."""
    try:
        with plain_trouble(path), closing(_reading(path)) as connection:
            marked = connection.execute("PRAGMA application_id").fetchone()[0]
            if marked != schema.APPLICATION_ID:
                return "is no database of Firsthand’s"
            search.register(connection)
            return upkeep.check(connection)
    except StoreError as error:
        return error.reason
    finally:
        presence.cleared(path)
        _without_logs(path)


def restore(source: Path, path: Path, now: datetime) -> Path | None:
    """Put a copy of `source` where the database is; where what stood there is now.

    Raises StoreError when the source is not sound, or a Firsthand has the file open.
    """
    wrong = fault(source)
    if wrong:
        raise StoreError(str(source), f"cannot be restored: {wrong}")
    with plain_trouble(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(Presence(path)) as ours:
            if not ours.only():
                raise StoreError(str(path), "is in use; close every Firsthand first")
            part = beside(path, ".restored")
            with closing(_reading(source)) as connection:
                schema.backup(connection, part)
            _without_logs(part)
            aside = set_aside(path, now)
            os.replace(part, path)
    presence.cleared(path)
    return aside


def make_folder(folder: Path) -> None:
    """A folder that only its owner may read, unless there is one."""
    with plain_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def set_aside(path: Path, now: datetime) -> Path | None:
    """Move a database out of the way, its log with it; where it is now."""
    if not path.exists():
        return None
    aside = _free(beside(path, f".aside-{now:%Y%m%dT%H%M%S}"))
    for ending in LOGS:
        with suppress(FileNotFoundError):
            os.replace(beside(path, ending), beside(aside, ending))
    os.replace(path, aside)
    presence.cleared(path)
    return aside


def subscriptions(path: Path) -> tuple[Subscription, ...]:
    """The subscriptions that can still be read from a file, whatever its state."""
    found: list[Subscription] = []
    unreadable = (sqlite3.DatabaseError, UnicodeDecodeError)
    with suppress(*unreadable), closing(_reading(path)) as connection:
        rows = connection.execute(
            """SELECT url, coalesce(own_title, title), site_url, folder FROM feed
            WHERE hidden_at IS NULL AND account_id IS NULL LIMIT ?""",
            (MOST,),
        )
        for row in rows:
            found.append(Subscription(*row))
    return tuple(one for one in found if is_web(one.url))


def _reading(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _without_logs(path: Path) -> None:
    """Remove the empty log that looking at a copy has left beside it."""
    log = beside(path, "-wal")
    with suppress(OSError):
        if log.exists() and log.stat().st_size == 0:
            log.unlink()
            beside(path, "-shm").unlink(missing_ok=True)


def _free(path: Path) -> Path:
    """A name that nothing has yet, the given one if it can be."""
    tried, number = path, 1
    while tried.exists():
        number += 1
        tried = beside(path, f"-{number}")
    return tried
