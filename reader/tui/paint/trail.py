"""The trail screen: every hop to the original, and beside it how sure, and why.

In a narrow window the reasons stand below the hops.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from reader.model import Hop, Reading, Reason, Refusal, Via
from reader.tui.paint.card import (
    address,
    byline,
    certainty,
    counted,
    hundredths,
    republisher,
)
from reader.tui.paint.cells import cells, cut, cut_url, marked
from reader.tui.paint.dates import between, clock, looked_at
from reader.tui.paint.doubt import THRESHOLD, hanging
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import lines
from reader.tui.paint.row import headline, publisher
from reader.tui.paint.span import (
    BLANK,
    Line,
    Span,
    apart,
    filled,
    first_fitting,
    indented,
    shortened,
    spaces,
    width,
)
from reader.tui.paint.status import meter
from reader.urls import host, shown

MARGIN = 3
WIDEST = 114
"""Columns of content at most; a wider window gives margin."""
SIDE = 39
"""Columns of the reasons where they stand beside the hops."""
GAP = 3
BESIDE_FROM = 100
"""Columns of the screen from which they do."""
BAR = 30

HOW: dict[Via, str] = {
    "http-301": "moved there for good",
    "http-302": "found there for now",
    "http-303": "says to look there",
    "http-307": "moved there for now",
    "http-308": "moved there for good",
    "refresh-header": "the answer sends on after a while",
    "meta-refresh": "the page sends on after a while",
    "script": "a script of the page moves on",
    "form": "the page sends a form by itself",
    "wrapper": "the address holds the address",
    "stub-link": "the page is a stub and says where to go",
    "only-link": "the only way out of the page",
    "canonical": "the page gives this as its own address",
    "amp": "the page in its full form",
    "feed-link": "the feed names it as the source",
    "publisher-feed": "found in the publisher’s own feed",
}
"""What each way on is, in words."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Another feed that brought the same story, when, and by which ways."""

    name: str
    when: datetime | None = None
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trail:
    """The trail as lines; `nodes` are the lines on which its stations stand.

    `urls` are their addresses, in the same order, the original's last.
    """

    lines: tuple[Line, ...]
    nodes: tuple[int, ...]
    urls: tuple[str, ...]


def trail_lines(
    reading: Reading,
    columns: int,
    glyphs: Glyphs,
    zone: tzinfo,
    copies: Sequence[Copy] | None = None,
) -> Trail:
    """The trail of a reading within `columns`, margins and head included."""
    room = min(columns - 2 * MARGIN, WIDEST)
    head = _head(reading, room, glyphs, zone)
    beside = columns >= BESIDE_FROM
    way = room - SIDE - GAP if beside else room
    left, nodes = _stations(reading, way, glyphs, zone)
    left += _also(reading, copies, way, glyphs, zone)
    right = _sureness(reading, SIDE if beside else room, glyphs)
    body = _beside(left, right, way) if beside else [*left, BLANK, BLANK, *right]
    whole = tuple(indented(line, MARGIN) for line in (*head, BLANK, *body))
    first = len(head) + 1
    return Trail(whole, tuple(first + node for node in nodes), _urls(reading))


def trail_text(reading: Reading, glyphs: Glyphs, zone: tzinfo) -> str:
    """The trail as plain text of 72 columns, to be copied or saved."""
    page = trail_lines(reading, 72 + 2 * MARGIN, glyphs, zone)
    rows = ("".join(span.text for span in line) for line in page.lines)
    return "\n".join(row[MARGIN:].rstrip() for row in rows) + "\n"


def _urls(reading: Reading) -> tuple[str, ...]:
    told = reading.attribution
    urls = [hop.url for hop in told.trail] or [reading.row.url]
    last = told.url or (told.trail[-1].target if told.trail else "")
    return (*urls, last) if last and last != urls[-1] else tuple(urls)


def _head(reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo) -> list[Line]:
    told = reading.attribution
    seconds = sum(hop.elapsed or 0 for hop in told.trail)
    size = counted(len(told.trail), "hop")
    size += f", {seconds:.1f} s" if seconds else ""
    left = (Span("Trail", "strong", bold=True), spaces(3), Span(size, "faint"))
    when = told.checked_at
    right = (Span(looked_at(when, zone), "faint"),) if when else ()
    fits = width(left) + 2 + width(right) <= room
    first = apart(left, right, room) if fits else shortened(left, room, glyphs.cut)
    return [first, *lines([Span(headline(reading.row))], room, glyphs)]


