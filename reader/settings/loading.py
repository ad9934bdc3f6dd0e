"""Files to settings and rules; what cannot be used is told by file, line and key.

Nothing is written. What is not there, or cannot be used, means its default.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_origin

from reader.cleaning import clean_line
from reader.errors import SettingsError
from reader.settings.paths import Paths
from reader.settings.tables import PollSettings, Settings
from reader.settings.values import UnfitError, convert, wanted
from reader.urls import Policy

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from reader.rules import Rules

T = TypeVar("T", bound="DataclassInstance")

FILE_MAX = 1_000_000
"""Bytes of a settings or rules file; a bigger one is no such file."""


def load(paths: Paths) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and a sentence for each key that is not known or cannot be used.

    No file, or one that cannot be read at all: the defaults.
    """
    try:
        text = text_of(paths.config_file)
        table = {} if text is None else parsed(paths.config_file, text)
    except SettingsError as error:
        return Settings(), (f"{error}; the defaults hold",)
    reading = Reading(paths.config_file, text or "", strict=False)
    settings = reading.checked(reading.section(Settings, table, ()))
    return settings, tuple(reading.warnings)


def load_rules(paths: Paths, faults: list[str] | None = None) -> "Rules":
    """The bundled rules with the user's additions, as far as these can be used.

    A sentence for each that cannot is added to `faults`.
    """
    faults = [] if faults is None else faults
    return _with_bundled(paths, _own_rules(paths, faults), faults)


def _own_rules(paths: Paths, faults: list[str]) -> str | None:
    try:
        return text_of(paths.rules_file)
    except SettingsError as error:
        faults.append(str(error))
        return None


def _with_bundled(paths: Paths, own: str | None, faults: list[str]) -> "Rules":
    from importlib.resources import files

    from reader.rules import parse, parse_own

    bundled = (files("reader") / "rules" / "rules.toml").read_text("utf-8")
    if own is None:
        return parse(bundled)
    rules, wrong = parse_own(bundled, own)
    faults += [str(SettingsError(str(paths.rules_file), reason)) for reason in wrong]
    return rules


def rules_once(paths: Paths, faults: list[str] | None = None) -> "Callable[[], Rules]":
    """The rules as a function that loads them when first called, in any thread.

    A reader's own are loaded here and now, so that what is wrong with them is told.
    """
    faults = [] if faults is None else faults
    own = _own_rules(paths, faults)
    load = cache(lambda: _with_bundled(paths, own, faults))
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
    """One file being read: where trouble lies in it, and what is to be told.

    What cannot be used is raised, or, where it is not `strict`, told and left out.
    """

    def __init__(self, file: Path, text: str, strict: bool = True) -> None:
        self.file = file
        self.text = text
        self.strict = strict
        self.warnings: list[str] = []

    def section(self, cls: type[T], table: Any, above: tuple[str, ...]) -> T:
        """`cls` with what `table` sets of it."""
        if not isinstance(table, dict):
            self._amiss(self.wrong(above, "wants a table of settings", table))
            return cls()
        known: dict[str, Any] = {f.name: f.type for f in fields(cls)}
        given: dict[str, Any] = {}
        for name, value in table.items():
            where = (*above, name)
            if name not in known:
                self.warnings.append(self.unknown(where, known))
            elif isinstance(hint := known[name], type) and is_dataclass(hint):
                given[name] = self.section(hint, value, where)
            elif isinstance(value, dict) and get_origin(hint) is Mapping:
                given[name] = self._entries(hint, value, where)
            else:
                given.update(self._value(hint, value, where))
        return cls(**given)

    def _entries(
        self, hint: object, table: Mapping[str, object], where: tuple[str, ...]
    ) -> dict[str, object]:
        """The entries of a table of a person's own names, each by itself."""
        kept: dict[str, object] = {}
        for name, value in table.items():
            try:
                kept.update(cast("dict[str, object]", convert(hint, {name: value})))
            except UnfitError:
                wrong = self.wrong((*where, name), f"wants {wanted(hint)}", value)
                self._amiss(wrong)
        return kept

    def _value(
        self, hint: object, value: object, where: tuple[str, ...]
    ) -> dict[str, object]:
        """A value as its field wants it, under its name; nothing where it is unfit."""
        try:
            return {where[-1]: convert(hint, value)}
        except UnfitError:
            self._amiss(self.wrong(where, f"wants {wanted(hint)}", value))
            return {}

    def _amiss(self, error: SettingsError) -> None:
        if self.strict:
            raise error
        self.warnings.append(f"{error}; the default holds")

    def checked(self, settings: Settings) -> Settings:
        """What holds between values: hosts that can be read, bounds in order."""
        fetch, poll = settings.fetch, settings.poll
        try:
            Policy.of(fetch.allow_hosts)
        except SettingsError as error:
            self._amiss(self.wrong(("fetch", "allow_hosts"), error.reason))
            fetch = replace(fetch, allow_hosts=())
        if poll.min_interval > poll.max_interval:
            where = ("poll", "min_interval")
            self._amiss(self.wrong(where, "is more than max_interval; make it less"))
            usual = PollSettings()
            least, most = usual.min_interval, usual.max_interval
            poll = replace(poll, min_interval=least, max_interval=most)
        return replace(settings, fetch=fetch, poll=poll)

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
