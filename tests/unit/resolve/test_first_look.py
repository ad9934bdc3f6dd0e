"""The first look: what the feed alone says, and what makes an entry worth a fetch."""

import pytest

from reader.model import Attribution, Entry, FeedRef, Link
from reader.resolve import first_look
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
            looked(URL, "The post A second boat appeared first on Relay."),
            looked(URL, "<p>Photo: first published by M. Lind</p>"),
            looked(URL, "", Link("source", "https://relay.example/feed", "Relay")),
            looked(URL, "", Link("via", "https://relay.example/p/0")),
            looked(URL, "", Link("comments", "https://talk.example/1")),
            looked(URL, prior=0.1),
        ],
        ids=["www", "its own footer", "a photo", "source", "via", "comments", "prior"],
    )
    def test_no_sign(self, found: Attribution) -> None:
        """
        What points back to the feed's own site is no sign.
        """
        assert found.status == "original"
