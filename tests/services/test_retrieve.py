"""The way to a feed: bounded, and never in a circle."""

import pytest

from reader.errors import FeedError
from reader.services import Services
from reader.services.retrieve import MAX_MOVES, retrieve
from tests.services.played import PlayedWeb, item

pytestmark = pytest.mark.anyio

HOME = "https://relay.example"


def moved(web: PlayedWeb, url: str, target: str) -> None:
    web.put(url, status=302, headers=(("location", target),))


class TestMoves:
    async def test_too_many(self, built: Services, web: PlayedWeb) -> None:
        """As many as anybody needs are followed, and not one more."""
        for number in range(MAX_MOVES + 5):
            moved(web, f"{HOME}/{number}", f"{HOME}/{number + 1}")

        with pytest.raises(FeedError, match=f"more than {MAX_MOVES} redirects"):
            await retrieve(built, f"{HOME}/0")

        assert len(web.asked) == MAX_MOVES + 1

    async def test_as_many_as_are_followed(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """A feed at the end of so many is found."""
        for number in range(MAX_MOVES):
            moved(web, f"{HOME}/{number}", f"{HOME}/{number + 1}")
        web.feed(f"{HOME}/{MAX_MOVES}", item("a", f"{HOME}/a"))

        assert (await retrieve(built, f"{HOME}/0")).page.status == 200

    async def test_in_a_circle(self, built: Services, web: PlayedWeb) -> None:
        """What leads back is asked once."""
        moved(web, f"{HOME}/a", f"{HOME}/b")
        moved(web, f"{HOME}/b", f"{HOME}/a")

        with pytest.raises(FeedError, match="in a circle"):
            await retrieve(built, f"{HOME}/a")

        assert len(web.asked) == 2
