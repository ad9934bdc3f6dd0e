"""Read and starred, with undo: every mark is written at once, and journalled."""

from collections.abc import Sequence

from reader.services.core import Services
from reader.store import Action


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


async def undo(services: Services) -> Action | None:
    """Take the last action back where nothing else has changed it since."""
    return await services.write(services.store.undo, services.now())


async def redo(services: Services) -> Action | None:
    """Do again what was last taken back."""
    return await services.write(services.store.redo, services.now())
