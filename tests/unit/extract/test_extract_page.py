"""What of a page is its article, and what is not."""

import pytest

from reader.extract import article, plain
from reader.model import Article, Page
from reader.rules import Rules
from tests.unit.extract.conftest import (
    HTML,
    PROSE,
    URL,
    Make,
    document,
    paragraphs,
)

WHOLE = "\n\n".join(PROSE)


def body(*parts: str) -> str:
    """An article element with a headline and a page's furniture round it."""
    inside = "".join(parts)
    return (
        '<header><a href="/">The Paper</a><nav><a href="/news">News</a></nav></header>'
        f"<article><h1>One boat a day</h1>{inside}</article>"
        "<footer>© The Paper. All rights reserved.</footer>"
    )


def text(found: Article) -> str:
    """The plain text of an article."""
    return plain(found.markdown)


class TestText:
    def test_furniture_and_title_are_off(self, make: Make) -> None:
        """Header, navigation, footer and the repeated title are no text."""
        found = make(body(paragraphs(*PROSE)))

        assert text(found) == WHOLE
        assert found.title == "One boat a day"

    @pytest.mark.parametrize(
        "lines",
        [
            pytest.param(
                (
                    'This post was originally published on <a href="/x">The Gull</a>',
                    "You will shortly be re-directed to the publisher's website",
                ),
                id="linked",
            ),
            pytest.param(
                ("This post was originally published on The Gull",), id="bare"
            ),
            pytest.param(
                (
                    "Dieser Beitrag erschien zuerst auf The Gull",
                    "Sie werden in Kürze weitergeleitet",
                ),
                id="German",
            ),
        ],
    )
    def test_announcement_is_off(self, make: Make, lines: tuple[str, ...]) -> None:
        """What announces the original stands not in the text shown."""
        found = make(body(paragraphs(*lines, *PROSE)))

        assert text(found) == WHOLE

    def test_announcement_at_the_end_is_off(self, make: Make) -> None:
        """WordPress's line about where a post appeared first comes off too."""
        last = 'The post <a href="/x">One boat a day</a> appeared first on The Gull.'
        found = make(body(paragraphs(*PROSE, last)))

        assert text(found) == WHOLE

    def test_quoted_announcement_stays(self, make: Make) -> None:
        """Prose that quotes an announcement is the article's own."""
        quoted = (
            "A notice in the shed says “This post was originally published on The Gull”"
            " and gives no date, which made the passengers laugh more than anything."
        )
        found = make(body(paragraphs(*PROSE[:2], quoted, *PROSE[2:])))

        assert quoted in text(found)

    @pytest.mark.parametrize(
        "teaser",
        [
            pytest.param(
                '<div class="read-more"><p>Read more</p><a href="/2"><span>Gull</span>'
                " Harbour dues to rise again – council</a></div>",
                id="box",
            ),
            pytest.param(
                "<p>Read more</p><p>Gull</p><p>Harbour dues to rise – council</p>",
                id="paragraphs",
            ),
            pytest.param(
                '<p><strong>Read more:</strong> <a href="/2">Harbour dues rise</a></p>',
                id="one line",
            ),
            pytest.param(
                '<p><a href="/2">Harbour dues to rise again this year</a></p>',
                id="a link alone",
            ),
            pytest.param(
                '<p>Lesen Sie auch: <a href="/2">Die Gebühren steigen</a></p>',
                id="German",
            ),
            pytest.param(
                '<aside class="related-stories"><h3>Related</h3><ul><li><a href="/2">'
                "Harbour dues to rise</a></li></ul></aside>",
                id="related",
            ),
            pytest.param(
                '<div class="newsletter-signup"><p>Island news every Friday.</p></div>',
                id="newsletter",
            ),
            pytest.param(
                '<div class="sharedaddy"><a href="#">Share</a></div>', id="shares"
            ),
            pytest.param("<p>Advertisement</p>", id="advertisement"),
        ],
    )
    def test_teaser_in_the_midst_is_off(self, make: Make, teaser: str) -> None:
        """Pointers to other articles and boxes between paragraphs are off."""
        found = make(body(paragraphs(*PROSE[:2]), teaser, paragraphs(*PROSE[2:])))

        assert text(found) == WHOLE

    @pytest.mark.parametrize(
        "tail",
        [
            '<footer><span>Categorised as <a href="/c">News</a></span></footer>',
            "<p>Categorised as News</p>",
            "<p>Filed under: Boats, Islands</p>",
            "<p>(Reporting by Ann Gill; editing by Bo Lind)</p>",
            "<p>Follow us on Bluesky and Mastodon.</p>",
            '<h3>You may also like</h3><p><a href="/2">Harbour dues to rise</a></p>',
            '<div class="author-bio"><p>Ann Gill writes about boats and has done so for'
            " thirty years, mostly from her kitchen on the outer islands.</p></div>",
        ],
    )
    def test_tail_is_off(self, make: Make, tail: str) -> None:
        """What a theme or a newsroom adds behind a text is off."""
        found = make(body(paragraphs(*PROSE), tail))

        assert text(found) == WHOLE

    def test_comments_are_off(self, make: Make) -> None:
        """Readers' comments are no part of the article, however long."""
        comment = '<li class="comment"><p>I was on that boat, and it was cold.</p></li>'
        heading = "<h2>2 comments</h2>"
        tail = f'<section id="comments">{heading}<ol>{comment * 2}</ol></section>'
        found = make(body(paragraphs(*PROSE)) + tail)

        assert text(found) == WHOLE

    def test_hidden_text_is_off(self, make: Make) -> None:
        """What a page hides is not shown."""
        hidden = '<p style="display: none">An older version of this very paragraph.</p>'
        found = make(body(paragraphs(*PROSE), hidden))

        assert "older version" not in text(found)

    def test_hover_text_is_off(self, make: Make) -> None:
        """What shows only under the pointer does not run into the prose."""
        card = '<span class="hovercard"><a href="/gull">All about the Gull</a></span>'
        prose = PROSE[2].replace("second boat", f"second boat{card}")
        found = make(body(paragraphs(*PROSE[:2], prose, PROSE[3])))

        assert text(found) == WHOLE

    def test_copy_of_the_text_is_dropped(self, make: Make) -> None:
        """A page that holds its text twice, for two screens, gives it once."""
        twice = f'<div class="m">{paragraphs(*PROSE)}</div>'
        found = make(body(f'<div class="d">{paragraphs(*PROSE)}</div>', twice))

        assert text(found) == WHOLE

    def test_short_lines_in_the_text_stay(self, make: Make) -> None:
        """Short paragraphs among long ones are the article's, dialogue for one."""
        found = make(body(paragraphs(*PROSE[:2], "“No.”", "So it went.", *PROSE[2:])))

        assert "“No.”\n\nSo it went." in text(found)

    def test_line_breaks_make_paragraphs(self, make: Make) -> None:
        """A text that parts its paragraphs by empty lines has paragraphs."""
        found = make(f"<h1>One boat</h1><div>{'<br><br>'.join(PROSE)}</div>")

        assert text(found) == WHOLE

    def test_unknown_elements_hold_text(self, make: Make) -> None:
        """Text in elements of a page's own is not lost."""
        inside = "".join(f"<x-para>{text}</x-para>" for text in PROSE)
        found = make(body(f"<x-body><div>{inside}</div></x-body>"))

        assert PROSE[3] in text(found)

    def test_summary_over_the_text_is_kept(self, make: Make) -> None:
        """A sentence between title and text that stands apart leads the article."""
        lead = "One crossing a day is all the islands will get before the spring comes."
        source = f'<div class="lead">{lead}</div><div>{paragraphs(*PROSE)}</div>'
        found = make(body(source))

        assert text(found).startswith(lead)

    def test_embedded_posts_stay(self, make: Make) -> None:
        """What somebody wrote elsewhere and the article quotes is part of it."""
        post = (
            '<blockquote class="twitter-tweet"><p>Six hours in the shed, no boat.</p>'
            '<p>— A. Gill (@gill) <a href="https://x.example/1">2 May 2025</a></p>'
            "</blockquote>"
        )
        found = make(body(paragraphs(*PROSE[:2]), post, paragraphs(*PROSE[2:])))

        assert "Six hours in the shed" in text(found)

    def test_json_ld_is_the_last_resort(self, make: Make) -> None:
        """A page whose body holds no text gives what it hands to search engines."""
        told = " ".join(PROSE)
        node = f'{{"@type": "NewsArticle", "headline": "H", "articleBody": "{told}"}}'
        head = f'<script type="application/ld+json">{node}</script>'
        found = make('<div id="app"></div>', head)

        assert text(found) == told


