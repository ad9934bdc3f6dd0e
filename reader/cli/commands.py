"""The commands about entries, and what all commands share.

Each says what it takes and asks one use case. Those that list are in `lists`, those
about tags in `labels`, about feeds in `subscriptions`, about whoever published first in
`originals`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from reader.cli import as_json, as_text, complete
from reader.cli.fitting import MEASURE, columns
from reader.cli.session import complain, say, session, zone
from reader.errors import NotFoundError, ReaderError
from reader.services import Services

app = typer.Typer(
    help="A terminal news reader that takes you to the source.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines.")]
FeedArgs = Annotated[
    list[str],
    typer.Argument(
        metavar="FEED…", help="Feeds, by id or URL.", autocompletion=complete.feeds
    ),
]
EntryIds = Annotated[list[int], typer.Argument(metavar="ID…", help="Entries, by id.")]
EntryId = Annotated[int, typer.Argument(metavar="ID", help="An entry, by id.")]

MOST = 10**9
"""The most that a number of entries may be."""

Command = Callable[[Services], Awaitable[bool]]
"""What a command does with the services; False: it failed, and has said so."""


def run(command: Command) -> None:
    """Run a command in a session of its own; exit 1 when it failed."""

    async def within() -> bool:
        async with session() as services:
            return await command(services)

    _exit(asyncio.run(within()))


def _exit(done: bool) -> None:
    if not done:
        raise typer.Exit(1)


async def all_of(
    items: Iterable[Any], work: Callable[[Any], Coroutine[Any, Any, None]]
) -> bool:
    """Do every item, whatever becomes of the others; False when any failed."""
    done = True
    for item in items:
        try:
            await work(item)
        except ReaderError as error:
            complain(error)
            done = False
    return done


def _version(wanted: bool) -> None:
    if wanted:
        from reader.fetch.headers import release

        print(f"firsthand {release()}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def reader(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Read line by line, for screen readers."),
    ] = False,
) -> None:
    """Open the reader, or run a command."""
    if context.invoked_subcommand is None:
        from reader.cli.screen import open_plain, open_reader

        (open_plain if plain else open_reader)()


@app.command()
def demo(
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Read line by line, for screen readers."),
    ] = False,
) -> None:
    """Open the reader on a small bundled world, in a throw-away home, offline."""
    from reader.cli.screen import open_demo, open_plain_demo

    (open_plain_demo if plain else open_demo)()


@app.command()
def refresh(
    feeds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FEED…]",
            help="Only these feeds, by id or URL.",
            autocompletion=complete.feeds,
        ),
    ] = None,
    resolve: Annotated[
        Literal["none", "stubs", "all"],
        typer.Option("--resolve", help="Which entries to follow to their original."),
    ] = "stubs",
    limit: Annotated[
        int,
        typer.Option(
            "--limit", min=0, max=MOST, help="Follow at most so many entries."
        ),
    ] = 500,
    force: Annotated[
        bool, typer.Option("--force", help="Poll feeds that are not due, too.")
    ] = False,
    daemon: Annotated[
        bool,
        typer.Option("--daemon", help="Go on, whenever feeds are due, until ended."),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="With --daemon: a line an event.")
    ] = False,
    json: Json = False,
) -> None:
    """Poll what is due, then follow stubs to their original."""
    from reader.cli.daemon import keep_watch
    from reader.cli.refresh import tell
    from reader.services import poll

    if (daemon and (feeds or force or json)) or (verbose and not daemon):
        raise typer.BadParameter("--daemon polls what is due, and tells by --verbose")

    async def command(services: Services) -> bool:
        if daemon:
            return await keep_watch(services, resolve, limit, verbose)
        named: list[int] = []

        async def one(name: str) -> None:
            named.append(services.store.find_feed(name).id)

        known = await all_of(feeds or (), one)
        if not known and not named:
            return False
        steps = poll.refresh(
            services, tuple(named) or None, force=force, resolve=resolve, limit=limit
        )
        asked = _polled(services, named, force)
        return await tell(steps, json, asked, partial(_next, services)) and known

    run(command)


def _next(services: Services) -> str | None:
    """When a feed is due again, where none is now."""
    from reader.cli.as_health import length

    times = [
        f.next_poll for f in services.store.feeds() if f.next_poll and not f.paused
    ]
    now = services.now()
    if not times or min(times) <= now:
        return None
    return f"nothing is due; next in {length(min(times) - now)}, --force polls now"


def _polled(services: Services, named: Sequence[int], force: bool) -> int:
    """How many feeds are polled from here in any case: the named, or by force all."""
    feeds = [feed for feed in services.store.feeds() if not feed.account]
    if named:
        return sum(feed.id in named for feed in feeds)
    return sum(not feed.paused for feed in feeds) if force else 0


@app.command()
def show(
    entry: EntryId,
    json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown")] = False,
) -> None:
    """Print an entry's attribution and article; what is missing is fetched."""
    from reader.services import reading

    if json and markdown:
        raise typer.BadParameter("give one of --json and --markdown")

    async def command(services: Services) -> bool:
        found = await reading.read(services, entry)
        if json:
            say([as_json.line(as_json.reading(found))])
        else:
            tell = as_text.markdown if markdown else as_text.reading
            wide = columns()
            say(tell(found, zone()), wide and min(wide, MEASURE))
        return True

    run(command)


