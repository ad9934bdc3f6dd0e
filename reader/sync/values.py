"""What a server says, as values; its words are cleaned where they enter `model`."""

from dataclasses import dataclass
from datetime import datetime

from reader.model import Entry

READING_LIST = "user/-/state/com.google/reading-list"
READ = "user/-/state/com.google/read"
STARRED = "user/-/state/com.google/starred"
LABEL = "user/-/label/"


@dataclass(frozen=True, slots=True)
class User:
    """Whose account it is, as the server calls them."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that the account has; the server's name for it is `stream`."""

    stream: str
    url: str
    title: str = ""
    site_url: str | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Ids:
    """A page of item ids, newest first, and how to ask for the next."""

    items: tuple[str, ...]
    more: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item: the entry that it is, the stream that it came in, and its marks.

    The entry's guid is the item's id. `crawled` is when the server got it.
    """

    stream: str
    entry: Entry
    read: bool = False
    starred: bool = False
    labels: tuple[str, ...] = ()
    crawled: datetime | None = None

    @property
    def id(self) -> str:
        """The item's id."""
        return self.entry.guid


@dataclass(frozen=True, slots=True)
class Added:
    """What came of asking a server to subscribe; no `stream`: it would not."""

    stream: str | None
    error: str = ""
