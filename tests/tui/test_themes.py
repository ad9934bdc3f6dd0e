"""Theme files: what is read, what is refused, and that every text can be read."""

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import Input, Static

from reader.errors import ThemeError
from reader.tui.themes import DARK, LIGHT, NO_COLOR, load, packaged, read

THEMES = load().themes
RGB = [name for name, theme in THEMES.items() if not theme.ansi]

# looks.md, "Contrast, computed": the least over the grounds a token may stand on, and
# in the last column the least of strong, ink, soft, accent on raised-cursor.
TABLE = {
    "ink": (13.03, 9.55, 5.89, 5.22, 7.66, 5.67, 4.90),
    "paper": (14.26, 10.17, 5.18, 4.58, 4.95, 5.37, 4.55),
    "contrast": (12.63, 12.63, 9.04, 12.04, 8.75, 6.39, 8.75),
    "sepia": (12.05, 8.67, 5.04, 4.84, 5.13, 5.08, 4.56),
    "fog": (14.45, 10.28, 5.47, 4.78, 5.24, 5.42, 4.84),
    "moss": (12.44, 9.32, 5.59, 5.31, 8.00, 5.76, 4.72),
    "dusk": (12.88, 9.69, 5.65, 5.16, 7.17, 6.18, 4.77),
}
TOKENS = ("strong", "ink", "soft", "faint", "accent", "error")
PANES = ("panel", "background", "surface")
GROUNDS = (*PANES, "cursor", "raised")


def colour(theme: Theme, token: str) -> str:
    named = {
        "ink": theme.foreground,
        "accent": theme.accent,
        "error": theme.error,
        "panel": theme.panel,
        "background": theme.background,
        "surface": theme.surface,
    }
    return named.get(token) or theme.variables[token]


