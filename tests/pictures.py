"""Every screen as a picture, from the demo world: `python -m tests.pictures [DIR]`.

`python -m tests.pictures docs/pictures README` draws those that the README shows.
SVG always, PNG too where `rsvg-convert` is. Rich's own export stretches text by its
length and not by its cells, so each run of cells is placed by itself here.
"""

import asyncio
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal

from rich.cells import cell_len
from rich.color import ColorType
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App

from reader import demo, settings
from reader.rules import Rules
from reader.services import Services, build
from reader.services.reading import stored
from reader.settings import Settings, UiSettings
from reader.tui import ink, themes
from reader.tui.app import Firsthand
from reader.tui.paint.card import card
from reader.tui.paint.glyphs import ASCII, UNICODE
from reader.tui.paint.row import Form, RowState, entry_row
from reader.tui.paint.span import BLANK, Line
from reader.tui.polling import Polling
from tests.tui.scripts import NOW as SCRIPTS_NOW
from tests.tui.scripts import rows as script_rows

_RTL_RUN = "[\u0590-\u08ff][\u0590-\u08ff \u200e]*"

CELL, ROW, EDGE = 12.04, 23.3, 14.0
FONTS = "'DejaVu Sans Mono','Noto Sans Mono CJK JP',monospace"

# What a terminal makes of its sixteen colours: a dark and a light one.
DARK = ("#121212", "#d7d7d2", "#e5a50a", "#e01b24", "#4f8fe0")
LIGHT = ("#fafafa", "#262626", "#9a6700", "#b3122a", "#1d4f9f")


@dataclass(frozen=True, slots=True)
class Picture:
    """A name, a size, the keys that lead there, a theme, what the terminal says.

    `polling` draws a refresh under way, `empty` the home of somebody new.
    """

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = "ink"
    environ: tuple[tuple[str, str], ...] = ()
    empty: bool = False
    polling: bool = False
    density: Literal["auto", "calm", "dense"] = "auto"
    glyphs: Literal["unicode", "ascii"] = "unicode"


def _typed(text: str) -> tuple[str, ...]:
    return tuple("space" if char == " " else char for char in text)


WIDE, SMALL = (120, 40), (80, 24)
_UNRESOLVED = (":", *_typed("unresolved"), "enter")
_PAYWALL = ("/", *_typed("clock six"), "enter", "enter")
_CHANGES = ("enter", "v", "v")
_SWIFTS = ("/", *_typed("swifts microphone"), "enter", "=")

PICTURES: tuple[Picture, ...] = (
    Picture("01-main-120x40", WIDE, polling=True),
    Picture("01b-main-dense-120x40", WIDE, density="dense", polling=True),
    Picture("02a-list-80x24", SMALL, polling=True),
    Picture("02b-article-80x24", SMALL, ("enter",)),
    Picture("02c-two-panes-100x30", (100, 30), polling=True),
    Picture("02d-sidebar-80x24", SMALL, ("h",)),
    Picture("02e-least-40x12", (40, 12)),
    Picture("03-main-200x60", (200, 60), polling=True),
    Picture("04-zen-120x40", WIDE, _SWIFTS),
    Picture("04b-zen-paper-120x40", WIDE, _SWIFTS, "paper"),
    Picture("05-trail-120x40", WIDE, ("t",)),
    Picture("05b-trail-80x24", SMALL, ("t",)),
    Picture("06-changes-120x40", WIDE, _CHANGES),
    Picture("06b-changes-80x24", SMALL, ("enter", "v", "v")),
    Picture("06c-links-120x40", WIDE, ("u",)),
    Picture("07a-first-run-120x40", WIDE, empty=True),
    Picture("07b-unresolved-120x40", WIDE, _UNRESOLVED),
    Picture("07c-paywall-120x40", WIDE, _PAYWALL),
    Picture(
        "07d-empty-search-120x40",
        WIDE,
        ("/", *_typed("publisher:courant older:2w tunnel"), "enter"),
    ),
    Picture("07e-feed-health-120x40", WIDE, ("H",)),
    Picture("07f-feed-editor-120x40", WIDE, ("E", "j")),
    Picture("07g-views-120x40", WIDE, ("f", *_typed("ha"))),
    Picture("07h-tags-120x40", WIDE, ("T", *_typed("boats"))),
    Picture("07i-picked-120x40", WIDE, ("x", "x", "j", "x")),
    Picture("07j-output-120x40", WIDE, ("|", *_typed("head -20"), "enter")),
    Picture("07k-sources-120x40", WIDE, ("W",)),
    Picture("07l-feed-health-80x24", SMALL, ("H",)),
    Picture("08a-palette-120x40", WIDE, (":", *_typed("tr"))),
    Picture("08b-help-120x40", WIDE, ("?",)),
    Picture("08c-palette-terminal", WIDE, (":", *_typed("tr")), "terminal-dark"),
    *(
        Picture(f"09-theme-{theme}", WIDE, theme=theme)
        for theme in ("paper", "contrast", "sepia", "fog", "moss", "dusk")
    ),
    Picture("09-theme-terminal", WIDE, theme="terminal-dark"),
    Picture("09-theme-terminal-light", WIDE, theme="terminal-light"),
    Picture("09-theme-no-color", WIDE, environ=(("NO_COLOR", "1"),)),
    Picture("10-ascii-120x40", WIDE, glyphs="ascii"),
)


