"""What shows that something stands before an article, and what is no text at all."""

import pytest

from reader import html
from reader.model import Page
from tests.cases import TEXT, load_rules

RULES = load_rules()
URL = "https://bore.example/news/4711"
LOCKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",'
    ' "isAccessibleForFree": false}</script>'
    "<article><h1>x</h1><p>The town has voted to leave its clock as it is, and that is"
    " all that can be read here.</p></article>"
)


def judged(body: str, url: str = URL, status: int = 200) -> html.Judged:
    page = Page(url, status, body=body.encode())
    return html.judged(html.parse(page), page, RULES)


def titled(title: str, text: str = "") -> str:
    return f"<title>{title}</title><body><p>{text}</p></body>"


class TestJudged:
    @pytest.mark.parametrize(
        ("kind", "evidence", "body", "url"),
        [
            (
                "paywall",
                "Its page says isAccessibleForFree: false and ends after 20 words.",
                LOCKED,
                URL,
            ),
            (
                "consent",
                "Its page is titled “Before you continue” and holds no text.",
                titled("Before you continue"),
                URL,
            ),
            (
                "consent",
                "It leads to consent.google.com.",
                "",
                "https://consent.google.com/ml",
            ),
            (
                "login",
                "It leads to /login and holds no text.",
                "<form></form>",
                "https://bore.example/login",
            ),
            (
                "robot",
                "Its page is titled “Just a moment...” and holds no text.",
                titled("Just a moment..."),
                URL,
            ),
            (
                "robot",
                "Its page says “enable javascript and cookies to continue”.",
                titled("bore.example", "Enable JavaScript and cookies to continue"),
                URL,
            ),
        ],
        ids=["paywall", "consent", "host", "login", "robot", "robot-text"],
    )
    def test_evidence(self, kind: str, evidence: str, body: str, url: str) -> None:
        """
        A wall is named with the sentence of its page, or its address, that shows it.
        """
        assert judged(body, url) == html.Judged(kind, evidence)  # type: ignore[arg-type]

    def test_a_robot_check_may_have_any_status(self) -> None:
        """
        Those who take us for a robot say so with 403; a bare 403 is only a 403.
        """
        assert judged(titled("Just a moment..."), status=403).kind == "robot"
        assert judged(titled("403 Forbidden"), status=403).kind == "other"

    @pytest.mark.parametrize(
        "title", ["Security check at the ferry", "Un momento di gioia"]
    )
    def test_titles_of_articles(self, title: str) -> None:
        """
        A headline that only begins like a check is no check.
        """
        assert judged(titled(title, TEXT[0])).kind == "other"

    def test_gone(self) -> None:
        """
        Of a page that is gone its title is told.
        """
        found = judged(titled("Nothing here"), status=404)

        assert found == html.Judged("gone", "Its page is titled “Nothing here”.")


class TestMedium:
    @pytest.mark.parametrize(
        ("said", "type_", "body", "more"),
        [
            ("a PDF (2.1 MB)", "application/pdf", b"%PDF-1.7", ("2100000",)),
            ("a PDF (9 bytes)", "text/html", b"%PDF-1.7\n", ()),
            ("a video (1.2 GB)", "video/mp4", b"", ("1234567890",)),
            ("an audio file", "audio/mpeg; x=1", b"", ()),
            ("an image (12 bytes)", "text/html", b"\x89PNG\r\n\x1a\n0000", ()),
            ("a document", "application/vnd.ms-excel", b"", ()),
            ("a file (6 bytes)", "", b"PK\x03\x04ab", ()),
            (None, "text/html; charset=utf-8", b"<p>PDF</p>", ()),
            (None, "application/xhtml+xml", b"<p>x</p>", ()),
            (None, "", b"<p>x</p>", ()),
            (None, "image/svg+xml", b"<svg>", ()),
            (None, "text/plain", b"plain", ("many",)),
        ],
    )
    def test_of(
        self, said: str | None, type_: str, body: bytes, more: tuple[str, ...]
    ) -> None:
        """
        What is no text is told by its first bytes, else its type, with its size.
        """
        sizes = tuple(("content-length", size) for size in more)
        headers = (("content-type", type_), *sizes)

        assert html.medium(Page(URL, 200, headers, body)) == said

    def test_a_page_that_was_cut(self) -> None:
        """
        The size of what was cut is not known, and not told.
        """
        page = Page(URL, 200, (), b"%PDF-1.7", truncated=True)

        assert html.medium(page) == "a PDF"

    def test_plays(self) -> None:
        """
        A page of hardly any text that says it is a video is one; an article is none.
        """
        meta = '<meta property="og:type" content="video.other">'
        prose = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
        film, story = (
            html.parse(Page(URL, 200, body=(meta + text).encode()))
            for text in ("<p>Watch it.</p>", prose)
        )

        assert html.plays(film) == "a video"
        assert html.plays(story) is None
