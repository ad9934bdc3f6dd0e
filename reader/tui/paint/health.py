"""Feed health as lines: a row for each feed, and the story of the chosen one.

What is known comes as values; nothing here asks the store or the network.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from reader.model import Feed
from reader.services.health import class_of
from reader.tui.paint.cells import fit, wrap
from reader.tui.paint.dates import ago, date, duration, long, until
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import lines as wrapped
from reader.tui.paint.span import (
    BLANK,
    Ink,
    Line,
    Span,
    apart,
    filled,
    on,
    shortened,
    spaces,
    width,
)
from reader.tui.paint.spark import spark
from reader.tui.paint.status import Hint, hint
from reader.urls import shown

if TYPE_CHECKING:
    from reader.services.replacement import Looked, Nearby, Sample

DAYS = 14
MARGIN = 4
"""Columns before a feed's name."""
NAME, SUCCESS, NEXT, STUBS = 22, 14, 14, 8
SPARK_FROM, NEXT_FROM = 100, 72
"""Columns of the screen from which there are bars, and the next try."""
SAMPLE_LINES = 3
QUIET_DAYS = 28
"""Days without an entry after which a feed is said to be quiet."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the lines are made with, and for: columns, signs, now, the zone."""

    columns: int
    glyphs: Glyphs
    now: datetime
    zone: tzinfo
    daily: Mapping[int, Sequence[int]]
    newest: Mapping[int, datetime]


def title(failing: int, feeds: int, order: str, told: Told) -> Line:
    """`Feed health  2 of 200 failing`, and how the feeds are ordered."""
    left = (
        Span("Feed health", "strong", bold=True),
        spaces(2),
        Span(f"{failing} of {feeds} failing", "faint"),
    )
    right = (Span(order, "faint", act="sort"),)
    return (spaces(MARGIN), *apart(left, right, told.columns - MARGIN - 3))


def columns(told: Told) -> Line:
    """The words over the table."""
    words = f"{'Feed':{NAME}}{'Last success':{SUCCESS}}"
    if told.columns >= NEXT_FROM:
        words += f"{'Next try':{NEXT}}"
    if told.columns >= SPARK_FROM:
        words += f"{f'{DAYS} days':{DAYS + 3}}"
    return (spaces(MARGIN), Span(f"{words}Stubs   State", "faint"))


def row(feed: Feed, told: Told, *, chosen: bool) -> Line:
    """A feed in one line of the whole width."""
    glyphs = told.glyphs
    name = fit(feed.title or shown(feed.url), NAME - 1, glyphs.cut)
    success = _since(feed.last_success, told.now)
    line: Line = (
        Span(glyphs.cursor, "accent") if chosen else Span(" "),
        spaces(1),
        Span(glyphs.failing if feed.error else " ", "error", bold=True),
        spaces(1),
        Span(name, "strong" if chosen else "ink", bold=chosen, act=f"feed:{feed.id}"),
        spaces(1),
        Span(success.ljust(SUCCESS), "ink" if feed.error else "soft"),
        *_next(feed, told),
        *_bars(feed, told),
        *_share(feed, chosen=chosen),
        spaces(3),
        _state(feed, told),
    )
    line = filled(shortened(line, told.columns - 2, glyphs.cut), told.columns)
    return on(line, "cursor") if chosen else line


def _since(success: datetime | None, now: datetime) -> str:
    if success is None:
        return "never"
    return "just now" if now - success < timedelta(minutes=1) else ago(success, now)


def _next(feed: Feed, told: Told) -> Line:
    if told.columns < NEXT_FROM:
        return ()
    due = until(feed.next_poll, told.now) if feed.next_poll else "now"
    return (Span(("paused" if feed.paused else due).ljust(NEXT), "soft"),)


def _bars(feed: Feed, told: Told) -> Line:
    """Two weeks of entries; dots where nothing could come for the feed failed."""
    if told.columns < SPARK_FROM:
        return ()
    counts = told.daily.get(feed.id, (0,) * DAYS)
    most = max((max(each) for each in told.daily.values()), default=0)
    ends = feed.last_success if feed.error else None
    lost = (told.now - ends).days if ends else DAYS if feed.error else 0
    silent = [number >= DAYS - lost and not n for number, n in enumerate(counts)]
    return (Span(spark(counts, most, told.glyphs, silent), "soft"), spaces(3))


