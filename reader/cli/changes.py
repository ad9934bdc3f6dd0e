"""`firsthand diff`: what the republisher changed, as text or as JSON.

In text `[-…-]` is only in the original and `{+…+}` only in the copy.
"""

from collections.abc import Iterator
from itertools import groupby

from reader.cli import as_json, as_text
from reader.extract.compare import Row, Run
from reader.model import Article, Reading
from reader.services.changes import Changes

SIGNS = {"same": " ", "changed": "~", "dropped": "-", "added": "+"}


def as_lines(reading: Reading, found: Changes) -> Iterator[str]:
    """The verdict, whose the texts are, and each paragraph; those alike are counted."""
    told = reading.attribution
    yield f"What {reading.row.feed.title} changed"
    yield found.sentence
    yield ""
    yield f"- {told.publisher or 'the original'}: {told.url}"
    yield f"+ {reading.row.feed.title}: {found.copy.url or reading.row.url}"
    rows = found.comparison.rows
    for (same, role), group in groupby(rows, lambda r: (r.kind == "same", r.role)):
        members = list(group)
        count = sum(row.original.count("\n") + 1 for row in members)
        yield ""
        if same and role == "text" and count > 1:
            yield f"  {as_text.count(count, 'paragraph')} the same"
            continue
        for number, row in enumerate(members):
            if number:
                yield ""
            yield f"{SIGNS[row.kind]} {_text(row)}"


def _text(row: Row) -> str:
    if row.kind == "changed":
        return "".join(map(_marked, row.runs)).strip().replace("\n", "\n  ")
    return (row.original or row.copy).replace("\n", "\n  ")


def _marked(run: Run) -> str:
    """A run within a paragraph that differs, its blanks outside the marks."""
    if run.kind == "same":
        return run.original
    ours, theirs = run.original.rstrip(), run.copy.rstrip()
    parts = [f"[-{ours}-]"] if ours else []
    parts += [f"{{+{theirs}+}}"] if theirs else []
    text = run.original or run.copy
    return "".join(parts) + text[len(text.rstrip()) :]


def as_object(reading: Reading, found: Changes) -> dict[str, as_json.Json]:
    """The comparison as one JSON object."""
    told = found.comparison
    return {
        "id": reading.row.id,
        "verdict": told.verdict,
        "sentence": found.sentence,
        "percent": told.percent,
        "places": told.places,
        "words": told.words,
        "kept": told.kept,
        "original": _side(found.original, reading.attribution.publisher),
        "copy": _side(found.copy, reading.row.feed.title),
        "rows": [
            {
                "kind": row.kind,
                "role": row.role,
                "runs": [
                    {"kind": run.kind, "original": run.original, "copy": run.copy}
                    for run in row.runs
                ],
            }
            for row in told.rows
        ],
    }


def _side(text: Article, publisher: str | None) -> dict[str, as_json.Json]:
    return {
        "url": text.url,
        "title": text.title,
        "publisher": publisher,
        "author": as_json.names(text.authors),
        "published": as_json.time(text.published),
    }
