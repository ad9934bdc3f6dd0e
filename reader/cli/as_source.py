"""`firsthand source`: whose feed was found, and what to do with it."""

from collections.abc import Iterator

from reader.cli import as_text
from reader.cli.as_json import Json
from reader.services.source import Source
from reader.services.subscribe import Added


def as_lines(found: Source, added: Added | None, entry: int) -> Iterator[str]:
    """The feed, whether it is subscribed, and how to subscribe."""
    yield f"{found.publisher}: {found.title}"
    yield found.url
    if added is not None:
        new = as_text.count(added.new, "entry", "entries")
        yield f"subscribed: {as_text.feed(added.feed).strip()}  ({new} new)"
    elif found.subscribed is not None:
        yield f"already subscribed: {as_text.feed(found.subscribed).strip()}"
    else:
        holds = as_text.count(found.entries, "entry", "entries")
        yield f"{holds} now; `firsthand source {entry} --add` subscribes"
    yield from (f"  also: {other.url}  {other.title}" for other in found.others)


def as_object(found: Source, added: Added | None) -> dict[str, Json]:
    """The same as one JSON object; `id` is the subscription's, null without one."""
    feed = added.feed if added is not None else found.subscribed
    return {
        "publisher": found.publisher,
        "site_url": found.site,
        "url": found.url,
        "title": found.title,
        "entries": found.entries,
        "id": feed.id if feed else None,
        "added": added is not None and not added.existed,
        "others": [{"url": o.url, "title": o.title} for o in found.others],
    }
