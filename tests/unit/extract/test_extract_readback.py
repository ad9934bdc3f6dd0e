"""Markdown read back as plain text and as HTML."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from reader.extract import feed_text, html_of, plain, sanitise
from reader.model import Entry
from reader.rules import Rules


class TestPlain:
    @pytest.mark.parametrize(
        ("markdown", "text"),
        [
            ("# One\n\ntwo *three* **four** ~~five~~", "One\n\ntwo three four five"),
            ("[tide](https://x.example) `code`", "tide code"),
            ("a ![b](https://x.example/b.png) c", "a c"),
            ("![b](https://x.example/b.png)\\\n*A caption*", ""),
            ("[![b](https://x.example/b.png)](https://x.example)", ""),
            ("![b](https://x.example/b.png) Prose behind it.", "Prose behind it."),
            ("- a\n- b\n  1. c\n\nd", "a\nb\nc\n\nd"),
            ("| a | b |\n| --- | --- |\n| c | d |", "a\tb\nc\td"),
            ("|  |  |\n| --- | --- |\n| c | d |", "c\td"),
            ("> a\n>\n> b", "a\n\nb"),
            ("```c\nx\n\ny\n```", "x\n\ny"),
            ("a\\\nb", "a\nb"),
            (r"\*a\* \<b> [c\](d)", "*a* <b> [c](d)"),
            ("H₂O 10³", "H2O 103"),
            ("<b>a</b>", "<b>a</b>"),
            ("a[^1]\n\n[^1]: b", "a\n\nb"),
            (r"\[^1]", "[^1]"),
            ("", ""),
        ],
    )
    def test_plain(self, markdown: str, text: str) -> None:
        """Markup is gone, words are kept, pictures and captions are not."""
        assert plain(markdown) == text


class TestHtmlOf:
    def test_html(self) -> None:
        """Markdown is shown as HTML, and HTML in it as text."""
        found = html_of("*a* <script>b</script>\n\n| c |\n| --- |\n| d |")

        assert "<p><em>a</em> &lt;script&gt;b&lt;/script&gt;</p>" in found
        assert "<td>d</td>" in found

    def test_no_strange_links(self) -> None:
        """A link that is no web link stays text."""
        assert "<a" not in html_of("[a](javascript:alert(1))")


SOUP = (
    "word a*b _x_ ** __init__ `code` [x] [x](y) ![a](b) <tag> &lt; &amp;amp; 1. 1) # ##"
    " - + > | |a|b| --- === ~~~ ~~x~~ \\ \\* foo! (x) “q” 漢字 「重要」 שלום ^ [^1]"
    " [^1]: ``` ! ]( H2O é 😀 <!-- --> {x} a|b &#42;"
)
WORDS = st.sampled_from(SOUP.split())
INLINE = st.recursive(
    WORDS.map(lambda word: word.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>",
        st.sampled_from(("b", "i", "em", "code", "del", "span", "kbd", "sup")),
        st.lists(inside, min_size=1, max_size=3),
    ),
    max_leaves=12,
)
BLOCKS = st.builds(
    lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>",
    st.sampled_from(("p", "h2", "blockquote", "div", "ul", "li", "td", "pre", "dt")),
    st.lists(INLINE, min_size=1, max_size=4),
)


def letters(html: str) -> str:
    """What HTML says, without white space; raised signs are as they are on a line."""
    root = fragment_fromstring(html, create_parent="div")
    text = unicodedata.normalize("NFKC", "".join(root.itertext()))
    return re.sub(r"[\s^()]+", "", text).replace("−", "-")


class TestRoundTrip:
    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(st.lists(BLOCKS, min_size=1, max_size=3))
    def test_says_the_same(self, blocks: list[str]) -> None:
        """Any text, written as Markdown and read back, says what it said."""
        html = sanitise("".join(blocks), "https://x.example/")
        made = feed_text(Entry("https://x.example/", content=html), Rules())

        assert letters(html_of(made.markdown)) == letters(html)
