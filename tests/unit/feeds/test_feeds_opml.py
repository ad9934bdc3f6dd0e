"""Subscription lists: read from whatever programs write, written as OPML 2.0."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning import clean_line
from reader.errors import OpmlError
from reader.feeds import Subscription, opml_list, read_opml, write_opml

NOW = datetime(2025, 2, 5, 12, 0, tzinfo=UTC)
FEED = "https://harbour.example/feed"


def opml(body: str, prolog: str = "") -> bytes:
    """A list of outlines."""
    return f'{prolog}<opml version="2.0"><body>{body}</body></opml>'.encode()


def reason(data: bytes) -> str:
    """Why a list is refused."""
    with pytest.raises(OpmlError) as caught:
        read_opml(data)
    return str(caught.value)


class TestRead:
    @pytest.mark.parametrize(
        ("outline", "subscription"),
        [
            (
                f'<outline type="rss" text="T" title="H &amp;amp; P" xmlUrl="{FEED}"'
                ' htmlUrl="https://harbour.example"/>',
                Subscription(FEED, "H &amp; P", "https://harbour.example"),
            ),
            (
                f'<outline text="Harbour" xmlUrl="{FEED}"/>',
                Subscription(FEED, "Harbour"),
            ),
            (f'<outline xmlUrl="{FEED}"/>', Subscription(FEED)),
            (f'<outline text="{FEED}" xmlUrl="{FEED}"/>', Subscription(FEED)),
            (f'<OUTLINE TEXT="H" XMLURL="{FEED}"/>', Subscription(FEED, "H")),
            (f'<outline text="H" xmlurl=" {FEED} "/>', Subscription(FEED, "H")),
            (f'<outline type="atom" text="H" url="{FEED}"/>', Subscription(FEED, "H")),
            (
                '<outline text="H" xmlUrl="feed://harbour.example/f"/>',
                Subscription("http://harbour.example/f", "H"),
            ),
            (f'<outline text="H" xmlUrl="feed:{FEED}"/>', Subscription(FEED, "H")),
            (
                f'<outline text="H" xmlUrl="{FEED}" htmlUrl="javascript:x()"/>',
                Subscription(FEED, "H"),
            ),
        ],
        ids=[
            *("whole", "no-title", "bare", "address-for-title", "upper", "lower"),
            *("url", "feed-scheme", "feed-prefix", "no-web-site"),
        ],
    )
    def test_outline(self, outline: str, subscription: Subscription) -> None:
        """A feed is read from every spelling that is seen."""
        assert read_opml(opml(outline)) == (subscription,)

    def test_nested_folders(self) -> None:
        """Folders in folders are joined; a feed beside them is in none."""
        body = f"""<outline text="News"><outline title="Sea/Coast">
        <outline text="A" xmlUrl="{FEED}/a"/></outline>
        <!-- not this --><outline text="B" xmlUrl="{FEED}/b"/></outline>
        <outline text="C" xmlUrl="{FEED}/c"/>"""

        assert [(s.title, s.folder) for s in read_opml(opml(body))] == [
            ("A", "News/Sea/Coast"),
            ("B", "News"),
            ("C", None),
        ]

    def test_each_address_once(self) -> None:
        """A feed in two folders is subscribed once, where it stands first."""
        body = f"""<outline text="One"><outline xmlUrl="{FEED}"/></outline>
        <outline text="Two"><outline xmlUrl="{FEED}"/></outline>"""

        assert [s.folder for s in read_opml(opml(body))] == ["One"]

    @pytest.mark.parametrize(
        "outline",
        [
            '<outline text="note"/>',
            '<outline text="x" type="link" url="https://harbour.example/"/>',
            '<outline text="x" xmlUrl="/relative"/>',
            '<outline text="x" xmlUrl="file:///etc/passwd"/>',
            '<outline text="x" xmlUrl=""/>',
        ],
    )
    def test_what_is_no_feed(self, outline: str) -> None:
        """Outlines without a feed's web address are passed over."""
        assert read_opml(opml(outline)) == ()

    @pytest.mark.parametrize(
        ("outline", "told"),
        [
            (
                '<outline text="A" xmlUrl="/b"/>',
                "line 2: “A” is no feed of the web: /b",
            ),
            (
                '<outline title="B" xmlUrl="file:///etc/passwd"/>',
                "line 2: “B” is no feed of the web: file:///etc/passwd",
            ),
            ('<outline text="C" xmlUrl=""/>', "line 2: “C” has no address of a feed"),
            ('<outline type="rss"/>', "line 2: “an outline” has no address of a feed"),
        ],
        ids=["relative", "file", "empty", "nameless"],
    )
    def test_what_should_be_one(self, outline: str, told: str) -> None:
        """An outline that is meant as a feed and is none is named with its line."""
        found = opml_list(opml(f'<outline text="note"/>\n{outline}'))

        assert (found.feeds, found.passed) == ((), (told,))

    def test_tags(self) -> None:
        """Categories are the tags of a feed, and are written as such again."""
        given = f'<outline text="H" xmlUrl="{FEED}" category="/Sea/Coast, boats,,x"/>'
        found = read_opml(opml(given))

        assert found[0].tags == ("Sea/Coast", "boats", "x")
        assert read_opml(write_opml(found, "Mine", NOW).encode()) == found

    def test_charset_and_entities(self) -> None:
        """A declared charset and HTML's entities are read."""
        prolog = '<?xml version="1.0" encoding="iso-8859-1"?>'
        body = f'<outline text="Häfen&ndash;K&uuml;ste" xmlUrl="{FEED}"/>'
        data = opml(body, prolog).decode().encode("iso-8859-1")

        assert read_opml(data)[0].title == "Häfen–Küste"


