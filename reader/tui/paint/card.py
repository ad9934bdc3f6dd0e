"""The attribution card: who published it first, where, when, and how sure we are.

It says what an attribution holds and judges nothing.
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from reader.model import Attribution, EntryRow, Reading, Status
from reader.tui.paint.cells import cut_url, marked
from reader.tui.paint.dates import date, long
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.row import publisher
from reader.tui.paint.span import Ink, Line, Span, first_fitting, spaces, width
from reader.urls import host, shown

TEXT_FROM = 4
"""Columns before the card's text: rule, blank, mark, blank."""

_WORDS = ((0.95, "Almost certain"), (0.85, "Very likely"), (0.0, "Likely"))
_RULES: dict[Status, Ink] = {
    "resolved": "accent",
    "original": "faint",
    "unresolved": "soft",
    "unchecked": "faint",
}


def card(
    reading: Reading,
    columns: int,
    glyphs: Glyphs,
    zone: tzinfo,
    *,
    looking: bool = False,
) -> tuple[Line, ...]:
    """The card of a reading; `looking` while the first publisher is being sought."""
    status = reading.attribution.status
    room = max(columns - TEXT_FROM, 1)
    texts = {
        "resolved": _resolved,
        "original": _original,
        "unresolved": _unresolved,
        "unchecked": _looking if looking else _unchecked,
    }[status](reading, room, glyphs, zone)
    rule = Span(glyphs.rules[status], _RULES[status])
    mark = Span(
        glyphs.marks[status] or " ",
        "accent" if status == "resolved" else "ink",
        act="trail",
    )
    return tuple(
        (rule, spaces(1), mark if number == 0 else spaces(1), spaces(1), *text)
        for number, text in enumerate(texts)
    )


def certainty(confidence: float) -> str:
    """A confidence in a word and a number: `Almost certain, 0.97`."""
    word = next(word for least, word in _WORDS if confidence >= least)
    return f"{word}, {hundredths(confidence)}"


def hundredths(confidence: float) -> str:
    """A confidence as a number, never rounded up to one that it does not reach."""
    return f"{int(confidence * 100 + 1e-6) / 100:.2f}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 hop`, `3 hops`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def republisher(row: EntryRow) -> str:
    """The name of the feed that brought an entry."""
    return row.feed.title or host(row.feed.url)


def _resolved(reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo) -> list[Line]:
    told = reading.attribution
    name = Span(marked(publisher(reading.row)), "accent", bold=True)
    lines = [
        first_fitting([(Span("First published by ", "soft"), name)], room, glyphs.cut),
        byline(told.authors, told.published, room, glyphs, zone),
        address(told.url or "", room, glyphs, "open_original"),
        first_fitting(_ways(reading.row, glyphs), room, glyphs.cut),
        first_fitting(_reasons(told, glyphs), room, glyphs.cut),
    ]
    return [line for line in lines if width(line)]


def _original(reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo) -> list[Line]:
    told, entry = reading.attribution, reading.entry
    name = Span(marked(publisher(reading.row)), "ink", bold=True)
    said = (Span("Published here first by ", "soft"), name)
    when = told.published or entry.published or reading.row.when
    lines = [
        first_fitting([said], room, glyphs.cut),
        byline(told.authors or entry.authors, when, room, glyphs, zone),
        address(told.url or reading.row.url, room, glyphs, "open_original"),
    ]
    return [line for line in lines if width(line)]


def _unresolved(
    reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo
) -> list[Line]:
    said = Span("First publisher not established", bold=True)
    return [
        first_fitting([(said,)], room, glyphs.cut),
        _brought(reading, room, glyphs, zone),
        address(reading.row.url, room, glyphs, "open_entry"),
        first_fitting(_endings(reading.attribution, glyphs), room, glyphs.cut),
    ]


def _unchecked(reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo) -> list[Line]:
    said = Span("Not looked at yet", bold=True)
    return _waiting(said, reading, room, glyphs, zone)


def _looking(reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo) -> list[Line]:
    said = Span(glyphs.say("Looking for the first publisher …"), bold=True)
    return _waiting(said, reading, room, glyphs, zone)


