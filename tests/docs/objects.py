"""The objects that `--json` prints: from the functions that make them."""

import ast
import inspect
from collections.abc import Iterator

from reader.cli import as_json
from tests.docs.tables import code, one_line, table


def listed() -> str:
    """Each kind of object, and its keys in their order."""
    rows = [
        (one_line(about).rstrip("."), ", ".join(map(code, keys)))
        for about, keys in _objects()
    ]
    return table(("object", "keys"), rows)


def _objects() -> Iterator[tuple[str, list[str]]]:
    for node in ast.parse(inspect.getsource(as_json)).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            keys = list(_keys(node))
            if keys:
                yield ast.get_docstring(node) or node.name, keys


def _keys(function: ast.FunctionDef) -> Iterator[str]:
    """The keys of the object that a function returns; of those within it none."""
    for statement in function.body:
        if isinstance(statement, ast.Return):
            value = statement.value
            if isinstance(value, ast.Dict):
                for key in value.keys:
                    if isinstance(key, ast.Constant):
                        yield str(key.value)
