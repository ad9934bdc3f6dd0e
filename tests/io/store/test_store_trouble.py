"""A database that cannot be used: one clear line each, and nothing lost."""

import os
import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.errors import StoreError
from reader.model import Attribution
from reader.store import Poll, Store

if TYPE_CHECKING:
    from tests.io.store.conftest import World

WRITES: dict[str, Callable[["World"], object]] = {
    "add_feed": lambda w: w.feed("New"),
    "update_feed": lambda w: w.store.update_feed(1, title="x"),
    "hide_feeds": lambda w: w.store.hide_feeds([1], w.now),
    "lease": lambda w: w.store.lease("me", w.now, w.now),
    "release": lambda w: w.store.release("me"),
    "save_poll": lambda w: w.store.save_poll(Poll(1, w.now)),
    "save_reading": lambda w: w.store.save_reading(
        1, Attribution("original"), None, None, None, "", w.now
    ),
    "save_verdict": lambda w: w.store.save_verdict(1, Attribution("original")),
    "mark": lambda w: w.store.mark([1], read=True, by="me", now=w.now),
    "undo": lambda w: w.store.undo(w.now),
    "redo": lambda w: w.store.redo(w.now),
    "purge": lambda w: w.store.purge(w.now),
    "expire": lambda w: w.store.expire(w.now, 1, 1),
    "set_setting": lambda w: w.store.set_setting("a", "b"),
}


class TestLocked:
    @pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
    def test_writing(self, world: "World", write: Callable[["World"], object]) -> None:
        """
        Every method that writes says that somebody else is writing, and can be tried
        again when they are done.
        """
        world.entry()
        other = sqlite3.connect(world.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError) as caught:
            write(world)
        other.execute("ROLLBACK")
        other.close()
        write(world)

        advice = "is locked by another program; close it, or try again"
        assert str(caught.value) == f"{world.path}: {advice}"

    def test_reading_goes_on(self, world: "World") -> None:
        """
        Nobody who reads waits for one who writes, not even one who looks for words.
        """
        feed = world.feed()
        poll = Poll(feed.id, world.now, new=(world.polled("a", text="ferry"),))
        world.store.save_poll(poll, index=False)
        other = sqlite3.connect(world.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        meanwhile = (world.titles(world.found("")), world.found("ferry"))
        other.close()
        world.store.catch_up()

        assert meanwhile == (["Title of a"], [])
        assert world.titles(world.found("ferry")) == ["Title of a"]


class TestOpening:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"this is no database, it only looks like a file" * 30, "is no database"),
            (b"SQLite format 3\0" + b"\0" * 5_000, "is no database|is damaged"),
        ],
        ids=["text", "zeros"],
    )
    def test_no_database(self, tmp_path: Path, content: bytes, reason: str) -> None:
        """
        What is no database is left as it is, and the line says what can be done.
        """
        path = tmp_path / "firsthand.db"
        path.write_bytes(content)

        with pytest.raises(StoreError, match=reason):
            Store(path)

        assert path.read_bytes() == content

    def test_of_another_program(self, tmp_path: Path) -> None:
        """
        Another program's database is not touched.
        """
        path = tmp_path / "firsthand.db"
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE theirs(a)")
        other.close()

        with pytest.raises(StoreError, match="another program’s database"):
            Store(path)
        again = sqlite3.connect(path)
        tables = again.execute("SELECT name FROM sqlite_master").fetchall()
        again.close()

        assert tables == [("theirs",)]

    def test_newer(self, world: "World") -> None:
        """
        A file of a newer version is not touched by an older program.
        """
        world.connection.execute("PRAGMA user_version = 99")

        with pytest.raises(StoreError, match="written by a newer Firsthand"):
            Store(world.path)

    def test_folder_is_a_file(self, tmp_path: Path) -> None:
        """
        A place where nothing can be made is named, with the system's reason.
        """
        (tmp_path / "data").write_text("")

        with pytest.raises(StoreError, match="cannot be opened: "):
            Store(tmp_path / "data" / "firsthand.db")

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_read_only_folder(self, tmp_path: Path) -> None:
        """
        A folder that cannot be written is told in one line.
        """
        folder = tmp_path / "data"
        folder.mkdir(mode=0o500)

        with pytest.raises(StoreError, match="cannot be opened: Permission denied"):
            Store(folder / "firsthand.db")

    def test_private(self, world: "World") -> None:
        """
        What somebody reads is nobody else's business: file and folder are theirs.
        """
        modes = [
            stat.S_IMODE(path.stat().st_mode)
            for path in (world.path.parent, *world.path.parent.iterdir())
        ]

        assert modes[0] == 0o700
        assert set(modes[1:]) == {0o600}

    def test_as_it_must_be(self, world: "World") -> None:
        """
        Every connection writes a log, through to the disk, and leaves no orphans.
        """
        asked = ("journal_mode", "synchronous", "foreign_keys")
        found = [world.connection.execute(f"PRAGMA {a}").fetchone()[0] for a in asked]

        assert found == ["wal", 2, 1]

    def test_twice_at_once(self, tmp_path: Path) -> None:
        """
        Many that open a new file at the same time all get a whole one.
        """
        path = tmp_path / "firsthand.db"

        def opened(_: int) -> str | None:
            store = Store(path)
            store.set_setting("a", "b")
            fault = store.check()
            store.close()
            return fault

        with ThreadPoolExecutor(8) as pool:
            faults = list(pool.map(opened, range(8)))

        assert faults == [None] * 8


