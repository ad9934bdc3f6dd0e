"""Strangers' HTML, from feed and page to a file: nothing runs, nothing is fetched."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from reader import extract, query
from reader.cli import as_json, as_text
from reader.model import Article, Reading
from reader.services import Services, export, reading
from tests.hostile.homes import subscribed
from tests.hostile.leaks import leaks
from tests.hostile.tricks import HTML
from tests.services.played import PlayedWeb, item

pytestmark = pytest.mark.anyio

BASE = "https://evil.example"
PROSE = "<p>The ferry was sold twice in one week, and nobody knows who owns it now.</p>"
ALL = "".join(f"{PROSE}{trick}{PROSE}" for trick in HTML.values())


@pytest.fixture
async def evil(tmp_path: Path, anyio_backend: str) -> AsyncIterator[Services]:
    """A feed whose entries have each trick, and pages that have all of them."""
    web = PlayedWeb()
    entries = [
        item(name, f"{BASE}/{name}", PROSE + trick) for name, trick in HTML.items()
    ]
    web.feed(f"{BASE}/feed", *entries, item("all", f"{BASE}/all", ALL))
    page = f"<html><head><title>All</title></head><body><article>{ALL}</article></body>"
    for name in (*HTML, "all"):
        web.put(f"{BASE}/{name}", page)
    async with subscribed(tmp_path, web, f"{BASE}/feed") as made:
        yield made


async def readings(evil: Services) -> list[Reading]:
    """Every entry with its page."""
    ids = evil.store.ids(query.ALL)
    return [await reading.read(evil, entry, again=True) for entry in ids]


def told(one: Reading) -> list[str]:
    """Every text of an entry as HTML that somebody may make of it."""
    as_line = json.loads(as_json.line(as_json.reading(one)))
    markdown = "\n".join(as_text.markdown(one, UTC))
    texts = [markdown, one.feed_text.markdown, as_line["article"]["markdown"]]
    return [extract.html_of(text) for text in texts]


class TestShown:
    def test_each_trick(self) -> None:
        """
        Nothing is left of a trick but words, pictures and links of the web.
        """
        found = {
            name: leaks(extract.sanitise(trick, f"{BASE}/"))
            for name, trick in HTML.items()
        }

        assert {name: left for name, left in found.items() if left} == {}

    def test_a_trick_would_be_found(self) -> None:
        """
        Each trick leaks as it comes, or the tests here would prove nothing; but for
        those that wait for whoever reads Markdown, or writes attributes anew.
        """
        text = ("markdown", "markdown-html", "markdown-code")
        written = ("attribute", "class", "comment")
        silent = {name for name, trick in HTML.items() if not leaks(trick)}

        assert silent == {*text, *written}

    def test_tags_in_markdown(self) -> None:
        """
        A tag that stands in a text is its letters, whoever reads the Markdown.
        """
        text = "a <script>alert(1)</script> b\n\n<img src=x onerror=alert(1)>\n"

        assert leaks(extract.html_of(text)) == []

    async def test_markdown_and_json(self, evil: Services) -> None:
        """
        What `show` prints, as Markdown and as JSON, has no HTML in it that is any.
        """
        every = await readings(evil)
        found = [leak for one in every for html in told(one) for leak in leaks(html)]

        assert len(every) == len(HTML) + 1
        assert found == []
        assert any(one.article and "ferry" in one.article.markdown for one in every)


class TestSaved:
    async def test_pages(self, evil: Services, tmp_path: Path) -> None:
        """
        An entry that is saved as a page runs nothing, and fetches pictures alone.
        """
        found = []
        for number, one in enumerate(await readings(evil)):
            file = export.save(one, tmp_path / f"{number}.html", UTC)
            found += leaks(file.read_text("utf-8"), page=True)

        assert found == []

    async def test_what_markdown_would_let_through(self, evil: Services) -> None:
        """
        Links that Markdown's own reader takes, and we do not, are none in a page.
        """
        text = "![a](data:image/png;base64,AA) [b](ftp://d.example) [c](tel:1) [d](//e)"
        one = replace((await readings(evil))[0], article=Article(text, f"{BASE}/1"))

        assert leaks(export.html(one, UTC), page=True) == []

    async def test_the_language(self, evil: Services) -> None:
        """
        What a page calls its language is no attribute of ours.
        """
        wanted = Article("Words.", f"{BASE}/1", language='en" onload="alert(1)')
        one = replace((await readings(evil))[0], article=wanted)

        assert leaks(export.html(one, UTC), page=True) == []
