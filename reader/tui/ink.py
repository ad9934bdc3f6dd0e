"""Spans to strips: the one place where a span's looks become a colour.

It draws what it is given and knows nothing of entries or articles.
"""

from dataclasses import dataclass
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.theme import Theme

from reader.tui.paint.cells import cells
from reader.tui.paint.glyphs import UNICODE
from reader.tui.paint.span import Ground, Ink, Line, Span

_INKS: tuple[Ink, ...] = (
    "strong",
    "ink",
    "soft",
    "faint",
    "accent",
    "error",
    "rule",
    "url",
)
_GROUNDS: tuple[Ground, ...] = (
    "panel",
    "background",
    "surface",
    "cursor",
    "cursor-rest",
    "raised",
    "raised-cursor",
)


@dataclass(frozen=True, slots=True)
class Palette:
    """A theme's inks and grounds as Rich knows them; `reversed` are drawn reverse."""

    inks: dict[Ink, Style]
    grounds: dict[Ground, RichColor]
    reversed: frozenset[Ground]


# Themes are few and cannot be hashed: kept by name, checked by identity.
_palettes: dict[str, tuple[Theme, Palette]] = {}


def inks(theme: Theme) -> Palette:
    """A theme's inks and grounds."""
    kept = _palettes.get(theme.name)
    if kept is None or kept[0] is not theme:
        kept = (theme, _palette(theme))
        _palettes[theme.name] = kept
        _drawn.cache_clear()
        _style.cache_clear()
    return kept[1]


def _palette(theme: Theme) -> Palette:
    named = {
        "ink": theme.foreground,
        "accent": theme.accent or theme.primary,
        "error": theme.error,
        "panel": theme.panel,
        "background": theme.background,
        "surface": theme.surface,
        "cursor-rest": "ansi_default" if theme.ansi else theme.variables["cursor"],
    }
    return Palette(
        {ink: _ink(ink, named, theme) for ink in _INKS},
        {ground: _colour(ground, named, theme) for ground in _GROUNDS},
        frozenset(
            ground
            for ground in _GROUNDS
            if "reverse" in theme.variables.get(f"{ground}-style", "")
        ),
    )


def _colour(name: str, named: dict[str, str | None], theme: Theme) -> RichColor:
    found = named.get(name) or theme.variables.get(name) or "ansi_default"
    return Color.parse(found).rich_color


def _ink(ink: Ink, named: dict[str, str | None], theme: Theme) -> Style:
    words = theme.variables.get(f"{ink}-style", "none").split()
    return Style(
        color=_colour(ink, named, theme),
        bold="bold" in words or None,
        dim="dim" in words or None,
        italic="italic" in words or None,
        underline="underline" in words or None,
    )


def strip(line: Line, theme: Theme, ground: Ground, width: int = 0) -> Strip:
    """A line as a strip on a ground, filled to `width` cells, at most that wide.

    A span's `link` becomes an OSC 8 link; `link` and `act` are in its style's meta,
    where a click finds them.
    """
    inks(theme)
    return _drawn(line, theme.name, ground, width)


@lru_cache(maxsize=8192)
def _drawn(line: Line, name: str, ground: Ground, width: int) -> Strip:
    palette = _palettes[name][1]
    segments = [
        Segment(_text(span, palette), _style_of(span, name, palette, ground))
        for span in line
        if span.text
    ]
    drawn = sum(cells(span.text) for span in line)
    if drawn < width:
        blank = _style("ink", ground, False, False, None, None, False, name)
        segments.append(Segment(" " * (width - drawn), blank))
        drawn = width
    made = Strip(segments, drawn)
    return made.crop(0, width) if width and drawn > width else made


def _text(span: Span, palette: Palette) -> str:
    """In reverse the cursor's half block would be a dent in the bar."""
    reverse = span.ground in palette.reversed
    return span.text.replace(UNICODE.cursor, " ") if reverse else span.text


def _style_of(span: Span, name: str, palette: Palette, ground: Ground) -> Style:
    return _style(
        span.ink,
        span.ground or ground,
        span.bold,
        span.italic,
        span.link,
        span.act,
        span.strike,
        name,
    )


@lru_cache(maxsize=4096)
def _style(
    ink: Ink,
    ground: Ground,
    bold: bool,
    italic: bool,
    link: str | None,
    act: str | None,
    strike: bool,
    name: str,
) -> Style:
    palette = _palettes[name][1]
    meta = {key: value for key, value in (("link", link), ("act", act)) if value}
    if ground in palette.reversed:
        # In reverse a colour would become the background: all is default on default.
        style = Style(reverse=True, color="default", bgcolor="default")
    else:
        style = palette.inks[ink] + Style(
            bgcolor=palette.grounds[ground],
            bold=bold or None,
            italic=italic or None,
            strike=strike or None,
        )
    return style + Style(link=link, meta=meta) if meta else style