def luminance(colour: str) -> float:
    """WCAG 2, relative luminance."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, Color.parse(colour).rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def least(theme: Theme, token: str) -> float:
    grounds = PANES if token == "faint" else GROUNDS  # noqa: S105 - no password
    text = colour(theme, token)
    return min(contrast(text, colour(theme, ground)) for ground in grounds)


class TestContrast:
    @pytest.mark.parametrize("name", RGB)
    def test_readable(self, name: str) -> None:
        """
        Every text has at least 4.5 on every ground that it may stand on.
        """
        theme = THEMES[name]
        chosen = colour(theme, "raised-cursor")

        assert all(least(theme, token) >= 4.5 for token in TOKENS)
        for token in ("strong", "ink", "soft", "accent"):
            assert contrast(colour(theme, token), chosen) >= 4.5

    @pytest.mark.parametrize("name", TABLE)
    def test_as_told(self, name: str) -> None:
        """
        The files have the contrasts that looks.md tells of them.
        """
        theme = THEMES[name]
        chosen = colour(theme, "raised-cursor")
        found = [least(theme, token) for token in TOKENS]
        found.append(
            min(
                contrast(colour(theme, token), chosen)
                for token in ("strong", "ink", "soft", "accent")
            )
        )

        assert found == pytest.approx(TABLE[name], abs=0.0051)

    def test_known(self) -> None:
        """
        The formula is the one of WCAG: black on white is 21.
        """
        assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


class TestShipped:
    def test_nine(self) -> None:
        """
        The nine looks are there, and the ones that a screen begins with.
        """
        assert sorted(THEMES) == sorted([*TABLE, "terminal-dark", "terminal-light"])
        assert {DARK, LIGHT, NO_COLOR} <= set(THEMES)
        assert load().failed == ()

    def test_names(self) -> None:
        """
        A file is called what its theme is called, and holds nothing but TOML.
        """
        files = [file.name for file in packaged().iterdir()]

        assert sorted(files) == sorted(f"{name}.toml" for name in THEMES)

    @pytest.mark.parametrize("name", THEMES)
    def test_one_accent(self, name: str) -> None:
        """
        There is no third colour: success, warning and primary are the accent.
        """
        theme = THEMES[name]

        assert {theme.primary, theme.success, theme.warning} == {theme.accent}

    def test_textual_untouched(self) -> None:
        """
        Textual's own themes are as they were.
        """
        assert not set(BUILTIN_THEMES) & set(THEMES)


class Look(App[None]):
    CSS = """
    #a { color: $faint; text-style: $faint-style; background: $raised-cursor; }
    #b { color: $strong; text-style: $strong-style; background: $cursor; }
    """

    def compose(self) -> ComposeResult:
        yield Static("a", id="a")
        yield Static("b", id="b")
        yield Input("c")


class TestMounted:
    @pytest.mark.anyio
    @pytest.mark.parametrize("name", THEMES)
    async def test_mounts(self, name: str) -> None:
        """
        An app draws itself in every theme, the tokens are variables of its CSS.
        """
        app = Look(ansi_color=THEMES[name].ansi)
        for theme in THEMES.values():
            app.register_theme(theme)
        app.theme = name
        async with app.run_test() as pilot:
            await pilot.pause()
            drawn = app.query_one("#a").rich_style

            assert drawn.color is not None
            assert bool(drawn.dim) is THEMES[name].ansi


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text, "utf-8")
    return file


class TestOwn:
    def test_least(self, tmp_path: Path) -> None:
        """
        A theme needs no more than one colour; what it leaves out is derived.
        """
        theme = read(write(tmp_path, "mine.toml", 'primary = "#ff8800"'))

        assert theme.name == "mine"
        assert theme.variables["strong"] == theme.variables["soft"]
        assert theme.variables["cursor-style"] == "none"

    def test_replaces(self, tmp_path: Path) -> None:
        """
        A person's own theme replaces the shipped one of its name.
        """
        write(tmp_path, "ink.toml", 'primary = "#ff8800"')

        assert load(tmp_path).themes["ink"].primary == "#ff8800"

    def test_a_copy_is_called_by_its_file(self, tmp_path: Path) -> None:
        """
        A copied file is a theme beside ours, whatever name stands in it.
        """
        write(tmp_path, "mine.toml", 'name = "ink"\nprimary = "#ff8800"')
        found = load(tmp_path).themes

        assert found["mine"].primary == "#ff8800"
        assert found["ink"].primary == THEMES["ink"].primary

    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            ('name = = "a"', "line 1"),
            ('name = "a"', "needs the key primary"),
            ('primary = "#f80"\nprimry = "#f80"', "knows no key primry"),
            ('primary = "oragne"', "did you mean 'orange'"),
            ('primary = "#f80"\n[variables]\nsoft = "#zzz"', "#zzz"),
            ('primary = "#f80"\n[variables]\nsoft = 7', "soft in [variables]"),
            ('primary = "#f80"\nvariables = 7', "[variables] is no table"),
            ('primary = "#f80"\n[variables]\nsoft-style = "fat"', "fat"),
            ("primary = 7", "primary is no text"),
            ('primary = "#f80"\ndark = "no"', "dark is no true or false"),
            (f"dark = {'9' * 5_000}", "too long"),
            (f"primary = {'[' * 3_000}", "too deep"),
            (f"# {'x' * 1_000_000}", "bigger than"),
        ],
        ids=[
            "toml",
            "missing",
            "unknown",
            "colour",
            "token",
            "type",
            "table",
            "style",
            "number",
            "truth",
            "digits",
            "depth",
            "size",
        ],
    )
    def test_refused(self, tmp_path: Path, text: str, cause: str) -> None:
        """
        A file that cannot be used is named with its cause; the others still load.
        """
        file = write(tmp_path, "broken.toml", text)

        found = load(tmp_path)

        (error,) = found.failed
        assert str(file) in str(error)
        assert cause in str(error)
        assert set(found.themes) == set(THEMES)

    def test_not_text(self, tmp_path: Path) -> None:
        """
        Bytes that are no text, and a file that cannot be read, are refused as well.
        """
        file = tmp_path / "bytes.toml"
        file.write_bytes(b"\xff\xfe\x00")
        (tmp_path / "folder.toml").mkdir()

        found = load(tmp_path)

        assert len(found.failed) == 2
        with pytest.raises(ThemeError, match="UTF-8"):
            read(file)

    def test_no_folder(self, tmp_path: Path) -> None:
        """
        Without a folder of one's own there is nothing to complain of.
        """
        assert load(tmp_path / "none").failed == ()