class TestNone:
    @pytest.mark.parametrize(
        "source",
        [
            pytest.param("", id="empty"),
            pytest.param("<script>let boat = 1;</script>", id="one script"),
            pytest.param(document("<p>OK</p>" * 0), id="no body"),
            pytest.param("\x00\x01\x02", id="controls"),
        ],
    )
    def test_no_article(self, rules: Rules, source: str) -> None:
        """A page that holds no text has no article."""
        assert article(Page(URL, 200, HTML, source.encode()), rules) is None

    def test_only_an_announcement(self, rules: Rules) -> None:
        """A stub that only says where the article is has none of its own."""
        source = document(
            body(
                paragraphs(
                    "This post was originally published on The Gull",
                    "You will shortly be re-directed to the publisher's website",
                )
            )
        )

        assert article(Page(URL, 200, HTML, source.encode()), rules) is None


class TestCharset:
    @pytest.mark.parametrize(
        ("codec", "declared"),
        [("cp1251", "windows-1251"), ("utf-16", ""), ("shift_jis", "shift_jis")],
    )
    def test_declared_charsets(self, rules: Rules, codec: str, declared: str) -> None:
        """A page is read in the charset that it declares."""
        word = "паром" if codec != "shift_jis" else "連絡船"
        meta = f'<meta charset="{declared}">' if declared else ""
        texts = [
            f"{word} {word} {text}" for text in (p.replace("’", "'") for p in PROSE)
        ]
        source = document(f"<article>{paragraphs(*texts)}</article>", meta)
        found = article(Page(URL, 200, (), source.encode(codec)), rules)

        assert found is not None
        assert plain(found.markdown).startswith(word)
