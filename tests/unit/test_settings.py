"""Settings: what is there, what is not known, what cannot be used, where files live."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from reader.rules import Rules
from reader.settings import Paths, Settings, UiSettings, load, load_rules
from reader.settings.loading import FILE_MAX


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A home of one's own, its settings folder made."""
    paths = Paths.under(tmp_path / "reader")
    paths.config.mkdir(parents=True)
    return paths


def loaded(paths: Paths, text: str) -> Settings:
    """The settings that a file of this text gives, which nobody warns about."""
    paths.config_file.write_text(text, encoding="utf-8")
    settings, warnings = load(paths)

    assert warnings == ()
    return settings


def refused(paths: Paths, data: str | bytes) -> str:
    """What is said about a file of which nothing can be used."""
    raw = data.encode() if isinstance(data, str) else data
    paths.config_file.write_bytes(raw)
    settings, (warning,) = load(paths)

    assert settings == Settings()
    assert warning.startswith(f"{paths.config_file}: ")
    assert warning.endswith(("the default holds", "the defaults hold"))
    return warning


class TestDefaults:
    def test_hold_without_a_file(self, paths: Paths) -> None:
        """No file, no folder: the defaults, and nothing is made."""
        nowhere = Paths.under(paths.config / "nowhere")

        assert load(nowhere) == (Settings(), ())
        assert not nowhere.config.exists()

    def test_hold_for_an_empty_file(self, paths: Paths) -> None:
        """Every key is optional."""
        assert loaded(paths, "") == Settings()
        assert loaded(paths, "[fetch]\n[ui]\n") == Settings()

    def test_are_those_of_the_design(self) -> None:
        """Public hosts only, 30 s, half a second apart, read after two seconds."""
        settings = Settings()

        assert settings.fetch.allow_hosts == ()
        assert (settings.fetch.timeout, settings.fetch.spacing) == (30.0, 0.5)
        assert settings.reading.mark_read == timedelta(seconds=2)
        assert settings.ui == UiSettings("ink", "auto", "auto", "on")


class TestLoad:
    def test_reads_every_key(self, paths: Paths) -> None:
        """What a file sets is what is there."""
        settings = loaded(
            paths,
            """
            [fetch]
            allow_hosts = ["127.0.0.0/8", "nas.local"]
            timeout = 10
            spacing = 0.25
            [poll]
            min_interval = "30m"
            max_interval = "2d"
            workers = 8
            [reading]
            mark_read = "5s"
            browser = "lynx %s"
            [ui]
            theme = "paper"
            glyphs = "ascii"
            density = "dense"
            motion = "off"
            [keys]
            star = "*"
            open_original = ["o", "ctrl+o"]
            """,
        )

        assert settings.fetch.allow_hosts == ("127.0.0.0/8", "nas.local")
        assert (settings.fetch.timeout, settings.fetch.spacing) == (10.0, 0.25)
        assert settings.poll.min_interval == timedelta(minutes=30)
        assert settings.poll.max_interval == timedelta(days=2)
        assert settings.poll.workers == 8
        assert settings.reading.mark_read == timedelta(seconds=5)
        assert settings.reading.browser == "lynx %s"
        assert settings.ui == UiSettings("paper", "ascii", "dense", "off")
        assert settings.keys == {"star": ("*",), "open_original": ("o", "ctrl+o")}

    def test_a_preset_of_keys(self, paths: Paths) -> None:
        """A preset stands in place of the keys, or among them."""
        alone = loaded(paths, 'keys = "newsboat"')
        among = loaded(paths, '[keys]\npreset = "vim"\nstar = "*"')

        assert alone.keys == {"preset": ("newsboat",)}
        assert among.keys == {"preset": ("vim",), "star": ("*",)}

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("5", timedelta(seconds=5)),
            ("0.5", timedelta(seconds=0.5)),
            ('"90s"', timedelta(seconds=90)),
            ('"1.5 h"', timedelta(minutes=90)),
            ('"opened"', "opened"),
            ('"never"', "never"),
        ],
    )
    def test_reads_times(
        self, paths: Paths, written: str, meant: timedelta | str
    ) -> None:
        """A time is a number of seconds, a text with its unit, or one of the words."""
        settings = loaded(paths, f"[reading]\nmark_read = {written}")

        assert settings.reading.mark_read == meant

    def test_takes_a_byte_order_mark(self, paths: Paths) -> None:
        """Some editors write one."""
        assert loaded(paths, '\ufeff[ui]\ntheme = "fog"').ui.theme == "fog"


