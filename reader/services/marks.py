"""Read, starred, hidden and tags, with undo: written at once, and journalled."""

from collections.abc import Sequence

from reader.errors import TagError
from reader.services.core import Services
from reader.store import Action
from reader.store.tags import named


async def mark(
    services: Services,
    entry_ids: Sequence[int],
    *,
    read: bool | None = None,
    starred: bool | None = None,
) -> Action:
    """Set what is not None on these entries; says how many changed."""
    return await services.write(
        services.store.mark,
        tuple(entry_ids),
        read=read,
        starred=starred,
        by="reader",
        now=services.now(),
    )


async def hide(
    services: Services, entry_ids: Sequence[int], *, hidden: bool = True
) -> Action:
    """Take entries out of every list that does not ask for hidden ones, or back."""
    return await services.write(
        services.store.labels.hide,
        tuple(entry_ids),
        hidden=hidden,
        by="reader",
        now=services.now(),
    )


async def tag(
    services: Services,
    entry_ids: Sequence[int],
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
) -> Action:
    """Give entries tags and take tags from them; says how many changed.

    Raises TagError where a name holds no letter or digit, before anything is done.
    """
    return await services.write(
        services.store.labels.tag,
        tuple(entry_ids),
        add=tuple(map(_name, add)),
        remove=tuple(map(_name, remove)),
        by="reader",
        now=services.now(),
    )


def _name(name: str) -> str:
    """A tag as it is kept."""
    found = named(name)
    if not any(map(str.isalnum, found)):
        raise TagError(name, "is no name for a tag; take letters or digits")
    return found


async def undo(services: Services) -> Action | None:
    """Take the last action back where nothing else has changed it since."""
    return await services.write(services.store.undo, services.now())


async def redo(services: Services) -> Action | None:
    """Do again what was last taken back."""
    return await services.write(services.store.redo, services.now())
