"""Values to columns and back: moments, JSON of frozen dataclasses, packed text.

Moments are whole microseconds since 1970 UTC, so that they sort and index as numbers.
Nothing here knows a table.
"""

import json
import zlib
from array import array
from collections.abc import Callable, Container, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PLAIN = (str, int, float, dict)
_SEPARATOR = b"\0"  # never in text: `model` takes it out, and JSON escapes it


def to_micros(moment: datetime) -> int:
    """An aware moment as microseconds since 1970 UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def maybe_micros(moment: datetime | None) -> int | None:
    """The same for a moment that may be missing."""
    return None if moment is None else to_micros(moment)


def to_moment(micros: int) -> datetime:
    """The moment, in UTC, that a column holds."""
    return _EPOCH + micros * _MICROSECOND


def maybe_moment(micros: int | None) -> datetime | None:
    """The same for a column that may be NULL."""
    return None if micros is None else to_moment(micros)


def maybe_length(length: timedelta | None) -> int | None:
    """A length of time, if there is one, as microseconds."""
    return None if length is None else length // _MICROSECOND


def maybe_span(micros: int | None) -> timedelta | None:
    """The length of time that a column holds, if any."""
    return None if micros is None else micros * _MICROSECOND


def to_plain(value: object) -> Any:
    """A value as JSON knows it; fields that hold their default are left out."""
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return fields_of(value, _defaults(cast(Hashable, type(value))))


def fields_of(value: object, defaults: Mapping[str, object]) -> dict[str, Any]:
    """The fields of a value that do not hold these defaults, as JSON knows them."""
    held = zip(defaults.items(), _values(value, tuple(defaults)), strict=True)
    # Most hold their default, and the very same one.
    return {
        name: to_plain(got)
        for (name, usual), got in held
        if got is not usual and got != usual
    }


def _values(value: object, names: tuple[str, ...]) -> tuple[Any, ...]:
    return cast(tuple[Any, ...], _getter(names)(value))


@cache
def _getter(names: tuple[str, ...]) -> Callable[[object], Any]:
    """What gives some fields of a value, all at once."""
    # Asked for one name only, `attrgetter` would give no tuple.
    getter = attrgetter(*names, "__class__")
    return lambda value: getter(value)[:-1]


@cache
def _defaults(cls: Hashable) -> Mapping[str, object]:
    return {field.name: field.default for field in fields(cast(Any, cls))}


def defaults(cls: type, without: Container[str] = ()) -> Mapping[str, object]:
    """The fields of a dataclass and what they hold unless told otherwise."""
    return {
        n: usual
        for n, usual in _defaults(cast(Hashable, cls)).items()
        if n not in without
    }


def from_plain(cls: type[T], data: object) -> T:
    """The value of a type that `to_plain` gave; keys it does not know are left out."""
    return cast(T, _maker(cast(Hashable, cls))(data))


@cache
def _maker(hint: Hashable) -> Callable[[Any], Any]:
    origin = get_origin(hint)
    if origin is Annotated:
        return _maker(get_args(hint)[0])
    if origin in (Union, UnionType):
        return _optional(_maker(next(a for a in get_args(hint) if a is not NoneType)))
    if origin is tuple:
        item = _maker(get_args(hint)[0])
        return lambda data: tuple(map(item, data))
    if hint is datetime:
        return datetime.fromisoformat
    if is_dataclass(hint):
        return _dataclass_maker(hint)
    return lambda data: data


def _optional(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda data: None if data is None else make(data)


def _dataclass_maker(cls: Any) -> Callable[[Any], Any]:
    makers = {field.name: _maker(cast(Hashable, field.type)) for field in fields(cls)}

    def make(data: dict[str, Any]) -> Any:
        return cls(**{k: makers[k](v) for k, v in data.items() if k in makers})

    return make


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(data: object) -> str:
    """The shortest JSON of a value."""
    return _encode(to_plain(data))


def from_json(cls: type[T], text: str) -> T:
    """The value that `to_json` wrote."""
    return from_plain(cls, json.loads(text))


def pack(text: str, data: object) -> bytes:
    """Plain text and the data it was made from, in one compressed piece.

    The text repeats what the data holds, so that together they take little more room
    than the data alone.
    """
    return zlib.compress(text.encode() + _SEPARATOR + to_json(data).encode(), 1)


def unpack(packed: bytes) -> tuple[str, Any]:
    """The text and the plain data of a packed piece."""
    text, _, data = zlib.decompress(packed).partition(_SEPARATOR)
    return text.decode(), json.loads(data)


def packed_text(packed: bytes | None) -> str:
    """The text of a packed piece; the data is left alone."""
    if packed is None:
        return ""
    return zlib.decompress(packed).partition(_SEPARATOR)[0].decode()


def id_list(ids: Iterable[int]) -> str:
    """Ids as the JSON that `json_each` takes: one value, however many they are."""
    return f"[{','.join(str(int(one)) for one in ids)}]"


def pack_ids(ids: Iterable[int]) -> bytes:
    """Many ids as one compressed piece."""
    return zlib.compress(array("q", ids).tobytes(), 1)


def unpack_ids(packed: bytes) -> "array[int]":
    """The ids of such a piece."""
    ids = array("q")
    ids.frombytes(zlib.decompress(packed))
    return ids
