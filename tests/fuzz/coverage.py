"""One target fuzzed by what its code covers, by atheris (libFuzzer), where it is there.

In a process of its own: `python -m tests.fuzz.coverage TARGET SECONDS SEED FOLDER`.
"""

import importlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.inputs import LONGEST, corpus

if TYPE_CHECKING:
    from tests.fuzz.running import Outcome

_TRIED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_DONE = re.compile(r"^#(\d+)\s", re.M)


def is_there() -> bool:
    """Whether atheris is installed."""
    return find_spec("atheris") is not None


def covered(name: str, seconds: float, start: int) -> "Outcome":
    """Fuzz a target for so long, beginning with the corpus; how often, and the find."""
    from tests.fuzz.running import Outcome

    with tempfile.TemporaryDirectory(prefix="firsthand-fuzz-") as folder:
        for number, data in enumerate(corpus()):
            (Path(folder) / f"{number}").write_bytes(data)
        told = (name, f"{max(1, round(seconds))}", f"{start}", folder)
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.coverage", *told],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    counts = _TRIED.findall(done.stderr) or _DONE.findall(done.stderr) or ["0"]
    found = (done.stdout + done.stderr)[-3_000:] if done.returncode else ""
    return Outcome(name, int(counts[-1]), found)


def main(given: Sequence[str]) -> None:
    """Hand the target to libFuzzer, which ends the process."""
    name, seconds, start, folder = given
    atheris = importlib.import_module("atheris")
    # What is imported now is watched: our own code, and none of the libraries'.
    with atheris.instrument_imports(include=["reader"]):
        from tests.fuzz.running import once
        from tests.fuzz.targets import TARGETS
    options = (
        f"-max_total_time={seconds}",
        f"-seed={int(start) or 1}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
        "-timeout=0",  # what hangs is ended by our own alarm
        "-rss_limit_mb=2048",
    )
    target = TARGETS[name]
    atheris.Setup([sys.argv[0], *options, folder], lambda data: once(target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
