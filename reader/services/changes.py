"""What the republisher changed: its copy beside the original, and a verdict on it.

Works on what is stored; nothing is fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reader.extract.compare import Comparison, Kind, compared
from reader.model import Article, Reading

LEAST = 0.5
"""Share of the original that a feed's text must have to pass for a copy of it."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
_SENTENCE = re.compile(r"[^a-z\s][^.!?。！？]*[.!?。！？][\"'”’»)]*")


@dataclass(frozen=True, slots=True)
class Changes:
    """An original and a republisher's copy compared, and the verdict in one line."""

    original: Article
    copy: Article
    comparison: Comparison
    sentence: str


def changes(reading: Reading) -> Changes | None:
    """What became of an entry's original on the way; None where there are not both.

    The copy is the republisher's own page, else the feed's text where it has enough
    of the original to be one.
    """
    original = reading.article
    if original is None or reading.attribution.status != "resolved":
        return None
    name = reading.row.feed.title
    copies = (reading.copy, _named(reading, reading.feed_text))
    for copy in copies:
        if copy is None or not copy.markdown.strip():
            continue
        found = compared(_named(reading, original), copy)
        if copy is reading.copy or found.kept >= LEAST * found.words:
            return Changes(original, copy, found, sentence(found, name))
    return None


def missing(reading: Reading) -> str:
    """Why there is nothing to compare, in one sentence."""
    if reading.attribution.status == "original":
        return "The feed’s own publisher wrote it: there is nothing to compare."
    if reading.article is None:
        return "There is no text of the original to compare with."
    return f"{reading.row.feed.title} has no copy of its own to compare."


def _named(reading: Reading, text: Article) -> Article:
    """A text with the headline and authors that are known of it elsewhere."""
    if text is reading.article:
        authors = text.authors or reading.attribution.authors
        return replace(text, authors=authors)
    return replace(text, title=text.title or reading.row.title)


def sentence(found: Comparison, name: str) -> str:
    """The verdict in one line: what is left of the original, and what differs."""
    kept = f"{found.kept} of {found.words} words kept"
    told = ", ".join(_told(found))
    match found.verdict:
        case "identical":
            return f"{name} changed nothing but the address."
        case "another":
            return f"Another text: {kept}."
        case "shortened":
            first = f"Shortened to {found.percent} %: {kept}"
        case "altered":
            places = _counted(found.places, "place")
            first = f"Altered in {places}"
            first += f", {kept}" if found.kept < found.words else ""
            return f"{first}: {told}."
    return f"{first}, {told}." if told else f"{first}."


def _told(found: Comparison) -> Iterator[str]:
    """What differs, in few words."""
    lines = {row.role: row.kind for row in found.rows if row.role != "text"}
    if lines.get("headline", "same") != "same":
        yield "new headline"
    byline = lines.get("byline", "same")
    if byline != "same":
        yield {
            "dropped": "no byline",
            "changed": "another byline",
            "added": "a byline added",
        }[byline]
    for kind, word in _WORDS:
        texts = _texts(found, kind)
        whole = all(_SENTENCE.fullmatch(text) for text in texts)
        noun = "sentence" if whole else "passage"
        if texts:
            yield f"{_counted(len(texts), noun)} {word}"


_WORDS: tuple[tuple[Kind, str], ...] = (
    ("dropped", "left out"),
    ("changed", "reworded"),
    ("added", "added"),
)


def _texts(found: Comparison, kind: Kind) -> list[str]:
    """What differs in one way within the text."""
    rows = (row for row in found.rows if row.role == "text")
    runs = (run for row in rows for run in row.runs if run.kind == kind)
    return [(run.original or run.copy).strip() for run in runs]


def _counted(number: int, noun: str) -> str:
    count = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{count} {noun}{'' if number == 1 else 's'}"
