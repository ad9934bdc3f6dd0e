"""Which leaf blocks are taken, whatever trafilatura says of them."""

import pytest
from lxml.html import document_fromstring

from reader.extract.choose import About, chosen
from reader.extract.clean import clean
from reader.extract.leaf import Leaf
from reader.extract.tree import leaves, plain_tree, words_of
from reader.rules import Rules
from tests.unit.extract.conftest import PROSE, URL, paragraphs

TITLE = "One boat a day"
ALL = frozenset(range(500))


def taken(html: str, rules: Rules, kept: frozenset[int] = ALL) -> list[str]:
    """The texts taken from a body, where trafilatura keeps `kept`."""
    root = plain_tree(document_fromstring(f"<body>{html}</body>"))
    found = [Leaf(e, text) for e in leaves(root) if (text := words_of(e))]
    numbers = frozenset(n for n in kept if n < len(found))
    return [x.text for x in chosen(found, numbers, About(URL, TITLE, rules))]


class TestAdded:
    def test_gap_is_filled(self, rules: Rules) -> None:
        """A paragraph left out among its like belongs to them."""
        found = taken(f"<main>{paragraphs(*PROSE)}</main>", rules, frozenset((0, 1, 3)))

        assert found == list(PROSE)

    def test_rest_in_other_parts(self, rules: Rules) -> None:
        """Paragraphs in further parts of the same make belong, too."""
        parts = "".join(
            f'<div class="part-{n}">{paragraphs(*PROSE[n : n + 2])}</div>'
            for n in (0, 2)
        )

        assert taken(parts, rules, frozenset((0, 1))) == list(PROSE)

    def test_comments_of_another_make_stay_out(self, rules: Rules) -> None:
        """Paragraphs in containers of their own names are not the article's."""
        said = (
            '<ul class="talk"><li class="say"><p>' + PROSE[0].upper() + "</p></li></ul>"
        )
        found = taken(
            f"<main>{paragraphs(*PROSE)}</main>{said}", rules, frozenset(range(4))
        )

        assert found == list(PROSE)


