"""What a server says, written down: its subscriptions, its items, its marks.

The server is the authority, save for what it is still to be told: a wish in the outbox
wins until the server knows it. The caller holds the transaction.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from reader.model import Feed
from reader.store import feeds, polls
from reader.store.codec import id_list, to_micros
from reader.store.values import Known, Listed, Poll, Saved


def subscriptions(
    connection: sqlite3.Connection,
    account_id: int,
    listed: Iterable[Listed],
    now: datetime,
) -> tuple[int, int]:
    """Make an account's feeds what its server lists; how many came, and how many went.

    What went is out of sight, as if it had been removed here.
    """
    here = _feeds(connection, account_id)
    wanted = {one.stream: one for one in listed}
    leaving = _told(connection, account_id, "unsubscribe")
    by_url = {url: s for s, (_, url, _) in here.items() if s not in wanted}
    came = 0
    for one in wanted.values():
        known = here.pop(one.stream, None)
        if known is None and (old := by_url.pop(one.url, None)) is not None:
            known = here.pop(old)
        came += _keep(connection, account_id, one, known, now)
    gone = [feed for feed, _, hidden in here.values() if not hidden]
    back = [s for s in leaving if s in wanted]
    _hide(connection, gone, now)
    _hide(connection, _ids(connection, account_id, back), now)
    if came:
        # Some of what was skipped may be theirs.
        connection.execute("DELETE FROM skipped WHERE account_id = ?", (account_id,))
    return came, len(gone)


_Here = tuple[int, str, bool]


def _feeds(connection: sqlite3.Connection, account_id: int) -> dict[str, _Here]:
    rows = connection.execute(
        """SELECT stream, id, url, hidden_at IS NOT NULL FROM feed
        WHERE account_id = ?""",
        (account_id,),
    )
    return {row[0]: (row[1], row[2], bool(row[3])) for row in rows}


def _told(
    connection: sqlite3.Connection, account_id: int, what: str
) -> Collection[str]:
    rows = connection.execute(
        "SELECT target FROM outbox WHERE account_id = ? AND what = ?",
        (account_id, what),
    )
    return {row[0] for row in rows}


def _ids(
    connection: sqlite3.Connection, account_id: int, streams: Iterable[str]
) -> list[int]:
    return [
        row[0]
        for stream in streams
        for row in connection.execute(
            "SELECT id FROM feed WHERE account_id = ? AND stream = ?",
            (account_id, stream),
        )
    ]


def _hide(connection: sqlite3.Connection, ids: Iterable[int], now: datetime) -> None:
    connection.execute(
        """UPDATE feed SET hidden_at = ? WHERE hidden_at IS NULL
        AND id IN (SELECT value FROM json_each(?))""",
        (to_micros(now), id_list(ids)),
    )


def _keep(
    connection: sqlite3.Connection,
    account_id: int,
    listed: Listed,
    known: _Here | None,
    now: datetime,
) -> bool:
    """Write down one subscription; True when it is new here."""
    title = listed.title or listed.url
    clean = Feed(0, listed.url, title, listed.site_url, listed.folder or None)
    if known is None:
        feeds.insert(connection, clean, now, account_id, listed.stream)
        return True
    connection.execute(
        """UPDATE feed SET stream = ?, url = ?, hidden_at = NULL,
        site_url = coalesce(?, site_url) WHERE id = ?""",
        (listed.stream, clean.url, clean.site_url, known[0]),
    )
    asked = _wishes(connection, account_id, listed.stream)
    if "title" not in asked:
        connection.execute(
            "UPDATE feed SET title = ?, own_title = NULL WHERE id = ?",
            (clean.title, known[0]),
        )
    if "folder" not in asked:
        connection.execute(
            "UPDATE feed SET folder = ? WHERE id = ?", (clean.folder, known[0])
        )
    return known[2]


def _wishes(
    connection: sqlite3.Connection, account_id: int, stream: str
) -> Collection[str]:
    rows = connection.execute(
        "SELECT what FROM outbox WHERE account_id = ? AND target = ?",
        (account_id, stream),
    )
    return {row[0] for row in rows}


def streams(connection: sqlite3.Connection, account_id: int) -> dict[str, int]:
    """The feeds of an account that are in sight, by what its server calls them."""
    here = _feeds(connection, account_id)
    return {stream: feed for stream, (feed, _, hidden) in here.items() if not hidden}


def polled(
    connection: sqlite3.Connection, account_id: int, at: datetime, next_poll: datetime
) -> None:
    """An account's server answered for all of its feeds."""
    connection.execute(
        """UPDATE poll SET last_poll = :at, last_success = :at, next_poll = :next,
        error = NULL, failures = 0
        WHERE feed_id IN (SELECT id FROM feed WHERE account_id = :account)""",
        {
            "at": to_micros(at),
            "next": to_micros(next_poll),
            "account": account_id,
        },
    )


