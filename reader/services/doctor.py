"""What is wrong, and what to do about it. Nothing is changed here."""

from dataclasses import dataclass

from reader.errors import ReaderError
from reader.model import Feed
from reader.services.core import Services


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `fix` is what to do when it is not `ok`."""

    name: str
    ok: bool
    message: str
    fix: str | None = None


def check(services: Services, warnings: tuple[str, ...] = ()) -> tuple[Check, ...]:
    """Every check: settings, database, and a line for each feed that fails."""
    try:
        failing = _feeds(services.store.feeds())
    except ReaderError as error:
        failing = (Check("feeds", False, str(error), "see the database, above"),)
    return (_settings(services, warnings), _database(services), *failing)


def _settings(services: Services, warnings: tuple[str, ...]) -> Check:
    file = services.paths.config_file
    if warnings:
        fix = f"mend or remove it in {file}"
        return Check("settings", False, "; ".join(warnings), fix)
    return Check("settings", True, f"{file}" if file.exists() else "the defaults")


def _database(services: Services) -> Check:
    file = services.paths.database
    try:
        fault = services.store.check()
    except ReaderError as error:
        fault = str(error)
    if fault:
        fix = f"close every Firsthand, copy {file} aside, and export what is left"
        return Check("database", False, fault, fix)
    return Check("database", True, f"{file} is sound")


def _feeds(feeds: tuple[Feed, ...]) -> tuple[Check, ...]:
    failing = [feed for feed in feeds if feed.error]
    if not failing:
        count = f"{len(feeds)} feeds" if len(feeds) != 1 else "1 feed"
        return (Check("feeds", True, f"{count}, none failing"),)
    return tuple(_failing(feed) for feed in failing)


def _failing(feed: Feed) -> Check:
    times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
    since = f", last well on {feed.last_success:%Y-%m-%d}" if feed.last_success else ""
    return Check(
        f"feed {feed.id}",
        False,
        f"{feed.title} ({feed.url}) failed {times}{since}: {feed.error}",
        f"open {feed.url} in a browser; `firsthand remove {feed.id}` if it is gone",
    )
