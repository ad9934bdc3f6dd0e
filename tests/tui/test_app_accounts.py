"""Accounts in the reader: a branch of the sidebar, and a word in the status line."""

from dataclasses import replace

import pytest

from reader.model import Attribution, Entry, Feed
from reader.services import Services
from reader.store import Account, Listed, Poll, Polled
from reader.tui.branches import branches
from tests.tui.conftest import Open
from tests.tui.shelf import NOW

pytestmark = pytest.mark.anyio
SITE = "https://relay.example"


def fill(services: Services) -> Account:
    """An account with two feeds in folders, the first with three entries."""
    accounts = services.store.accounts
    made = Account(0, "rss.example", "https://rss.example", "alice", "freshrss")
    account = accounts.add(made, NOW)
    listed = (
        Listed("feed/1", f"{SITE}/feed", "Relay", None, "Coast"),
        Listed("feed/2", "https://b.example/feed", "Other", None, "Wire"),
    )
    accounts.save_subscriptions(account, listed, NOW)
    feed_id = accounts.streams(account)["feed/1"]
    new = tuple(
        Polled(
            Entry(f"{SITE}/{n}", f"Synced {n}", f"{n:016x}"),
            "",
            Attribution("original"),
        )
        for n in (1, 2, 3)
    )
    accounts.save_items((Poll(feed_id, NOW, new=new),), {})
    accounts.note(replace(account, last_sync=NOW), NOW)
    return account


class TestBranches:
    def test_what_is_ours_comes_first(self) -> None:
        """
        Folders polled from here stand before accounts, and apart from theirs.
        """
        feeds = (
            Feed(1, "https://a.example", "A", folder="Coast", account="rss"),
            Feed(2, "https://b.example", "B", folder="Coast"),
            Feed(3, "https://c.example", "C"),
            Feed(4, "https://d.example", "D", folder="Coast", account="rss"),
        )
        found = [
            (b.account, b.folder, [f.id for f in b.feeds]) for b in branches(feeds)
        ]

        assert found == [("", "Coast", [2]), ("", "", [3]), ("rss", "Coast", [1, 4])]
        assert len({branch.key for branch in branches(feeds)}) == 3


class TestSidebar:
    async def test_a_branch(self, running: Open, services: Services) -> None:
        """
        An account is a row with what is unread in it, its folders below, further in.
        """
        fill(services)
        async with running(services) as program:
            side = program.main.sidebar.side[:-2]  # the publishers stand below
            names = [row.name for row in side]
            at = names.index("rss.example")

        assert names[at:] == ["rss.example", "Coast", "Relay", "Wire", "Other"]
        assert [row.depth for row in side[at:]] == [0, 1, 1, 1, 1]
        assert side[at].count == 3
        assert names.index("Coast") < at

    async def test_opened(self, running: Open, services: Services) -> None:
        """
        An account opens as the list of all that is in it, its folder as its part.
        """
        fill(services)
        async with running(services) as program:
            views = program.main.sidebar.views
            account = views["account:rss.example"]
            theirs = views["folder:rss.example\nCoast"]
            ours = views["folder:Coast"]
            counts = [program.main.library.ids(v) for v in (account, theirs, ours)]

        assert [len(ids) for ids in counts[:2]] == [3, 3]
        assert not set(counts[2]) & set(counts[0])

    async def test_closed(self, running: Open, services: Services) -> None:
        """
        A closed account shows one row, and the cursor stays on it.
        """
        fill(services)
        async with running(services) as program:
            sidebar = program.main.sidebar
            sidebar.key = "account:rss.example"
            assert sidebar.fold(closed=True)
            names = [row.name for row in sidebar.side[:-2]]
            chosen = sidebar.side[sidebar.cursor].name

        assert names[-1] == chosen == "rss.example"

    async def test_out_of_reach(self, running: Open, services: Services) -> None:
        """
        An account that fails has a sign in the sidebar, and the status line says why.
        """
        account = fill(services)
        failing = replace(
            account, last_sync=NOW, error="the login was refused; see there"
        )
        services.store.accounts.note(failing)
        services.store.accounts.tell(account, "title", [("feed/1", "X")], NOW)
        async with running(services) as program:
            sidebar = program.main.sidebar
            row = next(r for r in sidebar.side if r.name == "rss.example")
            told = program.status

        assert row.failing
        assert "rss.example: the login was refused, 1 to tell" in told
        assert "see there" not in told

    async def test_in_step(self, running: Open, services: Services) -> None:
        """
        One that is well is said to be.
        """
        fill(services)
        async with running(services) as program:
            assert "rss.example in step" in program.status

    async def test_why_it_failed(self, running: Open, services: Services) -> None:
        """
        Whoever asks for news is told what is wrong with the account, in plain words.
        """
        fill(services)
        async with running(services) as program:
            await program.press("R")
            await program.until(lambda: not program.app.polling.running)
            told = program.app.said

        assert told == "rss.example: its password is not here any more; log in again"
