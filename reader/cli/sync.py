"""`firsthand sync`: accounts at servers that hold subscriptions and marks."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reader.cli import as_json, as_text, files
from reader.cli.asking import secret
from reader.cli.commands import Json, all_of, app, run
from reader.cli.session import complain, say, zone
from reader.errors import NotFoundError, OpmlError, ReaderError
from reader.services import Services
from reader.store import Account

if TYPE_CHECKING:
    from reader.services.sync import Synced

sync_app = typer.Typer(
    help="Read with a server: FreshRSS, Miniflux, and others of their kind.",
    no_args_is_help=True,
)
app.add_typer(sync_app, name="sync")

Name = Annotated[
    str | None,
    typer.Option("--account", metavar="NAME", help="Which account; see sync status."),
]


@sync_app.command()
def login(
    url: Annotated[str, typer.Argument(metavar="URL", help="The server's address.")],
    user: Annotated[str, typer.Option("--user", help="Who you are there.")],
    password_stdin: Annotated[
        bool,
        typer.Option("--password-stdin", help="Read the password from stdin."),
    ] = False,
    name: Annotated[
        str | None, typer.Option("--name", help="Your name for the account.")
    ] = None,
    app_id: Annotated[
        str | None,
        typer.Option(
            "--app-id",
            help="The application's id, where the server wants one; its key follows "
            "the password.",
        ),
    ] = None,
) -> None:
    """Add an account, or give one a new password; nothing is fetched yet."""
    from reader.services import accounts

    password = secret("Password", password_stdin)
    key = secret("Application key", password_stdin) if app_id else None

    async def command(services: Services) -> bool:
        made = await accounts.login(
            services, url, user, password, name=name, app_id=app_id, app_key=key
        )
        if made.plain:
            complain("the password goes over the network unencrypted; use https")
        if made.where == "file":
            place = services.paths.secrets_file
            complain(f"no keyring here: the password is kept in {place} (mode 600)")
        say(
            [
                f"logged in: {made.account.name}  {made.account.url}",
                "`firsthand sync now` fetches what is there",
            ]
        )
        return True

    run(command)


@sync_app.command()
def status(json: Json = False) -> None:
    """List the accounts, and how it stands with each."""

    async def command(services: Services) -> bool:
        found = services.store.accounts.all()
        say(as_json.line(as_json.account(a)) if json else _line(a) for a in found)
        return True

    run(command)


def _line(account: Account) -> str:
    last = as_text.when(account.last_sync, zone())
    parts = [
        f"{account.name}  {account.user} at {account.url}",
        as_text.count(account.feeds, "feed"),
        f"last synced {last}" if last else "never synced",
        *([f"{account.waiting} to be told"] if account.waiting else []),
    ]
    error = f"  ! {account.error}" if account.error else ""
    return " · ".join(parts) + error


@sync_app.command()
def now(
    account: Name = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Compare everything, not only what is new.")
    ] = False,
    json: Json = False,
) -> None:
    """Tell the servers what happened here, and hear what happened there."""
    from reader.services.sync import sync

    async def command(services: Services) -> bool:
        async def one(wanted: Account) -> None:
            done = await sync(services, wanted, whole=whole)
            for note in done.notes:
                complain(f"{wanted.name}: {note}")
            if json:
                say([as_json.line(as_json.synced(done))])
            if done.error:
                raise ReaderError(wanted.name, done.error.reason)
            if done.status == "busy":
                raise ReaderError(wanted.name, "another Firsthand syncs it just now")
            if not json:
                say([f"{wanted.name}: {_sentence(done)}"])

        return await all_of(_chosen(services, account), one)

    run(command)


def _sentence(done: "Synced") -> str:
    """A sync that went well, in one line."""
    moved = [(done.came, "came"), (done.went, "went")]
    moves = ", ".join(f"{as_text.count(n, 'feed')} {how}" for n, how in moved if n)
    parts = (
        as_text.count(done.new, "new entry", "new entries"),
        f"{done.sent} told, {done.marked} changed here",
        f"{as_text.count(done.changed, 'text')} corrected" if done.changed else "",
        moves,
    )
    return " · ".join(filter(None, parts))


@sync_app.command()
def logout(
    account: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which account.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep its feeds, as feeds polled from here.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also when the server is still to be told.")
    ] = False,
) -> None:
    """Forget an account and its password; its feeds go from here, too."""
    from reader.services import accounts

    async def command(services: Services) -> bool:
        found = _one(services, account)
        if found.waiting and not force:
            reason = f"its server is still to be told {found.waiting} things"
            advice = "`firsthand sync now` tells it, --force drops them"
            raise ReaderError(found.name, f"{reason}; {advice}")
        kept = await accounts.logout(services, found, keep=keep)
        kept_words = f"; {as_text.count(kept, 'feed')} kept" if keep else ""
        say([f"logged out: {found.name}{kept_words}"])
        return True

    run(command)


@sync_app.command("add")
def add_feeds(
    urls: Annotated[
        list[str], typer.Argument(metavar="URL…", help="Feeds, or pages with one.")
    ],
    folder: Annotated[
        str | None, typer.Option("--folder", help="The folder to put them in.")
    ] = None,
    account: Name = None,
) -> None:
    """Subscribe at a server; offline, as soon as it is reached."""
    from reader.services import carrying

    async def command(services: Services) -> bool:
        found = _one(services, account)
        await carrying.subscribe(services, found, urls, folder)
        return await _sent(services, found)

    run(command)


@sync_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML list.")],
    account: Name = None,
) -> None:
    """Subscribe at a server to every feed of an OPML list, folders kept."""
    from reader.services import carrying

    data = files.read(file)

    async def command(services: Services) -> bool:
        found = _one(services, account)
        try:
            await carrying.import_opml(services, found, data)
        except OpmlError as error:
            raise OpmlError(str(file), error.reason) from error
        return await _sent(services, found)

    run(command)


@sync_app.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to write it.")
    ] = None,
    account: Name = None,
) -> None:
    """Write an account's subscriptions as OPML 2.0, to a file or to stdout."""
    from reader.services import carrying

    async def command(services: Services) -> bool:
        files.put(file, carrying.export_opml(services, _one(services, account)))
        return True

    run(command)