class TestUnknown:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (
                "[fetch]\nallow_hots = []\n",
                "line 2: unknown setting fetch.allow_hots; did you mean allow_hosts?",
            ),
            ("[kyes]\na = 1\n", "line 1: unknown setting kyes; did you mean keys?"),
            ("\nzzz = 1\n", "line 2: unknown setting zzz"),
            ("ui.thme = 1", "unknown setting ui.thme; did you mean theme?"),
        ],
        ids=["key", "section", "strange", "dotted"],
    )
    def test_is_named_and_passed_over(
        self, paths: Paths, text: str, words: str
    ) -> None:
        """A key that is not known is named in a line, with its like; the rest holds."""
        paths.config_file.write_text(text)
        settings, (warning,) = load(paths)

        assert settings == Settings()
        assert warning.startswith(str(paths.config_file))
        assert warning.endswith(words)

    def test_is_told_clean(self, paths: Paths) -> None:
        """A key cannot send escape sequences to the terminal."""
        paths.config_file.write_text('"a\\u001b[31m\\nb" = 1')
        _, (warning,) = load(paths)

        assert "\x1b" not in warning
        assert "\n" not in warning


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("[fetch]\ntimeout = true", "line 2: fetch.timeout wants a number from 1"),
            ("[fetch]\ntimeout = 0", "wants a number from 1 to 300, not 0"),
            ("[fetch]\ntimeout = nan", "wants a number from 1 to 300, not nan"),
            ("[fetch]\nallow_hosts = 'a'", "wants a list of texts"),
            ("[fetch]\nallow_hosts = [1]", "wants a list of texts"),
            ("[fetch]\nallow_hosts = ['a b']", "“a b” is no host name"),
            ("[poll]\nworkers = 1.5", "poll.workers wants a whole number from 1"),
            ("[poll]\nmin_interval = '1w'", 'wants a time such as "30s"'),
            ("[poll]\nmin_interval = -1", "wants a time such as"),
            ("[poll]\nmin_interval = inf", "wants a time such as"),
            ("[poll]\nmin_interval = '2d'", "is more than max_interval"),
            ("[reading]\nmark_read = 'soon'", '"opened" or "never", not \'soon\''),
            ("[reading]\nbrowser = 1", "wants a text in quotes, not 1"),
            ("[ui]\nglyphs = 'emoji'", '"auto" or "unicode" or "ascii"'),
            ("[ui]\nmotion = false", 'wants "on" or "off", not False'),
            ("[keys]\nstar = 1", "line 2: keys.star wants actions and their keys"),
            ("[views]\nSea = 1", "line 2: views.Sea wants names and their queries"),
            ("keys = 1", "keys wants actions and their keys"),
            ("fetch = 1", "line 1: fetch wants a table of settings, not 1"),
            ("[[fetch]]\ntimeout = 1", "fetch wants a table of settings"),
        ],
    )
    def test_a_wrong_value_is_named(self, paths: Paths, text: str, words: str) -> None:
        """File, line, key, what it wants and what it got are told."""
        assert words in refused(paths, text)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ("[ui]\ntheme = ink", "(at line 2, column 9); mend that line"),
            ("[ui\n", "(at line 1, column 4)"),
            ("a = 1\na = 2", "mend that line, or move the file away"),
            (b"[ui]\ntheme = '\xe9'", "is not UTF-8 at byte 14"),
            (b"a" * (FILE_MAX + 1), "is bigger than 1,000,000 bytes"),
            ("a = " + "[" * 100_000, "to be settings"),
            ("a = " + "1" * 5_000, "to be settings"),
        ],
        ids=["syntax", "header", "twice", "charset", "size", "depth", "digits"],
    )
    def test_a_broken_file_is_named(
        self, paths: Paths, data: str | bytes, words: str
    ) -> None:
        """Where it is broken and what to do are told; nothing crashes."""
        assert words in refused(paths, data)

    def test_a_file_that_cannot_be_read_is_named(self, paths: Paths) -> None:
        """A folder in its place, or no permission: told with what to do."""
        paths.config_file.mkdir()
        settings, (warning,) = load(paths)

        assert settings == Settings()
        assert "cannot be read" in warning

    def test_all_faults_are_named_and_the_rest_holds(self, paths: Paths) -> None:
        """A wrong value costs itself alone: its neighbours stay as they are set."""
        paths.config_file.write_text(
            "[fetch]\ntimeout = 0\nspacing = 2\n[poll]\nworkers = 'many'\n"
            "[ui]\nthme = 'fog'\ndensity = 'calm'\n"
            "[keys]\nstar = 7\nundo = 'u'\n[views]\nSea = 'tag:sea'\nFog = 1\n"
        )
        settings, warnings = load(paths)

        assert [warning.count("line") for warning in warnings] == [1] * 5
        for warning, words in zip(
            warnings,
            ("line 2: ", "line 5: ", "line 7: ", "line 10: ", "line 14: "),
            strict=True,
        ):
            assert words in warning
        assert (settings.fetch.timeout, settings.fetch.spacing) == (30.0, 2.0)
        assert (settings.ui.density, settings.poll.workers) == ("calm", 64)
        assert settings.keys == {"undo": ("u",)}
        assert settings.views == {"Sea": "tag:sea"}

    def test_bounds_in_disorder(self, paths: Paths) -> None:
        """Of two times that do not fit each other neither is guessed to be meant."""
        paths.config_file.write_text("[poll]\nmin_interval = '2d'\nworkers = 3\n")
        settings, (_,) = load(paths)

        assert settings.poll.min_interval < settings.poll.max_interval
        assert settings.poll.workers == 3


