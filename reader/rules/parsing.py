"""The text of rules.toml, and of a user's additions, to one `Rules`.

Says which key and which line cannot be used; never guesses what was meant.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any, TypeVar, get_args

from reader.errors import SettingsError
from reader.rules.article import ArticleRules, parse_article
from reader.rules.compiled import KINDS, Index, Language, compile_phrase
from reader.rules.tables import (
    Carriers,
    Encoding,
    Exchange,
    Places,
    Rules,
    Titles,
    Wall,
    WallKind,
    Wrapper,
)
from reader.urls import Tracking

_Table = dict[str, Any]
_Made = TypeVar("_Made")
_SECTIONS_TEXT = """
tracking wrapper carriers places titles language wall exchange article
"""
_SECTIONS = frozenset(_SECTIONS_TEXT.split())


class _WrongError(Exception):
    """A key whose value cannot be used."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(key, reason)
        self.key, self.reason = key, reason


def parse(text: str, *more: str) -> Rules:
    """The bundled rules, then the user's additions, which add and take nothing away."""
    merged = _table(text, "rules.toml")
    for addition in more:
        merged = _merge(_table(addition, "resolve.toml"), merged)
    return _rules(merged)


def _table(text: str, name: str) -> _Table:
    """One file's table, tried by itself so that an error can name its line."""
    try:
        table = tomllib.loads(text)
        _rules(table)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(name, str(error)) from error
    except _WrongError as wrong:
        reason = f"“{wrong.key}” {wrong.reason}{_line(text, wrong.key)}"
        raise SettingsError(name, reason) from wrong
    return table


def _line(text: str, key: str) -> str:
    """Where a key is set: in its section, else wherever a line begins with its end."""
    found = list(_keys(text))
    ends = [key.split(".", n)[-1] for n in range(key.count(".") + 1)]
    tries: tuple[Callable[[str, str], bool], ...] = (
        lambda path, _: path == key,
        lambda _, name: name in ends,
        lambda path, _: key.startswith(f"{path}."),
    )
    for fits in tries:
        for number, path, name in found:
            if fits(path, name):
                return f" (line {number})"
    return ""


def _keys(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line that sets something: its number, the whole key, the key as written."""
    above = ""
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.strip().replace('"', "").replace("'", "")
        name = plain.partition("=")[0].strip()
        if plain.startswith("["):
            above = plain.partition("]")[0].strip("[ ")
            yield number, above, above
        elif "=" in plain and not plain.startswith("#"):
            yield number, f"{above}.{name}".lstrip("."), name


def _merge(one: Any, other: Any) -> Any:
    """Two tables as one, lists joined; the first one's values stand before."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {
            key: _merge(one[key], other[key])
            if key in one and key in other
            else (one | other)[key]
            for key in one | other
        }
    return one + other if isinstance(one, list) and isinstance(other, list) else one


def _rules(table: _Table) -> Rules:
    for key in table:
        if key not in _SECTIONS:
            raise _WrongError(key, "is no section of the rules")
    wrappers = tuple(_made(Wrapper, row, "wrapper") for row in _rows(table, "wrapper"))
    languages = tuple(map(_language, *_pairs(_sub(table, "language"))))
    return Rules(
        tracking=_tracking(_sub(table, "tracking")),
        wrappers=wrappers,
        by_host=_by_host(wrappers),
        carriers=_made(Carriers, _sub(table, "carriers"), "carriers"),
        places=_made(Places, _sub(table, "places"), "places"),
        titles=_made(Titles, _sub(table, "titles"), "titles"),
        announcements=languages,
        phrases=Index.of(languages),
        walls=tuple(_made(Wall, row, "wall") for row in _rows(table, "wall")),
        exchanges=tuple(
            _made(Exchange, row, "exchange") for row in _rows(table, "exchange")
        ),
        article=_article(_sub(table, "article")),
    )


def _pairs(table: _Table) -> tuple[list[str], list[_Table]]:
    return list(table), [_sub(table, key) for key in table]


def _sub(table: _Table, key: str) -> _Table:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise _WrongError(key, "must be a table")
    return value


def _rows(table: _Table, key: str) -> list[_Table]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _WrongError(key, f"must be written [[{key}]]")
    return rows


def _words(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _WrongError(key, "must be a list of texts")
    return tuple(value)


def _word(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise _WrongError(key, "must be a text")
    return value


_CHOICES: dict[object, tuple[str, ...]] = {
    Encoding: get_args(Encoding),
    WallKind: get_args(WallKind),
}


def _made(cls: type[_Made], table: _Table, where: str) -> _Made:
    """A value of a class whose fields are texts and collections of texts."""
    kinds = {field.name: field.type for field in fields(cls)}  # type: ignore[arg-type]
    given: dict[str, object] = {}
    for name, value in table.items():
        key = f"{where}.{name}"
        if name not in kinds:
            raise _WrongError(key, "is not known")
        given[name] = _value(kinds[name], value, key)
    try:
        return cls(**given)
    except TypeError as error:
        raise _WrongError(where, "lacks a key that it must have") from error


def _value(kind: object, value: Any, key: str) -> object:
    if kind is str:
        return _word(value, key)
    if choices := _CHOICES.get(kind):
        if value not in choices:
            raise _WrongError(key, f"must be one of {', '.join(choices)}")
        return value
    words = _words(value, key)
    return words if kind == tuple[str, ...] else frozenset(words)


def _tracking(table: _Table) -> Tracking:
    sites = _sub(table, "by_site")
    return Tracking(
        names=frozenset(_words(table.get("names", []), "tracking.names")),
        prefixes=_words(table.get("prefixes", []), "tracking.prefixes"),
        by_site={
            site: frozenset(_words(names, f"tracking.by_site.{site}"))
            for site, names in sites.items()
        },
    )


def _by_host(wrappers: tuple[Wrapper, ...]) -> dict[str, tuple[Wrapper, ...]]:
    index: dict[str, tuple[Wrapper, ...]] = {}
    for wrapper in wrappers:
        for host in wrapper.hosts:
            index[host] = (*index.get(host, ()), wrapper)
    return index


_WORDS_TEXT = """
subjects never own mine theirs heads prints excerpts dates stops
"""
_WORDS = tuple(_WORDS_TEXT.split())


def _language(code: str, table: _Table) -> Language:
    where = f"language.{code}"
    words = {name: _words(table.get(name, []), f"{where}.{name}") for name in _WORDS}
    for name in table:
        if name not in (*words, *KINDS):
            known = ", ".join((*KINDS, *words))
            reason = f"is no kind of announcement; there are {known}"
            raise _WrongError(f"{where}.{name}", reason)
    phrases = {
        kind: tuple(map(compile_phrase, _words(table[kind], f"{where}.{kind}")))
        for kind in KINDS
        if kind in table
    }
    return Language(code, phrases, **words)


def _article(table: _Table) -> ArticleRules:
    try:
        return parse_article(table)
    except (TypeError, ValueError) as error:
        raise _WrongError("article", f"cannot be used: {error}") from error
