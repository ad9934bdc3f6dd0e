"""Small values under a name: what is kept between two sittings, and is no entry."""

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


def under(connection: sqlite3.Connection, begun: str) -> dict[str, str]:
    """All that is kept under names that begin so, without that beginning."""
    rows = connection.execute(
        """SELECT substr(key, :after), value FROM setting
        WHERE substr(key, 1, :after - 1) = :begun ORDER BY key""",
        {"after": len(begun) + 1, "begun": begun},
    )
    return {str(name): str(value) for name, value in rows}


def drop(connection: sqlite3.Connection, key: str) -> bool:
    """Keep nothing more under a name; whether there was something."""
    done = connection.execute("DELETE FROM setting WHERE key = ?", (key,))
    return done.rowcount > 0
