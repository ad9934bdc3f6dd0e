"""Values out of strangers' JSON; never trusts a type."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from reader.errors import FeedError

_ITEMS = re.compile(r'"items?"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
# What closes the list of items and all around it: of JSON Feed, of RSS in JSON.
_CLOSINGS = ("]}", "]}}}")
# Line ends within a text are forbidden and met.
_decoder = json.JSONDecoder(strict=False)


def load(source: str, url: str) -> Any:
    """What a JSON text holds, as far as it goes; raises FeedError when it is none."""
    try:
        try:
            return _decoder.decode(source)
        except json.JSONDecodeError:
            return _cut_off(source)
    # A nesting without end is a RecursionError; a number of 5,000 digits a ValueError.
    except (ValueError, RecursionError) as error:
        raise FeedError(url, "the address gives JSON that is damaged") from error


def _cut_off(source: str) -> Any:
    """A feed that ends in the middle, with the items that came whole."""
    begun = _ITEMS.search(source)
    if not begun:
        raise ValueError("no items")
    end = _last_whole(source, begun.end())
    for closing in _CLOSINGS:
        with suppress(json.JSONDecodeError):
            return _decoder.decode(source[:end] + closing)
    raise ValueError("damaged before its items")


def _last_whole(source: str, end: int) -> int:
    """Where the last item ends that is whole, of those that begin at `end`."""
    with suppress(json.JSONDecodeError):
        while between := _BETWEEN.match(source, end):
            _, end = _decoder.raw_decode(source, between.end())
    return end


def text(values: Mapping[str, Any], name: str) -> str:
    """A value as text, numbers too (as JSON Feed asks of ids); empty for all else."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def items(values: Mapping[str, Any], name: str) -> list[Any]:
    """A list of whatever; none for all else."""
    value = values.get(name)
    return value if isinstance(value, list) else []


def dicts(values: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """The objects in a list, or the one that stands there without."""
    value = values.get(name)
    given = value if isinstance(value, list) else [value]
    return (item for item in given if isinstance(item, dict))


def count(value: Any) -> int | None:
    """A number of bytes, where it can be one."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:18])
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if number and 0 < value < 2**53 else None
