"""Keys that reach the screens one after another, however many are typed ahead.

Textual hands each key at once to whatever has the focus, through a queue of its own:
where a key opens a screen or leaves one, the key behind it could overtake it. Here a
key sets out when the one before it was answered. What a key means is no matter here.
"""

from collections import deque
from time import monotonic

from textual import events, on
from textual.app import App
from textual.message import Message
from textual.timer import Timer

PATIENCE = 1.0
"""Seconds after which the next key is no longer kept waiting for an answer."""


class Answered(Message):
    """It follows a key on its way: where it arrives, the key was answered before."""

    def __init__(self, key: events.Key) -> None:
        super().__init__()
        self.key = key


class InOrder(App[str]):
    """An application that gives out one key at a time."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed: deque[events.Key] = deque()
        self.awaited: events.Key | None = None
        """The key that is on its way."""
        self._since = 0.0
        self._watch: Timer | None = None

    @property
    def busy(self) -> bool:
        """Whether a key waits, or is still to be answered."""
        return bool(self._typed or self.awaited)

    def on_mount(self) -> None:
        """Whoever opens or leaves a screen has answered: the next key is for it."""
        self.screen_change_signal.subscribe(
            self, lambda _: self._go_on(), immediate=True
        )

    async def on_event(self, event: events.Event) -> None:
        """Keep a key that was typed until it is its turn."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        self._late()
        await self._give_out()

    async def _give_out(self) -> None:
        while self._typed and self.awaited is None:
            key = self.awaited = self._typed.popleft()
            self._since = monotonic()
            target = self.focused or self.screen
            await super().on_event(key)
            if key.is_forwarded:
                target.post_message(Answered(key))
            else:
                # It was one of the application's own.
                self.awaited = None
        if self._typed and self._watch is None:
            # What took the key before may have gone without an answer, or be slow.
            self._watch = self.set_interval(PATIENCE / 4, self._late)
        elif not self._typed and self._watch is not None:
            self._watch.stop()
            self._watch = None

    def _late(self) -> None:
        if monotonic() - self._since >= PATIENCE:
            self._go_on()

    def _go_on(self) -> None:
        self.awaited = None
        if self._typed:
            self.call_later(self._give_out)

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        if message.key is self.awaited:
            self._go_on()
