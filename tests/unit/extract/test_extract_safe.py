"""Nothing that could do harm is left in sanitised HTML."""

import re

import pytest

from reader.extract import sanitise

BASE = "https://paper.example/2025/ferry"


class TestLongTexts:
    @pytest.mark.parametrize(
        "text",
        ["salt &amp; tar " * 9_000, "&amp;" * 30_000, "\u6e2f" * 70_000],
        ids=["words", "nothing but references", "no spaces"],
    )
    def test_whole(self, text: str) -> None:
        """A text of any length is as it was, its references too."""
        assert sanitise(f"<p>{text}</p>", BASE) == f"<p>{text}</p>"

    def test_in_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The parser never gets a text longer than it can take in a line of time."""
        given: list[str] = []

        def spied(html: str, **_: object) -> str:
            given.append(html)
            return html

        monkeypatch.setattr("reader.extract.safe.nh3.clean", spied)
        sanitise(f"<p>{'word ' * 100_000}</p>", BASE)

        assert max(map(len, re.split("<[^>]*>", given[0]))) < 21_000


class TestSanitise:
    @pytest.mark.parametrize(
        ("given", "left"),
        [
            ("<p onclick='x()' style='a:b' id='c' class='d'>e</p>", "<p>e</p>"),
            ("<script>alert(1)</script>a<style>b</style>", "a"),
            ("<iframe src='https://x.example'>b</iframe>a", "a"),
            ("<form><input value='1'><button>b</button></form>a", "a"),
            ("<svg><a href='/x'>b</a></svg>a<math>c</math>", "a"),
            ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>"),
            ("<a href=' JaVa\tscript:alert(1)'>a</a>", "<a>a</a>"),
            ("<a href='data:text/html,b'>a</a>", "<a>a</a>"),
            ("<img src='data:image/png;base64,b' onerror='c'>", "<img>"),
            ("<a href='vbscript:b'>a</a>", "<a>a</a>"),
            ("<a href='/tide?a=1' target='_blank'>a</a>",
             '<a href="https://paper.example/tide?a=1">a</a>'),
            ("<a href='mailto:ann@paper.example'>a</a>",
             '<a href="mailto:ann@paper.example">a</a>'),
            ("<a href='http://[bad'>a</a>", "<a>a</a>"),
            ("<pre class='hl language-c x'>a</pre>",
             '<pre class="language-c">a</pre>'),
            ("a<!-- b --><custom>c</custom>", "ac"),
        ],
    )  # fmt: skip
    def test_allow_list(self, given: str, left: str) -> None:
        """Only text, structure, pictures and web links are let through."""
        assert sanitise(given, BASE) == left

    @pytest.mark.parametrize("base", ["", "no address", "javascript:x"])
    def test_without_a_base(self, base: str) -> None:
        """Relative links that are seen from nowhere lead nowhere."""
        assert sanitise("<a href='/x'>a</a>", base) == "<a>a</a>"

    def test_deep_nesting_takes_no_time(self) -> None:
        """A hundred thousand levels are cut before they cost anything."""
        found = sanitise("<div>" * 100_000 + "deep" + "</div>" * 100_000, BASE)

        assert found.count("<div>") < 1_000
