"""The names of authors out of a byline.

Knows words that stand before and behind names; knows no names.
"""

import re
from functools import lru_cache

from reader.rules.article import ArticleRules

_SPLIT = re.compile(
    r"\s*[,;|•·]\s*|\s+(?:and|und|et|y|e|en|i|и|та|ve)\s+|\s*&\s*|\s+with\s+|、|，",
    re.I,
)
_CUT = re.compile(
    r"\s*(?:[|•·]|\s[-–—]\s|\bon\s+\w+\s+\d|\bat\s+\d|\bupdated\b|\bpublished\b"
    r"|\bposted\b|\bfor\s+the\b|\d{1,2}[:./]\d{2}|\b(?:19|20)\d\d\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d"
    r"|\b\d{1,2}\.?\s+(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])"
    r").*$",
    re.I,
)
_ASIDE = re.compile(
    r"\s*\((?=[^()]*(?:://|@|,|\b(?:avec|with|mit|con|et|and|und)\b))[^()]*\)"
)
_NO_NAME = re.compile(r"https?://|www\.|@|\d{3,}|[{}<>\[\]]", re.I)
_TITLES = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|staff|contributor|columnist|producer"
    r"|desk|team|newsroom)s?\b",
    re.I,
)


@lru_cache(maxsize=8)
def _before(phrases: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(
        rf"^\s*(?:{words or '(?!)'})(?:\s*[:：]\s*|\s+|(?<=[：:／/]))", re.I
    )


def key(text: str) -> str:
    """A text by its words, in lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))


def names(text: str, rules: ArticleRules) -> tuple[str, ...]:
    """The authors that a byline names, in order; empty where it names nobody."""
    if _NO_NAME.search(text.split(" ")[0]) or len(text) > 200:
        return ()
    text = _before(rules.bylines).sub("", " ".join(text.split()))
    text = _CUT.sub("", _ASIDE.sub("", text))
    parts = [part.strip(" .,-–—:") for part in _SPLIT.split(text)]
    found = [p for i, p in enumerate(parts) if _is_name(p, first=i == 0)]
    return tuple(dict.fromkeys(n for n in found if n.lower() not in rules.nobodies))


def _is_name(text: str, first: bool) -> bool:
    if not 1 < len(text) <= 60 or len(text.split()) > 6 or _NO_NAME.search(text):
        return False
    return first or not _TITLES.search(text)
