"""The query language: what a person types, as a small tree of values.

    unread title:ferry "sold twice" ~feed:relay newer:"1 week" /pier \\d+/

Pure: a query says what is wanted, the store says how it is found. Everything in it is
joined by "and"; clock and zone are arguments.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Literal, get_args

from reader.errors import QueryError
from reader.model import LINE_MAX, Via, clean_line

State = Literal[
    "unread",
    "read",
    "starred",
    "stub",
    "original",
    "resolved",
    "unresolved",
    "unchecked",
]
Field = Literal["title", "authors", "publisher", "tags"]


@dataclass(frozen=True, slots=True)
class Words:
    """These words in this order, in one field or in any; diacritics and case folded.

    `prefix` says that the last word may go on.
    """

    text: str
    field: Field | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """A mark of the reader's, or the status of the attribution."""

    state: State


@dataclass(frozen=True, slots=True)
class OfFeed:
    """Entries of one feed, by its id."""

    id: int


@dataclass(frozen=True, slots=True)
class OfFolder:
    """Entries of the feeds in one folder and those below it; None is no folder."""

    name: str | None


@dataclass(frozen=True, slots=True)
class InFeed:
    """Entries of feeds with this in their title or URL."""

    text: str


@dataclass(frozen=True, slots=True)
class ByWay:
    """Entries with a hop of one of these kinds in their trail."""

    vias: tuple[Via, ...]


@dataclass(frozen=True, slots=True)
class OriginalAt:
    """Entries whose original's URL contains this."""

    text: str


@dataclass(frozen=True, slots=True)
class Since:
    """Entries of this moment and later."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Before:
    """Entries from before this moment."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Pattern:
    """Entries with a match of a regular expression in title or text, case folded."""

    text: str


Leaf = (
    Words
    | Is
    | OfFeed
    | OfFolder
    | InFeed
    | ByWay
    | OriginalAt
    | Since
    | Before
    | Pattern
)


@dataclass(frozen=True, slots=True)
class Not:
    """Entries that something does not fit."""

    leaf: Leaf


Term = Leaf | Not


