"""The commands about whoever published first: the trail, the browser, their feed."""

import os
from typing import Annotated

import typer

from reader.cli import as_json, as_text
from reader.cli.commands import EntryId, Json, app, run
from reader.cli.exact import Exact
from reader.cli.session import say, zone
from reader.errors import NotFoundError
from reader.model import Reading
from reader.services import Services


@app.command()
def resolve(
    url: Annotated[str | None, typer.Argument(metavar="[URL]")] = None,
    stored: Annotated[
        bool,
        typer.Option("--stored", help="Apply changed rules to what is stored instead."),
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="With --stored: follow at most N.")
    ] = 500,
    json: Json = False,
) -> None:
    """Print the trail from any URL to its original, or look anew at what is stored."""
    if (url is None) is not stored:
        raise typer.BadParameter("give a URL, or --stored without one")

    async def command(services: Services) -> bool:
        if url is None:
            from reader.cli.anew import tell

            await tell(services, limit, json)
        else:
            await _resolve(services, url, json)
        return True

    run(command)


async def _resolve(services: Services, url: str, json: bool) -> None:
    from reader.cli.explain import explained
    from reader.services import reading, subscribe

    address = subscribe.as_url(url)
    found = await reading.resolve_url(services, address)
    if json:
        say([as_json.line(as_json.attribution(found))])
    else:
        say(explained(found, address, zone()))


@app.command()
def source(
    entry: EntryId,
    add: Annotated[bool, typer.Option("--add", help="Subscribe to it.")] = False,
    folder: Annotated[
        str | None, typer.Option("--folder", help="With --add: where to put it.")
    ] = None,
    json: Json = False,
) -> None:
    """Find the own feed of an entry's first publisher; --add subscribes to it."""
    from reader.cli import as_source
    from reader.services import subscribe
    from reader.services.source import source as find

    async def command(services: Services) -> bool:
        found = await find(services, entry)
        added = None
        if add and found.subscribed is None:
            added = await subscribe.add(services, found.url, folder)
        if json:
            say([as_json.line(as_source.as_object(found, added))])
        else:
            say(as_source.as_lines(found, added, entry))
        return True

    run(command)


@app.command("open")
def open_entry(
    entry: EntryId,
    print_: Annotated[
        bool, typer.Option("--print", help="Only print the address.")
    ] = False,
    enclosure: Annotated[
        int | None,
        typer.Option("--enclosure", min=1, help="The Nth file that comes with it."),
    ] = None,
) -> None:
    """Open an entry's original in the browser, never a guess; or a file with it."""
    from reader.services import browser, reading

    async def command(services: Services) -> bool:
        found = reading.stored(services, entry)
        if enclosure is not None:
            _open_enclosure(services, found, enclosure, print_)
            return True
        if found.attribution.status == "unchecked":
            # Somebody asks for this very original, however its feed is followed.
            found = await reading.read(services, entry, again=True)
        url = found.attribution.url
        if url is None:
            reason = "its original could not be established; nothing was opened"
            raise NotFoundError(f"entry {entry}", reason)
        if print_:
            say([Exact(url)])
        else:
            chosen = services.settings.reading.browser
            browser.open_link(url, chosen, os.environ).check()
        return True

    run(command)


def _open_enclosure(
    services: Services, found: Reading, number: int, print_: bool
) -> None:
    from reader.services import browser

    files = found.row.enclosures
    if number > len(files):
        has = as_text.count(len(files), "file") if files else "no file"
        raise NotFoundError(f"entry {found.row.id}", f"{has} came with it")
    url = files[number - 1].url
    if print_:
        say([Exact(url)])
        return
    chosen = services.settings.reading
    command = chosen.enclosure_command
    browser.open_enclosure(url, command, chosen.browser, os.environ).check()
