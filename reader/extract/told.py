"""What the feed said of an entry, as evidence of what on its page is the article.

Answers whether a text of the page is the feed's, too; chooses nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.extract.feed import words_of_entry
from reader.model import Entry

_RUN = 4
_SHARE = 0.6
_FEWEST = 5
_TEXT_MAX = 400_000
_CUT_SHORT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])\s*\S*\s*$")
_WORD = re.compile(r"\w+")

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The words of an entry's own text, in runs; nothing where there is no entry.

    `squeezed` is the text without all but its letters, for scripts without spaces.
    `whole` says that it does not break off.
    """

    runs: frozenset[Run] = frozenset()
    squeezed: str = ""
    length: int = 0
    whole: bool = False

    def holds(self, text: str) -> bool:
        """Whether most of a text of some length stands in the feed's, too."""
        if not self.squeezed:
            return False
        words = _WORD.findall(text.lower())
        if len(words) < _FEWEST:
            said = "".join(words)
            return len(said) >= 4 * _FEWEST and said in self.squeezed
        own = runs(words)
        return sum(run in self.runs for run in own) >= _SHARE * len(own)


def told(hint: Entry | None) -> Told:
    """What the feed said of an entry."""
    if hint is None:
        return Told()
    text = words_of_entry(hint)[:_TEXT_MAX]
    words = _WORD.findall(text.lower())
    if len(words) < _FEWEST and len(text) < 4 * _FEWEST:
        return Told()
    whole = not _CUT_SHORT.search(text[-80:])
    return Told(frozenset(runs(words)), "".join(words), len(words), whole)


def runs(words: Sequence[str]) -> list[Run]:
    """The runs of words of a text."""
    return [tuple(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1))]
