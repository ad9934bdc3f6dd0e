"""The line that is said while something is made ready, on a terminal of our own."""

import os
import pty
import termios
from collections.abc import Iterator
from io import StringIO
from typing import TextIO

import pytest

from reader.cli.waiting import CLEARED, waiting


class Screen(StringIO):
    """What is written, as if to a terminal."""

    def isatty(self) -> bool:
        """It says that it is one."""
        return True


@pytest.fixture
def ends() -> Iterator[tuple[int, TextIO]]:
    """Both ends of a terminal: where keys are typed, and where they are read."""
    typing, reading = pty.openpty()
    with os.fdopen(reading, closefd=True) as keys:
        yield typing, keys
    os.close(typing)


def echoes(keys: TextIO) -> bool:
    """Whether the terminal shows what is typed."""
    return bool(termios.tcgetattr(keys)[3] & termios.ECHO)


class TestWaiting:
    def test_said_until_it_is_ready(self, ends: tuple[int, TextIO]) -> None:
        """The line is there at once, and gone when the screen comes."""
        screen = Screen()
        with waiting("Preparing …", screen, ends[1]) as ready:
            before = screen.getvalue()
            ready()
            after = screen.getvalue()

        assert before == "Preparing …"
        assert after == screen.getvalue() == f"Preparing …{CLEARED}"

    def test_no_key_is_shown_or_kept(self, ends: tuple[int, TextIO]) -> None:
        """What was typed meanwhile is forgotten; afterwards keys are shown again."""
        typing, keys = ends
        with waiting("Preparing …", Screen(), keys) as ready:
            quiet = not echoes(keys)
            os.write(typing, b"jjq\n")
            ready()
            os.write(typing, b"k\n")

            assert keys.readline() == "k\n"

        assert quiet
        assert echoes(keys)

    def test_trouble_leaves_the_terminal_as_it_was(
        self, ends: tuple[int, TextIO]
    ) -> None:
        """An error is told in a row of its own, by a terminal that shows keys."""
        screen = Screen()
        with pytest.raises(ValueError, match="no"), waiting("…", screen, ends[1]):
            raise ValueError("no")

        assert screen.getvalue().endswith(CLEARED)
        assert echoes(ends[1])

    def test_no_terminal(self) -> None:
        """Where nobody looks nothing is said."""
        screen = StringIO()
        with waiting("…", screen, StringIO()) as ready:
            ready()

        assert screen.getvalue() == ""
