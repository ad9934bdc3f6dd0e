"""Times as people say them; now and the zone are arguments.

Nothing here asks a clock or a locale.
"""

from datetime import datetime, timedelta, tzinfo

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Seconds of a unit, from the largest; the word, and how it is written short.
_UNITS = (
    (86_400, "day", "day"),
    (3_600, "hour", "h"),
    (60, "minute", "min"),
    (1, "second", "s"),
)


def clock(when: datetime, zone: tzinfo) -> str:
    """The time of day: `14:05`."""
    return when.astimezone(zone).strftime("%H:%M")


def date(when: datetime, zone: tzinfo) -> str:
    """The day: `4 March 2026`."""
    local = when.astimezone(zone)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def long(when: datetime, zone: tzinfo) -> str:
    """Day and time: `4 March 2026, 14:05`."""
    return f"{date(when, zone)}, {clock(when, zone)}"


def days_ago(when: datetime, now: datetime, zone: tzinfo) -> int:
    """How many midnights lie between; negative for what is to come."""
    return (now.astimezone(zone).date() - when.astimezone(zone).date()).days


def short(when: datetime, now: datetime, zone: tzinfo, *, headed: bool = False) -> str:
    """A list's time: today `14:05`, this week `Tue`, this year `4 Mar`, else `2024`.

    Under day heads (`headed`) yesterday's entries keep their clock, too.
    """
    local, ago = when.astimezone(zone), days_ago(when, now, zone)
    if ago == 0 or (headed and ago == 1):
        return clock(when, zone)
    if 0 < ago < 7:
        return DAYS[local.weekday()][:3]
    if local.year == now.astimezone(zone).year:
        return f"{local.day} {MONTHS[local.month - 1][:3]}"
    return str(local.year)


def day_head(when: datetime, now: datetime, zone: tzinfo) -> str:
    """The head that an entry stands under in a list by time; "" for today's."""
    local, today = when.astimezone(zone), now.astimezone(zone)
    ago = days_ago(when, now, zone)
    if ago < 2:
        return "Yesterday" if ago == 1 else ""
    if ago < 7:
        return "Earlier this week"
    return MONTHS[local.month - 1] if local.year == today.year else str(local.year)


def _largest(seconds: float) -> tuple[int, str, str]:
    whole = max(round(abs(seconds)), 0)
    for size, word, sign in _UNITS:
        # 90 minutes are said as minutes, 120 as 2 hours.
        if whole >= size * (2 if size == 3_600 else 1):
            return round(whole / size), word, sign
    return 0, "second", "s"


def duration(span: timedelta) -> str:
    """How long something is: `21 minutes`, `3 hours`, `1 day`."""
    count, word, _ = _largest(span.total_seconds())
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _brief(span: timedelta) -> str:
    count, word, sign = _largest(span.total_seconds())
    return f"{count} {sign}" if word != "day" or count == 1 else f"{count} days"


def ago(when: datetime, now: datetime) -> str:
    """How long ago: `6 min ago`, `2 h ago`, `3 days ago`."""
    return f"{_brief(now - when)} ago"


def until(when: datetime, now: datetime) -> str:
    """How soon: `in 9 min`, `in 5 h`; `now` when it is due."""
    return f"in {_brief(when - now)}" if when > now else "now"


def looked_at(when: datetime, zone: tzinfo) -> str:
    """When an entry's page was fetched: `looked at 4 March 2026, 14:28`."""
    return f"looked at {long(when, zone)}"


def between(first: datetime, other: datetime, name: str) -> str:
    """How a publication lies to another: `21 minutes before Daily Relay`."""
    if abs(other - first) < timedelta(seconds=60):
        return f"at the same time as {name}"
    word = "before" if first < other else "after"
    return f"{duration(other - first)} {word} {name}"
