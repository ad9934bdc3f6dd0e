"""The feed's own text of an entry, shown whole: nothing comes off but markup.

Never looks at a page; `page` does.
"""

import re

from reader.extract.markdown import to_markdown
from reader.extract.sanitise import sanitise
from reader.extract.structured import paragraphs
from reader.model import Article, Entry
from reader.rules import Rules

_MARKUP = re.compile(r"</?[a-z][a-z0-9]*[\s/>]|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d?);", re.I)


def feed_text(entry: Entry, rules: Rules) -> Article:
    """The longer of an entry's content and summary as an Article."""
    given = max(entry.content, entry.summary, key=len)
    return Article(
        _markdown(given, entry.url),
        url=entry.url or None,
        title=entry.title,
        authors=entry.authors,
        published=entry.published,
        updated=entry.updated,
        language=entry.language,
    )


def _markdown(given: str, base: str) -> str:
    if not _MARKUP.search(given):
        return paragraphs(given)
    return to_markdown(sanitise(given, base))
