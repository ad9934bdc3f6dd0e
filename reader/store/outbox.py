"""What is still to be told to servers: written in the transaction that makes it so.

A newer wish about the same thing takes the place of the older one, at the end of the
line. Nothing here hangs on an entry: what has expired is told all the same.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from reader.store.codec import id_list, to_micros
from reader.store.values import Outgoing, Told

TABLES = (
    # Accounts at servers that hold subscriptions and marks. `since` is the server's own
    # time as of the last sync, `whole_at` ours of the last that compared everything;
    # `owner` syncs it just now.
    """CREATE TABLE account(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        user TEXT NOT NULL,
        server TEXT NOT NULL,
        app_id TEXT,
        added_at INTEGER NOT NULL,
        last_sync INTEGER,
        since INTEGER,
        whole_at INTEGER,
        error TEXT,
        failures INTEGER NOT NULL DEFAULT 0,
        retry_at INTEGER,
        owner TEXT,
        until INTEGER,
        UNIQUE(url, user))""",
    # `target` is an item's id, for a label with its name on a second line, a stream,
    # or for a new subscription its address.
    """CREATE TABLE outbox(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
        what TEXT NOT NULL,
        target TEXT NOT NULL,
        value TEXT NOT NULL,
        at INTEGER NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        UNIQUE(account_id, what, target))""",
    # Entries that their server does not hold any more: it has no say about them.
    """CREATE TABLE forgotten(
        entry_id INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE)""",
    # Items that a server holds and we do not: of feeds that are not subscribed, or too
    # large to be fetched.
    """CREATE TABLE skipped(
        account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
        item TEXT NOT NULL,
        PRIMARY KEY(account_id, item)) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX feed_own ON feed(url) WHERE account_id IS NULL",
    """CREATE UNIQUE INDEX feed_stream ON feed(account_id, stream)
        WHERE account_id IS NOT NULL""",
)
"""What the schema has for accounts, and for feeds that may be in one."""

LABELS = (
    # What labels the items of entries had at their server when it was last heard: what
    # stands here and is gone there was taken off there, all else was never there.
    """CREATE TABLE labelled(
        account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
        label TEXT NOT NULL,
        item TEXT NOT NULL,
        PRIMARY KEY(account_id, label, item)) WITHOUT ROWID""",
)
"""What the schema got for labels."""

_PUT = """INSERT OR REPLACE INTO outbox(account_id, what, target, value, at)"""


def in_use(connection: sqlite3.Connection) -> bool:
    """Whether there is any account; most readers have none, and pay nothing."""
    return connection.execute("SELECT 1 FROM account").fetchone() is not None


def marked(
    connection: sqlite3.Connection, field: str, value: int | None, ids: Iterable[int]
) -> None:
    """Entries were marked, or feeds hidden: what of them is on a server is told it."""
    if not in_use(connection):
        return
    if field in ("read", "starred"):
        connection.execute(
            f"""{_PUT} SELECT f.account_id, ?, e.guid, ?, 0
            FROM json_each(?) j JOIN entry e ON e.id = j.value
            JOIN feed f ON f.id = e.feed_id WHERE f.account_id IS NOT NULL""",
            (field, str(value), id_list(ids)),
        )
    elif field == "hidden_at":
        _hidden(connection, value is not None, ids)


def tagged(
    connection: sqlite3.Connection, tag: int, has: bool, ids: Iterable[int]
) -> None:
    """Entries got a tag or lost one: what of them is on a server is told it."""
    if not in_use(connection):
        return
    connection.execute(
        f"""{_PUT} SELECT f.account_id, 'label', e.guid || char(10) || g.name, ?, 0
        FROM json_each(?) j JOIN entry e ON e.id = j.value
        JOIN feed f ON f.id = e.feed_id JOIN tag g ON g.id = ?
        WHERE f.account_id IS NOT NULL""",
        (str(int(has)), id_list(ids), tag),
    )


_ON_SERVER = """FROM feed WHERE account_id IS NOT NULL
    AND id IN (SELECT value FROM json_each(?))"""


def _hidden(connection: sqlite3.Connection, gone: bool, ids: Iterable[int]) -> None:
    """Feeds were removed, or came back: the later of the two is what counts."""
    wanted = (id_list(ids),)
    undone = "subscribe" if gone else "unsubscribe"
    target = "url" if gone else "stream"
    found = connection.execute(
        f"""DELETE FROM outbox WHERE what = ? AND (account_id, target) IN (
        SELECT account_id, {target} {_ON_SERVER}) RETURNING target""",
        (undone, *wanted),
    ).fetchall()
    told, done = ("stream", "unsubscribe") if gone else ("url", "subscribe")
    rows = connection.execute(
        f"""SELECT account_id, {told}, coalesce(folder, ''), {target} {_ON_SERVER}""",
        wanted,
    ).fetchall()
    unsent = {row[0] for row in found}
    connection.executemany(
        f"{_PUT} VALUES(?, ?, ?, ?, 0)",
        (
            (account, done, aim, folder)
            for account, aim, folder, other in rows
            if gone or other not in unsent
        ),
    )


def renamed(
    connection: sqlite3.Connection,
    feed_id: int,
    title: str | None,
    folder: str | None,
) -> None:
    """A feed was given a name or a folder; its server is told what is not None."""
    wanted = {"title": title or None, "folder": folder}
    for what, value in wanted.items():
        if value is not None:
            connection.execute(
                f"{_PUT} SELECT account_id, ?, stream, ?, 0 {_ON_SERVER}",
                (what, value, id_list((feed_id,))),
            )


def put(
    connection: sqlite3.Connection,
    account_id: int,
    what: Told,
    values: Iterable[tuple[str, str]],
    now: datetime,
) -> None:
    """Have a server told; `values` are what it is about, and what is to be so."""
    connection.executemany(
        f"{_PUT} VALUES(?, ?, ?, ?, ?)",
        ((account_id, what, *value, to_micros(now)) for value in values),
    )


def waiting(connection: sqlite3.Connection, account_id: int) -> tuple[Outgoing, ...]:
    """What a server is still to be told, in the order it happened."""
    rows = connection.execute(
        """SELECT id, what, target, value, tries FROM outbox WHERE account_id = ?
        ORDER BY id""",
        (account_id,),
    )
    return tuple(Outgoing(*row) for row in rows)


def told(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """A server knows these now; what took their place meanwhile stays."""
    connection.execute(
        "DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))",
        (id_list(ids),),
    )


def tried(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """A server would not hear of these, this time."""
    connection.execute(
        """UPDATE outbox SET tries = tries + 1
        WHERE id IN (SELECT value FROM json_each(?))""",
        (id_list(ids),),
    )
