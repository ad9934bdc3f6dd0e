"""What a poll brought: entries not seen before, and those whose text is another now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from reader.feeds.values import ParsedFeed
from reader.model import Entry


@dataclass(frozen=True, slots=True)
class Changes:
    """The entries of a poll that the store has to be told about, newest first."""

    new: tuple[Entry, ...] = ()
    updated: tuple[Entry, ...] = ()


def fingerprint(entry: Entry) -> str:
    """A hash of everything that a reader would notice if it changed.

    Neither the guid, which is whose fingerprint it is, nor the times: many feeds give
    the time of the poll for them, and every entry would be news every time.
    """
    noticed = (
        *(entry.url, entry.title, entry.authors, entry.summary, entry.content),
        *(entry.language, entry.categories),
        [(link.rel, link.url, link.title) for link in entry.links],
        [(file.url, file.type, file.length) for file in entry.enclosures],
    )
    return hashlib.sha256(_encode(noticed).encode("ascii")).hexdigest()[:32]


_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def changes(known: Mapping[str, str], parsed: ParsedFeed) -> Changes:
    """What `parsed` brings to a store that holds `known`: guid to fingerprint."""
    seen = [entry for entry in parsed.entries if entry.guid in known]
    return Changes(
        new=tuple(entry for entry in parsed.entries if entry.guid not in known),
        updated=tuple(e for e in seen if known[e.guid] != fingerprint(e)),
    )
