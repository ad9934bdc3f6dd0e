"""Filters over the whole way: as entries come, once their publisher is known, asked."""

from dataclasses import replace

import pytest

from reader.services import Services, doctor, filters, marks, poll, subscribe
from reader.settings import Filter
from reader.store import Ids
from tests.services.played import PlayedWeb, item

pytestmark = pytest.mark.anyio
FEED = "https://relay.example/feed"
PAPER = "https://paper.example/ferry-sold"


def found(services: Services, text: str) -> Ids:
    from reader import query

    return services.store.ids(query.parse(text, services.now(), services.zone))


def filtering(services: Services, *wanted: Filter) -> Services:
    return replace(services, filters=wanted)


async def refreshed(services: Services, resolve: poll.Resolve = "stubs") -> None:
    async for _ in poll.refresh(services, force=True, resolve=resolve):
        pass


class TestAsTheyCome:
    async def test_with_a_new_feed_and_in_a_poll(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        What comes with a subscription is filtered, and what later polls bring.
        """
        services = filtering(
            built,
            Filter("title:ferry", mark_read=True, tag="sea"),
            Filter("older:3d", hide=True),
        )
        web.feed(FEED, item("A ferry", "https://relay.example/1"))
        await subscribe.add(services, FEED)
        web.feed(
            FEED,
            item("Two ferries", "https://relay.example/3"),
            item("Ferry again", "https://relay.example/2"),
            item("A ferry", "https://relay.example/1"),
        )
        await refreshed(services, resolve="none")

        assert len(found(services, "read #sea")) == 2
        assert len(found(services, "unread")) == 1

    async def test_one_that_is_too_slow_is_told(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        A filter that a poll passed over is told by the doctor, until it was applied.
        """
        slow = Filter("/(a|aa)+$/", name="Slow", hide=True)
        services = filtering(built, Filter("title:ferry", mark_read=True), slow)
        web.feed(FEED, item(f"{'a' * 60}!", "https://relay.example/1"))
        await subscribe.add(services, FEED)
        (told,) = [one for one in doctor.check(services) if one.name == "filter"]

        assert not told.ok
        assert told.message.startswith("Slow, too slow, was passed over: “/(a|aa)+$/”")
        assert told.fix is not None
        assert "`firsthand rules apply`" in told.fix

        mended = filtering(built, Filter("a", name="Slow", hide=True))
        await filters.apply(mended)

        assert filters.passed_over(mended) == filters.passed_over(services) == {}

    async def test_one_that_is_too_slow_for_what_becomes_known(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        It is told, too, when it is the article that it takes too long for.
        """
        stub = "https://relay.example/p/1"
        slow = Filter("/^(a|aa)+b?$/", name="Slow", hide=True)
        told = f'<p>This post was originally published on <a href="{PAPER}">'
        told += "The Paper</a></p><p>You will shortly be re-directed to it</p>"
        web.feed(FEED, item("Ferry sold", stub, told), home="https://relay.example/")
        web.put(stub, f"<h1>Ferry sold</h1>{told}")
        text = f"<p>{'a' * 80}!</p>"
        page = f"<title>Ferry sold</title><article><h1>Ferry sold</h1>{text * 9}"
        web.put(PAPER, f"{page}</article>")
        services = filtering(built, slow)
        await subscribe.add(services, FEED)
        before = filters.passed_over(services)
        await refreshed(services)

        assert before == {}
        assert list(filters.passed_over(services)) == ["Slow"]

    async def test_when_the_publisher_is_known(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        A filter by publisher applies when the trail has led there.
        """
        services = filtering(built, Filter("publisher:paper", star=True))
        stub, text = "https://relay.example/p/1", "The ferry was sold twice. " * 40
        told = f'<p>This post was originally published on <a href="{PAPER}">'
        told += "The Paper</a></p><p>You will shortly be re-directed to it</p>"
        web.feed(FEED, item("Ferry sold", stub, told), home="https://relay.example/")
        web.put(stub, f"<h1>Ferry sold</h1>{told}")
        named = "<meta property='og:site_name' content='The Paper'>"
        page = f"<title>Ferry sold</title>{named}<article><h1>Ferry sold</h1>"
        web.put(PAPER, f"{page}<p>{text}</p></article>")
        await subscribe.add(services, FEED)
        assert len(found(services, "starred")) == 0
        await refreshed(services)

        assert len(found(services, "starred resolved")) == 1


class TestOnRequest:
    async def test_tried_out_and_applied(self, built: Services, web: PlayedWeb) -> None:
        """
        A test changes nothing, applying changes, and undo takes all of it back.
        """
        web.feed(
            FEED,
            item("A ferry", "https://relay.example/1"),
            item("A bus", "https://relay.example/2"),
        )
        await subscribe.add(built, FEED)
        services = filtering(built, Filter("title:ferry", hide=True, name="Sea"))
        tested = await filters.try_out(services)

        assert tested.seen == 2
        assert [one.filter.title for one in tested.outcomes] == ["Sea"]
        assert len(found(services, "")) == 2
        action, outcomes = await filters.apply(services)
        assert (action.count, outcomes[0].effect.marked) == (1, {"hidden": 1})
        assert len(found(services, "")) == 1
        await marks.undo(services)
        assert len(found(services, "")) == 2
