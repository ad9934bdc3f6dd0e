"""An entry carried out of the reader, as Markdown and as HTML."""

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.model import Article, Attribution, Entry, EntryRow, FeedRef, Reading
from reader.services import export
from reader.services.export import ExistsError, ExportError

WHEN = datetime(2026, 3, 4, 13, 5, tzinfo=UTC)
RELAY = FeedRef(1, "Daily *Relay*", "https://relay.example/feed")
KNOWN = Attribution(
    "resolved",
    url="https://courant.example/ferry",
    publisher="Harbour <Courant>",
    authors=("Marta Velde",),
    published=WHEN,
    confidence=0.97,
)
TEXT = """The ferry [was sold](https://courant.example/a) twice.

![hull](https://courant.example/hull.jpg)

[a trap](javascript:alert(1)) and <script>alert(2)</script> text.
"""


def reading(title: str = "Ferry <b>sold</b> twice") -> Reading:
    """A stub that was followed to its original."""
    url = "https://relay.example/p/1"
    row = EntryRow(1, RELAY, title, url, (), WHEN, WHEN, False, False, KNOWN)
    article = Article(TEXT, KNOWN.url, title, language="en")
    return Reading(row, Entry(url, title), article, Article("the stub"))


class TestMarkdown:
    def test_the_source_stands_over_the_text(self) -> None:
        """Headline, publisher, author and date, both addresses, then the article."""
        head, _, text = export.markdown(reading(), UTC).partition("\n\nThe ferry")

        assert head == (
            "# Ferry \\<b>sold\\</b> twice\n\n"
            "First published by Harbour \\<Courant>  \n"
            "Marta Velde · 2026-03-04 13:05  \n"
            "<https://courant.example/ferry>  \n"
            "By way of Daily \\*Relay\\*: <https://relay.example/p/1>"
        )
        assert text.endswith("text.\n")

    def test_without_an_original_the_feeds_own_text(self) -> None:
        """What is not established is not claimed."""
        row = replace(reading().row, attribution=Attribution("unresolved"))
        told = export.markdown(replace(reading(), row=row, article=None), UTC)

        assert "First publisher not established" in told
        assert told.endswith("\n\nthe stub\n")


class TestHtml:
    def test_nothing_runs_in_it(self) -> None:
        """Markup of strangers is text, their scripts and script links are gone."""
        page = export.html(reading(), UTC)

        assert "<script" not in page
        assert 'href="javascript' not in page
        assert "<title>Ferry &lt;b&gt;sold&lt;/b&gt; twice</title>" in page
        assert '<a href="https://courant.example/a">was sold</a>' in page
        assert '<html lang="en">' in page


class TestSave:
    @pytest.mark.parametrize(
        ("name", "begins"), [("a.md", "# Ferry"), ("a.HTML", "<!doctype html>")]
    )
    def test_its_ending_says_how(self, tmp_path: Path, name: str, begins: str) -> None:
        """A file named as HTML is HTML, any other Markdown."""
        file = export.save(reading(), tmp_path / name, UTC)

        assert file.read_text("utf-8").startswith(begins)

    def test_a_folder_takes_a_file_of_the_headline(self, tmp_path: Path) -> None:
        """Nobody need think of a name."""
        file = export.save(reading(), tmp_path, UTC)

        assert file == tmp_path / "ferry-b-sold-b-twice.md"

    def test_nothing_is_written_over_unasked(self, tmp_path: Path) -> None:
        """A file that is there stays as it is, until that is agreed to."""
        file = tmp_path / "a.md"
        file.write_text("mine")
        with pytest.raises(ExistsError):
            export.save(reading(), file, UTC)

        assert file.read_text() == "mine"
        assert export.save(reading(), file, UTC, over=True).read_text() != "mine"

    def test_a_file_is_replaced_whole_or_not_at_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where the disk is full the old file stays, and no half of the new one.
        """
        file = tmp_path / "kept.md"
        file.write_text("mine")

        def full(descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        for name in ("kept.md", "new.md"):
            with pytest.raises(export.ExportError):
                export.save(reading(), tmp_path / name, UTC, over=name == "kept.md")

        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [
            "kept.md"
        ]
        assert file.read_text() == "mine"

    def test_equal_headlines_get_files_of_their_own(self) -> None:
        """
        Two entries of one name do not end in one file.
        """
        first, second = export.file_names((reading(), reading()))

        assert second == first.replace(".md", "-2.md")

    @pytest.mark.parametrize(
        "name", ["no/such/folder/a.md", "a\0.md", "~nobody-at-all/a"]
    )
    def test_where_none_can_be(self, tmp_path: Path, name: str) -> None:
        """A sentence names the file."""
        path = Path(name) if name.startswith("~") else tmp_path / name
        with pytest.raises(ExportError):
            export.save(reading(), path, UTC)

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("Ça va? L’été, déjà!", "ca-va-l-ete-deja.md"),
            ("港の古い時計", "港の古い時計.md"),
            ("../../etc/passwd", "etc-passwd.md"),
            ("?!", "entry.md"),
        ],
    )
    def test_names(self, title: str, name: str) -> None:
        """Letters and digits of any script, nothing that leads elsewhere."""
        assert export.file_name(reading(title)) == name
