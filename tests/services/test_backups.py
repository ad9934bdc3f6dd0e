"""Copies of the store, and what becomes of a damaged one: nothing is lost silently."""

import asyncio
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from reader import services, settings
from reader.errors import DamagedError, NotFoundError, StoreError
from reader.services import Services, backups, opening
from reader.settings import Paths
from reader.store import Store
from reader.store.presence import Presence, beside
from tests.services.played import NOW, PlayedWeb

PAGE = 8192


class Home:
    """A home with two feeds, whose services are opened again and again."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths.under(folder)
        self.now = NOW
        self.told: list[str] = []
        self._open: list[Services] = []

    def build(self) -> Services:
        """The services, whatever the state of the database."""
        chosen, _ = settings.load(self.paths)
        rules = partial(settings.load_rules, self.paths)
        fetch, clock = PlayedWeb().fetch, lambda: self.now
        return services.build(fetch, self.paths, chosen, rules, clock, UTC)

    def opened(self) -> Services:
        """The services, opened as the program does."""
        made = opening.opened(
            self.build, self.paths, lambda: self.now, self.told.append
        )
        self._open.append(made)
        return made

    def close(self) -> None:
        """Close what is open."""
        while self._open:
            self._open.pop().close()

    def feeds(self) -> list[str]:
        """The addresses of the subscriptions."""
        with closing(Store(self.paths.database)) as store:
            return sorted(feed.url for feed in store.feeds())

    def subscribe(self, *urls: str) -> None:
        """Add feeds."""
        with closing(Store(self.paths.database)) as store:
            for url in urls:
                store.add_feed(url, url, None, "News", self.now)

    def overwrite(self, start: int, data: bytes) -> None:
        """Write over a part of the database's file, as a bad disk does."""
        with self.paths.database.open("r+b") as file:
            file.seek(start)
            file.write(data)


A, B, C = (f"https://{name}.example/feed" for name in "abc")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Home]:
    """A home with two subscriptions."""
    made = Home(tmp_path / "own")
    made.subscribe(A, B)
    yield made
    made.close()


class TestMake:
    def test_is_private_and_whole(self, own: Home) -> None:
        """A copy is its owner's alone, and holds what the store held."""
        made = backups.make(own.opened())
        modes = (stat.S_IMODE(one.stat().st_mode) for one in (made, made.parent))

        assert tuple(modes) == (0o600, 0o700)
        assert [one.file for one in backups.every(own.paths)] == [made]
        with closing(Store(made)) as copy:
            assert [feed.url for feed in copy.feeds()] == [A, B]

    def test_of_a_damaged_store(self, own: Home) -> None:
        """A copy that is not sound is not kept as if it were one."""
        opened = own.opened()
        own.overwrite(PAGE, os.urandom(8 * PAGE))

        with pytest.raises(StoreError):
            backups.make(opened)

        assert backups.every(own.paths) == ()


def week(own: Home, opened: Services) -> Path | None:
    """The week's copy of a store that is a day old."""
    began = (own.now - timedelta(days=1)).isoformat()
    opened.store.set_setting(backups.BEGAN, began)
    return asyncio.run(backups.weekly(opened))


class TestWeekly:
    @pytest.mark.parametrize(
        ("age", "expected"),
        [(0, False), (6, False), (8, True), (-400, True)],
        ids=["now", "six days", "eight days", "from the future"],
    )
    def test_due(self, own: Home, age: int, expected: bool) -> None:
        """A copy a week; one made while the clock was wrong does not count."""
        week(own, own.opened())

        assert backups.due(own.paths, NOW + timedelta(days=age)) is expected

    def test_older_ones_go(self, own: Home) -> None:
        """Two are kept; what somebody asked for is not among those that go."""
        opened = own.opened()
        asked = backups.make(opened)
        for number in range(4):
            own.now = NOW + timedelta(days=8 * number)
            week(own, opened)
        kept = backups.every(own.paths)

        assert [one.kind for one in kept] == ["weekly", "weekly", "asked"]
        assert kept[-1].file == asked
        assert kept[0].at == own.now

    def test_nothing_is_no_reason(self, tmp_path: Path) -> None:
        """Who follows nothing yet has nothing to copy."""
        own = Home(tmp_path / "new")

        assert week(own, own.opened()) is None
        own.close()

    def test_not_on_the_first_day(self, own: Home) -> None:
        """A new store is copied when it is a day old, by a clock that may go back."""
        opened, made = own.opened(), []
        for hours in (0, 23, -500, -470):
            own.now = NOW + timedelta(hours=hours)
            made.append(asyncio.run(backups.weekly(opened)) is not None)

        assert made == [False, False, False, True]


