"""Announcements on a page: how many are read, and what belongs to them."""

import pytest

from reader import html
from reader.html import Document
from reader.model import Page
from reader.resolve.notices import Notice, notices
from tests.cases import load_rules

RULES = load_rules()
STORY = "https://www.bore.example/sea/4711"
LINE = (
    '<p>Originally published on <a href="https://www.bore.example/sea/{}">Bore</a></p>'
)


def document(body: str) -> Document:
    """A page with some body."""
    text = f"<h1>A second boat</h1>{body}"
    return html.parse(Page("https://relay.example/p/1", 200, body=text.encode()))


def found(body: str) -> tuple[Notice, ...]:
    """The announcements of a page with some body."""
    return notices(document(body), RULES)


class TestNotices:
    def test_no_more_than_anybody_reads(self) -> None:
        """
        Of twenty thousand announcements the first ones are read, and no others.
        """
        many = found("".join(LINE.format(number) for number in range(20_000)))

        assert 0 < len(many) <= 48
        assert many[0].anchors[0].url.endswith("/sea/0")

    def test_last_of_many_short_lines(self) -> None:
        """
        An announcement below a long list of short lines still counts.
        """
        lines = "".join(f"<p>Stop {number}</p>" for number in range(2_000))

        assert found(lines + LINE.format(1))

    def test_field(self) -> None:
        """
        A label alone belongs to the link in the block behind it.
        """
        (said,) = found(
            f'<div>Original article</div><div><a href="{STORY}">{STORY}</a></div>'
        )

        assert said.said.kind == "source"
        assert [anchor.url for anchor in said.anchors] == [STORY]

    @pytest.mark.parametrize("label", ["Read more", "Related", "More"])
    def test_label_of_a_teaser(self, label: str) -> None:
        """
        Other labels stand above teasers of other stories.
        """
        assert not found(f'<p>{label}</p><p><a href="{STORY}">Ice in port</a></p>')

    def test_address_as_text(self) -> None:
        """
        The address may stand in the next block as plain text.
        """
        (said,) = found(f"<p>Originally published in Bore:</p><p>{STORY}</p>")

        assert [anchor.url for anchor in said.anchors] == [STORY]

    def test_link_that_says_so_itself(self) -> None:
        """
        A link whose words are "originally published" needs no phrase round it.
        """
        (said,) = found(
            "<p>With thanks to Bore, where this was "
            f'<a href="{STORY}">originally published</a>.</p>'
        )

        assert said.said.kind == "continue-reading"
        assert [anchor.url for anchor in said.anchors] == [STORY]

    def test_links_beside(self) -> None:
        """
        Links behind an announcement are kept apart from the one that is meant.
        """
        (said,) = found(
            '<p>Originally published by <a href="https://www.bore.example/">Bore</a>. '
            f'<a href="{STORY}">Read it there</a>.</p>'
        )

        assert [a.url for a in said.anchors] == ["https://www.bore.example/"]
        assert [a.url for a in said.beside] == [STORY]
