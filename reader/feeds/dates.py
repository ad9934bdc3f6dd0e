"""Dates as feeds write them, as aware UTC times; never a guess where none is read."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache

# ISO 8601 in the shapes seen in feeds: basic and extended, short, a space for the T,
# a comma before the fraction, what Go and PHP print.
_ISO = re.compile(
    r"(?P<year>\d{4})(?:[-/.]?(?P<month>\d{1,2})(?:[-/.]?(?P<day>\d{1,2}))?)?"
    r"(?:(?:\s*T\s*|\s+)(?P<hour>\d{1,2}):?(?P<minute>\d\d)"
    r"(?::?(?P<second>\d\d)(?:[.,]\d+)?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?:\s+[A-Z]{1,5})?",
    re.I,
)
# As RFC 3339 has them, and most of Atom: read by Python's own parser, in C.
_PLAIN_ISO = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d"
    r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.A,
)
# As RSS has them (RFC 5322): the commonest shape of what `_WORDED` takes.
_PLAIN_MAIL = re.compile(
    r"[A-Z][a-z]{2}, (\d\d?) ([A-Z][a-z]{2}) ([12]\d{3}) (\d\d):([0-5]\d):([0-5]\d)"
    r" (?:GMT|([+-]\d{4}))",
    re.A,
)
# Day, month and year in words, in either order; what follows is time and zone.
_WORDED = re.compile(
    r"(?:\w+\.?,?\s+)??(?:"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?[\s.-]+(?:de\s+)?(?P<month>[^\W\d]{3,})\.?"
    r"|(?P<month2>[^\W\d]{3,})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?"
    r")[\s,-]+(?:de\s+)?(?P<year>\d{4}|\d\d)(?!\d|:)"
    r"(?:\D*?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>[^\s()]*))?.*"
)
_STAMP = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")

# Hours from UTC. RFC 5322 has the North American names, CST and IST are America's and
# India's by number of feeds.
_ZONES = {
    "aedt": 11,
    "aest": 10,
    "akdt": -8,
    "akst": -9,
    "bst": 1,
    "cdt": -5,
    "cest": 2,
    "cet": 1,
    "cst": -6,
    "edt": -4,
    "eest": 3,
    "est": -5,
    "eet": 2,
    "hkt": 8,
    "hst": -10,
    "ist": 5.5,
    "jst": 9,
    "kst": 9,
    "mdt": -6,
    "mesz": 2,
    "mez": 1,
    "msk": 3,
    "mst": -7,
    "nzdt": 13,
    "nzst": 12,
    "pdt": -7,
    "pst": -8,
    "sast": 2,
    "sgt": 8,
    "west": 1,
    "wet": 0,
}
# The first letters of the months where news comes from.
_MONTHS = (
    ("jan", "ene", "gen", "янв", "sty"),
    ("feb", "fev", "fév", "фев", "lut"),
    ("mar", "mär", "mae", "mrt", "maa", "мар"),
    ("apr", "avr", "abr", "апр", "kwi"),
    ("may", "mai", "mag", "mei", "май", "мая", "maj"),
    ("jun", "juin", "giu", "июн", "cze"),
    ("jul", "juil", "lug", "июл", "lip"),
    ("aug", "ago", "aoû", "aou", "авг", "sie"),
    ("sep", "set", "сен", "wrz"),
    ("oct", "okt", "ott", "out", "окт", "paź"),
    ("nov", "ноя", "lis"),
    ("dec", "dez", "dic", "déc", "дек", "gru"),
)
_ENGLISH = {starts[0]: number for number, starts in enumerate(_MONTHS, 1)}
# Programs without a date write their zero: year 1, 1601, 1900, 1970.
_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def parse_date(text: str) -> datetime | None:
    """The moment that `text` names, in UTC; None where it names none that can be."""
    text = " ".join(text[:100].split())
    return _moment(text) if text else None


@lru_cache(maxsize=256)
def _moment(text: str) -> datetime | None:
    numbered = text[0].isdigit()
    try:
        found = (numbered and (_iso(text) or _stamp(text))) or _worded(text)
        moment = found.astimezone(UTC) if found else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return moment if moment and _EARLIEST <= moment < _LATEST else None


def _iso(text: str) -> datetime | None:
    if _PLAIN_ISO.fullmatch(text):
        return datetime.fromisoformat(text)
    found = _ISO.fullmatch(text)
    if not found:
        return None
    parts = found.groupdict()
    day = datetime(
        int(parts["year"]),
        int(parts["month"] or 1),
        int(parts["day"] or 1),
        tzinfo=_zone(parts["zone"] or "Z"),
    )
    hours, minutes, seconds = (int(parts[p] or 0) for p in ("hour", "minute", "second"))
    if hours > 24 or minutes > 59 or seconds > 60:
        return None
    return day + timedelta(hours=hours, minutes=minutes, seconds=min(seconds, 59))


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _stamp(text: str) -> datetime | None:
    """Unix time, in seconds or milliseconds, as some generators of JSON write it."""
    if not _STAMP.fullmatch(text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if len(text) == 13 else seconds, UTC)


def _worded(text: str) -> datetime | None:
    """RFC 5322 and what is like it, in the languages of `_MONTHS`."""
    if found := _PLAIN_MAIL.fullmatch(text):
        return _plain_mail(found)
    found = _WORDED.match(text)
    if not found:
        return _mail(text)
    parts = found.groupdict()
    month = _month(parts["month"] or parts["month2"])
    if month is None:
        return None
    year = int(parts["year"])
    year += (2000 if year < 69 else 1900) if year < 100 else 0
    hour = int(parts["hour"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"][0] in "pP" else 0)
    day = int(parts["day"] or parts["day2"])
    minute, second = (int(parts[part] or 0) for part in ("minute", "second"))
    zone = _named_zone(parts["zone"] or "")
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)


def _plain_mail(found: re.Match[str]) -> datetime | None:
    day, word, year, hour, minute, second, offset = found.groups()
    month = _month(word)
    if month is None:
        return None
    date = (int(year), month, int(day))
    return datetime(
        *date, int(hour), int(minute), int(second), tzinfo=_zone(offset or "Z")
    )


def _month(word: str) -> int | None:
    word = word.lower()
    if number := _ENGLISH.get(word[:3]):
        return number
    numbered = enumerate(_MONTHS, 1)
    return next((n for n, starts in numbered if word.startswith(starts)), None)


def _named_zone(text: str) -> timezone:
    """The zone behind a time: an offset, a name, UTC where it is neither."""
    offset = re.fullmatch(
        r"(?:GMT|UTC|UT)?([+-]\d\d:?\d\d|[+-]\d\d)", text, re.I | re.A
    )
    if offset:
        return _zone(offset[1])
    return timezone(timedelta(hours=_ZONES.get(text.lower(), 0)))


def _mail(text: str) -> datetime | None:
    """What else mail programs write, C's asctime among it."""
    parts = parsedate_tz(text)
    if not parts:
        return None
    zone = timezone(timedelta(seconds=parts[9] or 0))
    return datetime(*parts[:5], min(parts[5], 59), tzinfo=zone)