class TestRestore:
    def test_newest_sound_one(self, own: Home) -> None:
        """The newest that is sound is put back; what was there stands beside it."""
        opened = own.opened()
        backups.make(opened)
        own.now += timedelta(minutes=1)
        broken = backups.make(opened)
        broken.write_bytes(b"SQLite format 3\0" + b"\1" * 9_000)
        own.close()
        own.subscribe(C)

        done = backups.restore(own.paths, own.now)

        assert own.feeds() == [A, B]
        assert done.source != broken
        assert done.aside is not None
        with closing(Store(done.aside)) as aside:
            assert [feed.url for feed in aside.feeds()] == [A, B, C]

    def test_not_under_somebodys_hands(self, own: Home) -> None:
        """Nothing is put in the place of a database that is in use."""
        opened = own.opened()
        backups.make(opened)

        with pytest.raises(StoreError, match="in use"):
            backups.restore(own.paths, own.now)

        assert own.feeds() == [A, B]

    def test_other_programs(self, own: Home, tmp_path: Path) -> None:
        """Another program's file is not restored, and the database stays."""
        other = tmp_path / "other.db"
        with closing(sqlite3.connect(other)) as made:
            made.execute("CREATE TABLE theirs(a)")

        with pytest.raises(StoreError, match="no database of Firsthand"):
            backups.restore(own.paths, own.now, other)

        assert own.feeds() == [A, B]

    def test_none(self, own: Home) -> None:
        """Without a backup it says what helps instead."""
        with pytest.raises(NotFoundError, match="no sound backup"):
            backups.restore(own.paths, own.now)


def header(own: Home) -> None:
    """Damage that SQLite sees as it opens the file."""
    own.overwrite(0, b"nothing of the kind" * 10)


def leaves(own: Home) -> None:
    """Damage that only a check of the whole file finds, after a crash."""
    size = own.paths.database.stat().st_size
    with closing(sqlite3.connect(own.paths.database)) as db:
        page = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'state_newest'"
        ).fetchone()[0]
    assert page * PAGE <= size
    own.overwrite((page - 1) * PAGE, b"\xff" * PAGE)
    beside(own.paths.database, "-wal").write_bytes(b"left")


class TestDamaged:
    @pytest.mark.parametrize("damage", [header, leaves])
    def test_a_backup_takes_its_place(
        self, own: Home, damage: Callable[[Home], None]
    ) -> None:
        """A damaged database is set aside and told of; the backup's feeds are back."""
        backups.make(own.opened())
        own.close()
        damage(own)

        own.opened()

        assert own.feeds() == [A, B]
        assert any("was damaged, and is now" in line for line in own.told)
        assert len(list(own.paths.data.glob("firsthand.db.aside-*"))) >= 1

    def test_what_can_be_read_is_carried_over(self, own: Home) -> None:
        """What was subscribed to after the backup is read out of the damaged file."""
        backups.make(own.opened())
        own.close()
        own.subscribe(C)
        leaves(own)

        own.opened()

        assert own.feeds() == [A, B, C]

    def test_without_a_backup(self, own: Home) -> None:
        """Without one a new database is begun, and the old one is kept beside it."""
        leaves(own)
        damaged = own.paths.database.read_bytes()

        own.opened()
        aside = next(own.paths.data.glob("firsthand.db.aside-*[0-9]"))

        assert own.feeds() == [A, B]
        assert aside.read_bytes() == damaged

    def test_nothing_to_rebuild_it_from(self, own: Home) -> None:
        """What no backup and no remainder can replace is left as it is, and told."""
        header(own)
        damaged = own.paths.database.read_bytes()

        with pytest.raises(DamagedError):
            own.opened()

        assert own.paths.database.read_bytes() == damaged

    def test_found_while_at_work(self, own: Home) -> None:
        """What was found damaged is looked at when it is opened the next time."""
        backups.make(own.opened())
        own.close()
        opened = own.opened()
        own.overwrite(PAGE, b"\xff" * PAGE * 20)
        with pytest.raises(StoreError), closing(Store(own.paths.database)) as store:
            store.feeds()
        assert opened.store.uncertain is False
        assert beside(own.paths.database, ".suspect").exists()
        own.close()

        own.opened()

        assert own.feeds() == [A, B]
        assert not beside(own.paths.database, ".suspect").exists()


class TestPresence:
    def test_closed_in_order(self, own: Home) -> None:
        """A database that was closed is not looked at again."""
        assert own.opened().store.uncertain is False

    def test_others_at_work(self, own: Home) -> None:
        """A log that another's at work on is no sign of a crash."""
        own.opened()
        own.subscribe(C)

        assert own.build().store.uncertain is False

    def test_crashed(self, own: Home) -> None:
        """A log that is nobody's was left by a crash; a sound file is opened."""
        beside(own.paths.database, "-wal").write_bytes(b"left")

        opened = own.opened()

        assert opened.store.uncertain
        assert own.told == []

    def test_leases_of_the_dead(self, own: Home) -> None:
        """After a crash nobody waits for feeds that somebody held who is gone."""
        until = own.now + timedelta(minutes=10)
        with closing(Store(own.paths.database)) as store:
            store.lease("dead", own.now, until)
        beside(own.paths.database, "-wal").write_bytes(b"left")

        assert len(own.opened().store.lease("me", own.now, until)) == 2

    def test_one_has_it(self, tmp_path: Path) -> None:
        """Whoever wants it for themselves has it only once nobody else has."""
        file = tmp_path / "x.db"
        with closing(Presence(file)) as mine:
            with closing(Presence(file)) as theirs:
                assert not mine.only()
                assert not theirs.only()
            assert mine.only()


def test_a_moment_is_in_the_name(own: Home) -> None:
    """A copy says when it was made, by the program's own clock."""
    made = backups.make(own.opened())
    found = replace(backups.every(own.paths)[0], size=0)

    assert found == backups.Backup(
        made, "asked", datetime(2026, 2, 5, 12, tzinfo=UTC), 0
    )
