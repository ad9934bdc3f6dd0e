"""What one screen shows: what is stored, and what is missing fetched."""

from datetime import timedelta

from reader import extract
from reader.model import Attribution, Entry, Reading
from reader.services.attribute import attribute, find
from reader.services.core import Services
from reader.store import StoredReading

RETRY = timedelta(minutes=10)
"""How long an original that could not be reached is left alone, unless asked for."""


def stored(services: Services, entry_id: int) -> Reading:
    """What is here for an entry, without the network. Raises NotFoundError."""
    return _reading(services, services.store.stored(entry_id))


async def read(services: Services, entry_id: int, again: bool = False) -> Reading:
    """The reading of an entry; what is missing (`again`: all) is fetched first."""
    kept = services.store.stored(entry_id)
    if again or not kept.fetched or _worth_another_try(services, kept):
        await attribute(services, entry_id, urgent=True)
        kept = services.store.stored(entry_id)
    return _reading(services, kept)


async def resolve_url(services: Services, url: str) -> Attribution:
    """The trail from any URL to its original; nothing is stored."""
    found = await find(services, Entry(url), None, urgent=True)
    return found.attribution


def _worth_another_try(services: Services, kept: StoredReading) -> bool:
    """Whether an original out of reach was last tried long enough ago."""
    verdict = kept.row.attribution
    if kept.article is not None or verdict.checked_at is None:
        return False
    silent = verdict.http_status is None or verdict.http_status >= 500
    return silent and services.now() - verdict.checked_at > RETRY


def _reading(services: Services, kept: StoredReading) -> Reading:
    return Reading(
        row=kept.row,
        entry=kept.entry,
        article=kept.article,
        feed_text=extract.feed_text(kept.entry, services.rules),
        copy=kept.copy,
        problem=kept.problem,
        fetched=kept.fetched,
    )
