"""How feeds fare: the state of each in plain words, its rhythm, and how it publishes.

It asks nobody; `replacement` looks closer at one that fails.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reader.model import Feed
from reader.query import midnight
from reader.services.bared import TOLD, is_bared
from reader.services.core import Services

DAYS = 30
"""Days of a feed's rhythm that are told."""
QUIET = timedelta(days=90)
"""How long a feed that works may be silent until that is said."""

WORDS = {
    "dns": "its address is not known",
    "connect": "its server does not answer",
    "tls": "its certificate is not good",
    "timeout": "it does not answer in time",
    "too-large": "it is too large",
    "protocol": "its server answers nonsense",
    "refused": "its host may not be reached",
    "no-feed": "it is no feed any more",
    "http-401": "it wants a password",
    "http-403": "its server refuses us",
    "http-404": "it is not there",
    "http-410": "it is gone for good",
    "http-429": "it asks to be left alone",
    "fault": "a fault of ours",
}
"""What each class of error is in plain words."""


@dataclass(frozen=True, slots=True)
class Health:
    """How one feed fares: its state in plain words, and whether that is well.

    `daily` counts entries on each of the last days, today last; `newest` is when the
    last one came.
    """

    feed: Feed
    state: str
    well: bool
    daily: tuple[int, ...]
    newest: datetime | None = None


def health(
    services: Services, feeds: Iterable[Feed] | None = None
) -> tuple[Health, ...]:
    """How every feed fares, or some of them: failing ones first."""
    asked = services.store.feeds() if feeds is None else tuple(feeds)
    since = midnight(services.now(), services.zone) - timedelta(days=DAYS - 1)
    daily = services.store.reports.daily(since, DAYS)
    none = (0,) * DAYS
    found = [_health(services, feed, daily.get(feed.id, none)) for feed in asked]
    return tuple(sorted(found, key=lambda one: one.well))


def _health(services: Services, feed: Feed, daily: tuple[int, ...]) -> Health:
    newest = next(iter(services.store.rhythm(feed.id, 1)), None)
    state, well = _state(feed, newest, services.now())
    if well and is_bared(services, feed):
        state = f"{state}, but {TOLD}" if state != "well" else TOLD
    return Health(feed, state, well, daily, newest)


def _state(feed: Feed, newest: datetime | None, now: datetime) -> tuple[str, bool]:
    if feed.error:
        times = "" if feed.failures < 2 else f", {feed.failures} times in a row"
        asked = "; not asked any more" if feed.paused else ""
        return f"{class_of(feed)}{times}{asked}", False
    if feed.paused:
        return "paused by you", True
    if feed.last_poll is None:
        return "not asked yet", True
    if feed.moving:
        return f"seems to move to {feed.moving.url}", True
    if newest and now - newest > QUIET:
        return f"quiet since {newest.astimezone(now.tzinfo):%Y-%m-%d}", True
    return "well", True


def class_of(feed: Feed) -> str:
    """What goes wrong with a feed, in a few plain words."""
    kind = feed.kind or ""
    if kind in WORDS:
        return WORDS[kind]
    if kind.startswith("http-5"):
        return f"its server fails (HTTP {kind.removeprefix('http-')})"
    if kind.startswith("http-"):
        return f"its server refuses (HTTP {kind.removeprefix('http-')})"
    return feed.error or ""
