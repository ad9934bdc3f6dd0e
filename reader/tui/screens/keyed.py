"""The screen that all others are: its keys come from the table of actions.

It turns keys into names of actions and asks questions; it does no action itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar, cast

from textual import events, on
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from reader.tui import telling
from reader.tui.actions import BY_NAME
from reader.tui.hints import hint
from reader.tui.keys import Typed, press
from reader.tui.messages import ActionWanted
from reader.tui.paint.span import Line
from reader.tui.paint.status import Hint
from reader.tui.places import MOVING, TYPING, Place
from reader.tui.shell import Shell
from reader.tui.widgets.status import StatusLine

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Question:
    """Something that wants a yes before it is done."""

    text: str
    then: Callable[[], object]


def written(event: events.Key) -> str:
    """A key as the table writes it: the character itself, or the key's name."""
    if event.character and event.is_printable and event.character != " ":
        return event.character
    return event.key


class Keyed(Screen[Result], Generic[Result]):
    """A screen whose keys mean actions."""

    HINTS: tuple[tuple[str, ...], ...] = ()
    """What the status line offers: a word, and the actions that it is about."""

    typed = Typed()
    ahead = 0
    question: Question | None = None

    @property
    def firsthand(self) -> Shell:
        """The application, by its own type."""
        return cast(Shell, self.app)

    @property
    def place(self) -> Place:
        """Where the keys go just now."""
        raise NotImplementedError

    def commands(self) -> Mapping[str, Callable[[int], None]]:
        """What this screen does for the name of an action, given a count."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Do what the key means here."""
        if self.app.screen is not self:
            # It was typed ahead, for the screen that the key before it led to.
            event.stop()
            self.app.screen.post_message(events.Key(event.key, event.character))
            return
        key = written(event)
        if self.question is not None:
            event.stop()
            self.answer(key)
            return
        if self.take_key(key):
            event.stop()
            return
        before = self.typed
        keymap = self.firsthand.keymap
        self.typed, pressed = press(before, key, self.place, keymap)
        if pressed is not None or self.typed != before:
            event.stop()
            event.prevent_default()
        elif self.place in TYPING and event.is_printable and event.character:
            # It came before there was a line to type into.
            event.stop()
            self.type_ahead(event.character)
        if pressed is not None:
            self.perform(pressed.name, pressed.count)

    def type_ahead(self, character: str) -> None:
        """Put a letter into the line that is there by now, before what came later."""
        for field in self.query("TypedLine").results(Input):
            at, self.ahead = self.ahead, self.ahead + 1
            cursor = field.cursor_position
            field.value = field.value[:at] + character + field.value[at:]
            field.cursor_position = cursor + 1
            field.focus()

    def take_key(self, key: str) -> bool:
        """Whether this screen had a use of its own for a key."""
        return False

    def perform(self, name: str, count: int = 0) -> None:
        """Do an action by its name, if this screen has it."""
        command = self.commands().get(name)
        if command is not None:
            if BY_NAME[name].places != MOVING:
                # What was done before is old news now.
                self.firsthand.hush()
            self.trying(partial(command, count))

    def trying(self, act: Callable[[], object]) -> None:
        """Do something; expected trouble becomes a sentence in the status line.

        Whatever a key, a message, a timer or a new size begins comes through here as
        soon as it reads or writes the store.
        """
        self.firsthand.trying(act)

    def after(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Try something in a while."""
        return self.set_timer(seconds, partial(self.trying, act))

    def every(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Try something again and again."""
        return self.set_interval(seconds, partial(self.trying, act))

    def perform_if(self, name: str | None) -> None:
        """Do an action that another screen gave back, if it gave one."""
        if name:
            self.perform(name)

    @on(ActionWanted)
    def _action_wanted(self, message: ActionWanted) -> None:
        message.stop()
        if self.question is not None:
            self.answer("y" if message.name == "yes" else "n")
        else:
            self.wanted(message.name)

    def wanted(self, name: str) -> None:
        """Do what was clicked on."""
        self.perform(name)

    def ask(self, text: str, then: Callable[[], object]) -> None:
        """Ask in the status line; only `y` does it."""
        self.question = Question(text, then)
        self.show_status()

    def answer(self, key: str) -> None:
        """Take a key as the answer to the question."""
        question, self.question = self.question, None
        self.show_status()
        if question is not None and key in ("y", "Y"):
            self.trying(question.then)

    def told(self, columns: int) -> Line:
        """What the status line says at the left."""
        question = self.question.text if self.question else ""
        return telling.left(self.firsthand, question, self.position(), columns)

    def position(self) -> Line:
        """Where one is, if that is worth a word."""
        return ()

    def hints(self, columns: int, left: Line) -> Sequence[Hint]:
        """The keys that the status line shows."""
        if self.question:
            return ()
        keys = self.firsthand.keymap
        return tuple(hint(keys, word, *names) for word, *names in self.HINTS)

    def say(self, text: str) -> None:
        """Say in the status line what an action did."""
        self.firsthand.say(text)

    def show_status(self) -> None:
        """Draw the status line anew."""
        for line in self.query(StatusLine):
            line.refresh()
