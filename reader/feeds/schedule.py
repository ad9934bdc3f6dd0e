"""When to poll a feed next: its publisher's wishes, its rhythm, and its failures.

Pure: nothing here looks at a clock or a header that it was not given.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from reader.feeds.dates import parse_date
from reader.feeds.values import NO_HINTS, Hints
from reader.model import Page

LEAST = timedelta(minutes=10)
MOST = timedelta(hours=24)
USUAL = timedelta(hours=1)
"""Between polls of a feed of which nothing is known."""
LONGEST_PAUSE = timedelta(days=7)
"""The longest `Retry-After` that is obeyed."""
SLOW_DOWN = frozenset((429, 503))
"""HTTP statuses that mean the whole host, whatever address was asked."""

_RECENT = 20
_POLLS_A_GAP = 6
"""Polls between two entries of the usual rhythm: a story is late by a sixth of it."""
_SILENCE_SHARE = 24
"""A feed silent for a day is asked hourly at most, one silent for a month daily."""


@dataclass(frozen=True, slots=True)
class PollFacts:
    """What is known after a poll. `failures` counts those in a row, 0 after a success.

    `fresh` is how long the answer may be kept by its HTTP headers, `retry_after` when
    the server wants to be asked again, `published` the times of recent entries.
    """

    failures: int = 0
    fresh: timedelta | None = None
    retry_after: datetime | None = None
    hints: Hints = NO_HINTS
    published: tuple[datetime, ...] = ()


def poll_facts(
    page: Page | None,
    now: datetime,
    *,
    hints: Hints = NO_HINTS,
    published: Iterable[datetime] = (),
    failures: int = 0,
    before: timedelta | None = None,
) -> PollFacts:
    """The facts of a poll at `now`, its headers read; `page` None: nothing came.

    `before` is how long the last answer in full could be kept.
    """
    return PollFacts(
        failures=failures,
        fresh=freshness(page, now, before) if page else None,
        retry_after=_retry_after(page, now) if page else None,
        hints=hints,
        published=tuple(published),
    )


def freshness(
    page: Page, now: datetime, before: timedelta | None = None
) -> timedelta | None:
    """How long an answer may be kept; a 304 that does not say keeps what was said.

    RFC 9111, 4.3.4: the headers of a 304 replace those that it names, and no others.
    """
    named = page.header("cache-control") or page.header("expires")
    return before if page.status == 304 and not named else _fresh(page, now)


def _fresh(page: Page, now: datetime) -> timedelta | None:
    """RFC 9111, 4.2: `max-age` less `Age`, else `Expires` less `Date`."""
    control = ",".join(page.header_all("cache-control")).lower()
    if re.search(r"\bno-(?:store|cache)\b", control):
        return None
    found = re.search(r"\bmax-age\s*=\s*\"?(\d+)", control, re.A)
    if found:
        return max(_seconds(found[1]) - _age(page), timedelta(0))
    expires = parse_date(page.header("expires") or "")
    if expires is None:
        return None
    return max(expires - (parse_date(page.header("date") or "") or now), timedelta(0))


def _age(page: Page) -> timedelta:
    """How long the answer has been kept on its way to us already."""
    given = (page.header("age") or "").strip()
    return _seconds(given) if given.isascii() and given.isdecimal() else timedelta(0)


def host_pause(
    page: Page, now: datetime, *, least: timedelta = LEAST
) -> datetime | None:
    """Until when an answer asks that its whole host be left alone; None: it does not.

    A server that names no time (RFC 6585, 4) gets the least pause; more than
    `LONGEST_PAUSE` is not granted.
    """
    if page.status not in SLOW_DOWN:
        return None
    asked = _retry_after(page, now) or now
    return min(max(asked, now + least), now + LONGEST_PAUSE)


def _retry_after(page: Page, now: datetime) -> datetime | None:
    """RFC 9110, 10.2.3: a date, or seconds from now."""
    given = (page.header("retry-after") or "").strip()
    if given.isascii() and given.isdecimal():
        return now + _seconds(given)
    return parse_date(given)


def _seconds(digits: str) -> timedelta:
    return timedelta(seconds=int(digits[:9]))


def next_poll(
    poll: PollFacts,
    now: datetime,
    *,
    least: timedelta = LEAST,
    most: timedelta = MOST,
) -> datetime:
    """When to poll again: between `least` and `most` from now, but for `Retry-After`.

    After failures the pause doubles from `least`. Else it is a sixth of the feed's
    usual gap between entries, or a 24th of its silence if that is longer; never sooner
    than the publisher asks (ttl, update period, freshness), and not in hours or on days
    that the feed says to skip. A server's `Retry-After` is obeyed up to seven days.
    """
    if poll.failures:
        pause = least * (1 << min(poll.failures - 1, 20))
    else:
        pause = max(_rhythm(poll.published, now), *_wishes(poll))
    due = now + min(max(pause, least), most)
    if not poll.failures:
        due = min(_unskipped(due, poll.hints), now + most)
    if poll.retry_after:
        due = max(due, min(poll.retry_after, now + LONGEST_PAUSE))
    return due


def _wishes(poll: PollFacts) -> Iterator[timedelta]:
    yield timedelta(0)
    yield from filter(None, (poll.fresh, poll.hints.interval))


def _rhythm(published: Iterable[datetime], now: datetime) -> timedelta:
    """The pause that the times of a feed's entries ask for."""
    times = sorted({t for t in published if t <= now}, reverse=True)[:_RECENT]
    if not times:
        return USUAL
    silence = (now - times[0]) / _SILENCE_SHARE
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(times)]
    usual = timedelta(seconds=median(gaps) / _POLLS_A_GAP) if gaps else USUAL
    return max(usual, silence)


def _unskipped(due: datetime, hints: Hints) -> datetime:
    """The first moment from `due` that the feed does not say to skip (RSS 2.0).

    A feed that skips every hour of the week has made a mistake, which is ignored.
    """
    moment = due.astimezone(UTC)
    for _ in range(24 * 7):
        if not (moment.hour in hints.skip_hours or moment.weekday() in hints.skip_days):
            return moment.astimezone(due.tzinfo)
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due
