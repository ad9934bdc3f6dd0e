"""The rooms and the arrows between them, held against the code itself."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import reader

ROOT = Path(reader.__file__).parent

LAYERS = (
    ("__main__",),
    ("cli",),
    ("tui", "demo", "web"),
    ("services",),
    ("store", "fetch", "sync", "settings"),
    ("feeds", "resolve", "extract"),
    ("html",),
    ("rules", "query"),
    ("urls",),
    ("errors",),
    ("model",),
    ("cleaning",),
)
"""From the top down: a room imports what stands below it, and no sibling."""

OWNERS = {
    "aiohttp": {"web"},
    "aiohttp_jinja2": {"web"},
    "feedparser": {"feeds"},
    "markdown_it": {"extract", "tui"},
    "httpcore": {"fetch"},
    "httpx": {"fetch"},
    "keyring": {"services"},
    "nh3": {"extract"},
    "platformdirs": {"settings"},
    "rich": {"tui", "cli"},
    "socket": {"fetch"},
    "sqlite3": {"store"},
    "textual": {"tui"},
    "textual_serve": {"web"},
    "tld": {"urls"},
    "trafilatura": {"extract"},
    "typer": {"cli"},
}
"""Who may import what is named."""

PURE = {
    room
    for rooms in LAYERS[LAYERS.index(("feeds", "resolve", "extract")) :]
    for room in rooms
}
IO = {"asyncio", "httpx", "os", "pathlib", "rich", "socket", "sqlite3", "textual"}
IO |= {"subprocess", "tempfile", "threading", "time", "urllib.request"}
"""What a pure room never imports."""

FLOOR = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
MODULES = sorted(ROOT.rglob("*.py"))


def room_of(module: str) -> str:
    """The room that a dotted module name stands in; empty for the map itself."""
    return module.split(".")[1] if "." in module else ""


def name_of(file: Path) -> str:
    """The dotted name of a module's file."""
    parts = file.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


ARE_MODULES = {name_of(file) for file in MODULES}


@cache
def imports(file: Path) -> frozenset[str]:
    """Every module that a file imports, deferred imports too, by its dotted name."""
    return frozenset(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0, names=names):
                if module == "reader":
                    yield from (f"reader.{alias.name}" for alias in names)
                else:
                    yield module
            case ast.ImportFrom(level=level) if level:
                pytest.fail(f"{file} imports relatively")


def targets(file: Path) -> set[str]:
    """Our own modules that a file imports, `from x import y` taken as x.y if it is one.

    What is imported within a function, or for the types only, is an arrow like any.
    """
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found |= {alias.name for alias in names}
            case ast.ImportFrom(module=str(module), names=names):
                within = {f"{module}.{alias.name}" for alias in names}
                found |= within & ARE_MODULES
                found |= {module} if within - ARE_MODULES else set()
            case _:
                pass
    return (found & ARE_MODULES) - {name_of(file)}


def circles(arrows: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """The groups of modules in which each leads to each other (Tarjan, 1972)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    found: list[set[str]] = []

    def visit(name: str) -> None:
        order[name] = lowest[name] = len(order)
        waiting.append(name)
        for other in arrows[name]:
            if other not in order:
                visit(other)
            if other in waiting:
                lowest[name] = min(lowest[name], lowest[other])
        if lowest[name] == order[name]:
            at = waiting.index(name)
            found.append(set(waiting[at:]))
            del waiting[at:]

    for name in arrows:
        if name not in order:
            visit(name)
    return [group for group in found if len(group) > 1]


BLANKETS = ("Exception", "BaseException")


def is_bare_raise(statement: ast.stmt) -> bool:
    """Whether a handler that ends with this only cleans up and lets go on."""
    return isinstance(statement, ast.Raise) and statement.exc is None


class TestLayers:
    def test_every_room_has_a_floor(self) -> None:
        """
        A new room must be given its place before anything stands in it.
        """
        rooms = {room_of(name_of(file)) for file in MODULES} - {""}

        assert rooms <= FLOOR.keys()

    def test_arrows_point_down(self) -> None:
        """
        A module imports its own room and rooms on lower floors only.
        """
        up = [
            (name_of(file), room)
            for file in MODULES
            for own in (room_of(name_of(file)),)
            for room in {room_of(name) for name in imports(file) & ARE_MODULES}
            if room not in (own, "") and FLOOR[room] <= FLOOR.get(own, -1)
        ]

        assert not up

    def test_no_two_modules_import_each_other(self) -> None:
        """
        Arrows run one way: no module leads back to itself, by however many others.
        """
        arrows = {name_of(file): sorted(targets(file)) for file in MODULES}

        assert circles(arrows) == []

    def test_circles_are_seen(self) -> None:
        """
        A loop of any length is found, and no way that two share is taken for one.
        """
        arrows = {"a": "bc", "b": "d", "c": "d", "d": "e", "e": "f", "f": "d", "g": ""}

        assert circles(arrows) == [{"d", "e", "f"}]

    def test_libraries_have_owners(self) -> None:
        """
        Each library with a weight or a danger is imported by its owners alone.
        """
        taken = [
            (name_of(file), top)
            for file in MODULES
            for top in {name.split(".")[0] for name in imports(file)} & OWNERS.keys()
            if room_of(name_of(file)) not in OWNERS[top]
        ]

        assert not taken

    def test_pure_rooms_do_no_io(self) -> None:
        """
        What thinks does not read, write, wait or look at the clock.
        """
        pure = [file for file in MODULES if room_of(name_of(file)) in PURE]
        done = [
            (name_of(file), name)
            for file in pure
            for name in imports(file)
            if name in IO or name.split(".")[0] in IO
        ]
        told = [
            name_of(file)
            for file in pure
            if "datetime.now(" in file.read_text(encoding="utf-8")
        ]

        assert len(pure) > 100
        assert not done
        assert not told


class TestHygiene:
    @pytest.mark.parametrize(
        ("module", "absent"),
        [
            ("reader.cli.commands", {"textual", "httpx", "feedparser", "trafilatura"}),
            ("reader.services", {"textual", "httpx", "feedparser", "trafilatura"}),
            ("reader.store", {"textual", "httpx"}),
        ],
    )
    def test_importing_does_not_load(self, module: str, absent: set[str]) -> None:
        """
        What costs a tenth of a second is loaded when it is needed, not before.
        """
        code = f"import {module}, sys; print(*sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert not absent & set(done.stdout.split())

    def test_one_blanket_except(self) -> None:
        """
        Only `services.guard` keeps what nobody expected from going up.
        """
        blanket = {
            name_of(file)
            for file in MODULES
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.ExceptHandler)
            and (node.type is None or ast.unparse(node.type) in BLANKETS)
            and not is_bare_raise(node.body[-1])
        }

        assert blanket <= {"reader.services.guard"}
