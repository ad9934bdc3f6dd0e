"""What the screen remembers from one time to the next: orders, columns, a theme.

One small text among the store's settings; what cannot be understood is forgotten.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from reader.errors import ReaderError
from reader.services import Services

KEY = "screen"
"""The setting under which it is kept."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """`sidebar` and `list` are columns given by hand, 0 for none; `orders` go by view.

    `theme` was chosen while the settings said `theme_set`: another word there wins.
    `folded` are the folders that are closed.
    """

    sidebar: int = 0
    list: int = 0
    orders: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    theme_set: str = ""
    folded: tuple[str, ...] = ()


def read(services: Services) -> Remembered:
    """What was remembered the last time; nothing, where that cannot be told."""
    try:
        return _kept(services)
    except ReaderError:
        return Remembered()


def _kept(services: Services) -> Remembered:
    try:
        kept = json.loads(services.store.get_setting(KEY) or "{}")
    except ValueError:
        return Remembered()
    return _understood(kept) if isinstance(kept, dict) else Remembered()


def _understood(kept: dict[str, Any]) -> Remembered:
    """What is of the kind that each field wants."""
    known = Remembered()
    for each in fields(Remembered):
        value = kept.get(each.name)
        default = getattr(known, each.name)
        if isinstance(value, dict):
            value = {k: v for k, v in value.items() if isinstance(v, str)}
        if isinstance(default, tuple) and isinstance(value, list):
            value = tuple(map(str, value))
        if isinstance(value, type(default)) and not isinstance(value, bool):
            known = replace(known, **{each.name: value})
    return known


async def keep(services: Services, what: Mapping[str, Any]) -> None:
    """Remember some of it for the next time; the rest stays as whoever left it."""
    await services.write(_keep, services, what)


def _keep(services: Services, what: Mapping[str, Any]) -> None:
    known = replace(_kept(services), **what)
    text = json.dumps(asdict(known), ensure_ascii=False)
    services.store.set_setting(KEY, text)