def _waiting(
    said: Span, reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo
) -> list[Line]:
    hops = len(reading.attribution.trail)
    below = glyphs.say("the feed’s own text is below")
    so_far = f"{counted(hops, 'hop')} so far"
    choices = _drop_right([so_far, below], glyphs) if hops else [below.capitalize()]
    return [
        first_fitting([(said,)], room, glyphs.cut),
        _brought(reading, room, glyphs, zone),
        first_fitting(
            ((Span(choice, "soft"),) for choice in choices), room, glyphs.cut
        ),
    ]


def byline(
    authors: tuple[str, ...],
    when: datetime | None,
    room: int,
    glyphs: Glyphs,
    zone: tzinfo,
) -> Line:
    """Who wrote it, and when: `Marta Velde · 4 March 2026, 14:05`."""
    dates = [long(when, zone), date(when, zone)] if when else []
    choices: list[Line] = []
    for names in _names(authors):
        for day in dates:
            choices.append((Span(marked(names)), *_join(glyphs), Span(day)))
    choices += [(Span(marked(names)),) for names in _names(authors)]
    choices += [(Span(day),) for day in dates] if not authors else []
    return first_fitting(choices, room, glyphs.cut)


def _names(authors: tuple[str, ...]) -> list[str]:
    """All names, then fewer of them with a count of the others."""
    if not authors:
        return []
    fewer = [
        f"{', '.join(authors[:keep])} and {counted(len(authors) - keep, 'other')}"
        for keep in range(min(len(authors) - 1, 3), 0, -1)
    ]
    return [", ".join(authors), *fewer] if len(authors) < 6 else fewer


def _join(glyphs: Glyphs, ink: Ink = "ink") -> Line:
    return (Span(f" {glyphs.join} ", ink),)


def address(url: str, room: int, glyphs: Glyphs, act: str) -> Line:
    """A URL as people read it, within `room`, its middle lost where it is too long."""
    text = cut_url(shown(url), room, glyphs.cut)
    return (Span(marked(text), "url", link=url, act=act),) if url else ()


def _brought(reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo) -> Line:
    by = Span(marked(f"Brought by {republisher(reading.row)}"))
    when = reading.entry.published or reading.row.when
    choices: list[Line] = [
        (by, *_join(glyphs), Span(long(when, zone))),
        (by, *_join(glyphs), Span(date(when, zone))),
        (by,),
    ]
    return first_fitting(choices, room, glyphs.cut)


def _drop_right(parts: list[str], glyphs: Glyphs) -> Iterator[str]:
    """Parts joined, then without the last, and so on to the first alone."""
    for keep in range(len(parts), 0, -1):
        yield f" {glyphs.join} ".join(parts[:keep])


def _ways(row: EntryRow, glyphs: Glyphs) -> Iterator[Line]:
    hops, also = len(row.attribution.trail), len(row.also_in)
    way = marked(f"By way of {republisher(row)}")
    way += f", {counted(hops, 'hop')}" if hops else ""
    if also:
        for more in (f"also in {counted(also, 'other feed')}", f"also in {also}"):
            yield (Span(f"{way} {glyphs.join} {more}", "soft"),)
    yield (Span(way, "soft"),)


def _reasons(told: Attribution, glyphs: Glyphs) -> Iterator[Line]:
    if told.confidence is None:
        return
    sure = certainty(told.confidence)
    for_it = [reason.text for reason in told.reasons if reason.supports][:2]
    for keep in range(len(for_it), 0, -1):
        why = glyphs.say(", ".join(for_it[:keep]))
        yield (Span(f"{sure} {glyphs.join} {why}", "soft"),)
    yield (Span(sure, "soft"),)


def _endings(told: Attribution, glyphs: Glyphs) -> Iterator[Line]:
    hops = len(told.trail)
    way = counted(hops, "hop") if hops else "No hops"
    if told.ended:
        way += f", then {glyphs.say(told.ended)}"
    parts = [way]
    if told.pages:
        parts.append(f"{counted(told.pages, 'page')} looked at")
    return ((Span(text, "soft"),) for text in _drop_right(parts, glyphs))
