"""Addresses that may not be followed: refused where they are met, not only later.

The walk asks once more before it wants anything; so each place is asked by itself.
"""

from dataclasses import replace

import pytest

from reader import html
from reader.model import Page
from reader.resolve import exits
from reader.resolve.announced import announced
from reader.resolve.ends import _unresolved
from reader.resolve.outlook import Outlook, View
from reader.resolve.steps import _question
from reader.urls import Policy
from tests.unit.resolve.test_walk import ENTRY, RULES, begun

BAD = "http://10.0.0.8/x"
VIEW = View(RULES, Policy(), (ENTRY.title,), (ENTRY.url,))
ANNOUNCED = f"<p>This post was originally published on <a href='{BAD}'>Bore</a></p>"


def looked(body: str) -> Outlook:
    """What a page offers."""
    page = Page(ENTRY.url, 200, (("content-type", "text/html"),), body.encode())
    return exits.look(html.parse(page), page, VIEW)


class TestRefused:
    @pytest.mark.parametrize(
        "body",
        [
            f"<meta http-equiv=refresh content='0;url={BAD}'>",
            f"<script>location.href='{BAD}'</script>",
            f"<link rel=canonical href='{BAD}'><p>text</p>",
        ],
        ids=["refresh", "script", "canonical"],
    )
    def test_is_no_exit(self, body: str) -> None:
        """
        What a page leads to and may not be followed is told as refused, and no exit.
        """
        found = looked(body)

        assert found.exits == ()
        assert [one.url for one in found.refused] == [BAD]

    def test_is_not_announced(self) -> None:
        """
        A link in an announcement is judged where it stands.
        """
        page = Page(ENTRY.url, 200, (), ANNOUNCED.encode())
        found = announced(html.parse(page), VIEW)

        assert BAD not in [one.target for one in found.exits]
        assert [one.url for one in found.refused] == [BAD]

    def test_is_no_home_to_be_asked(self) -> None:
        """
        No publisher's feed is looked for at an address of the reader's own network.
        """
        walk = replace(begun(), home=BAD, named="Bore")

        assert _question(walk).home is None

    def test_is_no_guess(self) -> None:
        """
        Nor is such an address offered as a guess.
        """
        walk = replace(begun(), home=BAD, named="Bore")

        assert _unresolved(walk, None, None).guess is None
        public = replace(walk, home="https://bore.example/")
        assert _unresolved(public, None, None).guess is not None
