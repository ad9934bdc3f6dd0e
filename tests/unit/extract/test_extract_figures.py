"""Pictures, films, quotations and code arrive however a page marks them up."""

import pytest

from reader.extract import plain
from tests.unit.extract.conftest import PROSE, Make, paragraphs

BODY = paragraphs(*PROSE)


def around(middle: str) -> str:
    """An article with something in its midst."""
    start, end = paragraphs(*PROSE[:2]), paragraphs(*PROSE[2:])
    return f"<article><h1>One boat a day</h1>{start}{middle}{end}</article>"


class TestBlocks:
    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            pytest.param(
                '<p><img src="blanket-loading.jpg" alt="b"></p>',
                "![b](https://paper.example/2025/blanket-loading.jpg)",
                id="picture of something that loads",
            ),
            pytest.param(
                '<p><img src="/placeholder.png" data-src="/a.png" alt="b"></p>',
                "![b](https://paper.example/a.png)",
                id="picture that is still to load",
            ),
            pytest.param(
                '<p><img class="pic lazy" src="/preloader.gif" data-src="/a.png" '
                'alt="b"></p>',
                "![b](https://paper.example/a.png)",
                id="picture that a script of its class loads",
            ),
            pytest.param(
                '<p><img src="/a.png" alt="b" style="width:0;height:0;min-width:100%">'
                "</p>",
                "![b](https://paper.example/a.png)",
                id="picture that grows into its box",
            ),
            pytest.param(
                '<div class="photo"><p><img src="/a.png" alt="b"></p><span class='
                '"newsCaption">The Gull with all of her crew on deck, as one sees her '
                "from the wall <span>(Photo: B. Lind)</span></span></div>",
                "![b](https://paper.example/a.png)\\\n*The Gull with all of her crew "
                "on deck, as one sees her from the wall (Photo: B. Lind)*",
                id="caption by the class of a span",
            ),
            pytest.param(
                '<div class="shot"><img src="/a.png"><div class="caption"><div>The '
                "Gull at rest</div><div>The Gull at rest</div></div></div>",
                "![](https://paper.example/a.png)\\\n*The Gull at rest*",
                id="caption that is there twice",
            ),
            pytest.param(
                "<table><tr><td>a</td><td><ul><li>x</li><li>y</li></ul></td></tr>"
                "<tr><td>b</td><td>so<ul><li>z</li></ul></td></tr></table>",
                "|  |  |\n| --- | --- |\n| a | x • y |\n| b | so • z |",
                id="lists in cells",
            ),
            pytest.param(
                '<table><tr><td><a href="b.png"><img src="a.png"></a></td></tr>'
                "<tr><td>The <b>Gull</b> at sea</td></tr></table>",
                "[![](https://paper.example/2025/a.png)]"
                "(https://paper.example/2025/b.png)\\\n*The **Gull** at sea*",
                id="table of a picture and its caption",
            ),
            pytest.param(
                '<ul><li>one<ul><li><div id="x"><img src="/a.png"><p class="caption">'
                "At sea</p></div></li></ul></li></ul>",
                "- one\n  - ![](https://paper.example/a.png)\\\n    *At sea*",
                id="picture in a nested list",
            ),
            pytest.param(
                '<figure><img src="/a.png"></figure><figcaption>At sea</figcaption>',
                "![](https://paper.example/a.png)\\\n*At sea*",
                id="caption behind its figure",
            ),
            pytest.param(
                '<div><iframe src="https://www.youtube.com/embed/aB-c_1?rel=0" '
                'title="The [Gull]"></iframe></div>',
                "[▶ The \\[Gull\\]](https://www.youtube.com/watch?v=aB-c_1)",
                id="player",
            ),
            pytest.param(
                '<figure><video src="/f.mp4" title="Tide"></video><figcaption>At sea'
                "</figcaption></figure>",
                "[▶ Tide](https://paper.example/f.mp4)\\\n*At sea*",
                id="film with a caption",
            ),
            pytest.param(
                "<blockquote><p>We wait.</p><footer>Ann Gill, <cite>Tides</cite>"
                "</footer></blockquote>",
                "> We wait.\n>\n> — Ann Gill, Tides",
                id="quotation with its source",
            ),
            pytest.param(
                "<figure><blockquote><p>We wait, as ever.</p></blockquote><figcaption>"
                "— Ann Gill</figcaption></figure>",
                "> We wait, as ever.\n>\n> — Ann Gill",
                id="quotation as a figure",
            ),
            pytest.param(
                '<pre>See <a href="/rfc1">RFC 1</a> for the\n  <a href="#x">rest</a> '
                "of it all</pre>",
                "```\nSee RFC 1 for the\n  rest of it all\n```\n\n"
                "[RFC 1](https://paper.example/rfc1)",
                id="links in preformatted text",
            ),
            pytest.param(
                '<h2 id="f"><a href="#f">The fleet</a></h2>',
                "## The fleet",
                id="heading that leads to itself",
            ),
        ],
    )
    def test_kept(self, make: Make, html: str, markdown: str) -> None:
        """A block in the midst of an article arrives as Markdown."""
        assert f"\n\n{markdown}\n\n" in make(around(html)).markdown

    @pytest.mark.parametrize(
        "html",
        [
            '<iframe src="https://ads.example/x"></iframe>',
            '<p><img alt="x"></p>',
            "<video autoplay loop src=/f.mp4></video>",
        ],
    )
    def test_nothing_to_see(self, make: Make, html: str) -> None:
        """A frame of nothing known, a picture of no address and an ornament go."""
        assert make(around(html)).markdown == make(around("")).markdown

    def test_players_are_silent(self, make: Make) -> None:
        """In plain text a player says as little as a picture."""
        film = '<p><iframe src="https://player.vimeo.com/video/7"></iframe></p>'
        found = make(around(film))

        assert "[▶ vimeo.com](https://vimeo.com/7)" in found.markdown
        assert "vimeo" not in plain(found.markdown)


