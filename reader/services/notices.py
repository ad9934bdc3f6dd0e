"""What a desktop is told when entries have come: a text, and how terminals hear it.

The screen writes the sequence; a program without one asks `notify-send`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.cleaning import clean_line
from reader.services.programs import exit_code
from reader.settings import Settings

TITLES = 3
"""Titles of entries that a notice names."""
PATIENCE = 10.0
"""Seconds that `notify-send` may take."""
LONGEST = 200
"""Characters of a notice; desktops show little more."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A title and a line for the desktop."""

    title: str
    body: str


def notice(new: int, titles: Sequence[str] = ()) -> Notice | None:
    """What to say of so many new entries, and of the first of their titles."""
    if new <= 0:
        return None
    counted = "1 new entry" if new == 1 else f"{new:,} new entries"
    named = " · ".join(clean_line(title) for title in titles[:TITLES] if title)
    return Notice("Firsthand", f"{counted}: {named}"[:LONGEST] if named else counted)


def sequence(settings: Settings, told: Notice) -> str | None:
    """What a terminal is sent to show a notice; None where none is wanted of it.

    OSC 9 (iTerm2, kitty, foot, Windows Terminal) has one text, OSC 777 (urxvt, VTE,
    foot) two between semicolons.
    """
    title, body = clean_line(told.title), clean_line(told.body)
    match settings.ui.notify:
        case "osc9":
            return f"\x1b]9;{title}: {body}\x07"
        case "osc777":
            return f"\x1b]777;notify;{title.replace(';', ',')};{body}\x07"
        case _:
            return None


def send(settings: Settings, told: Notice, environ: Mapping[str, str]) -> bool:
    """Hand a notice to `notify-send` where that is wanted; False where it failed.

    It takes as long as the desktop does, so that it belongs in a thread.
    """
    if settings.ui.notify != "notify-send":
        return True
    words = ("--app-name=Firsthand", "--", told.title, told.body)
    return exit_code("notify-send", *words, environ=environ, patience=PATIENCE) == 0
