"""What a republisher leaves in an article that is none of it, as data.

The `[article]` table of rules.toml; this module never looks at an article itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ArticleRules:
    """Literal phrases (`*` stands for anything) that come off an article's text."""

    teasers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    junk: tuple[str, ...] = ()


def parse_article(table: Mapping[str, Any]) -> ArticleRules:
    """The article's rules of one `[article]` table."""
    return ArticleRules(**{name: tuple(values) for name, values in table.items()})
