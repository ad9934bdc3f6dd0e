"""The commands about feeds: subscribed, shown, changed, carried in and out."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from reader.cli import as_json, as_text, files
from reader.cli.commands import FeedArgs, Json, all_of, app, run
from reader.cli.session import say
from reader.errors import OpmlError
from reader.services import Services


@app.command()
def add(
    urls: Annotated[
        list[str],
        typer.Argument(metavar="URL…", help="A feed, or a page that declares one."),
    ],
    folder: Annotated[
        str | None, typer.Option("--folder", help="The folder to put it in.")
    ] = None,
) -> None:
    """Subscribe to feeds; a page's own feed is discovered."""
    from reader.services import subscribe

    async def command(services: Services) -> bool:
        async def one(url: str) -> None:
            added = await subscribe.add(services, url, folder)
            if len(added.others) > 0:
                say([f"several feeds were found; taken: {added.feed.url}"])
                say(f"  also: {other.url}  {other.title}" for other in added.others)
            known = "already subscribed" if added.existed else "subscribed"
            new = as_text.count(added.new, "new entry", "new entries")
            say([f"{known}: {as_text.feed(added.feed).strip()}  ({new})"])

        return await all_of(urls, one)

    run(command)


@app.command()
def remove(feeds: FeedArgs) -> None:
    """Unsubscribe from feeds."""
    from reader.services import subscribe

    async def command(services: Services) -> bool:
        async def one(name: str) -> None:
            feed = services.store.find_feed(name)
            await subscribe.remove(services, (feed.id,))
            say([f"removed: {feed.title}  {feed.url}"])

        return await all_of(feeds, one)

    run(command)


@app.command("feeds")
def list_feeds(json: Json = False) -> None:
    """List the subscriptions, with unread and all entries."""

    async def command(services: Services) -> bool:
        found = services.store.feeds()
        say(as_json.line(as_json.feed(f)) if json else as_text.feed(f) for f in found)
        return True

    run(command)


@app.command("feed")
def one_feed(
    feed: Annotated[str, typer.Argument(metavar="FEED", help="A feed, by id or URL.")],
    resolve: Annotated[
        Literal["auto", "never", "always"] | None,
        typer.Option(
            "--resolve",
            help="Follow entries with a sign (auto), none (never), or all (always).",
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option("--title", help='Your name for it; "" for its own again.'),
    ] = None,
    folder: Annotated[
        str | None, typer.Option("--folder", help='The folder it is in; "" for none.')
    ] = None,
    undo_move: Annotated[
        bool,
        typer.Option("--undo-move", help="Give it the address before its last move."),
    ] = False,
    json: Json = False,
) -> None:
    """Show a subscription, or change how it is followed, called and filed."""
    from reader.services import moving

    async def command(services: Services) -> bool:
        found = services.store.find_feed(feed)
        if undo_move:
            await moving.undo(services, found)
            found = services.store.feed(found.id)
        if (resolve, title, folder) != (None, None, None):
            found = await services.write(
                services.store.update_feed, found.id, title, folder, resolve
            )
        if json:
            say([as_json.line(as_json.feed(found))])
            return True
        say(as_text.one_feed(found))
        say(as_text.move(move) for move in services.store.moves(found.id))
        return True

    run(command)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML list.")],
) -> None:
    """Subscribe to every feed of an OPML list, folders kept."""
    from reader.services import subscribe

    data = files.read(file)

    async def command(services: Services) -> bool:
        try:
            added = await subscribe.import_opml(services, data)
        except OpmlError as error:
            raise OpmlError(str(file), error.reason) from error
        say([f"{as_text.count(len(added), 'feed')} added; `firsthand refresh` polls"])
        return True

    run(command)


@app.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to write it.")
    ] = None,
) -> None:
    """Write the subscriptions as OPML 2.0, to a file or to stdout."""
    from reader.services import subscribe

    async def command(services: Services) -> bool:
        text = subscribe.export_opml(services)
        if file is None:
            say([text])
        else:
            files.write(file, text)
        return True

    run(command)
