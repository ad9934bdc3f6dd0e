"""Secrets: in the keyring where there is one, else in a file of the owner's alone."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError

from reader.errors import SettingsError
from reader.services.secrets import Secrets, secrets_of
from reader.settings import Paths


class Ring:
    """A keyring in memory; `works`: whether it does."""

    def __init__(self, works: bool = True) -> None:
        self.works = works
        self.held: dict[tuple[str, str], str] = {}

    def _try(self) -> None:
        if not self.works:
            raise KeyringError("locked")

    def get_password(self, service: str, name: str, /) -> str | None:
        """The secret of a name."""
        self._try()
        return self.held.get((service, name))

    def set_password(self, service: str, name: str, secret: str, /) -> None:
        """Keep a secret."""
        self._try()
        self.held[service, name] = secret

    def delete_password(self, service: str, name: str, /) -> None:
        """Drop a secret."""
        self._try()
        if self.held.pop((service, name), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the file would be."""
    return tmp_path / "data" / "secrets.json"


class TestInTheKeyring:
    def test_kept_and_found(self, file: Path) -> None:
        """
        A secret goes to the keyring, under our name, and to no file.
        """
        ring = Ring()
        kept = Secrets(file, ring)

        assert kept.set("sync/1/password", "sesame") == "keyring"
        assert kept.get("sync/1/password") == "sesame"
        assert ring.held == {("firsthand", "sync/1/password"): "sesame"}
        assert not file.exists()

    def test_dropped(self, file: Path) -> None:
        """
        What is dropped is gone, and to drop it again is no trouble.
        """
        kept = Secrets(file, Ring())
        kept.set("a", "1")
        kept.delete("a")
        kept.delete("a")

        assert kept.get("a") is None

    def test_refused_to_be_dropped(self, file: Path) -> None:
        """
        A keyring that says no (a person who was asked, say) still has the secret.
        """

        class Asks(Ring):
            def delete_password(self, service: str, name: str, /) -> None:
                raise PasswordDeleteError("cancelled")

        kept = Secrets(file, Asks())
        kept.set("a", "1")

        assert not kept.delete("a")
        assert kept.delete("b")

    def test_locked(self, file: Path) -> None:
        """
        Nothing is written plain into a file because a keyring is locked just now.
        """

        class Locked(Ring):
            def set_password(self, service: str, name: str, secret: str, /) -> None:
                raise KeyringLocked("no")

        with pytest.raises(SettingsError, match="is locked; unlock it"):
            Secrets(file, Locked()).set("a", "1")

        assert not file.exists()

    def test_the_newest(self, file: Path) -> None:
        """
        What went to the file while the keyring was broken is what is meant.
        """
        ring = Ring()
        kept = Secrets(file, ring)
        kept.set("a", "old")
        ring.works = False
        kept.set("a", "new")
        ring.works = True

        assert kept.get("a") == "new"

    def test_moves_out_of_the_file(self, file: Path) -> None:
        """
        A secret that was kept in the file leaves it once a keyring takes it.
        """
        Secrets(file).set("a", "1")
        kept = Secrets(file, Ring())

        assert kept.get("a") == "1"
        assert kept.set("a", "2") == "keyring"
        assert kept.get("a") == "2"
        assert Secrets(file).get("a") is None

    def test_a_keyring_that_forgets(self, file: Path) -> None:
        """
        What a keyring takes and does not give back is kept in the file.
        """

        class Forgetful(Ring):
            def get_password(self, service: str, name: str, /) -> str | None:
                return None

        kept = Secrets(file, Forgetful())

        assert kept.set("a", "1") == "file"
        assert kept.get("a") == "1"

    def test_a_keyring_that_fails(self, file: Path) -> None:
        """
        Where the keyring cannot be used the file is.
        """
        kept = Secrets(file, Ring(works=False))

        assert kept.set("a", "1") == "file"
        assert kept.get("a") == "1"
        kept.delete("a")
        assert kept.get("a") is None


class TestInTheFile:
    @pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
    def test_of_its_owner_alone(self, file: Path, mask: int) -> None:
        """
        The file is readable by nobody else, whatever the umask.
        """
        before = os.umask(mask)
        try:
            Secrets(file).set("a", "1")
            Secrets(file).set("b", "2")
        finally:
            os.umask(before)

        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert [one.name for one in file.parent.iterdir()] == ["secrets.json"]
        assert (Secrets(file).get("a"), Secrets(file).get("b")) == ("1", "2")

    @pytest.mark.parametrize("text", ["{", "[]", "\xff", '{"a": '])
    def test_damaged(self, file: Path, text: str) -> None:
        """
        A file that is damaged is named, and nothing of it is said.
        """
        file.parent.mkdir()
        file.write_text(f"{text}sesame", "latin-1")
        with pytest.raises(SettingsError, match="is damaged") as caught:
            Secrets(file).get("a")

        assert "sesame" not in str(caught.value)
        assert caught.value.__cause__ is None

    def test_no_link_is_followed(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Who puts a link where the file is being written, just then, gets no secret.
        """
        file.parent.mkdir()
        victim = file.parent / "victim"
        file.with_name(f".{file.name}.{os.getpid()}.part").symlink_to(victim)
        monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: None)

        with pytest.raises(SettingsError):
            Secrets(file).set("a", "sesame")

        assert not victim.exists()

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        """
        A secret that cannot be kept is told, and is not in what is told.
        """
        (tmp_path / "data").write_text("a file where the folder should be")
        with pytest.raises(SettingsError) as caught:
            Secrets(tmp_path / "data" / "secrets.json").set("a", "sesame")

        assert "sesame" not in str(caught.value)


class TestOfThisSystem:
    def test_no_keyring(self, tmp_path: Path) -> None:
        """
        A keyring that keeps nothing is taken for none.
        """
        paths = Paths.under(tmp_path)

        assert secrets_of(paths) == Secrets(paths.secrets_file)

    def test_not_loaded_before_it_is_needed(self) -> None:
        """
        Who keeps no secret does not pay for a keyring.
        """
        code = "import reader.services.poll, reader.cli.sync, sys; print(*sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert "keyring" not in done.stdout.split()