class TestTakenOff:
    def test_other_stories(self, rules: Rules) -> None:
        """Of several articles on a page those that link elsewhere are other stories."""
        other = (
            f'<article><h2><a href="/2">Dues</a></h2>{paragraphs(*PROSE[2:])}</article>'
        )
        own = f"<article><h2>{TITLE}</h2>{paragraphs(*PROSE[:2])}</article>"

        assert taken(own + other, rules) == list(PROSE[:2])

    def test_posts_of_a_live_blog_stay(self, rules: Rules) -> None:
        """Articles whose headings link to places of the page itself are parts of it."""
        posts = "".join(
            f'<article><h3><a href="#p{n}">Post {n}</a></h3><p>{text}</p></article>'
            for n, text in enumerate(PROSE)
        )

        assert set(PROSE) <= set(taken(posts, rules))

    @pytest.mark.parametrize("heading", ["Related articles", "Comments", "12 comments"])
    def test_everything_behind_an_ending(self, rules: Rules, heading: str) -> None:
        """Behind a heading that ends articles nothing belongs to one."""
        tail = f"<div><h3>{heading}</h3><div><p>{PROSE[0].upper()}</p></div></div>"

        assert taken(f"<main>{paragraphs(*PROSE)}{tail}</main>", rules) == list(PROSE)

    def test_short_lines_behind_an_ending(self, rules: Rules) -> None:
        """Nor do the lines that stand in the text's own container."""
        tail = "<h3>About the author</h3><p>Ann Gill lives by the sea.</p>"

        assert taken(f"<main>{paragraphs(*PROSE)}{tail}</main>", rules) == list(PROSE)

    def test_no_ending_in_the_midst(self, rules: Rules) -> None:
        """A heading for a box of links in the midst of a text ends nothing."""
        box = '<h3>Related</h3><p><a href="/2">Harbour dues to rise again</a></p>'
        source = paragraphs(*PROSE[:3]) + box + paragraphs(PROSE[3])

        assert taken(f"<main>{source}</main>", rules) == list(PROSE)

    def test_strays_behind_the_text(self, rules: Rules) -> None:
        """A block far from the text's own containers is none of it."""
        stray = '<div class="rail"><p>A buyer’s guide to boats, with prices.</p></div>'

        assert taken(f"<main>{paragraphs(*PROSE)}</main>{stray}", rules) == list(PROSE)

    @pytest.mark.parametrize(
        "line", ["Updated 4 February 2025, 18:20", "4.2.2025 18:20", "Ann Gill"]
    )
    def test_lines_over_the_text(self, rules: Rules, line: str) -> None:
        """Dates and names between title and text are shown elsewhere."""
        head = f'<div class="top"><h1>{TITLE}</h1><p>{line}</p></div>'

        assert taken(f"{head}<main>{paragraphs(*PROSE)}</main>", rules) == list(PROSE)

    @pytest.mark.parametrize(
        "line",
        [
            "Click here to get the Harbour News app",
            "Atenção: comentários sem nome não serão publicados",
        ],
    )
    def test_lines_behind_the_text(self, rules: Rules, line: str) -> None:
        """What a site says under all of its articles is no article's."""
        found = taken(f"<main>{paragraphs(*PROSE, line)}</main>", rules)

        assert found == list(PROSE)

    def test_whose_words_the_last_quotation_has(self, rules: Rules) -> None:
        """A quotation that ends an article keeps the line that says who wrote it."""
        said = "— Harbour (@harbour) 4 March"
        quoted = (
            f"<blockquote><p>{PROSE[3]}</p>— Harbour (@harbour) "
            '<a href="https://said.example/1">4 March</a></blockquote>'
        )
        found = taken(f"<main>{paragraphs(*PROSE[:3])}{quoted}</main>", rules)

        assert found == [*PROSE, said]

    def test_headlines_in_a_row(self, rules: Rules) -> None:
        """Links to stories between two paragraphs are pointers, wherever they lead."""
        links = (
            '<p><a href="https://other.example/1">Fishermen to pay more dues</a></p>'
            '<p><a href="https://other.example/2">Two boats for the yard</a></p>'
        )
        start, end = paragraphs(*PROSE * 2), paragraphs("x " + PROSE[0])

        assert "Two boats for the yard" not in taken(f"{start}{links}{end}", rules)

    @pytest.mark.parametrize("lines", [1, 8], ids=["one link", "a list of links"])
    def test_links_that_are_the_text(self, rules: Rules, lines: int) -> None:
        """One link by itself, or a text that is mostly links, keeps them."""
        links = "".join(
            f'<p><a href="https://other.example/{n}">Boat number {n} of them</a></p>'
            for n in range(lines)
        )
        found = taken(f"{paragraphs(*PROSE[:2])}{links}{paragraphs(*PROSE[2:])}", rules)

        assert sum(text.startswith("Boat number") for text in found) == lines

    def test_introduced_links_stay(self, rules: Rules) -> None:
        """A list of links that a sentence announces is the article's."""
        links = '<ul><li><a href="/2">The winter timetable of the boats</a></li></ul>'
        middle = f"<p>There is more to read:</p>{links}"
        source = paragraphs(*PROSE[:2]) + middle + paragraphs(*PROSE[2:])

        assert "The winter timetable of the boats" in taken(source, rules)


class TestClean:
    @pytest.mark.parametrize(
        "box",
        [
            '<div class="share-buttons">Share</div>',
            '<div class="postMeta__tags">Boats</div>',
            '<div id="disqus_thread">Say</div>',
            '<div role="navigation">Menu</div>',
            "<div hidden>Old</div>",
            "<form><p>Search</p></form>",
        ],
    )
    def test_boxes(self, rules: Rules, box: str) -> None:
        """Boxes go by name, role and what is hidden."""
        root = document_fromstring(f"<body>{paragraphs(*PROSE)}{box}</body>")

        assert words_of(clean(root, rules.article)) == "".join(PROSE)

    def test_much_prose_is_spared(self, rules: Rules) -> None:
        """A name that means a box does not cost an article its text."""
        source = f'<body><div class="sidebar">{paragraphs(*PROSE)}</div></body>'

        assert PROSE[0] in words_of(clean(document_fromstring(source), rules.article))
