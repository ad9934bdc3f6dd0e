"""Pages parsed once: bytes to text, declarations, text in blocks, and kinds."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import html
from reader.html import Refresh
from reader.html.blocks import ANCHORS_MAX, BLOCKS_MAX, TEXT_MAX
from reader.html.document import instant
from reader.model import Page
from tests.cases import TEXT, load_rules

RULES = load_rules()
URL = "https://bore.example/news/4711"
PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)


def document(body: str, url: str = URL) -> html.Document:
    return html.parse(Page(url, 200, body=body.encode()))


def kind(body: str, url: str = URL, status: int = 200) -> html.Kind:
    page = Page(url, status, body=body.encode())
    return html.kind(html.parse(page), page, RULES)


class TestDecoded:
    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            ("Küste".encode(), None),
            ("Küste".encode("cp1252"), None),
            ("Küste".encode("latin-1"), "text/html; charset=iso-8859-1"),
            (b"\xef\xbb\xbf" + "Küste".encode(), "text/html; charset=latin-1"),
            ("Küste".encode("utf-16"), "text/html"),
            (b'<meta charset="windows-1252">' + "Küste".encode("cp1252"), "text/html"),
            (
                b"<meta http-equiv=Content-Type content='text/html; charset=latin-9'>"
                + "Küste".encode("iso8859-15"),
                None,
            ),
            ("Küste".encode(), "text/html; charset=no-such-thing"),
            (b'<meta charset="utf-16">' + "Küste".encode(), None),
            (
                b'<?xml version="1.0" encoding="iso-8859-1"?>'
                + "Küste".encode("latin-1"),
                None,
            ),
        ],
    )
    def test_every_declaration(self, body: bytes, content_type: str | None) -> None:
        """
        Mark, header, meta and guess lead to the same text, in this order.
        """
        assert html.decoded(body, content_type).endswith("Küste")

    @pytest.mark.parametrize(
        ("label", "codec", "text"),
        [
            ("gb2312", "gb18030", "海风"),
            ("Shift_JIS", "cp932", "潮風"),
            ("euc-kr", "cp949", "한빛"),
            ("windows-1251", "cp1251", "Берег"),
            ("koi8-r", "koi8-r", "Берег"),
            ("windows-1256", "cp1256", "الساحل"),
        ],
    )
    def test_as_browsers_do(self, label: str, codec: str, text: str) -> None:
        """
        A label means what browsers take it for.
        """
        header = f"text/html; charset={label}"

        assert html.decoded(text.encode(codec), header) == text

    def test_no_codec_but_those_of_pages(self) -> None:
        """
        A page is not in base64 or rot13, whatever it says.
        """
        assert html.decoded(b"abc", "text/html; charset=rot13") == "abc"


class TestRefresh:
    @pytest.mark.parametrize(
        ("value", "found"),
        [
            ("0; url=https://b.example/", Refresh(0, "https://b.example/")),
            ("5;URL='https://b.example/'", Refresh(5, "https://b.example/")),
            ('5;url="https://b.example/" x', Refresh(5, "https://b.example/")),
            ("5, https://b.example/", Refresh(5, "https://b.example/")),
            ("5 https://b.example/", Refresh(5, "https://b.example/")),
            ("  3  ;  UrL  =  /a b  ", Refresh(3, "/a b")),
            ("0.9;url=/a", Refresh(0, "/a")),
            (".5;url=/a", Refresh(0, "/a")),
            ("5;urlish", Refresh(5, "urlish")),
            ("300", Refresh(300, "")),
            ("300;", Refresh(300, "")),
            ("url=/a", None),
            ("soon; url=/a", None),
            ("5x; url=/a", None),
            ("", None),
        ],
    )
    def test_as_browsers_read_it(self, value: str, found: Refresh | None) -> None:
        """
        The shared declarative refresh steps, letter by letter.
        """
        assert html.parse_refresh(value) == found


class TestDocument:
    def test_what_it_declares(self) -> None:
        """
        Base, canonical, Open Graph, JSON-LD, refresh and headlines are found.
        """
        found = document(
            '<html lang="en"><head><base href="/sub/"><title>Boat – Bore</title>'
            '<link rel="alternate canonical" href="boat">'
            '<meta property="og:site_name" content="Bore">'
            '<noscript><meta http-equiv="REFRESH" content="1;url=x"></noscript>'
            '<script type="application/ld+json">[{"@type":"NewsArticle",'
            '"headline":"A &#8216;boat&#8217;",},]</script>'
            "</head><body><h1>Boat</h1></body></html>"
        )

        assert found.base == "https://bore.example/sub/"
        assert found.canonical == "https://bore.example/sub/boat"
        assert found.og == {"site_name": "Bore"}
        assert found.refresh == Refresh(1, "x")
        assert found.headlines == ("A ‘boat’", "Boat", "Boat – Bore")
        assert found.language == "en"

    def test_hidden_and_cited(self) -> None:
        """
        Blocks know that they are out of sight, and what in them is quoted or code.
        """
        body = (
            b"<p>Say <code>moved</code> and <q>gone</q>.</p>"
            b'<div role="dialog"><p>Leaving</p></div><p style="display: none">Off</p>'
        )
        said, leaving, off = html.parse(Page(URL, 200, (), body)).blocks

        assert [said.text[a:b] for a, b in said.cited] == ["moved", "gone"]
        assert said.cites(said.text.index("gone"))
        assert not said.cites(0)
        assert "hidden" in leaving.places & off.places
        assert "hidden" not in said.places

    def test_blocks(self) -> None:
        """
        Text comes in reading order, white space folded, each block with its links.
        """
        found = document(
            "<p>One  <b>two</b>\n<a href='/x'> three </a>four<!-- no -->five</p>"
            "<script>no()</script><blockquote><p>six</p></blockquote><nav>seven</nav>"
        ).blocks

        assert [block.text for block in found] == [
            "One two three fourfive",
            "six",
            "seven",
        ]
        assert found[0].anchors[0].url == "https://bore.example/x"
        assert found[0].anchors[0].text == "three"
        assert "blockquote" in found[1].places
        assert "nav" in found[2].places

    @given(st.binary(max_size=400))
    def test_any_bytes(self, body: bytes) -> None:
        """
        No bytes make it raise; the parts of an empty page are empty.
        """
        for head in (b"", b"<html><p>", b'<script type="application/ld+json">'):
            page = Page(URL, 200, (("content-type", "text/html"),), head + body)
            found = html.parse(page)
            html.kind(found, page, RULES)

            assert isinstance(found.blocks, tuple)
            assert isinstance(found.json_ld, tuple)
            assert found.links() is not None
            assert isinstance(found.title, str)

    @pytest.mark.parametrize(
        "body", [b"", b"\x00\x00", b"   ", b"<!-- -->", b"<?xml?>"]
    )
    def test_nothing(self, body: bytes) -> None:
        """
        A page of nothing is an empty document.
        """
        found = html.parse(Page(URL, 200, body=body))

        assert found.links() == ()
        assert found.prose == 0
        assert found.canonical is None

    def test_deep_and_broken(self) -> None:
        """
        Ten thousand open elements and a JSON of brackets are read to some end.
        """
        found = document(
            "<div>" * 10_000
            + "text"
            + '<script type="application/ld+json">'
            + "[" * 9_000
            + "</script>"
        )

        assert found.json_ld == ()
        assert isinstance(found.blocks, tuple)


class TestBounds:
    def test_endless_links(self) -> None:
        """
        Of sixty thousand links in one block as many are kept as anybody looks at.
        """
        found = document("<p>" + '<a href="https://a.example/b">c</a> ' * 60_000)

        assert len(found.links()) == ANCHORS_MAX

    def test_endless_blocks_and_text(self) -> None:
        """
        Blocks and their text end, however long the page is.
        """
        found = document("<p>x</p>" * 20_000 + "<p>" + "<b>word </b>" * 40_000)

        assert len(found.blocks) == BLOCKS_MAX
        assert max(len(block.text) for block in found.blocks) <= TEXT_MAX + 5


class TestTree:
    def test_a_page_without_a_body_tag(self) -> None:
        """
        Where the body tag is left out, an article of HTML 5 is text all the same.
        """
        body = (
            b"<title>Ferry</title><article><h1>Ferry</h1><p>Sold twice.</p></article>"
        )
        found = html.parse(Page("https://paper.example/", 200, body=body))

        assert found.head_title == "Ferry"
        assert [block.text for block in found.blocks] == ["Ferry", "Sold twice."]

    def test_a_crowded_tag(self) -> None:
        """
        A tag of countless attributes keeps none of them, and its text.
        """
        crowd = " ".join(f"a{number}=1" for number in range(5_000))
        found = html.parse(
            Page("https://x.example/", 200, body=f"<p {crowd}>x".encode())
        )
        (paragraph,) = found.tree.iter("p")

        assert len(paragraph.attrib) == 0
        assert paragraph.text == "x"

    def test_a_long_tag(self) -> None:
        """
        A tag that is long by one value is left as it is.
        """
        picture = "data:image/png;base64," + "A" * 50_000
        body = f'<p><img src="{picture}" alt="x"></p>'.encode()
        found = html.parse(Page("https://x.example/", 200, body=body))
        (image,) = found.tree.iter("img")

        assert image.get("src") == picture


class TestKind:
    @pytest.mark.parametrize(
        ("expected", "body", "url", "status"),
        [
            ("article", f"<h1>Boat</h1>{PROSE}", URL, 200),
            (
                "article",
                '<meta property="og:type" content="article"><p>x</p>',
                URL,
                200,
            ),
            ("home", f"<h1>Bore</h1>{PROSE}", "https://bore.example/", 200),
            ("other", "<p>short</p>", URL, 200),
            ("gone", "<p>short</p>", URL, 404),
            ("gone", PROSE, URL, 410),
            (
                "consent",
                "<title>Before you continue</title>",
                "https://consent.google.com/m",
                200,
            ),
            ("consent", "<title>We value your privacy</title><p>x</p>", URL, 200),
            ("login", "<title>Log in | Bore</title><input type=password>", URL, 200),
            ("login", "<p>x</p>", "https://bore.example/login?next=/x", 200),
            ("other", "<title>Login trouble at the harbour</title>", URL, 200),
            (
                "article",
                f"<title>Log in, and other ways to cut wood</title>{PROSE}",
                URL,
                200,
            ),
            (
                "paywall",
                '<script type="application/ld+json">{"@type":"NewsArticle",'
                f'"isAccessibleForFree":"False"}}</script><p>{TEXT[0]}</p>',
                URL,
                200,
            ),
            ("article", f"<h1>x</h1>{PROSE}", "https://bore.example/consent-law", 200),
            ("other", "<p>Forbidden</p>", URL, 403),
        ],
    )
    def test_of(self, expected: str, body: str, url: str, status: int) -> None:
        """
        Walls are known by what they declare and where they stand, articles by text.
        """
        assert kind(body, url, status) == expected


class TestInstant:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("2025-02-04T18:20:00Z", datetime(2025, 2, 4, 18, 20, tzinfo=UTC)),
            ("2025-02-04T18:20:00+01:00", datetime(2025, 2, 4, 17, 20, tzinfo=UTC)),
            ("2025-02-04", datetime(2025, 2, 4, tzinfo=UTC)),
            ("yesterday", None),
            ("", None),
            ("0001-01-01T00:00:00+14:00", None),
        ],
    )
    def test_iso(self, text: str, found: datetime | None) -> None:
        """
        ISO 8601 is read as aware UTC; anything else is no time.
        """
        assert instant(text) == found
