"""What can be changed of a feed: as rows of a form, and as what is then written.

Values and coroutines; the screen that shows them is `screens.feed`.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from reader.errors import ReaderError
from reader.model import Feed, Follow
from reader.services import Services
from reader.tui.paint.dates import date, duration
from reader.tui.paint.form import Row
from reader.urls import shown

FOLLOWED: Mapping[Follow, str] = {
    "auto": "entries with a sign are followed",
    "always": "every entry is followed, and kept offline",
    "never": "none is followed unless you ask",
}
_UNITS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_INTERVAL = re.compile(r"(\d{1,5})\s*(m|h|d|w)[a-z]*", re.IGNORECASE)
LEAST, MOST = timedelta(minutes=5), timedelta(days=30)
"""How often a feed can be asked at most, and at least."""


class EditError(ReaderError):
    """What was typed is nothing that the field can be."""


Write = Callable[[Services, Feed, str], Awaitable[Feed]]


@dataclass(frozen=True, slots=True)
class Change:
    """How a row is changed: by a line typed, begun with `text`, or at once.

    `word` is what the line is asked for with.
    """

    write: Write
    word: str = ""
    text: Callable[[Feed], str] = lambda feed: ""


def rows(services: Services, feed: Feed) -> tuple[Row, ...]:
    """All that can be changed of a feed, as it is now."""
    renamed = feed.called not in ("", feed.title)
    named = f"the feed calls itself {feed.called}" if renamed else "its own name"
    paused = feed.paused
    since = f"since {date(paused, services.zone)}" if paused else ""
    follow = FOLLOWED[feed.follow]
    return (
        Row("title", "Name", feed.title, named),
        Row("folder", "Folder", feed.folder or "none", "a/b lies within a"),
        Row("tags", "Tags", ", ".join(feed.tags) or "none", "its entries have them"),
        Row(),
        Row("pause", "Polling", "paused" if paused else "on", since),
        Row(
            "every", "Interval", _every(feed), "such as 30m, 2h or 1d; empty: of itself"
        ),
        Row("follow", "Resolving", feed.follow, follow),
    )


def _every(feed: Feed) -> str:
    return f"every {duration(feed.every)}" if feed.every else "as often as it publishes"


def address(feed: Feed) -> str:
    """A feed's address as it is shown."""
    return shown(feed.url)


def interval(text: str) -> timedelta | None:
    """How often a feed is to be asked; None where nothing was typed."""
    text = text.strip().removeprefix("every ")
    if not text:
        return None
    found = _INTERVAL.fullmatch(text)
    if not found:
        raise EditError("", f"“{text}” is no interval, such as 30m, 2h or 1d.")
    pause = timedelta(seconds=int(found[1]) * _UNITS[found[2].lower()])
    if not LEAST <= pause <= MOST:
        raise EditError("", "A feed is asked every 5 minutes to every 30 days.")
    return pause


def _interval_text(feed: Feed) -> str:
    if feed.every is None:
        return ""
    minutes = round(feed.every.total_seconds() / 60)
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


async def _title(services: Services, feed: Feed, text: str) -> Feed:
    return await services.write(services.store.update_feed, feed.id, title=text)


async def _folder(services: Services, feed: Feed, text: str) -> Feed:
    return await services.write(services.store.update_feed, feed.id, folder=text)


async def _tags(services: Services, feed: Feed, text: str) -> Feed:
    names = tuple(name.strip() for name in text.split(","))
    return await services.write(services.store.wishes.tag, feed.id, names)


async def _pause(services: Services, feed: Feed, text: str) -> Feed:
    wishes = services.store.wishes
    if feed.paused:
        return await services.write(wishes.resume, feed.id)
    return await services.write(wishes.pause, feed.id, services.now())


async def _set_every(services: Services, feed: Feed, text: str) -> Feed:
    return await services.write(services.store.wishes.every, feed.id, interval(text))


async def _follow(services: Services, feed: Feed, text: str) -> Feed:
    policies = tuple(FOLLOWED)
    after = policies[(policies.index(feed.follow) + 1) % len(policies)]
    return await services.write(services.store.update_feed, feed.id, follow=after)


CHANGES: Mapping[str, Change] = {
    "title": Change(_title, "Name", lambda feed: feed.title),
    "folder": Change(_folder, "Folder", lambda feed: feed.folder or ""),
    "tags": Change(_tags, "Tags, with commas", lambda feed: ", ".join(feed.tags)),
    "pause": Change(_pause),
    "every": Change(_set_every, "Interval", _interval_text),
    "follow": Change(_follow),
}


def told(before: Feed, after: Feed, act: str) -> str:
    """What a change did, in a sentence for the status line."""
    sentences = {
        "title": f"It is called {after.title} now",
        "folder": f"In {after.folder}" if after.folder else "In no folder",
        "tags": f"Tags: {', '.join(after.tags) or 'none'}",
        "pause": "Paused: polled only when named" if after.paused else "Polled again",
        "every": f"Asked {_every(after)}",
        "follow": f"Resolving: {FOLLOWED[after.follow]}",
    }
    return sentences[act] if before != after else "Nothing changed."
