"""Filters: what `filters.toml` says is done to entries, as the store takes it.

They are applied where entries are stored; here they are tested and applied on request.
"""

import json
from dataclasses import dataclass

from reader.services import poll
from reader.services.core import Services
from reader.settings import Filter
from reader.store import Action
from reader.store.filters import PASSED, Effect

TESTED = 1_000
"""Entries that a test looks at, the newest."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a filter does, or would do."""

    filter: Filter
    effect: Effect


@dataclass(frozen=True, slots=True)
class Tested:
    """What all filters would do to the newest entries, as many as were `seen`."""

    seen: int
    outcomes: tuple[Outcome, ...]


async def try_out(services: Services, limit: int = TESTED) -> Tested:
    """Say what each filter would do to the newest entries; nothing is changed."""
    await poll.index(services)
    seen, effects = await services.write(
        services.store.filters.test, services.filter_rules(), limit
    )
    return Tested(seen, _outcomes(services, effects))


async def apply(
    services: Services, limit: int | None = None
) -> tuple[Action, tuple[Outcome, ...]]:
    """Do what the filters say to the newest entries, or to all; undo takes it back."""
    await poll.index(services)
    action, effects = await services.write(
        services.store.filters.apply,
        services.filter_rules(),
        "filters",
        services.now(),
        limit,
    )
    return action, _outcomes(services, effects)


def passed_over(services: Services) -> dict[str, str]:
    """The filters that were passed over, by title, and why; till they are applied."""
    kept = json.loads(services.store.get_setting(PASSED) or "{}")
    return {one.title: kept[one.title] for one in services.filters if one.title in kept}


def _outcomes(services: Services, effects: tuple[Effect, ...]) -> tuple[Outcome, ...]:
    return tuple(map(Outcome, services.filters, effects))
