"""`firsthand doctor`: looks at everything, also when nothing else would start."""

import asyncio
import os
from collections.abc import Iterator

from reader import services, settings
from reader.cli import as_json, as_text
from reader.cli.fitting import columns
from reader.cli.session import now, say, zone
from reader.errors import FetchError, ReaderError
from reader.model import Page, Request
from reader.services.checkup import checkup
from reader.services.doctor import Check, check
from reader.services.machine import machine


async def _nowhere(request: Request) -> Page:
    raise FetchError(request.url, "the doctor asks nobody", "refused")


def diagnose(json: bool) -> bool:
    """Print every check; False when one found a fault."""
    found = asyncio.run(_checks())
    if json:
        say([as_json.line(as_json.checks(found))])
    else:
        say(as_text.checks(found), columns(), hang=6)
    return all(one.ok for one in found)


async def _checks() -> tuple[Check, ...]:
    paths = settings.Paths.default()
    chosen, warnings = settings.load(paths)
    filters, faults = settings.load_filters(paths)
    wrong: list[str] = []
    rules = settings.load_rules(paths, wrong)
    try:
        opened = services.build(
            _nowhere, paths, chosen, rules, now, zone(), filters, faults
        )
    except ReaderError as error:
        fix = f"close other programs that use {paths.database}; `firsthand restore`"
        return (Check("database", False, str(error), fix),)
    try:
        own = (*checkup(opened, os.environ), *machine(opened, os.environ))
        lines = f"mend the line it names in {paths.rules_file}"
        ruled = (Check("rules", False, fault, lines) for fault in wrong)
        return (*check(opened, warnings), *ruled, *own, *_themes(paths, chosen))
    finally:
        opened.close()


def _themes(paths: settings.Paths, chosen: settings.Settings) -> Iterator[Check]:
    """A line for each theme file that cannot be used, and for a theme that is not."""
    from reader.tui import themes

    loaded = themes.load(paths.themes)
    for error in loaded.failed:
        yield Check("theme", False, str(error), f"mend or remove {error.subject}")
    for name in themes.load().themes:
        file = paths.themes / f"{name}.toml"
        if file.is_file():
            yield Check("theme", True, f"{file} stands in place of our {name}")
    if chosen.ui.theme not in loaded.themes:
        known = ", ".join(sorted(loaded.themes))
        message = f"there is no theme called {chosen.ui.theme}"
        yield Check("theme", False, message, f"choose one of {known}")
