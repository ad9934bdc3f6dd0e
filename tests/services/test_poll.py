"""The poll: what is due, one feed's trouble, and what is followed afterwards."""

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from reader.errors import FeedError, StoreError
from reader.extract import feed_words
from reader.model import Entry, Feed, Page, Request
from reader.query import ALL
from reader.services import Services, backups, poll, reading, subscribe
from reader.services.poll import EntryAttributed, FeedPolled, Progress
from tests.services.played import NOW, PlayedWeb, item

pytestmark = pytest.mark.anyio
ONE = "https://one.example/feed"
TWO = "https://two.example/feed"
STUB = (
    "<article><h1>Ferry sold</h1><p>This post was originally published on "
    '<a href="https://paper.example/ferry">The Paper</a></p><p>You will shortly be '
    "re-directed to the publisher's website</p></article>"
)
ORIGINAL = (
    '<title>Ferry sold</title><meta property="og:site_name" content="The Paper">'
    "<article><h1>Ferry sold</h1>" + "<p>The ferry was sold twice this week, "
    "and both buyers hold papers for it, said the harbour master.</p>" * 8
)


async def refreshed(services: Services, **how: object) -> list[Progress]:
    """Everything a refresh yields."""
    return [step async for step in poll.refresh(services, **how)]  # type: ignore[arg-type]


async def subscribed(services: Services, web: PlayedWeb) -> None:
    """Two feeds, one entry each."""
    web.feed(ONE, item("A", "https://one.example/a"), title="One")
    web.feed(TWO, item("B", "https://two.example/b"), title="Two")
    for url in (ONE, TWO):
        await subscribe.add(services, url)
    web.asked.clear()