README: tuple[Picture, ...] = (
    Picture("main", WIDE),
    Picture("trail", WIDE, ("t",)),
    Picture("changes", WIDE, _CHANGES),
)
"""The pictures that the README shows, as SVG only: a tenth of what PNG takes."""

UNDER_WAY = Polling(running=True, done=112, total=200, new=34, failed=2)
"""A refresh that is half done."""


def svg(app: App[str], light: bool = False) -> str:
    """The screen as it is now."""
    return drawn(list(_lines(app)), app.size.width, light)


def drawn(rows: Sequence[Sequence[Segment]], columns: int, light: bool) -> str:
    """Rows of segments as a picture."""
    ground = (LIGHT if light else DARK)[0]
    width, height = columns * CELL + 2 * EDGE, len(rows) * ROW + 2 * EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}"'
        f' height="{height:.0f}" font-size="20" xml:space="preserve"'
        f' font-family="{FONTS}" shape-rendering="crispEdges">'
        f'<rect width="100%" height="100%" fill="{ground}"/>'
    ]
    for y, line in enumerate(rows):
        parts.extend(_row(y, line, light))
    return "\n".join((*parts, "</svg>"))


def cards(services: Services) -> str:
    """The attribution card of each status, at 60 columns, and in ASCII at 50."""
    found: dict[str, int] = {}
    for row in services.store.rows(services.store.ids()):
        found.setdefault(row.attribution.status, row.id)
    theme = themes.load().themes[themes.DARK]
    rows: list[Sequence[Segment]] = []
    for status in ("resolved", "original", "unresolved", "unchecked"):
        reading = stored(services, found[status])
        for glyphs, columns in ((UNICODE, 60), (ASCII, 50)):
            lines: tuple[Line, ...] = card(reading, columns, glyphs, services.zone)
            rows += [list(ink.strip(line, theme, "surface", 64)) for line in lines]
            rows.append(list(ink.strip(BLANK, theme, "surface", 64)))
    return drawn(rows, 64, light=False)


def scripts() -> str:
    """Rows in more than ten scripts, in the three forms of a list side by side."""
    theme = themes.load().themes[themes.DARK]
    drawn_rows: list[Sequence[Segment]] = []
    widths: tuple[tuple[Form, int], ...] = ((3, 34), (2, 60), (1, 80))
    for row in script_rows():
        forms = [
            entry_row(row, columns, form, RowState(), UNICODE, SCRIPTS_NOW, demo.ZONE)
            for form, columns in widths
        ]
        for number in range(4):
            line: list[Segment] = []
            for (_, columns), lines in zip(widths, forms, strict=True):
                text: Line = lines[number] if number < len(lines) else BLANK
                line += ink.strip(text, theme, "background", columns)
                line += ink.strip(BLANK, theme, "panel", 2)
            drawn_rows.append(line)
    return drawn(drawn_rows, sum(columns + 2 for _, columns in widths), light=False)


