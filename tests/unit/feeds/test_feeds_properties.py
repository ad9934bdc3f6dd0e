"""Whatever bytes come, a feed or a FeedError: nothing else, and nothing unclean."""

import json
import re
from collections.abc import Callable
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import FeedError, OpmlError
from reader.feeds import Subscription, discover, parse, read_opml
from reader.feeds.dates import parse_date
from reader.model import Page

URL = "https://harbour.example/feed"
RSS = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY c "x">]>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:media="http://search.yahoo.com/mrss/" xml:base="https://harbour.example/">
<channel><title>Häfen &c; &eacute;</title><link>https://harbour.example/</link>
<ttl>5</ttl><item><title>One &amp; two</title><link>a?b=1&amp;c=2</link>
<guid isPermaLink="false">17</guid><dc:creator>ann@harbour.example (Ann)</dc:creator>
<pubDate>Wed, 05 Feb 2025 12:00:00 GMT</pubDate><category domain="x">Sea</category>
<source url="https://sea.example/">Sea</source><enclosure url="a" length="1"/>
<description><![CDATA[<p>&#128512; x</p>]]></description>
<media:content url="b" type="video/mp4"><media:title>T</media:title></media:content>
</item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>T</title>
<link rel="self" href="/f"/><entry xml:base="x/"><title type="html">&lt;b&gt;B</title>
<id>tag:x,2025:1</id><link href="y"/><link rel="via" href="z"/><author><name>N</name>
<email>n@x.example</email></author><source><id>s</id><title>S</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><svg/><p>p</p></div>
</content><updated>2025-02-05T12:00:00Z</updated></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1",
        "author": {"name": "A"},
        "items": [
            {
                "id": 1,
                "url": "/a",
                "content_html": "<p>\ud800</p>",
                "tags": ["x"],
                "attachments": [{"url": "/f", "size_in_bytes": 3}],
            }
        ],
    }
)
OPML = '<opml><body><outline text="F"><outline xmlUrl="http://x.example/"/></outline></body></opml>'
SCRAPS = st.sampled_from(
    [
        *("<", ">", "</", "<!", "<!--", "<![CDATA[", "]]>", "<?", "&", "&#", "&#x;"),
        *("&#0;", "&#xD800;", "&#1114112;", "&x;", '"', "'", "=", " a=", "xmlns:q=''"),
        *("xmlns=''", "\0", "\ud800", "\ufeff", "</item>", "<item>", "<svg>", "</div>"),
        *(
            "{",
            "}",
            "[",
            "]",
            ",",
            "null",
            "1e999",
            "-",
            "\\u",
            "9" * 5_000,
            "\xff\xfe",
        ),
        *("<content mode='base64'>", "<title>", "</rss>", "xml:base='http://['"),
    ]
)


@st.composite
def mutated(draw: Callable[..., int], source: str) -> bytes:
    """A feed with a few scraps put over it, in one of several charsets."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(source)))
        length = draw(st.integers(0, 20))
        source = source[:start] + str(draw(SCRAPS)) + source[start + length :]
    codec = str(draw(st.sampled_from(["utf-8", "utf-16", "latin-1", "utf-32-be"])))
    return source.encode(codec, "replace")


UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")


def holds(body: bytes, content_type: str | None = None) -> None:
    """Parse a body and look at what came, if anything did."""
    try:
        feed = parse(body, URL, content_type)
    except FeedError:
        return
    guids = [entry.guid for entry in feed.entries]

    assert len(set(guids)) == len(guids)
    assert all(guids)
    for entry in feed.entries:
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))
        assert not UNCLEAN.search(entry.title + entry.content + entry.summary)


class TestParse:
    @given(st.binary(max_size=200), st.none() | st.text(max_size=30))
    def test_any_bytes(self, body: bytes, content_type: str | None) -> None:
        """Bytes are a feed or a FeedError."""
        holds(body, content_type)

    @settings(max_examples=200, deadline=None)
    @given(mutated(RSS) | mutated(ATOM) | mutated(JSON))
    def test_mutated_feeds(self, body: bytes) -> None:
        """A damaged feed is a feed or a FeedError, its text clean, its guids unique."""
        holds(body)

    @given(st.text(max_size=30))
    def test_any_date(self, text: str) -> None:
        """A date is a moment in UTC, or none."""
        found = parse_date(text)

        assert found is None or found.utcoffset() is not None

    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            *("version", "items", "id", "url", "authors", "author"),
                            *("name", "tags", "attachments", "rss", "channel", "item"),
                            *("guid", "link", "source", "enclosure", "external_url"),
                        ]
                    ),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=12,
        )
    )
    def test_any_json(self, value: object) -> None:
        """Values of the wrong type in JSON are passed over."""
        holds(json.dumps({"items": [value], "version": value}).encode())
        holds(json.dumps({"rss": {"channel": {"item": value}}}).encode())


class TestOthers:
    @settings(deadline=None)
    @given(st.binary(max_size=200) | mutated(OPML))
    def test_lists(self, data: bytes) -> None:
        """Bytes are a list or an OpmlError."""
        found: tuple[Subscription, ...] = ()
        with suppress(OpmlError):
            found = read_opml(data)

        assert all(s.url.startswith(("http://", "https://")) for s in found)

    @settings(deadline=None)
    @given(
        st.binary(max_size=200)
        | mutated(
            '<link rel=alternate type="application/rss+xml" href="/f" title=x><a>'
        )
    )
    def test_pages(self, body: bytes) -> None:
        """Discovery never raises."""
        assert all(feed.url for feed in discover(Page(URL, 200, (), body)))
