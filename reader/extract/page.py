"""From a page to its Article: parsed once, cleaned, chosen, cut back, written.

Never fetches and never raises on any page; None says that there is no article.
"""

import re
from dataclasses import replace

from lxml.html import HtmlElement

from reader import html, urls
from reader.extract import figures, footnotes, opinion
from reader.extract.about import about
from reader.extract.choose import About, chosen
from reader.extract.clean import clean
from reader.extract.forms import settled, written
from reader.extract.leaf import Leaf, Paths
from reader.extract.prune import prune
from reader.extract.structured import article_body
from reader.extract.told import Told, told
from reader.extract.tree import (
    bounded,
    leaves,
    words_of,
    writable,
)
from reader.model import Article, Entry, Page
from reader.rules import Rules

BYTES_MAX = 2 * 2**20
_DATA = re.compile(rb"data:[\w/+.-]{1,60};base64,[\w+/=%]{100,}", re.A)

# References to control characters and surrogates, which lxml reads but does not write.
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[1-24-9]|2\d|3[01]|5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d"
    r"|573[0-3]\d|5734[0-3]|6553[45])(?!\d)"
    r"|x0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])(?![0-9a-f]));?",
    re.I,
)


def article_of(page: Page, rules: Rules, hint: Entry | None = None) -> Article | None:
    """The article of a page with what the page says about it; None where it has none.

    `hint` is the entry that led here: its title tells which of a page's titles it is.
    """
    if html.medium(page):
        return None
    document = html.parse(_readable(page))
    bounded(document.tree)
    found = about(document, rules.article, hint)
    declared = article_body(document)
    known = told(hint)
    markdown = _written(document.tree, document.base, found, rules, known) or declared
    return replace(found, markdown=markdown) if markdown else None


def _readable(page: Page) -> Page:
    """The page in UTF-8, cut at a bound, without characters that no text has.

    Pictures written into it go before it is cut; they are most of a saved page.
    """
    body = page.body
    if len(body) > BYTES_MAX:
        body = _DATA.sub(b"data:,", body)[:BYTES_MAX]
    text = html.decoded(body, page.header("content-type"))
    text = _CONTROL_REFERENCE.sub(" ", writable(text))
    headers = (("content-type", "text/html; charset=utf-8"),)
    return replace(page, headers=headers, body=text.encode("utf-8", "replace"))


def _written(
    tree: HtmlElement, base: str, found: Article, rules: Rules, known: Told
) -> str:
    root = settled(tree, base, rules.article)
    notes = footnotes.taken(root, base)
    clean(root, rules.article, known)
    paths: Paths = {}
    all_leaves = [Leaf(e, text, paths) for e in leaves(root) if (text := words_of(e))]
    kept = opinion.kept(root, [leaf.element for leaf in all_leaves])
    where = base if urls.is_web(base) else found.url or ""
    taken = chosen(all_leaves, kept, About(where, found.title, rules, known))
    if not taken:
        return ""
    blocks = [leaf.element for leaf in taken]
    over = figures.lead(root, blocks[0], where)
    top = prune(root, blocks, where)
    if top not in blocks:
        _beside(top, over)
    markdown = written(top, where)
    return footnotes.written(
        markdown, {number: written(note, where) for number, note in notes.items()}
    )


def _beside(top: HtmlElement, over: HtmlElement | None) -> None:
    """Put the figure over an article's container, and those at its end, into it."""
    if over is not None and top not in over.iterancestors():
        over.tail = None
        top.insert(0, over)
    after = top.getnext()
    while after is not None and after.tag == "figure" and figures.stays(after):
        top.append(after)
        after = top.getnext()
