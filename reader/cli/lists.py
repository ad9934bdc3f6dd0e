"""The commands that list entries, in order or by rank, and what can be listed."""

import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from reader.cli import as_json, as_text, complete
from reader.cli.commands import MOST, Json, app, run
from reader.cli.fitting import columns
from reader.cli.negated import Asking
from reader.cli.session import complain, say, zone
from reader.errors import QueryError
from reader.model import EntryRow
from reader.query import Query
from reader.services import Services

FIRST = 50
"""Entries that are listed unless more are asked for."""

All = Annotated[bool, typer.Option("--all", help="All of them, not only the first 50.")]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit", min=0, max=MOST, help="At most so many.", show_default="50"
    ),
]
NoStories = Annotated[
    bool, typer.Option("--no-stories", help="Every copy of a story, in text, too.")
]


@app.command("list", cls=Asking)
def list_entries(
    typed: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY…]", help="Only what fits: unread feed:relay"),
    ] = None,
    json: Json = False,
    all_: All = False,
    unread: Annotated[bool, typer.Option("--unread", help="Only unread ones.")] = False,
    starred: Annotated[
        bool, typer.Option("--starred", help="Only starred ones.")
    ] = False,
    stubs: Annotated[
        bool, typer.Option("--stubs", help="Only stubs, resolved or not.")
    ] = False,
    feed: Annotated[
        str | None,
        typer.Option(
            "--feed",
            metavar="F",
            help="A feed, by id or URL.",
            autocompletion=complete.feeds,
        ),
    ] = None,
    view: Annotated[
        str | None,
        typer.Option(
            "--view",
            metavar="V",
            help="A view, by its name.",
            autocompletion=complete.views,
        ),
    ] = None,
    no_stories: NoStories = False,
    limit: Limit = None,
) -> None:
    """List entries, newest first: one line a story, or with --json every entry."""
    from reader import query
    from reader.services import views

    async def command(services: Services) -> bool:
        wanted = query.all_of(
            *([query.UNREAD] if unread else []),
            *([query.STARRED] if starred else []),
            *([query.STUBS] if stubs else []),
            *([query.of_feed(services.store.find_feed(feed).id)] if feed else []),
            *([views.named(services, view)] if view else []),
            _asked(services, typed or ()),
        )
        await _caught_up(services, wanted)
        stories = not (json or no_stories)
        most = _most(limit, all_)
        ids = services.store.ids(wanted, stories=stories, limit=most)
        _print(services, ids, json)
        _tell_the_rest(services, wanted, stories, len(ids), most)
        return True

    run(command)


@app.command(cls=Asking)
def search(
    typed: Annotated[list[str], typer.Argument(metavar="QUERY")],
    json: Json = False,
    all_: All = False,
    no_stories: NoStories = False,
    limit: Limit = None,
) -> None:
    """Search titles, articles and publishers; the words of the reader's `/` work."""

    async def command(services: Services) -> bool:
        wanted = _asked(services, typed)
        await _caught_up(services, wanted)
        stories = not (json or no_stories)
        most = _most(limit, all_)
        ids = services.store.search(
            wanted, MOST if most is None else most, stories=stories
        )
        _print(services, ids, json)
        _tell_the_rest(services, wanted, stories, len(ids), most)
        return True

    run(command)


@app.command()
def views(
    json: Json = False,
    forget: Annotated[
        str | None,
        typer.Option("--forget", metavar="NAME", help="Keep this view no longer."),
    ] = None,
) -> None:
    """List the views: those that everybody has, and your own.

    Yours are those under [views] in config.toml, and those kept in the reader.
    """
    from reader.cli import as_lists
    from reader.services import poll
    from reader.services import views as known

    async def command(services: Services) -> bool:
        if forget is not None:
            await known.forget(services, forget)
            return True
        await poll.index(services)
        found = known.counted(services)
        say(
            as_json.line(as_lists.view(one)) if json else as_lists.view_line(one)
            for one in found
        )
        return not any(one.trouble for one in found)

    run(command)


@app.command()
def publishers(json: Json = False) -> None:
    """List everybody who published first, over all feeds, most entries first."""
    from reader.cli import as_lists
    from reader.services import views as known

    async def command(services: Services) -> bool:
        say(
            as_json.line(as_lists.publisher(one))
            if json
            else as_lists.publisher_line(one)
            for one in known.publishers(services)
        )
        return True

    run(command)


def _asked(services: Services, typed: Sequence[str]) -> Query:
    """The query of a command line, which nobody is still typing: 2 where it is none."""
    from reader import query

    text = " ".join(typed)
    try:
        found = query.parse(text, services.now(), services.zone)
        if column := query.left_open(text):
            raise QueryError("", "this bracket is never closed.", column)
    except QueryError as error:
        complain(f"column {error.column or 1}: {error.reason}")
        raise typer.Exit(2) from error
    return found


async def _caught_up(services: Services, wanted: Query) -> None:
    """Let words be found that a poll which was ended left for later."""
    from reader.services import poll

    if wanted.has_words:
        await poll.index(services)


def _most(limit: int | None, all_: bool) -> int | None:
    if limit is not None:
        return limit
    return None if all_ else FIRST


def _print(services: Services, ids: Sequence[int], json: bool) -> None:
    rows: Iterable[EntryRow] = services.store.rows(ids)
    if json:
        say(as_json.line(as_json.entry(row)) for row in rows)
        return
    here, width = zone(), columns()
    say(as_text.entry(row, here, width) for row in rows)


def _tell_the_rest(
    services: Services, wanted: Query, stories: bool, shown: int, most: int | None
) -> None:
    """Say on a terminal that there is more than was listed; a pipe is left alone."""
    if not shown and sys.stderr.isatty():
        print("nothing found", file=sys.stderr)
    if shown != most or wanted.has_pattern or not sys.stderr.isatty():
        return
    total = len(services.store.ids(wanted, stories=stories))
    if total > shown:
        print(f"{shown:,} of {total:,}, --all for the rest", file=sys.stderr)
