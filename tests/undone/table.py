"""The protections as data: in `rows/`, a file for each row of what is promised.

    [[protection]]
    name = "escape sequences"
    file = "reader/cleaning.py"
    old = 'text = _ESCAPES.sub("", text)'
    new = "pass"
    tests = ["tests/unit/test_model.py::TestCleanLine"]

`old` stands once in its file; with `new` in its place each run of `tests` must fail.
What then never ends is red, too, after `patience` seconds.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ROWS = Path(__file__).parent / "rows"


@dataclass(frozen=True, slots=True)
class Protection:
    """One thing that keeps a stranger out or the reader's own safe."""

    name: str
    row: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    patience: int = 150

    def amiss(self, root: Path = ROOT) -> str | None:
        """Why it cannot be taken out as it is written; None where it can."""
        text = (root / self.file).read_text("utf-8")
        times = text.count(self.old)
        if times != 1:
            return f"its text stands {times} times in {self.file}"
        if self.old == self.new:
            return "nothing is taken out"
        lost = [test for test in self.tests if not _exists(root, test)]
        return f"there is no {', '.join(lost)}" if lost or not self.tests else None


def _exists(root: Path, test: str) -> bool:
    """Whether a test, a class or a folder of them is where its id says."""
    name, *inside = test.split("::")
    file = root / name
    if not inside and file.is_dir():
        return True
    text = file.read_text("utf-8") if file.is_file() else ""
    return bool(text) and all(
        re.search(rf"^ *(?:async def|def|class) {re.escape(one)}\b", text, re.M)
        for one in inside
    )


def protections() -> tuple[Protection, ...]:
    """Every protection, row by row."""
    return tuple(
        _read(file.stem.partition("-")[2], table)
        for file in sorted(ROWS.glob("*.toml"))
        for table in tomllib.loads(file.read_text("utf-8"))["protection"]
    )


def _read(row: str, table: Mapping[str, Any]) -> Protection:
    return Protection(row=row, **{**table, "tests": tuple(table["tests"])})
