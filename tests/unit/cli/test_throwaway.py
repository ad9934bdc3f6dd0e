"""Folders that are thrown away, by whoever is left to do it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli.throwaway import LOCK, PREFIX, sweep, throwaway

USER = """import sys
from reader.cli.throwaway import throwaway
with throwaway() as folder:
    (folder / "data").mkdir()
    print(folder, flush=True)
    sys.stdin.read()
"""


class TestSweep:
    def test_of_a_process_that_was_killed(self, tmp_path: Path) -> None:
        """
        Its folder stays as long as it lives, and goes when it is gone; what is not
        ours to delete stays.
        """
        tmp_path = tmp_path / "tmp"
        tmp_path.mkdir()
        strange = tmp_path / f"{PREFIX}strange"
        strange.mkdir()
        linked = tmp_path / f"{PREFIX}linked"
        linked.symlink_to(strange)
        new = tmp_path / f"{PREFIX}new"
        new.mkdir()
        (new / LOCK).touch()
        with subprocess.Popen(
            [sys.executable, "-c", USER],
            env={**os.environ, "TMPDIR": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as user:
            assert user.stdout is not None
            folder = Path(user.stdout.readline().strip())
            assert sweep(tmp_path) == 0
            user.send_signal(signal.SIGKILL)
            user.wait()

        assert (folder / "data").is_dir()
        assert sweep(tmp_path) == 1
        assert sorted(tmp_path.iterdir()) == sorted([strange, linked, new])

    def test_by_ourselves(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Whoever leaves it deletes it.
        """
        tmp_path = tmp_path / "tmp"
        tmp_path.mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        with throwaway() as folder:
            assert folder.parent == tmp_path
            assert sweep(tmp_path) == 0

        assert list(tmp_path.iterdir()) == []
