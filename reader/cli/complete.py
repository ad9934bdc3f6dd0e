"""What a shell offers where a feed or a view is wanted; it is asked at every Tab.

Nothing is fetched or made: without a database there is nothing to offer, and trouble
with it is for the command to tell.
"""

import os
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from reader import settings
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.store import Store

T = TypeVar("T")

PATIENCE = 0.2
"""Seconds that a lock is waited for, with somebody's finger on the key."""
_ODD = re.compile(r"[^\w.:/@%+-]")
"""What a shell takes for something else than a part of a word."""


def feeds(incomplete: str) -> list[tuple[str, str]]:
    """Feeds by id, with their titles; by URL once one is begun."""
    offered = [] if incomplete.startswith("-") else list(_feeds())
    by_url = bool(incomplete) and not incomplete.isdecimal()
    named = ((url if by_url else str(number), title) for number, url, title in offered)
    return [each for each in named if each[0].startswith(incomplete)]


def _feeds() -> Iterator[tuple[int, str, str]]:
    for feed in _stored(lambda store: store.feeds()) or ():
        yield feed.id, feed.url, feed.title


def _stored(ask: "Callable[[Store], T]") -> T | None:
    """What the database says to a question; None where there is none to ask."""
    from reader.store import Store

    file = settings.Paths.default().database
    if not file.exists():
        return None
    try:
        store = Store(file, PATIENCE)
        try:
            return ask(store)
        finally:
            store.close()
    except ReaderError:
        return None


def views(incomplete: str) -> list[str]:
    """The reader's own views, written or kept, then those that everybody has."""
    from reader.services.views import SMART

    try:
        written = settings.load(settings.Paths.default())[0].views
    except ReaderError:
        written = {}
    own = {**written, **(_stored(lambda store: store.labels.views()) or {})}
    begun = incomplete.casefold()
    names = [n for n in (*own, *SMART) if n.casefold().startswith(begun)]
    return [_ODD.sub(r"\\\g<0>", name) for name in names] if _is_bash() else names


def _is_bash() -> bool:
    """Whether bash asks, which inserts a name as it is, blanks and all."""
    return any(value == "complete_bash" for value in os.environ.values())
