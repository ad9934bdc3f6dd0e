"""Entries and readings for the tests of drawing, and lines as text to compare."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from reader.model import (
    Article,
    Attribution,
    Entry,
    EntryRow,
    FeedRef,
    Guess,
    Hop,
    Reading,
    Reason,
    Refusal,
    Status,
)
from reader.tui.paint.span import Line, plain, width

NOW = datetime(2026, 5, 12, 17, 30, tzinfo=UTC)
"""A Tuesday."""
TODAY = NOW.replace(hour=9, minute=40)


def row(
    title: str = "Bakers of two towns swap ovens for a month",
    *,
    publisher: str | None = "Mill Street Mail",
    status: Status = "resolved",
    feed: str = "Evening Digest",
    when: datetime = TODAY,
    read: bool = False,
    starred: bool = False,
    also: int = 0,
) -> EntryRow:
    """A row of a list."""
    return EntryRow(
        id=7,
        feed=FeedRef(3, feed, "https://evening-digest.example/feed"),
        title=title,
        url="https://evening-digest.example/d/512",
        authors=(),
        published=when,
        when=when,
        read=read,
        starred=starred,
        attribution=Attribution(status=status, publisher=publisher),
        also_in=tuple(f"Feed {number}" for number in range(also)),
    )


STORY = "https://mill-street-mail.example/2026/05/ovens-swapped"

HOPS = (
    Hop(
        "https://evening-digest.example/d/512",
        "https://go.example/?to=ovens",
        "stub-link",
        "This piece was first published by Mill Street Mail; you will be taken there.",
        200,
        0.31,
    ),
    Hop("https://go.example/?to=ovens", STORY, "http-302", "Location: …", 302, 0.09),
)

RESOLVED = Attribution(
    status="resolved",
    url=STORY,
    publisher="Mill Street Mail",
    authors=("Ines Falk",),
    published=TODAY - timedelta(minutes=34),
    confidence=0.97,
    trail=HOPS,
    reasons=(
        Reason("named in the stub"),
        Reason("dated earlier"),
        Reason("the headline differs", supports=False),
    ),
    refused=(Refusal("https://ads.example/click", "an advertisement, no article"),),
    checked_at=NOW - timedelta(minutes=3),
)

UNRESOLVED = Attribution(
    status="unresolved",
    trail=HOPS[:1],
    ended="a login page",
    pages=4,
    guess=Guess(
        "https://oven-post.example/a/9",
        "Oven Post",
        0.38,
        (Reason("the same headline"), Reason("nothing names it", supports=False)),
    ),
)

TEXT = (
    "The bakers of Upper and Lower Wend have traded ovens [until June]"
    "(https://wend.example/june), and neither will say who asked first.\n\n"
    "Loaves are said to be *slightly* rounder."
)


def reading(
    attribution: Attribution = RESOLVED,
    *,
    text: str | None = TEXT,
    feed_text: str = "A short word from the feed.",
    problem: str | None = None,
    also: int = 0,
    title: str = "Bakers of two towns swap ovens for a month",
    summary: str = "",
    language: str | None = None,
) -> Reading:
    """An entry, its attribution and its text."""
    of = row(title, also=also)
    return Reading(
        row=EntryRow(
            of.id,
            of.feed,
            of.title,
            of.url,
            of.authors,
            of.published,
            of.when,
            of.read,
            of.starred,
            attribution,
            of.also_in,
        ),
        entry=Entry(of.url, title, published=TODAY, summary=summary),
        article=Article(text, url=STORY, language=language) if text else None,
        feed_text=Article(feed_text),
        problem=problem,
    )


def texts(lines: Iterable[Line]) -> list[str]:
    """Lines as text, blanks at their ends off."""
    return [plain(line).rstrip() for line in lines]


def widths(lines: Iterable[Line]) -> set[int]:
    """The widths that lines have."""
    return {width(line) for line in lines}
