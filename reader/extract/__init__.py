"""HTML to an Article: the text, cleaned, as Markdown; and Markdown to what is shown.

Nothing unsanitised leaves this room. Never fetches; never raises on any page or text.
What each function needs is imported when it is first called, for a reader that only
shows what is stored starts without any of it.
"""

from reader.model import Article, Entry, Page
from reader.rules import Rules

__all__ = ["article", "feed_text", "feed_words", "html_of", "plain", "sanitise"]


def article(page: Page, rules: Rules, hint: Entry | None = None) -> Article | None:
    """The article of a page with what the page says about it; None where it has none.

    `hint` is the entry that led here: its title tells which of a page's titles it is.
    """
    from reader.extract.page import article_of

    return article_of(page, rules, hint)


def feed_text(entry: Entry, rules: Rules) -> Article:
    """The longer of an entry's content and summary as an Article, shown whole."""
    from reader.extract.feed import text_of

    return text_of(entry, rules)


def feed_words(entry: Entry) -> str:
    """The words of an entry's own text without any form, for an index; fast."""
    from reader.extract.feed import words_of_entry

    return words_of_entry(entry)


def plain(markdown: str) -> str:
    """Markdown's text: paragraphs apart by a blank line, no markup, no pictures."""
    from reader.extract.readback import plain_text

    return plain_text(markdown)


def html_of(markdown: str) -> str:
    """Markdown as clean HTML, for export."""
    from reader.extract.readback import rendered

    return rendered(markdown)


def sanitise(html: str, base: str) -> str:
    """HTML with nothing left but text, structure, pictures and absolute web links."""
    from reader.extract.safe import sanitised

    return sanitised(html, base)
