"""The services opened safely: after a crash the database is looked at first.

A damaged one is set aside and rebuilt, and that is told; nothing else is decided here.
"""

from collections.abc import Callable
from datetime import datetime

from reader.errors import DamagedError, StoreError
from reader.services.core import Services
from reader.settings import Paths
from reader.store.presence import cleared

Tell = Callable[[str], None]


def opened(
    build: Callable[[], Services],
    paths: Paths,
    now: Callable[[], datetime],
    tell: Tell,
) -> Services:
    """What `build` makes; built again over a mended database where that was damaged."""
    try:
        made = build()
    except DamagedError as error:
        return _mended(build, paths, now, tell, error)
    if not made.store.uncertain:
        return made
    wrong = made.store.check()
    if wrong is None:
        cleared(paths.database)
        made.store.release(None)  # whoever held a feed is dead
        return made
    made.close()
    return _mended(build, paths, now, tell, StoreError(str(paths.database), wrong))


def _mended(
    build: Callable[[], Services],
    paths: Paths,
    now: Callable[[], datetime],
    tell: Tell,
    error: StoreError,
) -> Services:
    from reader.services import backups

    done = backups.mend(paths, now())
    if not done:
        raise error
    for line in (error, *done):
        tell(str(line))
    return build()
