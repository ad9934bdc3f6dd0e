"""A number typed digit by digit, for choosing among numbered things."""

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

SECOND_DIGIT = 0.5
"""Seconds that a digit waits for another, where there are ten things or more."""


class Digits:
    """The digits typed so far; `chosen` is called with the number."""

    def __init__(self, owner: Widget, chosen: Callable[[int], None]) -> None:
        self._owner = owner
        self._chosen = chosen
        self._typed = ""
        self._timer: Timer | None = None

    def take(self, key: str, most: int) -> bool:
        """Take a key if it is a digit; `most` is the highest number there is."""
        if not (key.isascii() and key.isdecimal()) or (key == "0" and not self._typed):
            return False
        self._typed += key
        if self._timer is not None:
            self._timer.stop()
        if int(self._typed) * 10 > most:
            self._done()
        else:
            self._timer = self._owner.set_timer(SECOND_DIGIT, self._done)
        return True

    def _done(self) -> None:
        number, self._typed = int(self._typed or 0), ""
        self._chosen(number)
