"""The whole article pane of a reading: card, headline, standfirst, text, doubts.

It is never empty: where the original's text is missing, the feed's own stands there.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import tzinfo

from reader.model import Article, Reading
from reader.tui.paint.article import layout
from reader.tui.paint.card import card, republisher
from reader.tui.paint.cells import runs_rtl
from reader.tui.paint.dates import date
from reader.tui.paint.doubt import KEYS, guess, offers, problem, problem_offer
from reader.tui.paint.files import file_lines
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import lines
from reader.tui.paint.laid import Face, Laid
from reader.tui.paint.row import headline, publisher
from reader.tui.paint.span import BLANK, Line, Span, first_fitting, spaces, width
from reader.tui.paint.standfirst import standfirst


def reading_lines(
    reading: Reading,
    measure: int,
    glyphs: Glyphs,
    zone: tzinfo,
    *,
    face: Face = "best",
    looking: bool = False,
    zen: bool = False,
    keys: Mapping[str, str] = KEYS,
) -> Laid:
    """A reading as lines; `body` is the first line of its text.

    `looking` while the first publisher is being sought; `zen` has one line of who and
    when instead of the card. `keys` are the keys of actions that are offered.
    """
    shown = _text(reading, face)
    title = shown.title or headline(reading.row)
    first, markdown = standfirst(reading, shown)
    text = layout(markdown, measure, glyphs, shown.language)
    rtl = runs_rtl(markdown or title, shown.language)
    top: list[Line] = (
        [_who_and_when(reading, shown, measure, glyphs, zone)]
        if zen
        else list(card(reading, measure, glyphs, zone, looking=looking))
    )
    if reading.problem:
        below = _instead(reading, shown)
        top += [BLANK, *problem(reading.problem, below, measure, glyphs)]
    strong = Span(title, "strong", bold=True)
    top += [BLANK, *_prose(strong, measure, glyphs, rtl=rtl), BLANK]
    if first:
        look = Span(first, "soft", italic=True)
        top += [*_prose(look, measure, glyphs, rtl=rtl), BLANK]
    foot = _foot(reading, shown, text, measure, glyphs, keys)
    return replace(text, lines=(*top, *text.lines, *foot), body=len(top))


def _text(reading: Reading, face: Face) -> Article:
    """The text to show: the face asked for, else the next best that is not empty."""
    order = {
        "best": (reading.article, reading.feed_text, reading.copy),
        "feed": (reading.feed_text,),
        "copy": (reading.copy, reading.feed_text),
    }[face]
    found = (text for text in order if text and text.markdown.strip())
    return next(found, reading.feed_text)


def _instead(reading: Reading, shown: Article) -> str:
    """What stands below a problem in the original's place."""
    if not shown.markdown.strip() or shown is reading.article:
        return ""
    if shown is reading.copy:
        return f"Below is the text of {republisher(reading.row)}’s own page."
    return "Below is the text that came with the feed."


def _prose(look: Span, measure: int, glyphs: Glyphs, *, rtl: bool) -> list[Line]:
    found = lines([look], measure, glyphs)
    if not rtl:
        return found
    return [(spaces(measure - width(line)), *line) for line in found]


def _who_and_when(
    reading: Reading, shown: Article, measure: int, glyphs: Glyphs, zone: tzinfo
) -> Line:
    """Zen's head: `Field Notes  ·  Ilse Maartens  ·  4 March 2026`."""
    told = reading.attribution
    when = shown.published or told.published or reading.row.published
    authors = shown.authors or told.authors or reading.entry.authors
    parts = [publisher(reading.row), ", ".join(authors)]
    parts.append(date(when, zone) if when else "")
    parts = [part for part in parts if part]
    choices = [_dotted(parts[:keep], glyphs) for keep in range(len(parts), 0, -1)]
    return first_fitting(choices, measure, glyphs.cut)


def _dotted(parts: list[str], glyphs: Glyphs) -> Line:
    line: Line = ()
    for part in parts:
        dot = (Span(f"  {glyphs.join}  ", "faint"),) if line else ()
        line = (*line, *dot, Span(part, "soft"))
    return line


def _foot(
    reading: Reading,
    shown: Article,
    text: Laid,
    measure: int,
    glyphs: Glyphs,
    keys: Mapping[str, str],
) -> list[Line]:
    """What stands under the text: whose it is, a guess kept apart, the next keys."""
    unresolved = reading.attribution.status == "unresolved"
    found = file_lines(
        reading.row.enclosures, keys.get("enclosures", ""), measure, glyphs
    )
    note = _note(reading, shown, text)
    if note:
        # Without a text the note stands in its place.
        found += [BLANK] if text.lines else []
        found += lines([Span(glyphs.say(note), "faint")], measure, glyphs)
    if unresolved:
        if reading.attribution.guess:
            found += guess(reading.attribution.guess, measure, glyphs)
        name = republisher(reading.row)
        offered = [
            ("trail", "the trail, and what was refused"),
            ("open_entry", f"{name}’s page in the browser"),
        ]
        found += [BLANK, *offers(offered, measure, glyphs, keys)]
    elif reading.problem and reading.attribution.url:
        offered = [("open_original", problem_offer(reading.problem))]
        found += [BLANK, *offers(offered, measure, glyphs, keys)]
    return found


def _note(reading: Reading, shown: Article, text: Laid) -> str:
    """Whose text it is, where that is not plain from the card."""
    if not text.lines:
        return "The feed gave no text for this entry."
    if shown is reading.copy:
        return f"From {republisher(reading.row)}’s own page: {text.length}"
    if shown is reading.article:
        return ""
    if reading.problem:
        return f"From the feed: {text.length}"
    settled = reading.attribution.status in ("unresolved", "resolved")
    if settled or reading.article is not None:
        return "The feed’s own text, all of it"
    return ""
