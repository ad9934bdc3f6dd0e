"""Whom a page declares as its publisher, and whether it speaks of itself."""

import pytest

from reader import html
from reader.model import Page
from reader.resolve.declared import declared, names_itself

URL = "https://portal.example/news/1"
PAPER = "https://www.paper.example/ferry"


def page(text: str) -> html.Document:
    """A document of this markup."""
    return html.parse(Page(URL, 200, (), f"<!doctype html>{text}".encode()))


class TestDeclared:
    @pytest.mark.parametrize(
        "text",
        [
            '<b itemprop="publisher"><a href="http://www.paper.example/">x</a></b>',
            '<b itemprop="provider"><i itemprop="name">The Paper</i></b>',
            '<meta itemprop="x"><b itemprop="Publisher"><meta itemprop="name" '
            'content="Paper"></b>',
            '<script type="application/ld+json">{"@type": "NewsArticle", "provider": '
            '{"name": "The Paper", "url": "/x"}}</script>',
        ],
        ids=["link", "name", "meta", "json-ld"],
    )
    def test_another_publisher(self, text: str) -> None:
        """
        Microdata and JSON-LD name the publisher, by address or by name.
        """
        assert declared(page(text)).owns(PAPER)

    @pytest.mark.parametrize(
        "text",
        [
            '<a href="https://www.paper.example/">The Paper</a>',
            '<b itemprop="author"><a href="https://www.paper.example/">x</a></b>',
            '<b itemprop="publisher"><a href="https://portal.example/">x</a></b>',
        ],
        ids=["a link", "an author", "its own"],
    )
    def test_nobody_else(self, text: str) -> None:
        """
        A link, an author's site and the page's own publisher declare nobody else.
        """
        assert declared(page(text)).owns(PAPER) is None


class TestNamesItself:
    @pytest.mark.parametrize(
        ("text", "own"),
        [
            (f'<meta property="og:url" content="{URL}">', True),
            ('<meta property="og:site_name" content="Portal">', True),
            (f'<meta property="og:url" content="{PAPER}">', False),
            ("<p>x</p>", False),
        ],
        ids=["address", "name", "another's address", "nothing"],
    )
    def test_a_page(self, text: str, own: bool) -> None:
        """
        A page speaks of itself by the address or the name that it gives.
        """
        assert names_itself(page(text)) is own
