"""What is copied, handed to a program that keeps the clipboard; without a shell.

Such a program stays behind to answer whoever pastes: it is not waited for without end,
and never stopped.
"""

import asyncio
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from contextlib import suppress

from reader.services.pipe import PipeError, words_of

PATIENCE = 3.0
"""Seconds until a program that still runs is taken to be keeping what it was given."""


async def copy(command: str, text: str, environ: Mapping[str, str]) -> None:
    """Give a text to the command of the settings. Raises PipeError."""
    program, *rest = words_of(command)
    try:
        process = await asyncio.create_subprocess_exec(
            program,
            *rest,
            stdin=PIPE,
            stdout=DEVNULL,
            stderr=DEVNULL,
            start_new_session=True,
            env=dict(environ),
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise PipeError(
            program, f"could not be started ({why}); see copy_command in config.toml"
        ) from error
    with suppress(TimeoutError):
        await asyncio.wait_for(process.communicate(text.encode()), PATIENCE)
    if process.returncode:
        reason = f"copied nothing (exit code {process.returncode})"
        raise PipeError(program, reason)