class TestPaths:
    def test_default_follows_xdg(self, home: Path) -> None:
        """Files live where the environment says, under our name."""
        paths = Paths.default()

        assert paths.config_file == home / "config" / "firsthand" / "config.toml"
        assert paths.database == home / "data" / "firsthand" / "firsthand.db"
        assert paths.cache == home / "cache" / "firsthand"
        assert paths.crashes == home / "state" / "firsthand" / "crashes"
        assert not paths.config.exists()

    def test_under_is_one_folder(self, tmp_path: Path) -> None:
        """A throw-away home holds everything, each kind apart."""
        paths = Paths.under(tmp_path)
        folders = {paths.config, paths.data, paths.cache, paths.state}

        assert len(folders) == 4
        assert all(folder.parent == tmp_path for folder in folders)
        assert paths.themes == paths.config / "themes"
        assert paths.rules_file == paths.config / "resolve.toml"


class TestRules:
    def test_the_bundled_ones_are_there(self, paths: Paths) -> None:
        """Without a file of one's own the bundled rules hold."""
        rules = load_rules(paths)

        assert isinstance(rules, Rules)
        assert "utm_source" in rules.tracking.names or rules.tracking.prefixes

    def test_own_ones_are_added(self, paths: Paths) -> None:
        """resolve.toml adds to them."""
        bundled = load_rules(paths)
        paths.rules_file.write_text('[tracking]\nnames = ["our_own_mark"]\n')
        rules = load_rules(paths)

        assert "our_own_mark" in rules.tracking.names
        assert rules.tracking.names > bundled.tracking.names

    def test_broken_ones_are_named(self, paths: Paths) -> None:
        """What is wrong in resolve.toml is told with its path; the bundled hold."""
        bundled = load_rules(paths)
        paths.rules_file.write_text("[tracking\n")
        faults: list[str] = []
        rules = load_rules(paths, faults)

        assert rules.tracking == bundled.tracking
        assert faults[0].startswith(f"{paths.rules_file}: ")
        assert "line 1" in faults[0]


class TestStart:
    def test_is_light(self) -> None:
        """Settings are loaded without the libraries of the other rooms."""
        heavy = ("asyncio", "httpx", "sqlite3", "textual", "lxml", "platformdirs")
        code = (
            "import sys; from reader.settings import load;"
            f"print([m for m in {heavy} if m in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout.strip() == "[]"