def _lines(app: App[str]) -> Iterator[list[Segment]]:
    """The rows of the screen, with what shines through from those below it."""
    update = app.screen._compositor.render_update(
        full=True, screen_stack=app._background_screens
    )
    console = Console(
        width=app.size.width,
        height=app.size.height,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    assert update is not None
    kept = (s for s in console.render(update) if not s.control)
    for row in Segment.split_lines(kept):
        yield list(Segment.simplify(row))


def _row(y: int, line: Sequence[Segment], light: bool) -> Iterator[str]:
    x = 0
    texts: list[str] = []
    for segment in line:
        style = segment.style or Style()
        fill, ground = _colours(style, light)
        cells = cell_len(segment.text)
        left, top = EDGE + x * CELL, EDGE + y * ROW
        if ground:
            yield (
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{cells * CELL + 0.2:.1f}"'
                f' height="{ROW + 0.2:.1f}" fill="{ground}"/>'
            )
        texts.extend(_text(segment.text, style, fill, left, top))
        x += cells
    yield from texts


def _text(text: str, style: Style, fill: str, left: float, top: float) -> Iterator[str]:
    """Each word by itself, so that a wide one moves no other."""
    looks = f'fill="{fill}"'
    looks += ' font-weight="bold"' if style.bold else ""
    looks += ' font-style="italic"' if style.italic else ""
    looks += ' opacity="0.6"' if style.dim else ""
    x = left
    for word in _words(text):
        if word.strip():
            yield (
                f'<text x="{x:.1f}" y="{top + 18:.1f}" {looks}>{escape(word)}</text>'
            )
        x += cell_len(word) * CELL


def _words(text: str) -> Iterator[str]:
    """A text in pieces that may each be drawn in one go.

    A run of letters from right to left is one piece, so that it is put in order as a
    whole; a wide character is one, since fonts draw it narrower than two cells.
    """
    for piece in re.split(f"({_RTL_RUN})", text):
        if re.fullmatch(_RTL_RUN, piece):
            yield piece
        else:
            yield from re.findall(r" +|[\x21-\u10ff\u2000-\u2e7f]+|.", piece, re.DOTALL)


def _colours(style: Style, light: bool) -> tuple[str, str | None]:
    ground, ink, yellow, red, blue = LIGHT if light else DARK
    named = {1: red, 3: yellow, 4: blue}

    def hexed(colour: object, default: str | None) -> str | None:
        kind = getattr(colour, "type", ColorType.DEFAULT)
        if kind == ColorType.DEFAULT:
            return default
        if kind == ColorType.TRUECOLOR:
            found: str = colour.triplet.hex  # type: ignore[attr-defined]
            return found
        return named.get(colour.number, default)  # type: ignore[attr-defined]

    fill = hexed(style.color, ink) or ink
    back = hexed(style.bgcolor, None)
    if style.reverse:
        return back or ground, fill
    return fill, back


async def draw(picture: Picture, services: Services) -> str:
    """One picture, from services that are ready."""
    # Textual looks for NO_COLOR in the process's own environment, and takes it out.
    os.environ.update(picture.environ)
    app = Firsthand(services, os.environ, open_url=lambda url: None, polls=False)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause(0.15)
        for key in picture.keys:
            await pilot.press(key)
            await pilot.pause()
        await app.workers.wait_for_complete()
        if picture.polling:
            app.polling = UNDER_WAY
            app.show_status()
        await pilot.pause(0.3)
        return svg(app, picture.theme == "terminal-light")


async def draw_all(folder: Path, wanted: Sequence[str] = ()) -> None:
    """Every picture into a folder, or those whose names hold one of some words."""
    with tempfile.TemporaryDirectory() as name:
        lived_in = Path(name) / "lived-in"
        paths = settings.Paths.under(lived_in)
        rules = settings.load_rules(paths)
        (await demo.prepare(paths, Settings(), rules)).close()
        pictures = README if wanted == ["README"] else PICTURES
        for number, picture in enumerate(pictures):
            if pictures is PICTURES and not _is_wanted(picture.name, wanted):
                continue
            home = Path(name) / str(number)
            if not picture.empty:
                shutil.copytree(lived_in, home)
            await _one(picture, home, rules, folder / picture.name)
        if _is_wanted("10-attribution-cards", wanted):
            services = _services(Picture("", WIDE), lived_in, rules)
            _keep(cards(services), folder / "10-attribution-cards")
            services.close()
        if _is_wanted("11-scripts", wanted):
            _keep(scripts(), folder / "11-scripts")


def _is_wanted(name: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(word in name for word in wanted)


async def _one(picture: Picture, home: Path, rules: Rules, file: Path) -> None:
    services = _services(picture, home, rules)
    text = await draw(picture, services)
    services.close()
    _keep(text, file, svg_only=picture in README)


def _services(picture: Picture, home: Path, rules: Rules) -> Services:
    ui = UiSettings(picture.theme, picture.glyphs, picture.density)
    paths = settings.Paths.under(home)
    chosen = Settings(ui=ui)
    return build(demo.fetch, paths, chosen, rules, lambda: demo.NOW, demo.ZONE)


def _keep(text: str, file: Path, *, svg_only: bool = False) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    Path(f"{file}.svg").write_text(text, "utf-8")
    converter = None if svg_only else shutil.which("rsvg-convert")
    if converter:
        command = [converter, f"{file}.svg", "-o", f"{file}.png"]
        subprocess.run(command, check=True)
    print(file)


if __name__ == "__main__":
    folder, *words = sys.argv[1:] or ["pictures"]
    asyncio.run(draw_all(Path(folder), words))
