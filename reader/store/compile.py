"""A query as the WHERE of a SELECT over `state s`; nothing is run here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reader.query import Either, Has, Is, Leaf, Not, Query, State, Term, Words
from reader.store import search
from reader.store.codec import to_micros

Condition = tuple[str, tuple[int | str, ...]]
"""A piece of SQL, and the values for its question marks."""

# Written as the partial indexes have them, so that SQLite sees that they serve.
_STATES: dict[State, str] = {
    "unread": "s.read = 0",
    "read": "s.read = 1",
    "starred": "s.starred = 1",
    "hidden": "s.hidden = 1",
    "stub": "s.stub = 1",
    "original": "s.status = 'original'",
    "resolved": "s.status = 'resolved'",
    "unresolved": "s.status = 'unresolved'",
    "unchecked": "s.status = 'unchecked'",
}
_MATCH = "s.entry_id IN (SELECT rowid FROM search WHERE search MATCH ?)"
_FEEDS = "s.feed_id IN (SELECT id FROM feed WHERE"
_ATTRIBUTIONS = "s.entry_id IN (SELECT entry_id FROM attribution WHERE"
SHOWN = "s.entry_id NOT IN (SELECT entry_id FROM state WHERE hidden = 1)"
"""What is hidden is left out: of an index of its own, so that no row is read for it."""


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


def compiled(query: Query, gone: Iterable[int], some_hidden: bool = False) -> Where:
    """The conditions of a query; the feeds that are `gone` are out in any case.

    Where there are hidden entries (`some_hidden`), so are they, unless asked for.
    """
    words = [search.match(term) for term in query.terms if isinstance(term, Words)]
    conditions = [found for term in query.terms if (found := _condition(term))]
    if feeds := ", ".join(str(int(feed)) for feed in gone):
        conditions.append((f"s.feed_id NOT IN ({feeds})", ()))
    if some_hidden and not query.shows_hidden:
        conditions.append((SHOWN, ()))
    return Where(
        " AND ".join(sql for sql, _ in conditions) or "1",
        tuple(value for _, values in conditions for value in values),
        " AND ".join(words) or None,
        tuple(wanted for term in query.terms if (wanted := _pattern(term))),
    )


def _pattern(term: Term) -> tuple[str, bool] | None:
    match term:
        case Has("pattern", str(text)):
            return text, True
        case Not(Has("pattern", str(text))):
            return text, False
        case _:
            return None


def _condition(term: Term) -> Condition | None:
    """A term as SQL; words and patterns that stand by themselves are looked for apart.

    What is unknown fits nothing, so that its negation fits.
    """
    if isinstance(term, Words) or _pattern(term):
        return None
    return _fits(term)


def _fits(term: Term) -> Condition:
    match term:
        case Not(leaf):
            sql, values = _fits(leaf)
            return f"({sql}) IS NOT TRUE", values
        case Either(queries):
            return _joined(" OR ", [_all(query) for query in queries])
        case leaf:
            return _leaf(leaf)


def _all(query: Query) -> Condition:
    return _joined(" AND ", [_fits(term) for term in query.terms])


def _joined(by: str, conditions: Iterable[Condition]) -> Condition:
    parts = tuple(conditions)
    values = tuple(value for _, values in parts for value in values)
    return f"({by.join(sql for sql, _ in parts)})", values


def _leaf(leaf: Leaf) -> Condition:
    match leaf:
        case Is(state):
            return _STATES[state], ()
        case Words():
            return _MATCH, (search.match(leaf),)
        case Has(what, value):
            return _HAS[what](value)


def _in_folder(folder: str | None) -> Condition:
    if folder is None:
        return f"{_FEEDS} folder IS NULL)", ()
    name = search.folded(folder)
    below = "substr(folded(folder), 1, ?) = ?"
    values = (name, len(name) + 1, f"{name}/")
    return f"{_FEEDS} folded(folder) = ? OR {below})", values


def _in_account(name: str | None) -> Condition:
    if name is None:
        return f"{_FEEDS} account_id IS NULL)", ()
    return f"{_FEEDS} account_id IN (SELECT id FROM account WHERE name = ?))", (name,)


def _in_feed(text: str) -> Condition:
    titled = "instr(folded(coalesce(own_title, title)), ?)"
    values = (search.folded(text), text.lower())
    return f"{_FEEDS} {titled} OR instr(lower(url), ?))", values


def _by_way(vias: tuple[str, ...]) -> Condition:
    either = " OR ".join(["instr(vias, ?)"] * len(vias))
    spelt = tuple(f" {via} " for via in vias)
    return f"{_ATTRIBUTIONS} vias IS NOT NULL AND ({either}))", spelt


def _tagged(typed: str) -> Condition:
    """A tag of the reader's, one of the feed's, or a word of the feed's categories."""
    prefix = typed.endswith("*")
    name = search.folded(typed.rstrip("*") if prefix else typed)
    same = "substr(key, 1, ?) = ?" if prefix else "? AND key = ?"
    own = f"""s.entry_id IN (SELECT entry_id FROM tagged WHERE tag_id IN
        (SELECT id FROM tag WHERE {same}))"""
    line = f"\n{name}" if prefix else f"\n{name}\n"
    feeds = f"{_FEEDS} tags != '' AND instr(char(10) || folded(tags) || char(10), ?))"
    words = search.match(Words(typed.rstrip("*"), prefix=prefix), "tags")
    return f"({own} OR {feeds} OR {_MATCH})", (len(name), name, line, words)


_HAS: Mapping[str, Callable[[Any], Condition]] = {
    "feed": lambda feed: ("s.feed_id = ?", (feed,)),
    "folder": _in_folder,
    "account": _in_account,
    "feed-name": _in_feed,
    "tag": _tagged,
    "publisher": lambda name: (f"{_ATTRIBUTIONS} publisher = ?)", (name,)),
    "via": _by_way,
    "original": lambda text: (
        f"{_ATTRIBUTIONS} instr(lower(url), ?))",
        (text.lower(),),
    ),
    "since": lambda moment: ("s.at >= ?", (to_micros(moment),)),
    "before": lambda moment: ("s.at < ?", (to_micros(moment),)),
}
"""What each kind of value comes to; a pattern is looked for in what these find."""
