"""The help screen: actions by purpose in columns, the marks explained.

What there is to do comes as data; nothing here knows an action.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.tui.paint.cells import cells
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import lines as wrapped
from reader.tui.paint.span import (
    BLANK,
    Line,
    Span,
    apart,
    filled,
    indented,
    shortened,
    spaces,
    width,
)

MARGIN = 3
COLUMN = 38
"""Columns that a group of keys takes."""
LABEL_FROM = 8
BETWEEN = 6
"""Blank columns between two marks."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A line of the help: its group, its keys as written, what they do."""

    group: str
    keys: str
    label: str
    act: str = ""


def help_lines(
    actions: Sequence[Keyed],
    columns: int,
    glyphs: Glyphs,
    *,
    count: int | None = None,
    preset: str = "vim",
) -> tuple[Line, ...]:
    """The help within `columns`: as many groups side by side as fit."""
    room = max(columns - 2 * MARGIN, LABEL_FROM)
    abreast = max(min(room // COLUMN, 3), 1)
    groups = [_group(name, actions, glyphs) for name in _names(actions)]
    lines: list[Line] = []
    for start in range(0, len(groups), abreast):
        lines += [*([BLANK] * 2), *_abreast(groups[start : start + abreast], room)]
    if any(not each.keys for each in actions):
        foot = f"{glyphs.keyless} has no key: reach it by the palette, "
        foot += "or name it in config.toml"
        lines += [*([BLANK] * 2), *marks(room, glyphs), BLANK, BLANK]
        lines += wrapped([Span(foot, "faint")], room, glyphs)
    else:
        lines += [*([BLANK] * 2), *marks(room, glyphs)]
    named = f"{len(actions) if count is None else count} actions, {preset} preset"
    head = _head(named, room)
    return tuple(indented(line, MARGIN) for line in (head, *lines))


def _head(named: str, room: int) -> Line:
    left = (Span("Keys", "strong", bold=True), spaces(3), Span(named, "faint"))
    right = (Span("type to narrow the list", "faint"),)
    if width(left) + 2 + width(right) > room:
        return shortened(left, room)
    return apart(left, right, room)


def _names(actions: Sequence[Keyed]) -> list[str]:
    return list(dict.fromkeys(action.group for action in actions))


def _group(name: str, actions: Sequence[Keyed], glyphs: Glyphs) -> list[Line]:
    lines: list[Line] = [(Span(name, bold=True),), BLANK]
    for each in actions:
        if each.group == name:
            keys = each.keys or glyphs.keyless
            gap = max(LABEL_FROM - cells(keys), 1)
            look = Span(keys, "strong", bold=True, act=each.act or None)
            label = Span(glyphs.say(each.label), "soft", act=each.act or None)
            lines.append((look, spaces(gap), label))
    return lines


def _abreast(groups: Sequence[list[Line]], room: int) -> list[Line]:
    """Groups beside each other, as high as the highest of them."""
    lines: list[Line] = []
    for number in range(max(map(len, groups))):
        line: Line = ()
        for column, group in enumerate(groups):
            last = column == len(groups) - 1
            size = room - column * COLUMN if last else COLUMN - 1
            text = group[number] if number < len(group) else BLANK
            text = shortened(text, size)
            line = (*line, *(text if last else filled(text, COLUMN)))
        lines.append(line if width(line) else BLANK)
    return lines


def marks(room: int, glyphs: Glyphs) -> list[Line]:
    """The marks of the list and what they mean, as many on a line as fit."""
    told: list[Line] = [
        (Span(glyphs.unread, "accent"), Span(" unread")),
        (Span(f"{glyphs.starred} starred"),),
        (Span(f"{glyphs.marks['resolved']} a stub, resolved"),),
        (Span(f"{glyphs.marks['unresolved']} a stub, unresolved"),),
        (Span(glyphs.marks["unchecked"], "soft"), Span(" not looked at yet")),
        (Span("+2 also in 2 other feeds"),),
        (Span(glyphs.failing, "error"), Span(" failing")),
        (Span(glyphs.say("No mark: the feed’s own publisher wrote it."), "soft"),),
    ]
    lines: list[Line] = [(Span("Marks", bold=True),), BLANK]
    line: Line = ()
    for mark in told:
        if line and width(line) + BETWEEN + width(mark) > room:
            lines.append(line)
            line = ()
        line = (*line, *((spaces(BETWEEN),) if line else ()), *mark)
    return [part for each in (*lines, line) for part in _within(each, room, glyphs)]


def _within(line: Line, room: int, glyphs: Glyphs) -> list[Line]:
    fits = width(line) <= room
    return [line] if fits else wrapped(list(line), room, glyphs)
