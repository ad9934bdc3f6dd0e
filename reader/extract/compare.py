"""What a copy has of an original: word by word, paragraph beside paragraph.

Works on plain words; it never looks at pages, and its work is bounded for any texts.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from unicodedata import normalize

from reader.extract.align import Pair, matched
from reader.model import Article

Kind = Literal["same", "changed", "dropped", "added"]
Role = Literal["headline", "byline", "text"]
Verdict = Literal["identical", "shortened", "altered", "another"]

SHORTENED = 0.95
"""A copy that has less of the original's words than this, and fewer words, is cut."""
ANOTHER = 0.10
"""A text that has less of them than this is not that article's copy."""
BELONGS = 0.34
"""Share of the shorter paragraph's words that make two paragraphs the same one."""
WORDS_MAX = 60_000
"""Words of a text that are compared; what comes after them is left out."""

# Scripts without spaces are compared by characters.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"(?:[{_UNSPACED}]|[^\s{_UNSPACED}]+)\s*")
_TYPED = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "−": "-"}
)
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are the same in both, or differ; what a side has not is empty."""

    kind: Kind
    original: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that belong together; a newline stands between two on one side."""

    kind: Kind
    role: Role
    runs: tuple[Run, ...]

    @property
    def original(self) -> str:
        """The words of the original's side."""
        return "".join(run.original for run in self.runs).strip()

    @property
    def copy(self) -> str:
        """The words of the copy's side."""
        return "".join(run.copy for run in self.runs).strip()


@dataclass(frozen=True, slots=True)
class Comparison:
    """An original and its copy side by side, and how much of it is left.

    `words` are those of the original's text, `kept` how many of them the copy has;
    `places` counts what differs, headline and byline included.
    """

    rows: tuple[Row, ...]
    words: int
    kept: int
    copied: int
    places: int

    @property
    def percent(self) -> int:
        """How much of the original's text is left; 100 only where all of it is."""
        if self.kept >= self.words:
            return 100
        return min(round(100 * self.kept / self.words), 99)

    @property
    def verdict(self) -> Verdict:
        """The comparison in one word."""
        if not self.places:
            return "identical"
        share = self.kept / self.words if self.words else 1.0
        if share < ANOTHER:
            return "another" if self.copied > self.kept * 2 else "shortened"
        cut = share < SHORTENED and self.copied < self.words
        return "shortened" if cut else "altered"


def compared(original: Article, copy: Article) -> Comparison:
    """What became of an original in a copy."""
    from reader.extract.readback import plain_text

    rows = [
        *_line("headline", original.title, copy.title),
        *_line("byline", _byline(original), _byline(copy)),
    ]
    ours, theirs = (plain_text(text.markdown) for text in (original, copy))
    text = _rows(_Side.of(ours), _Side.of(theirs))
    counts = [_counts(row) for row in text]
    return Comparison(
        rows=(*rows, *text),
        words=sum(words for words, _, _ in counts),
        kept=sum(kept for _, kept, _ in counts),
        copied=sum(copied for _, _, copied in counts),
        places=sum(run.kind != "same" for row in (*rows, *text) for run in row.runs),
    )


def _byline(article: Article) -> str:
    return f"By {', '.join(article.authors)}" if article.authors else ""


def _line(role: Role, ours: str, theirs: str) -> Iterable[Row]:
    """The row of a headline or a byline, if there is one on either side."""
    if role == "headline" and not (ours and theirs):
        return ()
    return _rows(_Side.of(ours), _Side.of(theirs), role)


def _counts(row: Row) -> tuple[int, int, int]:
    """Words of the original, those of them that were kept, and words of the copy."""
    words = sum(_size(run.original) for run in row.runs)
    kept = sum(_size(run.original) for run in row.runs if run.kind == "same")
    return words, kept, sum(_size(run.copy) for run in row.runs)


def _size(text: str) -> int:
    return sum(bool(_LETTER.search(word)) for word in _WORD.findall(text))


