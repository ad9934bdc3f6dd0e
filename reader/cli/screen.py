"""`firsthand` and `firsthand demo`: the reader on the screen, or line by line."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader import settings
from reader.cli import crash
from reader.cli.session import complain, session
from reader.cli.throwaway import throwaway
from reader.cli.waiting import waiting
from reader.errors import ReaderError
from reader.services import Services

if TYPE_CHECKING:
    from reader.tui import Left

WEB = "textual.drivers.web_driver:WebDriver"
"""Textual's driver where `firsthand serve` shows the reader in a page."""


def _terminal_or_error() -> None:
    if os.environ.get("TEXTUAL_DRIVER") == WEB:
        return
    # Textual draws on stderr, and reads from stdin.
    if not all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        reason = "the reader needs a terminal; `firsthand --help` lists the commands"
        raise ReaderError("", reason)


def open_plain() -> None:
    """The reader line by line, on the user's own store."""
    _line_by_line(session)


def open_plain_demo() -> None:
    """The same on the bundled world, in a home that is thrown away."""
    with throwaway() as home:
        _line_by_line(partial(_demo, home))


def _line_by_line(
    services_of: Callable[[], AbstractAsyncContextManager[Services]],
) -> None:
    from reader.tui import linear

    with suppress(ImportError):
        # What is typed can then be edited and called back.
        import readline  # noqa: F401

    # Each line is a run of its own, so that Ctrl+C ends that one and no other.
    with asyncio.Runner() as runner:
        context = services_of()
        services = runner.run(_entered(context))
        try:
            linear.run(services, input, runner.run, sys.stdout, os.environ)
        finally:
            runner.run(_left(context))


async def _entered(context: AbstractAsyncContextManager[Services]) -> Services:
    return await context.__aenter__()


async def _left(context: AbstractAsyncContextManager[Services]) -> None:
    await context.__aexit__(None, None, None)


@asynccontextmanager
async def _demo(home: Path) -> AsyncIterator[Services]:
    """Services over the bundled world, closed when they are left."""
    from reader import demo

    paths = settings.Paths.under(home)
    theirs = settings.Paths.default()
    own, warnings = settings.load(theirs)
    for warning in warnings:
        complain(warning)
    # The look is for this person's eyes; all else belongs to a life that is not here.
    chosen = settings.Settings(ui=own.ui)
    rules = settings.rules_once(paths)
    services = await demo.prepared(paths, chosen, rules, theirs.cache)
    try:
        yield services
    finally:
        services.close()


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

    async def within(home: Path, ready: Callable[[], None]) -> "Left":
        from reader import tui

        async with _demo(home) as services:
            ready()
            return await tui.run(services)

    with throwaway() as home, waiting("Preparing the demo …") as ready:
        left = asyncio.run(within(home, ready))
    _exit_if_failed(left)


def _exit_if_failed(left: "Left") -> None:
    if left.fault:
        crash.told(type(left.fault), left.fault, left.fault.__traceback__)
    if left.code:
        sys.exit(left.code)
