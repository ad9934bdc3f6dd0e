"""The feed's own text of an entry, shown whole: nothing comes off but markup.

Never looks at a page; `page` does.
"""

import re
from html import unescape

import nh3

from reader.extract.markdown import to_markdown
from reader.extract.safe import SILENT, sanitised
from reader.extract.structured import paragraphs
from reader.extract.tree import shallow
from reader.model import Article, Entry
from reader.rules import Rules

_BLOCK_TAG = re.compile(
    r"(?=</?(?:p|div|br|li|dt|dd|td|th|tr|h[1-6]|blockquote|pre|hr|figcaption)\b)", re.I
)
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*[\s/>]|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d?);", re.I)


def text_of(entry: Entry, rules: Rules) -> Article:
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


def words_of_entry(entry: Entry) -> str:
    """The words of an entry's own text without any form, for an index; fast.

    What `plain` makes of `text_of`, but for white space.
    """
    given = max(entry.content, entry.summary, key=len)
    if not _MARKUP.search(given):
        return " ".join(given.split())
    bare = nh3.clean(
        _BLOCK_TAG.sub(" ", shallow(given)), tags=set(), clean_content_tags=set(SILENT)
    )
    return " ".join(unescape(bare).split())


def _markdown(given: str, base: str) -> str:
    if not _MARKUP.search(given):
        return paragraphs(given)
    return to_markdown(sanitised(given, base))
