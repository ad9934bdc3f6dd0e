"""What the doctor finds on a machine: copies that are old, files that others read."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from reader.cli import crash
from reader.services import Services, backups
from reader.services.checkup import checkup
from reader.services.doctor import Check
from tests.services.played import NOW


def found(built: Services, **environ: str) -> dict[str, Check]:
    """The checks by name; of several the first."""
    checks = list(checkup(built, environ))
    return {check.name: check for check in reversed(checks)}


@pytest.fixture
def mask() -> Iterator[None]:
    """A machine on which new files are open to all."""
    before = os.umask(0)
    yield
    os.umask(before)


class TestBackup:
    @pytest.mark.parametrize(
        ("age", "ok"), [(0, True), (20, True), (22, False)], ids=str
    )
    def test_age(self, built: Services, age: int, ok: bool) -> None:
        """A store that has gone without a copy for weeks is told of."""
        began = (NOW - timedelta(days=age)).isoformat()
        built.store.set_setting(backups.BEGAN, began)

        assert found(built)["backup"].ok is ok

    def test_no_good(self, built: Services) -> None:
        """A copy that could not be put back is told of as long as there is time."""
        file = backups.make(built)
        file.write_bytes(file.read_bytes()[:9_000])

        told = found(built)["backup"]

        assert not told.ok
        assert str(file) in (told.fix or "")

    def test_there(self, built: Services) -> None:
        """The newest copy is named, with its day."""
        file = backups.make(built)

        assert str(file) in found(built)["backup"].message


class TestPermissions:
    def test_as_made(self, built: Services, mask: None) -> None:
        """What the program makes is its owner's alone, whatever the mask."""
        backups.make(built)

        assert found(built)["permissions"].ok

    @pytest.mark.parametrize("what", ["secrets_file", "database"])
    def test_open(self, built: Services, what: str) -> None:
        """What others can read is named, and how it is mended."""
        file: Path = getattr(built.paths, what)
        file.touch()
        file.chmod(0o644)
        file.parent.chmod(0o755)

        told = found(built)["permissions"]

        assert not told.ok
        assert told.fix == f"chmod 600 {file}"

    def test_others_write(self, built: Services) -> None:
        """Settings that others can write say which programs are started: a fault."""
        file = built.paths.config_file
        file.parent.mkdir()
        file.touch()
        file.chmod(0o666)

        told = found(built)["permissions"]

        assert not told.ok
        assert told.fix == f"chmod go-w {file}"


class TestTerminal:
    @pytest.mark.parametrize(
        ("environ", "said"),
        [
            ({"TERM": "xterm", "LANG": "en_US.UTF-8"}, "xterm, en_US.UTF-8"),
            ({"TERM": "dumb"}, "--plain"),
            ({"TERM": "xterm", "LANG": "C"}, "ascii"),
        ],
        ids=["good", "dumb", "charset"],
    )
    def test_told(self, built: Services, environ: dict[str, str], said: str) -> None:
        """What the terminal is, and what helps where it shows less."""
        assert said in found(built, **environ)["terminal"].message


class TestCrash:
    def test_a_report_without_data(
        self, home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A fault that nothing caught is one line, with the place of its report."""
        with suppress(KeyError):
            secret = {"password": "sesame"}
            try:
                secret["what somebody reads"]
            except KeyError as error:
                crash.told(KeyError, error, error.__traceback__)
        said = capsys.readouterr().err
        (file,) = (home / "state" / "firsthand" / "crashes").glob("*.txt")

        assert len(said.splitlines()) == 1
        assert str(file) in said
        assert "somebody" not in said + file.read_text().replace(
            'secret["what somebody reads"]', ""
        )
        assert "sesame" not in said + file.read_text()
