"""The text that a page hands to search engines, for where its body has none.

Reads JSON-LD only; escapes what it finds, for it is text and no markup.
"""

import re

from reader.extract import escape
from reader.extract.markdown import to_markdown
from reader.extract.safe import sanitised
from reader.html import Document

_TAGS = re.compile(r"<(?:p|br|div|a|em|strong|ul|li|h\d)\b", re.I)
_LEAST = 80


def article_body(document: Document) -> str:
    """`articleBody` of the page's article as Markdown; "" where there is none."""
    node = document.article_node or {}
    text = node.get("articleBody")
    if not isinstance(text, str) or len(text) < _LEAST:
        return ""
    if _TAGS.search(text):
        return to_markdown(sanitised(text, document.base))
    return paragraphs(text)


def paragraphs(text: str) -> str:
    """Plain text as Markdown: empty lines, or else line ends, part paragraphs."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(parts) == 1:
        parts = text.splitlines()
    lines = (" ".join(part.split()) for part in parts)
    return "\n\n".join(escape.line(escape.text(line)) for line in lines if line)
