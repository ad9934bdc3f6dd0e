"""`firsthand feed`: one subscription, shown and changed as its reader wishes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Literal

import typer

from reader.cli import as_json, as_text, complete
from reader.cli.commands import Json, app, run
from reader.cli.session import say
from reader.errors import FeedError
from reader.model import Feed
from reader.services import Services

LEAST, MOST = timedelta(minutes=5), timedelta(days=30)
"""How often a feed may be asked at most, and at least."""

FeedArg = Annotated[
    str,
    typer.Argument(
        metavar="FEED", help="A feed, by id or URL.", autocompletion=complete.feeds
    ),
]
Resolving = Annotated[
    Literal["auto", "never", "always"] | None,
    typer.Option(
        "--resolve",
        help="Follow entries with a sign (auto), none (never), or all (always).",
    ),
]
Title = Annotated[
    str | None, typer.Option("--title", help='Your name for it; "" for its own again.')
]
Folder = Annotated[
    str | None, typer.Option("--folder", help='The folder it is in; "" for none.')
]
Tags = Annotated[
    str | None, typer.Option("--tags", help='Its tags, with commas; "" for none.')
]
Every = Annotated[
    str | None, typer.Option("--every", help="How often it is asked: 30m, 2h; auto.")
]
Pause = Annotated[
    bool | None,
    typer.Option("--pause/--resume", help="Ask it only if named; or again."),
]
Look = Annotated[
    bool, typer.Option("--look", help="Ask it now, and its site for a replacement.")
]
Move = Annotated[
    str | None, typer.Option("--move", metavar="URL", help="Give it another address.")
]
UndoMove = Annotated[
    bool, typer.Option("--undo-move", help="Give it the address before its last move.")
]


@app.command("feed")
def one_feed(
    feed: FeedArg,
    resolve: Resolving = None,
    title: Title = None,
    folder: Folder = None,
    tags: Tags = None,
    every: Every = None,
    pause: Pause = None,
    look: Look = False,
    move: Move = None,
    undo_move: UndoMove = False,
    json: Json = False,
) -> None:
    """Show a subscription, or change how it is followed, called and filed."""
    pace = None if every is None else (_span(every),)

    async def command(services: Services) -> bool:
        found = services.store.find_feed(feed)
        if undo_move or move:
            found = await _moved(services, found, move)
        if tags is not None:
            names = tags.split(",")
            found = await services.write(services.store.wishes.tag, found.id, names)
        found = await _paced(services, found, pace, pause)
        if (resolve, title, folder) != (None, None, None):
            found = await services.write(
                services.store.update_feed, found.id, title, folder, resolve
            )
        await _tell(services, found, look, json)
        return True

    run(command)


async def _tell(services: Services, feed: Feed, look: bool, json: bool) -> None:
    from reader.cli import as_health
    from reader.services import replacement

    if json:
        say([as_json.line(as_json.feed(feed))])
        return
    say(as_text.one_feed(feed))
    say(as_text.move(one) for one in services.store.moves(feed.id))
    if look:
        say(as_health.looked(await replacement.look(services, feed)))


async def _moved(services: Services, feed: Feed, target: str | None) -> Feed:
    """A feed with another address, or with the one it had before its last move.

    Raises ReaderError where no feed is at that address, or another feed has it.
    """
    from reader.services import moving, replacement, subscribe
    from reader.services.guard import guarded

    if target is None:
        await moving.undo(services, feed)
        return services.store.feed(feed.id)
    url = subscribe.as_url(target)
    twin = {one.url: one for one in services.store.feeds()}.get(url)
    if twin and twin.id != feed.id:
        raise FeedError(url, f"is subscribed to already, as feed {twin.id}")
    there = await guarded(services, url, subscribe.discover(services, url, guess=False))
    if there.offered:
        raise FeedError(url, f"is a page, not a feed; its feed is {there.url}")
    return await replacement.move(services, feed, url)


async def _paced(
    services: Services,
    feed: Feed,
    pace: Sequence[timedelta | None] | None,
    pause: bool | None,
) -> Feed:
    """A feed asked as often as is wished; each None: as it was."""
    wishes = services.store.wishes
    if pace is not None:
        feed = await services.write(wishes.every, feed.id, pace[0])
    if pause is True:
        feed = await services.write(wishes.pause, feed.id, services.now())
    if pause is False:
        feed = await services.write(wishes.resume, feed.id)
    return feed


def _span(text: str) -> timedelta | None:
    from reader.query.times import span

    if text.strip().lower() in ("", "auto"):
        return None
    found = span(text)
    if found is None or not LEAST <= found <= MOST:
        raise typer.BadParameter("give a time from 5m to 30d, such as 2h, or auto")
    return found
