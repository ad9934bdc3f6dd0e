"""The timer of the user's systemd: its files, and what is told to systemctl."""

from pathlib import Path

import pytest

from reader.services import Services, systemd
from reader.services.systemd import ServiceError

COMMAND = ("/opt/my tools/firsthand",)


def systemctl(folder: Path, code: int = 0) -> dict[str, str]:
    """An environment in which systemctl writes down what it is told."""
    folder.mkdir(exist_ok=True)
    program = folder / "systemctl"
    program.write_text(f'#!/bin/sh\necho "$@" >> {folder}/told\nexit {code}\n')
    program.chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin"}


def told(folder: Path) -> list[str]:
    return (folder / "told").read_text().splitlines()


class TestUnits:
    def test_quoted(self) -> None:
        """
        A path with spaces, percent signs or dollars is one word, and itself.
        """
        environ = {"XDG_DATA_HOME": '/da "ta/$x', "XDG_CACHE_HOME": "a\nb"}
        made = systemd.units(("/o p/100%/$x",), environ)["firsthand.service"]

        assert 'ExecStart="/o p/100%%/$$x" refresh\n' in made
        assert 'Environment="XDG_DATA_HOME=/da \\"ta/$x"\n' in made
        assert "XDG_CACHE_HOME" not in made


class TestInstall:
    def test_written_and_started(self, built: Services, tmp_path: Path) -> None:
        """
        Both files are written, and systemd starts the timer.
        """
        environ = systemctl(tmp_path / "bin")
        done = systemd.install(built, COMMAND, environ)

        assert [file.name for file in done.files] == [
            "firsthand.service",
            "firsthand.timer",
        ]
        assert all(file.parent == built.paths.units for file in done.files)
        assert (done.active, done.run) == (True, ())
        assert told(tmp_path / "bin") == [
            "--user daemon-reload",
            "--user enable --now firsthand.timer",
        ]
        assert systemd.status(built, environ).active is True

    @pytest.mark.parametrize("there", [True, False], ids=["fails", "missing"])
    def test_what_is_left_to_do(
        self, built: Services, tmp_path: Path, there: bool
    ) -> None:
        """
        Where systemd cannot be told, the commands that do it are given.
        """
        environ = systemctl(tmp_path / "bin", 1) if there else {"PATH": str(tmp_path)}
        done = systemd.install(built, COMMAND, environ)

        assert done.run == (
            "systemctl --user daemon-reload",
            "systemctl --user enable --now firsthand.timer",
        )
        assert systemd.status(built, environ).active is (False if there else None)

    def test_removed(self, built: Services, tmp_path: Path) -> None:
        """
        The timer is stopped and its files are deleted; twice is once.
        """
        environ = systemctl(tmp_path / "bin")
        systemd.install(built, COMMAND, environ)
        gone = systemd.remove(built, environ)
        again = systemd.remove(built, environ)

        assert len(gone.files) == 2
        assert not any(file.exists() for file in gone.files)
        assert again.files == ()
        assert told(tmp_path / "bin")[2:] == [
            "--user disable --now firsthand.timer",
            "--user daemon-reload",
        ]
        assert systemd.status(built, environ).files == ()

    def test_files_of_others(self, built: Services, tmp_path: Path) -> None:
        """
        A unit of that name that somebody else wrote is left as it is.
        """
        built.paths.units.mkdir(parents=True)
        file = built.paths.units / "firsthand.timer"
        file.write_text("[Timer]\n")
        environ = systemctl(tmp_path / "bin")
        with pytest.raises(ServiceError, match="left alone"):
            systemd.install(built, COMMAND, environ)
        with pytest.raises(ServiceError, match="left alone"):
            systemd.remove(built, environ)

        assert file.read_text() == "[Timer]\n"

    def test_folder_that_cannot_be_written(
        self, built: Services, tmp_path: Path
    ) -> None:
        """
        Where the files cannot be written, one line says so.
        """
        built.paths.units.parent.parent.mkdir(exist_ok=True)
        built.paths.units.parent.write_text("a file")
        with pytest.raises(ServiceError):
            systemd.install(built, COMMAND, systemctl(tmp_path / "bin"))
