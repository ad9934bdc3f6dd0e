"""Entries field by field, their identity and order, and what they point to."""

import json
from datetime import UTC, datetime

import pytest

from reader.feeds import parse
from reader.model import Enclosure, Entry, Link

URL = "https://harbour.example/feed.xml"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
    }.items()
)


def rss(*items: str, channel: str = "<link>https://harbour.example/</link>") -> bytes:
    """An RSS feed of items."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    whole = (
        f"<rss version='2.0' {NAMESPACES}><channel>{channel}{inside}</channel></rss>"
    )
    return whole.encode()


def atom(*entries: str, feed: str = "") -> bytes:
    """An Atom feed of entries."""
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    site = '<link href="https://harbour.example/"/>'
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{site}{feed}{inside}</feed>".encode()


def json_feed(*items: object, **feed: object) -> bytes:
    """A JSON Feed of items."""
    version = "https://jsonfeed.org/version/1.1"
    whole = {"version": version, "home_page_url": "https://harbour.example/", **feed}
    return json.dumps({**whole, "items": items}).encode()


def only(body: bytes, url: str = URL) -> Entry:
    """The one entry of a feed."""
    (entry,) = parse(body, url).entries
    return entry


class TestTitle:
    @pytest.mark.parametrize(
        ("written", "title"),
        [
            ("AT&amp;T", "AT&T"),
            ("AT&amp;amp;T", "AT&T"),
            ("<![CDATA[AT&amp;T]]>", "AT&T"),
            ("&lt;em&gt;Very&lt;/em&gt; late", "Very late"),
            ("<![CDATA[Tide<br/>table]]>", "Tide table"),
            ("The &lt;video&gt; element", "The <video> element"),
            ("vector&lt;int&gt; and a &lt; b", "vector<int> and a < b"),
            ("It&amp;#8217;s on", "It’s on"),
            ("&amp;copy=1&amp;x", "&copy=1&x"),
            ("  two\n lines ", "two lines"),
            ("", ""),
        ],
    )
    def test_rss(self, written: str, title: str) -> None:
        """RSS titles lose the usual tags and references, and nothing else."""
        item = f"<title>{written}</title><link>https://harbour.example/1</link>"

        assert only(rss(item)).title == title

    @pytest.mark.parametrize(
        ("written", "title"),
        [
            ('<title type="html">AT&amp;amp;T &lt;b&gt;x&lt;/b&gt;</title>', "AT&T x"),
            ('<title type="html">One &lt;video&gt; two</title>', "One two"),
            ("<title>The &lt;em&gt; element</title>", "The <em> element"),
            (
                '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
                "A <i>b</i> &amp; c</div></title>",
                "A b & c",
            ),
        ],
        ids=["html", "html-any-tag", "text", "xhtml"],
    )
    def test_atom(self, written: str, title: str) -> None:
        """Atom says what a title is, and is believed."""
        assert only(atom(f"{written}<id>1</id>")).title == title

    def test_json(self) -> None:
        """JSON Feed titles are text."""
        item = {"id": 1, "title": "The <em> element &#8211; AT&amp;T"}

        assert only(json_feed(item)).title == "The <em> element – AT&T"

    def test_not_that_of_a_part(self) -> None:
        """A picture's or an author's title is not the entry's."""
        item = """<media:content url="https://harbour.example/a.jpg">
        <media:title>A picture</media:title></media:content>
        <title>Ferry</title><author><name>Mo</name><title>Captain</title></author>
        <og><title>Shared</title><description>Short.</description></og>
        <description>Long and good.</description><guid>1</guid>"""
        entry = only(rss(item))

        assert (entry.title, entry.summary, entry.content) == (
            *("Ferry", "Long and good."),
            "",
        )


