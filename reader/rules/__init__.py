"""Facts as data: wrappers, tracking parameters, phrases, walls. See rules.toml.

`parse` turns the text of rules.toml into one frozen `Rules`; nobody here reads a file.
"""

from reader.rules.article import ArticleRules
from reader.rules.parsing import parse, parse_own
from reader.rules.phrases import Announcement, announcement, announcements, quoted
from reader.rules.tables import Rules, Wall, Wrapper

__all__ = [
    "Announcement",
    "ArticleRules",
    "Rules",
    "Wall",
    "Wrapper",
    "announcement",
    "announcements",
    "parse",
    "parse_own",
    "quoted",
]
