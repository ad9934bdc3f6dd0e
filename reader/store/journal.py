"""What was done, so that it can be undone: marks, and feeds removed.

Each change is written down in the transaction that makes it. Undo restores only what
still is as the action left it.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from reader.store import outbox, tags
from reader.store.codec import id_list, pack_ids, to_micros, to_moment, unpack_ids
from reader.store.values import Action

KEPT_ACTIONS = 200
"""How many actions are remembered."""

# Where a field of the journal lives: the table and its key.
_HOMES = {
    "read": ("state", "entry_id"),
    "starred": ("state", "entry_id"),
    "hidden": ("state", "entry_id"),
    "hidden_at": ("feed", "id"),
}
_WORDS = {
    ("read", True): "read",
    ("read", False): "unread",
    ("starred", True): "starred",
    ("starred", False): "unstarred",
    ("hidden", True): "hidden",
    ("hidden", False): "shown again",
}
_TAG = "tag "
"""What the field of a tag begins with; its id follows, and 1 is having it."""


Change = tuple[str, int | None, int | None, Sequence[int]]
"""A field, what it was, what it becomes, and of which entries or feeds."""


def mark(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    read: bool | None,
    starred: bool | None,
    by: str,
    now: datetime,
    hidden: bool | None = None,
) -> Action:
    """Set what is not None; entries that are so already are no part of it."""
    asked = {"read": read, "starred": starred, "hidden": hidden}
    wanted = {field: value for field, value in asked.items() if value is not None}
    what = " and ".join(_WORDS[change] for change in wanted.items())
    return _do(connection, what, changes(connection, ids, wanted), by, now)


def changes(
    connection: sqlite3.Connection, ids: Sequence[int], wanted: Mapping[str, bool]
) -> list[Change]:
    """What has to change for entries to have these marks; nothing is changed."""
    return [
        (field, int(not value), int(value), found)
        for field, value in wanted.items()
        if (found := _holding(connection, field, int(not value), ids))
    ]


def tag(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    add: Sequence[str],
    remove: Sequence[str],
    by: str,
    now: datetime,
) -> Action:
    """Give entries tags and take tags from them."""
    wanted = [(name, True) for name in add] + [(name, False) for name in remove]
    fields: dict[str, bool] = {}
    for name, has in wanted:
        known = tags.make(connection, name) if has else tags.find(connection, name)
        if known:
            fields[tag_field(known)] = has
    what = " and ".join(
        f"tagged {name}" if has else f"no more tagged {name}" for name, has in wanted
    )
    return _do(connection, what, changes(connection, ids, fields), by, now)


def tag_field(tag_id: int) -> str:
    """What a tag is called as a mark of entries."""
    return f"{_TAG}{tag_id}"


def hide(
    connection: sqlite3.Connection, feed_ids: Sequence[int], by: str, now: datetime
) -> Action:
    """Remove feeds from sight; purge takes them for good."""
    found = _holding(connection, "hidden_at", None, feed_ids)
    gone = [("hidden_at", None, to_micros(now), found)] if found else []
    return _do(connection, "removed", gone, by, now)


def _do(
    connection: sqlite3.Connection,
    what: str,
    changes: Sequence[Change],
    by: str,
    now: datetime,
) -> Action:
    for change in changes:
        _set(connection, *change)
    return record(connection, what, changes, by, now)


def make(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Make changes that nobody asked for just now, so that there is none to undo."""
    for change in changes:
        _set(connection, *change)


def record(
    connection: sqlite3.Connection,
    what: str,
    changes: Sequence[Change],
    by: str,
    now: datetime,
) -> Action:
    """Write down changes that were made, as one action; each field once.

    What was taken back before is not to be done again after it.
    """
    count = len({one for *_, ids in changes for one in ids})
    if not changes:
        return Action(0, what, 0, by, now)
    connection.execute("DELETE FROM action WHERE undone_at IS NOT NULL")
    action: int = connection.execute(
        "INSERT INTO action(at, by, what) VALUES(?, ?, ?) RETURNING id",
        (to_micros(now), by, what),
    ).fetchone()[0]
    for field, before, after, ids in changes:
        connection.execute(
            """INSERT INTO change(action_id, field, before, after, ids)
            VALUES(?, ?, ?, ?, ?)""",
            (action, field, before, after, pack_ids(ids)),
        )
    connection.execute("DELETE FROM action WHERE id <= ?", (action - KEPT_ACTIONS,))
    return Action(action, what, count, by, now)


def _holding(
    connection: sqlite3.Connection,
    field: str,
    value: int | None,
    ids: Iterable[int],
) -> list[int]:
    """Those of `ids` whose field has this value."""
    if field.startswith(_TAG):
        return tags.having(connection, _tag_id(field), ids, bool(value))
    table, key = _HOMES[field]
    rows = connection.execute(
        f"""SELECT {key} FROM {table} WHERE {field} IS ?
        AND {key} IN (SELECT value FROM json_each(?))""",
        (value, id_list(ids)),
    )
    return [row[0] for row in rows]


def _set(
    connection: sqlite3.Connection,
    field: str,
    before: int | None,
    after: int | None,
    ids: Iterable[int],
) -> list[int]:
    """Change a field from `before` to `after` where it is so; which it were."""
    found = _holding(connection, field, before, ids)
    if field.startswith(_TAG):
        tags.put(connection, _tag_id(field), found, bool(after))
        outbox.tagged(connection, _tag_id(field), bool(after), found)
        return found
    table, key = _HOMES[field]
    connection.execute(
        f"""UPDATE {table} SET {field} = ?
        WHERE {key} IN (SELECT value FROM json_each(?))""",
        (after, id_list(found)),
    )
    outbox.marked(connection, field, after, found)
    return found


def _tag_id(field: str) -> int:
    return int(field.removeprefix(_TAG))


def undo(connection: sqlite3.Connection, now: datetime) -> Action | None:
    """Take back the last action that stands; None when there is none."""
    row = connection.execute(
        """SELECT id, what, by, at FROM action WHERE undone_at IS NULL
        ORDER BY id DESC LIMIT 1"""
    ).fetchone()
    return _turn(connection, row, back=True, at=to_micros(now)) if row else None


def forget(connection: sqlite3.Connection) -> None:
    """Let everything stand as it is, with nothing to be taken back or done again."""
    connection.execute("DELETE FROM action")


def redo(connection: sqlite3.Connection) -> Action | None:
    """Do again what was taken back last, unless something was done since."""
    row = connection.execute(
        """SELECT id, what, by, at FROM action WHERE undone_at IS NOT NULL
        AND id > (SELECT coalesce(max(id), 0) FROM action WHERE undone_at IS NULL)
        ORDER BY id LIMIT 1"""
    ).fetchone()
    return _turn(connection, row, back=False, at=None) if row else None


def _turn(
    connection: sqlite3.Connection,
    row: tuple[int, str, str, int],
    back: bool,
    at: int | None,
) -> Action:
    action, what, by, made = row
    changed: set[int] = set()
    for field, before, after, packed in connection.execute(
        "SELECT field, before, after, ids FROM change WHERE action_id = ?", (action,)
    ).fetchall():
        now, then = (after, before) if back else (before, after)
        changed.update(_set(connection, field, now, then, unpack_ids(packed)))
    connection.execute("UPDATE action SET undone_at = ? WHERE id = ?", (at, action))
    return Action(action, what, len(changed), by, to_moment(made))
