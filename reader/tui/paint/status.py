"""The last line of the screen: what happens, and which keys matter here.

The left is never cut; hints go first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.span import Ink, Line, Span, apart, shortened, spaces, width

MARGIN = 2
GAP = 3
"""Blank columns between hints, and before the first."""
BAR = 10
BAR_FROM = 120
"""Columns of the screen from which progress has a bar."""
HINTS = 9
"""The most hints that are ever shown."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key, or several, its word, and the action that a click on it does."""

    keys: str
    word: str
    act: str = ""


def progress(
    done: int,
    total: int,
    new: int,
    failed: int,
    columns: int,
    glyphs: Glyphs,
    *,
    bar: bool = True,
) -> Line:
    """A poll under way: `━━━━━━────  feeds 112/200 · 34 new · 2 failed`."""
    dot = Span(f" {glyphs.join} ", "faint")
    line: Line = (Span(f"feeds {done}/{total}"),)
    line = (*line, dot, Span(f"{new:,} new")) if new else line
    if failed:
        line = (*line, dot, Span(f"{failed} failed", "error", act="health"))
    if not bar or columns < BAR_FROM:
        return line
    return (*meter(done / total if total else 0, BAR, glyphs), spaces(2), *line)


def meter(share: float, columns: int, glyphs: Glyphs, ink: Ink = "accent") -> Line:
    """A share from 0 to 1 as a bar; it is full only when all is done."""
    share = min(max(share, 0.0), 1.0)
    filled = columns if share == 1 else min(round(share * columns), columns - 1)
    return (
        Span(glyphs.bar * filled, ink),
        Span(glyphs.rest * (columns - filled), "faint"),
    )


def position(view: str, number: int, total: int, share: float | None) -> Line:
    """Where one is, in one pane: `Unread  1 of 134   14 %`."""
    line: Line = (Span(view), spaces(2), Span(f"{number} of {total}", "faint"))
    return line if share is None else (*line, spaces(3), percent(share))


def percent(share: float) -> Span:
    """A share as `14 %`."""
    return Span(f"{round(share * 100)} %", "faint")


def remaining(minutes: float, share: float) -> Line:
    """Zen's left: `4 min left   62 %`; at the end nothing is left."""
    if share >= 1:
        return (percent(share),)
    left = round(minutes * (1 - share))
    return (Span(f"{max(left, 1)} min left", "faint"), spaces(3), percent(share))


def question(text: str, answers: Sequence[Hint]) -> Line:
    """A question and the keys that answer it: `Mark 134 entries read?  y yes  n no`."""
    line: Line = (Span(text),)
    for answer in answers:
        line = (*line, spaces(2), *hint(answer))
    return line


def said(parts: Sequence[str], glyphs: Glyphs, ink: Ink = "ink") -> Line:
    """A message: `38 marked read · z undoes`."""
    line: Line = ()
    for part in parts:
        dot = (Span(f" {glyphs.join} ", "faint"),) if line else ()
        line = (*line, *dot, Span(glyphs.say(part), ink))
    return line


def hint(of: Hint) -> Line:
    """A key and its word."""
    act = of.act or None
    return (
        Span(of.keys, bold=True, act=act),
        Span(f" {of.word}", "faint", act=act),
    )


def status_line(
    left: Line, hints: Sequence[Hint], columns: int, glyphs: Glyphs
) -> Line:
    """The status line of exactly `columns`.

    `hints` come in the order shown. The one before the last goes first when it gets
    narrow, so that the last, the way out, stays.
    """
    room = columns - 2 * MARGIN
    shown = list(hints[: HINTS - 1]) + list(hints[HINTS - 1 :][-1:])
    while shown and width(left) + bool(left) * GAP + width(_hints(shown)) > room:
        shown.pop(-2 if len(shown) > 1 else -1)
    if width(left) > room:
        left = shortened(left, room, glyphs.cut)
    return (
        spaces(MARGIN),
        *apart(left, _hints(shown), room),
        spaces(MARGIN),
    )


def _hints(hints: Sequence[Hint]) -> Line:
    line: Line = ()
    for each in hints:
        line = (*line, *((spaces(GAP),) if line else ()), *hint(each))
    return line
