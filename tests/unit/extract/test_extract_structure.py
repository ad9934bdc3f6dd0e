"""The structure of an article arrives in its Markdown."""

import pytest

from reader.extract import html_of, plain
from tests.unit.extract.conftest import PROSE, Make, paragraphs


def around(middle: str) -> str:
    """An article with something in its midst."""
    start, end = paragraphs(*PROSE[:2]), paragraphs(*PROSE[2:])
    return f"<article><h1>One boat a day</h1>{start}{middle}{end}</article>"


class TestBlocks:
    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            pytest.param("<h2>The <b>fleet</b></h2>", "## The fleet", id="heading"),
            pytest.param(
                "<ul><li>rope</li><li>tar<ul><li>black</li><li>pine</li></ul></li></ul>",
                "- rope\n- tar\n  - black\n  - pine",
                id="nested list",
            ),
            pytest.param(
                '<ol start="3"><li>cast off</li><li>hoist</li></ol>',
                "3. cast off\n4. hoist",
                id="numbered list",
            ),
            pytest.param(
                "<blockquote><p>We wait.</p><p>We always wait.</p></blockquote>",
                "> We wait.\n>\n> We always wait.",
                id="quotation",
            ),
            pytest.param(
                '<pre><code class="language-python">def wait():\n    pass  # `x`\n'
                "</code></pre>",
                "```python\ndef wait():\n    pass  # `x`\n```",
                id="code",
            ),
            pytest.param("<hr>", "---", id="rule"),
            pytest.param(
                "<table><caption>Boats</caption><tr><th>Name</th><th>Built</th></tr>"
                "<tr><td>Gull|II</td><td>1931</td></tr></table>",
                "*Boats*\n\n| Name | Built |\n| --- | --- |\n| Gull\\|II | 1931 |",
                id="table",
            ),
            pytest.param(
                '<table><tr><td>a</td><td>b</td></tr><tr><td colspan="2">c</td></tr>'
                "</table>",
                "|  |  |\n| --- | --- |\n| a | b |\n| c |  |",
                id="table without a head, with a wide cell",
            ),
            pytest.param(
                '<figure><img src="boat.jpg" alt="A [boat]"><figcaption>The <a '
                'href="/g">Gull</a> at sea. <em>Photo: B. Lind</em></figcaption>'
                "</figure>",
                "![A \\[boat\\]](https://paper.example/2025/boat.jpg)\\\n"
                "*The [Gull](https://paper.example/g) at sea. Photo: B. Lind*",
                id="figure",
            ),
            pytest.param(
                '<div class="wp-caption"><img src="/b.png" alt="b"><p '
                'class="wp-caption-text">The Gull at rest</p></div>',
                "![b](https://paper.example/b.png)\\\n*The Gull at rest*",
                id="picture with a caption by class",
            ),
            pytest.param(
                '<p><img src="data:image/gif;base64,R" data-src="/late.jpg" alt="l">',
                "![l](https://paper.example/late.jpg)",
                id="lazy picture",
            ),
            pytest.param(
                '<p><img src="data:image/gif;base64,R" alt="l" srcset="/s,1.jpg 320w, '
                '/b,2.jpg 1280w,/huge.jpg 4000w">',
                "![l](https://paper.example/b,2.jpg)",
                id="picture of a set whose addresses have commas",
            ),
        ],
    )
    def test_kept(self, make: Make, html: str, markdown: str) -> None:
        """A block in the midst of an article arrives as Markdown."""
        found = make(around(html))

        assert f"\n\n{markdown}\n\n" in found.markdown

    @pytest.mark.parametrize(
        ("html", "markdown"),
        [
            ('<a href="../tide?a=1&amp;b=2">tide</a>', "[tide](https://paper.example/tide?a=1&b=2)"),
            ('<a href="//sea.example/x(1)">x</a>', "[x](https://sea.example/x(1))"),
            ('<a href="javascript:go()">go</a>', "go"),
            ("<em>so</em> <strong>it</strong> <del>is</del>", "*so* **it** ~~is~~"),
            ("H<sub>2</sub>O and 10<sup>3</sup>, 1<sup>st</sup>", "H₂O and 10³, 1st"),
            ("<code>a*b</code> <kbd>`</kbd>", "`a*b` `` ` ``"),
            ("<q>Wait</q>", "“Wait”"),
            ("2 * 3, _x_, snake_case, [a](b)", r"2 \* 3, \_x\_, snake_case, [a\](b)"),
            ("&lt;b&gt; &amp;amp; `", r"\<b> \&amp; \`"),
            ("one<br>two", "one\\\ntwo"),
            ("<b>one</b><b>two</b>", "**onetwo**"),
            ("<i>one</i><b>two</b>", "*one*two"),
            ("中<b>「重要」</b>です", "中「重要」です"),
            ('<a href="/x">Ta</a><a href="/x">ble</a>', "[Table](https://paper.example/x)"),
            (
                '<a href="/x">Ta</a><a href="/x">ble</a> and <a href="/y">y</a> too',
                "[Table](https://paper.example/x) and [y](https://paper.example/y) too",
            ),
            ("so!<a href='/x'>x</a>", r"so\![x](https://paper.example/x)"),
        ],
    )  # fmt: skip
    def test_inline(self, make: Make, html: str, markdown: str) -> None:
        """Links are absolute, emphasis is kept, and literal marks are escaped."""
        found = make(around(f"<p>They say {html} and nothing else about it here.</p>"))

        assert f"They say {markdown} and nothing else" in found.markdown

    def test_tables_within_tables(self, make: Make) -> None:
        """What a layout of tables in tables says is said once."""
        inner = f"<table><tr><td>{paragraphs(*PROSE[2:])}</td></tr></table>"
        middle = f"<table><tr><td><p>{PROSE[1]}</p>{inner}</td></tr></table>"
        found = make(f"<table><tr><td><p>{PROSE[0]}</p>{middle}</td></tr></table>")

        assert plain(found.markdown) == "\n\n".join(PROSE)

    def test_deeper_than_anybody_nests(self, make: Make) -> None:
        """Paragraphs at any depth are paragraphs."""
        body = "<div>" * 200 + paragraphs(*PROSE) + "</div>" * 200

        assert plain(make(body).markdown) == "\n\n".join(PROSE)

    def test_base_element(self, make: Make) -> None:
        """Relative links are seen from the page's base."""
        head = '<base href="https://cdn.example/en/">'
        link = '<p>The whole list is <a href="list.html">kept on shore</a> by law.</p>'

        assert "(https://cdn.example/en/list.html)" in make(around(link), head).markdown

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("وصلت العبّارة إلى الميناء بعد ساعة من موعدها", id="Arabic"),
            pytest.param("המעבורת הגיעה לנמל שעה אחרי הזמן", id="Hebrew"),
            pytest.param("連絡船は一時間遅れて港に着いた。", id="Japanese"),
        ],
    )
    def test_scripts(self, make: Make, words: str) -> None:
        """Text in any script arrives as it was written."""
        found = make(
            f"<article>{paragraphs(*[f'{words} {n}' * 6 for n in 'abcd'])}</article>"
        )

        assert words in plain(found.markdown)


