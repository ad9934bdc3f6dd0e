"""Originals that are no article: the feed's text, why, and what shows it."""

import pytest

from reader.model import Reading
from reader.query import ALL
from reader.services import Services, reading, subscribe
from tests.services.played import PlayedWeb, item

pytestmark = pytest.mark.anyio
FEED = "https://relay.example/feed"
OWN = "https://relay.example/a"
COOKIES = (
    "<p>We and our 812 partners store cookies on your device, all of them.</p>" * 3
)


async def _read(built: Services, web: PlayedWeb) -> Reading:
    web.feed(FEED, item("Ferry sold", OWN, "<p>The ferry was sold.</p>"), title="Relay")
    await subscribe.add(built, FEED)
    (entry,) = built.store.ids(ALL)
    return await reading.read(built, entry)


class TestOutOfReach:
    @pytest.mark.parametrize(
        ("type_", "body", "said"),
        [
            ("application/pdf", "%PDF-1.7 x", "The original is a PDF (10 bytes)."),
            ("text/html", "%PDF-1.7 x", "The original is a PDF (10 bytes)."),
            ("video/mp4", "x" * 2_500, "The original is a video (2.5 kB)."),
            (
                "text/html",
                '<meta property="og:type" content="video.other"><p>Play it.</p>',
                "The original is a video.",
            ),
            (
                "text/html",
                f"<title>Before you continue</title>{COOKIES}",
                "The original shows a consent page. Its page is titled “Before you"
                " continue” and holds 39 words.",
            ),
            (
                "text/html",
                "<title>Just a moment...</title>",
                "The original stands behind a check for robots. Its page is titled"
                " “Just a moment...” and holds no text.",
            ),
        ],
        ids=["pdf", "pdf-as-html", "video", "video-page", "consent", "robots"],
    )
    async def test_why(
        self, built: Services, web: PlayedWeb, type_: str, body: str, said: str
    ) -> None:
        """
        What stands at the address is named, and the feed's own text is shown.
        """
        web.put(OWN, body, headers=(("content-type", type_),))
        found = await _read(built, web)

        assert found.problem == said
        assert (found.article, found.copy) == (None, None)
        assert found.feed_text.markdown == "The ferry was sold."

    async def test_gone(self, built: Services, web: PlayedWeb) -> None:
        """
        Of a page that is gone its own words are told.
        """
        web.put(OWN, "<title>Lost at sea</title>", 404)
        found = await _read(built, web)

        assert found.problem == (
            "The original is gone (HTTP 404). Its page is titled “Lost at sea”."
        )
