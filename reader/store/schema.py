"""The tables, and how an older file becomes a newer one; no rows are read here.

A file carries its version in `user_version`: the number of steps it has been through.
Before a file is changed, a copy of it is put beside it.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from reader.errors import StoreError
from reader.store import outbox

APPLICATION_ID = 0x46687264  # "Fhrd": tells our files from other programs'

Step = tuple[str, ...]

_TALLIED = {
    "entries": "1",
    "unread": "{row}.read = 0",
    "starred": "{row}.starred = 1",
    "stubs": "{row}.stub IS 1",
    "unresolved": "{row}.status = 'unresolved'",
    "looked": "({row}.checked = 1 OR {row}.stub IS 1)",
}
"""What is counted of a feed's entries, and which of them each time."""


def _tallied(name: str, event: str, **signs: str) -> str:
    """A trigger that keeps the counts: what a row adds as it comes, and takes along."""
    sums = (
        f"{column} = {column} "
        + " ".join(
            f"{sign} ({row}.hidden = 0 AND {what.format(row=row)})"
            for row, sign in signs.items()
        )
        for column, what in _TALLIED.items()
    )
    row = next(iter(signs))
    return f"""CREATE TRIGGER {name} AFTER {event} ON state BEGIN
        UPDATE tally SET {", ".join(sums)} WHERE feed_id = {row}.feed_id; END"""


