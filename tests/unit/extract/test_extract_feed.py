"""The feed's own text, shown whole."""

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from reader.extract import feed, feed_text, feed_words, plain
from reader.model import Entry
from reader.rules import Rules

URL = "https://relay.example/p/1"


def entry(content: str, summary: str = "") -> Entry:
    """An entry with this text."""
    return Entry(URL, "One boat", content=content, summary=summary, authors=("Ann",))


class TestFeedText:
    @pytest.mark.parametrize(
        ("given", "markdown"),
        [
            ("", ""),
            ("Salt & tar <3", "Salt & tar <3"),
            ("First line\nSecond line", "First line\n\nSecond line"),
            ("One\nparagraph\n\nAnother", "One paragraph\n\nAnother"),
            ("a &lt; b", "a < b"),
            ('<p>Go <a href="/x">on</a></p>', "Go [on](https://relay.example/x)"),
            ("<p>a<script>alert(1)</script></p><svg>b</svg>", "a"),
            ("<ul><li>rope</li></ul>loose", "- rope\n\nloose"),
        ],
    )
    def test_forms(self, rules: Rules, given: str, markdown: str) -> None:
        """Markup, plain text and what lies between are told apart."""
        assert feed_text(entry(given), rules).markdown == markdown

    def test_shown_whole(self, rules: Rules) -> None:
        """Announcements and teasers stay: it is what the feed said."""
        given = "<p>This post was originally published on RT</p><p>Read more: x</p>"

        assert plain(feed_text(entry(given), rules).markdown) == (
            "This post was originally published on RT\n\nRead more: x"
        )

    def test_longer_text_and_facts(self, rules: Rules) -> None:
        """The longer of content and summary is shown, with what the entry says."""
        found = feed_text(entry("Short.", "The longer text."), rules)

        assert found.markdown == "The longer text."
        assert (found.title, found.authors, found.url) == ("One boat", ("Ann",), URL)


class TestFeedWords:
    @pytest.mark.parametrize(
        "given",
        [
            "Salt & tar",
            "<p>One <b>bo</b>at.</p><p>Two</p><ul><li>rope</li><li>tar</li></ul>",
            "a &lt; b &amp;amp; c<br>d",
            "<script>x</script><p>y</p>",
        ],
    )
    def test_like_the_text(self, rules: Rules, given: str) -> None:
        """The words for the index are those of the text shown."""
        shown = plain(feed_text(entry(given), rules).markdown)

        assert feed_words(entry(given)) == " ".join(shown.split())

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ('<p class="a" >One <i>bo</i>at</p\n><p>Two', "One boat Two"),
            ('<a title="over > there" href="/x">here</a>', "here"),
            ("<a title='it\"s > there'>here</a>", "here"),
            ("<p>a < b, c > d</p>", "a < b, c > d"),
            ("<P>One</P><table><tr><td>Two</td></tr></table>", "One Two"),
            ("<p>rope<!-- <p>tar</p> -->&#8217;s &eacute;nd", "rope’s énd"),
            ("<p>one<textarea><b>two</textarea>", "one"),
            ("<p>cut <b", "cut"),
            ("<p>a < > b <> c", "a < > b <> c"),
        ],
    )
    def test_tags(self, given: str, words: str) -> None:
        """Markup is read as browsers read it, however it is written."""
        assert feed_words(entry(given)) == words

    @given_by(
        st.lists(
            st.sampled_from(
                [
                    *("<p>", "</p>", "<b>", "</b>", "<br/>", "<img alt='>'>", "<", ">"),
                    *('<a href="/x">', "</a>", '<a b="', '"', "&amp;", "&#39;", "&lt"),
                    *("<!--", "-->", "<script>", "</script>", "<hr />", "<li/ >", "/"),
                    *("boat", " ", "\n", "é", "<h2 id=x>", "</h2>", "=", "<p"),
                ]
            ),
            max_size=12,
        )
    )
    def test_with_and_without_a_parser(self, pieces: list[str]) -> None:
        """Markup that is taken for plain has the words that a parser finds in it."""
        given = "<p>" + "".join(pieces)
        quick = feed._of_plain_markup(given)

        assert quick is None or quick.split() == feed._parsed(given).split()
