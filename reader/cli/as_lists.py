"""Views, publishers and tags as lines of text and as JSON."""

from typing import TYPE_CHECKING

from reader.cli.as_json import Json

if TYPE_CHECKING:
    from reader.services.views import CountedView
    from reader.store.publishers import PublisherCount
    from reader.store.tags import TagCount


def view(value: "CountedView") -> dict[str, Json]:
    """A view, for `views`."""
    return {
        "name": value.name,
        "query": value.text,
        "own": value.own,
        "entries": value.entries,
        "stories": value.stories,
        "error": value.trouble,
    }


def view_line(value: "CountedView") -> str:
    """A view in one line: how many rows its list has, its name, its query."""
    if value.trouble:
        return f"{'!':>7}  {value.trouble}"
    query = f"  {value.text}" if value.own else ""
    return f"{value.stories:>7,}  {value.name}{query}"


def _figures(value: "PublisherCount | TagCount") -> dict[str, Json]:
    """How many entries and stories a list has, and the unread ones of both."""
    return {
        "entries": value.entries,
        "stories": value.stories,
        "unread": value.unread,
        "unread_stories": value.unread_stories,
    }


def publisher(value: "PublisherCount") -> dict[str, Json]:
    """A publisher, for `publishers`."""
    return {
        "publisher": value.name,
        **_figures(value),
        "stubs": value.stubs,
        "feeds": value.feeds,
    }


def publisher_line(value: "PublisherCount") -> str:
    """A publisher in one line: unread of all stories, the name, how they came."""
    counts = f"{value.unread_stories}/{value.stories}"
    feeds = f"by {value.feeds} feeds" if value.feeds > 1 else ""
    stubs = f"{value.stubs} second hand" if value.stubs else ""
    told = ", ".join(filter(None, (stubs, feeds)))
    return f"{counts:>11}  {value.name}{f'  ({told})' if told else ''}"


def tag(value: "TagCount") -> dict[str, Json]:
    """A tag, for `tags`."""
    return {"tag": value.name, **_figures(value)}


def tag_line(value: "TagCount") -> str:
    """A tag in one line: unread of all stories, the name."""
    counts = f"{value.unread_stories}/{value.stories}"
    return f"{counts:>11}  #{value.name}"
