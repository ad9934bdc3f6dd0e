"""Code on a page: its language, however a highlighter notes it, and no line numbers.

Changes the tree in place; reads no code.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from reader.extract.tree import words_of

_AROUND = 3
_NAME = r"([a-z][\w+#.-]{0,20})"
# prism and HTML itself, Sphinx, GitHub, SyntaxHighlighter, pandoc, highlight.js
_NOTES = re.compile(
    rf"(?:^|\s)(?:lang(?:uage)?-|highlight-source-|highlight-|brush:\s*|sourceCode\s+"
    rf"|hljs\s+){_NAME}|{_NAME}\s+hljs(?:\s|$)",
    re.I,
)
_NONE = frozenset(
    ("default", "none", "nohighlight", "notranslate", "plain", "plaintext", "text")
)
_NUMBERS = re.compile(r"[\d\s]+")


def settle(root: HtmlElement) -> HtmlElement:
    """The tree with the language in the class of each `pre`, numbers of lines gone."""
    for element in list(root.iter("pre")):
        if _numbers_lines(element):
            element.drop_tree()
        elif language := next(_languages(element), None):
            element.set("class", f"language-{language}")
    return root


def _numbers_lines(element: HtmlElement) -> bool:
    """Whether a `pre` holds the numbers of the lines of the one in the next cell."""
    cell = next(element.iterancestors("td"), None)
    row = cell.getparent() if cell is not None else None
    return (
        row is not None
        and len(list(islice(row.iter("pre"), 3))) == 2
        and bool(_NUMBERS.fullmatch(words_of(element)))
    )


def _languages(element: HtmlElement) -> Iterator[str]:
    around = list(element.iterancestors())[:_AROUND]
    for holder in (element, *element.iter("code"), *around):
        if holder.tag == "code" and holder.getparent() is not element:
            continue
        given = holder.get("data-lang") or holder.get("data-language")
        if (
            holder is element
            and not given
            and re.fullmatch(_NAME, holder.get("lang", ""))
        ):
            given = holder.get("lang")
        noted = _NOTES.search(holder.get("class", ""))
        for name in (given, *(noted.groups() if noted else ())):
            if name and name.lower() not in _NONE and re.fullmatch(_NAME, name, re.I):
                yield name.lower()
        if holder in around and len(list(islice(holder.iter("pre"), 2))) > 1:
            return
