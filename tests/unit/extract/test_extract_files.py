"""Files that are no pages have no article: their bytes are never read as text."""

import pytest

from reader import extract
from reader.model import Page
from tests.cases import TEXT, load_rules

RULES = load_rules()
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)


class TestArticle:
    @pytest.mark.parametrize(
        ("type_", "start"),
        [("application/pdf", ""), ("text/html", "%PDF-1.7 "), ("video/mp4", "")],
    )
    def test_of_a_file(self, type_: str, start: str) -> None:
        """
        A PDF and a film have none, whatever may be read into them.
        """
        headers = (("content-type", type_),)
        page = Page("https://a.example/x", 200, headers, f"{start}{STORY}".encode())

        assert extract.article(page, RULES) is None

    def test_of_a_page(self) -> None:
        """
        The same text as a page has one.
        """
        page = Page("https://a.example/x", 200, body=STORY.encode())

        assert extract.article(page, RULES) is not None
