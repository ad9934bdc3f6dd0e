"""Reports of our own faults: where, and nothing that anybody reads or is called."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from reader.services import faults
from reader.settings import Paths
from tests.services.played import NOW


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Where reports are written."""
    return Paths.under(tmp_path / "own")


def reports(paths: Paths) -> list[Path]:
    return sorted(paths.crashes.glob("*.txt"))


def fault() -> Exception:
    """A fault that came of another, both with what somebody reads."""
    with pytest.raises(KeyError) as caught:
        broken()
    return caught.value


def broken() -> None:
    """Fail as our own code might."""
    try:
        int("sesame")
    except ValueError as error:
        raise KeyError("sesame") from error


class TestReport:
    def test_says_what_and_where(self, paths: Paths) -> None:
        """
        Each fault of the chain has its class and the lines of code that led there.
        """
        said = faults.report(paths, NOW, fault())
        (file,) = reports(paths)
        lines = file.read_text().splitlines()

        assert str(file) in said
        assert lines[0] == "KeyError"
        assert "came of ValueError" in lines
        assert any(line.endswith("in broken") for line in lines)
        assert "Python" in lines[-1]

    def test_holds_nothing_of_anybody(self, paths: Paths) -> None:
        """
        No message of an exception is in it, and no folder that names a person.
        """
        faults.report(paths, NOW, fault())
        text = reports(paths)[0].read_text()
        code = ('int("sesame")', 'raise KeyError("sesame")')

        assert "sesame" not in text.replace(code[0], "").replace(code[1], "")
        assert str(Path(__file__).parents[2]) not in text
        assert 'File "tests/services/test_faults.py"' in text

    def test_is_its_owners_alone(self, paths: Paths) -> None:
        """
        Nobody else may read it.
        """
        faults.report(paths, NOW, fault())

        assert stat.S_IMODE(reports(paths)[0].stat().st_mode) == 0o600
        assert stat.S_IMODE(paths.crashes.stat().st_mode) == 0o700

    def test_the_last_are_kept(
        self, paths: Paths, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A fault at every poll fills no disk.
        """
        monkeypatch.setattr(faults, "KEPT", 3)
        for minute in range(5):
            faults.report(paths, NOW + timedelta(minutes=minute), fault())

        assert [file.name[9:15] for file in reports(paths)] == [
            f"{NOW + timedelta(minutes=minute):%H%M%S}" for minute in (2, 3, 4)
        ]

    def test_where_none_can_be_written(self, paths: Paths) -> None:
        """
        That is said, and is no fault of its own.
        """
        paths.state.parent.mkdir()
        paths.state.write_text("no folder")

        assert "no report could be written" in faults.report(paths, NOW, fault())
