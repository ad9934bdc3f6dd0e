"""Older files become newer ones, whole or not at all, with a copy put aside first."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.store import Store, schema
from reader.store.connection import connect

if TYPE_CHECKING:
    from tests.io.store.conftest import World

ADDED: schema.Step = ("ALTER TABLE feed ADD COLUMN colour TEXT",)


def migrated(path: Path, steps: Sequence[schema.Step]) -> None:
    with closing(connect(path, 0.0)) as connection:
        schema.migrate(connection, path, steps)


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(feed)")]


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return schema.version(connection)


class TestMigrate:
    def test_from_nothing(self, world: "World") -> None:
        """
        A new file is of the newest version, and nothing is put aside for it.
        """
        assert version(world.path) == len(schema.STEPS)
        assert not list(world.path.parent.glob("*.backup"))

    def test_again(self, world: "World") -> None:
        """
        A file of the newest version is left alone.
        """
        before = world.store.data_version()
        migrated(world.path, schema.STEPS)

        assert world.store.data_version() == before

    def test_step(self, world: "World") -> None:
        """
        An older file goes on with all it had; a copy of it stays beside it, private.
        """
        entry = world.entry(text="ferry")
        found = len(schema.STEPS)

        migrated(world.path, (*schema.STEPS, ADDED))
        copy = schema.backup_path(world.path, found)

        assert "colour" in columns(world.path)
        assert "colour" not in columns(copy)
        assert (version(world.path), version(copy)) == (found + 1, found)
        assert copy.stat().st_mode & 0o777 == 0o600
        assert world.found("ferry") == [entry]
        with closing(Store(copy)) as older:
            assert older.rows([entry]) == world.store.rows([entry])

    def test_step_that_fails(self, world: "World") -> None:
        """
        A migration that cannot be finished leaves the file as it was.
        """
        world.entry()
        broken = (*ADDED, "CREATE TABLE feed(x)")

        with pytest.raises(sqlite3.OperationalError):
            migrated(world.path, (*schema.STEPS, broken))

        assert "colour" not in columns(world.path)
        assert version(world.path) == len(schema.STEPS)
        assert len(world.found("")) == 1

    def test_several_steps(self, tmp_path: Path) -> None:
        """
        A file that is two versions behind takes both steps, from nothing all of them.
        """
        path = tmp_path / "firsthand.db"
        second: schema.Step = ("ALTER TABLE feed ADD COLUMN taste TEXT",)

        migrated(path, (*schema.STEPS, ADDED, second))

        assert {"colour", "taste"} < set(columns(path))
        assert version(path) == len(schema.STEPS) + 2


class TestBackup:
    def test_is_a_store(self, world: "World", tmp_path: Path) -> None:
        """
        A backup taken while the store is open holds everything, and is a store.
        """
        entry = world.entry(text="ferry")
        target = tmp_path / "copy.db"

        world.store.backup(target)
        with closing(Store(target)) as copy:
            rows = copy.rows([entry])

        assert rows == world.store.rows([entry])