# --- items and their marks --------------------------------------------------


def known(connection: sqlite3.Connection, account_id: int) -> dict[str, Known]:
    """The entries of an account by the ids that its server gave them."""
    rows = connection.execute(
        """SELECT e.guid, e.id, s.read, s.starred, g.entry_id IS NOT NULL
        FROM feed f JOIN entry e ON e.feed_id = f.id JOIN state s ON s.entry_id = e.id
        LEFT JOIN forgotten g ON g.entry_id = e.id WHERE f.account_id = ?""",
        (account_id,),
    )
    return {
        guid: Known(entry, bool(read), bool(starred), bool(gone))
        for guid, entry, read, starred, gone in rows
    }


def fingerprints(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[str, str]:
    """The fingerprints of entries, by their guids."""
    rows = connection.execute(
        """SELECT guid, fingerprint FROM entry
        WHERE id IN (SELECT value FROM json_each(?))""",
        (id_list(ids),),
    )
    return dict(rows.fetchall())


def passed(connection: sqlite3.Connection, account_id: int) -> frozenset[str]:
    """The ids of what was here once and is not to come back, or never came."""
    rows = connection.execute(
        """SELECT t.guid FROM tombstone t JOIN feed f ON f.id = t.feed_id
        WHERE f.account_id = :account
        UNION SELECT item FROM skipped WHERE account_id = :account""",
        {"account": account_id},
    )
    return frozenset(row[0] for row in rows)


def recall(
    connection: sqlite3.Connection, account_id: int, items: Iterable[str]
) -> None:
    """Let these items come once more, though they have expired."""
    connection.executemany(
        """DELETE FROM tombstone WHERE guid = ?
        AND feed_id IN (SELECT id FROM feed WHERE account_id = ?)""",
        [(item, account_id) for item in items],
    )


def skip(connection: sqlite3.Connection, account_id: int, items: Iterable[str]) -> None:
    """Leave these items where they are."""
    connection.executemany(
        "INSERT OR IGNORE INTO skipped(account_id, item) VALUES(?, ?)",
        ((account_id, item) for item in items),
    )


def items(
    connection: sqlite3.Connection,
    poll: Poll,
    marks: Mapping[str, tuple[bool, bool]],
) -> Saved:
    """Keep the items of one feed; new ones have the marks, read and starred, given."""
    saved = polls.save(connection, poll, index=False)
    if saved.new_ids:
        _mark_new(connection, poll.feed_id, saved.new_ids, marks)
    return saved


def _mark_new(
    connection: sqlite3.Connection,
    feed_id: int,
    new_ids: Iterable[int],
    given: Mapping[str, tuple[bool, bool]],
) -> None:
    account_id = connection.execute(
        "SELECT account_id FROM feed WHERE id = ?", (feed_id,)
    ).fetchone()[0]
    names = connection.execute(
        """SELECT id, guid FROM entry
        WHERE id IN (SELECT value FROM json_each(?))""",
        (id_list(new_ids),),
    ).fetchall()
    changes: dict[tuple[str, bool], list[int]] = {}
    for entry_id, guid in names:
        read, starred = given.get(guid, (False, False))
        changes.setdefault(("read", read), []).append(entry_id)
        changes.setdefault(("starred", starred), []).append(entry_id)
    for (field, value), ids in changes.items():
        if value:
            mark(connection, account_id, field, value, ids)


def mark(
    connection: sqlite3.Connection,
    account_id: int,
    field: str,
    value: bool,
    ids: Iterable[int],
) -> int:
    """Set what the server says, where it is not still to be told otherwise."""
    changed = connection.execute(
        f"""UPDATE state SET {field} = :value
        WHERE entry_id IN (SELECT value FROM json_each(:ids)) AND {field} != :value
        AND NOT EXISTS (SELECT 1 FROM outbox o JOIN entry e ON e.id = state.entry_id
            WHERE o.account_id = :account AND o.what = :field AND o.target = e.guid)""",
        {
            "value": int(value),
            "ids": id_list(ids),
            "account": account_id,
            "field": field,
        },
    )
    return changed.rowcount


def forget(connection: sqlite3.Connection, ids: Iterable[int], gone: bool) -> None:
    """The server knows these entries no more, or knows them again."""
    if gone:
        connection.execute(
            "INSERT OR IGNORE INTO forgotten SELECT value FROM json_each(?)",
            (id_list(ids),),
        )
    else:
        connection.execute(
            """DELETE FROM forgotten
            WHERE entry_id IN (SELECT value FROM json_each(?))""",
            (id_list(ids),),
        )
