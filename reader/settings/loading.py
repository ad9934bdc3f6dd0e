"""Files to settings and rules; what cannot be used is told by file, line and key.

Nothing is written, and a file that is not there means the defaults.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from reader.errors import SettingsError
from reader.model import clean_line
from reader.settings.paths import Paths
from reader.settings.tables import Settings
from reader.settings.values import UnfitError, convert, wanted
from reader.urls import Policy

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from reader.rules import Rules

T = TypeVar("T", bound="DataclassInstance")

FILE_MAX = 1_000_000
"""Bytes of a settings or rules file; a bigger one is no such file."""


def load(paths: Paths) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and a sentence for each key that is not known.

    No file: the defaults. A file that cannot be used: SettingsError.
    """
    text = text_of(paths.config_file)
    if text is None:
        return Settings(), ()
    reading = Reading(paths.config_file, text)
    settings = reading.section(Settings, parsed(paths.config_file, text), ())
    reading.check(settings)
    return settings, tuple(reading.warnings)


def load_rules(paths: Paths) -> "Rules":
    """The bundled rules with the user's additions."""
    return _with_bundled(paths, text_of(paths.rules_file))


def _with_bundled(paths: Paths, own: str | None) -> "Rules":
    from importlib.resources import files

    from reader.rules import parse

    bundled = (files("reader") / "rules" / "rules.toml").read_text("utf-8")
    if own is None:
        return parse(bundled)
    try:
        return parse(bundled, own)
    except SettingsError as error:
        raise SettingsError(str(paths.rules_file), error.reason) from error


def rules_once(paths: Paths) -> "Callable[[], Rules]":
    """The rules as a function that loads them when first called, in any thread.

    A reader's own are loaded here and now, so that what is wrong with them is told.
    """
    own = text_of(paths.rules_file)
    load = cache(lambda: _with_bundled(paths, own))
    lock = Lock()

    def rules() -> "Rules":
        with lock:
            return load()

    if own is not None:
        rules()
    return rules


def text_of(file: Path) -> str | None:
    """The text of a file; None where there is none."""
    try:
        with file.open("rb") as opened:
            data = opened.read(FILE_MAX + 1)
        if len(data) > FILE_MAX:
            raise SettingsError(str(file), f"is bigger than {FILE_MAX:,} bytes")
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); see to its permissions"
        raise SettingsError(str(file), reason) from error
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 at byte {error.start}; save it as UTF-8"
        raise SettingsError(str(file), reason) from error


def parsed(file: Path, text: str) -> dict[str, Any]:
    """The tables of a TOML text. Raises SettingsError, which names the file."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = f"{error}; mend that line, or move the file away for the defaults"
        raise SettingsError(str(file), reason) from error
    except (ValueError, RecursionError) as error:
        reason = "holds a number too long, or lists too deep, to be settings"
        raise SettingsError(str(file), reason) from error


class Reading:
    """One file being read: where trouble lies in it, and what is to be told."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self.text = text
        self.warnings: list[str] = []

    def section(self, cls: type[T], table: Any, above: tuple[str, ...]) -> T:
        """`cls` with what `table` sets of it."""
        if not isinstance(table, dict):
            raise self.wrong(above, "wants a table of settings", table)
        known: dict[str, Any] = {f.name: f.type for f in fields(cls)}
        given: dict[str, Any] = {}
        for name, value in table.items():
            where = (*above, name)
            if name not in known:
                self.warnings.append(self.unknown(where, known))
            elif isinstance(hint := known[name], type) and is_dataclass(hint):
                given[name] = self.section(hint, value, where)
            else:
                given[name] = self.value(hint, value, where)
        return cls(**given)

    def value(self, hint: object, value: object, where: tuple[str, ...]) -> object:
        """A value as its field wants it."""
        try:
            return convert(hint, value)
        except UnfitError:
            raise self.wrong(where, f"wants {wanted(hint)}", value) from None

    def check(self, settings: Settings) -> None:
        """What holds between values: hosts that can be read, bounds in order."""
        try:
            Policy.of(settings.fetch.allow_hosts)
        except SettingsError as error:
            raise self.wrong(("fetch", "allow_hosts"), error.reason) from error
        if settings.poll.min_interval > settings.poll.max_interval:
            where = ("poll", "min_interval")
            raise self.wrong(where, "is more than max_interval; make it less")

    def wrong(
        self, where: tuple[str, ...], reason: str, value: object = None
    ) -> SettingsError:
        """The error that names file, line, key and what to do."""
        line = self.line(where)
        place = f"line {line}: {'.'.join(where)}" if line else ".".join(where)
        told = "" if value is None else f", not {value!r:.60}"
        return SettingsError(str(self.file), f"{place} {reason}{told}")

    def unknown(self, where: tuple[str, ...], known: Mapping[str, object]) -> str:
        """The sentence about a key that is not known."""
        from difflib import get_close_matches

        near = get_close_matches(where[-1], known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        line = self.line(where)
        place = f"{self.file}, line {line}" if line else f"{self.file}"
        return clean_line(f"{place}: unknown setting {'.'.join(where)}{hint}")

    def line(self, where: tuple[str, ...]) -> int | None:
        """The line that sets a key, as far as a look at the text can tell."""
        *above, name = where
        section = 0
        if above:
            header = re.search(rf"(?m)^\s*\[\s*{re.escape(above[0])}\b", self.text)
            section = header.start() if header else 0
        key = re.compile(rf"(?m)^[ \t\[]*[\"']?{re.escape(name)}[\"']?[ \t]*[=\]]")
        found = key.search(self.text, section)
        return self.text.count("\n", 0, found.start()) + 1 if found else None
