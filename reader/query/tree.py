"""A query as values: leaves that say one thing of an entry, and what joins them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from reader.model import Via
from reader.query.times import midnight

State = Literal[
    "unread",
    "read",
    "starred",
    "hidden",
    "stub",
    "original",
    "resolved",
    "unresolved",
    "unchecked",
]
Field = Literal["title", "authors", "publisher"]
What = Literal[
    "feed",  # one feed, by its id
    "folder",  # a folder and those below it, by name; None is no folder
    "account",  # the feeds of an account, by name; None is what is polled from here
    "feed-name",  # feeds with this in their title or URL
    "tag",  # a reader's tag, a tag of the feed, or a category that the feed gave
    "publisher",  # exactly this publisher
    "via",  # a hop of one of these kinds in the trail
    "original",  # this in the original's URL
    "since",  # of this moment and later
    "before",  # from before this moment
    "pattern",  # a match of a regular expression in title or text, case folded
]
Value = int | str | datetime | tuple[Via, ...] | None


@dataclass(frozen=True, slots=True)
class Words:
    """These words in this order, in one field or in any; diacritics and case folded.

    `prefix` says that the last word may go on.
    """

    text: str
    field: Field | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """A mark of the reader's, or the status of the attribution."""

    state: State


@dataclass(frozen=True, slots=True)
class Has:
    """Where an entry comes from, or what it has: a value of one of a few kinds."""

    what: What
    value: Value


Leaf = Words | Is | Has


@dataclass(frozen=True, slots=True)
class Not:
    """Entries that something does not fit."""

    leaf: "Leaf | Either"


@dataclass(frozen=True, slots=True)
class Either:
    """Entries that at least one of several queries fits."""

    queries: "tuple[Query, ...]"


Term = Leaf | Not | Either


@dataclass(frozen=True, slots=True)
class Query:
    """What an entry must be, all of it; no terms fit every entry."""

    terms: tuple[Term, ...] = ()

    @property
    def leaves(self) -> Iterator[Leaf]:
        """Every leaf, however deep it stands."""
        for term in self.terms:
            bare = term.leaf if isinstance(term, Not) else term
            if isinstance(bare, Either):
                for query in bare.queries:
                    yield from query.leaves
            else:
                yield bare

    @property
    def has_words(self) -> bool:
        """Whether the full-text index is asked."""
        return any(isinstance(leaf, Words) or _is_tag(leaf) for leaf in self.leaves)

    @property
    def has_pattern(self) -> bool:
        """Whether a regular expression is looked for, which takes its time."""
        return any(map(is_pattern, self.leaves))

    @property
    def shows_hidden(self) -> bool:
        """Whether hidden entries are asked about; else they are in no list."""
        return any(leaf == Is("hidden") for leaf in self.leaves)


def is_pattern(leaf: Leaf) -> bool:
    """Whether a leaf is a regular expression."""
    return isinstance(leaf, Has) and leaf.what == "pattern"


def _is_tag(leaf: Leaf) -> bool:
    return isinstance(leaf, Has) and leaf.what == "tag"


ALL = Query()
UNREAD = Query((Is("unread"),))
STARRED = Query((Is("starred"),))
STUBS = Query((Is("stub"),))
UNRESOLVED = Query((Is("unresolved"),))
HIDDEN = Query((Is("hidden"),))


def today(now: datetime, zone: tzinfo) -> Query:
    """The entries of the day that it is in `zone`."""
    return Query((Has("since", midnight(now, zone)),))


def of_feed(feed_id: int) -> Query:
    """The entries of one feed."""
    return Query((Has("feed", feed_id),))


def of_folder(name: str | None) -> Query:
    """The entries of the feeds in a folder and those below it; None is no folder."""
    return Query((Has("folder", name),))


def of_account(name: str | None) -> Query:
    """The entries of an account's feeds; None is what is polled from here."""
    return Query((Has("account", name),))


def of_publisher(name: str) -> Query:
    """The entries that a publisher published first, whichever feed brought them."""
    return Query((Has("publisher", name),))


def of_tag(name: str) -> Query:
    """The entries with a tag: the reader's, their feed's, or a category."""
    return Query((Has("tag", name),))


def all_of(*queries: Query) -> Query:
    """What fits every one of these queries."""
    return Query(tuple(term for query in queries for term in query.terms))
