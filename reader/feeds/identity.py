"""Which entry is which: an identity that a feed's edits do not change."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from reader.cleaning import clean_line
from reader.model import Entry
from reader.urls import is_web

_LONGEST = 500
_SHARED = 3


def identity(entry: Entry) -> str:
    """The `guid` that an entry has, or that is derived from what does not change.

    1. The feed's own: Atom `id`, RSS `guid`, RDF `about`, JSON `id`, byte for byte but
       for white space around it; one of over 500 characters as its hash.
    2. Else the link, without its scheme, so that a move to https makes nothing new and
       a changed title does not matter.
    3. Else the first enclosure's address.
    4. Else a hash of title and time; of the text where it has neither.
    """
    return entry.guid or _derived(entry)


def shortened(guid: str) -> str:
    """A guid as it is, one of over 500 characters as its hash.

    Taken of the guid as written: two that differ at their ends must stay two.
    """
    return guid if len(guid) <= _LONGEST else _hash("guid", guid)


def _derived(entry: Entry) -> str:
    for url in (entry.url, *(enclosure.url for enclosure in entry.enclosures)):
        if is_web(url):
            return shortened(re.sub(r"^https?:", "", url))
    if entry.title or entry.published:
        return _hash("title", entry.title, str(entry.published or ""))
    return _hash("text", entry.content, entry.summary)


def _hash(kind: str, *parts: str) -> str:
    text = "\0".join(parts).encode("utf-8", "replace")
    return f"{kind}:{hashlib.sha256(text).hexdigest()[:40]}"


def identities(entries: Sequence[Entry]) -> Iterable[tuple[str, Entry]]:
    """Each entry with its identity, one entry an identity, the first of several.

    A guid that three or more entries with different links share is a mistake of the
    feed's (its own address, say): there the link counts, or all but one were lost.
    """
    links = defaultdict(set)
    for entry in entries:
        links[identity(entry)].add(entry.url)
    seen = set()
    for entry in entries:
        guid = identity(entry)
        if len(links[guid] - {""}) >= _SHARED and entry.url:
            guid = _derived(entry)
        if guid not in seen:
            seen.add(guid)
            yield clean_line(guid), entry