class TestAuthors:
    @pytest.mark.parametrize(
        ("written", "authors"),
        [
            ("<author>ann@harbour.example (Ann Fisher)</author>", ("Ann Fisher",)),
            (
                "<author>Ann Fisher &lt;ann@harbour.example&gt;</author>",
                ("Ann Fisher",),
            ),
            ("<author>(Ann Fisher)</author>", ("Ann Fisher",)),
            ("<author>ann@harbour.example</author>", ("ann@harbour.example",)),
            ("<dc:creator>Ann</dc:creator><dc:creator>Bo</dc:creator>", ("Ann", "Bo")),
            ("<dc:creator>Ann</dc:creator><author>Ann</author>", ("Ann",)),
            ("<dc:creator><![CDATA[ Ann &amp; Bo ]]></dc:creator>", ("Ann & Bo",)),
            ("<itunes:author>Ann</itunes:author>", ("Ann",)),
            ("<author/>", ()),
        ],
    )
    def test_rss(self, written: str, authors: tuple[str, ...]) -> None:
        """Names come out of every form that RSS is written in."""
        assert only(rss(f"{written}<guid>1</guid>")).authors == authors

    def test_atom_inherits(self) -> None:
        """An entry without authors has its source's, else its feed's (RFC 4287)."""
        ann, bo, cy = (
            f"<author><name>{n}</name></author>" for n in ("Ann", "Bo", "Cy")
        )
        body = atom(
            f"<id>1</id>{bo}{cy}",
            f"<id>2</id><source><id>s</id>{bo}</source>",
            "<id>3</id>",
            feed=ann,
        )

        assert {e.guid: e.authors for e in parse(body, URL).entries} == {
            "1": ("Bo", "Cy"),
            "2": ("Bo",),
            "3": ("Ann",),
        }

    def test_editor_is_no_author(self) -> None:
        """The editor of an RSS channel did not write its items."""
        channel = "<managingEditor>ed@harbour.example (Ed)</managingEditor>"

        assert only(rss("<guid>1</guid>", channel=channel)).authors == ()

    def test_json(self) -> None:
        """`authors` of 1.1, `author` of 1.0, the feed's where an item names none."""
        body = json_feed(
            {"id": "1", "authors": [{"name": "Ann"}, {"url": "x"}, {"name": "Bo"}]},
            {"id": "2", "author": {"name": "Cy"}},
            {"id": "3"},
            author={"name": "Di"},
        )

        assert {e.guid: e.authors for e in parse(body, URL).entries} == {
            "1": ("Ann", "Bo"),
            "2": ("Cy",),
            "3": ("Di",),
        }


class TestText:
    def test_summary_and_content(self) -> None:
        """Both are kept as given, relative links and scripts included."""
        content = '<p><a href="/x">y</a></p><script>z()</script>'
        item = f"""<guid>1</guid><description>Short</description>
        <content:encoded><![CDATA[{content}]]></content:encoded>"""
        entry = only(rss(item))

        assert (entry.summary, entry.content) == ("Short", content)

    def test_content_alone_is_no_summary(self) -> None:
        """A content is not repeated as a summary."""
        entry = only(
            atom('<id>1</id><content type="html">&lt;p&gt;x&lt;/p&gt;</content>')
        )

        assert (entry.summary, entry.content) == ("", "<p>x</p>")

    def test_xhtml(self) -> None:
        """XHTML content comes out as markup, without its wrapping div."""
        inside = '<div xmlns="http://www.w3.org/1999/xhtml"><p>a &lt; b</p></div>'
        entry = only(atom(f'<id>1</id><content type="xhtml">{inside}</content>'))

        assert entry.content == "<p>a &lt; b</p>"

    @pytest.mark.parametrize(
        "body",
        [
            atom("<id>1</id><content>1 &lt; 2\n\nnext\nline</content>"),
            json_feed({"id": "1", "content_text": "1 < 2\n\nnext\nline"}),
        ],
        ids=["atom", "json"],
    )
    def test_plain_text_becomes_html(self, body: bytes) -> None:
        """Plain text is escaped and keeps its paragraphs."""
        assert only(body).content == "<p>1 &lt; 2</p>\n<p>next<br>\nline</p>"

    def test_markup_declared_as_text(self) -> None:
        """A summary that is plainly HTML is taken for it."""
        entry = only(atom("<id>1</id><summary>&lt;p&gt;Short&lt;/p&gt;</summary>"))

        assert entry.summary == "<p>Short</p>"

    def test_a_caption_is_no_content(self) -> None:
        """What a picture's caption says does not stand in for the text."""
        item = """<guid>1</guid><description>The text.</description>
        <media:description>A caption.</media:description>
        <itunes:summary>An episode.</itunes:summary>"""
        entry = only(rss(item))

        assert (entry.summary, entry.content) == ("The text.", "")

    def test_a_caption_is_better_than_nothing(self) -> None:
        """A video has nothing else."""
        item = "<guid>1</guid><media:description>A film.</media:description>"

        assert only(rss(item)).summary == "<p>A film.</p>"


