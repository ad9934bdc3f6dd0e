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


def _same_byline(expected: str, made: Article) -> bool:
    wanted = re.sub(r"^\s*(?:by|von|par|por)\b[:\s]*", "", expected, flags=re.I)
    ours = key(" ".join(made.authors))
    return bool(ours) and (ours == key(wanted) or key(wanted).startswith(ours))


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


def report(cases: Sequence[tuple[str, dict[str, Any], Article]]) -> None:
    """Print how much of each field is right where it is given, and what is wrong."""
    for field, (same, shown) in FIELDS.items():
        given = [
            (name, want[field], made) for name, want, made in cases if want.get(field)
        ]
        wrong = [(n, want, made) for n, want, made in given if not same(want, made)]
        print(f"  {field:14} {len(given) - len(wrong)} of {len(given)} right")
        for name, want, made in wrong:
            print(f"      {name}: wanted {want!r}, found {shown(made)!r}")
