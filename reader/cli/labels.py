"""The commands about tags, and those that take back what was done."""

from typing import TYPE_CHECKING, Annotated

import typer

from reader.cli import as_json, as_text
from reader.cli.commands import Json, all_of, app, run
from reader.cli.negated import Asking
from reader.cli.session import say
from reader.errors import NotFoundError
from reader.services import Services

if TYPE_CHECKING:
    from reader.store import Action


@app.command(cls=Asking, context_settings={"ignore_unknown_options": True})
def tag(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID… +NAME… -NAME…", help="Entries, tags to give, tags to take."
        ),
    ],
) -> None:
    """Give entries tags and take tags from them: tag 17 18 +energy -later."""
    from reader.services import marks

    ids = [int(word) for word in words if word.isascii() and word.isdigit()]
    add = [word[1:] for word in words if word.startswith("+")]
    remove = [word[1:] for word in words if word.startswith(("-", "~"))]
    for name in (*add, *remove):
        if not any(map(str.isalnum, name)) or "," in name:
            reason = f"“{name}” is no name for a tag; give each as +name or -name"
            raise typer.BadParameter(reason)
    if not ids or not (add or remove) or len(ids + add + remove) != len(words):
        raise typer.BadParameter("give ids, and tags as +name or -name")

    async def command(services: Services) -> bool:
        async def one(entry: int) -> None:
            services.store.entry(entry)
            known.append(entry)

        known: list[int] = []
        done = await all_of(ids, one)
        if known:
            await marks.tag(services, known, add=add, remove=remove)
        return done

    run(command)


@app.command()
def tags(json: Json = False) -> None:
    """List the tags in use, with unread and all entries."""
    from reader.cli import as_lists
    from reader.services import views

    async def command(services: Services) -> bool:
        say(
            as_json.line(as_lists.tag(one)) if json else as_lists.tag_line(one)
            for one in views.tags(services)
        )
        return True

    run(command)


@app.command()
def undo() -> None:
    """Take back the last mark, tag, filter or removal of feeds."""

    async def command(services: Services) -> bool:
        from reader.services import marks

        before = _feeds(services)
        done = await marks.undo(services)
        _tell("taken back", done, _feeds(services), before)
        return True

    run(command)


@app.command()
def redo() -> None:
    """Do again what was last taken back."""

    async def command(services: Services) -> bool:
        from reader.services import marks

        before = _feeds(services)
        done = await marks.redo(services)
        _tell("done again", done, before, _feeds(services))
        return True

    run(command)


def _feeds(services: Services) -> dict[int, str]:
    return {feed.id: feed.title for feed in services.store.feeds()}


def _tell(
    how: str, action: "Action | None", more: dict[int, str], fewer: dict[int, str]
) -> None:
    """Say what was taken back or done again; the feeds by their names."""
    if action is None:
        raise NotFoundError("", f"there is nothing to be {how}")
    one, many = ("feed", "feeds") if action.what == "removed" else ("entry", "entries")
    names = [title for feed_id, title in more.items() if feed_id not in fewer]
    which = f": {', '.join(names)}" if names else ""
    say([f"{how}: {action.what} ({as_text.count(action.count, one, many)}){which}"])
