"""`firsthand backup` and `firsthand restore`: copies of all that is kept."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reader import settings
from reader.cli import as_json
from reader.cli.commands import Json, app, run
from reader.cli.session import now, say
from reader.services import Services

if TYPE_CHECKING:
    from reader.services.backups import Backup

Target = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE]", help="Where to; else beside the other copies."),
]
Source = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE]", help="A backup; else the newest sound one."),
]
Listing = Annotated[bool, typer.Option("--list", help="Only list the backups.")]


@app.command()
def backup(file: Target = None) -> None:
    """Copy all that is kept to one file; a copy is made every week unasked, too."""
    from reader.services import backups

    async def command(services: Services) -> bool:
        target = file.absolute() if file else None
        made = await asyncio.to_thread(backups.make, services, target)
        say([f"{made}"])
        return True

    run(command)


@app.command()
def restore(file: Source = None, listing: Listing = False, json: Json = False) -> None:
    """Put a backup in the place of the database, which is set aside, not deleted."""
    from reader.services import backups

    paths = settings.Paths.default()
    if listing:
        say(map(_json if json else _row, backups.every(paths)))
        return
    done = backups.restore(paths, now(), file.absolute() if file else None)
    if json:
        aside = str(done.aside) if done.aside else None
        say([as_json.line({"restored": str(done.source), "aside": aside})])
        return
    say([f"restored: {done.source}"])
    if done.aside:
        say([f"set aside: {done.aside}"])


def _row(found: "Backup") -> str:
    return (
        f"{found.at:%Y-%m-%d %H:%M}  {found.kind:<9}  {found.size:>12,}  {found.file}"
    )


def _json(found: "Backup") -> str:
    return as_json.line(
        {
            "file": str(found.file),
            "kind": found.kind,
            "at": found.at.isoformat(),
            "size": found.size,
        }
    )