@dataclass(frozen=True, slots=True)
class Query:
    """What an entry must be, all of it; no terms fit every entry."""

    terms: tuple[Term, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether the full-text index is asked."""
        bare = (term.leaf if isinstance(term, Not) else term for term in self.terms)
        return any(isinstance(leaf, Words) for leaf in bare)


ALL = Query()
UNREAD = Query((Is("unread"),))
STARRED = Query((Is("starred"),))
STUBS = Query((Is("stub"),))
UNRESOLVED = Query((Is("unresolved"),))


def today(now: datetime, zone: tzinfo) -> Query:
    """The entries of the day that it is in `zone`."""
    return Query((Since(midnight(now, zone)),))


def of_feed(feed_id: int) -> Query:
    """The entries of one feed."""
    return Query((OfFeed(feed_id),))


def of_folder(name: str | None) -> Query:
    """The entries of the feeds in a folder and those below it; None is no folder."""
    return Query((OfFolder(name),))


def all_of(*queries: Query) -> Query:
    """What fits every one of these queries."""
    return Query(tuple(term for query in queries for term in query.terms))


def midnight(now: datetime, zone: tzinfo) -> datetime:
    """When the day began that it is in `zone`."""
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


MOST_TERMS = 200
"""More words than anybody types, and fewer than a database chokes on."""
PATTERN_LENGTH = 500
"""Characters of a pattern."""
PATTERN_SIZE = 20_000
"""Parts of a pattern when every `x{9}` is written out, as `regex` does in memory."""

# What is typed. A quote left open runs to the end: people search while they type.
_TOKEN = re.compile(
    r"""(?P<negated>[-~]?)
    (?: /(?P<pattern>(?:\\.|[^/\\])+)/(?=\s|$)
      | (?P<key>\#|[A-Za-z]+:)? ["“”](?P<quoted>[^"“”]*)(?:["“”]|$)
      | (?P<word>\S+)
    )""",
    re.VERBOSE,
)
_STATES: dict[str, State] = {state: state for state in get_args(State)}
_STATES["stubs"] = "stub"
# So that a negated state is looked up by an index as well.
_OPPOSITE: dict[State, State] = {"unread": "read", "read": "unread"}


def tokens(text: str) -> tuple[str, ...]:
    """The words of a query as they were typed, quotes and all: what `parse` takes."""
    return tuple(match[0] for match in _TOKEN.finditer(text))


def parse(text: str, now: datetime, zone: tzinfo) -> Query:
    """What was typed, as a query. Raises QueryError with a sentence that says how."""
    if len(text) > LINE_MAX:
        raise QueryError("", f"A search takes at most {LINE_MAX:,} characters.")
    text = clean_line(text)
    found = tuple(_term(match, now, zone) for match in _TOKEN.finditer(text))
    terms = tuple(term for term in found if term is not None)
    if found and not terms:
        raise QueryError("", f"“{text.strip()}” has no letter or digit to search for.")
    if len(terms) > MOST_TERMS:
        raise QueryError("", f"A search takes at most {MOST_TERMS} words.")
    return Query(terms)


def _term(match: re.Match[str], now: datetime, zone: tzinfo) -> Term | None:
    if match["pattern"] is not None:
        leaf: Leaf | None = _pattern(match["pattern"])
    elif match["quoted"] is not None:
        key = (match["key"] or "").lower()
        quoted = match["quoted"]
        leaf = _keyed(key, quoted, now, zone) if key else _text(quoted)
    else:
        leaf = _word(match["word"], now, zone)
    return _negated(leaf) if leaf is not None and match["negated"] else leaf


def _negated(leaf: Leaf) -> Term:
    if isinstance(leaf, Is) and leaf.state in _OPPOSITE:
        return Is(_OPPOSITE[leaf.state])
    return Not(leaf)


def _word(word: str, now: datetime, zone: tzinfo) -> Leaf | None:
    low = word.lower()
    if low in _STATES:
        return Is(_STATES[low])
    if low == "today":
        return Since(midnight(now, zone))
    if word.startswith("#") and len(word) > 1:
        return _keyed("#", word[1:], now, zone)
    key, colon, value = word.partition(":")
    if colon and key.isalpha():
        return _keyed(f"{key.lower()}:", value, now, zone)
    return _text(word)


def _keyed(key: str, value: str, now: datetime, zone: tzinfo) -> Leaf | None:
    value = value.strip()
    if key not in _KEYS:
        _refuse_misspelt(key)
        return _text(f"{key}{value}")
    wanted, example, make = _KEYS[key]
    leaf = make(value, now, zone) if value else None
    if leaf is None:
        raise QueryError("", f"“{key}” wants {wanted}, such as {example}.")
    return leaf


def _refuse_misspelt(key: str) -> None:
    """A word with a colon is text, unless it is nearly one of ours."""
    # Only slips need it, and start-up never does.
    from difflib import get_close_matches

    near = get_close_matches(key, _KEYS, n=1, cutoff=0.8)
    if near:
        sentence = f"“{key}” is no word of a search; “{near[0]}” is."
        raise QueryError("", f"{sentence} Quote it to search for it.")


def _text(text: str, field: Field | None = None) -> Words | None:
    prefix = text.endswith("*") and not text.endswith(" *")
    text = text.rstrip("*") if prefix else text
    if not any(map(str.isalnum, text)):
        return None
    return Words(" ".join(text.split()), field, prefix)


def _pattern(text: str) -> Pattern:
    # Costs 20 ms to import, and few queries hold a pattern.
    import regex

    if len(text) > PATTERN_LENGTH:
        reason = f"A pattern has at most {PATTERN_LENGTH} characters."
        raise QueryError("", reason)
    if _written_out(text) > PATTERN_SIZE:
        raise QueryError("", f"“/{text}/” repeats too often; use * instead.")
    try:
        regex.compile(text, regex.I)
    except RecursionError as error:
        raise QueryError("", f"“/{text}/” is nested too deeply.") from error
    except (regex.error, ValueError, OverflowError) as error:
        raise QueryError("", f"“/{text}/” is no pattern: {error}.") from error
    return Pattern(text)


# A comment, an escape or a class of characters is one part, whatever stands in it.
_PART = re.compile(
    r"""\(\?\#[^)]*\) | \\. | \[\^?\]?(?:\\.|[^\]\\])*\]
    | (?P<open>\() | (?P<close>\)) | (?P<more>\+|\{(?P<least>\d+)[^}]*\}) | .""",
    re.VERBOSE | re.DOTALL,
)


def _written_out(pattern: str) -> int:
    """How many parts a pattern has when what must come n times stands there n times."""
    outer: list[int] = []
    here = last = 0
    for part in _PART.finditer(pattern):
        if part["open"]:
            outer.append(here)
            here = last = 0
        elif part["close"] and outer:
            last = here + 1
            here = outer.pop() + last
        elif part["more"]:
            # The last time is one of its own, from which it may go on.
            more = last * min(int(part["least"] or 1), PATTERN_SIZE)
            here, last = here + more, last + more
        else:
            here, last = here + 1, 1
    return here + sum(outer)


_UNITS = (
    ("minute", ("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    ("hour", ("h", "hr", "hour", "hours"), timedelta(hours=1)),
    ("day", ("d", "day", "days"), timedelta(days=1)),
    ("week", ("w", "week", "weeks"), timedelta(weeks=1)),
    ("month", ("mo", "month", "months"), timedelta(days=30)),
    ("year", ("y", "year", "years"), timedelta(days=365)),
)
_SPANS = {name: span for _, names, span in _UNITS for name in names}
_AGO = re.compile(r"(\d{1,6})\s*([a-z]+)(?:\s+ago)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")


def _moment(text: str, now: datetime, zone: tzinfo) -> datetime | None:
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


def _since(value: str, now: datetime, zone: tzinfo) -> Leaf | None:
    moment = _moment(value, now, zone)
    return Since(moment) if moment else None


def _before(value: str, now: datetime, zone: tzinfo) -> Leaf | None:
    moment = _moment(value, now, zone)
    return Before(moment) if moment else None


def _by_way(value: str, now: datetime, zone: tzinfo) -> Leaf | None:
    """A kind of hop, or the beginning of several: `http` is every redirect."""
    vias = tuple(via for via in get_args(Via) if via.startswith(value.lower()))
    return ByWay(vias) if vias else None


def _in_field(field: Field) -> Callable[[str, datetime, tzinfo], Leaf | None]:
    return lambda value, now, zone: _text(value, field)


# The word, what it wants, an example of it, and what it becomes.
_KEYS: dict[str, tuple[str, str, Callable[[str, datetime, tzinfo], Leaf | None]]] = {
    "feed:": ("a feed’s name", "feed:relay", lambda v, n, z: InFeed(v)),
    "folder:": ("a folder’s name", "folder:science", lambda v, n, z: OfFolder(v)),
    "title:": ("a word", "title:ferry", _in_field("title")),
    "author:": ("a name", 'author:"marta velde"', _in_field("authors")),
    "publisher:": ("a name", "publisher:reuters", _in_field("publisher")),
    "tag:": ("a category", "tag:politics", _in_field("tags")),
    "#": ("a category", "#politics", _in_field("tags")),
    "via:": ("a kind of hop", "stub-link or http", _by_way),
    "original:": ("part of an address", "rt.com", lambda v, n, z: OriginalAt(v)),
    "newer:": ("a time", '2d or "1 week"', _since),
    "older:": ("a time", '2d or "1 week"', _before),
}
