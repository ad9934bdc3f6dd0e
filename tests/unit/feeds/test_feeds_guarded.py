"""feedparser within bounds, asked directly: what our own reading leaves to it."""

from pathlib import Path
from typing import Any

import feedparser.api
import pytest

from reader.feeds import guarded, prolog
from reader.feeds.bounds import ATTRIBUTES, BASE, SHORT
from reader.feeds.values import Found


def read(items: str, prolog: str = "", base: str = "") -> Found:
    """What feedparser makes of a feed of these items."""
    text = f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>"
    return guarded.read(prolog, text, {}, base)


def item(number: int, inner: str = "") -> str:
    return f"<item><title>{number}</title>{inner}</item>"


class TestBounds:
    def test_attributes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        An element with thousands of attributes is refused before feedparser sees it.
        """
        seen: list[int] = []
        parser = feedparser.api.StrictFeedParser
        before = parser.startElementNS

        def spied(self: Any, name: Any, qname: Any, attrs: Any) -> None:
            seen.append(len(attrs))
            before(self, name, qname, attrs)

        monkeypatch.setattr(parser, "startElementNS", spied)
        many = " ".join(f'a{n}="1"' for n in range(5_000))
        with pytest.raises(guarded.TooMuchError):
            read(f"<item {many}/>")

        assert max(seen) <= ATTRIBUTES

    def test_elements(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Reading ends after so many elements; what came before them stays.
        """
        monkeypatch.setattr(guarded, "ELEMENTS", 50)

        assert len(read(item(1) + "<a/>" * 100 + item(2)).entries) == 1

    def test_entries(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Reading ends after so many entries.
        """
        monkeypatch.setattr(guarded, "ENTRIES", 3)

        assert len(read("".join(map(item, range(10)))).entries) == 3

    def test_bases(self) -> None:
        """
        A base within a base makes none that is longer than a URL may be.
        """
        nested = "<x xml:base='abcdefgh/'>" * 1_000
        found = guarded.read(
            "",
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/'>"
            f"{nested}<entry><link href='y'/></entry>{'</x>' * 1_000}</feed>",
            {},
            "https://a.example/",
        )

        assert len(found.entries[0]["link"]) <= BASE + 10

    def test_categories(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Only so many categories of an entry are kept.
        """
        monkeypatch.setattr(guarded, "TAGS", 5)
        tags = "".join(f"<category>c{n}</category>" for n in range(50))

        assert len(read(item(1, tags)).entries[0]["tags"]) == 5

    def test_names(self) -> None:
        """
        Of a name no more is read than patterns are tried on.
        """
        (found,) = read(item(1, f"<author>{'x' * 100_000}</author>")).entries

        assert len(found["author"]) == SHORT

    def test_damaged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Of a feed that is not well-formed a part is read: that takes ten times as long.
        """
        monkeypatch.setattr(guarded, "DAMAGED", 400)
        damaged = "<b & >" + "".join(item(n) for n in range(100))

        assert 0 < len(read(damaged).entries) < 20


class TestEntities:
    def test_that_are_long(self) -> None:
        """
        A text that is named once and used ten thousand times is not declared.
        """
        before = f'<!DOCTYPE rss [<!ENTITY xx "{"A" * 1_000}"><!ENTITY yy "short">]>'

        assert prolog.entities(before, "&xx;&yy;") == {"yy": "short"}

    def test_that_are_many(self) -> None:
        """
        Of declarations without end so many are read.
        """
        names = [f"x{number}" for number in range(5_000)]
        before = "".join(f'<!ENTITY {name} "a">' for name in names)
        used = "".join(f"&{name};" for name in names)

        assert len(prolog.entities(before, used)) == 100

    def test_of_entities(self) -> None:
        """
        What stands in a declaration is characters: it names no other.
        """
        told = prolog.declared({"x": "&y;", "y": "ha"})
        found = guarded.read(
            told, "<rss><channel><title>&x;</title></channel></rss>", {}, ""
        )

        assert found.feeddata["title"] == "&y;"

    def test_of_a_file(self, tmp_path: Path) -> None:
        """
        Even where a declaration came through, no file of this machine would be read.
        """
        witness = tmp_path / "witness"
        witness.write_text("sesame")
        prolog = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{witness.as_uri()}">]>'

        assert "sesame" not in repr(read("<item><title>&x;</title></item>", prolog))
