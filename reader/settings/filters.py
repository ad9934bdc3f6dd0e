"""`filters.toml`: what is done by itself to entries that come, as the reader wrote it.

    [[filter]]
    name = "No scores"
    when = 'feed:relay title:"full time"'
    mark_read = true
    hide = true
    tag = "sport"

One that cannot be used is named and left out; it costs neither the others nor the poll.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from reader import query
from reader.errors import QueryError, SettingsError
from reader.settings.loading import Reading, parsed, text_of
from reader.settings.paths import Paths

_HEADER = re.compile(r"(?m)^[ \t]*\[\[[ \t]*filter[ \t]*\]\]")
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Filter:
    """One rule: the query that says when, and what is done then."""

    when: str = ""
    name: str = ""
    mark_read: bool = False
    star: bool = False
    hide: bool = False
    tag: tuple[str, ...] | str = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that it gives, one or several."""
        return (self.tag,) if isinstance(self.tag, str) else self.tag

    @property
    def title(self) -> str:
        """What it is called: by its name, else by its query."""
        return self.name or self.when

    @property
    def does(self) -> bool:
        """Whether it does anything at all."""
        return any((self.mark_read, self.star, self.hide, *self.tags))


def load_filters(paths: Paths) -> tuple[tuple[Filter, ...], tuple[str, ...]]:
    """The filters that can be used, in their order, and a sentence for each fault."""
    try:
        text = text_of(paths.filters_file)
        table = {} if text is None else parsed(paths.filters_file, text)
    except SettingsError as error:
        return (), (str(error),)
    reading = Reading(paths.filters_file, text or "")
    for name in table:
        if name != "filter":
            reading.warnings.append(reading.unknown((name,), {"filter": None}))
    listed = table.get("filter", [])
    if not isinstance(listed, list):
        wrong = reading.wrong(("filter",), "wants tables headed [[filter]]")
        return (), (*reading.warnings, str(wrong))
    found = tuple(_each(reading, listed))
    return found, tuple(reading.warnings)


def _each(reading: Reading, listed: list[Any]) -> Iterator[Filter]:
    parts = _parts(reading.text)
    for number, table in enumerate(listed):
        part = parts[number] if number < len(parts) else reading.text
        place = Reading(reading.file, part)
        try:
            yield _checked(place, place.section(Filter, table, ()), table)
        except SettingsError as error:
            reading.warnings.append(f"{error}; the filter is left out")
        reading.warnings += place.warnings


def _parts(text: str) -> list[str]:
    """The text of each filter, on the lines that it has in the whole."""
    starts = [match.start() for match in _HEADER.finditer(text)]
    ends = (*starts[1:], len(text))
    return [
        "\n" * text.count("\n", 0, start) + text[start:end]
        for start, end in zip(starts, ends, strict=False)
    ]


def _checked(place: Reading, made: Filter, table: dict[str, Any]) -> Filter:
    """A filter that says when, and does something. Raises SettingsError."""
    if not made.when.strip():
        where = ("when",) if "when" in table else ("filter",)
        raise place.wrong(where, 'wants a query in when, such as "title:ferry"')
    if not made.does:
        kinds = [field.name for field in fields(Filter)][2:]
        raise place.wrong(("filter",), f"wants something to do: {', '.join(kinds)}")
    try:
        query.parse(made.when, _ANY_TIME, UTC)
    except QueryError as error:
        raise place.wrong(("when",), f"is no query: {error}") from error
    return made
