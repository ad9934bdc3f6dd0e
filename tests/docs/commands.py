"""The commands: from the functions that typer makes them of."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from reader.cli import commands, every, sync  # noqa: F401  they add commands
from tests.docs.tables import code, one_line, table

_WORDS: dict[object, str] = {bool: "", int: "N", str: "TEXT"}


@dataclass(frozen=True, slots=True)
class Command:
    """One command as it is typed, what it does, its arguments and its options."""

    path: str
    does: str
    arguments: tuple[str, ...]
    options: tuple[tuple[str, str], ...]

    @property
    def synopsis(self) -> str:
        """The command with its arguments."""
        return " ".join((self.path, *self.arguments))


def every_command() -> tuple[Command, ...]:
    """All commands, the program itself first."""
    return tuple(_walk(commands.app, "firsthand"))


def _walk(app: typer.Typer, path: str) -> Iterator[Command]:
    above = app.registered_callback
    if above is not None and above.callback and above.invoke_without_command is True:
        yield _command(above.callback, path)
    for each in app.registered_commands:
        assert each.callback is not None
        if not each.hidden:
            name = each.name or each.callback.__name__.replace("_", "-")
            yield _command(each.callback, f"{path} {name}")
    for group in app.registered_groups:
        assert group.typer_instance is not None
        below = group.name or group.typer_instance.info.name
        yield from _walk(group.typer_instance, f"{path} {below}")


def _command(function: Callable[..., Any], path: str) -> Command:
    arguments: list[str] = []
    options: list[tuple[str, str]] = []
    for name, hint in get_type_hints(function, include_extras=True).items():
        kind, *told = get_args(hint) or (hint,)
        match next(iter(told), None):
            case ArgumentInfo() as info:
                arguments.append(str(info.metavar or name.upper()))
            case OptionInfo() as info:
                options.append((_option(info, name, kind), info.help or ""))
            case _:
                pass
    does = one_line((inspect.getdoc(function) or "").split("\n\n")[0])
    return Command(path, does, tuple(arguments), tuple(options))


def _option(info: OptionInfo, name: str, kind: object) -> str:
    # Within Annotated, typer holds what comes first for the default.
    first = info.default if isinstance(info.default, str) else None
    given = [decl for decl in (first, *(info.param_decls or ())) if decl]
    names = ", ".join(given or [f"--{name.replace('_', '-')}"])
    wants = info.metavar or _wants(kind)
    return f"{names} {wants}" if wants else names


def _wants(kind: object) -> str:
    """What an option wants behind it: nothing, a word of its kind, one of several."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(arg for arg in get_args(kind) if arg is not type(None))
    if get_origin(kind) is Literal:
        return "|".join(get_args(kind))
    return _WORDS.get(kind, "FILE")


def listed() -> str:
    """Every command with what it does; its options below it."""
    return "\n\n".join(_told(command) for command in every_command())


def _told(command: Command) -> str:
    lines = [f"### `{command.synopsis}`", command.does]
    if command.options:
        rows = ((code(option), text) for option, text in command.options)
        lines.append(table(("option", "does"), rows))
    return "\n\n".join(lines)
