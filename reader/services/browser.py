"""Links and files into programs: http and https, one argument each, never a shell."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from reader.errors import ReaderError
from reader.urls import is_web

SYSTEM_OPENERS = ("xdg-open", "open", "wslview")


PATIENCE = 1.5
"""Seconds within which a program that cannot open a link has mostly said so."""
_GLANCE = 0.05


class BrowserError(ReaderError):
    """No browser could be started for a link."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A program that was started for a link, and may say at once that it failed."""

    command: tuple[str, ...]
    process: "subprocess.Popen[bytes]"

    def check(self, seconds: float = PATIENCE) -> None:
        """Wait a moment for it to end. Raises BrowserError where it failed."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self._judge()

    async def watch(self, seconds: float = PATIENCE) -> None:
        """The same while others go on."""
        import asyncio

        for _ in range(int(seconds / _GLANCE)):
            if self.process.poll() is not None:
                break
            await asyncio.sleep(_GLANCE)
        self._judge()

    def _judge(self) -> None:
        if code := self.process.poll():
            fix = "see $BROWSER, and [reading] in config.toml"
            reason = f"{self.command[0]} failed to open it (exit code {code}); {fix}"
            raise BrowserError(self.command[-1], reason)


def open_link(url: str, browser: str | None, environ: Mapping[str, str]) -> Opening:
    """Open `url` in the user's browser, detached, and return at once.

    `browser` comes from the settings, else `$BROWSER`, else the system's opener. `%s`
    in the command stands for the link; without it the link is the last argument.
    """
    if not is_web(url):
        raise BrowserError(url, "only http and https links are opened")
    chosen = (browser,) if browser else environ.get("BROWSER", "").split(os.pathsep)
    return run(command_for(url, *chosen), environ)


def open_enclosure(
    url: str, command: str | None, browser: str | None, environ: Mapping[str, str]
) -> Opening:
    """Open a file that comes with an entry, by `command` from the settings.

    Without one it opens as a link does.
    """
    if command is None:
        return open_link(url, browser, environ)
    if not is_web(url):
        raise BrowserError(url, "only http and https files are opened")
    return run(command_for(url, command, what="enclosure_command"), environ)


def run(command: list[str], environ: Mapping[str, str]) -> Opening:
    """Start a program detached, and return at once. Raises BrowserError."""
    try:
        process = subprocess.Popen(  # noqa: S603  one argument each, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=dict(environ) | {"PATH": environ.get("PATH", os.defpath)},
        )
    except OSError as error:
        reason = f"{command[0]} could not be started ({error.strerror})"
        raise BrowserError(command[-1], reason) from error
    return Opening(tuple(command), process)


def command_for(url: str, *browsers: str, what: str = "browser") -> list[str]:
    """The program and its arguments that open `url`: the first of these there is.

    `what` is the setting that names it.
    """
    for candidate in browsers:
        try:
            words = shlex.split(candidate)
        except ValueError:
            continue
        if words and shutil.which(words[0]):
            filled = [word.replace("%s", url) for word in words]
            return filled if filled != words else [*words, url]
    if named := [browser for browser in browsers if browser.strip()]:
        reason = f"the program {named[0]} was not found"
        raise BrowserError(url, f"{reason}; see $BROWSER, and {what} in config.toml")
    opener = next(filter(shutil.which, SYSTEM_OPENERS), None)
    if opener is None:
        fix = "set $BROWSER, or browser under [reading] in config.toml"
        raise BrowserError(url, f"no browser was found; {fix}")
    return [opener, url]
