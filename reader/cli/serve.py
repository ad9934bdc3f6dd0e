"""`firsthand serve`: the reader in a web page of this machine."""

import asyncio
import sys
from typing import Annotated

import typer

from reader.cli.commands import app
from reader.cli.session import say
from reader.errors import ReaderError


@app.command()
def serve(
    port: Annotated[
        int,
        typer.Option("--port", min=0, max=65_535, help="The port; else any free one."),
    ] = 0,
    demo: Annotated[
        bool, typer.Option("--demo", help="The bundled world, in a throw-away home.")
    ] = False,
) -> None:
    """Serve the reader to a browser on this machine, until ended."""
    try:
        from reader.web import server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "reader":
            raise
        reason = f"{error.name} is missing; install Firsthand with its extra: '.[web]'"
        raise ReaderError("serve", reason) from error

    def ready(address: str) -> None:
        say([address])
        sys.stdout.flush()

    asyncio.run(server.serve(["demo"] if demo else [], port, ready))
