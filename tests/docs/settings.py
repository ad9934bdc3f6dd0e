"""The settings: from the frozen tables that `config.toml` becomes."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path

from reader.settings import Filter, Paths, Settings
from reader.settings.values import wanted
from reader.tui import themes as theming
from tests.docs.tables import about_fields, code, one_line, table

_WANTS: Mapping[str, str] = {
    "when": "a query",
    "tag": "a tag, or a list of them",
}


def sections() -> str:
    """Each section of `config.toml`, its keys and what they are without one."""
    defaults, about = Settings(), about_fields(Settings)
    parts = []
    for field in fields(Settings):
        section = getattr(defaults, field.name)
        if is_dataclass(section):
            parts.append(_section(type(section)))
        else:
            told = about[field.name].removeprefix(f"`[{field.name}]`: ")
            told = f"{told[:1].upper()}{told[1:]}"
            parts.append(f"### `[{field.name}]`\n\n{told}")
    return "\n\n".join(parts)


def _section(cls: type) -> str:
    about, defaults = about_fields(cls), cls()
    head = one_line(cls.__doc__ or "").rstrip(".")
    name, _, does = head.partition(": ")
    rows = [
        (
            code(field.name),
            value(getattr(defaults, field.name)),
            wanted(field.type),
            about[field.name],
        )
        for field in fields(cls)
    ]
    told = f"{does[:1].upper()}{does[1:]}."
    return f"### {name}\n\n{told}\n\n" + table(
        ("key", "default", "wants", "means"), rows
    )


def value(default: object) -> str:
    """A default as it would be written."""
    match default:
        case None:
            return "–"
        case timedelta():
            return code(f'"{_duration(default)}"')
        case tuple():
            return code(json.dumps(list(default)))
        case _:
            return code(json.dumps(default))


def _duration(time: timedelta) -> str:
    seconds = round(time.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def filters() -> str:
    """The keys of a filter."""
    rows = [
        (code(field.name), _WANTS.get(field.name) or wanted(field.type))
        for field in fields(Filter)
    ]
    return table(("key", "wants"), rows)


def themes() -> str:
    """The shipped themes, and the colours that one of your own may name."""
    shipped = theming.load().themes.values()
    rows = [
        (code(theme.name), "dark" if theme.dark else "light")
        for theme in sorted(shipped, key=lambda theme: theme.name)
    ]
    return table(("theme", "ground"), rows)


def files() -> str:
    """Where everything is kept, on a system as most have it."""
    paths = Paths(*_folders())
    told = {name: one_line(prop.__doc__ or "") for name, prop in _properties()}
    rows = [
        (code(str(getattr(paths, name))), f"{text[:1].lower()}{text[1:]}".rstrip("."))
        for name, text in told.items()
    ]
    return table(("file or folder", "holds"), rows)


def _properties() -> list[tuple[str, property]]:
    return [
        (name, member)
        for name, member in vars(Paths).items()
        if isinstance(member, property)
    ]


def _folders() -> list[Path]:
    usual = {
        "config": "~/.config/firsthand",
        "data": "~/.local/share/firsthand",
        "cache": "~/.cache/firsthand",
        "state": "~/.local/state/firsthand",
    }
    return [Path(usual[field.name]) for field in fields(Paths)]
