"""When a feed takes another address, and when it does not."""

from datetime import UTC, datetime, timedelta

import pytest

from reader.feeds import Moved, ParsedFeed, decide, fingerprint, shares, successor
from reader.feeds.moves import is_upgrade
from reader.model import Entry, Sighting

NOW = datetime(2026, 2, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OLD = "https://old.example/feed"
NEW = "https://new.example/feed"


def seen(days: float, url: str = NEW, ours: bool = True) -> Sighting:
    """A redirect that was first seen so many days ago."""
    return Sighting(url, NOW - days * DAY, ours)


class TestDecide:
    @pytest.mark.parametrize(
        ("target", "before", "shared", "outcome"),
        [
            (NEW, None, True, Sighting(NEW, NOW)),
            (NEW, seen(6.9), True, seen(6.9)),
            (NEW, seen(7), True, "moved"),
            (NEW, seen(30), False, Sighting(NEW, NOW, ours=False)),
            (NEW, Sighting(NEW, NOW - 30 * DAY, False), True, seen(30, ours=False)),
            (NEW, seen(30), None, seen(30)),
            (NEW, None, None, None),
            (NEW, seen(30, "https://third.example/feed"), True, Sighting(NEW, NOW)),
            (NEW, seen(-1), True, Sighting(NEW, NOW)),
            (None, seen(30), True, None),
            (OLD, seen(30), True, None),
            ("http://old.example/feed", seen(30), True, None),
            ("ftp://old.example/feed", seen(30), True, None),
        ],
        ids=[
            *("first", "too-soon", "settled", "another-feed", "stranger"),
            *("empty", "empty-first", "other-target"),
            *("clock", "not-for-good", "itself", "off-https", "no-web"),
        ],
    )
    def test_seven_days(
        self,
        target: str | None,
        before: Sighting | None,
        shared: bool | None,
        outcome: Sighting | str | None,
    ) -> None:
        """
        A feed moves after seven days of nothing but permanent redirects to one place.
        """
        found = decide(OLD, target, before, NOW, shared=shared)

        assert ("moved" if isinstance(found, Moved) else found) == outcome

    def test_https_at_once(self) -> None:
        """
        The same address over https is taken at once, whatever it lists today.
        """
        found = decide("http://old.example/feed", OLD, None, NOW, shared=False)

        assert isinstance(found, Moved)
        assert found.url == OLD

    @pytest.mark.parametrize(
        ("url", "before"), [(NEW, seen(30)), (OLD, None)], ids=["elsewhere", "https"]
    )
    def test_taken_back(self, url: str, before: Sighting | None) -> None:
        """
        A move that somebody took back is not made again.
        """
        old = "http://old.example/feed"

        assert decide(old, url, before, NOW, shared=True, refused={url}) is None


class TestSuccessor:
    @pytest.mark.parametrize(
        ("before", "status", "target"),
        [
            (seen(7), 404, NEW),
            (seen(7), 410, NEW),
            (seen(6.9), 404, None),
            (seen(7, ours=False), 404, None),
            (seen(7), 500, None),
            (None, 410, None),
        ],
        ids=["dead", "gone", "too-soon", "stranger", "failing", "never-led"],
    )
    def test_where_it_led(
        self, before: Sighting | None, status: int, target: str | None
    ) -> None:
        """
        A dead address is followed only where it led for seven days.
        """
        assert successor(before, status, NOW) == target


class TestUpgrade:
    @pytest.mark.parametrize(
        ("url", "target", "is_one"),
        [
            ("http://a.example/f?x=1", "https://a.example/f?x=1", True),
            ("http://a.example:80", "https://a.example:443/", True),
            ("http://a.example/f", "https://a.example/g", False),
            ("http://a.example/f", "https://www.a.example/f", False),
            ("http://a.example/f", "https://a.example/f?x=1", False),
            ("http://a.example:8080/f", "https://a.example/f", False),
            ("https://a.example/f", "https://a.example/f", False),
            ("http://a.example/f", "nonsense", False),
        ],
    )
    def test_same_address(self, url: str, target: str, is_one: bool) -> None:
        """
        An upgrade changes the scheme and nothing else.
        """
        assert is_upgrade(url, target) is is_one


class TestShares:
    @pytest.mark.parametrize(
        ("guid", "same", "shared"),
        [
            ("tag:old.example,2026:1", False, True),
            ("0123456789abcdef0123", False, True),
            ("12", False, False),
            ("12", True, True),
        ],
        ids=["uri", "hash", "anybodys", "the-entry-itself"],
    )
    def test_guids(self, guid: str, same: bool, shared: bool) -> None:
        """
        A guid that others may have, too, counts only with the entry it stood for.
        """
        entry = Entry(guid=guid, url=f"{NEW}/1", title="Ferry")
        known = {guid: fingerprint(entry) if same else "another", "b": "x"}

        assert shares(known, ParsedFeed("New", entries=(entry,))) is shared

    def test_nothing_in_common(self) -> None:
        """
        A feed of other entries, or of none, shares nothing.
        """
        other = Entry(guid="tag:new.example:9", url=NEW)

        known = {"tag:old.example:1": "x"}

        assert shares(known, ParsedFeed("", entries=(other,))) is False
        assert shares(known, ParsedFeed("")) is None
