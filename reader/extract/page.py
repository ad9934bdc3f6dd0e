"""From a page to its Article: parsed once, cleaned, chosen, cut back, written.

Never fetches and never raises on any page; None says that there is no article.
"""

import re
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement

from reader import html, urls
from reader.extract import footnotes, opinion
from reader.extract.about import about
from reader.extract.choose import About, chosen
from reader.extract.clean import clean
from reader.extract.images import settle
from reader.extract.leaf import Leaf
from reader.extract.markdown import to_markdown
from reader.extract.prune import prune
from reader.extract.sanitise import sanitise
from reader.extract.structured import article_body
from reader.extract.tree import bounded, leaves, plain_tree, words_of
from reader.model import Article, Entry, Page
from reader.rules import Rules


BYTES_MAX = 2 * 2**20
_DATA = re.compile(rb"data:[\w/+.-]{1,60};base64,[\w+/=%]{100,}", re.A)


def article(page: Page, rules: Rules, hint: Entry | None = None) -> Article | None:
    """The article of a page with what the page says about it; None where it has none.

    `hint` is the entry that led here: its title tells which of a page's titles it is.
    """
    document = html.parse(_without_data(page))
    bounded(document.tree)
    found = about(document, rules.article, hint)
    declared = article_body(document)
    markdown = _written(document.tree, document.base, found, rules) or declared
    return replace(found, markdown=markdown) if markdown else None


def _without_data(page: Page) -> Page:
    """The page cut at a bound, before that without the pictures written into it."""
    if len(page.body) <= BYTES_MAX:
        return page
    return replace(page, body=_DATA.sub(b"data:,", page.body)[:BYTES_MAX])


def _written(tree: HtmlElement, base: str, found: Article, rules: Rules) -> str:
    root = plain_tree(settle(tree))
    notes = footnotes.taken(root, base)
    clean(root, rules.article)
    all_leaves = [Leaf(e, text) for e in leaves(root) if (text := words_of(e))]
    kept = opinion.kept(root, [leaf.element for leaf in all_leaves])
    where = base if urls.is_web(base) else found.url or ""
    taken = chosen(all_leaves, kept, About(where, found.title, rules))
    if not taken:
        return ""
    top = prune(root, [leaf.element for leaf in taken])
    markdown = _markdown(top, where)
    return footnotes.written(
        markdown, {number: _markdown(note, where) for number, note in notes.items()}
    )


def _markdown(element: HtmlElement, base: str) -> str:
    element.tail = None
    source = etree.tostring(element, encoding="unicode", method="html")
    return to_markdown(sanitise(source, base))
