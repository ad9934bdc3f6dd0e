"""Words that were looked for, lit up in lines where they stand.

Case and accents make no difference; nothing moves, only the ink changes.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from reader.tui.paint.span import Line, Span

WORDS_MOST = 30
"""Words that are lit at once."""
_WORD = re.compile(r"\w+")
_SPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words to be lit; `begins` are lit as the beginnings of words, too."""

    words: frozenset[str] = frozenset()
    begins: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.begins)


def wanted(texts: Iterable[tuple[str, bool]]) -> Wanted:
    """The words of some texts; of a text that may go on (`True`), so may its last."""
    words: set[str] = set()
    begins: set[str] = set()
    for text, goes_on in texts:
        found = _WORD.findall(_folded(text))
        words.update(found[:-1] if goes_on else found)
        begins.update(found[-1:] if goes_on else ())
    return Wanted(
        frozenset(sorted(words)[:WORDS_MOST]), frozenset(sorted(begins)[:WORDS_MOST])
    )


def lit(line: Line, words: Wanted) -> Line:
    """A line in which the words stand in the accent."""
    pattern = _pattern(words)
    if pattern is None:
        return line
    return tuple(part for span in line for part in _parts(span, pattern))


def _parts(span: Span, pattern: re.Pattern[str]) -> Iterable[Span]:
    at = 0
    for match in pattern.finditer(_folded(span.text)):
        if match.start() > at:
            yield span.saying(span.text[at : match.start()])
        yield replace(span, text=span.text[match.start() : match.end()], ink="accent")
        at = match.end()
    if at == 0:
        yield span
    elif at < len(span.text):
        yield span.saying(span.text[at:])


def holds(text: str, looked_for: str) -> bool:
    """Whether a text holds another one, case and accents folded."""
    return _folded(looked_for) in _folded(text)


def text_lit(line: Line, looked_for: str) -> Line:
    """A line in which a text, whole words or not, stands in the accent."""
    pattern = re.compile(re.escape(_folded(looked_for)))
    return tuple(part for span in line for part in _parts(span, pattern))


@lru_cache(maxsize=16)
def _pattern(words: Wanted) -> re.Pattern[str] | None:
    whole = [_bounded(word) for word in sorted(words.words, key=len, reverse=True)]
    begun = [rf"\b{re.escape(word)}\w*" for word in sorted(words.begins)]
    return re.compile("|".join((*whole, *begun))) if words else None


def _bounded(word: str) -> str:
    """A word by itself; in scripts without spaces, wherever it stands."""
    plain = re.escape(word)
    return plain if _SPACED.search(word) else rf"\b{plain}\b"


def _folded(text: str) -> str:
    """A text without case and accents, letter by letter: places stay what they are."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold, text))


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    low = char.lower()
    bare = unicodedata.normalize("NFD", low)[:1]
    return bare if len(low) == 1 and bare else low[:1] or char
