"""What a server says, as values; its words are cleaned where they enter `model`."""

from dataclasses import dataclass

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
    """A feed that the account has; the server's name for it is `stream`.

    It may be in several `folders`, of which the first counts here.
    """

    stream: str
    url: str
    title: str = ""
    site_url: str | None = None
    folders: tuple[str, ...] = ()

    @property
    def folder(self) -> str | None:
        """The first of its folders."""
        return next(iter(self.folders), None)


@dataclass(frozen=True, slots=True)
class Tag:
    """A folder, a label of items, or another stream; `kind` where a server says it."""

    stream: str
    kind: str = ""

    @property
    def name(self) -> str:
        """What a folder or a label is called; empty where it is neither."""
        return self.stream.partition("/label/")[2]


@dataclass(frozen=True, slots=True)
class Ids:
    """A page of item ids, newest first, and how to ask for the next."""

    items: tuple[str, ...]
    more: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item: the entry that it is, the stream that it came in, and its marks.

    The entry's guid is the item's id. Among the `labels` are the feed's folders.
    """

    stream: str
    entry: Entry
    read: bool = False
    starred: bool = False
    labels: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The item's id."""
        return self.entry.guid


@dataclass(frozen=True, slots=True)
class Added:
    """What came of asking a server to subscribe; no `stream`: it would not."""

    stream: str | None
    error: str = ""
