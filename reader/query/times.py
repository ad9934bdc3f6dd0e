"""Plain times, as people write them, to moments."""

import re
from datetime import datetime, time, timedelta, tzinfo

_UNITS = (
    (("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    (("h", "hr", "hour", "hours"), timedelta(hours=1)),
    (("d", "day", "days"), timedelta(days=1)),
    (("w", "week", "weeks"), timedelta(weeks=1)),
    (("mo", "month", "months"), timedelta(days=30)),
    (("y", "year", "years"), timedelta(days=365)),
)
_SPANS = {name: span for names, span in _UNITS for name in names}
_AGO = re.compile(r"(\d{1,6})\s*([a-z]+)(?:\s+ago)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")


def midnight(now: datetime, zone: tzinfo) -> datetime:
    """When the day began that it is in `zone`."""
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


def span(text: str) -> timedelta | None:
    """The length of time that "30m" or "1 week" means; None when it means none."""
    found = _AGO.fullmatch(text.strip().lower())
    if not found or found[2] not in _SPANS:
        return None
    return int(found[1]) * _SPANS[found[2]]


def moment(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment that a plain time means; None when it means none."""
    low = text.lower()
    if low in ("today", "yesterday"):
        return midnight(now - timedelta(days=low == "yesterday"), zone)
    try:
        if found := _DATE.fullmatch(low):
            year, month, day = (int(part or 1) for part in found.groups())
            return datetime(year, month, day, tzinfo=zone)
        if (found := _AGO.fullmatch(low)) and found[2] in _SPANS:
            return now - int(found[1]) * _SPANS[found[2]]
    except (ValueError, OverflowError):
        return None
    return None
