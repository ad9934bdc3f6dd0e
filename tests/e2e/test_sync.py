"""The program and a server: the same script for the played one and for a real one.

FIRSTHAND_TEST_GREADER_URL, _USER and _PASSWORD name a real server. Its account needs
two unread entries; what the script marks it takes back.
"""

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from reader.sync import server_named
from tests.e2e.program import PROGRAM, Program
from tests.greader import Form, Greader, Said, Served

REAL = "FIRSTHAND_TEST_GREADER"
RELAY = "https://relay.example/feed"
TAG = "tagged by firsthand"


@dataclass(frozen=True)
class Server:
    """Where a server is, and who we are there."""

    url: str
    user: str
    password: str


class Homes:
    """Homes of people with an account at one server."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self.server = server

    def home(self, name: str, allowed: bool = True) -> Program:
        """A home whose settings let the server be reached."""
        program = Program(self.folder / name)
        config = program.home / "config" / "firsthand"
        config.mkdir(parents=True)
        host = urlsplit(self.server.url).hostname
        if allowed:
            text = f'[fetch]\nallow_hosts = ["{host}"]\n'
            (config / "config.toml").write_text(text)
        return program

    def logged_in(self, name: str) -> Program:
        """A home that is logged in and has synced."""
        program = self.home(name)
        assert self.login(program).returncode == 0
        done = program.run("sync", "now")
        assert done.returncode == 0, done.stderr
        return program

    def login(self, program: Program) -> subprocess.CompletedProcess[str]:
        """Log a home in; the password goes by stdin."""
        args = ("sync", "login", self.server.url, "--user", self.server.user)
        return subprocess.run(
            [*PROGRAM, *args, "--password-stdin"],
            env=program.environ,
            input=f"{self.server.password}\n",
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


def entries(program: Program) -> dict[str, dict[str, Any]]:
    """Every entry of a home, by its address."""
    return {row["url"]: row for row in program.rows("list", "--json", "--all")}


def marks(program: Program) -> dict[str, tuple[bool, bool]]:
    """What is read and starred in a home, by address."""
    found = entries(program)
    return {url: (row["read"], row["starred"]) for url, row in found.items()}


def sync(*programs: Program) -> None:
    """Sync homes, one after the other."""
    for program in programs:
        done = program.run("sync", "now")
        assert done.returncode == 0, done.stderr


@pytest.fixture
def mind() -> Greader:
    """The played server."""
    made = Greader()
    relay = made.feed(RELAY, "Relay", "News")
    made.feed("https://other.example/feed", "Other")
    for number in range(1, 5):
        made.item(relay, f"Item {number}", f"https://relay.example/{number}")
    return made


@pytest.fixture
def played(mind: Greader) -> Iterator[Served]:
    """The played server on loopback."""
    with Served(mind) as served:
        yield served


@pytest.fixture(params=["played", "real"])
def server(request: pytest.FixtureRequest) -> Server:
    """The played server, and the real one where one is named."""
    if request.param == "played":
        served: Served = request.getfixturevalue("played")
        return Server(served.url, served.mind.user, served.mind.password)
    given = [os.environ.get(f"{REAL}_{name}") for name in ("URL", "USER", "PASSWORD")]
    if not all(given):
        pytest.skip(f"no real server: {REAL}_URL, _USER and _PASSWORD name one")
    return Server(*(value or "" for value in given))


class TestScript:
    def test_two_homes(self, tmp_path: Path, server: Server) -> None:
        """
        First sync, marks and tags both ways, a rename: two homes converge.
        """
        homes = Homes(tmp_path, server)
        one, two = homes.logged_in("one"), homes.logged_in("two")
        assert marks(one) == marks(two)
        unread = [row for row in entries(one).values() if not row["read"]]
        assert len(unread) >= 2, "the account needs two unread entries"
        first, second = unread[:2]

        one.run("mark", str(first["id"]), "--read", "--star")
        sync(one, two)
        assert marks(one) == marks(two)
        assert marks(two)[first["url"]] == (True, True)

        there = entries(two)
        two.run("mark", str(there[second["url"]]["id"]), "--read")
        two.run("mark", str(there[first["url"]]["id"]), "--unstar")
        one.run("mark", str(first["id"]), "--unread")
        sync(two, one, two)
        assert marks(one) == marks(two)
        assert marks(one)[first["url"]] == (False, False)
        assert marks(one)[second["url"]][0]

        (status,) = one.rows("sync", "status", "--json")
        if server_named(status["server"]).labels:
            one.run("tag", str(first["id"]), f"+{TAG}")
            sync(one, two)
            assert TAG in entries(two)[first["url"]]["tags"]
            two.run("tag", str(there[first["url"]]["id"]), f"-{TAG}")
            sync(two, one)
            assert TAG not in entries(one)[first["url"]]["tags"]

        feed = first["feed"]
        one.run("feed", str(feed["id"]), "--title", "Renamed by Firsthand")
        sync(one, two)
        feeds = two.rows("feeds", "--json")
        assert "Renamed by Firsthand" in {row["title"] for row in feeds}
        assert all(row["account"] for row in feeds)

        one.run("mark", str(second["id"]), "--unread")
        one.run("feed", str(feed["id"]), "--title", feed["title"])
        sync(one, two)
        assert marks(one) == marks(two)
        (status,) = one.rows("sync", "status", "--json")
        assert (status["waiting"], status["error"]) == (0, None)


@pytest.fixture
def homes(tmp_path: Path, played: Served) -> Homes:
    """Homes at the played server."""
    server = Server(played.url, played.mind.user, played.mind.password)
    return Homes(tmp_path, server)


class TestPlayed:
    def test_a_kill_in_the_middle(self, homes: Homes, mind: Greader) -> None:
        """
        Killed while the server is told, every mark arrives all the same, and once.
        """
        relay = mind.feeds[1]
        for number in range(5, 601):
            mind.item(relay, f"Item {number}", f"https://relay.example/{number}")
        program = homes.logged_in("one")
        ids = [str(row["id"]) for row in entries(program).values()]
        program.run("mark", *ids, "--read")
        running: list[subprocess.Popen[bytes]] = []

        def kills(path: str, form: Form) -> Said | None:
            if path.endswith("/edit-tag") and len(mind.edits()) == 2:
                mind.faults.clear()
                mind.answer(path, form, f"GoogleLogin auth={mind.auth}")
                os.kill(running[0].pid, signal.SIGKILL)
                return Said(b"", 500)
            return None

        mind.faults.append(kills)
        running.append(subprocess.Popen([*PROGRAM, "sync", "now"], env=program.environ))
        assert running[0].wait(60) == -signal.SIGKILL
        assert len(mind.turned) == 500
        sync(program)

        assert len(mind.turned) == len(set(mind.turned)) == 600
        assert all(item.read for item in mind.items.values())

    def test_offline(self, homes: Homes, mind: Greader, played: Served) -> None:
        """
        With the server away there is one line, reading goes on, and marks are kept.
        """
        program = homes.logged_in("one")
        mind.faults.append(lambda *_: Said(b"", 500))
        row = next(iter(entries(program).values()))
        assert program.run("mark", str(row["id"]), "--read").returncode == 0
        done = program.run("sync", "now")
        status = program.run("sync", "status")

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "1 to be told" in status.stdout
        assert len(entries(program)) == 4
        mind.faults.clear()
        sync(program)
        assert sum(item.read for item in mind.items.values()) == 1

    def test_an_answer_of_fifty_megabytes(self, homes: Homes, mind: Greader) -> None:
        """
        It is refused in one line, and what the server is to be told is kept.
        """
        program = homes.logged_in("one")
        row = next(iter(entries(program).values()))
        program.run("mark", str(row["id"]), "--read")
        huge = Said(b'{"subscriptions": [' + b" " * 50_000_000)
        mind.faults.append(
            lambda path, _: huge if path.endswith("/subscription/list") else None
        )
        done = program.run("sync", "now")

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "bigger than 10 MiB" in done.stderr
        mind.faults.clear()
        sync(program)
        assert len(mind.turned) == 1

    def test_the_password_stays_where_it_is(self, homes: Homes, mind: Greader) -> None:
        """
        It is in one file of the owner's alone, and in nothing that is printed.
        """
        program = homes.home("one")
        told = [homes.login(program)]
        told += [program.run("sync", "now"), program.run("sync", "status", "--json")]
        mind.password, mind.auth = "another", "alice/x"
        told += [program.run("sync", "now"), program.run("sync", "status")]
        told += [program.run("export"), program.run("doctor"), program.run("feeds")]
        said = "".join(done.stdout + done.stderr for done in told)
        holding = [
            file
            for file in program.home.rglob("*")
            if file.is_file() and b"open sesame" in file.read_bytes()
        ]

        assert "sesame" not in said
        assert [file.name for file in holding] == ["secrets.json"]
        assert stat.S_IMODE(holding[0].stat().st_mode) == 0o600

    def test_a_wrong_password(self, homes: Homes, mind: Greader) -> None:
        """
        It is told in one line with what to do, and nothing is kept.
        """
        mind.password = "another"  # noqa: S105
        program = homes.home("one")
        done = homes.login(program)

        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert "API password" in done.stderr
        assert program.run("sync", "status").stdout == ""

    def test_a_host_of_ones_own(self, homes: Homes) -> None:
        """
        A server on one's own network is reached when the settings name it.
        """
        done = homes.login(homes.home("one", allowed=False))

        assert done.returncode == 1
        assert "allow_hosts" in done.stderr

    def test_subscriptions_from_here(self, homes: Homes, mind: Greader) -> None:
        """
        Feeds are added, moved and removed at the server by commands, and by lists.
        """
        program = homes.logged_in("one")
        new, listed = "https://new.example/feed", "https://listed.example/feed"
        mind.knows = {new: "New", listed: "Listed"}
        added = program.run("sync", "add", new, "--folder", "Wire")
        assert added.returncode == 0, added.stderr
        opml = program.home / "list.opml"
        opml.write_text(
            '<opml version="2.0"><body><outline text="Lists"><outline type="rss" '
            f'text="My name" xmlUrl="{listed}"/></outline></body></opml>'
        )
        imported = program.run("sync", "import", str(opml))
        program.run("remove", RELAY)
        sync(program)
        exported = program.run("sync", "export").stdout

        assert imported.returncode == 0, imported.stderr
        assert {(f.url, f.title, f.folder) for f in mind.feeds.values()} == {
            ("https://other.example/feed", "Other", "Uncategorized"),
            (new, "New", "Wire"),
            (listed, "My name", "Lists"),
        }
        assert listed in exported
        assert 'text="Lists"' in exported
        assert RELAY not in exported

    def test_an_address_that_is_no_feed(self, homes: Homes, mind: Greader) -> None:
        """
        What the server cannot subscribe to is told, and exits 1.
        """
        program = homes.logged_in("one")
        done = program.run("sync", "add", "https://nothing.example/")

        assert done.returncode == 1
        assert "is no feed" in done.stderr

    def test_logout(self, homes: Homes, mind: Greader) -> None:
        """
        What is still to be told is not lost by a logout that nobody forced.
        """
        program = homes.logged_in("one")
        row = next(iter(entries(program).values()))
        program.run("mark", str(row["id"]), "--read")
        refused = program.run("sync", "logout")
        sync(program)
        done = program.run("sync", "logout", "--keep")

        assert refused.returncode == 1
        assert "--force" in refused.stderr
        assert done.returncode == 0
        assert len(program.rows("feeds", "--json")) == 2
        assert program.run("sync", "now").returncode == 1
