"""One value out of TOML as a field wants it, by the field's type; it knows no field."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

_UNIONS = (Union, UnionType)  # a Literal among the alternatives makes it the first
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


@dataclass(frozen=True, slots=True)
class Within:
    """The least and the most that a number may be."""

    least: float
    most: float


class UnfitError(Exception):
    """A value is not of the kind that its field wants."""


def convert(hint: object, value: object) -> object:
    """`value` as `hint` wants it; UnfitError when it is something else."""
    if isinstance(hint, type):
        return _PLAIN[hint][0](value)
    kind, arguments = get_origin(hint), get_args(hint)
    if kind is Annotated:
        return _bounded(convert(arguments[0], value), arguments[1])
    if kind is Literal:
        return _one_of(value, arguments)
    if kind in _UNIONS:
        return _first(value, arguments)
    if kind is tuple:
        return _texts(value)
    return _named(value) if arguments[1] is str else _keys(value)


def _typed(*types: type) -> Callable[[object], Any]:
    def check(value: object) -> object:
        # bool is an int to Python, and to nobody who writes settings.
        if not isinstance(value, types) or (type(value) is bool and bool not in types):
            raise UnfitError
        return value

    return check


def _number(value: object) -> float:
    return float(_typed(int, float)(value))


def _duration(value: object) -> timedelta:
    if isinstance(value, str):
        found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd])", value.strip())
        if not found:
            raise UnfitError
        return timedelta(seconds=float(found[1]) * _UNITS[found[2]])
    seconds = _number(value)
    if not 0 <= seconds < 10**9:
        raise UnfitError
    return timedelta(seconds=seconds)


def _missing(value: object) -> None:
    raise UnfitError


def _bounded(value: object, within: Within) -> object:
    if isinstance(value, int | float) and within.least <= value <= within.most:
        return value
    raise UnfitError


def _one_of(value: object, allowed: tuple[object, ...]) -> object:
    if value not in allowed:
        raise UnfitError
    return value


def _first(value: object, hints: tuple[object, ...]) -> object:
    for hint in hints:
        try:
            return convert(hint, value)
        except UnfitError:
            continue
    raise UnfitError


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise UnfitError
    return tuple(map(_typed(str), value))


def _named(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise UnfitError
    return {name: _typed(str)(text) for name, text in value.items()}


def _keys(value: object) -> dict[str, tuple[str, ...]]:
    if isinstance(value, str):
        return {"preset": (value,)}
    if not isinstance(value, dict):
        raise UnfitError
    return {
        name: (keys,) if isinstance(keys, str) else _texts(keys)
        for name, keys in value.items()
    }


_PLAIN: dict[type, tuple[Callable[[object], Any], str]] = {
    bool: (_typed(bool), "true or false"),
    int: (_typed(int), "a whole number"),
    float: (_number, "a number"),
    str: (_typed(str), "a text in quotes"),
    timedelta: (_duration, 'a time such as "30s", "15m" or "12h"'),
    type(None): (_missing, ""),
}


def wanted(hint: object) -> str:
    """What a field wants, in words."""
    if isinstance(hint, type):
        return _PLAIN[hint][1]
    kind, arguments = get_origin(hint), get_args(hint)
    if kind is Annotated:
        within = arguments[1]
        return f"{wanted(arguments[0])} from {within.least:g} to {within.most:g}"
    if kind is Literal:
        return " or ".join(f'"{word}"' for word in arguments)
    if kind in _UNIONS:
        return " or ".join(filter(None, map(wanted, arguments)))
    if kind is tuple:
        return 'a list of texts, such as ["nas.local"]'
    if arguments[1] is str:
        return 'names and their queries, such as Sea = "tag:sea unread"'
    return 'actions and their keys, such as open_original = ["o"], or "newsboat"'