class TestNotes:
    SOURCE = (
        f"<article>{paragraphs(*PROSE[:3])}<p>She was built in 1931"
        '<sup><a href="#n1" id="r1">1</a></sup> and sold [<a href="#n2">2</a>]'
        " since.</p>"
        f"{paragraphs(PROSE[3])}</article><section><ol>"
        '<li id="n1">By <a href="/yard">the yard</a>. <a href="#r1">↩</a></li>'
        '<li id="n2">Twice. <a href="#r2">↩</a></li><li id="n3">Unused.</li>'
        "</ol></section>"
    )

    def test_markdown(self, make: Make) -> None:
        """Marks and their notes arrive, the way back and unused notes do not."""
        markdown = make(self.SOURCE).markdown

        assert "built in 1931[^1] and sold [^2] since." in markdown
        assert markdown.endswith(
            "[^1]: By [the yard](https://paper.example/yard).\n\n[^2]: Twice."
        )

    def test_read_back(self, make: Make) -> None:
        """Plain text has the notes without their marks, HTML has links to them."""
        markdown = make(self.SOURCE).markdown

        assert "built in 1931 and sold since." in plain(markdown)
        assert plain(markdown).endswith("By the yard.\n\nTwice.")
        assert '<a id="mark-1" href="#note-1">1</a>' in html_of(markdown)
