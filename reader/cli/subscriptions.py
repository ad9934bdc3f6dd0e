"""The commands about feeds: subscribed, listed, removed, carried in and out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reader.cli import as_json, as_text, files
from reader.cli.commands import FeedArgs, Json, all_of, app, run
from reader.cli.fitting import columns
from reader.cli.session import complain, say
from reader.errors import NotFoundError, OpmlError
from reader.services import Services

if TYPE_CHECKING:
    from reader.feeds import Subscription


@app.command()
def add(
    urls: Annotated[
        list[str],
        typer.Argument(metavar="URL…", help="A feed, or a page that declares one."),
    ],
    folder: Annotated[
        str | None, typer.Option("--folder", help="The folder to put it in.")
    ] = None,
    pick: Annotated[
        int | None,
        typer.Option("--pick", min=1, help="Of several feeds of a page, the Nth."),
    ] = None,
) -> None:
    """Subscribe to feeds; a page's own feed is discovered."""
    from reader.services import subscribe

    async def command(services: Services) -> bool:
        async def one(url: str) -> None:
            added = await subscribe.add(services, url, folder, pick)
            if len(added.others) > 0:
                say([f"several feeds were found; taken: {added.feed.url}"])
                say(
                    f"  also: {other.url}  {other.title}  (--pick {number})"
                    for number, other in enumerate(added.offered, 1)
                    if other in added.others
                )
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
            say(
                [f"removed: {feed.title}  {feed.url}  (`firsthand undo` within 7 days)"]
            )

        return await all_of(feeds, one)

    run(command)


@app.command("feeds")
def list_feeds(
    json: Json = False,
    health: Annotated[
        bool, typer.Option("--health", help="How each fares, failing ones first.")
    ] = False,
) -> None:
    """List the subscriptions, with unread and all entries."""

    async def command(services: Services) -> bool:
        if health:
            _tell_health(services, json)
            return True
        found = services.store.feeds()
        if json:
            say(as_json.line(as_json.feed(one)) for one in found)
        else:
            say(map(as_text.feed, found), columns(), as_text.HANG)
        return True

    run(command)


def _tell_health(services: Services, json: bool) -> None:
    from reader.cli import as_health
    from reader.services.health import health

    now, found = services.now(), health(services)
    if json:
        say(as_json.line(as_health.as_object(one)) for one in found)
    else:
        width = columns()
        lines = (as_health.line(one, now, width) for one in found)
        say(lines, width, as_health.HANG)


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An OPML list, or newsboat’s urls.")
    ],
) -> None:
    """Subscribe to every feed of a list: OPML, or newsboat's urls file."""
    from reader.services import lists

    data = files.read(file)

    async def command(services: Services) -> bool:
        try:
            imported = await lists.import_list(services, data)
        except OpmlError as error:
            raise OpmlError(str(file), error.reason) from error
        for told in imported.passed:
            complain(f"{file}: {told}")
        added = as_text.count(len(imported.added), "feed")
        here = f", {imported.known} here already" if imported.known else ""
        say([f"{added} added{here}; `firsthand refresh` polls"])
        if imported.views:
            names = ", ".join(name for name, _ in imported.views)
            say([f"{as_text.count(len(imported.views), 'view')} kept: {names}"])
        return True

    run(command)


@app.command()
def starters(
    json: Json = False,
    add_all: Annotated[
        str | None, typer.Option("--add", metavar="TOPIC", help="Subscribe to a topic.")
    ] = None,
) -> None:
    """List well-known feeds to begin with, by topic; --add TOPIC or all subscribes."""
    from reader.services import lists

    async def command(services: Services) -> bool:
        known = lists.starters()
        if add_all is None:
            say(_starter(one, json) for one in known)
            return True
        chosen = [one for one in known if add_all.lower() in ("all", _topic(one))]
        if not chosen:
            topics = ", ".join(dict.fromkeys(one.folder or "" for one in known))
            raise NotFoundError(add_all, f"no such topic; there are {topics}")
        added = await lists.start(services, chosen)
        say([f"{as_text.count(len(added), 'feed')} added; `firsthand refresh` polls"])
        return True

    run(command)


def _topic(one: "Subscription") -> str:
    return (one.folder or "").lower()


def _starter(one: "Subscription", json: bool) -> str:
    if json:
        named = {"topic": one.folder, "title": one.title, "url": one.url}
        return as_json.line({**named, "site_url": one.site_url})
    return f"{one.folder}: {one.title}  {one.url}"


@app.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to write it.")
    ] = None,
) -> None:
    """Write the subscriptions as OPML 2.0, to a file or to stdout."""
    from reader.services import lists

    async def command(services: Services) -> bool:
        files.put(file, lists.export_opml(services))
        return True

    run(command)
