"""The exchange of Google News ids: the request that is made, the answers read."""

import json
from urllib.parse import parse_qs

import pytest

from reader import html
from reader.model import Page
from reader.resolve.exchange import answered, asked
from tests.cases import load_rules

RULES = load_rules()
URL = "https://news.google.com/rss/articles/CBMiXkFVX3lxTE5h?oc=5"
DIV = '<div data-n-a-ts="1738750000" data-n-a-sg="AZ5r3eT"></div>'


def document(body: str, url: str = URL) -> html.Document:
    return html.parse(Page(url, 200, body=body.encode()))


class TestAsked:
    def test_posts_id_stamp_and_signature(self) -> None:
        """
        The id of the address, the stamp and the signature of the page are posted.
        """
        request = asked(document(DIV), RULES)

        assert request is not None
        assert request.method == "POST"
        outer = json.loads(parse_qs((request.body or b"").decode())["f.req"][0])
        assert outer[0][0][0] == "Fbv4je"
        assert json.loads(outer[0][0][1])[-3:] == [
            "CBMiXkFVX3lxTE5h",
            1738750000,
            "AZ5r3eT",
        ]

    @pytest.mark.parametrize(
        ("body", "url"),
        [
            ("<div></div>", URL),
            (DIV.replace("1738750000", "soon"), URL),
            (DIV, "https://news.google.com/"),
            (DIV, "https://bore.example/articles/CBMiXkFVX3lxTE5h"),
        ],
        ids=["no attributes", "no stamp", "no id", "another host"],
    )
    def test_asks_nothing(self, body: str, url: str) -> None:
        """
        Without id, stamp and signature of that very host nothing is posted.
        """
        assert asked(document(body, url), RULES) is None


class TestAnswered:
    @pytest.mark.parametrize(
        ("body", "found"),
        [
            (
                ')]}\'\n\n[["wrb.fr","Fbv4je","[\\"garturlres\\",\\"https://bore.example/x\\",1]"]]',
                "https://bore.example/x",
            ),
            (
                ')]}\'\n\n[["wrb.fr","Fbv4je","[\\"garturlres\\",\\"javascript:x\\"]"]]',
                None,
            ),
            (')]}\'\n\n[["er",null,null,null,null,429]]', None),
            ("<html>Sorry</html>", None),
            ("[" * 5_000, None),
            ("", None),
        ],
    )
    def test_reads(self, body: str, found: str | None) -> None:
        """
        The answer's URL is read; refusals and rubbish are none.
        """
        assert answered(Page(URL, 200, body=body.encode())) == found
