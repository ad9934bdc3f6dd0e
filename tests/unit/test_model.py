"""Text is cleaned where it enters the model, once and for all."""

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.cleaning import (
    BLOCK_MAX,
    LINE_MAX,
    URL_MAX,
    clean_block,
    clean_line,
    clean_url,
)
from reader.model import Attribution, Enclosure, Entry, Feed, Link, Page

# Much of what matters, close together, which random text alone seldom is.
TRICKY = st.text(
    st.sampled_from("aé语ب👨 \t\n\r\x00\x07\x1b\x9b\x9c[];m1\\‌‍​‮⁦﻿­\u2028\U000e0041")
    | st.characters()
)


class TestCleanLine:
    @pytest.mark.parametrize(
        ("given", "cleaned"),
        [
            ("plain", "plain"),
            ("  two\n lines\tand a tab ", "two lines and a tab"),
            ("a\r\nb\rc\u2028d\u2029e\x85f", "a b c d e f"),
            ("nul\x00 bell\x07 del\x7f", "nul bell del"),
            ("\x1b[31mred\x1b[0m", "red"),
            ("\x1b]8;;https://evil.example\x07link\x1b]8;;\x07", "link"),
            ("\x1b]0;title\x1b\\text", "text"),
            ("\x9b31mred", "red"),
            ("\x9d0;title\x9ctext", "text"),
            ("\x1b", ""),
            ("safe\u202etxt.exe", "safetxt.exe"),
            ("\u2066isolate\u2069 \u200e\u200f\u061c", "isolate"),
            ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
            ("soft\u00adhyphen", "softhyphen"),
            ("tag\U000e0041\U000e007f", "tag"),
            ("half \ud83d pair", "half pair"),
            ("می\u200cخواهم", "می\u200cخواهم"),
            ("👩\u200d🚀", "👩\u200d🚀"),
            ("क्\u200dष", "क्\u200dष"),
            ("❤\ufe0f\u200d🔥 ❤\u200d🔥", "❤\ufe0f\u200d🔥 ❤\u200d🔥"),
            ("a\u200d b\u200c", "a b"),
            ("\u200dstart", "start"),
            ("<b>&amp;[/]", "<b>&amp;[/]"),
        ],
        ids=[
            "plain",
            "space",
            "line-ends",
            "controls",
            "csi",
            "osc-link",
            "osc-title",
            "c1-csi",
            "c1-osc",
            "lone-escape",
            "bidi-override",
            "bidi-isolate",
            "zero-width",
            "soft-hyphen",
            "tags",
            "surrogate",
            "persian",
            "emoji",
            "devanagari",
            "old-emoji",
            "joiner-in-ascii",
            "joiner-first",
            "markup-is-text",
        ],
    )
    def test_leaves_text_only(self, given: str, cleaned: str) -> None:
        """What could move a cursor, turn text round or hide in it is gone."""
        assert clean_line(given) == cleaned

    def test_is_bounded(self) -> None:
        """A title of a million characters ends in an ellipsis, in bounds."""
        cleaned = clean_line("x" * 1_000_000)

        assert len(cleaned) == LINE_MAX
        assert cleaned.endswith("x…")

    @settings(deadline=None)
    @given(TRICKY)
    def test_cleaning_again_changes_nothing(self, text: str) -> None:
        """Once is enough, and the result is one line."""
        cleaned = clean_line(text)

        assert clean_line(cleaned) == cleaned
        assert "\n" not in cleaned

    def test_one_character_is_cleaned_as_among_others(self) -> None:
        """The short ways for what is clean at a glance let nothing else through."""
        every = [
            *map(chr, range(0x3100)),
            *map(chr, range(0xD7F0, 0x10000)),
            "\U000e0041",
        ]
        lines = [(f"a{c}b", f"\ta{c}b\t") for c in every]

        assert not [
            short for short, long in lines if clean_line(short) != clean_line(long)
        ]
        assert not [s for s, long in lines if clean_url(s) != clean_url(long)]


