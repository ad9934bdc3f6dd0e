"""Titles as plain text and plain text as HTML; never judges whether markup is safe."""

import html
import re

HTML_TYPES = ("text/html", "application/xhtml+xml")
"""The media types that a text of markup is declared with."""

_BREAKS = "br|p|div|h[1-6]|li|tr|td|img"
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|nobr|q|s"
    "|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr"
)
_BREAK_TAG = re.compile(rf"</?(?:{_BREAKS})(?:\s[^<>]*)?/?>", re.I)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.I)
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?-->", re.I | re.S)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_MARKUP = re.compile(
    rf"</(?:{_BREAKS}|{_INLINE}|ul|ol|blockquote|pre|table|figure)>|<(?:br|p|img)\b",
    re.I,
)


def unescaped(text: str) -> str:
    """`text` with its character references resolved, those with a semicolon only."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text)


def plain_title(text: str, markup: bool | None) -> str:
    """A title as plain text.

    `markup` says what the feed declared: True HTML, False text, None nothing at all, as
    RSS, where only the usual tags are taken for markup, so that one about `<video>` or
    `vector<int>` keeps its words. References are resolved in each: feeds that escape
    twice are many, titles that speak of `&amp;` few.
    """
    if "<" not in text and "&" not in text:
        return text
    if markup is not False:
        text = _INLINE_TAG.sub("", _BREAK_TAG.sub(" ", text))
    if markup:
        text = _ANY_TAG.sub("", text)
    return unescaped(text)


def looks_like_html(text: str) -> bool:
    """Whether text that was declared plain is markup after all."""
    return bool(_MARKUP.search(text))


def as_html(text: str) -> str:
    """Plain text as HTML: a paragraph for each block, line ends kept."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "\n".join(
        f"<p>{html.escape(block, quote=False)}</p>".replace("\n", "<br>\n")
        for block in blocks
        if block
    )
