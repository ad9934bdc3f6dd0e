"""A tree with players, pictures, code and figures in one form each, and its Markdown.

What a page and a feed's own text have in common; chooses no text. Changes the tree.
"""

from lxml import etree
from lxml.html import HtmlElement

from reader.extract import code, figures, images, players
from reader.extract.markdown import to_markdown
from reader.extract.safe import sanitised
from reader.extract.tree import HEADINGS, plain_tree
from reader.rules.article import ArticleRules


def settled(tree: HtmlElement, base: str, rules: ArticleRules) -> HtmlElement:
    """The tree, plain, with each thing marked up as Markdown is written from."""
    images.settle(players.settle(tree, base, rules), rules)
    root = figures.named(plain_tree(figures.settle(code.settle(tree))))
    for element in root.iter("pre", *HEADINGS):
        _unlink(element)
    return root


def _unlink(element: HtmlElement) -> None:
    """Take off the links within the page of code, and of headings to themselves."""
    for link in element.iter("a"):
        if (link.get("href") or "").startswith("#"):
            del link.attrib["href"]


def written(element: HtmlElement, base: str) -> str:
    """The Markdown of a settled element, its links seen from `base`."""
    element.tail = None
    source = etree.tostring(players.written(element), encoding="unicode", method="html")
    return to_markdown(sanitised(source, base))
