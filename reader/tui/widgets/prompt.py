"""A place to type one line into, where the status line is."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from reader.tui.widgets.typed import TypedLine


class Prompt(Horizontal):
    """A word that says what is wanted, and an input."""

    class Closed(Message):
        """What was asked for was given, or not."""

    def __init__(self) -> None:
        super().__init__()
        self.is_open = False
        self._then: Callable[[str], None] | None = None
        self._empty = False

    def compose(self) -> ComposeResult:
        """The word and the input."""
        yield Static(markup=False, id="prompt-word")
        yield TypedLine(id="prompt-input")

    def open(
        self,
        word: str,
        then: Callable[[str], None],
        text: str = "",
        *,
        secret: bool = False,
        empty: bool = False,
    ) -> None:
        """Ask for a line, and hand it on when it is given.

        `text` is there to begin with; a `secret` is not shown; `empty` is an answer.
        """
        self._empty = empty
        self._then = then
        self.is_open = True
        self.add_class("-open")
        self.query_one("#prompt-word", Static).update(word)
        field = self.query_one(TypedLine)
        field.password = secret
        field.value = text
        field.cursor_position = len(text)
        field.focus()

    def close(self) -> None:
        """Ask no longer; nothing secret stays where it was typed."""
        field = self.query_one(TypedLine)
        if field.password:
            field.value = ""
        self.is_open = False
        self.remove_class("-open")
        self.post_message(self.Closed())

    def take(self) -> None:
        """Hand on what was typed."""
        field, then = self.query_one(TypedLine), self._then
        # A password may begin or end with a blank.
        text = field.value if field.password else field.value.strip()
        self.close()
        if (text or self._empty) and then is not None:
            then(text)
