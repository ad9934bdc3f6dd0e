"""Passwords, kept by name: in the system's keyring, else in a file of our own.

The file is `secrets.json` beside the database, readable by its owner alone (mode 600),
and not encrypted; it is made only where this system has no keyring that works. No
secret is ever part of an error, a log, a list or the database.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from reader.errors import SettingsError
from reader.services import whole
from reader.settings import Paths

SERVICE = "firsthand"
"""What our secrets are filed under in the keyring."""

Where = Literal["keyring", "file"]
Answer = TypeVar("Answer")

FILE_MAX = 1_000_000

LOCKED = "is locked; unlock it, and try again"


class Keyring(Protocol):
    """As much of a keyring as is asked of one; all three may raise KeyringError."""

    def get_password(self, service: str, name: str, /) -> str | None:
        """The secret of a name, None where there is none."""

    def set_password(self, service: str, name: str, secret: str, /) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, name: str, /) -> None:
        """Drop a secret."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Secrets by name, such as `sync/3/password`; `keyring` None: there is none."""

    file: Path
    keyring: Keyring | None = None

    def get(self, name: str) -> str | None:
        """The secret of a name; None where there is none."""
        # The file has it only where the keyring did not take it: it is the newer one.
        return self._in_file().get(name) or self._from_keyring(name)

    def set(self, name: str, secret: str) -> Where:
        """Keep a secret, in place of the one before; where it is now.

        Raises SettingsError where the keyring is locked: in a file the secret would be
        plain, though there is a better place for it.
        """
        if self._to_keyring(name, secret):
            self._write_without(name)
            return "keyring"
        self._write({**self._in_file(), name: secret})
        return "file"

    def delete(self, name: str) -> bool:
        """Drop a secret, wherever it is; False where the keyring would not say."""
        dropped = self._off_keyring(name)
        self._write_without(name)
        return dropped

    def _asked(self, act: Callable[[Keyring], Answer], failing: Answer) -> Answer:
        """What the keyring answers; `failing` where there is none, or it fails."""
        if self.keyring is None:
            return failing
        from keyring.errors import KeyringError

        try:
            return act(self.keyring)
        except (KeyringError, OSError):
            return failing

    def _from_keyring(self, name: str) -> str | None:
        return self._asked(lambda ring: ring.get_password(SERVICE, name), None)

    def _off_keyring(self, name: str) -> bool:
        def drop(ring: Keyring) -> bool:
            from keyring.errors import PasswordDeleteError

            try:
                ring.delete_password(SERVICE, name)
            except PasswordDeleteError:
                # It was not there; or whoever was asked refused.
                return ring.get_password(SERVICE, name) is None
            return True

        return self._asked(drop, self.keyring is None)

    def _to_keyring(self, name: str, secret: str) -> bool:
        """Keep it there; False where that was not to be, read back as it was given."""

        def keep(ring: Keyring) -> bool:
            from keyring.errors import KeyringLocked

            try:
                ring.set_password(SERVICE, name, secret)
                return ring.get_password(SERVICE, name) == secret
            except KeyringLocked as error:
                raise SettingsError("the keyring", LOCKED) from error

        return self._asked(keep, failing=False)

    # --- the file

    def _in_file(self) -> dict[str, str]:
        try:
            with self.file.open("rb") as opened:
                found = json.loads(opened.read(FILE_MAX))
        except FileNotFoundError:
            return {}
        except OSError as error:
            reason = f"cannot be read ({error.strerror}); see to its permissions"
            raise SettingsError(str(self.file), reason) from error
        except (ValueError, RecursionError):
            # Raised without its cause, which quotes what it could not read.
            reason = "is damaged; remove it, and log in again"
            raise SettingsError(str(self.file), reason) from None
        if not isinstance(found, dict):
            raise SettingsError(str(self.file), "is damaged; remove it, and log in")
        return {name: value for name, value in found.items() if isinstance(value, str)}

    def _write_without(self, name: str) -> None:
        kept = self._in_file()
        if kept.pop(name, None) is not None:
            self._write(kept)

    def _write(self, secrets: Mapping[str, str]) -> None:
        """Put a new file in place of the old: its owner's alone from the first byte."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            whole.replace(self.file, json.dumps(secrets, indent=1), 0o600)
        except OSError as error:
            reason = f"cannot be written ({error.strerror})"
            raise SettingsError(str(self.file), reason) from error


def secrets_of(paths: Paths) -> Secrets:
    """Where this user's secrets are kept on this system."""
    # Brings D-Bus and its like: 110 ms, for those alone who have a password to keep.
    import keyring
    from keyring.backends import fail, null

    found = keyring.get_keyring()
    none = isinstance(found, fail.Keyring | null.Keyring)
    return Secrets(paths.secrets_file, None if none else found)
