"""What one screen shows: what is stored, and what is missing fetched."""

from collections.abc import Iterable

from reader import extract
from reader.model import Attribution, Entry, Reading
from reader.resolve.links import links
from reader.services.attribute import attribute, find
from reader.services.core import Services
from reader.store import StoredReading


def stored(services: Services, entry_id: int) -> Reading:
    """What is here for an entry, without the network. Raises NotFoundError."""
    return _reading(services, services.store.stored(entry_id))


async def read(services: Services, entry_id: int, again: bool = False) -> Reading:
    """The reading of an entry; what is missing (`again`: all) is fetched first.

    Of a feed that is never followed nothing is fetched unless `again`.
    """
    kept = services.store.stored(entry_id)
    if again or (kept.follow != "never" and _missing(services, kept)):
        await attribute(services, entry_id, urgent=True)
        kept = services.store.stored(entry_id)
    return _reading(services, kept)


async def ahead(services: Services, entry_ids: Iterable[int]) -> None:
    """Fetch what is missing of entries that will be read soon, one after the other.

    Nobody waits for them: hosts are spared, and trouble is kept with the entry.
    """
    for entry_id in entry_ids:
        kept = services.store.stored(entry_id)
        if kept.follow != "never" and _missing(services, kept):
            await attribute(services, entry_id)


async def resolve_url(services: Services, url: str) -> Attribution:
    """The trail from any URL to its original; nothing is stored."""
    found = await find(services, Entry(url), None, urgent=True)
    return found.attribution


def _missing(services: Services, kept: StoredReading) -> bool:
    """Whether nothing was fetched yet, or what failed may be tried again."""
    if not kept.fetched:
        return True
    return kept.retry_at is not None and kept.retry_at <= services.now()


def _reading(services: Services, kept: StoredReading) -> Reading:
    return Reading(
        row=kept.row,
        entry=kept.entry,
        article=kept.article,
        feed_text=extract.feed_text(kept.entry, services.rules),
        copy=kept.copy,
        problem=kept.problem,
        fetched=kept.fetched,
        links=links(kept.entry, kept.row.attribution, services.rules),
    )
