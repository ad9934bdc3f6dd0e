"""Labels of a server's items, and the tags of their entries, made to agree.

What the server had when it was last heard is kept, so that a tag that it never had is
not taken for one that was taken off there. The caller holds the transaction.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping

from reader.store import tags
from reader.store.search import folded

Lists = Mapping[str, Collection[str]]
"""The items of each label."""
Pair = tuple[str, str]
"""A label and an item that has it."""


def lost(
    connection: sqlite3.Connection, account_id: int, lists: Lists
) -> frozenset[str]:
    """The items that are in fewer lists than when the server was last heard."""
    return frozenset(item for _, item in _before(connection, account_id) - _of(lists))


def agree(
    connection: sqlite3.Connection,
    account_id: int,
    lists: Lists,
    present: Collection[str] | None,
) -> int:
    """Give entries the tags that items got, take off those they lost; how many changed.

    A label is believed to be taken off an item only where that is `present`; None: the
    lists are not whole, and none is. What is still to be told stays as it is here.
    """
    before, now = _before(connection, account_id), _of(lists)
    if before == now:
        return 0
    entries = _entries(connection, account_id)
    came = {pair for pair in now - before if pair[1] in entries}
    gone = set() if present is None else before - now
    gone = {p for p in gone if p[1] not in entries or p[1] in (present or ())}
    _keep(connection, account_id, came, gone)
    had = {(tag_key(label), item) for label, item in now}
    off = {p for p in gone if (tag_key(p[0]), p[1]) not in had and p[1] in entries}
    wishes = _wishes(connection, account_id)
    return sum(
        _put(connection, label, [entries[item] for item in items], has)
        for has, pairs in ((True, came), (False, off))
        for label, items in _by_label(pairs, wishes).items()
    )


def tag_key(label: str) -> str:
    """What labels and tags are compared by: case and accents make no other."""
    return folded(tags.named(label))


def _of(lists: Lists) -> set[Pair]:
    """Every label with every item that has it; one that can be no tag is left out."""
    named = {label: items for label, items in lists.items() if tags.named(label)}
    return {(label, item) for label, items in named.items() for item in items}


def _before(connection: sqlite3.Connection, account_id: int) -> set[Pair]:
    return set(
        connection.execute(
            "SELECT label, item FROM labelled WHERE account_id = ?", (account_id,)
        )
    )


def _entries(connection: sqlite3.Connection, account_id: int) -> dict[str, int]:
    rows = connection.execute(
        """SELECT e.guid, e.id FROM feed f JOIN entry e ON e.feed_id = f.id
        WHERE f.account_id = ?""",
        (account_id,),
    )
    return dict(rows.fetchall())


def _wishes(connection: sqlite3.Connection, account_id: int) -> set[Pair]:
    """What is still to be told, by the key of the tag and the item."""
    rows = connection.execute(
        "SELECT target FROM outbox WHERE account_id = ? AND what = 'label'",
        (account_id,),
    )
    parts = (target.partition("\n") for (target,) in rows)
    return {(tag_key(label), item) for item, _, label in parts}


def _by_label(pairs: Iterable[Pair], wishes: Collection[Pair]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label, item in sorted(pairs):
        if (tag_key(label), item) not in wishes:
            found.setdefault(label, []).append(item)
    return found


def _put(
    connection: sqlite3.Connection, label: str, entries: list[int], has: bool
) -> int:
    """Give entries a tag or take it from them; how many had it otherwise."""
    tag = tags.make(connection, label) if has else tags.find(connection, label)
    if tag is None:
        return 0
    differing = tags.having(connection, tag, entries, not has)
    tags.put(connection, tag, differing, has)
    return len(differing)


def _keep(
    connection: sqlite3.Connection,
    account_id: int,
    came: Iterable[Pair],
    gone: Iterable[Pair],
) -> None:
    """Write down what the server has now."""
    connection.executemany(
        "DELETE FROM labelled WHERE account_id = ? AND label = ? AND item = ?",
        ((account_id, *pair) for pair in gone),
    )
    connection.executemany(
        "INSERT INTO labelled(account_id, label, item) VALUES(?, ?, ?)",
        ((account_id, *pair) for pair in came),
    )
