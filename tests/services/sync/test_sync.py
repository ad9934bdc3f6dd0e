"""An account and its server: told and heard, on good days."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reader.errors import FetchError
from reader.model import Page, Request
from reader.query import ALL
from reader.services import accounts, marks, poll, subscribe
from reader.services.sync import sync, sync_due
from tests.greader import Greader, Said, as_fetch
from tests.services.played import PlayedWeb, item
from tests.services.synced import RELAY, STUB, Home, states, world

pytestmark = pytest.mark.anyio


class TestExpired:
    async def test_starred_since(self, home: Home, mind: Greader) -> None:
        """
        What has expired here and is starred elsewhere is to be kept after all.
        """
        await home.begin()
        first = next(iter(mind.items.values()))
        home.later(days=60)
        await home.built.write(home.built.store.expire, home.time, 30, None)
        gone = first.title not in home.states()
        first.starred = True
        home.later(days=1)
        await home.sync(whole=True)

        assert gone
        assert home.states()[first.title][1]


class TestFirstSync:
    async def test_feeds_and_entries(self, home: Home, mind: Greader) -> None:
        """
        Subscriptions come with their folders, items with the marks they have there.
        """
        mind.items[min(mind.items)].read = True
        mind.items[max(mind.items)].starred = True
        await home.login()
        done = await home.sync()
        feeds = home.built.store.feeds()

        assert (done.new, done.came) == (3, 2)
        assert {(f.title, f.folder, f.account) for f in feeds} == {
            ("Relay", "News", "rss.example"),
            ("Other", "Uncategorized", "rss.example"),
        }
        assert home.states() == {
            "Item 1": (True, False),
            "Item 2": (False, False),
            "Item 3": (False, True),
        }

    async def test_nothing_goes_out(self, home: Home, mind: Greader) -> None:
        """
        What was only heard is not told back.
        """
        await home.begin()
        await home.sync()

        assert mind.turned == []
        assert home.account.waiting == 0

    async def test_only_news_the_second_time(self, home: Home, mind: Greader) -> None:
        """
        Items that have been here for a while are not fetched again.
        """
        await home.begin()
        mind.clock += 7_200
        await home.sync()
        mind.asked.clear()
        mind.item(mind.feeds[1], "Item 4", "https://relay.example/4")
        done = await home.sync()
        fetched = [form["i"] for path, form in mind.asked if "contents" in path]

        assert done.new == 1
        assert [len(items) for items in fetched] == [1]

    async def test_the_same_first_look(self, home: Home, mind: Greader) -> None:
        """
        A stub that a server brings is noticed as one that a poll brings.
        """
        mind.item(mind.feeds[1], "Ferry sold", "https://relay.example/f", STUB)
        await home.begin()
        verdict = home.rows()["Ferry sold"].attribution

        assert verdict.status == "unchecked"
        assert "originally published" in verdict.reasons[0].text

    async def test_it_can_be_found(self, home: Home) -> None:
        """
        What a server brought is in the search index.
        """
        from reader import query

        await home.begin()
        asked = query.parse("Item 2", home.time, home.built.zone)

        assert len(home.built.store.search(asked)) == 1

    async def test_originals_and_stories(
        self, home: Home, mind: Greader, web: PlayedWeb
    ) -> None:
        """
        A synced stub is followed to its original, and is one story with a local copy.
        """
        url = "https://paper.example/ferry"
        text = "<p>The ferry was sold twice this week, said the harbour master.</p>" * 9
        page = f"<title>Ferry sold</title><article><h1>Ferry sold</h1>{text}</article>"
        web.put(url, page)
        web.put("https://relay.example/f", f"<article>{STUB}</article>")
        web.feed(
            "https://paper.example/rss", item("Ferry sold", url), title="The Paper"
        )
        server = as_fetch(mind)

        async def both(request: Request) -> Page:
            played = request.url.startswith("https://rss.example")
            return await (server(request) if played else web.fetch(request))

        mind.item(mind.feeds[1], "Ferry sold", "https://relay.example/f", STUB)
        home.built = replace(home.built, fetch=both)
        await subscribe.add(home.built, "https://paper.example/rss")
        await home.begin()
        async for _ in poll.refresh(home.built):
            pass
        store = home.built.store
        rows = [r for r in store.rows(store.ids(ALL)) if r.title == "Ferry sold"]
        verdicts = {row.feed.title: row.attribution for row in rows}

        assert verdicts["Relay"].status == "resolved"
        assert verdicts["Relay"].url == url
        assert len({row.story for row in rows}) == 1

    async def test_account_feeds_are_not_polled(self, home: Home) -> None:
        """
        What a server polls is not polled from here, not even when it is named.
        """
        await home.begin()
        ids = tuple(feed.id for feed in home.built.store.feeds())
        steps = [s async for s in poll.refresh(home.built, ids, resolve="none")]

        assert steps[-1].total == 0

    async def test_beside_a_local_feed(self, home: Home, web: PlayedWeb) -> None:
        """
        A feed that is polled from here may be in an account, too.
        """
        web.feed(RELAY, item("A", "https://relay.example/a"))
        over = replace(home.built, fetch=web.fetch)
        await subscribe.add(over, RELAY)
        await home.begin()
        found = [f for f in home.built.store.feeds() if f.url == RELAY]

        assert [feed.account for feed in found].count(None) == 1
        assert len(found) == 2
        assert home.built.store.find_feed(RELAY).account is None


class TestMarks:
    async def test_both_ways(self, home: Home, mind: Greader) -> None:
        """
        What was marked here is marked there, and the other way round.
        """
        await home.begin()
        await home.mark("Item 1", read=True)
        await home.mark("Item 1", starred=True)
        first, second, third = mind.items.values()
        second.read, third.starred = True, True
        done = await home.sync()

        assert (first.read, first.starred) == (True, True)
        assert home.states() == states(mind)
        assert (done.sent, done.marked) == (2, 2)

    async def test_taken_back(self, home: Home, mind: Greader) -> None:
        """
        Marks that were taken off at the server are taken off here.
        """
        first = next(iter(mind.items.values()))
        first.read = first.starred = True
        await home.begin()
        first.read = first.starred = False
        await home.sync()

        assert home.states()["Item 1"] == (False, False)

    async def test_the_last_wish_counts(self, home: Home, mind: Greader) -> None:
        """
        Marked back and forth, a server hears of it once, and of the last.
        """
        await home.begin()
        await home.mark("Item 1", starred=True)
        await home.mark("Item 1", starred=False)
        await home.mark("Item 1", starred=True)
        await home.sync()

        assert [what for what, *_ in mind.turned] == ["starred"]
        assert states(mind) == home.states()

    async def test_undone_in_time(self, home: Home, mind: Greader) -> None:
        """
        What was undone before it was told is as if it had not been.
        """
        await home.begin()
        await home.mark("Item 1", "Item 2", read=True)
        await marks.undo(home.built)
        await home.sync()

        assert mind.turned == []
        assert not any(read for read, _ in home.states().values())

    async def test_undone_too_late(self, home: Home, mind: Greader) -> None:
        """
        What was told and then undone is undone at the server, too.
        """
        await home.begin()
        await home.mark("Item 1", read=True)
        await home.sync()
        await marks.undo(home.built)
        await home.sync()

        assert not next(iter(mind.items.values())).read
        assert home.states() == states(mind)

    async def test_in_order(self, home: Home, mind: Greader) -> None:
        """
        Changes are told in the order in which they were made.
        """
        await home.begin()
        await home.mark("Item 3", read=True)
        await home.mark("Item 1", starred=True)
        await home.mark("Item 2", read=True)
        await home.sync()
        first = min(mind.items)

        assert mind.turned == [
            ("read", first + 2, True),
            ("starred", first, True),
            ("read", first + 1, True),
        ]

    async def test_in_batches(self, tmp_path: Path) -> None:
        """
        Many marks are one batch after another, none too large, each item once.
        """
        mind = world(600)
        home = Home.at(tmp_path / "many", as_fetch(mind))
        await home.begin()
        everything = home.built.store.ids(ALL)
        await marks.mark(home.built, everything, read=True)
        await home.sync()
        sizes = [len(form["i"]) for form in mind.edits()]
        home.built.close()

        assert sizes == [250, 250, 100]
        assert len({number for _, number, _ in mind.turned}) == 600

    async def test_what_is_so_is_not_told(self, home: Home, mind: Greader) -> None:
        """
        A mark that the server has already is not sent: some would turn it over.
        """
        await home.begin()
        next(iter(mind.items.values())).read = True
        await home.mark("Item 1", read=True)
        await home.sync()

        assert mind.turned == []
        assert home.account.waiting == 0

    async def test_a_wish_wins(self, home: Home, mind: Greader) -> None:
        """
        While a mark waits to be told, the server's older word does not undo it.
        """
        await home.begin()

        def refuses(path: str, _: object) -> None:
            if path.endswith("/edit-tag"):
                raise FetchError(path, "no answer in time", "timeout")

        await home.mark("Item 1", read=True)
        mind.faults.append(refuses)
        failed = await home.sync()
        mind.faults.clear()

        assert failed.status == "failed"
        assert home.states()["Item 1"] == (True, False)
        await home.sync()
        assert states(mind) == home.states()

    async def test_marked_while_syncing(self, home: Home, mind: Greader) -> None:
        """
        What is marked in the middle of a sync stays, and is told the next time.
        """
        await home.begin()
        server = as_fetch(mind)
        store = home.built.store

        async def slow(request: Request) -> Page:
            page = await server(request)
            if "ot=" in request.url:
                ids = (home.rows()["Item 2"].id,)
                store.mark(ids, read=True, by="test", now=home.time)
            return page

        await home.sync(slow)

        assert home.states()["Item 2"] == (True, False)
        await home.sync()
        assert states(mind) == home.states()

    async def test_expired_here(self, home: Home, mind: Greader) -> None:
        """
        A mark is told although its entry has expired, and that stays expired.
        """
        await home.begin()
        await home.mark("Item 1", "Item 2", "Item 3", read=True)
        home.built.store.expire(home.time + timedelta(days=1), 0, None)
        await home.sync()
        await home.sync(whole=True)

        assert all(item.read for item in mind.items.values())
        assert home.rows() == {}


class TestTwoHomes:
    async def test_converge(self, home: Home, other: Home, mind: Greader) -> None:
        """
        Two homes that marked the same items otherwise come to agree with the server.
        """
        await home.begin()
        await other.begin()
        await home.mark("Item 1", "Item 2", read=True)
        await home.mark("Item 3", starred=True)
        await other.mark("Item 2", starred=True)
        await other.mark("Item 3", read=True)
        for one in (home, other, home, other):
            await one.sync()

        assert home.states() == other.states() == states(mind)
        assert home.states() == {
            "Item 1": (True, False),
            "Item 2": (True, True),
            "Item 3": (True, True),
        }

    async def test_one_takes_back(self, home: Home, other: Home, mind: Greader) -> None:
        """
        Read in one home, unread again in the other: the later told wins in both.
        """
        await home.begin()
        await other.begin()
        await home.mark("Item 1", read=True)
        await home.sync()
        await other.sync()
        await other.mark("Item 1", read=False)
        await other.sync()
        await home.sync()

        assert home.states() == other.states() == states(mind)
        assert home.states()["Item 1"] == (False, False)

    async def test_one_at_a_time(self, home: Home) -> None:
        """
        An account that another process is syncing is left to it.
        """
        await home.begin()
        store, now = home.built.store.accounts, home.time
        store.lease(home.account, "elsewhere:1:x", now, now + timedelta(minutes=1))
        done = await sync(home.built, home.account)

        assert done.status == "busy"

    async def test_a_dead_one_is_not_waited_for(self, home: Home) -> None:
        """
        What a process that is gone had claimed is taken over at once.
        """
        import os

        await home.begin()
        store, now = home.built.store.accounts, home.time
        owner = f"{os.uname().nodename}:99999999:x"
        store.lease(home.account, owner, now, now + timedelta(minutes=1))

        assert (await sync(home.built, home.account)).status == "ok"


class TestSubscriptions:
    async def test_at_the_server(self, home: Home, mind: Greader) -> None:
        """
        What is added, renamed, moved and dropped there is so here.
        """
        await home.begin()
        mind.feeds[1].title, mind.feeds[1].folder = "Relay renamed", "Wire"
        mind.drop(mind.feeds[2])
        new = mind.feed("https://new.example/feed", "New", "News")
        mind.item(new, "Fresh", "https://new.example/1")
        done = await home.sync()
        feeds = {(f.title, f.folder) for f in home.built.store.feeds()}

        assert (done.came, done.went) == (1, 1)
        assert feeds == {("Relay renamed", "Wire"), ("New", "News")}
        assert "Fresh" in home.rows()

    async def test_from_here(self, home: Home, mind: Greader) -> None:
        """
        What is renamed, moved and dropped here is so there.
        """
        await home.begin()
        store = home.built.store
        relay, other = (
            store.find_feed(RELAY),
            store.find_feed("https://other.example/feed"),
        )
        store.update_feed(relay.id, title="Mine", folder="Wire")
        await subscribe.remove(home.built, (other.id,))
        await home.sync()

        assert [(f.title, f.folder) for f in mind.feeds.values()] == [("Mine", "Wire")]
        assert [(f.title, f.folder) for f in store.feeds()] == [("Mine", "Wire")]

    async def test_changes_that_wait(self, home: Home, mind: Greader) -> None:
        """
        While a change waits to be told, the server's older word does not undo it.
        """
        await home.begin()
        store = home.built.store
        relay, other = (feed.id for feed in store.feeds())

        def fails(path: str, _: object) -> Said | None:
            return Said(b"", 500) if path.endswith("/subscription/edit") else None

        mind.faults.append(fails)
        store.update_feed(relay, title="Mine", folder="Wire")
        await subscribe.remove(home.built, (other,))
        failed = await home.sync()
        here = [(feed.title, feed.folder) for feed in store.feeds()]
        mind.faults.clear()
        await home.sync()

        assert len(failed.notes) == 3
        assert here == [("Mine", "Wire")]
        assert [(f.title, f.folder) for f in mind.feeds.values()] == here
        assert [(feed.title, feed.folder) for feed in store.feeds()] == here

    async def test_out_of_every_folder(self, home: Home, mind: Greader) -> None:
        """
        A feed that is taken out of its folder goes where the server keeps such.
        """
        await home.begin()
        store = home.built.store
        store.update_feed(store.find_feed(RELAY).id, folder="")
        await home.sync()

        assert mind.feeds[1].folder == "Uncategorized"

    async def test_removed_and_had_back(self, home: Home, mind: Greader) -> None:
        """
        A removal that is undone before it was told leaves the server as it was.
        """
        await home.begin()
        feed = home.built.store.find_feed(RELAY)
        await subscribe.remove(home.built, (feed.id,))
        await marks.undo(home.built)
        await home.sync()

        assert len(mind.feeds) == 2
        assert len(home.built.store.feeds()) == 2

    async def test_had_back_too_late(self, home: Home, mind: Greader) -> None:
        """
        One that was told already is subscribed to again, and has its entries here.
        """
        mind.knows[RELAY] = "Relay"
        await home.begin()
        feed = home.built.store.find_feed(RELAY)
        await subscribe.remove(home.built, (feed.id,))
        await home.sync()
        assert len(mind.feeds) == 1
        await marks.undo(home.built)
        await home.sync()

        again = home.built.store.find_feed(RELAY)
        assert (again.id, again.folder) == (feed.id, "News")
        assert again.entries == 3
        assert {f.url for f in mind.feeds.values()} >= {RELAY}

    async def test_a_new_stream_for_it(self, home: Home, mind: Greader) -> None:
        """
        A feed that was dropped and added again there is the same one here.
        """
        await home.begin()
        before = home.built.store.find_feed(RELAY).id
        mind.drop(mind.feeds[1])
        mind.feed(RELAY, "Relay", "News")
        await home.sync()

        assert home.built.store.find_feed(RELAY).id == before


class TestSeveralAccounts:
    async def test_each_to_its_own(self, home: Home, mind: Greader) -> None:
        """
        Two accounts may have items of the same ids; each mark goes to its own server.
        """
        other = world()
        here, there = as_fetch(mind), as_fetch(other, "https://second.example")

        async def both(request: Request) -> Page:
            first = request.url.startswith("https://rss.example")
            return await (here if first else there)(request)

        home.built = replace(home.built, fetch=both)
        await home.login()
        address, secret = "https://second.example", "open sesame"
        await accounts.login(home.built, address, "alice", secret, name="Second")
        assert [d.new async for d in sync_due(home.built)] == [3, 3]
        store = home.built.store
        of_second = [
            row.id
            for row in store.rows(store.ids(ALL))
            if store.feed(row.feed.id).account == "Second"
        ]
        await marks.mark(home.built, of_second, read=True)
        assert [d.sent async for d in sync_due(home.built, force=True)] == [0, 3]

        assert len(of_second) == 3
        assert not any(item.read for item in mind.items.values())
        assert all(item.read for item in other.items.values())

    async def test_the_same_twice(self, home: Home) -> None:
        """
        One user's account at a server is one account, however often logged in.
        """
        assert await home.login() == await home.login()


class TestDue:
    async def test_with_a_feed_that_is_named(self, home: Home, mind: Greader) -> None:
        """
        To refresh a feed of an account is to sync the account, though it is not due.
        """
        await home.begin()
        feed = home.built.store.find_feed(RELAY)
        mind.item(mind.feeds[1], "Item 4", "https://relay.example/4")
        steps = [s async for s in poll.refresh(home.built, (feed.id,))]

        assert [step.new for step in steps if step.new] == [1]
        again = home.built.store.feed(feed.id)
        assert again.last_success == home.time
        assert again.next_poll == home.time + timedelta(minutes=15)

    async def test_with_a_refresh(self, home: Home, mind: Greader) -> None:
        """
        A refresh of everything syncs the accounts that are due, and counts what came.
        """
        await home.login()
        steps = [s async for s in poll.refresh(home.built, resolve="none")]

        assert steps[-1].new == 3
        assert len(home.rows()) == 3

    async def test_not_too_often(self, home: Home, mind: Greader) -> None:
        """
        A server that was just asked is left alone; a while later it is asked again.
        """
        await home.begin()
        mind.asked.clear()
        assert [done async for done in sync_due(home.built)] == []
        home.later(hours=1)
        assert [d.status async for d in sync_due(home.built)] == ["ok"]

    async def test_sooner_with_something_to_tell(
        self, home: Home, mind: Greader
    ) -> None:
        """
        With marks to be told a server is not left alone as long.
        """
        await home.begin()
        home.later(minutes=3)
        assert [done async for done in sync_due(home.built)] == []
        await home.mark("Item 1", read=True)

        assert [done.sent async for done in sync_due(home.built)] == [1]

    async def test_a_clock_that_was_wrong(self, home: Home) -> None:
        """
        A sync that lies in the future was made with a wrong clock: it is due.
        """
        await home.begin()
        home.later(days=-3)

        assert [d.status async for d in sync_due(home.built)] == ["ok"]
