"""How soon a long article is on the screen once it is loaded, and when scrolled.

Lays it out as the article pane does and draws the lines of a first screen; needs no
store and no terminal. Printed by `python -m tests.bench extract`.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

from reader.model import Article, Attribution, Entry, EntryRow, FeedRef, Reading
from reader.tui import ink, themes
from reader.tui.paint.glyphs import UNICODE
from reader.tui.paint.reading import reading_lines
from tests.bench.bars import Bar

WORDS = 10_000
MEASURE, SCREEN = 72, 60
ROUNDS = 7
_NOW = datetime(2025, 2, 5, 12, tzinfo=UTC)
_VOCABULARY = (
    *("harbour", "ferry", "the", "of", "a", "and", "islands", "winter", "mate"),
    *("timetable", "yard", "passengers", "because", "“early”", "coast—line"),
)


def text(words: int) -> str:
    """Markdown of so many words: paragraphs with links and emphasis, lists, a table."""
    rng = random.Random(7)  # noqa: S311
    blocks = []
    count = 0
    while count < words:
        chosen = [rng.choice(_VOCABULARY) for _ in range(rng.randint(30, 110))]
        count += len(chosen)
        chosen[5] = f"[{chosen[5]} {chosen[6]}](https://sea.example/{count})"
        chosen[9] = f"*{chosen[9]}* **{chosen[10]}**"
        blocks.append(" ".join(chosen))
        if len(blocks) % 9 == 0:
            blocks.append("## " + " ".join(chosen[12:17]))
            blocks.append(
                "\n".join(f"- {' '.join(chosen[n : n + 6])}" for n in (12, 18))
            )
        if len(blocks) % 30 == 0:
            blocks.append("| Boat | Built |\n| --- | --- |\n| Gull | 1931 |")
    return "\n\n".join(blocks)


def reading(words: int) -> Reading:
    """An original's article of so many words, as it is loaded."""
    url = "https://sea.example/ferry"
    told = Attribution("original", url=url, publisher="Harbour News")
    title, feed = "One boat a day", FeedRef(1, "Harbour News", url)
    row = EntryRow(1, feed, title, url, (), _NOW, _NOW, False, False, told)
    entry = Entry(url, title)
    return Reading(row, entry, Article(text(words), url=url, title=title))


def first_screen(found: Reading) -> int:
    """Lay a reading out and draw its first screen; how many lines it has in all."""
    theme = themes.load().themes[themes.DARK]
    laid = reading_lines(found, MEASURE, UNICODE, UTC)
    for line in laid.lines[:SCREEN]:
        ink.strip(line, theme, "surface", MEASURE)
    return len(laid.lines)


def milliseconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1_000


def measure() -> tuple[float, float, int]:
    """The first time, what it is after, and the lines of the article."""
    found = reading(WORDS)
    once = milliseconds(lambda: first_screen(found))
    again = median(milliseconds(lambda: first_screen(found)) for _ in range(ROUNDS))
    return once, again, first_screen(found)


def bars() -> tuple[Bar, ...]:
    """The bar of the first screen, with the first article's imports and without."""
    once, again, lines = measure()
    work = f"first screen of {WORDS:,} words, {lines:,} lines"
    return (
        Bar(f"{work}, the first article", once, 100, "ms", "imports included"),
        Bar(f"{work}, the next", again, 100, "ms"),
    )
