"""Where the files of one user live; none is made or looked at here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one user; none of them need exist."""

    config: Path
    data: Path
    cache: Path
    state: Path

    @classmethod
    def default(cls) -> "Paths":
        """Where this system keeps such files (XDG on Linux)."""
        import platformdirs

        name = "firsthand"
        return cls(
            config=platformdirs.user_config_path(name, appauthor=False),
            data=platformdirs.user_data_path(name, appauthor=False),
            cache=platformdirs.user_cache_path(name, appauthor=False),
            state=platformdirs.user_state_path(name, appauthor=False),
        )

    @classmethod
    def under(cls, folder: Path) -> "Paths":
        """All of them in one folder: a throw-away home."""
        return cls(*(folder / name for name in ("config", "data", "cache", "state")))

    @property
    def config_file(self) -> Path:
        """The settings."""
        return self.config / "config.toml"

    @property
    def rules_file(self) -> Path:
        """The user's own additions to the bundled rules."""
        return self.config / "resolve.toml"

    @property
    def filters_file(self) -> Path:
        """What is done by itself to entries that come."""
        return self.config / "filters.toml"

    @property
    def themes(self) -> Path:
        """The user's own themes."""
        return self.config / "themes"

    @property
    def units(self) -> Path:
        """Where this user's systemd has its units."""
        return self.config.parent / "systemd" / "user"

    @property
    def database(self) -> Path:
        """The store."""
        return self.data / "firsthand.db"

    @property
    def backups(self) -> Path:
        """Copies of the store, made weekly and when somebody asks for one."""
        return self.data / "backups"

    @property
    def secrets_file(self) -> Path:
        """Passwords, where this system has no keyring for them."""
        return self.data / "secrets.json"

    @property
    def crashes(self) -> Path:
        """Reports of our own faults."""
        return self.state / "crashes"
