"""What a command needs: services over the real network, closed when it is done."""

import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, tzinfo
from functools import partial

from reader import services, settings
from reader.cli.exact import Exact
from reader.cli.fitting import wrapped
from reader.fetch import Web
from reader.services import Services, opening
from reader.urls import Policy, spelled_out


def zone() -> tzinfo:
    """The zone of the person at this machine, with its summer and winter times."""
    from tzlocal import get_localzone

    try:
        return get_localzone()
    except (OSError, LookupError, ValueError):
        return UTC  # a machine that names a zone nobody knows


def now() -> datetime:
    """The clock of the program."""
    return datetime.now(UTC)


def complain(message: object) -> None:
    """One line on stderr."""
    print(f"firsthand: {spelled_out(str(message))}", file=sys.stderr)


def say(lines: Iterable[str], width: int | None = None, hang: int = 0) -> None:
    """Lines of data on stdout; those for people name a host that could deceive them.

    With a `width` they are wrapped to it, and go on `hang` columns further in.
    """
    told = (line if isinstance(line, Exact) else spelled_out(line) for line in lines)
    for line in wrapped(told, width, hang):
        print(line)


def web(chosen: settings.Settings) -> Web:
    """The real network, as the settings want it."""
    return Web(
        Policy.of(chosen.fetch.allow_hosts),
        environ=os.environ,
        timeout=chosen.fetch.timeout,
        spacing=chosen.fetch.spacing,
    )


@asynccontextmanager
async def session() -> AsyncIterator[Services]:
    """Services over the user's own store and the real network.

    What is wrong in a file of settings is named on stderr; the command runs all the
    same.
    """
    paths = settings.Paths.default()
    chosen, warnings = settings.load(paths)
    for warning in warnings:
        complain(warning)
    filters, faults = settings.load_filters(paths)
    for fault in faults:
        complain(fault)
    wrong: list[str] = []
    rules = settings.rules_once(paths, wrong)
    for fault in wrong:
        complain(fault)
    async with web(chosen) as fetch:
        build = partial(
            services.build, fetch, paths, chosen, rules, now, zone(), filters, faults
        )
        opened = opening.opened(build, paths, now, complain)
        try:
            yield opened
        finally:
            opened.close()
