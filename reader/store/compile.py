"""A query as the WHERE of a SELECT over `state s`; nothing is run here."""

from collections.abc import Iterable
from dataclasses import dataclass

from reader.query import (
    Before,
    ByWay,
    InFeed,
    Is,
    Leaf,
    Not,
    OfFeed,
    OfFolder,
    OriginalAt,
    Pattern,
    Query,
    Since,
    State,
    Term,
    Words,
)
from reader.store import search
from reader.store.codec import to_micros

Condition = tuple[str, tuple[int | str, ...]]
"""A piece of SQL, and the values for its question marks."""

# Written as the partial indexes have them, so that SQLite sees that they serve.
_STATES: dict[State, str] = {
    "unread": "s.read = 0",
    "read": "s.read = 1",
    "starred": "s.starred = 1",
    "stub": "s.stub = 1",
    "original": "s.status = 'original'",
    "resolved": "s.status = 'resolved'",
    "unresolved": "s.status = 'unresolved'",
    "unchecked": "s.status = 'unchecked'",
}
_MATCH = "s.entry_id IN (SELECT rowid FROM search WHERE search MATCH ?)"
_FEEDS = "s.feed_id IN (SELECT id FROM feed WHERE"
_ATTRIBUTIONS = "s.entry_id IN (SELECT entry_id FROM attribution WHERE"


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions with their values, and what else has to be looked for.

    `match` is for the full-text index, None where no words are wanted; `patterns` are
    regular expressions, and whether each must be found.
    """

    sql: str
    values: tuple[int | str, ...] = ()
    match: str | None = None
    patterns: tuple[tuple[str, bool], ...] = ()

    @property
    def whole(self) -> Condition:
        """The conditions with the index among them, for lists that are not ranked."""
        if self.match is None:
            return self.sql, self.values
        return f"{self.sql} AND {_MATCH}", (*self.values, self.match)


def compiled(query: Query, hidden: Iterable[int]) -> Where:
    """The conditions of a query; the `hidden` feeds are out in any case."""
    words = [search.match(term) for term in query.terms if isinstance(term, Words)]
    conditions = [found for term in query.terms if (found := _condition(term))]
    gone = ", ".join(str(int(feed)) for feed in hidden)
    if gone:
        conditions.append((f"s.feed_id NOT IN ({gone})", ()))
    return Where(
        " AND ".join(sql for sql, _ in conditions) or "1",
        tuple(value for _, values in conditions for value in values),
        " AND ".join(words) or None,
        tuple(wanted for term in query.terms if (wanted := _pattern(term))),
    )


def _pattern(term: Term) -> tuple[str, bool] | None:
    match term:
        case Pattern(text):
            return text, True
        case Not(Pattern(text)):
            return text, False
        case _:
            return None


def _condition(term: Term) -> Condition | None:
    match term:
        case Words() | Pattern() | Not(Pattern()):
            return None
        case Not(Words() as words):
            return f"NOT {_MATCH}", (search.match(words),)
        case Not(leaf):
            sql, values = _leaf(leaf)
            return f"({sql}) IS NOT TRUE", values
        case leaf:
            return _leaf(leaf)


def _leaf(leaf: Leaf) -> Condition:
    match leaf:
        case Is(state):
            return _STATES[state], ()
        case Since(moment):
            return "s.at >= ?", (to_micros(moment),)
        case Before(moment):
            return "s.at < ?", (to_micros(moment),)
        case OfFeed(feed_id):
            return "s.feed_id = ?", (feed_id,)
        case OfFolder(name):
            return _in_folder(name)
        case InFeed(text):
            titled = "instr(folded(coalesce(own_title, title)), ?)"
            values = (search.folded(text), text.lower())
            return f"{_FEEDS} {titled} OR instr(lower(url), ?))", values
        case OriginalAt(text):
            return f"{_ATTRIBUTIONS} instr(lower(url), ?))", (text.lower(),)
        case ByWay(vias):
            either = " OR ".join(["instr(vias, ?)"] * len(vias))
            spelt = tuple(f" {via} " for via in vias)
            return f"{_ATTRIBUTIONS} vias IS NOT NULL AND ({either}))", spelt
        case Words() | Pattern():
            raise AssertionError(leaf)


def _in_folder(folder: str | None) -> Condition:
    if folder is None:
        return f"{_FEEDS} folder IS NULL)", ()
    name = search.folded(folder)
    below = "substr(folded(folder), 1, ?) = ?"
    values = (name, len(name) + 1, f"{name}/")
    return f"{_FEEDS} folded(folder) = ? OR {below})", values