class TestDates:
    def test_published_and_updated(self) -> None:
        """Both are aware and UTC."""
        entry = only(
            atom(
                "<id>1</id><published>2025-02-05T14:00:00+02:00</published>"
                "<updated>2025-02-06T00:00:00Z</updated>"
            )
        )

        assert entry.published == datetime(2025, 2, 5, 12, tzinfo=UTC)
        assert entry.updated == datetime(2025, 2, 6, tzinfo=UTC)
        assert entry.published.tzinfo is UTC

    def test_impossible(self) -> None:
        """A date that never was is none."""
        item = "<guid>1</guid><pubDate>Sun, 31 Feb 2025 10:00:00 GMT</pubDate>"

        assert only(rss(item)).published is None


class TestFiles:
    @pytest.mark.parametrize(
        ("body", "enclosure"),
        [
            (
                rss('<guid>1</guid><enclosure url="/a" length="99" type="audio/aac"/>'),
                Enclosure("https://harbour.example/a", "audio/aac", 99),
            ),
            (
                rss('<guid/><media:content url="v" type="video/x" fileSize="7"/>'),
                Enclosure("https://harbour.example/v", "video/x", 7),
            ),
            (
                rss(
                    '<guid>1</guid><enclosure url="/a" length="lots" type="audio/ogg"/>'
                ),
                Enclosure("https://harbour.example/a", "audio/ogg"),
            ),
            (
                atom('<id>1</id><link rel="enclosure" type="audio/ogg" href="/a"/>'),
                Enclosure("https://harbour.example/a", "audio/ogg"),
            ),
            (
                json_feed(
                    {
                        "id": "1",
                        "attachments": [
                            {"url": "/a", "mime_type": "audio/ogg", "size_in_bytes": 5}
                        ],
                    }
                ),
                Enclosure("https://harbour.example/a", "audio/ogg", 5),
            ),
        ],
        ids=["rss", "media", "no-length", "atom", "json"],
    )
    def test_enclosure(self, body: bytes, enclosure: Enclosure) -> None:
        """Files come with absolute address, type and length."""
        assert only(body).enclosures == (enclosure,)

    def test_categories(self) -> None:
        """Categories keep their order, each once; Atom's label counts."""
        item = "<guid>1</guid><category>Sea</category><category>Sea</category>"
        entry = '<id>1</id><category term="s" label="Sea"/><category term="ship"/>'

        assert only(rss(item)).categories == ("Sea",)
        assert only(atom(entry)).categories == ("Sea", "ship")
        assert only(json_feed({"id": 1, "tags": ["Sea", 7]})).categories == ("Sea",)


class TestUrl:
    @pytest.mark.parametrize(
        ("body", "url"),
        [
            (rss("<link>/a</link>"), "https://harbour.example/a"),
            (
                rss("<guid>https://harbour.example/g</guid>"),
                "https://harbour.example/g",
            ),
            (rss('<guid isPermaLink="false">https://harbour.example/g</guid>'), ""),
            (rss("<guid>17</guid><title>x</title>"), "https://harbour.example/17"),
            (rss("<title>x</title>"), ""),
            (rss("<link>javascript:alert(1)</link><guid>mailto:x</guid>"), ""),
            (rss("<link>javascript:alert(1)</link><guid>17</guid>"), ""),
            (
                atom(
                    '<id>1</id><link rel="self" href="/s"/>'
                    '<link rel="alternate" type="application/pdf" href="/p"/>'
                    '<link rel="alternate" type="text/html" href="/a"/>'
                ),
                "https://harbour.example/a",
            ),
            (
                atom('<id>1</id><content src="/c" type="text/html"/>'),
                "https://harbour.example/c",
            ),
            (
                atom('<id>1</id><link href="b"/>').replace(
                    b"<entry>", b'<entry xml:base="https://other.example/x/">'
                ),
                "https://other.example/x/b",
            ),
            (
                json_feed({"id": "https://harbour.example/j"}),
                "https://harbour.example/j",
            ),
            (json_feed({"id": "1", "url": "j"}), "https://harbour.example/j"),
        ],
        ids=[
            *("relative", "guid", "no-permalink", "short-guid", "none", "no-web"),
            "no-web-and-a-word",
            *("atom-html-first", "atom-out-of-line", "xml-base", "json-id", "json"),
        ],
    )
    def test_is_absolute_or_empty(self, body: bytes, url: str) -> None:
        """An entry's address is the page it says it has, and never a guess."""
        assert only(body).url == url

    def test_rss_is_relative_to_its_site(self) -> None:
        """Relative links of RSS mean the site, wherever the feed is served from."""
        entry = only(rss("<link>/a</link>"), "https://feeds.example/harbour")

        assert entry.url == "https://harbour.example/a"


