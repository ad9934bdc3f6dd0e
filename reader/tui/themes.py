"""Theme files to Textual themes: the shipped ones, then a person's own.

A file that cannot be used is named and left out; Textual's own themes stay untouched.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from textual.color import Color, ColorParseError
from textual.css.errors import StyleValueError
from textual.theme import Theme

from reader.errors import ThemeError

DARK, LIGHT = "ink", "paper"
"""The themes that a screen begins with."""
NO_COLOR = "terminal-dark"
"""The theme whose colours are dropped where NO_COLOR is set."""

COLOURS = ("strong", "soft", "faint", "rule", "url")
GROUNDS = ("cursor", "raised", "raised-cursor")
STYLES = tuple(f"{name}-style" for name in (*COLOURS, "cursor", "raised-cursor"))
_TEXT_STYLES = frozenset(("none", "bold", "dim", "italic", "reverse", "underline"))
# The kinds of the keys of Textual's Theme that are no text.
_KINDS: Mapping[str, tuple[type, ...]] = {
    "dark": (bool,),
    "ansi": (bool,),
    "luminosity_spread": (float, int),
    "text_alpha": (float, int),
    "variables": (dict,),
}
_CALLED = {str: "text", bool: "true or false", float: "number", dict: "table"}

FILE_MAX = 1_000_000
"""Bytes of a theme file; a bigger one is no theme."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The themes that can be used, by name, and what is wrong with the others."""

    themes: Mapping[str, Theme]
    failed: tuple[ThemeError, ...] = ()


def packaged() -> Traversable:
    """Where the shipped themes lie: inside the package, or beside it in a checkout."""
    inside = files("reader") / "themes"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "themes"


def load(user: Path | None = None, shipped: Traversable | None = None) -> Loaded:
    """Every theme there is; one of a person's own replaces ours of the same name."""
    themes: dict[str, Theme] = {}
    failed: list[ThemeError] = []
    for folder in (shipped or packaged(), user):
        for file in _files(folder, failed):
            try:
                theme = read(file)
            except ThemeError as error:
                failed.append(error)
            else:
                themes[theme.name] = theme
    return Loaded(themes, tuple(failed))


def _files(
    folder: Traversable | None, failed: list[ThemeError]
) -> Iterable[Traversable]:
    if folder is None or not folder.is_dir():
        return ()
    try:
        found = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    except OSError as error:
        failed.append(ThemeError(str(folder), error.strerror or "cannot be read"))
        return ()
    return sorted(found, key=lambda file: file.name)


def read(file: Traversable) -> Theme:
    """The theme of one file."""
    try:
        with file.open("rb") as opened:
            data = opened.read(FILE_MAX + 1)
        if len(data) > FILE_MAX:
            raise ThemeError(str(file), f"is bigger than {FILE_MAX:,} bytes")
        return parse(data.decode("utf-8"), file.name.removesuffix(".toml"))
    except OSError as error:
        raise ThemeError(str(file), error.strerror or "cannot be read") from error
    # What is no TOML or no UTF-8 is a ValueError, too.
    except (
        ValueError,
        RecursionError,
        TypeError,
        ColorParseError,
        StyleValueError,
    ) as error:
        raise ThemeError(str(file), _cause(error)) from error


def parse(text: str, name: str) -> Theme:
    """A theme from TOML: the keys of Textual's Theme, and `[variables]`.

    It is called by its file's name: a copy of one of ours is one's own.
    What the tokens of looks.md need and the file leaves out is derived from what it
    has. Raises what TOML, Theme and Color raise.
    """
    table = tomllib.loads(text)
    theme = Theme(**{**table, "name": name})
    _judge(theme)
    theme.variables = {**_derived(theme), **theme.variables}
    # Only when asked for do the colours get parsed.
    theme.to_color_system().generate()
    return theme


def _judge(theme: Theme) -> None:
    """Types that a dataclass lets through, and that would fail far from here."""
    if not isinstance(theme.variables, dict):
        raise TypeError("[variables] is no table")
    for field in fields(theme):
        kinds = _KINDS.get(field.name, (str, type(None)))
        if not isinstance(getattr(theme, field.name), kinds):
            raise TypeError(f"{field.name} is no {_CALLED[kinds[0]]}")
    for key, value in theme.variables.items():
        if not isinstance(value, str):
            raise TypeError(f"{key} in [variables] is no text")
    for key in (*COLOURS, *GROUNDS):
        Color.parse(theme.variables.get(key, "black"))
    for key in STYLES:
        for word in theme.variables.get(key, "none").split():
            if word not in _TEXT_STYLES:
                raise TypeError(f"{key} is no text style: {word}")


def _derived(theme: Theme) -> dict[str, str]:
    """The tokens, and Textual's own variables, in terms of what a theme has."""
    given = theme.variables
    ink = theme.foreground or ("ansi_default" if theme.ansi else "#e0e0e0")
    soft = given.get("soft", theme.secondary or ink)
    surface = theme.surface or theme.background or "ansi_default"
    raised = given.get("raised", surface)
    cursor = given.get("cursor", theme.panel or raised)
    rule = given.get("rule", soft)
    tokens = {
        "strong": ink,
        "soft": soft,
        "faint": soft,
        "url": soft,
        "rule": rule,
        "cursor": cursor,
        "raised": raised,
        "raised-cursor": cursor,
        **dict.fromkeys(STYLES, "none"),
    }
    return tokens | _textual(ink, soft, rule, surface, cursor, theme)


def _textual(
    ink: str, soft: str, rule: str, surface: str, cursor: str, theme: Theme
) -> dict[str, str]:
    """What Textual's own widgets are drawn with, so that they look like ours."""
    accent = theme.accent or theme.primary
    ground = theme.background or "ansi_default"
    shared = {
        "text": ink,
        "text-muted": soft,
        "text-disabled": soft,
        "border": soft if theme.ansi else rule,
        "border-blurred": rule,
        "input-cursor-background": accent,
        "input-cursor-foreground": ground,
        "input-selection-foreground": ink,
        "scrollbar": rule,
        "scrollbar-hover": soft,
        "scrollbar-active": soft,
        "scrollbar-background": surface,
        "scrollbar-background-hover": surface,
        "scrollbar-background-active": surface,
        "scrollbar-corner-color": surface,
        "link-color": soft,
    }
    if not theme.ansi:
        return shared | {"input-selection-background": cursor}
    return shared | {
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "panel": theme.panel or "ansi_default",
        "surface": surface,
        "input-cursor-background": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": accent,
    }


def _cause(error: Exception) -> str:
    """What is wrong with a file, as a person would say it."""
    said = str(error)
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8"
    if isinstance(error, RecursionError) or "digits" in said:
        return "holds a number too long, or lists too deep, to be a theme"
    if isinstance(error, TypeError) and "unexpected keyword argument" in said:
        key = said.rpartition("argument ")[2].strip("'")
        return f"knows no key {key}"
    if isinstance(error, TypeError) and "missing" in said:
        return "needs the key primary"
    return said
