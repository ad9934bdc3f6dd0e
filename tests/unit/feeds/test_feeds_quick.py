"""Our reading of well-formed feeds against feedparser's, which is the judge.

The `conftest` beside this file compares every feed of the other tests the same way.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import feedparser.mixin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.feeds import quick, quicknames, quickrules, quickwalk
from reader.feeds.parse import parse
from tests.unit.feeds.odd_feeds import feeds, leaves, people, renamed
from tests.unit.feeds.oddities import (
    DECLARED,
    ENTRIES,
    ITEMS,
    NAMESPACES,
    UNUSUAL,
    UNUSUAL_ITEMS,
)

URL = "https://harbour.example/news/feed.xml"
CASES = Path(__file__).parents[2] / "corpus"


def is_quick(text: str) -> bool:
    """Whether a feed goes our way."""
    return quick.read(text, URL) is not None


def recorded() -> Iterator[str]:
    """The feeds in the recorded cases."""
    for path in CASES.glob("*/case.toml"):
        yield from _feeds_in(tomllib.loads(path.read_text(encoding="utf-8")))


def _feeds_in(value: object) -> Iterator[str]:
    if isinstance(value, str) and re.search("<(rss|feed)[ >]", value):
        yield value
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(inner, Iterable) and not isinstance(inner, str):
        for one in inner:
            yield from _feeds_in(one)


def rss(item: str) -> str:
    """A feed of RSS around an item, with all the prefixes of this file."""
    channel = "<title>Harbour</title><link>https://harbour.example/</link>"
    item = f"<item>{item}</item>"
    return f"<rss version='2.0'{DECLARED}><channel>{channel}{item}</channel></rss>"


def atom(entry: str) -> str:
    """A feed of Atom around an entry."""
    start = f"<feed xmlns='{NAMESPACES['a'][0]}'{DECLARED}><title>Harbour</title>"
    return f"{start}<entry>{entry}</entry></feed>"


class TestWhoReads:
    @pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS.keys())
    def test_ours(self, item: str) -> None:
        """Each oddity that feedparser has a way with goes our way, to the same end."""
        assert is_quick(rss(item))
        assert is_quick(atom(item))
        assert len(parse(rss(item).encode(), URL).entries) == 1
        assert len(parse(atom(item).encode(), URL).entries) == 1

    @pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES.keys())
    def test_ours_of_atom(self, entry: str) -> None:
        """The same of Atom's own."""
        assert is_quick(atom(entry))
        assert len(parse(atom(entry).encode(), URL).entries) == 1

    @pytest.mark.parametrize("feed", UNUSUAL.values(), ids=UNUSUAL.keys())
    def test_feedparsers(self, feed: str) -> None:
        """Feeds of another dialect, or broken, are left to feedparser."""
        assert not is_quick(feed)

    @pytest.mark.parametrize("item", UNUSUAL_ITEMS.values(), ids=UNUSUAL_ITEMS.keys())
    def test_feedparsers_items(self, item: str) -> None:
        """So are those with an item that feedparser reads by accident."""
        assert not is_quick(rss(item))

    def test_doctype(self) -> None:
        """A feed with a DTD never meets our parser: its entities are feedparser's."""
        feed = '<!DOCTYPE rss [<!ENTITY own "y">]><rss><channel><title>&own;'
        read = parse(f"{feed}</title><item/></channel></rss>".encode(), URL)

        assert read.title == "y"

    def test_channel(self) -> None:
        """A channel's title and link are not its picture's, nor its search box's."""
        feed = (
            "<rss><channel><image><title>A</title><link>/a</link><url>/i</url></image>"
            "<title>B</title><link>/b</link><language>de</language><ttl>5</ttl>"
            "<textInput><title>C</title><name>q</name><link>/c</link></textInput>"
            "<skipHours><hour>3</hour></skipHours><item/></channel></rss>"
        )

        assert is_quick(feed)
        assert parse(feed.encode(), URL).title == "B"

    def test_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No more entries are read than feedparser reads."""
        monkeypatch.setattr("reader.feeds.quickwalk.ENTRIES", 3)
        monkeypatch.setattr("reader.feeds.guarded.ENTRIES", 3)
        items = "".join(f"<item><guid>{n}</guid></item>" for n in range(9))
        feed = f"<rss><channel>{items}</channel></rss>"

        assert [e.guid for e in parse(feed.encode(), URL).entries] == ["0", "1", "2"]

    def test_elements_are_counted_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Text with too many brackets is not even made a tree of."""
        monkeypatch.setattr("reader.feeds.quick.ELEMENTS", 2)

        assert not is_quick("<rss><channel><title>x</title></channel></rss>")


class TestNames:
    def test_namespaces(self) -> None:
        """Every namespace of feedparser's is in our table, or tells another dialect."""
        theirs = {
            uri.lower(): prefix.lower()
            for uri, prefix in feedparser.mixin._FeedParserMixin.namespaces.items()
            if not uri.lower().startswith(quicknames.TELLING) or "modules" in uri
        }

        assert dict(quicknames.PREFIXES) == theirs

    def test_methods(self) -> None:
        """Every element that feedparser has a method for is known here, too."""
        methods = {
            name.removeprefix("_start_").removeprefix("_end_").lower()
            for name in dir(feedparser.mixin._FeedParserMixin)
            if name.startswith(("_start_", "_end_"))
        }

        assert methods <= {*quickrules.RULES, *quickwalk.UNUSUAL}


class TestAgainstTheJudge:
    """`parse` compares both readings here, see `conftest`."""

    @settings(max_examples=300, deadline=None)
    @given(feeds() | renamed())
    def test_odd_feeds(self, feed: str) -> None:
        """Whatever goes our way comes out as feedparser has it."""
        parse(feed.encode(), URL)

    @settings(max_examples=150, deadline=None)
    @given(st.lists(leaves() | people(), max_size=6).map("".join))
    def test_items(self, item: str) -> None:
        """The same of an item, whose parts come twice and in any order."""
        declared = "".join(f' xmlns:{p}="{u[0]}"' for p, u in NAMESPACES.items() if p)
        feed = f"<rss{declared}><channel><item>{item}</item></channel></rss>"
        parse(feed.encode(), URL)

    @pytest.mark.parametrize("feed", sorted(set(recorded())))
    def test_recorded(self, feed: str) -> None:
        """The feeds of the recorded cases come out as feedparser has them."""
        assert parse(feed.encode(), URL)