class TestTransaction:
    def test_what_breaks_off_leaves_nothing(self, world: "World") -> None:
        """
        A bug in the middle of writing takes back what was written before it.
        """
        added = "INSERT INTO setting(key, value) VALUES('a', 'b')"

        with suppress(ZeroDivisionError), world.store._writing() as connection:
            connection.execute(added)
            raise ZeroDivisionError

        assert world.store.get_setting("a") is None
        assert not world.connection.in_transaction


class TestReadOnly:
    def test_writing(self, world: "World") -> None:
        """
        A database that cannot be written can be read, and says why it is not written.
        """
        entry = world.entry()
        world.connection.execute("PRAGMA query_only = 1")

        with pytest.raises(StoreError, match="file or folder is read-only"):
            world.store.mark([entry], read=True, by="me", now=world.now)

        assert world.found("unread") == [entry]


class TestDamaged:
    def test_told(self, world: "World") -> None:
        """
        Damage within the file is found by the check and told where it is met.
        """
        last = world.connection.execute("PRAGMA page_count").fetchone()[0]
        feed = world.feed()
        world.save(feed, *(world.polled(str(n), text="x " * 99) for n in range(200)))
        assert world.store.check() is None
        world.store.close()
        size = world.path.stat().st_size
        with world.path.open("r+b") as file:
            file.seek(8192 * last)  # behind the pages that describe the tables
            file.write(b"\xff" * (size - 8192 * (last + 3)))

        world.store = Store(world.path)
        fault = world.store.check()

        assert fault is not None
        assert "damaged" in fault
        with pytest.raises(StoreError, match="is damaged"):
            world.titles(world.found(""))


class TestThreads:
    def test_each_its_own(self, world: "World") -> None:
        """
        Many threads read and write at once; everyone's work is kept.
        """
        patient = Store(world.path, patience=30.0)
        feed = world.feed()

        def work(number: int) -> int:
            new = tuple(world.polled(f"{number}-{n}", text="ferry") for n in range(20))
            saved = patient.save_poll(Poll(feed.id, world.now, new=new))
            patient.mark(saved.new_ids[:10], read=True, by="me", now=world.now)
            return len(patient.rows(saved.new_ids))

        with ThreadPoolExecutor(6) as pool:
            seen = list(pool.map(work, range(12)))
        patient.close()

        assert seen == [20] * 12
        assert (len(world.found("read")), len(world.found("ferry"))) == (120, 240)
        assert world.index_is_sound()

    def test_closed_for_all(self, world: "World") -> None:
        """
        Closing leaves no side file behind, whichever threads had asked.
        """
        with ThreadPoolExecutor(1) as pool:
            pool.submit(world.store.feeds).result()
        world.store.feeds()

        world.store.close()

        assert [path.name for path in world.path.parent.iterdir()] == ["firsthand.db"]
