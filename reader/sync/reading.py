"""A server's JSON to values: of each thing as much as is sound, and nothing believed.

What is missing or of another kind than it should be is left out.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from reader import urls
from reader.cleaning import clean_line
from reader.errors import SyncError
from reader.feeds.text import plain_title
from reader.model import Enclosure, Entry, Page
from reader.sync.ids import canonical
from reader.sync.values import Added, Ids, Item, Subscription, Tag, User

_LATEST = 253_402_300_799  # the last second of the year 9999


def data(page: Page) -> dict[str, Any]:
    """The object in an answer; SyncError where there is none, or half of one."""
    try:
        found = json.loads(page.body)
    except (ValueError, RecursionError) as error:
        reason = "the answer is damaged, or only half of it came"
        raise SyncError("", reason, "answer") from error
    if not isinstance(found, dict):
        raise SyncError("", "the answer is not what this API gives", "answer")
    return found


def objects(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a list."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def text(value: object) -> str:
    """A text, also of a number; empty for all else."""
    if isinstance(value, str):
        return value
    return str(value) if type(value) is int else ""


def whole(page: Page, name: str) -> dict[str, Any]:
    """The object in an answer, which must have a list of this name."""
    found = data(page)
    if not isinstance(found.get(name), list):
        raise SyncError("", f"the answer lacks its {name}", "answer")
    return found


def user(page: Page) -> User:
    """Whose account it is."""
    found = data(page)
    return User(clean_line(text(found.get("userId"))), text(found.get("userName")))


def subscriptions(page: Page) -> tuple[Subscription, ...]:
    """The subscriptions of an account that can be followed."""
    found = whole(page, "subscriptions")["subscriptions"]
    return tuple(filter(None, map(_subscription, objects(found))))


def _subscription(given: dict[str, Any]) -> Subscription | None:
    stream = clean_line(text(given.get("id")))
    address = text(given.get("url")) or stream.removeprefix("feed/")
    url = urls.join(address, "") if urls.is_web(address) else None
    if not stream or url is None:
        return None
    labels = (
        clean_line(text(c.get("label"))) for c in objects(given.get("categories"))
    )
    site = text(given.get("htmlUrl"))
    return Subscription(
        stream=stream,
        url=url,
        title=clean_line(plain_title(text(given.get("title")), None)),
        site_url=site if urls.is_web(site) else None,
        folders=tuple(filter(None, labels)),
    )


def tags(page: Page) -> tuple[Tag, ...]:
    """The streams that an account has besides its feeds: folders, labels, starred."""
    found = objects(whole(page, "tags")["tags"])
    given = (Tag(clean_line(text(t.get("id"))), text(t.get("type"))) for t in found)
    return tuple(tag for tag in given if tag.stream)


def counts(page: Page) -> dict[str, int]:
    """How many unread items each stream has."""
    found = objects(whole(page, "unreadcounts")["unreadcounts"])
    return {text(c.get("id")): c["count"] for c in found if type(c.get("count")) is int}


def ids(page: Page) -> Ids:
    """A page of item ids."""
    # Some leave the list out where it is empty.
    found = data(page)
    if not isinstance(found.get("itemRefs", []), list):
        raise SyncError("", "the answer lacks its itemRefs", "answer")
    given = (text(ref.get("id")) for ref in objects(found.get("itemRefs")))
    more = text(found.get("continuation"))
    return Ids(tuple(clean_line(canonical(one)) for one in given if one), more or None)


def added(page: Page) -> Added:
    """What came of asking to subscribe."""
    found = data(page)
    stream = clean_line(text(found.get("streamId")))
    if not found.get("numResults") or not stream:
        said = clean_line(text(found.get("error")))
        return Added(None, said or "no feed was found there")
    # FreshRSS once gave the number alone.
    return Added(stream if stream.startswith("feed/") else f"feed/{stream}")


def items(page: Page) -> tuple[Item, ...]:
    """The items of an answer, in its order."""
    found = objects(whole(page, "items")["items"])
    return tuple(filter(None, map(_item, found)))


def _item(given: dict[str, Any]) -> Item | None:
    guid = canonical(text(given.get("id")))
    origin = given.get("origin")
    origin = origin if isinstance(origin, dict) else {}
    stream = clean_line(text(origin.get("streamId")))
    if not guid or not stream:
        return None
    marks = [text(one) for one in given.get("categories") or () if isinstance(one, str)]
    states = {mark.partition("/state/com.google/")[2] for mark in marks}
    return Item(
        stream=stream,
        entry=_entry(given, guid, text(origin.get("htmlUrl")), marks),
        read="read" in states,
        starred="starred" in states,
        labels=tuple(filter(None, (m.partition("/label/")[2] for m in marks))),
    )


def _entry(given: dict[str, Any], guid: str, site: str, marks: list[str]) -> Entry:
    summary, content = _markup(given.get("summary")), _markup(given.get("content"))
    author = clean_line(plain_title(text(given.get("author")), None))
    return Entry(
        url=_link(given, site),
        title=plain_title(text(given.get("title")), None),
        guid=guid,
        authors=(author,) if author else (),
        published=_moment(given.get("published")),
        updated=_moment(given.get("updated")),
        summary="" if summary == content else summary,
        content=content,
        # Those of a user are folders, labels and marks; the others are the feed's own.
        categories=tuple(mark for mark in marks if mark and not _of_user(mark)),
        enclosures=tuple(filter(None, map(_file, objects(given.get("enclosure"))))),
    )


def _of_user(mark: str) -> bool:
    return mark.startswith("user/") and ("/state/" in mark or "/label/" in mark)


def _markup(value: object) -> str:
    return text(value.get("content")) if isinstance(value, dict) else ""


def _link(given: dict[str, Any], site: str) -> str:
    """Where the item itself is: the feed's own link for it, as far as it is one."""
    for name in ("canonical", "alternate"):
        for link in objects(given.get(name)):
            address = text(link.get("href")).strip()
            found = urls.join(site, address) if address else None
            if found:
                return found
    return ""


def _file(given: dict[str, Any]) -> Enclosure | None:
    address = text(given.get("href"))
    if not urls.is_web(address):
        return None
    length = text(given.get("length"))
    size = int(length) if length.isdecimal() and len(length) < 16 else None
    return Enclosure(address, text(given.get("type")), size)


def _moment(value: object) -> datetime | None:
    """A moment from the seconds since 1970, as number or text."""
    digits = text(value)
    if not digits.isdecimal() or not digits.isascii() or len(digits) > 17:
        return None
    seconds = int(digits)
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LATEST else None
