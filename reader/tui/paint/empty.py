"""What stands where there is nothing yet: never empty, never a dead end.

Each says why, and offers the next key.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.tui.paint.cells import cells, marked
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import lines
from reader.tui.paint.span import BLANK, Ink, Line, Span, filled, on, shortened, spaces
from reader.tui.paint.status import Hint, hint

EMBLEM = 72
"""Columns of the first screen at most."""
LABEL_FROM = 6
ABOUT_FROM = 22
ABOUT_LEAST = 24
"""Columns under which what a choice is about is left out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to go on: its key, its name, and what it is."""

    key: str
    label: str
    about: str = ""
    act: str = ""


BEGINNINGS = (
    Choice("1", "Starter set", "a few feeds to look through first", "starter"),
    Choice("2", "OPML file", "from another reader", "opml"),
    Choice("3", "Demo", "a small bundled world, no network", "demo"),
    Choice("a", "One address", "of a feed, or of any page that has one", "add_feed"),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """Lines, and which of them is which choice."""

    lines: tuple[Line, ...]
    rows: tuple[int, ...]


def first_run(
    columns: int,
    glyphs: Glyphs,
    choices: Sequence[Choice] = BEGINNINGS,
    cursor: int = 0,
    height: int = 24,
) -> Choices:
    """The first screen, at most 72 columns wide: the trail as emblem, ways to begin.

    In `height` rows all choices are seen: the emblem goes first, then what we are.
    """
    measure = min(columns, EMBLEM)
    name: Line = (Span("Firsthand", "strong", bold=True),)
    about = _said("The news, from whoever published it first.", "soft", measure, glyphs)
    asked = _said("No feeds yet. Where shall we begin?", "ink", measure, glyphs)
    gap = [BLANK] * 3
    heads = (
        [*emblem(measure, glyphs), *gap, name, *about, *gap, *asked, BLANK],
        [name, *about, BLANK, *asked, BLANK],
        [*asked, BLANK],
    )
    room = height - len(choices)
    head = next((head for head in heads if len(head) <= room), heads[-1])
    rows = [
        choice_line(choice, measure, glyphs, chosen=number == cursor)
        for number, choice in enumerate(choices)
    ]
    note = glyphs.say("Pasting an address or a file’s path works at any time.")
    foot = lines([Span(note, "faint")], measure - LABEL_FROM, glyphs)
    below = [BLANK, *((spaces(LABEL_FROM), *line) for line in foot)]
    numbers = tuple(range(len(head), len(head) + len(rows)))
    return Choices((*head, *rows, *below), numbers)


def _said(text: str, ink: Ink, measure: int, glyphs: Glyphs) -> list[Line]:
    return lines([Span(glyphs.say(text), ink)], measure, glyphs)


def emblem(columns: int, glyphs: Glyphs) -> list[Line]:
    """A feed, a stub, the original: the map line as two lines of `columns`."""
    middle = (columns - 1) // 2
    way = (
        Span(glyphs.hop),
        Span(glyphs.line * (middle - 1), "faint"),
        Span(glyphs.hop),
        Span(glyphs.line * (columns - middle - 2), "faint"),
        Span(glyphs.origin, "accent"),
    )
    first, second, last = "a feed", "a stub", "the original"
    stub_from = middle - 2
    words = (
        Span(first, "faint"),
        spaces(stub_from - len(first)),
        Span(second, "faint"),
        spaces(columns - stub_from - len(second) - len(last)),
        Span(last, "accent"),
    )
    return [way, words]


def choice_line(
    choice: Choice, columns: int, glyphs: Glyphs, *, chosen: bool, count: str = ""
) -> Line:
    """A choice: key, label, what it is; the chosen one has the cursor."""
    act = choice.act or None
    about_from = max(ABOUT_FROM, LABEL_FROM + cells(choice.label) + 2)
    look = Span("", "strong", bold=True) if chosen else Span("")
    line: Line = (
        Span(glyphs.cursor, "accent") if chosen else Span(" "),
        spaces(1),
        Span(choice.key, bold=True, act=act),
        spaces(LABEL_FROM - 2 - cells(choice.key)),
        Span(marked(choice.label), look.ink, bold=look.bold, act=act),
    )
    if choice.about and columns - about_from >= ABOUT_LEAST:
        gap = about_from - LABEL_FROM - cells(choice.label)
        about = Span(glyphs.say(choice.about), "soft", act=act)
        line = (*line, spaces(gap), about)
    right = (Span(count, "soft" if chosen else "faint"), spaces(1)) if count else ()
    line = filled(
        shortened(line, columns - len(count) - 2, glyphs.cut),
        columns - (len(count) + 1 if count else 0),
    )
    line = (*line, *right)
    return on(line, "cursor") if chosen else line


def view_empty(
    what: str, hints: Sequence[Hint], columns: int, glyphs: Glyphs
) -> tuple[Line, ...]:
    """An empty list: `Nothing unread in Coast.` and where to go next."""
    found = lines([Span(glyphs.say(what))], columns, glyphs)
    if hints:
        found.append(BLANK)
    found += [shortened(hint(each), columns, glyphs.cut) for each in hints]
    return tuple(found)


def nothing_found(
    looser: Sequence[tuple[str, int]], columns: int, glyphs: Glyphs, cursor: int = 0
) -> Choices:
    """An empty search: up to three queries of one word less, and what each finds."""
    head: list[Line] = [(Span("Nothing found.", "strong", bold=True),)]
    if looser:
        head += [BLANK, (Span("With one word less there would be:", "soft"),), BLANK]
    rows = [
        choice_line(
            Choice(str(number + 1), query),
            columns,
            glyphs,
            chosen=number == cursor,
            count=str(found),
        )
        for number, (query, found) in enumerate(looser[:3])
    ]
    numbers = tuple(range(len(head), len(head) + len(rows)))
    return Choices((*head, *rows), numbers)


QUERY_WORDS = (
    ("unread  starred  stub  unresolved  today", "states"),
    ("feed:relay  folder:coast  via:script", "how it reached you"),
    ('publisher:"Harbour Courant"  author:velde', "who wrote it"),
    ('newer:2d  older:"1 week"', "when"),
    ('"two words"  /pattern/  -word  ~word', "exactly, by pattern, without"),
)


def query_words(columns: int, glyphs: Glyphs) -> tuple[Line, ...]:
    """The words of the query language, with what they ask for."""
    words = max(cells(example) for example, _ in QUERY_WORDS) + 3
    found: list[Line] = [(Span("Words to narrow with", "faint"),), BLANK]
    for example, meaning in QUERY_WORDS:
        gap = spaces(words - cells(example))
        line = (Span(example), gap, Span(meaning, "soft"))
        found.append(shortened(line, columns, glyphs.cut))
    return tuple(found)
