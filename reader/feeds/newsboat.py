"""newsboat's `urls` file: an address a line, with tags, a title, queries.

https://harbour.example/feed sea "far away" "~Harbour"
"query:Unread at sea:unread = \"yes\" and tags # \"sea\""
"""

import re
from collections.abc import Iterator

from reader.cleaning import clean_line
from reader.errors import OpmlError
from reader.feeds.charset import decode
from reader.feeds.listed import PASSED, FeedList, Subscription
from reader.feeds.newsboatqueries import translated
from reader.urls import is_web, join

LARGEST = 10 * 1024 * 1024
"""Bytes of a file that is read."""
LINES = 20_000
"""Lines read of one file."""

_WORD = re.compile(r'"((?:\\.|[^"\\])*)"?|(\S+)')
_ESCAPED = re.compile(r"\\(.)")
_KIND = re.compile(r"(?:https?|feed|file|exec|filter|query):", re.I)
_OTHER = {
    "exec": "runs a command, which Firsthand does not",
    "filter": "runs a command, which Firsthand does not",
    "file": "is a file, and Firsthand reads feeds of the web",
    "query": "has no query",
}
"""Why a line of each kind is none of ours."""


def newsboat_list(data: bytes) -> FeedList:
    """What a `urls` file holds. Raises OpmlError where the bytes are none."""
    if len(data) > LARGEST:
        raise OpmlError("", "the list is larger than 10 MiB")
    feeds: dict[str, Subscription] = {}
    views: dict[str, str] = {}
    passed: list[str] = []
    for number, words in _lines(decode(data)):
        match _read(words):
            case Subscription() as found:
                feeds.setdefault(found.url, found)
            case (str(name), str(query)):
                views.setdefault(name, query)
            case str(told):
                passed.append(f"line {number}: {told}")
    if not feeds and not views and not any(_KIND.search(told) for told in passed):
        raise OpmlError(
            "", "this is no list of feeds: neither OPML nor newsboat’s urls"
        )
    listed, asked = tuple(feeds.values()), tuple(views.items())
    return FeedList(listed, asked, tuple(passed[:PASSED]))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something, by number, as their words."""
    for number, line in enumerate(text.splitlines()[:LINES], 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, list(_words(line))


def _words(line: str) -> Iterator[str]:
    for match in _WORD.finditer(line):
        quoted = match[1]
        yield match[2] if quoted is None else _ESCAPED.sub(r"\1", quoted)


def _read(words: list[str]) -> Subscription | tuple[str, str] | str:
    """A line as a feed, as a view by name and query, or why it is neither."""
    address, more = words[0], words[1:]
    kind, _, rest = address.partition(":")
    kind = kind.lower()
    if kind == "query" and ":" in rest:
        return _query(*rest.split(":", 1))
    if kind in _OTHER:
        return f"“{clean_line(address)[:120]}” {_OTHER[kind]}"
    url = join(address, "") if is_web(address) else None
    if url is None:
        return f"“{clean_line(address)[:120]}” is no address of a feed"
    # "!" keeps a feed out of newsboat's own list; the rest are tags and a title.
    tags = [clean_line(word) for word in more if word[:1] not in ("~", "!", "")]
    title = next((word[1:] for word in more if word.startswith("~")), "")
    folder = next((tag for tag in tags if tag), None)
    return Subscription(url, clean_line(title), None, folder, tuple(tags))


def _query(name: str, asked: str) -> tuple[str, str] | str:
    made = translated(asked)
    if made is None:
        told = clean_line(asked)[:120]
        return f"the query “{clean_line(name)}” has no counterpart here: {told}"
    return clean_line(name), made