class TestPoll:
    async def test_nothing_is_due(self, built: Services, web: PlayedWeb) -> None:
        """
        Feeds that were just polled are left alone.
        """
        await subscribed(built, web)
        await refreshed(built, resolve="none")

        assert web.urls() == []

    async def test_forced(self, built: Services, web: PlayedWeb) -> None:
        """
        Forced, every feed is asked, conditionally; an unchanged one brings nothing.
        """
        await subscribed(built, web)
        steps = await refreshed(built, force=True, resolve="none")

        assert sorted(web.urls()) == [ONE, TWO]
        assert steps[-1].new == 0
        assert {s.last.status for s in steps if isinstance(s.last, FeedPolled)} == {
            "unchanged"
        }

    async def test_an_unchanged_body(self, built: Services, web: PlayedWeb) -> None:
        """
        A body with the same hash is not parsed, whatever its validators say.
        """
        await subscribed(built, web)
        web.pages[ONE] = replace(web.pages[ONE], headers=(("etag", '"2"'),))
        steps = await refreshed(built, force=True, resolve="none")

        assert {s.last.status for s in steps if isinstance(s.last, FeedPolled)} == {
            "unchanged"
        }
        assert built.store.find_feed(ONE).validators.etag == '"2"'

    async def test_one_fails(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed that fails keeps its entries and title, and stops no other.
        """
        await subscribed(built, web)
        web.put(ONE, "<html>oops", 500)
        web.feed(TWO, item("C", "https://two.example/c"), title="Two")
        steps = await refreshed(built, force=True, resolve="none")
        feed = built.store.find_feed(ONE)

        assert (steps[-1].failed, steps[-1].new) == (1, 1)
        assert (feed.title, feed.entries, feed.failures) == ("One", 1, 1)
        assert "500" in (feed.error or "")

    async def test_a_failure_is_forgotten(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        A feed that answers again has no error any more.
        """
        await subscribed(built, web)
        good = web.pages[ONE]
        web.put(ONE, status=500)
        await refreshed(built, force=True, resolve="none")
        web.pages[ONE] = good
        await refreshed(built, force=True, resolve="none")
        feed = built.store.find_feed(ONE)

        assert (feed.error, feed.failures) == (None, 0)

    async def test_a_fault_of_ours(self, built: Services, web: PlayedWeb) -> None:
        """
        A bug met in one feed leaves a report and a line, and the rest is polled.
        """
        await subscribed(built, web)

        async def broken(request: Request) -> Page:
            if request.url == ONE:
                raise ZeroDivisionError
            return await web.fetch(request)

        steps = await refreshed(
            replace(built, fetch=broken), force=True, resolve="none"
        )
        reports = list(built.paths.crashes.iterdir())

        assert steps[-1].failed == 1
        assert "ZeroDivisionError" in reports[0].read_text()
        assert str(reports[0]) in (built.store.find_feed(ONE).error or "")

    async def test_rhythm_after_an_unchanged_answer(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        An unchanged answer names no entries; the feed is still asked by its rhythm.
        """
        await subscribed(built, web)
        first = built.store.find_feed(ONE).next_poll
        await refreshed(built, force=True, resolve="none")

        assert first is not None
        assert built.store.find_feed(ONE).next_poll == first

    async def test_leased_by_another(self, built: Services, web: PlayedWeb) -> None:
        """
        A feed that somebody else is polling right now is left to them.
        """
        await subscribed(built, web)
        (one, _) = built.store.feeds()
        built.store.lease("another", NOW, NOW + poll.LEASE, (one.id,), False)
        await refreshed(built, force=True, resolve="none")

        assert web.urls() == [TWO]

    async def test_an_entry_that_changed(self, built: Services, web: PlayedWeb) -> None:
        """
        A changed title is an update of the same entry, which keeps its marks.
        """
        await subscribed(built, web)
        ids = built.store.ids(ALL)
        built.store.mark(tuple(ids), read=True, by="test", now=NOW)
        web.feed(ONE, item("A, corrected", "https://one.example/a"), title="One")
        await refreshed(built, force=True, resolve="none")
        rows = built.store.rows(built.store.ids(ALL))

        assert {row.title for row in rows} == {"A, corrected", "B"}
        assert all(row.read for row in rows)


class TestAttribute:
    async def test_a_stub_is_followed(self, built: Services, web: PlayedWeb) -> None:
        """
        A stub in the feed's text is followed to its publisher as part of a refresh.
        """
        link = "https://one.example/stub"
        web.feed(ONE, item("Ferry sold", link, STUB), home="https://one.example/")
        web.put(link, STUB)
        web.put("https://paper.example/ferry", ORIGINAL)
        await subscribe.add(built, ONE)
        await refreshed(built)
        (row,) = built.store.rows(built.store.ids(ALL))

        assert row.attribution.status == "resolved"
        assert row.attribution.url == "https://paper.example/ferry"
        assert row.attribution.publisher == "The Paper"
        assert web.urls() == [ONE, link, "https://paper.example/ferry"]

    async def test_read_once(self, built: Services, web: PlayedWeb) -> None:
        """
        What was read once is read again without the network.
        """
        link = "https://one.example/a"
        web.feed(ONE, item("A", link), home="https://one.example/")
        web.put(link, ORIGINAL)
        await subscribe.add(built, ONE)
        (entry,) = built.store.ids(ALL)
        first = await reading.read(built, entry)
        web.asked.clear()
        second = await reading.read(built, entry)

        assert first.article is not None
        assert second == first
        assert web.urls() == []

    async def test_a_page_out_of_reach(self, built: Services, web: PlayedWeb) -> None:
        """
        Where the page cannot be had the feed's own text is there, and a reason.
        """
        link = "https://one.example/gone"
        web.feed(ONE, item("A", link, "<p>The feed's own words.</p>"))
        web.put(link, "<h1>Gone</h1>", 404)
        await subscribe.add(built, ONE)
        (entry,) = built.store.ids(ALL)
        found = await reading.read(built, entry)

        assert found.article is None
        assert "own words" in found.feed_text.markdown
        assert found.problem or found.attribution.ended


class TestNothingIsLost:
    async def test_offline_is_no_verdict(self, built: Services, web: PlayedWeb) -> None:
        """
        A stub that could not be followed for want of a network is followed later.
        """
        link = "https://one.example/stub"
        web.feed(ONE, item("Ferry sold", link, STUB), home="https://one.example/")
        await subscribe.add(built, ONE)
        await refreshed(built)
        web.put(link, STUB)
        web.put("https://paper.example/ferry", ORIGINAL)
        later = replace(built, now=lambda: NOW + timedelta(days=1))
        await refreshed(later)
        (row,) = built.store.rows(built.store.ids(ALL))

        assert row.attribution.status == "resolved"

    async def test_a_write_outlives_who_asked_for_it(self, built: Services) -> None:
        """
        What waits behind another write is written, though nobody waits for it any more.
        """
        go = threading.Event()
        first = asyncio.create_task(built.write(go.wait))
        second = asyncio.create_task(built.write(built.store.set_setting, "a", "b"))
        await asyncio.sleep(0)
        second.cancel()
        go.set()
        await first
        built._writer.submit(lambda: None).result()

        assert built.store.get_setting("a") == "b"

    async def test_a_copy_every_week(self, built: Services, web: PlayedWeb) -> None:
        """
        A refresh of a store that is older than a day leaves the week's copy behind.
        """
        await subscribed(built, web)
        began = (built.now() - timedelta(days=2)).isoformat()
        built.store.set_setting(backups.BEGAN, began)
        await refreshed(built, force=True, resolve="none")

        assert [found.kind for found in backups.every(built.paths)] == ["weekly"]

    async def test_a_refresh_left_in_the_middle(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        Who stops listening to a refresh leaves no feed leased.
        """
        await subscribed(built, web)
        steps = poll.refresh(built, force=True, resolve="none")
        async for step in steps:
            if step.done:
                break
        await steps.aclose()
        again = await refreshed(built, force=True, resolve="none")

        assert again[-1].total == 2

    async def test_a_long_refresh_keeps_its_leases(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        Leases are renewed while a poll goes on, however long it takes.
        """
        await subscribed(built, web)
        clock = [NOW]
        slow = replace(
            built,
            now=lambda: clock[0],
            settings=replace(
                built.settings, poll=replace(built.settings.poll, workers=1)
            ),
        )
        seen: list[int] = []
        async for step in poll.refresh(slow, force=True, resolve="none"):
            clock[0] += poll.LEASE * 0.8
            if step.done < step.total:
                other = built.store.lease("b", clock[0], clock[0], None, False)
                seen.append(len(other))

        assert seen[-1] == 0

    async def test_one_entry_that_breaks_us(
        self, built: Services, web: PlayedWeb, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A fault met in one entry costs that entry its first look, and nothing else.
        """

        def broken(entry: Entry) -> str:
            if entry.title == "Bad":
                raise ZeroDivisionError
            return feed_words(entry)

        monkeypatch.setattr("reader.extract.feed_words", broken)
        bad, good = (
            item("Bad", "https://one.example/b"),
            item("Good", "https://one.example/g"),
        )
        web.feed(ONE, bad, good, home="https://one.example/")
        await subscribe.add(built, ONE)
        rows = built.store.rows(built.store.ids(ALL))

        assert {row.title: row.attribution.status for row in rows} == {
            "Bad": "unchecked",
            "Good": "original",
        }

    async def test_one_entry_that_breaks_the_way_to_its_original(
        self, built: Services, web: PlayedWeb, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A fault met on the way of one entry is told of it; the others are followed.
        """
        seen: list[int] = []

        async def broken(services: Services, entry_id: int) -> None:
            seen.append(entry_id)
            raise ZeroDivisionError

        monkeypatch.setattr(poll, "attribute", broken)
        web.feed(ONE, *(item(f"A {n}", f"https://one.example/{n}") for n in range(3)))
        await subscribe.add(built, ONE)
        told = [step.last async for step in poll.refresh(built, resolve="all")]
        errors = [
            one.error for one in told if isinstance(one, EntryAttributed) and one.error
        ]

        assert len(seen) == len(errors) == 3

    async def test_a_page_that_breaks_us(
        self, built: Services, web: PlayedWeb, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A fault met in a page is its entry's problem, and is kept: it is met once.
        """

        async def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("reader.services.attribute.find", broken)
        web.feed(ONE, item("A", "https://one.example/a"))
        await subscribe.add(built, ONE)
        await refreshed(built, resolve="all")
        (entry,) = built.store.ids(ALL)

        assert "a fault in Firsthand" in (built.store.stored(entry).problem or "")

    async def test_a_failure_that_cannot_be_kept(
        self, built: Services, web: PlayedWeb, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A full disk fails each feed, and ends no refresh.
        """
        await subscribed(built, web)

        def full(*_: Any, **__: Any) -> None:
            raise StoreError("firsthand.db", "cannot grow: the disk is full")

        monkeypatch.setattr(type(built.store), "save_poll", full)
        steps = await refreshed(built, force=True, resolve="none")

        assert steps[-1].failed == 2


class TestErrors:
    async def test_a_feed_of_garbage(self, built: Services, web: PlayedWeb) -> None:
        """
        A subscribed feed that turns to garbage is told in words, and keeps its entries.
        """
        await subscribed(built, web)
        web.put(ONE, b"\x00\xff garbage")
        steps = await refreshed(built, force=True, resolve="none")
        errors = [s.last.error for s in steps if isinstance(s.last, FeedPolled)]

        assert [type(e) for e in errors if e] == [FeedError]
        assert built.store.find_feed(ONE).entries == 1


class TestAhead:
    async def test_unread_entries(self, built: Services, web: PlayedWeb) -> None:
        """
        Where the settings say so, a refresh fetches the articles of unread entries;
        afterwards they are shown without a network.
        """
        await subscribed(built, web)
        web.put("https://one.example/a", ORIGINAL)
        web.put("https://two.example/b", ORIGINAL)
        first, second = built.store.ids(ALL)
        built.store.mark([second], read=True, by="reader", now=NOW)
        reading_settings = replace(built.settings.reading, fetch_ahead=True)
        eager = replace(
            built, settings=replace(built.settings, reading=reading_settings)
        )
        await refreshed(built)
        before = web.urls()
        await refreshed(eager)
        web.pages.clear()
        shown = await reading.read(eager, first)

        assert before == []
        assert shown.article is not None
        assert not built.store.stored(second).fetched

    async def test_bounded(
        self, built: Services, web: PlayedWeb, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        No refresh fetches more ahead than its bound, nor anything when told not to.
        """
        await subscribed(built, web)
        reading_settings = replace(built.settings.reading, fetch_ahead=True)
        eager = replace(
            built, settings=replace(built.settings, reading=reading_settings)
        )
        monkeypatch.setattr(poll, "AHEAD_MOST", 1)
        await refreshed(eager, resolve="none")
        none = web.urls()
        await refreshed(eager)

        assert none == []
        assert len(web.urls()) == 1

    async def test_the_next_ones(self, built: Services, web: PlayedWeb) -> None:
        """
        Entries to be read next are fetched once, not urgently, and not where a feed
        is never followed.
        """
        await subscribed(built, web)
        web.put("https://one.example/a", ORIGINAL)
        ids = tuple(built.store.ids(ALL))
        quiet = built.store.find_feed(TWO)
        built.store.update_feed(quiet.id, follow="never")
        await reading.ahead(built, ids)
        await reading.ahead(built, ids)

        assert web.urls() == ["https://one.example/a"]
        assert not web.asked[0].urgent


class TestTurns:
    async def test_a_hosts_feeds_are_close_together(self) -> None:
        """
        Every feed is polled once; of many hosts, so many take turns as are kept.
        """
        many = poll.TURNS + 1
        sites = [f"https://site{n % many}.example/{n // many}" for n in range(2 * many)]
        given = [Feed(n + 1, url, "") for n, url in enumerate(sites)]
        found = [feed.url for feed in poll.by_turns(given)]

        assert sorted(found) == sorted(sites)
        assert found[: poll.TURNS] == sites[: poll.TURNS]
        assert found[poll.TURNS] == "https://site0.example/1"
        assert found[-2:] == [sites[many - 1], sites[-1]]
