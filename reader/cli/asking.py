"""What is asked of a person at the prompt: a secret, which is never shown."""

import sys

import typer

from reader.errors import ReaderError


def secret(what: str, stdin: bool) -> str:
    """A secret from the terminal, where it is not shown, or a line of stdin."""
    if stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    elif not sys.stdin.isatty():
        reason = "there is no terminal to ask for it; give it with --password-stdin"
        raise ReaderError(what.lower(), reason)
    else:
        given = typer.prompt(what, hide_input=True, err=True)
    if not given:
        raise typer.BadParameter(f"no {what.lower()} was given")
    return str(given)
