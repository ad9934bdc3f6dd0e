"""What is known of the refresh that runs, or ran last; it starts none itself."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.errors import FetchError

if TYPE_CHECKING:
    from reader.services.poll import Progress

NO_NETWORK = frozenset({"dns", "connect"})
"""Kinds of trouble that mean, when every feed has it, that we are offline."""

REST_MOST = timedelta(hours=1)
"""How long feeds are left alone at most when a refresh was stopped."""


@dataclass(frozen=True, slots=True)
class Polling:
    """How far the refresh has come, and how it went.

    `done` and `total` count feeds, then entries while `attributing`; `new_here` are
    entries of the open view that wait to be shown; `offline` says since when, `trouble`
    what is wrong with an account; a refresh that was `stopped` has the next wait until
    it `rests` no more.
    """

    running: bool = False
    asked: bool = False
    done: int = 0
    total: int = 0
    feeds: int = 0
    new: int = 0
    failed: int = 0
    attributing: bool = False
    unreached: int = 0
    offline: datetime | None = None
    new_here: int = 0
    trouble: str = ""
    stopped: bool = False
    rests: datetime | None = None


def begun(before: Polling, *, asked: bool = False) -> Polling:
    """A refresh has begun; `asked`: by a person, who wants to hear how it went."""
    return Polling(True, asked, offline=before.offline, new_here=before.new_here)


def advanced(before: Polling, progress: "Progress") -> Polling:
    """A refresh came a step further."""
    error = getattr(progress.last, "error", None)
    lost = isinstance(error, FetchError) and error.kind in NO_NETWORK
    polling = progress.stage == "poll"
    return replace(
        before,
        done=progress.done,
        total=progress.total,
        feeds=progress.total if polling else before.feeds,
        new=progress.new,
        failed=progress.failed,
        attributing=not polling,
        unreached=before.unreached + (lost and polling),
        trouble=_trouble(progress) or before.trouble,
    )


def _trouble(progress: "Progress") -> str:
    """What is said of an account that could not be synced."""
    account = getattr(progress.last, "account", None)
    error = getattr(progress.last, "error", None)
    return f"{account.name}: {error.reason}" if account and error else ""


def stopping(before: Polling) -> Polling:
    """Somebody stopped the refresh."""
    return replace(before, stopped=True)


def resting(polling: Polling, now: datetime) -> bool:
    """Whether feeds are left alone, unless they are asked for, as one was stopped.

    A clock that was set back ends it.
    """
    return polling.rests is not None and polling.rests - REST_MOST < now < polling.rests


def ended(before: Polling, now: datetime, pause: timedelta) -> Polling:
    """A refresh is over; when nothing at all was reached, we are offline.

    One that was stopped is not begun again by itself before the `pause` is over.
    """
    if before.stopped:
        rests = now + min(pause, REST_MOST)
        return replace(before, running=False, stopped=False, rests=rests)
    if before.unreached and before.unreached == before.failed >= before.feeds:
        return replace(before, running=False, offline=before.offline or now)
    answered = before.feeds > 0
    return replace(before, running=False, offline=None if answered else before.offline)


def waiting(before: Polling, count: int) -> Polling:
    """So many new entries of the open list wait to be shown."""
    return replace(before, new_here=count)


def told(polling: Polling) -> str:
    """What is said of a refresh that somebody asked for."""
    if polling.trouble:
        return polling.trouble
    failed = f" · {polling.failed} failed" if polling.failed else ""
    new = f"{polling.new:,} new" if polling.new else "Nothing new"
    return f"{new}{failed}"