_FIRST: Step = (
    # Subscriptions, local ones and, with `account_id`, those of a server, which calls
    # each a `stream`. `own_title` is the reader's name for it and wins over the feed's;
    # `follow` says which entries are followed unasked (model.Follow), `every` how often
    # the reader wants it asked (microseconds), `stopped_at` since when not at all.
    """CREATE TABLE feed(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        url TEXT NOT NULL,
        account_id INTEGER REFERENCES account,
        stream TEXT,
        title TEXT NOT NULL,
        own_title TEXT,
        site_url TEXT,
        folder TEXT,
        tags TEXT NOT NULL DEFAULT '',
        follow TEXT NOT NULL DEFAULT 'auto',
        every INTEGER,
        stopped_at INTEGER,
        added_at INTEGER NOT NULL,
        hidden_at INTEGER)""",
    "CREATE INDEX feed_hidden ON feed(hidden_at) WHERE hidden_at IS NOT NULL",
    # How polls went, and what the feed says about the next: pauses in microseconds, a
    # bit for each hour and day to be skipped. `kind` is the class of the error.
    """CREATE TABLE poll(
        feed_id INTEGER PRIMARY KEY REFERENCES feed ON DELETE CASCADE,
        last_poll INTEGER,
        last_success INTEGER,
        next_poll INTEGER,
        error TEXT,
        kind TEXT,
        failures INTEGER NOT NULL DEFAULT 0,
        etag TEXT,
        last_modified TEXT,
        digest TEXT,
        asked_pause INTEGER,
        fresh INTEGER,
        skip_hours INTEGER NOT NULL DEFAULT 0,
        skip_days INTEGER NOT NULL DEFAULT 0,
        moving_to TEXT,
        moving_since INTEGER,
        moving_ours INTEGER,
        paused INTEGER)""",
    # Every change of a feed's address that was not made by hand; `undone_at` is when
    # somebody took it back, after which it is not made again.
    """CREATE TABLE move(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        feed_id INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
        at INTEGER NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        reason TEXT NOT NULL,
        undone_at INTEGER)""",
    "CREATE INDEX move_feed ON move(feed_id)",
    # Hosts that asked to be left alone for a while.
    "CREATE TABLE hold(host TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE lease(
        feed_id INTEGER PRIMARY KEY REFERENCES feed ON DELETE CASCADE,
        owner TEXT NOT NULL,
        until INTEGER NOT NULL)""",
    "CREATE INDEX lease_owner ON lease(owner)",
    # What the feed gave. Names are joined by line ends, which a name never holds.
    """CREATE TABLE entry(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        feed_id INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
        guid TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        url TEXT NOT NULL,
        title TEXT NOT NULL,
        authors TEXT NOT NULL,
        categories TEXT NOT NULL,
        published INTEGER,
        updated INTEGER,
        first_seen INTEGER NOT NULL,
        enclosures TEXT,
        UNIQUE(feed_id, guid))""",
    # The rest of it, and its plain text, packed: see codec.pack.
    """CREATE TABLE content(
        entry_id INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
        data BLOB NOT NULL)""",
    """CREATE TABLE tombstone(
        feed_id INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
        guid TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        expired_at INTEGER NOT NULL,
        PRIMARY KEY(feed_id, guid)) WITHOUT ROWID""",
    """CREATE TABLE attribution(
        entry_id INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
        url TEXT,
        publisher TEXT,
        vias TEXT,
        data TEXT NOT NULL)""",
    "CREATE INDEX attribution_vias ON attribution(vias) WHERE vias IS NOT NULL",
    # Publishers are counted and listed without the verdicts, which are long.
    """CREATE INDEX attribution_publisher ON attribution(publisher)
        WHERE publisher IS NOT NULL""",
    # What was fetched for it: the articles and their plain text, packed. `tries` counts
    # failures in a row, and before `retry_at` nobody is asked again.
    """CREATE TABLE reading(
        entry_id INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
        problem TEXT,
        fetched_at INTEGER,
        tries INTEGER NOT NULL DEFAULT 0,
        retry_at INTEGER,
        data BLOB NOT NULL)""",
    "CREATE INDEX reading_retry ON reading(retry_at) WHERE retry_at IS NOT NULL",
    # All that lists choose and order by, one narrow row an entry. `at` is when it was
    # published or first seen; `story` is a hash of the original's address, `shared`
    # says that another entry may have the same.
    """CREATE TABLE state(
        entry_id INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
        feed_id INTEGER NOT NULL,
        at INTEGER NOT NULL,
        read INTEGER NOT NULL DEFAULT 0,
        starred INTEGER NOT NULL DEFAULT 0,
        hidden INTEGER NOT NULL DEFAULT 0,
        status TEXT NOT NULL,
        stub INTEGER,
        checked INTEGER NOT NULL,
        story INTEGER,
        shared INTEGER NOT NULL DEFAULT 0)""",
    # A partial index begins with the column of its condition: so it is chosen, and
    # nothing else need be read.
    "CREATE INDEX state_newest ON state(at, feed_id)",
    "CREATE INDEX state_unread ON state(read, at, feed_id) WHERE read = 0",
    """CREATE INDEX state_starred ON state(starred, at, feed_id)
        WHERE starred = 1""",
    "CREATE INDEX state_stubs ON state(stub, at, feed_id) WHERE stub = 1",
    """CREATE INDEX state_unresolved ON state(status, at, feed_id)
        WHERE status = 'unresolved'""",
    """CREATE INDEX state_unchecked ON state(status, at, feed_id)
        WHERE status = 'unchecked'""",
    "CREATE INDEX state_feed ON state(feed_id, at)",
    "CREATE INDEX state_feed_unread ON state(feed_id, read, at) WHERE read = 0",
    "CREATE INDEX state_story ON state(story) WHERE story IS NOT NULL",
    # Holds all that counts ask, so that stories of several entries are counted in it.
    """CREATE INDEX state_shared ON state(
        shared, story, feed_id, read, starred, hidden, stub, status, at)
        WHERE shared = 1""",
    # Few are hidden, and most readers hide none: lists leave out what stands here.
    "CREATE INDEX state_hidden ON state(hidden) WHERE hidden = 1",
    # The reader's own words for entries; `key` is the name without case and accents.
    """CREATE TABLE tag(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE)""",
    """CREATE TABLE tagged(
        tag_id INTEGER NOT NULL REFERENCES tag,
        entry_id INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
        PRIMARY KEY(tag_id, entry_id)) WITHOUT ROWID""",
    "CREATE INDEX tagged_entry ON tagged(entry_id, tag_id)",
    # Counts are kept, so that a sidebar of a thousand feeds reads a thousand rows; what
    # is hidden counts nowhere.
    """CREATE TABLE tally(
        feed_id INTEGER PRIMARY KEY REFERENCES feed ON DELETE CASCADE,
        entries INTEGER NOT NULL DEFAULT 0,
        unread INTEGER NOT NULL DEFAULT 0,
        starred INTEGER NOT NULL DEFAULT 0,
        stubs INTEGER NOT NULL DEFAULT 0,
        unresolved INTEGER NOT NULL DEFAULT 0,
        looked INTEGER NOT NULL DEFAULT 0)""",
    _tallied("state_added", "INSERT", new="+"),
    _tallied("state_removed", "DELETE", old="-"),
    _tallied(
        "state_changed",
        "UPDATE OF read, starred, hidden, status, stub, checked",
        new="+",
        old="-",
    ),
    # Who did what, to which, from what to what.
    """CREATE TABLE action(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        by TEXT NOT NULL,
        what TEXT NOT NULL,
        undone_at INTEGER)""",
    """CREATE TABLE change(
        action_id INTEGER NOT NULL REFERENCES action ON DELETE CASCADE,
        field TEXT NOT NULL,
        before INTEGER,
        after INTEGER,
        ids BLOB NOT NULL,
        PRIMARY KEY(action_id, field)) WITHOUT ROWID""",
    "CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # The index reads what it indexes through this view; `spaced` and `text_of` are
    # functions of ours (search.py). Should one of them ever give other words for the
    # same row, a step here must rebuild the index, or old words stay in it for good.
    """CREATE VIEW searchable(id, body, title, publisher, authors, tags) AS
        SELECT e.id, spaced(text_of(c.data, r.data)), spaced(e.title),
            spaced(coalesce(a.publisher, '')), spaced(e.authors), spaced(e.categories)
        FROM entry e
        JOIN content c ON c.entry_id = e.id
        JOIN attribution a ON a.entry_id = e.id
        LEFT JOIN reading r ON r.entry_id = e.id""",
    # The first column costs the index nothing to name; so it is the longest.
    """CREATE VIRTUAL TABLE search USING fts5(
        body, title, publisher, authors, tags,
        content = 'searchable', content_rowid = 'id',
        tokenize = "unicode61 remove_diacritics 2")""",
    "INSERT INTO search(search, rank) VALUES('rank', 'bm25(1.0, 8.0, 4.0, 4.0, 4.0)')",
    # Bytes of words that it gathers before it writes: a batch is written in one piece.
    "INSERT INTO search(search, rank) VALUES('hashsize', 33554432)",
    # Entries that the index does not hold yet.
    """CREATE TABLE pending(
        entry_id INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE)""",
)

STEPS: tuple[Step, ...] = ((*_FIRST, *outbox.TABLES), outbox.LABELS)
"""What makes version 1 of nothing, version 2 of 1, and so on; only ever added to."""


def version(connection: sqlite3.Connection) -> int:
    """How many steps a file has been through."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(
    connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS
) -> None:
    """Bring a file to the newest version, or leave it as it is."""
    found, empty = _state(connection)
    if found > len(steps):
        reason = f"was written by a newer Firsthand (version {found} of its tables)"
        raise StoreError(str(path), f"{reason}; install that one again")
    if found == len(steps):
        return
    if found == 0 and not empty:
        raise StoreError(str(path), "is another program’s database, and left alone")
    if found:
        backup(connection, backup_path(path, found))
    connection.execute("BEGIN IMMEDIATE")
    try:
        _climb(connection, steps)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _state(connection: sqlite3.Connection) -> tuple[int, bool]:
    """Version, and whether there is nothing yet: both at one and the same moment."""
    connection.execute("BEGIN")
    try:
        tables = connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        return version(connection), tables is None
    finally:
        connection.execute("COMMIT")


def _climb(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    # Asked again: another process may have been quicker.
    for step in steps[version(connection) :]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(steps)}")


def backup_path(path: Path, found: int) -> Path:
    """Where the copy of a file of version `found` is put."""
    return path.with_name(f"{path.name}.v{found}.backup")


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the whole database to a file of its own, which appears when complete."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with closing(sqlite3.connect(part)) as copy:
        connection.backup(copy)
    os.replace(part, target)
