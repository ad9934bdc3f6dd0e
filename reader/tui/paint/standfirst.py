"""The standfirst of an article: the sentence or two that stand over its text.

It is only ever what the publisher set there; an announcement or an excerpt is none.
"""

import re
from html import unescape

from reader.cleaning import clean_line
from reader.model import Article, Reading

LONGEST = 300
"""Characters up to which a first paragraph or a summary is a standfirst."""
SHORTEST = 30
COMPARED = 40
"""Letters of a summary that an article must not begin with, or it is an excerpt."""

_EMPHASISED = re.compile(
    r"(?P<sign>\*{1,3}|_{1,3})(?P<text>[^*_\n\[\]]+(?:\n[^*_\n\[\]]+)*)(?P=sign)"
    r"(?:\n\s*\n|\s*$)"
)
_TAG = re.compile(r"<[^>]*>")
_EXCERPT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def standfirst(reading: Reading, text: Article) -> tuple[str, str]:
    """The standfirst of a text that is shown, "" where it has none, and the rest."""
    opening = _EMPHASISED.match(text.markdown.lstrip())
    if opening and SHORTEST <= len(opening["text"]) <= LONGEST:
        rest = text.markdown.lstrip()[opening.end() :]
        if rest.strip():
            return clean_line(_ESCAPE.sub(r"\1", opening["text"])), rest
    if text is reading.article and reading.attribution.status == "original":
        return _summary(reading, text), text.markdown
    return "", text.markdown


def _summary(reading: Reading, text: Article) -> str:
    """The feed's summary, if it is a whole short one that the text does not repeat."""
    given = reading.entry.summary
    summary = clean_line(unescape(_TAG.sub(" ", given)))
    if not SHORTEST <= len(summary) <= LONGEST or _EXCERPT.search(summary):
        return ""
    linked = "<a " in given.lower() or "http" in summary
    repeated = _letters(summary)[:COMPARED] in _letters(text.markdown)
    return "" if linked or repeated else summary


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
