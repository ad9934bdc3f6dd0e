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

    @pytest.mark.parametrize(
        ("given", "markdown"),
        [
            pytest.param(
                '<iframe src="https://www.youtube.com/embed/tide9" title="The tide">'
                "</iframe>",
                "[▶ The tide](https://www.youtube.com/watch?v=tide9)",
                id="player",
            ),
            pytest.param(
                '<audio controls src="/ep1.mp3"></audio>',
                "[▶ relay.example](https://relay.example/ep1.mp3)",
                id="sound",
            ),
            pytest.param(
                '<div class="wp-caption"><img src="/b.png" alt="b"/><p class='
                '"wp-caption-text">The Gull at rest</p></div>',
                "![b](https://relay.example/b.png)\\\n*The Gull at rest*",
                id="caption by class",
            ),
            pytest.param(
                '<figure><img src="data:image/gif;base64,R" data-src="/l.jpg" alt="l">'
                "<figcaption>Late</figcaption></figure>",
                "![l](https://relay.example/l.jpg)\\\n*Late*",
                id="lazy picture",
            ),
            pytest.param(
                '<div class="highlight-source-python"><pre>wait()</pre></div>',
                "```python\nwait()\n```",
                id="language of code",
            ),
            pytest.param(
                '<blockquote class="twitter-tweet"><p>High water at six.</p>&mdash; '
                'Harbour (@harbour) <a href="https://twitter.com/h/1">4 March</a>'
                "</blockquote>",
                "> High water at six.\n>\n"
                "> — Harbour (@harbour) [4 March](https://twitter.com/h/1)",
                id="a quoted message with its writer",
            ),
        ],
    )
    def test_like_a_page(self, rules: Rules, given: str, markdown: str) -> None:
        """Players, pictures, code and quotations are read as those of a page are."""
        found = feed_text(entry(f"<p>We wait.</p>{given}<p>We go.</p>"), rules)

        assert found.markdown == f"We wait.\n\n{markdown}\n\nWe go."

    @pytest.mark.parametrize(
        "given",
        [
            '<img src="https://sea.example/c.gif" width="1" height="1">',
            '<img src="https://sea.example/c.gif" style="width: 1px; height:1px">',
            '<img src="http://feeds.feedburner.com/~r/relay/~4/x1" alt="">',
            '<a href="https://sea.example/go"><img src="https://pixel.wp.com/b.gif?x">'
            "</a>",
            '<div class="feedflare"><a href="/~ff?a"><img src="/f/di"></a></div>',
            '<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li>'
            '<a href="/p/1?share=x">Post it</a></li></ul></div>',
        ],
        ids=["dot", "dot by style", "counter", "linked counter", "buttons", "sharing"],
    )
    def test_nothing_of_it(self, rules: Rules, given: str) -> None:
        """What counts readers or is there for sharing is no part of the text."""
        found = feed_text(entry(f"<p>We wait.</p>{given}<p>We go.</p>"), rules)

        assert found.markdown == "We wait.\n\nWe go."

    def test_notes(self, rules: Rules) -> None:
        """A note is one, and leads nowhere outside the reader."""
        given = (
            '<p>It ran late.<sup><a href="#fn:1" id="r1">1</a></sup></p><ol>'
            '<li id="fn:1">By an hour. <a href="#r1">↩</a></li></ol>'
        )

        assert feed_text(entry(given), rules).markdown == (
            "It ran late.[^1]\n\n[^1]: By an hour."
        )

    def test_hostile_depth(self, rules: Rules) -> None:
        """A text that nests by the thousand is read all the same."""
        found = feed_text(entry("<div>" * 20_000 + "We wait."), rules)

        assert found.markdown == "We wait."

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
