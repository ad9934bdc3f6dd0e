"""Links and files into programs: http and https, one argument each, never a shell."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping

from reader.errors import ReaderError
from reader.urls import is_web

SYSTEM_OPENERS = ("xdg-open", "open", "wslview")


class BrowserError(ReaderError):
    """No browser could be started for a link."""


def open_link(url: str, browser: str | None, environ: Mapping[str, str]) -> None:
    """Open `url` in the user's browser, detached, and return at once.

    `browser` comes from the settings, else `$BROWSER`, else the system's opener. `%s`
    in the command stands for the link; without it the link is the last argument.
    """
    if not is_web(url):
        raise BrowserError(url, "only http and https links are opened")
    chosen = (browser,) if browser else environ.get("BROWSER", "").split(os.pathsep)
    run(command_for(url, *chosen), environ)


def open_enclosure(
    url: str, command: str | None, browser: str | None, environ: Mapping[str, str]
) -> None:
    """Open a file that comes with an entry, by `command` from the settings.

    Without one it opens as a link does.
    """
    if command is None:
        open_link(url, browser, environ)
        return
    if not is_web(url):
        raise BrowserError(url, "only http and https files are opened")
    run(command_for(url, command, what="enclosure_command"), environ)


def run(command: list[str], environ: Mapping[str, str]) -> None:
    """Start a program detached, and return at once. Raises BrowserError."""
    try:
        subprocess.Popen(  # noqa: S603  one argument each, no shell
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
