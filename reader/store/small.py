"""Small values under a name: what the screen keeps between two sittings."""

import sqlite3


def get(connection: sqlite3.Connection, key: str) -> str | None:
    """What is kept under a name, None where nothing is."""
    row = connection.execute(
        "SELECT value FROM setting WHERE key = ?", (key,)
    ).fetchone()
    return None if row is None else str(row[0])


def put(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a value in place of what was there."""
    connection.execute(
        """INSERT INTO setting(key, value) VALUES(?, ?)
        ON CONFLICT(key) DO UPDATE SET value = excluded.value""",
        (key, value),
    )
