"""Pages and rules for the tests of extraction, written for them."""

from collections.abc import Callable
from importlib.resources import files

import pytest

from reader.extract import article
from reader.model import Article, Entry, Page
from reader.rules import Rules, parse

URL = "https://paper.example/2025/ferry"
HTML = (("content-type", "text/html; charset=utf-8"),)
PROSE = (
    "The ferry to the outer islands left the harbour at six, an hour late, with nobody"
    " on deck but the mate and two men from the fish market.",
    "Nobody had told the passengers that the new timetable would not hold in winter,"
    " and most of them had waited in the shed since before it was light.",
    "The company says that it will run a second boat from the spring, when the yard"
    " has finished with her engines and the crew is back from its course.",
    "Until then the islanders must make do with one crossing a day, which they call"
    " too few, and which the council calls all that there is money for.",
)

Make = Callable[..., Article]


def paragraphs(*texts: str) -> str:
    """Texts as HTML paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def document(body: str, head: str = "", title: str = "One boat a day") -> str:
    """A page with a body."""
    start = f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head>'
    return f"{start}<body>{body}</body></html>"


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The bundled rules."""
    bundled = (files("reader.rules") / "rules.toml").read_text(encoding="utf-8")
    return parse(bundled)


@pytest.fixture
def make(rules: Rules) -> Make:
    """The article of a page from its body, which must have one."""

    def made(body: str, head: str = "", hint: Entry | None = None) -> Article:
        source = document(body, head).encode()
        found = article(Page(URL, 200, HTML, source), rules, hint)
        assert found is not None
        return found

    return made