class TestCode:
    @pytest.mark.parametrize(
        ("html", "language"),
        [
            ('<pre class="brush: js">f()</pre>', "js"),
            ('<pre lang="ruby">f()</pre>', "ruby"),
            ('<pre><code class="hljs python">f()</code></pre>', "python"),
            ('<div class="highlight-c notranslate"><pre>f()</pre></div>', "c"),
            ('<div class="highlight-source-shell"><pre>f()</pre></div>', "shell"),
            ('<pre class="sourceCode haskell"><code>f()</code></pre>', "haskell"),
            ('<pre data-lang="go"><a href="/f">f()</a></pre>', "go"),
            ('<div class="highlight-default"><pre>f()</pre></div>', ""),
        ],
    )
    def test_language(self, make: Make, html: str, language: str) -> None:
        """The language is found however a highlighter notes it, and links go."""
        assert f"\n\n```{language}\nf()\n```\n\n" in make(around(html)).markdown

    def test_numbers_of_lines(self, make: Make) -> None:
        """The column with the numbers of lines is no code."""
        code = (
            '<table><tr><td><pre>1\n2</pre></td><td class="code"><pre>a\nb</pre></td>'
            "</tr></table>"
        )
        found = make(around(code)).markdown

        assert "```\na\nb\n```" in found
        assert "1\n2" not in found


class TestPicturesBeside:
    def test_over_the_text(self, make: Make) -> None:
        """The figure between title and text is the article's."""
        head = '<header><h1>One boat</h1><figure><img src="/a.png"></figure></header>'
        found = make(f"<article>{head}<div>{BODY}</div></article>")

        assert found.markdown.startswith("![](https://paper.example/a.png)\n\n")

    def test_first_in_the_text(self, make: Make) -> None:
        """A picture by itself right over the first words is, too."""
        found = make(f'<article><p><img src="/a.png"></p>{BODY}</article>')

        assert found.markdown.startswith("![](https://paper.example/a.png)\n\n")

    @pytest.mark.parametrize(
        "image",
        [
            '<a href="/other"><img src="/a.png"></a>',
            '<img src="/a.png" width="40">',
        ],
    )
    def test_ornaments(self, make: Make, image: str) -> None:
        """A picture that leads to another page, or a small one, is not."""
        found = make(f"<article><p>{image}</p>{BODY}</article>")

        assert "a.png" not in found.markdown

    def test_behind_the_text(self, make: Make) -> None:
        """A picture right behind the last words is the article's."""
        figure = '<figure><img src="/a.png"></figure>'
        found = make(f"<article><div>{BODY}</div>{figure}</article>")

        assert found.markdown.endswith("![](https://paper.example/a.png)")

    def test_farther_behind(self, make: Make) -> None:
        """Behind other words it is not."""
        card = '<div><b>Ann Gill</b></div><p><img src="/ann.png"></p>'
        found = make(f"<article><div>{BODY}</div>{card}</article>")

        assert "ann.png" not in found.markdown


class TestRaised:
    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            ("x<sup>2n</sup>, x<sup>y</sup>", "x²ⁿ, xʸ"),
            ("e<sup>-kt</sup>, Na<sup>+</sup>", "e⁻ᵏᵗ, Na⁺"),
            ("10<sup>-3/2</sup>", "10^(-3/2)"),
            ("a<sub>i</sub>, a<sub>max</sub>, E<sub>g</sub>", "aᵢ, aₘₐₓ, Eg"),
            ("2<sup>nd</sup>, M<sup>me</sup>, 1<sup>a</sup>", "2nd, Mme, 1a"),
            ("Acme<sup>TM</sup>, so<sup>[1]</sup>", "AcmeTM, so[1]"),
        ],
    )
    def test_written(self, make: Make, html: str, markdown: str) -> None:
        """Powers and indices are raised and lowered; ordinals and marks are not."""
        found = make(around(f"<p>They say {html} and nothing else of it here.</p>"))

        assert f"They say {markdown} and nothing" in found.markdown
