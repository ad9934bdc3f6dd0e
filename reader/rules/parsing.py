"""The text of rules.toml, and of a user's additions, to one `Rules`.

Says which key and which line cannot be used; never guesses what was meant. Of a user's
additions what can be used is used.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from types import NoneType
from typing import Any, TypeVar, cast, get_args

from reader.errors import SettingsError
from reader.rules.article import ArticleRules, parse_article
from reader.rules.compiled import KINDS, Index, Language, Phrase, compile_phrase
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


_MOST_FAULTS = 50
_Place = tuple[str | int, ...]
"""Where in a table something stands: names, and the numbers of rows from 0."""


class _WrongError(Exception):
    """A key whose value cannot be used; `place` is what to leave out for it."""

    def __init__(self, key: str, reason: str, place: _Place = ()) -> None:
        super().__init__(key, reason)
        self.key, self.reason = key, reason
        self.place = place or tuple(key.split("."))

    @property
    def row(self) -> int | None:
        """Of tables headed [[…]] the number of the one that is wrong, from 0."""
        return next((part for part in self.place[1:2] if isinstance(part, int)), None)


def parse(text: str, *more: str) -> Rules:
    """The bundled rules, then the user's additions, which add and take nothing away."""
    merged = _table(text, "rules.toml")
    for addition in more:
        merged = _merge(_table(addition, "resolve.toml"), merged)
    return _rules(merged)


def parse_own(text: str, own: str) -> tuple[Rules, tuple[str, ...]]:
    """The bundled rules with what of a user's can be used, and what cannot."""
    merged = _table(text, "rules.toml")
    try:
        table = _loaded(own)
    except ValueError as error:
        return _rules(merged), (f"{error}; the bundled rules hold",)
    faults: list[str] = []
    while wrong := _wrong(table):
        if len(faults) == _MOST_FAULTS:
            return _rules(merged), (*faults, "and more; the bundled rules hold")
        faults.append(f"{_sentence(own, wrong)}; it is left out")
        _leave_out(table, wrong.place)
    return _rules(_merge(table, merged)), tuple(faults)


def _wrong(table: _Table) -> _WrongError | None:
    """What is wrong first in a table; None when all of it can be used."""
    try:
        _rules(table)
    except _WrongError as wrong:
        return wrong
    return None


def _leave_out(table: Any, place: _Place) -> None:
    """Take what is wrong out of a table, with what stands in it."""
    *above, last = place
    for part in above:
        table = table[part]
    if isinstance(table, list):
        # A number stays what it is called by, so that lines are found by it.
        table[cast("int", last)] = None  # TOML has none of its own
    else:
        del table[last]


def _loaded(text: str) -> _Table:
    """The tables of a text. Raises ValueError."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("holds lists too deep to be rules") from error


def _table(text: str, name: str) -> _Table:
    """One file's table, tried by itself so that an error can name its line."""
    try:
        table = _loaded(text)
        _rules(table)
    except _WrongError as wrong:
        raise SettingsError(name, _sentence(text, wrong)) from wrong
    except ValueError as error:
        raise SettingsError(name, str(error)) from error
    return table


def _sentence(text: str, wrong: _WrongError) -> str:
    line = _line(text, wrong.key, wrong.row)
    return f"“{wrong.key}” {wrong.reason}{line}"


def _line(text: str, key: str, row: int | None = None) -> str:
    """Where a key is set: in its section, else wherever a line begins with its end."""
    found = list(_keys(text))
    section = key.partition(".")[0]
    rows = [at for at, (_, path, name) in enumerate(found) if path == name == section]
    if row is not None and row < len(rows):
        found = found[rows[row] :]
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
            raise _WrongError(key, "is no section of the rules", (key,))
    wrappers = tuple(_wrapper(row, place) for place, row in _rows(table, "wrapper"))
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
        walls=tuple(
            _made(Wall, row, "wall", place) for place, row in _rows(table, "wall")
        ),
        exchanges=tuple(
            _made(Exchange, row, "exchange", place)
            for place, row in _rows(table, "exchange")
        ),
        article=_article(_sub(table, "article")),
    )


def _pairs(table: _Table) -> tuple[list[str], list[_Table]]:
    return list(table), [_sub(table, key, "language") for key in table]


def _sub(table: _Table, key: str, *above: str) -> _Table:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise _WrongError(".".join((*above, key)), "must be a table", (*above, key))
    return value