@app.command()
def diff(entry: EntryId, json: Json = False) -> None:
    """Print what the republisher changed: its copy compared with the original."""
    from reader.cli import changes
    from reader.services import reading
    from reader.services.changes import changes as compared
    from reader.services.changes import missing

    async def command(services: Services) -> bool:
        found = await reading.read(services, entry)
        result = compared(found)
        if result is None:
            raise NotFoundError(f"entry {entry}", missing(found))
        if json:
            say([as_json.line(changes.as_object(found, result))])
        else:
            say(changes.as_lines(found, result))
        return True

    run(command)


@app.command()
def extract(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Saved HTML pages.")
    ],
    url: Annotated[
        str | None, typer.Option("--url", help="The address the page was saved from.")
    ] = None,
    json: Json = False,
) -> None:
    """Print the cleaned article of saved HTML files, one object a file."""
    from reader.cli.extract import extract_files

    _exit(extract_files(files, url, json))


@app.command()
def mark(
    entries: EntryIds,
    read: Annotated[bool, typer.Option("--read")] = False,
    unread: Annotated[bool, typer.Option("--unread")] = False,
    star: Annotated[bool, typer.Option("--star")] = False,
    unstar: Annotated[bool, typer.Option("--unstar")] = False,
    hide: Annotated[
        bool, typer.Option("--hide", help="Out of every list but `hidden`.")
    ] = False,
    unhide: Annotated[bool, typer.Option("--unhide")] = False,
) -> None:
    """Mark entries read or unread, with every copy of their stories; star, hide."""
    from reader.services import marks

    pairs = ((read, unread), (star, unstar), (hide, unhide))
    if any(map(all, pairs)) or not any(map(any, pairs)):
        pairs_told = "--read or --unread, --star or --unstar, --hide or --unhide"
        raise typer.BadParameter(f"give one of {pairs_told}")

    async def command(services: Services) -> bool:
        async def one(entry: int) -> None:
            services.store.entry(entry)
            if read or unread:
                # As in the reader: whoever has read one copy has read the story.
                copies = services.store.copies((entry,))
                await marks.mark(services, copies, read=read)
            if star or unstar:
                await marks.mark(services, (entry,), starred=star)
            if hide or unhide:
                await marks.hide(services, (entry,), hidden=hide)

        return await all_of(entries, one)

    run(command)


@app.command()
def doctor(json: Json = False) -> None:
    """Check settings, database and feeds; say what to do about each fault."""
    from reader.cli.doctor import diagnose

    _exit(diagnose(json))
