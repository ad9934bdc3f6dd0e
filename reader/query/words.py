"""The words of the language: one table, for the parser, the help and the manual."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import get_args

from reader.errors import QueryError
from reader.model import Via
from reader.query.times import midnight, moment
from reader.query.tree import Field, Has, Is, Leaf, What, Words

Make = Callable[[str, datetime, tzinfo], Leaf | None]


@dataclass(frozen=True, slots=True)
class Key:
    """A word with a value: what it wants, an example, and the entries it means."""

    wants: str
    example: str
    means: str
    make: Make


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands alone, and the entries it means."""

    means: str
    make: Callable[[datetime, tzinfo], Leaf]


def text(typed: str, field: Field | None = None) -> Words | None:
    """What was typed as words to look for; None where it holds no letter or digit."""
    prefix = typed.endswith("*") and not typed.endswith(" *")
    typed = typed.rstrip("*") if prefix else typed
    if not any(map(str.isalnum, typed)):
        return None
    return Words(" ".join(typed.split()), field, prefix)


def keyed(key: str, value: str, now: datetime, zone: tzinfo) -> Leaf | None:
    """What a word such as `title:` with its value means; QueryError where nothing."""
    typed, key, value = f"{key}{value}", key.lower(), value.strip()
    if key not in KEYS:
        _refuse_unknown(key, value)
        return text(typed)
    asked = KEYS[key]
    leaf = asked.make(value, now, zone) if value else None
    if leaf is None:
        reason = f"“{key}” wants {asked.wants}, such as {asked.example}."
        raise QueryError("", reason)
    return leaf


def _refuse_unknown(key: str, value: str) -> None:
    """A word with a colon is meant as one of ours, unless it is plainly something else.

    An address, a drive, a C++ name or the end of half a sentence (`Re:`) is text.
    """
    # Only slips need it, and start-up never does.
    from difflib import get_close_matches

    near = get_close_matches(key, KEYS, n=1, cutoff=0.8)
    quoted = "Quote it to search for it"
    if near:
        sentence = f"“{key}” is no word of a search; “{near[0]}” is."
        raise QueryError("", f"{sentence} {quoted}.")
    if value and value[0] not in "/\\:" and len(key) > 2:
        raise QueryError(
            "", f'“{key}” is no word of a search. {quoted}: "{key}{value}".'
        )


def _in(field: Field) -> Make:
    return lambda value, now, zone: text(value, field)


def _has(what: What) -> Make:
    return lambda value, now, zone: Has(what, value)


def _time(what: What) -> Make:
    def make(value: str, now: datetime, zone: tzinfo) -> Leaf | None:
        found = moment(value, now, zone)
        return Has(what, found) if found else None

    return make


def _tag(value: str, now: datetime, zone: tzinfo) -> Leaf | None:
    return Has("tag", value) if text(value) else None


def _via(value: str, now: datetime, zone: tzinfo) -> Leaf | None:
    """A kind of hop, or the beginning of several: `http` is every redirect."""
    vias = tuple(via for via in get_args(Via) if via.startswith(value.lower()))
    return Has("via", vias) if vias else None


_TIME = ("a time", '2d or "1 week"')
KEYS: dict[str, Key] = {
    "feed:": Key(
        "a feed’s name", "feed:relay", "of feeds so called", _has("feed-name")
    ),
    "folder:": Key(
        "a folder’s name", "folder:science", "of the feeds in a folder", _has("folder")
    ),
    "title:": Key("a word", "title:ferry", "with it in the title", _in("title")),
    "author:": Key(
        "a name", 'author:"marta velde"', "by somebody so called", _in("authors")
    ),
    "publisher:": Key(
        "a name", "publisher:reuters", "first published by", _in("publisher")
    ),
    "tag:": Key("a tag", "tag:politics", "with a tag or category", _tag),
    "#": Key("a tag", "#politics", "the same, shorter", _tag),
    "via:": Key(
        "a kind of hop", "stub-link or http", "whose trail has such a hop", _via
    ),
    "original:": Key(
        "part of an address", "rt.com", "whose original is there", _has("original")
    ),
    "newer:": Key(*_TIME, "since then", _time("since")),
    "older:": Key(*_TIME, "from before", _time("before")),
}


def _is(leaf: Leaf) -> Callable[[datetime, tzinfo], Leaf]:
    return lambda now, zone: leaf


WORDS: dict[str, Word] = {
    "unread": Word("not read yet", _is(Is("unread"))),
    "read": Word("read", _is(Is("read"))),
    "starred": Word("with a star", _is(Is("starred"))),
    "hidden": Word("hidden by a filter or by hand", _is(Is("hidden"))),
    "today": Word(
        "since midnight", lambda now, zone: Has("since", midnight(now, zone))
    ),
    "stub": Word("published first by somebody else", _is(Is("stub"))),
    "stubs": Word("the same", _is(Is("stub"))),
    "original": Word("published first by the feed’s own", _is(Is("original"))),
    "resolved": Word("a stub whose original is known", _is(Is("resolved"))),
    "unresolved": Word("a stub whose original is not known", _is(Is("unresolved"))),
    "unchecked": Word("not looked at yet", _is(Is("unchecked"))),
}
