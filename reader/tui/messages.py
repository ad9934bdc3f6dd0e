"""What happened, as messages: workers and widgets post them, the screens answer.

No message carries a widget, and none is an order.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from reader.feeds import FoundFeed
    from reader.model import Feed, Reading
    from reader.services.credentials import Credentials
    from reader.services.poll import Progress
    from reader.services.replacement import Looked
    from reader.services.source import Source
    from reader.store import Action
    from reader.tui.searching import Found
    from reader.tui.views import View


@dataclass
class EntryChosen(Message):
    """The cursor of the list stands on another entry; None: on nothing."""

    entry_id: int | None


@dataclass
class EntryOpened(Message):
    """An entry was asked for by a second click."""

    entry_id: int


@dataclass
class PublishersWanted(Message):
    """The publishers came in sight, and are to be counted."""


@dataclass
class ReadingCame(Message):
    """The reading of an entry, with what was missing fetched; `said` tells of it."""

    reading: "Reading"
    said: str = ""


@dataclass
class ReadingFailed(Message):
    """The reading of an entry could not be completed; what was shown stays."""

    entry_id: int
    reason: str


@dataclass
class Polled(Message):
    """A refresh came a step further."""

    progress: "Progress"


@dataclass
class PollEnded(Message):
    """A refresh is over; `reason` says why it could not even begin."""

    reason: str = ""


@dataclass
class Marked(Message):
    """Entries were marked; `loud`: the reader should be told how many."""

    action: "Action"
    loud: bool = False


@dataclass
class Undone(Message):
    """The last action was taken back; None: there was none."""

    action: "Action | None"


@dataclass
class Redone(Message):
    """An action was done again; None: there was none."""

    action: "Action | None"


@dataclass
class FeedsChanged(Message):
    """A feed was added or removed; `said` tells of it."""

    said: str
    feed_id: int | None = None


@dataclass
class FeedEdited(Message):
    """What a reader wants of a feed was changed; `said` tells of it."""

    feed: "Feed"
    said: str


@dataclass
class Entrusted(Message):
    """What a feed's host is told is `known`; `said` tells what was changed, if it was.

    Its values are nobody else's to see: none is shown or logged.
    """

    known: "Credentials" = field(repr=False)
    said: str = ""


@dataclass
class FeedsFound(Message):
    """The feeds that an address offers, best first; none is subscribed to yet."""

    feeds: "tuple[FoundFeed, ...]"


@dataclass
class FeedLooked(Message):
    """What a feed's address and its site answer was looked at."""

    looked: "Looked"


@dataclass
class SourceFound(Message):
    """The feed of an entry's first publisher."""

    source: "Source"


@dataclass
class Searched(Message):
    """What was typed was looked for."""

    found: "Found"


@dataclass
class Loosened(Message):
    """Where a text finds nothing: looser queries, and how many entries each finds."""

    text: str
    looser: tuple[tuple[str, int], ...]


@dataclass
class Listed(Message):
    """A list that took its time to find; `keep`: one's place is kept in it."""

    view: "View"
    found: "Found"
    keep: bool


@dataclass
class Failed(Message):
    """Something that a person asked for could not be done."""

    reason: str


@dataclass
class ViewChosen(Message):
    """A view, a folder or a feed was chosen in the sidebar."""

    view: "View"


@dataclass
class LinkClicked(Message):
    """A link in a text was clicked."""

    url: str


@dataclass
class ActionWanted(Message):
    """An action was asked for by a click on its hint, or from the palette."""

    name: str