def _rows(table: _Table, key: str) -> list[tuple[_Place, _Table]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(
        isinstance(r, dict | NoneType) for r in rows
    ):
        raise _WrongError(key, f"must be written [[{key}]]")
    return [((key, number), row) for number, row in enumerate(rows) if row is not None]


def _words(value: Any, key: str, place: _Place = ()) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(
        isinstance(v, str | NoneType) for v in value
    ):
        raise _WrongError(key, "must be a list of texts", place)
    return tuple(word for word in value if word is not None)


def _word(value: Any, key: str, place: _Place) -> str:
    if not isinstance(value, str):
        raise _WrongError(key, "must be a text", place)
    return value


_CHOICES: dict[object, tuple[str, ...]] = {
    Encoding: get_args(Encoding),
    WallKind: get_args(WallKind),
}


def _made(cls: type[_Made], table: _Table, where: str, row: _Place = ()) -> _Made:
    """A value of a class whose fields are texts and collections of texts.

    Of a `row` the whole is of no use where a part is not.
    """
    known = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]
    given: dict[str, object] = {}
    for name, value in table.items():
        key, place = f"{where}.{name}", row or (where, name)
        if name not in known:
            raise _WrongError(key, "is not known", place)
        given[name] = _value(known[name].type, value, key, place)
    for name, field in known.items():
        if name not in given and field.default is field.default_factory is MISSING:
            raise _WrongError(where, f"lacks the key {name}", row)
    return cls(**given)


def _wrapper(table: _Table, place: _Place) -> Wrapper:
    made = _made(Wrapper, table, "wrapper", place)
    if not made.params and not made.template:
        reason = "lacks the key params, or template: where the target is"
        raise _WrongError("wrapper", reason, place)
    return made


def _value(kind: object, value: Any, key: str, place: _Place) -> object:
    if kind is str:
        return _word(value, key, place)
    if choices := _CHOICES.get(kind):
        if value not in choices:
            raise _WrongError(key, f"must be one of {', '.join(choices)}", place)
        return value
    words = _words(value, key, place)
    return words if kind == tuple[str, ...] else frozenset(words)


_TRACKING = ("names", "prefixes", "by_site")


def _tracking(table: _Table) -> Tracking:
    for name in table:
        if name not in _TRACKING:
            reason = f"is not known; there are {', '.join(_TRACKING)}"
            raise _WrongError(f"tracking.{name}", reason, ("tracking", name))
    sites = _sub(table, "by_site", "tracking")
    return Tracking(
        names=frozenset(_words(table.get("names", []), "tracking.names")),
        prefixes=_words(table.get("prefixes", []), "tracking.prefixes"),
        by_site={
            site: frozenset(
                _words(names, f"tracking.by_site.{site}", ("tracking", "by_site", site))
            )
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


_CODE = re.compile("[a-z]{2,3}(?:-[a-z0-9]{2,8})?")


def _language(code: str, table: _Table) -> Language:
    where = f"language.{code}"
    if not _CODE.fullmatch(code):
        place = ("language", code)
        raise _WrongError(where, "is no code of a language, such as en", place)
    words = {name: _words(table.get(name, []), f"{where}.{name}") for name in _WORDS}
    for name in table:
        if name not in (*words, *KINDS):
            known = ", ".join((*KINDS, *words))
            reason = f"is no kind of announcement; there are {known}"
            raise _WrongError(f"{where}.{name}", reason, ("language", code, name))
    phrases = {
        kind: tuple(_phrases(table[kind], "language", code, kind))
        for kind in KINDS
        if kind in table
    }
    return Language(code, phrases, **words)


def _phrases(value: Any, *place: str) -> Iterator[Phrase]:
    """Phrases that say something beside the name."""
    key = ".".join(place)
    _words(value, key)
    for number, text in enumerate(value):
        if text is None:
            continue
        if not any(map(str.isalnum, text)):
            reason = f"holds “{text}”, which has no word to be found by"
            raise _WrongError(key, reason, (*place, number))
        yield compile_phrase(text)


def _article(table: _Table) -> ArticleRules:
    for name, values in table.items():
        try:
            parse_article({name: values})
        except ValueError as error:
            reason = f"cannot be used: {error}"
            raise _WrongError(f"article.{name}", reason, ("article", name)) from error
    return parse_article(table)
