"""Subscription lists: OPML 1.0 and 2.0 in, 2.0 out; reads no DTD and no network."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from reader.cleaning import clean_line
from reader.errors import OpmlError
from reader.feeds.charset import decode
from reader.feeds.listed import PASSED, FeedList, Subscription
from reader.feeds.prolog import declared, entities, legal
from reader.urls import is_web, join

LARGEST = 10 * 1024 * 1024
"""Bytes of a list that is read."""
SUBSCRIPTIONS = 20_000
"""Subscriptions read of one list."""

_XML = re.compile(r"<opml\b|<outline\b", re.I)
_DEEPEST = 20
_ATTRIBUTES = 100
_TAGS = 50
_FEED_TYPES = ("rss", "atom", "feed", "rss1", "json")
_FEED_SCHEME = re.compile(r"^(?:feed|pcast|itpc|podcast):(?://)?(?=(https?:)?)", re.I)


def read_opml(data: bytes) -> tuple[Subscription, ...]:
    """The subscriptions of a list, each URL once, in their order; raises OpmlError."""
    return opml_list(data).feeds


def opml_list(data: bytes) -> FeedList:
    """A list with what was passed over in it, by its line; raises OpmlError."""
    if len(data) > LARGEST:
        raise OpmlError("", "the list is larger than 10 MiB")
    text = decode(data).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise OpmlError("", "the list is empty")
    found = _XML.search(text)
    if not found:
        raise OpmlError("", "this is no list of feeds (OPML): no outline in it")
    tree = _tree(text[: found.start()], text[found.start() :])
    once: dict[str, Subscription] = {}
    passed: list[str] = []
    for listed in _subscriptions(tree):
        if isinstance(listed, str):
            passed.append(listed)
        else:
            once.setdefault(listed.url, listed)
        if len(once) >= SUBSCRIPTIONS:
            break
    return FeedList(tuple(once.values()), passed=tuple(passed[:PASSED]))


def _tree(before: str, text: str) -> Any:
    # Only an import needs lxml, starting the reader does not.
    from lxml import etree

    named = entities(before, text)
    # What stood above the root is left out, its lines are not: errors name the line.
    above = "\n" * before.count("\n") + " " * len(before.rpartition("\n")[2])
    source = (declared(named) if named else "") + above + legal(text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = str(error.msg).partition(", line ")[0]
        where = f"line {line}, column {column}"
        raise OpmlError("", f"the list is damaged at {where}: {reason}") from error


def _subscriptions(tree: Any) -> Iterator[Subscription | str]:
    """Every feed of a list, and a sentence for each outline that should be one."""
    # A stack, as recursion would end with lists nested a thousand deep.
    waiting: list[tuple[Any, tuple[str, ...]]] = [(tree, ())]
    while waiting:
        element, folders = waiting.pop()
        if not isinstance(element.tag, str):
            continue  # a comment
        if element.tag.lower() == "outline":
            given = _attributes_of(element)
            found = _subscription(given, folders)
            if found:
                yield found
            elif told := _told(given):
                yield f"line {element.sourceline}: {told}"
            elif len(folders) < _DEEPEST:
                folders = (*folders, *_names(given.get("text") or given.get("title")))
        waiting.extend((child, folders) for child in reversed(element))


def _attributes_of(element: Any) -> dict[str, str]:
    """An outline's attributes, lower case; none of one with hundreds: lxml is slow."""
    if len(element.attrib) > _ATTRIBUTES:
        return {}
    return {name.lower(): value for name, value in element.attrib.items()}


def _subscription(
    given: dict[str, str], folders: tuple[str, ...]
) -> Subscription | None:
    address = _address(given)
    url = _web(address)
    if url is None:
        return None
    title = clean_line(given.get("title") or given.get("text") or "")
    return Subscription(
        url=url,
        title="" if title == clean_line(address) else title,
        site_url=_web(given.get("htmlurl", "")),
        folder="/".join(folders) or None,
        tags=tuple(_tags(given.get("category", ""))),
    )


def _address(given: dict[str, str]) -> str:
    """What an outline gives as the address of its feed."""
    address = given.get("xmlurl") or given.get("feedurl") or ""
    if not address and given.get("type", "").lower() in _FEED_TYPES:
        address = given.get("url", "")
    return address


def _told(given: dict[str, str]) -> str | None:
    """Why an outline that is meant as a feed is none; None for a folder or a note."""
    if not (given.keys() & {"xmlurl", "feedurl"} or given.get("type") in _FEED_TYPES):
        return None
    name = clean_line(given.get("title") or given.get("text") or "an outline")[:80]
    address = clean_line(_address(given))[:120]
    if not address:
        return f"“{name}” has no address of a feed"
    return f"“{name}” is no feed of the web: {address}"


def _tags(category: str) -> Iterator[str]:
    """OPML 2.0: names between commas; those of a tree begin with a slash."""
    for part in category.split(",")[:_TAGS]:
        name = clean_line(part).strip("/")
        if name:
            yield name


def _web(address: str) -> str | None:
    """A web address; `feed:` and its like are stood in for by what they mean."""
    address = _FEED_SCHEME.sub(lambda m: "" if m[1] else "http://", address.strip())
    return join(address, "") if is_web(address) else None


def _names(path: str | None) -> tuple[str, ...]:
    """The folders that a path names, outermost first."""
    parts = (clean_line(part) for part in (path or "").split("/"))
    return tuple(part for part in parts if part)


@dataclass(slots=True)
class _Folder:
    """What stands in a folder, in the order it came."""

    feeds: dict[str, Subscription] = field(default_factory=dict)
    folders: dict[str, "_Folder"] = field(default_factory=dict)

    def at(self, names: Iterable[str]) -> "_Folder":
        """The folder at the end of a path, made where it is not there yet."""
        found = self
        for name in names:
            found = found.folders.setdefault(name, _Folder())
        return found


def write_opml(subscriptions: Iterable[Subscription], title: str, now: datetime) -> str:
    """The subscriptions as OPML 2.0, each in the folders that its `folder` names."""
    root = _Folder()
    for feed in subscriptions:
        root.at(_names(feed.folder)[:_DEEPEST]).feeds.setdefault(feed.url, feed)
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{escape(_legal_line(title))}</title>",
        f"    <dateCreated>{format_datetime(now)}</dateCreated>",
        "  </head>",
        "  <body>",
        *_outlines(root, "    "),
        "  </body>",
        "</opml>",
    )
    return "\n".join(lines) + "\n"


def _outlines(folder: _Folder, indent: str) -> Iterator[str]:
    for feed in folder.feeds.values():
        yield f"{indent}<outline {_attributes(feed)}/>"
    for name, inner in folder.folders.items():
        yield f"{indent}<outline text={_quoted(name)}>"
        yield from _outlines(inner, f"{indent}  ")
        yield f"{indent}</outline>"


def _attributes(feed: Subscription) -> str:
    # `text` is required (OPML 2.0): the address where a feed has no title yet.
    given = {
        "type": "rss",
        "text": feed.title or feed.url,
        "title": feed.title,
        "xmlUrl": feed.url,
        "htmlUrl": feed.site_url or "",
        # A comma divides names (OPML 2.0), so that none can hold one.
        "category": ",".join(tag.replace(",", " ") for tag in feed.tags),
    }
    return " ".join(
        f"{name}={_quoted(value)}" for name, value in given.items() if value
    )


def _quoted(text: str) -> str:
    return f'"{escape(_legal_line(text))}"'


def _legal_line(text: str) -> str:
    return legal(clean_line(text))
