"""Ids exchanged for addresses: one at a time, spaced, and never twice."""

import asyncio
import json
from dataclasses import replace

import pytest

from reader.model import Page, Request
from reader.query import ALL
from reader.services import Services, poll, subscribe
from reader.services.turns import Turns
from tests.services.played import PlayedWeb, item

pytestmark = pytest.mark.anyio
FEED = "https://news.google.com/rss/topic"
IDS = [f"CBMiXkFVX3lxTE5hYmNkZWZn{n}" for n in "abc"]
ENDPOINT = "https://news.google.com/_/DotsSplashUi/data/batchexecute"


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def clock(self) -> float:
        """The time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let it pass."""
        self.slept.append(seconds)
        self.now += seconds


def link(ident: str) -> str:
    """An article's link in a Google News feed."""
    return f"https://news.google.com/rss/articles/{ident}?oc=5"


class TestTurns:
    async def test_one_after_another(self) -> None:
        """
        Nobody is served while another is, and each waits the spacing.
        """
        time, at_once, most = Time(), 0, 0
        turns = Turns(2.0, time.clock, time.sleep)

        async def work() -> None:
            nonlocal at_once, most
            async with turns.turn():
                at_once += 1
                most = max(most, at_once)
                await asyncio.sleep(0)
                at_once -= 1

        await asyncio.gather(*(work() for _ in range(3)))

        assert most == 1
        assert time.slept == [2.0, 2.0]

    async def test_a_feed_of_ids(self, built: Services, web: PlayedWeb) -> None:
        """
        Every id is exchanged once, in turn, and the verdict is kept for good.
        """
        time = Time()
        posts: list[float] = []

        async def fetch(request: Request) -> Page:
            if request.method == "POST":
                posts.append(time.now)
                number = len(posts)
                url = f"https://paper.example/{number}"
                web.put(url, f"<h1>Story {number}</h1>")
                row = json.dumps([["wrb.fr", "Fbv4je", json.dumps(["x", url])]])
                return Page(request.url, 200, body=f")]}}'\n\n{row}".encode())
            return await web.fetch(request)

        services = replace(
            built, fetch=fetch, exchanges=Turns(2.0, time.clock, time.sleep)
        )
        web.feed(FEED, *(item(f"Story {i}", link(i)) for i in IDS))
        for ident in IDS:
            signed = f'<c-wiz><div data-n-a-sg="AZ5{ident}" data-n-a-ts="1738"></div>'
            web.put(link(ident), signed)
        await subscribe.add(services, FEED)
        for _ in range(2):
            async for _step in poll.refresh(services, force=True):
                pass
        found = services.store.rows(services.store.ids(ALL))

        assert {row.attribution.status for row in found} == {"resolved"}
        assert posts == [100.0, 102.0, 104.0]
