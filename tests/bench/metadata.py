"""Is what a page says of its article read right? Compares with expected metadata.

Prints; changes nothing.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from reader.model import Article


def key(text: str) -> str:
    """A text by its words."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _same_title(expected: str, made: Article) -> bool:
    """Right or containing the right: the expected ones often keep the site's name."""
    ours, wanted = key(made.title), key(expected)
    return bool(ours) and (ours in wanted or wanted in ours)


# What stands in expected bylines and names nobody: links of a site's navigation.
LABELS = frozenset(("個人",))
_BY = re.compile(r"^\s*(?:by|von|par|por)\b[:\s]*", re.I)
_DATE = re.compile(
    r"(?:(?:updated|published|posted)\s+)?\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]*\.?\s+\d{1,2},\s+\d{4}(?:\s+at\s+\d{1,2}:\d\d\s*[ap]m)?",
    re.I,
)


def author(expected: str, made: Article) -> str:
    """An expected byline without "By", dates and the site's name; "" where no more is.

    Labels that name no author are none.
    """
    plain = " ".join(_BY.sub("", _DATE.sub(" ", expected)).split())
    return "" if plain in LABELS or key(plain) == key(made.publisher or "") else plain


def _same_byline(expected: str, made: Article) -> bool:
    """Right or containing the right, by the words of names in any order."""
    wanted = author(expected, made) or expected
    ours = key(" ".join(made.authors))
    among = any(
        sorted(key(a).split()) == sorted(key(wanted).split()) for a in made.authors
    )
    return bool(ours) and (ours == key(wanted) or key(wanted).startswith(ours) or among)


def _same_site(expected: str, made: Article) -> bool:
    return key(expected) == key(made.publisher or "")


def _same_time(expected: str, made: Article) -> bool:
    try:
        wanted = datetime.fromisoformat(expected.replace("Z", "+00:00"))
    except ValueError:
        return False
    wanted = wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)
    return made.published == wanted.astimezone(UTC)


FIELDS: dict[
    str, tuple[Callable[[str, Article], bool], Callable[[Article], object]]
] = {
    "title": (_same_title, lambda made: made.title),
    "byline": (_same_byline, lambda made: made.authors),
    "siteName": (_same_site, lambda made: made.publisher),
    "publishedTime": (_same_time, lambda made: made.published),
}


def _named(given: list[tuple[str, str, Article]]) -> list[tuple[str, str, Article]]:
    """Those of the expected bylines that name somebody; the others are listed.

    A site may have its author's name.
    """
    named = []
    for name, wanted, made in given:
        if author(wanted, made) or key(wanted) == key(" ".join(made.authors)):
            named.append((name, wanted, made))
        else:
            print(f"      names no author, left out: {name}: {wanted!r}")
    return named


def report(cases: Sequence[tuple[str, dict[str, Any], Article]]) -> None:
    """Print how much of each field is right where it is given, and what is wrong."""
    for field, (same, shown) in FIELDS.items():
        given = [
            (name, want[field], made) for name, want, made in cases if want.get(field)
        ]
        if field == "byline":
            given = _named(given)
        wrong = [(n, want, made) for n, want, made in given if not same(want, made)]
        share = (len(given) - len(wrong)) / max(1, len(given))
        print(
            f"  {field:14} {len(given) - len(wrong)} of {len(given)} right, {share:.1%}"
        )
        for name, want, made in wrong:
            print(f"      {name}: wanted {want!r}, found {shown(made)!r}")
