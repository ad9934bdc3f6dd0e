"""What keeps an original's text from us: the verdict says so, and what shows it."""

import pytest

from reader import html, resolve
from reader.model import Page
from reader.resolve import Done
from tests.unit.resolve.test_walk import ENTRY, begun, wanted

BORE = "https://bore.example/boat"
STUB = (
    "<h1>A second boat for the islands</h1><p>This post was originally published on "
    f'<a href="{BORE}">Bore</a></p><p>You will shortly be redirected.</p>'
)
LOCKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A second'
    ' boat for the islands", "isAccessibleForFree": false}</script><article><h1>A'
    " second boat for the islands</h1><p>The second boat will sail in May, and who may"
    " sail with it is told to those who pay for it.</p></article>"
)
CHECK = "<title>Just a moment...</title>"


def done(*answers: Page) -> Done:
    """The end of the walk that these pages answer, one after the other."""
    walk = begun()
    for answer in answers:
        assert wanted(walk).request.url == answer.url
        walk = resolve.step(walk, answer)
    while not isinstance(walk.want, Done):
        walk = resolve.step(walk, resolve.Candidates())
    return walk.want


def stub() -> Page:
    return Page(ENTRY.url, 200, body=STUB.encode())


class TestProblem:
    @pytest.mark.parametrize(
        ("page", "problem", "evidence", "reachable"),
        [
            (
                Page(BORE, 200, body=LOCKED.encode()),
                "is for subscribers",
                "Its page says isAccessibleForFree: false and ends after 21 words.",
                False,
            ),
            (
                Page(BORE, 403, body=CHECK.encode()),
                "stands behind a check for robots (HTTP 403)",
                "Its page is titled “Just a moment...” and holds no text.",
                False,
            ),
            (Page(BORE, 403), "refused us (HTTP 403)", None, False),
            (
                Page(BORE, 404, body=b"<title>Lost at sea</title>"),
                "is gone (HTTP 404)",
                "Its page is titled “Lost at sea”.",
                False,
            ),
            (
                Page(BORE, 200, (("content-type", "application/pdf"),), b"%PDF-1.7"),
                "is a PDF (8 bytes)",
                None,
                True,
            ),
        ],
        ids=["paywall", "robots", "403", "404", "pdf"],
    )
    def test_of_an_original(
        self, page: Page, problem: str, evidence: str | None, reachable: bool
    ) -> None:
        """
        The original is named, and with it why its text is not here.
        """
        found = done(stub(), page)
        got = found.attribution

        assert (got.status, got.url) == ("resolved", BORE)
        assert (got.problem, got.problem_evidence) == (problem, evidence)
        assert got.reachable is reachable
        assert found.original is None

    def test_a_wall_is_no_copy(self) -> None:
        """
        A consent page at the entry's own address is not handed on as its text.
        """
        page = Page(ENTRY.url, 200, body=b"<title>Before you continue</title>")
        found = done(page)

        assert html.kind(html.parse(page), page, begun().rules) == "consent"
        assert found.entry_page is None
        assert found.attribution.problem == "shows a consent page"
