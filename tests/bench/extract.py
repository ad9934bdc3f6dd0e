"""How good the extraction is on saved pages: text, structure, metadata, time.

`python -m tests.bench extract [CORPUS]`; CORPUS holds `news/` (pages and the text that
a person marked in them) and `pages/` (source, expected HTML and metadata). Needs no
network and changes nothing.
"""

import gzip
import json
import re
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from reader.extract import article, plain
from reader.model import Article, Page
from reader.rules import Rules, parse
from tests.bench import article as long
from tests.bench import metadata, structure
from tests.bench.bars import told

CORPUS = Path("../shared/corpus")
HTML = (("content-type", "text/html; charset=utf-8"),)
HELD_OUT = 3
"""One of how many pages is reported apart: those not looked at while mending."""
WORST = 12

Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of texts, means over pages; F1 is of those means."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def __str__(self) -> str:
        return f"F1 {self.f1:.4f}  P {self.precision:.4f}  R {self.recall:.4f}"


def shingles(text: str, size: int = 4) -> Shingles:
    """The bag of runs of words in a text."""
    words = re.findall(r"\w+", text)
    starts = range(max(1, len(words) - size + 1)) if words else range(0)
    return Counter(tuple(words[i : i + size]) for i in starts)


def compared(truth: str, text: str) -> tuple[float | None, float]:
    """Precision (None where nothing was found) and recall of one text."""
    wanted, found = shingles(truth), shingles(text)
    both = sum((wanted & found).values())
    precision = both / sum(found.values()) if found else (None if wanted else 1.0)
    return precision, both / sum(wanted.values()) if wanted else 1.0


def held_out(name: str) -> bool:
    """Whether a page is of the third kept aside, which its name alone decides."""
    return zlib.crc32(name.encode()) % HELD_OUT == 0


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """The score of pairs of the right text and the found one."""
    rows = [compared(truth, text) for truth, text in pairs]
    return Score(mean(p for p, _ in rows if p is not None), mean(r for _, r in rows))


def rules() -> Rules:
    """The bundled rules."""
    return parse(Path("reader/rules/rules.toml").read_text(encoding="utf-8"))


def timed(
    work: Callable[[str, bytes], str], pages: Mapping[str, tuple[str, bytes]]
) -> tuple[dict[str, str], float]:
    """What `work` makes of each page (URL and body), and milliseconds a page."""
    start = time.perf_counter()
    made = {key: work(url, body) for key, (url, body) in pages.items()}
    return made, (time.perf_counter() - start) * 1000 / max(1, len(pages))


def trafilatura_text(url: str, body: bytes) -> str:
    """What trafilatura gives by itself, set as it does best."""
    import trafilatura

    text = body.decode("utf-8")
    found = trafilatura.extract(text, include_comments=False, favor_precision=True)
    return str(found or "")


def news(folder: Path, facts: Rules) -> None:
    """Text against what a person marked, beside trafilatura in the same run."""
    truth: dict[str, dict[str, str]] = json.loads((folder / "truth.json").read_text())
    pages = {
        key: (
            truth[key]["url"],
            gzip.decompress((folder / f"{key}.html.gz").read_bytes()),
        )
        for key in sorted(truth)
    }

    def ours_text(url: str, body: bytes) -> str:
        found = article(Page(url, 200, HTML, body), facts)
        return plain(found.markdown) if found else ""

    theirs, their_time = timed(trafilatura_text, pages)
    ours, our_time = timed(ours_text, pages)
    aside = [key for key in sorted(truth) if held_out(key)]
    for name, keys in (("all", sorted(truth)), ("kept aside", aside)):
        for who, texts in (("trafilatura", theirs), ("firsthand", ours)):
            found = score((truth[key]["text"], texts[key]) for key in keys)
            print(f"{name:12} {who:12} {found}  {len(keys)} pages")
    print(f"time: trafilatura {their_time:.0f}, firsthand {our_time:.0f} ms a page")
    print("empty:", [key for key, text in ours.items() if not text] or "none")
    _print_worst({key: compared(truth[key]["text"], ours[key]) for key in truth}, truth)


def _print_worst(
    rows: Mapping[str, tuple[float | None, float]], truth: Mapping[str, dict[str, str]]
) -> None:
    order = sorted(rows, key=lambda key: (rows[key][0] or 0) + rows[key][1])
    for key in order[:WORST]:
        precision, recall = rows[key]
        url = truth[key]["url"]
        print(f"  {key[:8]} P {precision or 0:.2f} R {recall:.2f} {url[:90]}")


def samples(folder: Path, facts: Rules) -> None:
    """Structure and metadata of pages whose expected form is known."""
    found: dict[Path, Article] = {}
    for case in sorted(folder.iterdir()):
        page = Page(structure.URL, 200, HTML, (case / "source.html").read_bytes())
        made = article(page, facts)
        found[case] = made or Article("")
    expected = {case: (case / "expected.html").read_bytes() for case in found}
    texts = [
        (structure.text(expected[case]), plain(made.markdown))
        for case, made in found.items()
    ]
    print(f"pages: text beside the expected HTML's  {score(texts)}")
    aside = [
        pair for case, pair in zip(found, texts, strict=True) if held_out(case.name)
    ]
    print(f"       kept aside                       {score(aside)}")
    print(
        "empty:", [c.name for c, made in found.items() if not made.markdown] or "none"
    )
    rows = [(c.name, expected[c], made.markdown) for c, made in found.items()]
    structure.report(rows)
    print("  kept aside:")
    structure.report([row for row in rows if held_out(row[0])], shown=0)
    metadata.report(
        [(case.name, _expected_metadata(case), made) for case, made in found.items()]
    )


def _expected_metadata(case: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((case / "expected-metadata.json").read_text())
    return loaded


def main(argv: Sequence[str]) -> int:
    """Print every figure for the corpus in a folder."""
    corpus = Path(argv[0]) if argv else CORPUS
    facts = rules()
    news(corpus / "news", facts)
    samples(corpus / "pages", facts)
    print(told(long.bars()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
