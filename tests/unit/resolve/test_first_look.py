"""The first look: what the feed alone says, and what makes an entry worth a fetch."""

import pytest

from reader.model import Attribution, Entry, FeedRef, Link
from reader.resolve import Glance, first_look
from tests.cases import load_rules

RULES = load_rules()
FEED = FeedRef(1, "Relay", "https://relay.example/feed", "https://relay.example/")
URL = "https://relay.example/p/1"
ELSEWHERE = "https://www.bore.example/news/4711"


def looked(
    url: str = URL, text: str = "", *links: Link, prior: float | None = None
) -> Attribution:
    entry = Entry(url, "A second boat", authors=("Ann",), summary=text, links=links)
    return first_look(entry, FEED, RULES, prior)


class TestFirstLook:
    def test_an_ordinary_entry(self) -> None:
        """
        No sign, and a link on the feed's own site: original, by the feed, unfetched.
        """
        found = looked(f"{URL}?utm_source=rss#top", "<p>The boat sails.</p>")

        assert found.status == "original"
        assert found.stub is False
        assert (found.url, found.publisher, found.authors) == (URL, "Relay", ("Ann",))
        assert found.checked_at is None

    @pytest.mark.parametrize(
        "found",
        [
            looked(ELSEWHERE),
            looked("https://bit.ly/abc"),
            looked("https://click.relay.example/a81"),
            looked("https://relay.example/out/90113"),
            looked("https://relay.example/r/90113"),
            looked("https://www.google.com/url?q=https%3A%2F%2Fwww.bore.example%2Fx"),
            looked(URL, f'Originally published on <a href="{ELSEWHERE}">Bore</a>'),
            looked(URL, "<p>Dieser Text erschien zuerst bei Bore.</p>"),
            looked(URL, "", Link("orig-link", ELSEWHERE)),
            looked(URL, "", Link("via", ELSEWHERE)),
            looked(URL, "", Link("external-url", ELSEWHERE)),
            looked(URL, "", Link("rss-source", "https://bore.example/rss", "Bore")),
            looked(URL, prior=0.9),
        ],
        ids=[
            "another site",
            "a shortener",
            "a counter of clicks",
            "an exit",
            "an exit of one letter",
            "a wrapper",
            "announced",
            "announced in German",
            "orig-link",
            "via",
            "external-url",
            "source",
            "prior",
        ],
    )
    def test_any_sign(self, found: Attribution) -> None:
        """
        Any sign makes an entry unchecked, and is given as the reason.
        """
        assert found.status == "unchecked"
        assert found.stub is None
        assert found.url is None
        assert len(found.reasons) >= 1

    @pytest.mark.parametrize(
        "found",
        [
            looked("https://www.relay.example/p/1"),
            looked("https://relay.example/r/ferries/comments/1ab"),
            looked(URL, "The post A second boat appeared first on Relay."),
            looked(URL, "<p>Photo: first published by M. Lind</p>"),
            looked(URL, "", Link("source", "https://relay.example/feed", "Relay")),
            looked(URL, "", Link("via", "https://relay.example/p/0")),
            looked(URL, "", Link("comments", "https://talk.example/1")),
            looked(URL, prior=0.1),
        ],
        ids=[
            "www",
            "a room",
            "its own footer",
            "a photo",
            "source",
            "via",
            "comments",
            "prior",
        ],
    )
    def test_no_sign(self, found: Attribution) -> None:
        """
        What points back to the feed's own site is no sign.
        """
        assert found.status == "original"


PLACES = (
    "https://relay.example",
    "https://www.relay.example",
    "https://relay.example:443",
    "http://relay.example:8080",
    "https://relay.example:99999",
    "https://relay.example.",
    "https://RELAY.example",
    "https://relay-blog.example",
    "https://relay.co",
    "https://bore.example",
    "https://harbour.blogspot.de",
    "https://harbour.blogspot.com",
    "https://click.relay.example",
    "https://bit.ly",
    "https://www.reddit.com",
    "https://news.google.com",
    "https://127.0.0.7:8000",
    "https://[::1]",
    "ftp://relay.example",
    "",
)
PATHS = (
    "",
    "/",
    "/2025/02/a-second_boat.html",
    "/p/1?utm_source=rss#top",
    "/p/1?b=2&id=3",
    "//p//1/",
    "/go/https://bore.example/news/1",
    "/out/https%3A%2F%2Fbore.example%2Fx",
    "/out/aHR0cHM6Ly9ib3JlLmV4YW1wbGUvbmV3cy8x",
    "/a b",
    "/ä",
    "/a(b)~c,d;e",
)
FEEDS = (
    FEED,
    FeedRef(1, "", "https://relay.example/feed", "https://relay.example/"),
    FeedRef(1, "Relay", "https://feeds.feedburner.com/relay"),
    FeedRef(1, "Bore", "https://relay.example/feed", "https://relay.example/"),
    FeedRef(1, "A", "https://harbour.blogspot.com/f", "https://harbour.blogspot.com/"),
    FeedRef(1, "Talk", "https://www.reddit.com/.rss", "https://www.reddit.com/"),
    FeedRef(1, "Seven", "https://127.0.0.7:8000/f", "https://127.0.0.7:8000/"),
)


class TestGlance:
    @pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.title or "nameless")
    @pytest.mark.parametrize("place", PLACES)
    def test_it_says_what_the_first_look_says(self, feed: FeedRef, place: str) -> None:
        """
        Whatever a glance finds is, field by field, what the whole look finds.
        """
        glance = Glance(feed, RULES)
        for path in PATHS:
            for text in ("<p>It sails.</p>", "Originally published on Bore."):
                entry = Entry(place + path, "A boat", "g", ("Ann",), summary=text)
                found = glance.original(entry)

                assert found in (None, first_look(entry, feed, RULES))

    @pytest.mark.parametrize("feed", [FEED, FEEDS[1], FEEDS[-1]])
    def test_it_is_enough_for_an_ordinary_entry(self, feed: FeedRef) -> None:
        """
        Most entries, links on the feed's own site without a query, need no more.
        """
        entry = Entry(f"{feed.site_url}2025/a-boat.html", "A boat")

        assert Glance(feed, RULES).original(entry)

    @pytest.mark.parametrize(
        ("entry", "prior"),
        [
            (Entry(URL, links=(Link("via", ELSEWHERE),)), None),
            (Entry(URL, summary="Originally published on Bore."), None),
            (Entry(ELSEWHERE), None),
            (Entry(f"{URL}?id=1"), None),
            (Entry(URL), 0.9),
        ],
        ids=["links", "announced", "elsewhere", "a query", "prior"],
    )
    def test_it_leaves_the_rest_to_the_look(
        self, entry: Entry, prior: float | None
    ) -> None:
        """
        What is out of the ordinary in any way is not judged at a glance.
        """
        assert Glance(FEED, RULES, prior).original(entry) is None
