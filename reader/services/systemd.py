"""A timer of the user's systemd that refreshes: its files, written and taken away.

Only files that say they were written here are touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.errors import ReaderError
from reader.services.core import Services
from reader.services.programs import exit_code

NAME = "firsthand"
MARK = "# Written by `firsthand service install`; `firsthand service remove` ends it."
PATIENCE = 30.0
"""Seconds that systemctl may take."""
KEPT = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
"""What of the environment says where our files are; a unit starts without it."""

_SERVICE = """{mark}
[Unit]
Description=Firsthand: poll feeds that are due, follow stubs to their original
Documentation=man:firsthand(1)

[Service]
Type=oneshot
ExecStart={command} refresh
{environment}Nice=10
NoNewPrivileges=true
"""
_TIMER = """{mark}
[Unit]
Description=Firsthand: every quarter of an hour

[Timer]
OnBootSec=2min
OnUnitInactiveSec=15min
RandomizedDelaySec=1min

[Install]
WantedBy=timers.target
"""


class ServiceError(ReaderError):
    """The units cannot be written or taken away."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What is there: the unit files, and whether systemd runs the timer.

    `active` is None where systemd could not be asked; `run` are the commands that are
    left to somebody where it could not be told.
    """

    files: tuple[Path, ...] = ()
    active: bool | None = None
    run: tuple[str, ...] = ()


def units(command: Sequence[str], environ: Mapping[str, str]) -> dict[str, str]:
    """The unit files by name; `command` is how this program is started."""
    kept = "".join(
        f"Environment={_quoted(f'{name}={environ[name]}')}\n"
        for name in KEPT
        if environ.get(name) and "\n" not in environ[name]
    )
    # In a command a dollar would stand for a variable, elsewhere it is one.
    started = " ".join(_quoted(word).replace("$", "$$") for word in command)
    service = _SERVICE.format(mark=MARK, command=started, environment=kept)
    return {
        f"{NAME}.service": service,
        f"{NAME}.timer": _TIMER.format(mark=MARK),
    }


def _quoted(word: str) -> str:
    """A word as systemd.syntax(7) has it; a percent sign would stand for something."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def install(
    services: Services, command: Sequence[str], environ: Mapping[str, str]
) -> Installed:
    """Write the units and have systemd start the timer. Raises ServiceError."""
    folder = services.paths.units
    made = units(command, environ)
    for name in made:
        _refuse_foreign(folder / name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ServiceError(
            str(folder), f"cannot be written: {error.strerror}"
        ) from error
    files = tuple(folder / name for name in made)
    told = _tell(environ, ("daemon-reload",), ("enable", "--now", f"{NAME}.timer"))
    return Installed(files, not told, told)


def remove(services: Services, environ: Mapping[str, str]) -> Installed:
    """Have systemd stop the timer, and delete the units. Raises ServiceError."""
    files = _files(services)
    for file in files:
        _refuse_foreign(file)
    if not files:
        return Installed(active=False)
    stopped = _tell(environ, ("disable", "--now", f"{NAME}.timer"))
    try:
        for file in files:
            file.unlink(missing_ok=True)
    except OSError as error:
        told = f"cannot be deleted: {error.strerror}"
        raise ServiceError(str(services.paths.units), told) from error
    left = (*stopped, *_tell(environ, ("daemon-reload",)))
    return Installed(files, False, left)


def status(services: Services, environ: Mapping[str, str]) -> Installed:
    """Which units are there, and whether systemd runs the timer."""
    files = _files(services)
    if not files:
        return Installed(active=False)
    asked = _systemctl(environ, ("is-active", f"{NAME}.timer"))
    active = None if asked is None else asked == 0
    return Installed(files, active)


def _files(services: Services) -> tuple[Path, ...]:
    folder = services.paths.units
    names = (f"{NAME}.service", f"{NAME}.timer")
    return tuple(folder / name for name in names if (folder / name).exists())


def _refuse_foreign(file: Path) -> None:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    except OSError as error:
        raise ServiceError(str(file), f"cannot be read: {error.strerror}") from error
    if not text.startswith(MARK):
        raise ServiceError(str(file), "was not written by Firsthand, and is left alone")


def _tell(environ: Mapping[str, str], *commands: Sequence[str]) -> tuple[str, ...]:
    """Tell systemd; gives the commands from the first on that it did not take."""
    for number, command in enumerate(commands):
        if _systemctl(environ, command) != 0:
            left = commands[number:]
            return tuple(" ".join(("systemctl --user", *words)) for words in left)
    return ()


def _systemctl(environ: Mapping[str, str], words: Sequence[str]) -> int | None:
    """The exit code of systemctl; None where it is not there or does not answer."""
    told = ("--user", *words)
    return exit_code("systemctl", *told, environ=environ, patience=PATIENCE)
