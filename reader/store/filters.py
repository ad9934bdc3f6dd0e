"""Rules that mark entries by themselves: applied as entries come, and on request.

A rule is a query and marks. It is applied to entries as they come, and once more to an
entry that it begins to fit when more is known about it; so that a mark which somebody
took back is not put again. Patterns that take too long are passed over, which is noted.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from reader.errors import QueryError
from reader.query import Query
from reader.store import journal, lists, search, small, tags
from reader.store.codec import id_list
from reader.store.values import Action, Saved

POLL_SECONDS = 0.2
"""How long the /patterns/ of one rule may be at work on what one poll brought."""

PASSED = "filters passed over"
"""The small value that says of rules, by name, why they were not applied."""

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of the entries that a query fits: columns of marks, and tags.

    `name` is what its trouble is told by.
    """

    query: Query
    marks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule does, or would do: to which entries, and how many of each mark.

    `trouble` says why its entries could not be found.
    """

    fits: tuple[int, ...] = ()
    marked: Mapping[str, int] = field(default_factory=dict)
    trouble: str | None = None


Rules = tuple[Rule, ...]


class Filters:
    """The store's face for rules; each method is one transaction."""

    def __init__(self, writing: Opened) -> None:
        self._writing = writing

    def test(self, rules: Rules, limit: int) -> tuple[int, tuple[Effect, ...]]:
        """What rules would do to the newest entries; nothing is changed.

        Gives how many entries were looked at, and the effect of each rule after those
        before it; on entries as they came, before any was hidden.
        """
        try:
            with self._writing() as connection:
                connection.execute("UPDATE state SET hidden = 0 WHERE hidden = 1")
                ids = _newest(connection, limit)
                raise _Tested(len(ids), tuple(_all(connection, rules, ids)))
        except _Tested as done:
            return done.seen, done.effects

    def apply(
        self, rules: Rules, by: str, now: datetime, limit: int | None = None
    ) -> tuple[Action, tuple[Effect, ...]]:
        """Do to the newest entries, or to all, what rules say: one action, undoable."""
        made: dict[str, journal.Change] = {}
        with self._writing() as connection:
            ids = _newest(connection, limit)
            effects = tuple(_all(connection, rules, ids, made))
            _note(connection, rules, effects)
            changes = list(made.values())
            return journal.record(connection, "filtered", changes, by, now), effects


class _Tested(Exception):  # noqa: N818  no trouble: it takes back what a test has done
    """A test is done; whatever it changed is rolled back as this passes."""

    def __init__(self, seen: int, effects: tuple[Effect, ...]) -> None:
        super().__init__()
        self.seen = seen
        self.effects = effects


def saved(connection: sqlite3.Connection, rules: Rules, brought: Saved) -> Saved:
    """Apply rules to the entries that a poll brought; gives them back."""
    if rules and brought.new_ids:
        effects = tuple(_all(connection, rules, brought.new_ids, seconds=POLL_SECONDS))
        troubled = [(r, e) for r, e in zip(rules, effects, strict=True) if e.trouble]
        if troubled:
            _note(connection, *zip(*troubled, strict=True))
    return brought


def _note(
    connection: sqlite3.Connection, rules: Sequence[Rule], effects: Sequence[Effect]
) -> None:
    """Write down which rules were passed over, and forget it of those that were not."""
    before = small.get(connection, PASSED) or "{}"
    known: dict[str, str] = json.loads(before)
    for rule, effect in zip(rules, effects, strict=True):
        if effect.trouble:
            known[rule.name] = effect.trouble
        else:
            known.pop(rule.name, None)
    after = json.dumps(known, ensure_ascii=False)
    if after != before:
        small.put(connection, PASSED, after)


@contextmanager
def learning(
    connection: sqlite3.Connection, rules: Rules, entry_id: int
) -> Iterator[None]:
    """While this lasts more becomes known of an entry: rules that fit it now apply.

    One that cannot tell whether it fitted before is passed over, which is noted.
    """
    before = [_fitting(connection, rule, entry_id) for rule in rules]
    yield
    troubled: list[tuple[Rule, Effect]] = []
    for rule, was in zip(rules, before, strict=True):
        if was.fits:
            continue
        now = was if was.trouble else _fitting(connection, rule, entry_id)
        if now.trouble:
            troubled.append((rule, now))
        elif now.fits:
            journal.make(connection, _changes(connection, rule, now.fits))
    if troubled:
        _note(connection, *zip(*troubled, strict=True))


def _newest(connection: sqlite3.Connection, limit: int | None) -> Sequence[int]:
    return lists.ids(connection, Query(), limit=limit)


def _all(
    connection: sqlite3.Connection,
    rules: Rules,
    ids: Sequence[int],
    made: dict[str, journal.Change] | None = None,
    seconds: float = lists.PATTERN_SECONDS,
) -> Iterator[Effect]:
    """Do what each rule says to those of some entries that it fits, in their order."""
    if any(rule.query.has_words for rule in rules):
        search.learn(connection, ids)
    for rule in rules:
        try:
            fits = _fits(connection, rule, ids, seconds)
        except QueryError as error:
            yield Effect(trouble=error.reason)
            continue
        changes = _changes(connection, rule, fits)
        journal.make(connection, changes)
        if made is not None:
            _add(made, changes)
        yield Effect(fits, _counted(rule, changes))


def _fitting(connection: sqlite3.Connection, rule: Rule, entry_id: int) -> Effect:
    """Whether a rule fits an entry; nothing is done to it."""
    try:
        return Effect(_fits(connection, rule, (entry_id,), POLL_SECONDS))
    except QueryError as error:
        return Effect(trouble=error.reason)


def _fits(
    connection: sqlite3.Connection, rule: Rule, ids: Sequence[int], seconds: float
) -> tuple[int, ...]:
    """Those of some entries that a rule fits."""
    wanted = lists.where(connection, rule.query)
    sql, values = wanted.whole
    rows = connection.execute(
        f"""SELECT s.entry_id FROM json_each(?) j JOIN state s ON s.entry_id = j.value
        WHERE {sql}""",
        (id_list(ids), *values),
    )
    found = (row[0] for row in rows.fetchall())
    if wanted.patterns:
        return tuple(lists.matching(connection, found, wanted.patterns, seconds))
    return tuple(found)


def _fields(connection: sqlite3.Connection, rule: Rule) -> dict[str, bool]:
    made = (journal.tag_field(tags.make(connection, name)) for name in rule.tags)
    return dict.fromkeys((*rule.marks, *made), True)


def _changes(
    connection: sqlite3.Connection, rule: Rule, ids: Sequence[int]
) -> list[journal.Change]:
    if not ids:
        return []
    return journal.changes(connection, ids, _fields(connection, rule))


def _counted(rule: Rule, changes: Sequence[journal.Change]) -> dict[str, int]:
    """How many entries get each mark; all tags of a rule are counted as one."""
    counted: dict[str, int] = {}
    for name, _, _, ids in changes:
        mark = name if name in rule.marks else "tagged"
        counted[mark] = max(counted.get(mark, 0), len(ids))
    return counted


def _add(made: dict[str, journal.Change], changes: Sequence[journal.Change]) -> None:
    """Join changes with those made before: what was marked once is not marked again."""
    for name, before, after, ids in changes:
        known = made[name][3] if name in made else ()
        made[name] = (name, before, after, (*known, *ids))
