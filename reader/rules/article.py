"""What stands in the page of an article and is none of it, as data.

The `[article]` table of rules.toml; this module never looks at an article itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class ArticleRules:
    """Names and literal phrases (`*` stands for anything), all in lower case.

    `boxes` are class names and ids, or hyphenated parts of them, of what is no article;
    `teasers` begin a pointer to another article; `footers` are whole lines that a theme
    or a newsroom adds; `credits` are such lines that only end an article; `endings` are
    headings behind which nothing belongs to it; `bylines` stand before a name;
    `nobodies` are names of accounts rather than of people; `players` are the addresses
    that other sites embed to play something, each with the address of what it plays,
    where that is another one; `pixels` begin the addresses of pictures that count
    readers; `shares` are names of boxes in a feed's text that are there for sharing it.
    """

    boxes: tuple[str, ...] = ()
    teasers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    nobodies: tuple[str, ...] = ()
    players: tuple[str, ...] = ()
    pixels: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()


def parse_article(table: Mapping[str, Any]) -> ArticleRules:
    """The article's rules of one `[article]` table; ValueError names a wrong key."""
    known = {field.name for field in fields(ArticleRules)}
    for name, values in table.items():
        if name not in known:
            raise ValueError(f"“{name}” is not known")
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            raise ValueError(f"“{name}” must be a list of texts")
    return ArticleRules(**{name: _lower(values) for name, values in table.items()})


def _lower(values: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(value.lower().split()) for value in values)