class TestRefuse:
    def test_names_line_and_column(self) -> None:
        """Damage is told with its place in the file."""
        data = b'<?xml version="1.0"?>\n<opml>\n<body>\n  <outline text="a & b"/>'

        assert "line 4, column" in reason(data)

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "the list is empty"),
            (b"<html><p>x", "no list of feeds"),
            (b"https://harbour.example/feed", "no list of feeds"),
            (b"<rss><channel/></rss>", "no list of feeds"),
            (b"<opml>" + b" " * (10 * 1024 * 1024), "larger than 10 MiB"),
            (b"<opml>" + b"<outline>" * 100_000, "damaged at line 1"),
        ],
        ids=["empty", "page", "text", "feed", "too-large", "deep"],
    )
    def test_what_is_none(self, data: bytes, said: str) -> None:
        """What is no list says so in one line."""
        assert said in reason(data)

    @pytest.mark.parametrize(
        "declared",
        [
            '<!ENTITY x SYSTEM "file:///etc/passwd">',
            '<!ENTITY x SYSTEM "http://127.0.0.1:9/">',
            '<!ENTITY y "ha"><!ENTITY x "&y;&y;&y;&y;&y;&y;&y;&y;">',
        ],
        ids=["file", "network", "bomb"],
    )
    def test_entities(self, declared: str) -> None:
        """Entities of files, of the network and of entities are not known."""
        prolog = f"<!DOCTYPE opml [{declared}]>"
        body = f'<outline text="&x;" xmlUrl="{FEED}"/>'

        assert "Entity 'x' not defined" in reason(opml(body, prolog))


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), max_size=20).map(
    clean_line  # as every name is that comes in: tag characters are gone, too
)
FOLDERS = st.lists(
    NAMES.map(lambda name: name.replace("/", "").strip()).filter(bool), max_size=3
).map(lambda names: "/".join(names) or None)
SUBSCRIPTIONS = st.builds(
    Subscription,
    url=st.integers(0, 30).map(lambda n: f"{FEED}?n={n}&x=<'\">"),
    title=NAMES,
    site_url=st.sampled_from((None, "https://harbour.example/?a=1&b=2")),
    folder=FOLDERS,
)


class TestBounds:
    def test_depth(self) -> None:
        """Outlines in outlines without end are no list."""
        nested = '<outline text="f">' * 1_000

        assert "damaged" in reason(opml(f"{nested}{'</outline>' * 1_000}"))

    def test_attributes(self) -> None:
        """An outline of hundreds of attributes is nobody's, and is passed over."""
        many = " ".join(f'a{n}="1"' for n in range(200))

        assert read_opml(opml(f'<outline xmlUrl="{FEED}" {many}/>')) == ()

    def test_subscriptions(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of a list without end so many are read."""
        monkeypatch.setattr("reader.feeds.opml.SUBSCRIPTIONS", 3)
        outlines = "".join(f'<outline xmlUrl="{FEED}{n}"/>' for n in range(50))

        assert len(read_opml(opml(outlines))) == 3

    def test_folders(self) -> None:
        """Folders in folders go so deep, and no deeper."""
        nested = '<outline text="f">' * 100
        body = f'{nested}<outline xmlUrl="{FEED}"/>{"</outline>" * 100}'
        (found,) = read_opml(opml(body))

        assert found.folder == "/".join("f" * 20)


class TestWrite:
    def test_is_opml(self) -> None:
        """The list says its version, title and time; folders are outlines."""
        text = write_opml([Subscription(FEED, "A", folder="X/Y")], "Mine & ours", NOW)

        assert text.startswith(
            '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">'
        )
        assert "<title>Mine &amp; ours</title>" in text
        assert "<dateCreated>Wed, 05 Feb 2025 12:00:00 +0000</dateCreated>" in text
        assert text.index('text="X"') < text.index('text="Y"') < text.index(FEED)

    @given(st.lists(SUBSCRIPTIONS, max_size=8, unique_by=lambda s: s.url))
    def test_round_trip(self, subscriptions: list[Subscription]) -> None:
        """What was written is read back, with its folders; a second time unchanged."""
        once = read_opml(write_opml(subscriptions, "All", NOW).encode())

        assert set(once) == set(subscriptions)
        assert read_opml(write_opml(once, "All", NOW).encode()) == once
