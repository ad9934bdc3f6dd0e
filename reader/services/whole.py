"""Files written whole or not at all: what was there stays until the new one stands."""

import os
from pathlib import Path


def replace(file: Path, text: str, mode: int = 0o666) -> None:
    """Put a file of this text in place of what is there. Raises OSError.

    It has `mode` from its first byte on, less what the user's umask takes away.
    """
    part = file.with_name(f".{file.name[:60]}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(part, flags, mode), "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
