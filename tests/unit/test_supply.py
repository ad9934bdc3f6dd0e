"""What is depended on: bounded, pinned for CI; nothing asked at install or start."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNTIME = [
    *map(Requirement, PROJECT["dependencies"]),
    *map(Requirement, PROJECT["optional-dependencies"]["web"]),
]
EVERY = [
    *RUNTIME,
    *map(Requirement, PROJECT["optional-dependencies"]["test"]),
]
PINNED = {
    canonicalize_name(pin.name): pin
    for line in (ROOT / ".ci" / "constraints.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
    for pin in (Requirement(line),)
}

WATCHED = """
import sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        address = arguments[1] if event == "socket.connect" else arguments[0]
        if not isinstance(address, (str, bytes)) or event != "socket.connect":
            print("ASKED", event, arguments, file=sys.stderr)
            import os
            os._exit(3)
sys.addaudithook(hook)
sys.argv = ["firsthand", *sys.argv[1:]]
from reader.cli import main
main()
"""


class TestBounds:
    @pytest.mark.parametrize("wanted", RUNTIME, ids=lambda wanted: wanted.name)
    def test_from_and_to(self, wanted: Requirement) -> None:
        """
        Each dependency has a least version and one that is too new.
        """
        signs = {spec.operator for spec in wanted.specifier}

        assert signs & {">=", "=="}
        assert signs & {"<", "=="}

    @pytest.mark.parametrize("wanted", EVERY, ids=lambda wanted: wanted.name)
    def test_pinned_for_ci(self, wanted: Requirement) -> None:
        """
        CI has one version of each, within its bounds.
        """
        (pin,) = PINNED[canonicalize_name(wanted.name)].specifier

        assert pin.operator == "=="
        assert wanted.specifier.contains(pin.version)

    def test_ci_uses_them(self) -> None:
        """
        What CI installs is held to the pins.
        """
        assert ".ci/constraints.txt" in (ROOT / ".ci" / "run").read_text("utf-8")


class TestNoNetwork:
    @pytest.mark.parametrize(
        "command",
        [("--version",), ("feeds",), ("list",), ("doctor",), ("export",), ("--help",)],
        ids=lambda command: command[0],
    )
    def test_at_start(self, command: tuple[str, ...]) -> None:
        """
        A command that needs nobody asks nobody, not even for a name.
        """
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, *command],
            capture_output=True,
            text=True,
            check=False,
        )

        assert "ASKED" not in done.stderr
        assert done.returncode in (0, 1)

    def test_asking_would_be_seen(self) -> None:
        """
        A command that looks up a name is caught by the same watch.
        """
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, "resolve", "https://nowhere.invalid/"],
            capture_output=True,
            text=True,
            check=False,
        )

        assert "ASKED" in done.stderr

    def test_nothing_runs_at_install(self) -> None:
        """
        The build runs no code of ours that could ask anybody: no hook, no setup.py.
        """
        build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

        assert build["build-system"] == {
            "requires": ["hatchling>=1.27"],
            "build-backend": "hatchling.build",
        }
        assert "hooks" not in build["tool"]["hatch"]["build"]
        assert not (ROOT / "setup.py").exists()
