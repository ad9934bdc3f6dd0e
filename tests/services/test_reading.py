"""What is read: fetched once, failures remembered, feeds followed as they are told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from reader.errors import FetchError
from reader.model import Follow, Page, Request
from reader.query import ALL
from reader.services import Services, patience, poll, reading, subscribe
from reader.services.patience import WAITS
from tests.services.played import NOW, PlayedWeb, item

pytestmark = pytest.mark.anyio
FEED = "https://relay.example/feed"
STUB = "https://relay.example/p/1"
PAPER = "https://paper.example/ferry"
SAYS = (
    f'<p>This post was originally published on <a href="{PAPER}">The Paper</a></p>'
    "<p>You will shortly be re-directed to the publisher's website</p>"
)


async def entry_of(services: Services, web: PlayedWeb, text: str = SAYS) -> int:
    """The one entry of a feed, a stub of the paper's unless told otherwise."""
    web.feed(FEED, item("Ferry sold", STUB, text), home="https://relay.example/")
    web.put(STUB, f"<h1>Ferry sold</h1>{text}")
    await subscribe.add(services, FEED)
    web.asked.clear()
    return services.store.ids(ALL)[0]


async def refresh(services: Services) -> None:
    """Poll by force, and follow what is to be followed."""
    async for _ in poll.refresh(services, force=True):
        pass


def at(services: Services, after: timedelta) -> Services:
    """The same services, later."""
    return replace(services, now=lambda: NOW + after)


class TestFailures:
    async def test_not_asked_at_every_opening(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        A page that failed is left alone for longer after each time.
        """
        entry = await entry_of(built, web)
        web.put(PAPER, "later", 503)
        asked = []
        for after in (timedelta(0), timedelta(minutes=9), WAITS[0], WAITS[0] * 2):
            await reading.read(at(built, after), entry)
            asked.append(web.urls().count(PAPER))
        tries = built.store.stored(entry).tries

        assert asked == [1, 1, 2, 2]
        assert tries == 2

    async def test_answers_again(self, built: Services, web: PlayedWeb) -> None:
        """
        A page that answers again is read, and the failures are forgotten.
        """
        entry = await entry_of(built, web)
        web.put(PAPER, "later", 503)
        await reading.read(built, entry)
        web.put(PAPER, "<h1>Ferry sold</h1><article>" + "<p>Two buyers.</p>" * 40)
        found = await reading.read(at(built, WAITS[0]), entry)
        kept = built.store.stored(entry)

        assert found.article is not None
        assert (kept.tries, kept.retry_at) == (0, None)

    async def test_gone_is_gone(self, built: Services, web: PlayedWeb) -> None:
        """
        A page that is gone for good is not asked for again.
        """
        entry = await entry_of(built, web)
        web.put(PAPER, "gone", 410)
        await reading.read(built, entry)
        await reading.read(at(built, timedelta(days=30)), entry)

        assert web.urls().count(PAPER) == 1

    async def test_not_asked_at_every_poll(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        An entry that was followed in vain is no part of the next refresh.
        """
        await entry_of(built, web)
        web.put(PAPER, "later", 503)
        await refresh(built)
        await refresh(at(built, timedelta(days=3)))

        assert web.urls().count(PAPER) == 1

    async def test_time_that_a_failure_took(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        A failed request counts with the time that it took, towards the trail's bound.
        """
        entry = await entry_of(built, web)
        asked: list[Request] = []

        async def fetch(request: Request) -> Page:
            asked.append(request)
            if request.url == STUB:
                error = FetchError(request.url, "no answer", "connect")
                error.elapsed = 19.0
                raise error
            return await web.fetch(request)

        await reading.read(replace(built, fetch=fetch), entry)

        assert [r.timeout for r in asked][1] == pytest.approx(1.0)

    async def test_waits_grow(self) -> None:
        """
        Every wait is longer than the one before, and the last one stays.
        """
        waits = [patience.next_try(tries, NOW) for tries in range(1, 9)]

        assert waits == sorted(waits)
        assert waits[-1] == NOW + WAITS[-1]


class TestFollow:
    @pytest.mark.parametrize(
        ("follow", "text", "fetched"),
        [
            ("auto", SAYS, True),
            ("auto", "Plain news.", False),
            ("never", SAYS, False),
            ("always", "Plain news.", True),
        ],
        ids=["a sign", "no sign", "never", "always"],
    )
    async def test_refresh(
        self, built: Services, web: PlayedWeb, follow: Follow, text: str, fetched: bool
    ) -> None:
        """
        A refresh follows what the feed's own setting says.
        """
        await entry_of(built, web, text)
        (feed,) = built.store.feeds()
        built.store.update_feed(feed.id, follow=follow)
        await refresh(built)

        assert (STUB in web.urls()) is fetched

    async def test_opening(self, built: Services, web: PlayedWeb) -> None:
        """
        What is never followed is read as the feed gave it, unless asked for.
        """
        entry = await entry_of(built, web)
        (feed,) = built.store.feeds()
        built.store.update_feed(feed.id, follow="never")
        found = await reading.read(built, entry)

        assert web.urls() == []
        assert "originally published" in found.feed_text.markdown

        await reading.read(built, entry, again=True)
        assert STUB in web.urls()


class TestWithoutALink:
    async def test_no_page_is_spoken_of(self, built: Services, web: PlayedWeb) -> None:
        """
        Of an entry that came without a link nothing is said of an original's page.
        """
        words = "<p>A note of one line.</p>"
        web.feed(FEED, item("Note", "", words, guid="note-1"), home="")
        await subscribe.add(built, FEED)
        found = await reading.read(built, built.store.ids(ALL)[0])

        assert found.problem == "There is no page of it to be read."
