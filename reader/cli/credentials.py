"""`firsthand credentials`: user, password, agent and headers for one feed."""

from typing import Annotated

import typer

from reader.cli import as_json
from reader.cli.asking import secret
from reader.cli.commands import Json, app, run
from reader.cli.feed import FeedArg
from reader.cli.session import complain, say
from reader.services import Services

User = Annotated[str | None, typer.Option("--user", help="Who you are there.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from stdin.")
]
Agent = Annotated[
    str | None, typer.Option("--user-agent", help="What to call ourselves there.")
]
Header = Annotated[
    list[str] | None,
    typer.Option("--header", metavar="'NAME: VALUE'", help="One more; repeatable."),
]
Clear = Annotated[bool, typer.Option("--clear", help="Forget all of it.")]


@app.command()
def credentials(
    feed: FeedArg,
    user: User = None,
    password_stdin: FromStdin = False,
    user_agent: Agent = None,
    headers: Header = None,
    clear: Clear = False,
    json: Json = False,
) -> None:
    """Tell a feed's host who you are; without options say what is kept, no secret."""
    from reader.services import credentials as kept

    if clear and (user or user_agent or headers):
        raise typer.BadParameter("give --clear alone, or what is to be kept")
    pairs = tuple(map(kept.header, headers or ()))
    password = secret("Password", password_stdin) if user else ""
    wanted = kept.Credentials(user or "", password, user_agent or "", pairs)

    async def command(services: Services) -> bool:
        found = services.store.find_feed(feed)
        if clear:
            await kept.forget(services, (found.id,))
        elif wanted.sent():
            where = await kept.keep(services, found, wanted)
            if where == "file":
                place = services.paths.secrets_file
                complain(f"no keyring here: it is kept in {place} (mode 600)")
            if wanted.user and found.url.startswith("http:"):
                complain("the password goes over the network unencrypted; use https")
        now = await kept.known(services, found) or kept.Credentials()
        names = [name for name, _ in now.headers]
        if json:
            told = {"feed": found.id, "user": now.user or None, "headers": names}
            say([as_json.line({**told, "user_agent": now.agent or None})])
            return True
        parts = (
            f"user {now.user}, with a password" if now.user else "",
            f"agent {now.agent}" if now.agent else "",
            f"headers {', '.join(names)}" if names else "",
        )
        said = "; ".join(filter(None, parts)) or "nothing is kept for it"
        say([f"{found.title}: {said}"])
        return True

    run(command)
