"""`firsthand` and `firsthand demo`: the reader on the screen."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from reader import settings
from reader.cli.session import session
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.tui import Left


def _terminal_or_error() -> None:
    # Textual draws on stderr, and reads from stdin.
    if not all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        reason = "the reader needs a terminal; `firsthand --help` lists the commands"
        raise ReaderError("", reason)


def open_reader() -> None:
    """The reader on the user's own store."""
    _terminal_or_error()

    async def within() -> "Left":
        from reader import tui

        async with session() as services:
            return await tui.run(services)

    left = asyncio.run(within())
    _exit_if_failed(left)
    # Somebody without feeds may have asked for the demo on the first screen.
    if left.wants == "demo":
        open_demo()


def open_demo() -> None:
    """The reader on the bundled world, in a home that is thrown away."""
    _terminal_or_error()

    async def within(home: Path) -> "Left":
        from reader import demo, tui

        paths = settings.Paths.under(home)
        chosen, _ = settings.load(settings.Paths.default())
        services = await demo.prepare(paths, chosen, settings.load_rules(paths))
        try:
            return await tui.run(services)
        finally:
            services.close()

    with tempfile.TemporaryDirectory(prefix="firsthand-demo-") as home:
        left = asyncio.run(within(Path(home)))
    _exit_if_failed(left)


def _exit_if_failed(left: "Left") -> None:
    if left.code:
        sys.exit(left.code)
