"""`firsthand` and `firsthand demo`: the reader on the screen."""

import asyncio
import sys
import tempfile
from pathlib import Path

from reader import settings
from reader.cli.session import session
from reader.errors import ReaderError


def _terminal_or_error() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        reason = "the reader needs a terminal; `firsthand --help` lists the commands"
        raise ReaderError("", reason)


def open_reader() -> None:
    """The reader on the user's own store."""
    _terminal_or_error()

    async def within() -> str | None:
        from reader import tui

        async with session() as services:
            return await tui.run(services)

    # Somebody without feeds may have asked for the demo on the first screen.
    if asyncio.run(within()) == "demo":
        open_demo()


def open_demo() -> None:
    """The reader on the bundled world, in a home that is thrown away."""
    _terminal_or_error()

    async def within(home: Path) -> None:
        from reader import demo, tui

        paths = settings.Paths.under(home)
        chosen, _ = settings.load(settings.Paths.default())
        services = await demo.prepare(paths, chosen, settings.load_rules(paths))
        try:
            await tui.run(services)
        finally:
            services.close()

    with tempfile.TemporaryDirectory(prefix="firsthand-demo-") as home:
        asyncio.run(within(Path(home)))