def _stations(
    reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo
) -> tuple[list[Line], list[int]]:
    """The hops and where they end, and the lines on which stations stand."""
    told = reading.attribution
    drawn: list[Line] = []
    nodes: list[int] = []
    for number, hop in enumerate(told.trail):
        name = republisher(reading.row) if number == 0 else host(hop.url)
        nodes.append(len(drawn))
        drawn += _hop(hop, name, room, glyphs)
    if not told.trail and told.status != "original":
        nodes.append(len(drawn))
        drawn += _start(reading, room, glyphs)
    nodes.append(len(drawn))
    drawn += _end(reading, room, glyphs, zone)
    return drawn, nodes


def _on_way(text: Line, glyphs: Glyphs) -> Line:
    return (Span(glyphs.way, "faint"), spaces(1), *text)


def _node(sign: Span, text: Line, right: str, room: int) -> Line:
    line = apart(text, (Span(right, "faint"),), room - 2) if right else text
    return (sign, spaces(1), *line)


def _hop(hop: Hop, name: str, room: int, glyphs: Glyphs) -> list[Line]:
    """One station, and how it led on."""
    inner = room - 2
    answer = _answer(hop, glyphs)
    text = cut(name, inner - (cells(answer) + 2 if answer else 0), glyphs.cut)
    sign = Span(glyphs.hop, act=None, link=hop.url)
    named = (Span(marked(text), bold=True, link=hop.url),)
    how = glyphs.say(HOW[hop.via])
    way: list[Line] = [
        address(hop.url, inner, glyphs, ""),
        BLANK,
        first_fitting(
            (
                (Span(hop.via, bold=True), Span(f"  {how}", "soft")),
                (Span(hop.via, bold=True),),
            ),
            inner,
            glyphs.cut,
        ),
    ]
    if hop.evidence:
        quoted = Span(glyphs.quoted(hop.evidence), italic=True)
        way += lines([quoted], inner, glyphs)
    below = [_on_way(line, glyphs) for line in (*way, BLANK)]
    return [_node(sign, named, answer, room), *below]


def _answer(hop: Hop, glyphs: Glyphs) -> str:
    """What the server answered, and how fast: `301 · 0.11 s`."""
    parts = [str(hop.status)] if hop.status else []
    parts += [f"{hop.elapsed:.2f} s"] if hop.elapsed is not None else []
    return f" {glyphs.join} ".join(parts)


def _start(reading: Reading, room: int, glyphs: Glyphs) -> list[Line]:
    """The republisher alone, where no hop led on from it."""
    name = marked(cut(republisher(reading.row), room - 2, glyphs.cut))
    url = address(reading.row.url, room - 2, glyphs, "open_entry")
    node = _node(Span(glyphs.hop), (Span(name, bold=True),), "", room)
    return [node, _on_way(url, glyphs), _on_way(BLANK, glyphs)]


def _end(reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo) -> list[Line]:
    status = reading.attribution.status
    if status in ("resolved", "original"):
        return _arrived(reading, room, glyphs, zone)
    return _ended(reading, room, glyphs)


def _arrived(reading: Reading, room: int, glyphs: Glyphs, zone: tzinfo) -> list[Line]:
    told, inner = reading.attribution, room - 2
    resolved = told.status == "resolved"
    name = marked(cut(publisher(reading.row), inner, glyphs.cut))
    sign = Span(glyphs.origin, "accent") if resolved else Span(glyphs.hop)
    look = Span(name, "accent" if resolved else "ink", bold=True)
    when = told.published or (None if resolved else reading.entry.published)
    authors = told.authors or (() if resolved else reading.entry.authors)
    texts: list[Line] = [
        address(told.url or reading.row.url, inner, glyphs, "open_original"),
        byline(authors, when, inner, glyphs, zone),
    ]
    brought = reading.entry.published
    if resolved and told.published and brought:
        said = between(told.published, brought, republisher(reading.row))
        texts += lines([Span(said, "soft")], inner, glyphs)
    if told.problem:
        shown = f" {told.problem_evidence}" if told.problem_evidence else ""
        said = glyphs.say(f"The original {told.problem}.{shown}")
        texts += lines([Span(said, "soft")], inner, glyphs)
    below = [(spaces(2), *text) for text in texts if width(text)]
    return [_node(sign, (look,), "", room), *below]


def _ended(reading: Reading, room: int, glyphs: Glyphs) -> list[Line]:
    """Where the trail of an unresolved stub ends, or an unchecked one's so far."""
    told, inner = reading.attribution, room - 2
    if told.status == "unchecked":
        sign, said = glyphs.marks["unchecked"], "Nobody has looked further yet"
    else:
        reason = told.ended or "nothing on the way led on"
        sign, said = glyphs.lost, f"Here the trail ended: {reason}"
    text = Span(glyphs.say(said), bold=True)
    drawn = hanging((Span(sign), spaces(1)), text, room, glyphs)
    last = told.trail[-1].target if told.trail else ""
    if last:
        drawn.append((spaces(2), *address(last, inner, glyphs, "")))
    return drawn


