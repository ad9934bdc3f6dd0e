"""A text handed to a command of the reader's own: by its standard input, without shell.

The command is an argument list; nothing of the text is ever an argument.
"""

import asyncio
import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from reader.cleaning import clean_block
from reader.errors import ReaderError

OUTPUT_MOST = 2**20
"""Bytes that are kept of what a command says; one that says more is stopped."""


class PipeError(ReaderError):
    """A command could not be started."""


@dataclass(frozen=True, slots=True)
class Piped:
    """What a command said, and its exit code; `cut` when it was stopped for length."""

    command: str
    code: int
    output: str = ""
    cut: bool = False


def words_of(command: str) -> list[str]:
    """A command as program and arguments. Raises PipeError."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise PipeError(command, f"{str(error).lower()}") from error
    if not words:
        raise PipeError("", "a command is wanted, such as: wc -w")
    return [os.path.expanduser(words[0]), *words[1:]]


async def pipe(command: str, text: str, environ: Mapping[str, str]) -> Piped:
    """Run a command with a text as its input, and take what it says.

    Whoever stops waiting stops the command, too. Raises PipeError.
    """
    words = words_of(command)
    try:
        process = await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            env=_environ(environ),
        )
    except (OSError, ValueError) as error:
        raise _not_started(words[0], error) from error
    try:
        said, cut = await _talk(process, text)
        code = await process.wait()
    finally:
        _stop(process)
    return Piped(command, code, clean_block(said.decode("utf-8", "replace")), cut)


def run_in_front(command: str, text: str, environ: Mapping[str, str]) -> int:
    """Run a command that takes the terminal, with a text as its input; its exit code.

    It waits for the command's end, in the main thread; Ctrl+C is meanwhile the
    command's alone. Raises PipeError.
    """
    words = words_of(command)
    # A handler, not SIG_IGN: that the command would inherit.
    before = signal.signal(signal.SIGINT, _not_ours)
    try:
        done = subprocess.run(  # noqa: S603  one argument each, no shell
            words,
            input=text.encode("utf-8", "replace"),
            check=False,
            env=_environ(environ),
        )
    except (OSError, ValueError) as error:
        raise _not_started(words[0], error) from error
    finally:
        signal.signal(signal.SIGINT, before)
    return done.returncode


def _not_ours(number: int, frame: FrameType | None) -> None:
    """What a terminal sends to everybody in it was meant for the command in front."""


def _environ(environ: Mapping[str, str]) -> dict[str, str]:
    return dict(environ) | {"PATH": environ.get("PATH", os.defpath)}


def _not_started(program: str, error: OSError | ValueError) -> PipeError:
    why = getattr(error, "strerror", None) or str(error)
    return PipeError(program, f"could not be started ({why})")


async def _talk(process: asyncio.subprocess.Process, text: str) -> tuple[bytes, bool]:
    """Tell the command the text, and hear what it says; whether that was too much."""
    if process.stdin is None or process.stdout is None:
        return b"", False
    feeding = asyncio.create_task(_feed(process.stdin, text))
    said, cut = await _said(process.stdout)
    if cut:
        _stop(process)
    await feeding
    return said, cut


async def _feed(stream: asyncio.StreamWriter, text: str) -> None:
    """All of the text; a command that wants no more of it is no trouble."""
    with suppress(BrokenPipeError, ConnectionResetError):
        stream.write(text.encode("utf-8", "replace"))
        await stream.drain()
    stream.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        await stream.wait_closed()


async def _said(stream: asyncio.StreamReader) -> tuple[bytes, bool]:
    """What the command says, up to the bound; whether there was more."""
    said = b""
    while part := await stream.read(65_536):
        said += part
        if len(said) > OUTPUT_MOST:
            return said[:OUTPUT_MOST], True
    return said, False


def _stop(process: asyncio.subprocess.Process) -> None:
    """End a command and what it has begun."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
