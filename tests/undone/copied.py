"""A copy of the tree in which one edit is made at a time, and tests are run.

What is imported there is the copy and nothing else, in child processes, too.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.undone.table import ROOT, Protection

PARTS = (
    *("reader", "tests", "themes", "docs", ".ci"),
    *("pyproject.toml", "README.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"),
)
PATIENCE = 1_800
"""Seconds that all the tests together may take."""
_LOOK = "import reader, tests, pathlib; print(*map(pathlib.Path.resolve, map(\
pathlib.Path, (reader.__file__, tests.__file__))), sep='\\n')"
_REASON = re.compile(r"^E +(\S.*)$", re.M)
_FAILED = re.compile(r"^FAILED (\S+)", re.M)
_NO_CODE = re.compile(r"^E +(?:NameError|SyntaxError|IndentationError|Unbound)", re.M)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How tests ended: `red` when they failed, `why` by what is first told of it."""

    red: bool
    why: str
    code: int


@dataclass
class Copy:
    """The copy: where it is, and how many edits were made in it."""

    folder: Path
    _edits: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def environ(self) -> dict[str, str]:
        """An environment in which `reader` and `tests` are those of the copy."""
        return {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONSAFEPATH": "1"}

    def check(self) -> None:
        """Raise where a child process would import anything but the copy."""
        said = self._run([sys.executable, "-c", _LOOK]).stdout.split()
        if not said or not all(Path(one).is_relative_to(self.folder) for one in said):
            raise RuntimeError(f"not the copy is imported, but {said}")

    @contextmanager
    def without(self, protection: Protection) -> Iterator[None]:
        """The copy with one protection taken out."""
        file = self.folder / protection.file
        whole = file.read_text("utf-8")
        self._write(file, whole.replace(protection.old, protection.new))
        try:
            yield
        finally:
            self._write(file, whole)

    def tried(
        self, tests: Sequence[str], *options: str, patience: float = PATIENCE
    ) -> Outcome:
        """Run tests, until one fails."""
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        try:
            done = self._run([*command, "--tb=short", *options, *tests], patience)
        except subprocess.TimeoutExpired:
            return Outcome(True, f"no end within {patience:.0f} s", 1)
        failed, why = _FAILED.search(done.stdout), _REASON.search(done.stdout)
        where = failed[1].rpartition("::")[2] if failed else ""
        reason = why[1] if why else done.stdout[-300:].strip() or done.stderr[-300:]
        red = done.returncode == 1 and not _NO_CODE.search(done.stdout)
        return Outcome(red, f"{where}: {reason}", done.returncode)

    def _write(self, file: Path, text: str) -> None:
        file.write_text(text, "utf-8")
        # Python tells what it compiled by time and size: each edit has its own time.
        moment = 1_600_000_000 + next(self._edits)
        os.utime(file, (moment, moment))

    def _run(
        self, command: Sequence[str], patience: float = PATIENCE
    ) -> "subprocess.CompletedProcess[str]":
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        ) as process:
            try:
                out, err = process.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.communicate()
                raise
        return subprocess.CompletedProcess(command, process.returncode, out, err)


def copy(folder: Path, root: Path = ROOT) -> Copy:
    """Copy the tree, as far as tests need it."""
    skipped = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in PARTS:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, ignore=skipped)
        elif (root / name).exists():
            shutil.copy2(root / name, folder / name)
    made = Copy(folder.resolve())
    made.check()
    return made
