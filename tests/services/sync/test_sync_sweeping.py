"""Much marked read at once at a server, and nothing with it that nobody saw."""

from collections.abc import Callable, Sequence

import pytest

from reader.services import marks, sweeping
from reader.sync.servers import SERVERS, Server, server_named
from tests.greader import FIRST, Form, Greader, Said, Stored
from tests.services.synced import Home

pytestmark = pytest.mark.anyio
EDITS = 2
"""How many items one request edits in these tests."""
MANY = sweeping.WORTH * EDITS + 1


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, server_named("freshrss"))


def use(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Make the played server one of a kind, with small requests."""
    from dataclasses import replace

    small = replace(server, edits=EDITS)
    monkeypatch.setattr("reader.services.accounts.server_named", lambda _: small)


@pytest.fixture
def mind() -> Greader:
    """A server with two folders; what is in them came two hours ago."""
    made = Greader()
    made.feed("https://relay.example/feed", "Relay", "News")
    made.feed("https://wire.example/feed", "Wire", "News")
    made.feed("https://other.example/feed", "Other", "More")
    for number in range(1, MANY + 1):
        for feed in made.feeds.values():
            made.item(feed, f"{feed.title} {number}", f"{feed.url}/{number}")
    made.clock = FIRST / 1_000_000 + 7_200
    return made


async def read(home: Home, *feeds: str) -> None:
    """Mark every entry of some feeds read here."""
    rows = [row.id for t, row in home.rows().items() if t.partition(" ")[0] in feeds]
    await marks.mark(home.built, rows, read=True)


def swept(mind: Greader) -> list[str]:
    """The streams that were marked read as a whole."""
    done = (form["s"][0] for p, form in mind.asked if p.endswith("/mark-all-as-read"))
    return [stream.rpartition("/")[2] for stream in done]


def unread(mind: Greader) -> set[str]:
    """The titles of what is unread at the server."""
    return {item.title for item in mind.items.values() if not item.read}


def of(mind: Greader, *feeds: str) -> list[Stored]:
    """The items of some feeds."""
    return [i for i in mind.items.values() if i.title.partition(" ")[0] in feeds]


EVERYTHING = ("Relay", "Wire", "Other")


class TestSweep:
    @pytest.mark.parametrize(
        ("feeds", "streams"),
        [
            (EVERYTHING, ["reading-list"]),
            (("Relay", "Wire"), ["News"]),
            (("Relay",), ["1"]),
            (("Relay", "Other"), ["More", "1"]),
        ],
        ids=["everything", "a folder", "a feed", "a feed and a folder"],
    )
    async def test_whole(
        self, home: Home, mind: Greader, feeds: Sequence[str], streams: list[str]
    ) -> None:
        """
        What is read as a whole is told as a whole, and nothing besides is marked.
        """
        await home.begin()
        await read(home, *feeds)
        done = await home.sync()

        assert swept(mind) == streams
        assert mind.edits() == []
        assert done.sent == len(feeds) * MANY
        assert unread(mind) == {i.title for i in mind.items.values()} - {
            i.title for i in of(mind, *feeds)
        }
        assert home.account.waiting == 0

    async def test_few(self, home: Home, mind: Greader) -> None:
        """
        What a few requests mark one by one is marked one by one.
        """
        await home.begin()
        await home.mark(*(f"Relay {n}" for n in range(1, MANY)), read=True)
        await home.sync()

        assert swept(mind) == []
        assert unread(mind) & {i.title for i in of(mind, "Relay")} == {f"Relay {MANY}"}

    async def test_one_that_is_kept_unread(self, home: Home, mind: Greader) -> None:
        """
        A feed with one entry that is to stay unread is not told as a whole.
        """
        await home.begin()
        await read(home, *EVERYTHING)
        await home.mark("Relay 3", read=False)
        await home.sync()

        assert swept(mind) == ["More", "2"]
        assert unread(mind) == {"Relay 3"}

    async def test_one_that_nobody_saw(self, home: Home, mind: Greader) -> None:
        """
        An item that came to the server since is not marked, nor its feed swept.
        """
        await home.begin()
        await read(home, *EVERYTHING)
        mind.item(mind.feeds[1], "New", "https://relay.example/new")
        await home.sync()

        assert "1" not in swept(mind)
        assert unread(mind) == {"New"}

    async def test_one_that_comes_meanwhile(self, home: Home, mind: Greader) -> None:
        """
        An item that comes between the list and the sweep is not marked.
        """
        await home.begin()
        await read(home, *EVERYTHING)

        def comes(path: str, _: Form) -> None:
            if path.endswith("/mark-all-as-read"):
                mind.faults.clear()
                mind.item(mind.feeds[1], "New", "https://relay.example/new")

        mind.faults.append(comes)
        await home.sync()

        assert swept(mind) == ["reading-list"]
        assert unread(mind) == {"New"}

    async def test_what_is_hidden_there(self, home: Home, mind: Greader) -> None:
        """
        Unread items that a server counts and does not list keep it from being swept.
        """
        await home.begin()
        await read(home, *EVERYTHING)

        def counts(path: str, _: Form) -> Said | None:
            if not path.endswith("/unread-count"):
                return None
            count = b'{"unreadcounts":[{"id":"feed/%d","count":%d}]}'
            return Said(count % (1, 3 * MANY + 1))

        mind.faults.append(counts)
        await home.sync()

        assert swept(mind) == []
        assert unread(mind) == set()

    async def test_what_came_just_now(self, home: Home, mind: Greader) -> None:
        """
        What came within the hour is marked one by one: more may come beside it.
        """
        mind.clock = FIRST / 1_000_000 + 1_800
        await home.begin()
        await read(home, *EVERYTHING)
        await home.sync()

        assert swept(mind) == []
        assert unread(mind) == set()

    @pytest.mark.parametrize("name", [s.name for s in SERVERS if not s.dated])
    async def test_servers_that_go_by_other_times(
        self,
        home: Home,
        mind: Greader,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
    ) -> None:
        """
        Where it is not known to be safe everything is marked one by one.
        """
        use(monkeypatch, server_named(name))
        await home.begin()
        await read(home, *EVERYTHING)
        await home.sync()

        assert swept(mind) == []
        assert unread(mind) == set()

    @pytest.mark.parametrize("path", ["/unread-count", "/mark-all-as-read"])
    async def test_a_server_that_cannot(
        self, home: Home, mind: Greader, path: str
    ) -> None:
        """
        A server that refuses to count or to sweep is told of each item by itself.
        """
        await home.begin()
        await read(home, *EVERYTHING)
        mind.faults.append(lambda asked, _: Said(b"", 404) if path in asked else None)
        done = await home.sync()

        assert (done.status, done.sent) == ("ok", 3 * MANY)
        assert unread(mind) == set()

    @pytest.mark.parametrize(
        "fault",
        [
            lambda path, _: Said(b"", 500) if "mark-all" in path else None,
            lambda path, _: Said(b"", 500) if "unread-count" in path else None,
        ],
        ids=["the sweep", "the count"],
    )
    async def test_that_fails(
        self, home: Home, mind: Greader, fault: Callable[[str, Form], Said | None]
    ) -> None:
        """
        A sweep that fails loses nothing: all of it is told the next time.
        """
        await home.begin()
        await read(home, *EVERYTHING)
        mind.faults.append(fault)
        failed = await home.sync()
        waiting = home.account.waiting
        mind.faults.clear()
        await home.sync()

        assert (failed.status, waiting) == ("failed", 3 * MANY)
        assert unread(mind) == set()
        assert home.account.waiting == 0
