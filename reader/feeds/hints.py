"""What a feed says about when to ask again; wrong values count as not said."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from reader.feeds.values import Hints

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST = timedelta(days=365)
# The bracket apart, so that it is looked for first, and fast.
_HOURS = re.compile(r"<(?i:skipHours)>")
_SKIPPED_DAYS = re.compile(r"<(?i:skipDays)>")


def hints(feed: Mapping[str, Any], text: str) -> Hints:
    """The hints of a feed's own elements; `text` is its XML, where lists are found."""
    given = (*_ttl(feed), *_period(feed))
    return Hints(
        interval=min(max(given), _LONGEST) if given else None,
        skip_hours=frozenset(
            int(h) % 24 for h in _words(_HOURS, text) if h.isdecimal()
        ),
        skip_days=frozenset(
            _DAYS.index(day) for day in _words(_SKIPPED_DAYS, text) if day in _DAYS
        ),
    )


def _ttl(feed: Mapping[str, Any]) -> Iterator[timedelta]:
    """RSS 2.0: how many minutes the channel may be kept."""
    minutes = str(feed.get("ttl", ""))
    if re.fullmatch(r"[1-9]\d{0,6}", minutes, re.A):
        yield timedelta(minutes=int(minutes))


def _period(feed: Mapping[str, Any]) -> Iterator[timedelta]:
    """RDF Site Summary 1.0, Syndication: so many times in a period."""
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).lower())
    times = str(feed.get("sy_updatefrequency", "1"))
    if period and re.fullmatch(r"[1-9]\d{0,3}", times, re.A):
        yield period / int(times)


def _words(start: re.Pattern[str], text: str) -> list[str]:
    """The texts of the elements in the element that begins with `start`."""
    found = start.search(text)
    begin = found.end() if found else len(text)
    inside, _, _ = text[begin : begin + 2_000].lower().partition("</skip")
    return re.findall(r">\s*(\w{1,9})\s*<", inside, re.A)
