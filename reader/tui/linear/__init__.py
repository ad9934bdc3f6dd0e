"""The reader line by line, for screen readers and plain terminals: `--plain`.

No panes, no borders, no colours, nothing that moves: a question, a typed answer, and
sentences. Textual has no part in it.
"""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TextIO

from reader.errors import ReaderError
from reader.services import Services
from reader.tui.linear.desk import Desk

PROMPT = "firsthand> "
Ask = Callable[[str], str]
"""Asks a person for a line: it raises EOFError where there is none any more."""
Wait = Callable[[Coroutine[Any, Any, None]], None]
"""Runs something to its end; Ctrl+C ends it before, as KeyboardInterrupt."""


def run(
    services: Services, ask: Ask, wait: Wait, out: TextIO, environ: Mapping[str, str]
) -> None:
    """Answer what is typed until it is enough. Raises StoreError if it cannot begin."""
    from reader.tui.linear.commands import obey

    desk = Desk(services, out, environ)
    desk.say("Firsthand, line by line. Type help for the commands, quit to leave.")
    desk.open(desk.view)
    desk.say(desk.where())
    if not desk.library.feeds():
        desk.say("No feeds yet. Type add, and the address of a feed or a page.")
    while not desk.left:
        try:
            wait(obey(desk, ask(PROMPT)))
        except EOFError:
            return
        except ReaderError as error:
            desk.say(f"{error}")
        except KeyboardInterrupt:
            desk.say("", "Stopped. Type quit to leave.")