class TestLinks:
    @pytest.mark.parametrize(
        ("body", "link"),
        [
            (
                rss('<guid>1</guid><source url="https://sea.example/rss">Sea</source>'),
                Link("rss-source", "https://sea.example/rss", "Sea"),
            ),
            (
                atom(
                    "<id>1</id><source><title>Sea &amp;amp; Sky</title>"
                    '<id>tag:sea.example,2025:f</id><link rel="self" href="/f"/>'
                    '<link href="https://sea.example/"/></source>'
                ),
                Link("source", "https://sea.example/", "Sea & Sky"),
            ),
            (
                atom("<id>1</id><source><id>https://sea.example/f</id></source>"),
                Link("source", "https://sea.example/f"),
            ),
            (
                atom("<id>1</id><source><title>Sea</title></source>"),
                Link("source", "", "Sea"),
            ),
            (
                rss(
                    "<guid>1</guid><feedburner:origLink>https://sea.example/1"
                    "</feedburner:origLink>"
                ),
                Link("orig-link", "https://sea.example/1"),
            ),
            (
                rss(
                    '<guid>1</guid><atom:link rel="canonical" href="//sea.example/1"/>'
                ),
                Link("canonical", "https://sea.example/1"),
            ),
            (
                atom(
                    '<id>1</id><link rel="via" href="https://sea.example" title="S"/>'
                ),
                Link("via", "https://sea.example", "S"),
            ),
            (
                rss("<guid>1</guid><dc:source>https://sea.example/1</dc:source>"),
                Link("dc-source", "https://sea.example/1"),
            ),
            (
                rss("<guid>1</guid><dc:source>The Sea Gazette</dc:source>"),
                Link("dc-source", "", "The Sea Gazette"),
            ),
            (
                rss("<guid>1</guid><comments>/1#comments</comments>"),
                Link("comments", "https://harbour.example/1#comments"),
            ),
            (
                atom('<id>1</id><link rel="replies" type="text/html" href="/1#c"/>'),
                Link("comments", "https://harbour.example/1#c"),
            ),
            (
                rss('<guid>1</guid><enclosure url="/page" type="text/html"/>'),
                Link("enclosure-page", "https://harbour.example/page"),
            ),
            (
                json_feed({"id": "1", "external_url": "https://sea.example/1"}),
                Link("external-url", "https://sea.example/1"),
            ),
        ],
        ids=[
            *("rss-source", "atom-source", "atom-source-id", "atom-source-name"),
            *("orig-link", "canonical", "via", "dc-source", "dc-source-name"),
            *("comments", "replies", "enclosure-page", "external-url"),
        ],
    )
    def test_what_a_feed_says_of_origin(self, body: bytes, link: Link) -> None:
        """Each of a feed's own attribution elements comes out, absolute and named."""
        assert only(body).links == (link,)


