"""Connections: opened safely, one a thread; transactions; trouble in plain words."""

import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import DamagedError, StoreError
from reader.store import presence, schema, search

# What SQLite's primary result codes mean to a person, and what helps.
_PLAIN = {
    sqlite3.SQLITE_BUSY: "is locked by another program; close it, or try again",
    sqlite3.SQLITE_LOCKED: "is locked by another program; close it, or try again",
    sqlite3.SQLITE_ERROR: "is damaged, or of another version; see firsthand doctor",
    sqlite3.SQLITE_CORRUPT: "is damaged; `firsthand restore` puts a backup there",
    sqlite3.SQLITE_NOTADB: "is no database; `firsthand restore` puts a backup there",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full",
    sqlite3.SQLITE_READONLY: "cannot be written: file or folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check that its folder can be written",
    sqlite3.SQLITE_PERM: "cannot be opened: not permitted",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
}
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def plain_trouble(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk refuse into StoreError; bugs pass as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        reason = _PLAIN.get(code & 0xFF) if code is not None else None
        if code is None or reason is None:
            raise
        if code & 0xFF in _DAMAGE:
            raise _damaged(path, reason) from error
        raise StoreError(str(path), reason) from error
    except (UnicodeDecodeError, json.JSONDecodeError, zlib.error) as error:
        # What was packed whole cannot be unpacked: the file is not as it was written.
        raise _damaged(path, _PLAIN[sqlite3.SQLITE_CORRUPT]) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(str(path), f"cannot be opened: {reason}") from error


def _damaged(path: Path, reason: str) -> DamagedError:
    """The error of a damaged file, which is looked at before it is opened again."""
    presence.suspect(path)
    return DamagedError(str(path), reason)


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of it is kept, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Several questions about one and the same state of the database."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """A connection that waits `patience` seconds for a lock."""
    connection = sqlite3.connect(
        path,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            _shape(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -16000")
        search.register(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _shape(connection: sqlite3.Connection) -> None:
    """Say how a new file is laid out; one that has tables only takes the last line."""
    # Packed entries of some 2 kB leave half of a smaller page unused, and space that
    # was given up can be given back.
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")


class Connections:
    """The open connections to one file: one for each thread that asks."""

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._closed = False
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, sqlite3.Connection] = {}
        self._presence: presence.Presence | None = None
        try:
            with plain_trouble(path):
                _create(path)
                self._presence = presence.Presence(path)
                schema.migrate(self.mine(), path)
        except BaseException:
            self.close()
            raise

    @property
    def uncertain(self) -> bool:
        """Whether the last to have the file open did not close it."""
        return self._presence is not None and self._presence.uncertain

    def mine(self) -> sqlite3.Connection:
        """This thread's connection."""
        if self._closed:
            raise StoreError(str(self._path), "is closed; nothing may be asked of it")
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = connect(self._path, self._patience)
            self._keep(found)
        return found

    def _keep(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            for thread in [t for t in self._open if not t.is_alive()]:
                self._open.pop(thread).close()
            self._open[threading.current_thread()] = connection

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            self._closed = True
            for connection in self._open.values():
                connection.close()
            self._open.clear()
        self._local = threading.local()
        if self._presence:
            self._presence.close()


def _create(path: Path) -> None:
    """An empty file that only its owner may read, unless there is one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
