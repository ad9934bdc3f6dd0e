"""Homes that sync with a played server, each with its own store."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader import services, settings
from reader.model import EntryRow, Fetch
from reader.query import ALL
from reader.services import Services, accounts, marks
from reader.services.sync import Synced, sync
from reader.store import Account
from tests.greader import Greader, as_fetch
from tests.services.played import NOW

RELAY = "https://relay.example/feed"
STUB = (
    '<p>This post was originally published on <a href="https://paper.example/ferry">'
    "The Paper</a></p><p>You will shortly be re-directed to the publisher's website</p>"
)


@dataclass
class Home:
    """One home: its services over the server, and a clock that the test moves."""

    built: Services
    time: datetime = NOW

    @classmethod
    def at(cls, folder: Path, fetch: Fetch) -> "Home":
        """A home in a folder, which may have been one before."""
        paths = settings.Paths.under(folder)
        chosen, _ = settings.load(paths)
        rules = settings.load_rules(paths)
        home = cls.__new__(cls)
        home.time = NOW
        home.built = services.build(fetch, paths, chosen, rules, lambda: home.time, UTC)
        return home

    @property
    def account(self) -> Account:
        """The only account."""
        (found,) = self.built.store.accounts.all()
        return found

    async def login(self) -> Account:
        """Log in at the played server."""
        address, secret = "https://rss.example", "open sesame"
        made = await accounts.login(self.built, address, "alice", secret)
        return made.account

    async def begin(self) -> None:
        """Log in, and sync for the first time."""
        await self.login()
        done = await self.sync()
        assert done.status == "ok", done.error

    async def sync(self, fetch: Fetch | None = None, *, whole: bool = False) -> Synced:
        """Sync the account, perhaps over another network."""
        used = replace(self.built, fetch=fetch) if fetch else self.built
        return await sync(used, self.account, whole=whole)

    async def tag(self, title: str, *names: str, has: bool = True) -> None:
        """Tag an entry by its title, or take tags from it."""
        add, remove = (names, ()) if has else ((), names)
        ids = [self.rows()[title].id]
        await marks.tag(self.built, ids, add=add, remove=remove)

    def tags(self) -> dict[str, tuple[str, ...]]:
        """The tags of the entries that have any, by title."""
        return {title: row.tags for title, row in self.rows().items() if row.tags}

    def rows(self) -> dict[str, EntryRow]:
        """Every entry, by title."""
        store = self.built.store
        return {row.title: row for row in store.rows(store.ids(ALL))}

    async def mark(self, *titles: str, **wanted: bool) -> None:
        """Mark entries by their titles."""
        rows = self.rows()
        await marks.mark(self.built, [rows[t].id for t in titles], **wanted)

    def states(self) -> dict[str, tuple[bool, bool]]:
        """What is read and starred here, by title."""
        return {title: (row.read, row.starred) for title, row in self.rows().items()}

    def later(self, **span: int) -> None:
        """Let time go by."""
        self.time += timedelta(**span)


def states(mind: Greader, feeds: Iterable[int] | None = None) -> object:
    """What is read and starred at the server, by title."""
    return {item.title: (item.read, item.starred) for item in mind.items.values()}


def world(count: int = 3) -> Greader:
    """A server with two feeds and some items of the first."""
    mind = Greader()
    relay = mind.feed(RELAY, "Relay", "News")
    mind.feed("https://other.example/feed", "Other")
    for number in range(1, count + 1):
        mind.item(relay, f"Item {number}", f"https://relay.example/{number}")
    return mind


def fetch_of(mind: Greader) -> Fetch:
    """The network of a home."""
    return as_fetch(mind)
