"""The phrases of ArticleRules, made to match the text of one block.

Says whether a text is such a line, never whether it comes off: `choose` does.
"""

import re
from functools import lru_cache

from reader.rules.article import ArticleRules

_WORDS_MAX = 45
# What may stand between a teaser's words and what it points to.
_AFTER = r"(?:\s*[:：|>»›→–—-]|\s*$)"


@lru_cache(maxsize=32)
def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for lines that are a phrase, `*` standing for anything."""
    return re.compile("|".join(map(_glob, phrases)) or r"(?!)")


def _glob(phrase: str) -> str:
    return ".*".join(re.escape(part) for part in phrase.split("*"))


@lru_cache(maxsize=32)
def _beginning(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest)) or '(?!)'}){_AFTER}")


@lru_cache(maxsize=32)
def _names(boxes: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(boxes, key=len, reverse=True)))
    return re.compile(rf"(?<![a-z0-9])(?:{words or '(?!)'})(?![a-z0-9])")


def _lower(text: str) -> str:
    return text.lower().strip(" \u00a0•·*|-–—▶►→»›")


def is_footer(text: str, rules: ArticleRules) -> bool:
    """Whether a line is one that a theme or a player adds."""
    return _short(text) and bool(_whole(rules.footers).fullmatch(_lower(text)))


def is_credit(text: str, rules: ArticleRules) -> bool:
    """Whether a line is one that a newsroom puts behind an article."""
    lowered = _lower(text).rstrip(".")
    return len(text) < 700 and bool(_whole(rules.credits).fullmatch(lowered))


def is_ending(text: str, rules: ArticleRules) -> bool:
    """Whether a heading is one behind which nothing belongs to the article."""
    return _short(text) and bool(_whole(rules.endings).fullmatch(_lower(text)))


def teaser(text: str, rules: ArticleRules) -> str | None:
    """What a teaser points to, "" when it only announces one; None for no teaser."""
    lowered = _lower(text)
    found = _beginning(rules.teasers).match(lowered)
    if not found or not _short(text):
        return None
    return lowered[found.end() :].strip()


def is_box(name: str, boxes: tuple[str, ...]) -> bool:
    """Whether a class name or id is that of one of some boxes."""
    return bool(_names(boxes).search(_snake(name)))


@lru_cache(maxsize=4096)
def _snake(name: str) -> str:
    """A name in lower case with hyphens, whatever its spelling ("postMeta__item")."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name[:200])
    return re.sub(r"[_\s-]+", "-", split).lower()


def _short(text: str) -> bool:
    return len(text) < 400 and text.count(" ") < _WORDS_MAX
