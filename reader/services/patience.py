"""How long a page that failed is left alone; nobody is asked again at every poll."""

from datetime import datetime, timedelta

WAITS = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
)
"""After the first failure, the second, and so on; the last for all that follow."""

PASSING = frozenset((408, 425, 429))
"""HTTP statuses below 500 that speak of the moment and not of the page."""


def next_try(tries: int, now: datetime) -> datetime:
    """When to ask again after so many failures in a row."""
    return now + WAITS[min(max(tries, 1), len(WAITS)) - 1]


def passing(status: int) -> bool:
    """Whether an HTTP status may be another one soon."""
    return status >= 500 or status in PASSING