@sync_app.command()
def upload(account: Name = None) -> None:
    """Take the feeds polled from here into an account, read and starred with them."""
    from reader.services import carrying

    async def command(services: Services) -> bool:
        found = _one(services, account)
        count = await carrying.upload(services, found)
        say([f"{as_text.count(count, 'feed')} to be taken into {found.name}"])
        sent = await _sent(services, found)
        marked = await carrying.carry_to(services, found)
        say([f"{as_text.count(marked, 'mark')} carried over"])
        return await _sent(services, found) and sent

    run(command)


@sync_app.command()
def download(account: Name = None) -> None:
    """Make an account's feeds feeds polled from here, read and starred with them."""
    from reader.services import carrying

    async def command(services: Services) -> bool:
        found = _one(services, account)
        done = await carrying.download(services, found)
        feeds = as_text.count(done.feeds, "feed")
        say([f"{feeds} added, {as_text.count(done.marks, 'mark')} carried over"])
        return True

    run(command)


async def _sent(services: Services, account: Account) -> bool:
    """Sync at once; where that fails it is told, and what is to be done is kept."""
    from reader.services.sync import sync

    done = await sync(services, account)
    for note in done.notes:
        complain(f"{account.name}: {note}")
    if done.error:
        complain(f"{account.name}: {done.error.reason}; kept, and told next time")
    return not done.error and not done.notes


def _chosen(services: Services, name: str | None) -> tuple[Account, ...]:
    """The account of a name, or all; NotFoundError where there is none."""
    if name is not None:
        return (services.store.accounts.find(name),)
    found = services.store.accounts.all()
    if not found:
        raise NotFoundError("", "no account yet; firsthand sync login adds one")
    return found


def _one(services: Services, name: str | None) -> Account:
    """The account of a name, or the only one there is."""
    found = _chosen(services, name)
    if len(found) > 1:
        names = ", ".join(account.name for account in found)
        raise NotFoundError("", f"there are several accounts; name one: {names}")
    return found[0]
