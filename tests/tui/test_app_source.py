"""Subscribing at the source: found, offered, and told plainly where there is none."""

import pytest

from reader import query
from reader.model import Attribution
from reader.services import Services
from reader.tui import messages
from tests.tui.conftest import Open

pytestmark = pytest.mark.anyio
NEW = "Gazette des Îles"
"""A publisher of the demo world whose feed nobody has subscribed to."""


def entry_with(services: Services, status: str, publisher: str | None = None) -> int:
    """An unread entry whose verdict has this status, of a publisher if one is named."""
    rows = services.store.rows(services.store.ids(query.UNREAD, stories=True))
    return next(
        row.id
        for row in rows
        if row.attribution.status == status
        and publisher in (None, row.attribution.publisher)
    )


class TestSource:
    async def test_offers_and_subscribes(
        self, running: Open, services: Services
    ) -> None:
        """S finds the publisher's own feed and asks; y subscribes to it."""
        entry = entry_with(services, "resolved", NEW)
        before = len(services.store.feeds())
        (row,) = services.store.rows([entry])
        async with running(services) as program:
            await program.to(row.title)
            await program.press("S")
            found = [m for m in program.messages if isinstance(m, messages.SourceFound)]
            asked = program.status
            await program.press("y")

        assert found[0].source.subscribed is None
        assert asked.startswith(f"Subscribe to {found[0].source.title}")
        assert len(services.store.feeds()) == before + 1

    async def test_no_is_no(self, running: Open, services: Services) -> None:
        """Any other key subscribes to nothing."""
        (row,) = services.store.rows([entry_with(services, "resolved", NEW)])
        before = len(services.store.feeds())
        async with running(services) as program:
            await program.to(row.title)
            await program.press("S", "n")

        assert len(services.store.feeds()) == before

    async def test_subscribed_already(self, running: Open, services: Services) -> None:
        """An entry of its own publisher's feed has its source among the feeds."""
        rows = services.store.rows(services.store.ids(query.UNREAD, stories=True))
        row = next(r for r in rows if r.attribution.status == "original")
        async with running(services) as program:
            await program.to(row.title)
            await program.press("S")

            assert program.status == f"{row.feed.title} is among your feeds already."

    async def test_none(self, running: Open, services: Services) -> None:
        """Where nobody is established, that is said in one sentence."""
        (row,) = services.store.rows([entry_with(services, "unresolved")])
        async with running(services) as program:
            await program.to(row.title)
            await program.press("S")

            assert program.status.startswith("Its first publisher is not established")

    async def test_a_publisher_without_a_feed(
        self, running: Open, services: Services
    ) -> None:
        """A site that offers no feed is named as one."""
        (row,) = services.store.rows([entry_with(services, "unresolved")])
        gone = Attribution("resolved", "https://nowhere.example/a", "The Nowhere")
        services.store.save_verdict(row.id, gone)
        async with running(services) as program:
            await program.to(row.title)
            await program.press("S")

            assert program.status == "The Nowhere offers no feed that could be found."