# --- sides ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Side:
    """One text as words: as they are read, as they are compared, whose paragraph's."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    paragraph: tuple[int, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "_Side":
        """The words of a text; each line of it is a paragraph."""
        words: list[str] = []
        paragraph: list[int] = []
        starts: list[int] = []
        lines = filter(None, map(str.strip, normalize("NFC", text).split("\n")))
        for number, line in enumerate(lines):
            if len(words) >= WORDS_MAX:
                break
            found = _WORD.findall(line)
            starts.append(len(words))
            words += [*found[:-1], found[-1] + "\n"]
            paragraph += [number] * len(found)
        keys = tuple(word.rstrip().translate(_TYPED) for word in words)
        return cls(tuple(words), keys, tuple(paragraph), (*starts, len(words)))

    def span(self, paragraphs: range) -> tuple[int, int]:
        """Where the words of some paragraphs begin, and where they end."""
        return self.starts[paragraphs.start], self.starts[paragraphs.stop]

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The paragraphs that lie between two words, whole."""
        at = bisect_left(self.starts, start)
        while self.starts[at] < end:
            yield self.starts[at], self.starts[at + 1]
            at += 1


# --- rows -------------------------------------------------------------------


def _rows(ours: _Side, theirs: _Side, role: Role = "text") -> list[Row]:
    """Paragraphs beside each other, in the order of both texts."""
    pairs = matched(ours.keys, theirs.keys)
    links = _links(ours, theirs, pairs)
    if role != "text" and ours.words and theirs.words:
        links = {(0, 0)}  # a headline answers to the other, whatever it says
    kept = [pair for pair in pairs if _paragraphs(ours, theirs, pair) in links]
    rows: list[Row] = []
    i = j = at = 0
    for left, right in _groups(links):
        start, end = ours.span(left)
        begin, stop = theirs.span(right)
        rows += _alone("dropped", ours, i, start, role)
        rows += _alone("added", theirs, j, begin, role)
        until = bisect_left(kept, (end, 0), at)
        runs = _runs(ours, theirs, (start, end, begin, stop), kept[at:until])
        same = all(run.kind == "same" for run in runs)
        rows.append(Row("same" if same else "changed", role, runs))
        i, j, at = end, stop, until
    rows += _alone("dropped", ours, i, len(ours.words), role)
    rows += _alone("added", theirs, j, len(theirs.words), role)
    return rows


def _paragraphs(ours: _Side, theirs: _Side, pair: Pair) -> Pair:
    return ours.paragraph[pair[0]], theirs.paragraph[pair[1]]


def _links(ours: _Side, theirs: _Side, pairs: Iterable[Pair]) -> set[Pair]:
    """Paragraphs that are the same one, by the words that they share."""
    shared = Counter(_paragraphs(ours, theirs, pair) for pair in pairs)
    here, there = Counter(ours.paragraph), Counter(theirs.paragraph)
    return {
        (left, right)
        for (left, right), count in shared.items()
        if count >= BELONGS * min(here[left], there[right])
    }


def _groups(links: Iterable[Pair]) -> Iterator[tuple[range, range]]:
    """The paragraphs of both sides that hang together, in their order."""
    left = right = range(0)
    for here, there in sorted(links):
        if left and (here < left.stop or there < right.stop):
            left = range(left.start, max(left.stop, here + 1))
            right = range(right.start, max(right.stop, there + 1))
            continue
        if left:
            yield left, right
        left, right = range(here, here + 1), range(there, there + 1)
    if left:
        yield left, right


def _alone(kind: Kind, side: _Side, start: int, end: int, role: Role) -> Iterator[Row]:
    """Paragraphs that only one side has."""
    for at, stop in side.between(start, end):
        text = "".join(side.words[at:stop])
        run = Run(kind, original=text) if kind == "dropped" else Run(kind, copy=text)
        yield Row(kind, role, (run,))


def _runs(
    ours: _Side, theirs: _Side, part: tuple[int, int, int, int], kept: Sequence[Pair]
) -> tuple[Run, ...]:
    """The words of paragraphs that belong together, as runs."""
    i, end, j, stop = part
    runs: list[Run] = []
    for offset, group in groupby(kept, key=lambda pair: pair[0] - pair[1]):
        pairs = list(group)
        for start, until in _unbroken([here for here, _ in pairs]):
            runs += _differing(ours.words[i:start], theirs.words[j : start - offset])
            i, j = until, until - offset
            here, there = ours.words[start:i], theirs.words[start - offset : j]
            runs.append(Run("same", "".join(here), "".join(there)))
    return (*runs, *_differing(ours.words[i:end], theirs.words[j:stop]))


def _unbroken(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places as the ranges that they fill."""
    for _, group in groupby(enumerate(places), key=lambda item: item[1] - item[0]):
        filled = [place for _, place in group]
        yield filled[0], filled[-1] + 1


def _differing(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Run]:
    if ours or theirs:
        kind: Kind = "changed" if ours and theirs else "dropped" if ours else "added"
        yield Run(kind, "".join(ours), "".join(theirs))
