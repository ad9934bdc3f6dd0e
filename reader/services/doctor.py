"""What is wrong, and what to do about it. Nothing is changed here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from reader.errors import ReaderError
from reader.feeds.moves import SETTLED
from reader.model import Feed, Sighting
from reader.services import filters, views
from reader.services.bared import TOLD, is_bared
from reader.services.core import Services

MOVES_TOLD = timedelta(days=30)
"""How long a move is told after it was made."""


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
        feeds = services.store.feeds()
        told = (
            *_feeds(feeds),
            *_bared(services, feeds),
            *_moves(services, feeds),
            *_accounts(services),
        )
    except ReaderError as error:
        told = (Check("feeds", False, str(error), "see the database, above"),)
    own = tuple(_own_queries(services))
    return (_settings(services, warnings), _database(services), *own, *told)


def _own_queries(services: Services) -> Iterator[Check]:
    """A line for each filter and view that cannot be used."""
    for fault in services.filter_faults:
        fix = f"mend the line it names in {services.paths.filters_file}"
        yield Check("filter", False, fault, fix)
    for title, why in filters.passed_over(services).items():
        fix = f"mend it in {services.paths.filters_file}, then `firsthand rules apply`"
        yield Check("filter", False, f"{title}, too slow, was passed over: {why}", fix)
    for view in views.saved(services):
        if view.trouble:
            yield Check("view", False, view.trouble, _mending(services, view.name))


def _mending(services: Services, view: str) -> str:
    """Where a view is mended: in the reader where it was kept, else where it stands."""
    if view in services.store.labels.views():
        return f'`firsthand views --forget "{view}"`, or forget it with f in the reader'
    return f"mend it under [views] in {services.paths.config_file}"


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
        fix = "close every Firsthand; `firsthand restore` puts a backup in its place"
        return Check("database", False, fault, fix)
    return Check("database", True, f"{file} is sound")


def _feeds(feeds: tuple[Feed, ...]) -> tuple[Check, ...]:
    failing = [feed for feed in feeds if feed.error]
    if not failing:
        count = f"{len(feeds)} feeds" if len(feeds) != 1 else "1 feed"
        return (Check("feeds", True, f"{count}, none failing"),)
    return tuple(_failing(feed) for feed in failing)


def _bared(services: Services, feeds: tuple[Feed, ...]) -> Iterator[Check]:
    """A line for each feed that leaves https; nothing on this machine is wrong."""
    for feed in feeds:
        if is_bared(services, feed):
            told = f"{feed.title} ({feed.url}) {TOLD}"
            help_ = f"`firsthand feed {feed.id} --move URL` takes another address"
            yield Check("http", True, f"{told}; {help_}")


def _moves(services: Services, feeds: tuple[Feed, ...]) -> Iterator[Check]:
    """A line for each feed that moved lately, or seems to; nothing is wrong with it."""
    here = {feed.id: feed for feed in feeds}
    since = services.now() - MOVES_TOLD
    for move in services.store.moves():
        if move.at >= since and not move.undone_at and move.feed_id in here:
            title = here[move.feed_id].title
            back = f"`firsthand feed {move.feed_id} --undo-move` takes it back"
            told = f"{title} moved from {move.before} to {move.after}"
            when = f"on {move.at:%Y-%m-%d} ({move.reason})"
            yield Check("moved", True, f"{told} {when}; {back}")
    for feed in feeds:
        if feed.moving and not feed.paused:
            yield Check("moving", True, _moving(feed, feed.moving))


def _accounts(services: Services) -> Iterator[Check]:
    """A line for each account at a server, whether it could be spoken with."""
    for account in services.store.accounts.all():
        name, left = f"account {account.name}", account.waiting
        if account.error is None:
            yield Check(name, True, f"{account.user} at {account.url}, {left} to tell")
        else:
            fix = (
                "`firsthand sync now` tries again; `firsthand sync login` logs in anew"
            )
            yield Check(name, False, f"{account.error}; {left} to tell, all kept", fix)


def _moving(feed: Feed, seen: Sighting) -> str:
    if seen.ours:
        told = f"{feed.title} seems to move from {feed.url} to {seen.url}"
        return f"{told}; followed after {seen.since + SETTLED:%Y-%m-%d}"
    told = (
        f"{feed.title} ({feed.url}) leads to {seen.url}, which had none of its entries"
    )
    return f"{told}; the old address stays"


def _failing(feed: Feed) -> Check:
    if feed.paused:
        return Check(
            f"feed {feed.id}",
            False,
            f"{feed.title} ({feed.url}) is not polled any more: {feed.error}",
            f"`firsthand refresh {feed.id}` asks it again; "
            f"`firsthand remove {feed.id}` ends it",
        )
    times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
    since = f", last well on {feed.last_success:%Y-%m-%d}" if feed.last_success else ""
    return Check(
        f"feed {feed.id}",
        False,
        f"{feed.title} ({feed.url}) failed {times}{since}: {feed.error}",
        f"open {feed.url} in a browser; `firsthand remove {feed.id}` if it is gone",
    )
