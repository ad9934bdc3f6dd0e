"""Entries, articles and feeds as lines to be heard: words in place of signs.

Nothing is wrapped: a paragraph is a line, and the terminal breaks it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from reader.model import EntryRow, Feed, Reading, Status
from reader.tui.paint.card import card, certainty
from reader.tui.paint.dates import short
from reader.tui.paint.glyphs import ASCII, Glyphs
from reader.tui.paint.row import headline, publisher
from reader.tui.paint.span import plain

WIDE = 100_000
"""Columns in which no line is ever broken."""
CARD_FROM = 4
"""Columns of a card's line before its text."""
SPOKEN: Glyphs = replace(ASCII, quote="Quotation:", bullet="-", join="-")
_STATUS: dict[Status, str] = {
    "resolved": "a stub, source found",
    "unresolved": "a stub, source not found",
    "unchecked": "not looked at yet",
    "original": "",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """An article as lines, and what the numbers in it stand for."""

    lines: tuple[str, ...]
    links: tuple[str, ...] = ()


def count(number: int, one: str, many: str) -> str:
    """`1 entry`, `2 entries`."""
    return f"{number:,} {one if number == 1 else many}"


def entries(number: int) -> str:
    """`1 entry`, `2 entries`."""
    return count(number, "entry", "entries")


def entry(row: EntryRow, now: datetime, zone: tzinfo) -> str:
    """An entry in a line: `Unread. Harbour Courant: Ferry sold twice. 14:05.`"""
    marks = ["read" if row.read else "unread", *(["starred"] if row.starred else [])]
    parts = [
        ", ".join(marks).capitalize(),
        f"{publisher(row)}: {headline(row).rstrip('.')}",
        short(row.when, now, zone, headed=True),
        _STATUS[row.attribution.status],
        f"also in {', '.join(row.also_in)}" if row.also_in else "",
        f"tags {', '.join(row.tags)}" if row.tags else "",
    ]
    return ". ".join(filter(None, parts)) + "."


def reading(value: Reading, zone: tzinfo) -> Spoken:
    """All that there is to be read of an entry."""
    # Brings the Markdown parser along, which a list can do without.
    from reader.tui.paint.reading import reading_lines

    laid = reading_lines(value, WIDE, SPOKEN, zone, zen=True, keys={})
    told = (plain(line)[CARD_FROM:].strip() for line in card(value, WIDE, SPOKEN, zone))
    text = (" ".join(plain(line).split()) for line in laid.lines[1:])
    return Spoken((*told, *_apart(text)), laid.links)


def _apart(lines: Iterator[str]) -> Iterator[str]:
    """Lines with no more than one blank one between them."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line


def trail(value: Reading) -> Iterator[str]:
    """Every hop with its evidence, then the original, and why it is believed."""
    told = value.attribution
    yield f"From {value.row.feed.title}, {value.row.url}"
    for number, hop in enumerate(told.trail, 1):
        evidence = f": {hop.evidence}" if hop.evidence else ""
        answer = f" HTTP {hop.status}." if hop.status else ""
        yield f"Hop {number}, {hop.via}, to {hop.target}{evidence}.{answer}"
    if told.url is not None:
        sure = certainty(told.confidence) if told.confidence else "The feed’s own"
        yield f"Original: {told.publisher or 'somebody unnamed'}, {told.url}. {sure}."
    elif told.ended:
        yield f"Here the trail ended: {told.ended}."
    else:
        yield "Not looked at yet." if told.stub is None else "No original was found."
    for reason in told.reasons:
        yield f"{'For' if reason.supports else 'Against'}: {reason.text}."
    for refused in told.refused:
        yield f"Refused: {refused.url}, {refused.reason}."


def feed(number: int, value: Feed) -> str:
    """A feed in a line: `4. Daily Relay, 8 unread, in Coast.`"""
    parts = [
        f"{number}. {value.title}",
        f"{value.unread} unread",
        f"in {value.folder}" if value.folder else "",
        "paused" if value.paused else "",
        f"failing: {value.error}" if value.error else "",
    ]
    return ", ".join(filter(None, parts)) + "."