class TestIdentity:
    def test_the_feeds_own(self) -> None:
        """A feed's own id is kept as it is; it is not joined to the feed's address."""
        body = rss("<guid>17</guid><link>https://harbour.example/a</link>")

        assert only(body).guid == "17"
        assert only(body, "http://moved.example/").guid == "17"

    def test_of_the_link(self) -> None:
        """Without an id the link counts: neither title nor https makes it another."""
        before = only(rss("<title>Old</title><link>http://harbour.example/a</link>"))
        after = only(rss("<title>New</title><link>https://harbour.example/a</link>"))

        assert before.guid == after.guid == "//harbour.example/a"

    def test_of_title_and_date(self) -> None:
        """With neither id nor link, title and time count, not the text."""
        dated = "<pubDate>2025-02-05</pubDate>"
        one = only(rss(f"<title>A</title>{dated}<description>x</description>"))
        same = only(rss(f"<title>A</title>{dated}<description>y</description>"))
        other = only(rss("<title>A</title><pubDate>2025-02-06</pubDate>"))

        assert one.guid == same.guid != other.guid

    def test_of_the_file(self) -> None:
        """An episode without id and link is its file."""
        file = '<enclosure url="https://harbour.example/1.mp3"/>'
        one = only(rss(f"<title>One</title>{file}"))

        assert one.guid == only(rss(f"<title>Two</title>{file}")).guid

    def test_of_the_text(self) -> None:
        """An entry of nothing but text is its text."""
        found = parse(
            rss("<description>a</description>", "<description>b</description>"), URL
        )

        assert len({entry.guid for entry in found.entries}) == 2

    def test_very_long(self) -> None:
        """Ids that differ behind what is kept of a line stay two."""
        found = parse(rss(*(f"<guid>{'x' * 3_000}{n}</guid>" for n in (1, 2))), URL)

        assert len({entry.guid for entry in found.entries}) == 2

    def test_twice_in_a_feed(self) -> None:
        """Of two with one id the newer counts."""
        old, new = (
            f"<guid>1</guid><title>{day}</title><pubDate>2025-02-0{day}</pubDate>"
            for day in (1, 2)
        )

        assert only(rss(old, new)).title == "2"

    def test_one_id_for_all(self) -> None:
        """An id that all entries share is no id: none of them is lost."""
        items = [
            f"<guid>https://harbour.example/</guid><link>/{n}</link>" for n in range(4)
        ]
        found = parse(rss(*items), URL).entries

        assert len({entry.guid for entry in found}) == 4


class TestOrder:
    def test_newest_first(self) -> None:
        """Entries come by their time, whatever order they stand in."""
        days = (3, 1, 2)
        items = [f"<guid>{d}</guid><pubDate>2025-02-0{d}</pubDate>" for d in days]

        assert [e.guid for e in parse(rss(*items), URL).entries] == ["3", "2", "1"]

    def test_document_order_without_times(self) -> None:
        """Without times the order of the feed holds."""
        items = [f"<guid>{n}</guid>" for n in "bac"]

        assert [e.guid for e in parse(rss(*items), URL).entries] == ["b", "a", "c"]

    def test_some_without_times(self) -> None:
        """One without a time stays behind the entry it stood behind."""
        items = (
            "<guid>a</guid><pubDate>2025-02-01</pubDate>",
            "<guid>b</guid>",
            "<guid>c</guid><pubDate>2025-02-02</pubDate>",
        )

        assert [e.guid for e in parse(rss(*items), URL).entries] == ["c", "a", "b"]


OWN = "https://harbour.example/linked/tides"
THEIRS = "https://almanac.example/2025/tides"
ORDINARY = "https://harbour.example/2025/essay"
EPISODE = "https://harbour.example/radio/9"
NOTE = "https://harbour.example/linked/radio-9"
COMMENT = "<p>Worth reading.</p>"
LINK_BLOG = {
    "rss": rss(
        f"<title>Tides</title><link>{THEIRS}</link><guid>{OWN}</guid>"
        "<dc:creator>Ann</dc:creator><pubDate>Wed, 05 Feb 2025 12:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{COMMENT}]]></content:encoded>",
        f"<title>Essay</title><link>{ORDINARY}</link><guid>{ORDINARY}</guid>"
        "<dc:creator>Ann</dc:creator><pubDate>Tue, 04 Feb 2025 12:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{COMMENT}]]></content:encoded>",
    ),
    "atom": atom(
        f'<title>Tides</title><id>{OWN}</id><link href="{THEIRS}"/>'
        f'<link rel="related" href="{OWN}"/><published>2025-02-05T12:00:00Z</published>'
        f'<content type="html"><![CDATA[{COMMENT}]]></content>',
        f'<title>Essay</title><id>{ORDINARY}</id><link href="{ORDINARY}"/>'
        "<published>2025-02-04T12:00:00Z</published>"
        f'<content type="html"><![CDATA[{COMMENT}]]></content>',
        f'<title>Radio</title><id>{NOTE}</id><link href="{EPISODE}"/>'
        f'<link rel="related" href="{NOTE}"/>'
        "<published>2025-02-03T12:00:00Z</published>",
        feed="<author><name>Ann</name></author>",
    ),
    "json": json_feed(
        {
            "id": OWN,
            "url": OWN,
            "external_url": THEIRS,
            "title": "Tides",
            "content_html": COMMENT,
            "date_published": "2025-02-05T12:00:00Z",
        },
        {
            "id": ORDINARY,
            "url": ORDINARY,
            "title": "Essay",
            "content_html": COMMENT,
            "date_published": "2025-02-04T12:00:00Z",
        },
        {
            "id": NOTE,
            "url": NOTE,
            "external_url": EPISODE,
            "title": "Radio",
            "date_published": "2025-02-03T12:00:00Z",
        },
        authors=[{"name": "Ann"}],
    ),
}


