"""Files that a person names: read within bounds, written whole, trouble in one line."""

import sys
from pathlib import Path

from reader.cli.exact import Exact
from reader.cli.session import say
from reader.errors import ReaderError

MOST = 10 * 2**20
"""Bytes read of a file; what is longer is cut there."""


def read(file: Path) -> bytes:
    """The bytes of a file, or of stdin for `-`. Raises ReaderError, which names it."""
    if str(file) == "-":
        return sys.stdin.buffer.read(MOST)
    try:
        with file.open("rb") as stream:
            return stream.read(MOST)
    except (OSError, ValueError) as error:
        raise ReaderError(str(file), f"cannot be read: {_why(error)}") from error


def write(file: Path, text: str) -> None:
    """Write a text to a file. Raises ReaderError, which names it."""
    try:
        file.write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ReaderError(str(file), f"cannot be written: {_why(error)}") from error


def put(file: Path | None, text: str) -> None:
    """Write a text to a file, or to stdout where none is named."""
    if file is None:
        say([Exact(text)])
    else:
        write(file, text)


def _why(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or "its name is none"
