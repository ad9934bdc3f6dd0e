"""Text to a query: forgiving where somebody is still typing, plain where it cannot be.

A quote or a bracket left open runs to the end, one closed for nothing is passed over.
"""

import re
from datetime import datetime, tzinfo

from reader.cleaning import LINE_MAX, clean_line
from reader.errors import QueryError
from reader.query import patterns
from reader.query.tree import Either, Has, Is, Leaf, Not, Query, State, Term, is_pattern
from reader.query.words import WORDS, keyed, text

MOST_TERMS = 200
"""More words than anybody types, and fewer than a database chokes on."""
DEEPEST = 20
"""Brackets within brackets."""

_TOKEN = re.compile(
    r"""(?P<close>\)) | (?P<negated>[-~]?)
    (?: (?P<open>\()
      | /(?P<pattern>(?:\\.|[^/\\])+)/(?=[\s)]|$)
      | (?P<key>\#|[A-Za-z]+:)? ["“”](?P<quoted>[^"“”]*)(?:["“”]|$)
      | (?P<word>[^\s()](?:[^\s()]|\([^\s()]*\))*)
    )""",
    re.VERBOSE,
)
# So that a negated state is looked up by an index as well.
_OPPOSITE: dict[State, State] = {"unread": "read", "read": "unread"}


def tokens(typed: str) -> tuple[str, ...]:
    """The parts of a query as they were typed, brackets whole: what `parse` takes."""
    parts: list[str] = []
    depth = start = 0
    for match in _TOKEN.finditer(typed):
        if depth == 0:
            start = match.start()
            if _is_or(match):
                return (typed.strip(),)
        depth = max(depth + bool(match["open"]) - bool(match["close"]), 0)
        if depth == 0:
            parts.append(typed[start : match.end()])
    return (*parts, typed[start:]) if depth else tuple(parts)


def left_open(typed: str) -> int | None:
    """The column, from 1, of the last bracket that is never closed; None without."""
    opened: list[int] = []
    for match in _TOKEN.finditer(typed):
        if match["open"]:
            opened.append(match.end())
        elif match["close"] and opened:
            opened.pop()
    return opened[-1] if opened else None


def _is_or(match: re.Match[str]) -> bool:
    return (match["word"] or "").lower() == "or" and not match["negated"]


def parse(typed: str, now: datetime, zone: tzinfo) -> Query:
    """What was typed, as a query. Raises QueryError with a sentence that says how."""
    if len(typed) > LINE_MAX:
        raise QueryError("", f"A search takes at most {LINE_MAX:,} characters.")
    typed = clean_line(typed)
    parsing = _Parsing(typed, now, zone)
    query = _joined(parsing.branches(0))
    if parsing.terms > MOST_TERMS:
        raise QueryError("", f"A search takes at most {MOST_TERMS} words.")
    if parsing.met and not query.terms:
        raise QueryError("", f"“{typed.strip()}” has no letter or digit to search for.")
    return query


def _joined(branches: tuple[Query, ...]) -> Query:
    """What either of some branches fits, as one query."""
    if len(branches) > 1:
        either = Query((Either(branches),))
        _refuse_patterns(either)
        return either
    return branches[0] if branches else Query()


class _Parsing:
    """One query being read, from left to right."""

    def __init__(self, typed: str, now: datetime, zone: tzinfo) -> None:
        self._left = iter(_TOKEN.finditer(typed))
        self._now, self._zone = now, zone
        self.terms = 0
        self.met = False
        """Whether anything was typed that might be searched for."""

    def branches(self, depth: int) -> tuple[Query, ...]:
        """What stands between two brackets, or all of it, divided by `or`."""
        found: list[list[Term]] = [[]]
        for match in self._left:
            if match["close"]:
                if depth:
                    break
            elif found[-1] and _is_or(match):
                found.append([])
            else:
                found[-1].extend(self._placed(match, depth))
        return tuple(Query(tuple(terms)) for terms in found if terms)

    def _placed(self, match: re.Match[str], depth: int) -> tuple[Term, ...]:
        """The terms of one token; trouble is told with the column where it stands."""
        self.met = self.met or not match["open"]
        try:
            found = self._group(match, depth) if match["open"] else self._term(match)
        except QueryError as error:
            column = error.column or match.start() + len(match["negated"]) + 1
            raise QueryError("", error.reason, column) from error
        return found

    def _group(self, match: re.Match[str], depth: int) -> tuple[Term, ...]:
        if depth >= DEEPEST:
            raise QueryError("", f"At most {DEEPEST} brackets stand within each other.")
        branches = self.branches(depth + 1)
        whole = _joined(branches)
        if not match["negated"] or not whole.terms:
            return whole.terms
        _refuse_patterns(whole)
        only = whole.terms[0] if len(whole.terms) == 1 else Either(branches)
        return (Not(Either(branches)) if isinstance(only, Not) else _negated(only),)

    def _term(self, match: re.Match[str]) -> tuple[Term, ...]:
        leaf = self._leaf(match)
        if leaf is None:
            return ()
        self.terms += 1
        return (_negated(leaf) if match["negated"] else leaf,)

    def _leaf(self, match: re.Match[str]) -> Leaf | None:
        if match["pattern"] is not None:
            patterns.check(match["pattern"])
            return Has("pattern", match["pattern"])
        if match["quoted"] is not None:
            key, quoted = match["key"], match["quoted"]
            return keyed(key, quoted, self._now, self._zone) if key else text(quoted)
        return self._word(match["word"])

    def _word(self, word: str) -> Leaf | None:
        if known := WORDS.get(word.lower()):
            return known.make(self._now, self._zone)
        if word.startswith("#") and len(word) > 1:
            return keyed("#", word[1:], self._now, self._zone)
        key, colon, value = word.partition(":")
        if colon and key.isascii() and key.isalpha():
            return keyed(f"{key}:", value, self._now, self._zone)
        return text(word)


def _negated(leaf: Leaf | Either) -> Term:
    if isinstance(leaf, Is) and leaf.state in _OPPOSITE:
        return Is(_OPPOSITE[leaf.state])
    return Not(leaf)


def _refuse_patterns(query: Query) -> None:
    """Patterns are looked for in what all the rest has found; so they stand by it."""
    found = next(filter(is_pattern, query.leaves), None)
    if isinstance(found, Has):
        reason = "cannot stand beside “or”, or within brackets that are negated"
        raise QueryError("", f"“/{found.value}/” {reason}.")