class TestLinkBlog:
    @pytest.mark.parametrize("kind", LINK_BLOG)
    def test_the_same_in_each_format(self, kind: str) -> None:
        """A link blog gives the same entries in RSS, Atom and JSON Feed."""
        noon = datetime(2025, 2, 5, 12, tzinfo=UTC)
        linked, essay, *_ = parse(LINK_BLOG[kind], URL).entries

        assert linked == Entry(
            url=OWN,
            title="Tides",
            guid=OWN,
            authors=("Ann",),
            published=noon,
            content=COMMENT,
            links=(Link("external-url", THEIRS),),
        )
        assert (essay.url, essay.links) == (ORDINARY, ())

    @pytest.mark.parametrize("kind", ["atom", "json"])
    def test_about_itself(self, kind: str) -> None:
        """An entry about another page of the same blog is laid out like the others."""
        radio = parse(LINK_BLOG[kind], URL).entries[2]

        assert (radio.url, radio.links) == (NOTE, (Link("external-url", EPISODE),))

    def test_related_reading(self) -> None:
        """Where `related` is no blog's own habit, it is further reading."""
        body = atom(
            f'<id>1</id><link href="{ORDINARY}"/><link rel="related" href="{EPISODE}"/>'
        )
        entry = only(body)

        assert (entry.url, entry.links) == (ORDINARY, (Link("related", EPISODE),))

    @pytest.mark.parametrize(
        "item",
        [
            f'<guid isPermaLink="false">x1</guid><comments>{OWN}#respond</comments>',
            '<guid isPermaLink="false">https://harbour.example/?p=17</guid>',
        ],
        ids=["comments", "number"],
    )
    def test_wordpress(self, item: str) -> None:
        """WordPress names a linked entry's own page as its comments or by number."""
        entry = only(rss(f"<link>{THEIRS}</link>{item}"))

        assert entry.url.startswith("https://harbour.example/")
        assert next(iter(entry.links_as("external-url"))).url == THEIRS

    @pytest.mark.parametrize(
        "item",
        [
            f"<link>{THEIRS}</link><guid>{THEIRS}</guid>",
            f'<link>{THEIRS}</link><guid isPermaLink="false">{OWN}</guid>',
            f"<link>{THEIRS}</link><comments>https://harbour.example/i?id=1</comments>",
        ],
        ids=["planet", "no-permalink", "forum"],
    )
    def test_what_is_none(self, item: str) -> None:
        """A planet's or a forum's entry is where its link says."""
        entry = only(rss(item))

        assert entry.url == THEIRS
        assert not list(entry.links_as("external-url"))

    def test_click_counter(self) -> None:
        """A click counter before the entry's own page is nothing it points to."""
        counted = "https://clicks.example/r?to=https%3A%2F%2Fharbour.example%2Flinked"
        entry = only(rss(f"<link>{counted}</link><guid>{OWN}</guid>"))

        assert (entry.url, entry.links) == (OWN, ())

    def test_feedburner(self) -> None:
        """Where a feed says that its link stands for the own page, that is all."""
        entry = only(
            rss(
                f"<link>https://proxy.example/~r/1</link><guid>{OWN}</guid>"
                f"<feedburner:origLink>{OWN}</feedburner:origLink>"
            )
        )

        assert (entry.url, entry.links) == (OWN, (Link("orig-link", OWN),))