class TestCleanBlock:
    def test_keeps_lines(self) -> None:
        """Newlines stay, whatever they were written as; tabs become spaces."""
        assert clean_block("one\r\n\ttwo\rthree\u2028four") == "one\n two\nthree\nfour"

    def test_is_bounded(self) -> None:
        """A text is cut at the bound."""
        assert len(clean_block("x" * (BLOCK_MAX + 5))) == BLOCK_MAX

    @settings(deadline=None)
    @given(TRICKY)
    def test_nothing_but_text_and_newlines_stays(self, text: str) -> None:
        """No control but the newline gets through, and cleaning again is idle."""
        cleaned = clean_block(text)

        assert clean_block(cleaned) == cleaned
        assert not [c for c in cleaned.replace("\n", "") if category(c) == "Cc"]
        assert not set(cleaned) & set("\u202e\u2066\u200b\ufeff\u200e\u061c\u00ad")


class TestCleanUrl:
    @pytest.mark.parametrize(
        ("given", "cleaned"),
        [
            (" https://a.example/\n", "https://a.example/"),
            ("https://a.exa\r\nmple/b", "https://a.example/b"),
            ("https://a.example/\x1b[2J", "https://a.example/"),
            ("https://a.example/\u202eb", "https://a.example/b"),
        ],
        ids=["around", "within", "escape", "bidi"],
    )
    def test_is_one_word(self, given: str, cleaned: str) -> None:
        """White space round it, line ends in it and controls are dropped."""
        assert clean_url(given) == cleaned

    def test_is_bounded(self) -> None:
        """A URL of a megabyte is cut."""
        assert len(clean_url("https://a.example/" + "x" * 1_000_000)) == URL_MAX


class TestValues:
    def test_every_kind_of_text_field_is_cleaned(self) -> None:
        """Lines, blocks and URLs are cleaned by their types, in tuples as well."""
        entry = Entry(
            url=" https://a.example/\n",
            title="a\nb\x1b[31m",
            authors=("Ann\x00", "Bo\u202eb"),
            summary="one\r\ntwo\x00",
            language="en\n",
        )

        assert entry.url == "https://a.example/"
        assert entry.title == "a b"
        assert entry.authors == ("Ann", "Bob")
        assert entry.summary == "one\ntwo"
        assert entry.language == "en"

    def test_what_is_not_there_stays_so(self) -> None:
        """None is no text, and is left alone."""
        feed = Feed(1, "https://a.example/feed", "A")

        assert (feed.site_url, feed.folder, feed.error) == (None, None, None)

    def test_lists_become_tuples(self) -> None:
        """A list given for a tuple of texts is a tuple afterwards."""
        assert Entry(url="", authors=["a\n"]).authors == ("a",)  # type: ignore[arg-type]

    def test_values_within_values_are_clean_already(self) -> None:
        """Links and enclosures are cleaned as they are made."""
        assert Link("via", "https://a.example/\n", "t\x00").title == "t"
        assert Enclosure("https://a.example/\n", "audio\x00/mpeg").type == "audio/mpeg"

    def test_bytes_of_a_page_are_left_alone(self) -> None:
        """A page is what came over the wire."""
        page = Page("https://a.example/", 200, (("x", "1"), ("x", "2")), b"\x00\x1b")

        assert page.body == b"\x00\x1b"
        assert page.header("x") == "1"
        assert page.header_all("x") == ("1", "2")
        assert page.header("y") is None

    def test_links_by_relation(self) -> None:
        """An entry's links are found by what they say of themselves, in order."""
        links = (Link("via", "a:1"), Link("related", "a:2"), Link("via", "a:3"))
        entry = Entry(url="https://a.example/", links=links)

        assert [link.url for link in entry.links_as("via")] == ["a:1", "a:3"]
        assert [link.url for link in entry.links_as("related", "via")] == [
            "a:1",
            "a:2",
            "a:3",
        ]

    @pytest.mark.parametrize(
        ("status", "stub"),
        [
            ("original", False),
            ("resolved", True),
            ("unresolved", True),
            ("unchecked", None),
        ],
    )
    def test_its_status_tells_a_stub(self, status: str, stub: bool | None) -> None:
        """Stubs are what is not original; while unchecked nobody knows."""
        assert Attribution(status=status).stub is stub  # type: ignore[arg-type]
