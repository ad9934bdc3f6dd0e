"""The installed program as a child process, in a home of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "reader")


@dataclass(frozen=True)
class Program:
    """Runs `firsthand` with the test's own home and environment."""

    home: Path
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """The child's environment: every folder of a user's is below its home."""
        kinds = ("CONFIG", "DATA", "CACHE", "STATE")
        folders = {f"XDG_{k}_HOME": str(self.home / k.lower()) for k in kinds}
        own = {"HOME": str(self.home), "NO_COLOR": "1"}
        return {**os.environ, **folders, **own, **self.extra}

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*PROGRAM, *args],
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def rows(self, *args: str) -> list[dict[str, Any]]:
        """What a command with --json printed."""
        done = self.run(*args)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]
