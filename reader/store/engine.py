"""Which SQLite this Python came with, and what was mended in later ones that matters.

Systems mend faults without a new version; so this is told, and nothing is refused.
"""

import sqlite3

FAULTS: tuple[tuple[tuple[int, int, int], str], ...] = (
    (
        (3, 51, 3),
        "two that write at one moment may, very rarely, spoil a file",
    ),
    ((3, 50, 2), "CVE-2025-6965, which wants a query of ten thousand columns"),
    ((3, 39, 2), "CVE-2022-35737, which wants a text of two billion characters"),
)
"""Mended in a version: the log that is begun anew while it is written back
(sqlite.org/wal.html, "The WAL-Reset Bug"), and what has a number."""


def version() -> str:
    """The version of SQLite at work here."""
    return sqlite3.sqlite_version


def faults(here: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, ...]:
    """What was mended after this version."""
    return tuple(
        f"{what} (mended in {'.'.join(map(str, mended))})"
        for mended, what in FAULTS
        if here < mended
    )
