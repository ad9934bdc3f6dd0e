"""What a poll brought: new, updated, neither."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from reader.feeds import ParsedFeed, changes, fingerprint
from reader.feeds.changes import Changes
from reader.model import Enclosure, Entry, Link

ENTRY = Entry(
    url="https://harbour.example/ferry",
    title="Ferry sails again",
    guid="1",
    content="<p>Mended.</p>",
)


class TestFingerprint:
    @pytest.mark.parametrize(
        "change",
        [
            {"title": "Ferry sails"},
            {"url": "https://harbour.example/ferry-2"},
            {"content": "<p>Mended!</p>"},
            {"summary": "Mended."},
            {"authors": ("Ann",)},
            {"categories": ("Sea",)},
            {"language": "en"},
            {"links": (Link("via", "https://sea.example/"),)},
            {"enclosures": (Enclosure("https://harbour.example/a.mp3"),)},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_tells(self, change: dict[str, Any]) -> None:
        """Whatever a reader would notice makes another fingerprint."""
        assert fingerprint(replace(ENTRY, **change)) != fingerprint(ENTRY)

    @pytest.mark.parametrize(
        "change",
        [
            {"guid": "2"},
            {"id": 7},
            {"published": datetime(2025, 2, 5, tzinfo=UTC)},
            {"updated": datetime(2025, 2, 5, tzinfo=UTC)},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_does_not_tell(self, change: dict[str, Any]) -> None:
        """Times that feeds set anew at every poll make no update."""
        assert fingerprint(replace(ENTRY, **change)) == fingerprint(ENTRY)

    def test_fields_do_not_run_together(self) -> None:
        """Text that moves from one field to the next is a change."""
        one = replace(ENTRY, summary="ab", content="c")

        assert fingerprint(one) != fingerprint(
            replace(ENTRY, summary="a", content="bc")
        )


class TestChanges:
    def test_new_updated_and_known(self) -> None:
        """Unknown guids are new, other fingerprints updates, the rest is left out."""
        known, changed, new = (replace(ENTRY, guid=guid) for guid in "abc")
        stored = {"a": fingerprint(known), "b": "another", "gone": "x"}

        assert changes(
            stored, ParsedFeed("F", entries=(new, changed, known))
        ) == Changes(new=(new,), updated=(changed,))
