"""Everything that may go wrong on purpose, as one small tree.

    ReaderError
    ├── FetchError      no page came: refused, DNS, TLS, time-out, too large …
    ├── FeedError       bytes that are no feed, a page that has none
    ├── OpmlError       bytes that are no OPML
    ├── StoreError      the database: locked, full, read-only
    │   └── DamagedError    its file is not as it was written
    ├── SyncError       a server of subscriptions: login refused, away, half an answer
    ├── SettingsError   config.toml, or the user's rules, cannot be used
    ├── ThemeError      a theme file cannot be used
    ├── QueryError      a query that cannot be understood
    ├── TagError        what is no name for a tag
    └── NotFoundError   no such feed or entry

`str()` of each is one line, names its subject, and is fit to show a reader.
Anything else that is raised is a bug.
"""

import re
from typing import Literal

from reader.cleaning import clean_line

FetchKind = Literal[
    "refused", "dns", "connect", "tls", "timeout", "too-large", "protocol"
]


_LOGIN = re.compile(r"(?<=://)[^/\s?#@]*(?:@[^/\s?#@]*)*@")


def _without_login(text: str) -> str:
    """A text whose addresses hold no user and password."""
    return _LOGIN.sub("", text) if "@" in text else text


class ReaderError(Exception):
    """Expected trouble with `subject` (a URL, a path, a name); `reason` says what."""

    def __init__(self, subject: str, reason: str) -> None:
        self.subject = _without_login(clean_line(subject))
        self.reason = _without_login(clean_line(reason))
        super().__init__(self.subject, self.reason)

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}" if self.subject else self.reason


class FetchError(ReaderError):
    """No page came for a URL; `kind` says which class of trouble it was.

    `elapsed` is the time of the request in seconds, waiting in a queue not counted.
    """

    elapsed: float = 0.0

    def __init__(self, subject: str, reason: str, kind: FetchKind = "protocol") -> None:
        super().__init__(subject, reason)
        self.kind: FetchKind = kind


class FeedError(ReaderError):
    """The bytes at a URL are no feed, or a page has none to discover."""


class OpmlError(ReaderError):
    """The bytes are no OPML."""


class StoreError(ReaderError):
    """The database cannot be used: locked, damaged, full or read-only."""


class DamagedError(StoreError):
    """The database is damaged, or no database at all: a backup can take its place."""


SyncKind = Literal["password", "off", "away", "busy", "large", "answer", "refused"]


class SyncError(ReaderError):
    """A server of subscriptions could not be spoken with; `kind` says why.

    `status` is the HTTP status, `wait` how many seconds it asks to be left alone.
    """

    def __init__(
        self,
        subject: str,
        reason: str,
        kind: SyncKind,
        status: int = 0,
        wait: float = 0.0,
    ) -> None:
        super().__init__(subject, reason)
        self.kind: SyncKind = kind
        self.status = status
        self.wait = wait


class SettingsError(ReaderError):
    """A settings or rules file cannot be used."""


class ThemeError(ReaderError):
    """A theme file cannot be used."""


class QueryError(ReaderError):
    """A query that cannot be understood; `column` is where, from 1, if in one place."""

    def __init__(self, subject: str, reason: str, column: int | None = None) -> None:
        # The first word needs no pointing at.
        place = f"column {column}" if column and column > 1 else ""
        super().__init__(subject or place, reason)
        self.column = column


class TagError(ReaderError):
    """What is no name for a tag."""


class NotFoundError(ReaderError):
    """No such feed or entry."""