def _share(feed: Feed, *, chosen: bool) -> Line:
    quiet: Ink = "soft" if chosen else "faint"
    share = "" if feed.stub_share is None else f"{feed.stub_share * 100:.0f} %"
    return (Span(share.rjust(5), "ink" if feed.stub_share else quiet),)


def _state(feed: Feed, told: Told) -> Span:
    if feed.error:
        return Span(class_of(feed), "error")
    if feed.paused:
        return Span(f"paused since {date(feed.paused, told.zone)}", "soft")
    newest = told.newest.get(feed.id)
    if newest and (told.now - newest).days >= QUIET_DAYS:
        return Span(f"quiet for {duration(told.now - newest)}", "soft")
    return Span("", "soft")


def story(
    feed: Feed, told: Told, looked: "Looked | None", offers: Sequence[Hint]
) -> list[Line]:
    """What is known of the chosen feed, and what can be done about it."""
    measure = told.columns - 2 * MARGIN
    name, address = feed.title or shown(feed.url), shown(feed.url)
    head: Line = (Span(name, "strong", bold=True), spaces(3), Span(address, "soft"))
    lines = [shortened(head, measure, told.glyphs.cut), BLANK]
    for span in _sentences(feed, told):
        lines += wrapped([span], measure, told.glyphs)
    if looked is not None:
        lines += _looked(looked, measure, told.glyphs)
    offered: Line = ()
    for each in offers:
        longer = (*offered, *((spaces(3),) if offered else ()), *hint(each))
        offered = longer if width(longer) <= measure else offered
    lines += [BLANK, offered]
    return [(spaces(MARGIN), *line) if line else BLANK for line in lines]


def _sentences(feed: Feed, told: Told) -> Iterator[Span]:
    if feed.error:
        yield Span(f"{feed.error[:1].upper()}{feed.error[1:]}.")
    if feed.failures:
        times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
        since = feed.last_success
        last = f", since {date(since, told.zone)}" if since else ""
        yield Span(f"It failed {times}{last}.", "soft")
    if feed.paused:
        yield Span("It is not asked any more, unless you try now.", "soft")
    elif feed.next_poll:
        rarer = "; failing feeds are asked ever less often" if feed.failures else ""
        yield Span(f"Next try {long(feed.next_poll, told.zone)}{rarer}.", "soft")
    if feed.moving and feed.moving.ours:
        yield Span(f"It seems to move to {shown(feed.moving.url)}.", "soft")
    counts = told.daily.get(feed.id, ())
    if sum(counts):
        yield Span(f"{sum(counts)} entries in {DAYS} days.", "soft")
    if feed.stub_share is not None:
        stubs = round(feed.stub_share * feed.looked)
        text = f"{stubs} of {feed.looked} entries looked at are published elsewhere"
        yield Span(f"{text} first.", "soft")


def _looked(looked: "Looked", measure: int, glyphs: Glyphs) -> list[Line]:
    lines: list[Line] = [BLANK]
    if looked.sample is None:
        lines.append((Span("Nothing came", "faint"),))
        lines += wrapped([Span(looked.reason, "soft")], measure, glyphs)
    else:
        lines += _sample(looked.sample, measure, glyphs)
    lines += [BLANK, *_nearby(looked.nearby, measure, glyphs)]
    return lines


def _sample(sample: "Sample", measure: int, glyphs: Glyphs) -> list[Line]:
    kind = f", {sample.type}" if sample.type else ""
    size = f"{sample.size / 1_000:.1f} KB" if sample.size else "nothing in it"
    head = f"What came, HTTP {sample.status}{kind}, {size}"
    lines: list[Line] = [(Span(glyphs.say(head), "faint"),)]
    body = wrap(sample.text, measure)
    lines += [(Span(part, "soft"),) for part in body[:SAMPLE_LINES]]
    return lines


def _nearby(nearby: "Nearby | None", measure: int, glyphs: Glyphs) -> list[Line]:
    if nearby is None:
        return [(Span("No other feed was found on its site.", "faint"),)]
    entries = f"{nearby.known} of its {nearby.entries} entries are ones you have"
    line = (Span(shown(nearby.url), bold=True), spaces(3), Span(entries, "soft"))
    return [(Span("Found nearby", "faint"),), shortened(line, measure, glyphs.cut)]
