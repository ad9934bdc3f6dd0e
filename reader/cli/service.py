"""`firsthand service`: the timer of the user's systemd, written and taken away."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reader.cli.commands import app, run
from reader.cli.session import say
from reader.services import Services

if TYPE_CHECKING:
    from reader.services.systemd import Installed

service = typer.Typer(
    help="A timer of your systemd that refreshes every quarter of an hour.",
    no_args_is_help=True,
)
app.add_typer(service, name="service")


@service.command()
def install() -> None:
    """Write the timer's files, and have systemd start it."""
    from reader.services import systemd

    async def command(services: Services) -> bool:
        done = systemd.install(services, _ourselves(), os.environ)
        say(f"written: {file}" for file in done.files)
        _tell_rest(done, "refreshes every quarter of an hour from now on")
        return True

    run(command)


@service.command()
def remove() -> None:
    """Have systemd stop the timer, and delete its files."""
    from reader.services import systemd

    async def command(services: Services) -> bool:
        done = systemd.remove(services, os.environ)
        say(f"deleted: {file}" for file in done.files)
        _tell_rest(done, "nothing is refreshed by itself any more")
        return True

    run(command)


@service.command()
def status() -> None:
    """Say whether the timer is there, and running."""
    from reader.services import systemd

    async def command(services: Services) -> bool:
        found = systemd.status(services, os.environ)
        if not found.files:
            say(["not installed; `firsthand service install` installs it"])
            return False
        say(f"written: {file}" for file in found.files)
        states = {
            True: "running",
            False: "not running",
            None: "systemd cannot be asked",
        }
        say([f"{states[found.active]}"])
        return found.active is not False

    run(command)


def _tell_rest(done: "Installed", well: str) -> None:
    """Say that it is done, or what is left for somebody to do."""
    if not done.run:
        say([well])
        return
    say(["systemd was not told; where it runs, this does it:"])
    say(f"  {command}" for command in done.run)


def _ourselves() -> Sequence[str]:
    """How this program is started, wherever that is done."""
    script = Path(sys.argv[0])
    if script.name == "firsthand" and script.exists():
        return (str(script.resolve()),)
    return (sys.executable, "-m", "reader")
