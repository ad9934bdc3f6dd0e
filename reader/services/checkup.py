"""What can be looked at on a person's machine: copies, permissions, reports, terminal.

A part of the doctor's; nothing is changed here.
"""

import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.services import backups
from reader.services.core import Services
from reader.services.doctor import Check

LATE = timedelta(days=21)
"""Age of the newest copy from which it is told as a fault."""
TOLD = timedelta(days=30)
"""How long a crash report is told of."""


def checkup(services: Services, environ: Mapping[str, str]) -> Iterator[Check]:
    """The checks, in the order in which they matter."""
    yield _copies(services)
    yield from _permissions(services)
    yield from _crashes(services)
    yield _terminal(environ)


def _copies(services: Services) -> Check:
    from reader.store import rescue

    found, now = backups.every(services.paths), services.now()
    if found and (wrong := rescue.fault(found[0].file)):
        fix = f"remove {found[0].file}; `firsthand backup` makes another"
        return Check("backup", False, f"the newest is no good: {wrong}", fix)
    if found and now - found[0].at <= LATE:
        told = f"{found[0].at:%Y-%m-%d}, {found[0].file}, looked at and sound"
        return Check("backup", True, told)
    began = services.store.get_setting(backups.BEGAN)
    if began is None or now - datetime.fromisoformat(began) <= LATE:
        return Check("backup", True, "none yet; one is made every week")
    told = f"the newest is of {found[0].at:%Y-%m-%d}" if found else "there is none"
    fix = f"`firsthand backup` makes one; look at the room in {services.paths.backups}"
    return Check("backup", False, told, fix)


def _permissions(services: Services) -> Iterator[Check]:
    """A line for what others can read or write, and one where all is as it should."""
    paths = services.paths
    beside = sorted(paths.data.glob(f"{paths.database.name}*"))
    private = (paths.secrets_file, *beside, paths.backups, paths.crashes)
    # Whoever writes the settings says which programs are started for a link.
    config = (paths.config, paths.config_file, paths.rules_file, paths.filters_file)
    ours = (paths.data, *config, paths.themes)
    read = [file for file in private if _is_open(file, 0o077)]
    written = [file for file in ours if _is_open(file, 0o002 | _group(file))]
    for file in read:
        fix = f"chmod {'700' if file.is_dir() else '600'} {file}"
        yield Check("permissions", False, f"others can read {file}", fix)
    for file in written:
        fix = f"chmod go-w {file}"
        yield Check("permissions", False, f"others can write {file}", fix)
    if not (read or written):
        yield Check("permissions", True, "what is kept is yours alone")


def _group(file: Path) -> int:
    """The right of a group to write, where it is more than one person's own."""
    try:
        found = file.stat()
    except OSError:
        return 0
    return 0o020 if found.st_gid != found.st_uid else 0


def _is_open(file: Path, theirs: int) -> bool:
    """Whether others have a right to a file, its folder taken into account."""
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        folder = stat.S_IMODE(file.parent.stat().st_mode)
    except OSError:
        return False
    return bool(mode & theirs) and bool(folder & 0o011)


def _crashes(services: Services) -> Iterator[Check]:
    since = services.now() - TOLD
    reports = [
        file
        for file in services.paths.crashes.glob("*.txt")
        if datetime.fromtimestamp(file.stat().st_mtime, UTC) >= since
    ]
    if reports:
        told = f"{len(reports)} of the last 30 days in {services.paths.crashes}"
        yield Check("crashes", True, f"{told}; they hold no texts and no addresses")


def _terminal(environ: Mapping[str, str]) -> Check:
    kind = environ.get("TERM", "")
    charset = next(
        (environ[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(n)), ""
    )
    told = f"{kind or 'none'}, {charset or 'no locale'}"
    if kind in ("", "dumb"):
        told += "; the commands and `firsthand --plain` need no more"
    elif "utf" not in charset.lower():
        told += '; if marks look wrong, set glyphs = "ascii" under [ui]'
    return Check("terminal", True, told)
