"""Values as lines of text for people; URLs whole, no colour, no control characters."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from reader.cli.exact import Exact
from reader.cli.fitting import cut
from reader.model import Article, Attribution, EntryRow, Feed, Reading
from reader.urls import host, shown

if TYPE_CHECKING:
    from reader.services.doctor import Check
    from reader.store import Move

HANG = 18
"""Columns further in that a feed's line goes on where a terminal is too narrow."""
TITLE_LEAST = 32
"""Columns of publisher and title that tags give way for."""
MARKS = {"original": " ", "resolved": "◆", "unresolved": "◇", "unchecked": "◌"}


def when(value: datetime | None, zone: tzinfo) -> str:
    """A date and time in the reader's zone."""
    if value is None:
        return ""
    here = value.astimezone(zone)
    return f"{here.day} {here:%B %Y, %H:%M}"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 entry`, `2 entries`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def span(value: timedelta) -> str:
    """`2 hours`, `1 day 30 minutes`."""
    minutes = int(value.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    parts = ((days, "day"), (hours, "hour"), (minutes % 60, "minute"))
    return " ".join(count(number, unit) for number, unit in parts if number)


def feed(value: Feed) -> str:
    """One subscription in one line."""
    folder = f"  [{value.folder}]" if value.folder else ""
    error = f"  ! {value.error}" if value.error else ""
    counts = f"{value.unread}/{value.entries}"
    return f"{value.id:>5}  {counts:>9}  {value.title}  {value.url}{folder}{error}"


FOLLOWED = {
    "auto": "entries with a sign are followed",
    "never": "entries are never followed unasked",
    "always": "every entry is followed",
}


def one_feed(value: Feed) -> Iterator[str]:
    """One subscription in a few lines."""
    yield value.title
    yield value.url
    if value.folder:
        yield f"in {value.folder}"
    if value.tags:
        yield " ".join(f"#{tag}" for tag in value.tags)
    if value.every:
        yield f"asked every {span(value.every)}"
    yield f"{count(value.entries, 'entry', 'entries')}, {value.unread} unread"
    if value.stub_share is not None:
        stubs = round(value.stub_share * value.looked)
        yield f"{stubs} of {value.looked} looked at are published elsewhere first"
    yield f"resolve: {value.follow} ({FOLLOWED[value.follow]})"
    if value.moving:
        since = f"{value.moving.since:%Y-%m-%d}"
        yield f"seems to move to {value.moving.url}, since {since}"
    if value.error:
        yield f"! {value.error}"
    if value.paused:
        yield f"not polled since {value.paused:%Y-%m-%d}, unless it is named"


def move(value: "Move") -> str:
    """A feed's move in one line."""
    told = f"moved on {value.at:%Y-%m-%d} from {value.before} to {value.after}"
    back = f", taken back on {value.undone_at:%Y-%m-%d}" if value.undone_at else ""
    return f"{told}: {value.reason}{back}"


def entry(row: EntryRow, zone: tzinfo, width: int | None = None) -> str:
    """One entry in one line: id, marks, day, who published it, title.

    Where it is not to be longer than `width`, the names of other feeds give way first,
    then the title is cut.
    """
    unread = " " if row.read else "●"
    star = "★" if row.starred else " "
    who = row.who or host(row.attribution.url or row.feed.url)
    also = f"  (also in {', '.join(row.also_in)})" if row.also_in else ""
    day = f"{row.when.astimezone(zone):%Y-%m-%d %H:%M}"
    mark = MARKS[row.attribution.status]
    tags = "".join(f"  #{tag}" for tag in row.tags)
    title = row.name or shown(row.url)
    begun = f"{row.id:>6} {unread}{star}{mark} {day}  "
    if width is None:
        return f"{begun}{who}: {title}{also}{tags}"
    ending = (f"  +{len(row.also_in)}" if row.also_in else "") + tags
    room = width - len(begun) - len(ending)
    if room < TITLE_LEAST:
        ending, room = "", width - len(begun)
    return f"{begun}{cut(f'{who}: {title}', room)}{ending}"


def attribution(value: Attribution, brought_by: str, zone: tzinfo) -> Iterator[str]:
    """The verdict in sentences, as the reader's card tells it."""
    hops = count(len(value.trail), "hop")
    match value.status:
        case "resolved":
            yield f"First published by {value.publisher or 'somebody unnamed'}"
        case "original":
            yield f"Published here first by {value.publisher or brought_by}"
        case "unresolved":
            yield f"First publisher not established; brought by {brought_by}"
        case "unchecked":
            yield f"Not looked at yet; brought by {brought_by}"
    by = [*value.authors, when(value.published, zone)]
    if any(by):
        yield " · ".join(filter(None, [", ".join(value.authors), by[-1]]))
    if value.url:
        yield value.url
    if value.status == "resolved":
        yield f"By way of {brought_by}, {hops}" if brought_by else hops
        yield ", ".join(_sure(value))
    if value.status == "unresolved":
        ended = f", then {value.ended}" if value.ended else ""
        yield f"{hops}{ended} · {count(value.pages, 'page')} looked at"


def _sure(value: Attribution) -> Iterator[str]:
    yield f"{value.confidence or 0:.2f} sure"
    yield from (reason.text for reason in value.reasons[:3] if reason.supports)


def reading(value: Reading, zone: tzinfo) -> Iterator[str]:
    """Title, attribution and text of an entry."""
    text = value.article or value.feed_text
    yield text.title or value.row.name or shown(value.row.url)
    yield ""
    yield from attribution(value.attribution, value.row.feed.title, zone)
    if value.attribution.url is None:
        yield value.row.url
    if value.problem:
        yield f"! {value.problem} What follows is the feed’s own text."
    yield ""
    yield _plain(text.markdown)


def markdown(value: Reading, zone: tzinfo) -> Iterator[Exact]:
    """The same as Markdown, its structure kept."""
    yield from map(Exact, _markdown(value, zone))


def _markdown(value: Reading, zone: tzinfo) -> Iterator[str]:
    text = value.article or value.feed_text
    yield f"# {text.title or value.row.name or shown(value.row.url)}"
    yield ""
    lines = attribution(value.attribution, value.row.feed.title, zone)
    yield from (f"> {line}  " for line in lines)
    yield ""
    yield text.markdown


def article(value: Article) -> Iterator[str]:
    """An extracted article: title, who and when, text."""
    yield value.title
    by = ", ".join((*value.authors, *filter(None, [value.publisher])))
    if by:
        yield by
    yield ""
    yield _plain(value.markdown)


def checks(found: "Iterable[Check]") -> Iterator[str]:
    """What the doctor found, and what to do."""
    for check in found:
        yield f"{'ok' if check.ok else '! '}  {check.name}: {check.message}"
        if not check.ok and check.fix:
            yield f"      {check.fix}"


def _plain(markdown: str) -> str:
    from reader.extract import plain  # what lists entries does without it

    return plain(markdown)
