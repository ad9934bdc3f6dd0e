"""A program of the system's, run to its end without a shell; it is told, never asked.

Only its exit code comes back. Opening links and pipes have rules of their own.
"""

import shutil
import subprocess
from collections.abc import Mapping


def exit_code(
    name: str, *words: str, environ: Mapping[str, str], patience: float
) -> int | None:
    """The exit code; None where it is not on PATH or takes over `patience` seconds."""
    program = shutil.which(name, path=environ.get("PATH"))
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603  one argument each, no shell
            [program, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=patience,
            check=False,
            env=dict(environ),
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.returncode
