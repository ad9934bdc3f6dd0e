"""`firsthand diff` in its two forms: text to read, JSON to work with."""

import json
from dataclasses import replace

from reader.cli import as_json
from reader.cli.changes import as_lines, as_object
from reader.model import Article, Reading
from reader.services.changes import Changes, changes
from tests.tui.painted import RESOLVED, STORY, reading

FIRST = "The bakers of both towns have traded ovens, and both of them are pleased."
SECOND = "Loaves are said to be slightly rounder now."
THIRD = "The cat went along, and came back on the second day."


def _pair(*copy: str) -> tuple[Reading, Changes]:
    entry = replace(
        reading(RESOLVED),
        article=Article("\n\n".join((FIRST, SECOND, THIRD)), STORY, "Ovens"),
        copy=Article(
            "\n\n".join(copy), "https://evening-digest.example/d/512", "Ovens"
        ),
    )
    found = changes(entry)
    assert found is not None
    return entry, found


class TestAsLines:
    def test_marks(self) -> None:
        """
        Words that differ stand between marks, a lost paragraph behind a minus.
        """
        told = list(as_lines(*_pair(FIRST, SECOND.replace("slightly", "much"))))

        assert told[0] == "What Evening Digest changed"
        assert told[3:5] == [
            f"- Mill Street Mail: {STORY}",
            "+ Evening Digest: https://evening-digest.example/d/512",
        ]
        assert "~ Loaves are said to be [-slightly-]{+much+} rounder now." in told
        assert f"- {THIRD}" in told

    def test_folded(self) -> None:
        """
        Paragraphs that are the same are counted.
        """
        told = list(as_lines(*_pair(FIRST, SECOND)))

        assert "  2 paragraphs the same" in told


class TestAsObject:
    def test_whole(self) -> None:
        """
        The JSON holds the verdict, both sides, and every word of both texts.
        """
        found = json.loads(as_json.line(as_object(*_pair(FIRST, SECOND))))
        runs = [run for row in found["rows"] for run in row["runs"]]
        text = "".join(run["original"] for run in runs).split()

        assert (found["id"], found["verdict"]) == (7, "shortened")
        assert found["words"] - found["kept"] == 11
        assert found["percent"] == round(100 * found["kept"] / found["words"])
        assert found["original"]["publisher"] == "Mill Street Mail"
        assert " ".join(text).endswith(f"{FIRST} {SECOND} {THIRD}")