def _also(
    reading: Reading,
    copies: Sequence[Copy] | None,
    room: int,
    glyphs: Glyphs,
    zone: tzinfo,
) -> list[Line]:
    """The other feeds that brought the story."""
    if copies is None:
        copies = [Copy(name) for name in reading.row.also_in]
    if not copies:
        return []
    longest = min(max(cells(copy.name) for copy in copies), room // 2)
    drawn: list[Line] = [BLANK, BLANK, (spaces(2), Span("Also by way of", "faint"))]
    for copy in copies:
        name = cut(copy.name, longest, glyphs.cut)
        line: Line = (spaces(2), Span(marked(name)))
        if copy.when:
            gap = spaces(longest - cells(name) + 5)
            line = (*line, gap, Span(clock(copy.when, zone), "soft"))
        if copy.ways:
            line = (*line, spaces(3), Span(", ".join(copy.ways), "soft"))
        drawn.append(shortened(line, room, glyphs.cut))
    return drawn


def _sureness(reading: Reading, room: int, glyphs: Glyphs) -> list[Line]:
    told = reading.attribution
    blocks = [
        _confidence(reading, room, glyphs),
        _reasons("For", told.reasons, True, room, glyphs),
        _reasons("Against", told.reasons, False, room, glyphs),
    ]
    if told.guess:
        blocks += [
            _reasons("For the guess", told.guess.reasons, True, room, glyphs),
            _reasons("Against it", told.guess.reasons, False, room, glyphs),
        ]
    blocks.append(_refused(told.refused, room, glyphs))
    drawn: list[Line] = []
    for block in blocks:
        drawn += [*([BLANK] if drawn and block else []), *block]
    return drawn


def _confidence(reading: Reading, room: int, glyphs: Glyphs) -> list[Line]:
    told = reading.attribution
    needs = Span(f"needs {THRESHOLD:.2f} to count as resolved", "faint")
    head = (Span("How sure", "faint"),)
    bar = min(BAR, room)
    if told.status == "resolved" and told.confidence is not None:
        sure = (Span(certainty(told.confidence), bold=True),)
        return [head, sure, meter(told.confidence, bar, glyphs), (needs,)]
    if told.status == "unresolved" and told.guess:
        name = told.guess.publisher or host(told.guess.url)
        said = f"{name}, perhaps: {hundredths(told.guess.confidence)}"
        url = cut_url(shown(told.guess.url), room, glyphs.cut)
        return [
            head,
            *lines([Span(said)], room, glyphs),
            (Span(marked(url), "soft"),),
            meter(told.guess.confidence, bar, glyphs, "soft"),
            (needs,),
        ]
    said = {
        "original": "The feed’s own publisher wrote it",
        "unchecked": "Not looked at yet",
        "unresolved": "Not established",
        "resolved": "Resolved",
    }[told.status]
    return [head, *lines([Span(glyphs.say(said), bold=True)], room, glyphs)]


def _reasons(
    name: str, reasons: Iterable[Reason], supports: bool, room: int, glyphs: Glyphs
) -> list[Line]:
    chosen = [reason for reason in reasons if reason.supports == supports]
    sign = glyphs.added if supports else glyphs.dropped
    drawn: list[Line] = [(Span(name, "faint"),)] if chosen else []
    for reason in chosen:
        text = Span(glyphs.say(reason.text))
        drawn += hanging((Span(f"{sign} "),), text, room, glyphs)
    return drawn


def _refused(refused: Iterable[Refusal], room: int, glyphs: Glyphs) -> list[Line]:
    drawn: list[Line] = []
    for each in refused:
        url = cut_url(shown(each.url), room - 2, glyphs.cut)
        drawn += [
            *([] if drawn else [(Span("Refused", "faint"),)]),
            (Span(f"{glyphs.refused} ", "soft"), Span(marked(url))),
            *hanging((spaces(2),), Span(glyphs.say(each.reason), "soft"), room, glyphs),
        ]
    return drawn


def _beside(left: list[Line], right: list[Line], way: int) -> list[Line]:
    drawn: list[Line] = []
    for number in range(max(len(left), len(right))):
        line = left[number] if number < len(left) else BLANK
        other = right[number] if number < len(right) else BLANK
        drawn.append((*filled(line, way + GAP), *other) if other else line)
    return drawn
