"""The palette's lines: what matched, with its letters, what it does, its key.

It also says what matches, since the letters to light up come from the same look.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.tui.paint.cells import cells, cut, marked
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.span import Line, Span, apart, on, spaces

WIDTH = 76
"""Columns of the palette where the screen has them."""
TEXT_FROM = 3
MARGIN = 3
ABOUT_FROM = 30
"""Columns from the palette's left edge to what an item does."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the palette can run."""

    title: str
    about: str = ""
    key: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """An item, and the places of its title's letters that were typed."""

    item: Item
    letters: tuple[int, ...] = ()


def matches(query: str, items: Iterable[Item]) -> tuple[Match, ...]:
    """The items that hold the typed letters in their order, best first."""
    wanted = query.casefold().replace(" ", "")
    found = []
    for number, item in enumerate(items):
        rated = _rated(wanted, item.title)
        if rated is not None:
            found.append((rated[0], number, Match(item, rated[1])))
    return tuple(match for _, _, match in sorted(found, key=lambda f: f[:2]))


def _rated(wanted: str, title: str) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """How good a title is (less is better), and which letters; None for no match."""
    # casefold may lengthen a text ("ß"); lower keeps places, but for a few letters.
    letters = [char.lower()[:1] for char in title]
    text = "".join(letters)
    if not wanted:
        return (0,), ()
    whole = text.find(wanted)
    if whole >= 0:
        begins_word = whole == 0 or not text[whole - 1].isalnum()
        places = tuple(range(whole, whole + len(wanted)))
        return (0 if whole == 0 else 1 if begins_word else 2, whole), places
    scattered = _scattered(wanted, text)
    return ((3, scattered[-1] - scattered[0]), scattered) if scattered else None


def _scattered(wanted: str, text: str) -> tuple[int, ...] | None:
    """Where the wanted letters stand in order, as near to each other as they do."""
    found = [
        places
        for start, char in enumerate(text)
        if char == wanted[0] and (places := _places(wanted, text, start))
    ]
    return min(found, key=lambda places: places[-1] - places[0], default=None)


def _places(wanted: str, text: str, start: int) -> tuple[int, ...] | None:
    places: list[int] = []
    for char in wanted:
        start = text.find(char, start)
        if start < 0:
            return None
        places.append(start)
        start += 1
    return tuple(places)


def palette_line(
    match: Match, columns: int, glyphs: Glyphs, *, chosen: bool = False
) -> Line:
    """An item of the palette in exactly `columns`."""
    item = match.item
    inner = columns - TEXT_FROM - MARGIN
    about_room = inner - (ABOUT_FROM - TEXT_FROM) - cells(item.key) - 2
    title_room = inner - cells(item.key) - 2
    about = item.about if about_room >= 8 else ""
    if about:
        title_room = ABOUT_FROM - TEXT_FROM - 2
    title = _title(match, title_room, glyphs, chosen=chosen)
    size = sum(cells(span.text) for span in title)
    line: Line = title
    if about:
        gap = ABOUT_FROM - TEXT_FROM - size
        text = cut(glyphs.say(about), about_room, glyphs.cut)
        line = (*line, spaces(gap), Span(text, "soft"))
    key = Span(item.key, bold=True)
    edge = Span(glyphs.cursor, "accent") if chosen else Span(" ")
    body = apart(line, (key,), inner)
    whole = (edge, spaces(TEXT_FROM - 1), *body, spaces(MARGIN))
    whole = tuple(replace(span, act=item.act or None) for span in whole)
    return on(whole, "raised-cursor" if chosen else "raised")


def _title(match: Match, room: int, glyphs: Glyphs, *, chosen: bool) -> Line:
    """A title whose typed letters are lit."""
    text = cut(match.item.title, room, glyphs.cut)
    look = Span("", "strong" if chosen else "ink", bold=chosen)
    spans: list[Span] = []
    for place, char in enumerate(text):
        lit = place in match.letters and char != glyphs.cut
        new = (
            Span(char, "accent", bold=True) if lit else Span(char, look.ink, look.bold)
        )
        last = spans[-1] if spans else None
        if last and (last.ink, last.bold) == (new.ink, new.bold):
            spans[-1] = Span(last.text + char, last.ink, last.bold)
        else:
            spans.append(new)
    if spans:
        spans[-1] = Span(marked(spans[-1].text), spans[-1].ink, spans[-1].bold)
    return tuple(spans)


def palette_count(shown: int, total: int) -> Line:
    """How many of all there are: `9 of 63`."""
    return (Span(f"{shown} of {total}", "soft"),)


def palette_rule(columns: int, glyphs: Glyphs) -> Line:
    """The line under the palette's input."""
    rule = Span(glyphs.line * (columns - TEXT_FROM - MARGIN), "faint")
    return on((spaces(TEXT_FROM), rule, spaces(MARGIN)), "raised")


def shown_from(cursor: int, first: int, height: int, matches: Sequence[Match]) -> int:
    """The first item in sight so that the cursor is, moving as little as it can."""
    if cursor < first:
        return cursor
    return max(min(max(first, cursor - height + 1), len(matches) - height), 0)
