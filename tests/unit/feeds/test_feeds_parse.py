"""Bytes to feeds: each dialect, each charset, each kind of trouble."""

import builtins
import io
import json
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reader.errors import FeedError
from reader.feeds import Hints, parse

URL = "https://relay.example/feed"
NOON = datetime(2025, 2, 5, 12, 0, tzinfo=UTC)

RSS_20 = """<rss version="2.0"><channel><title>Harbour Post</title>
<link>https://harbour.example/</link><description>News</description>
<item><title>Ferry sails again</title><link>https://harbour.example/ferry</link>
<guid>https://harbour.example/ferry</guid>
<pubDate>Wed, 05 Feb 2025 12:00:00 GMT</pubDate>
<description>It was mended.</description></item></channel></rss>"""
RSS_091 = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
"http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Harbour Post</title>
<link>https://harbour.example/</link><item><title>Ferry sails again</title>
<link>https://harbour.example/ferry</link></item></channel></rss>"""
RSS_10 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://harbour.example/"><title>Harbour Post</title>
<link>https://harbour.example/</link></channel>
<item rdf:about="https://harbour.example/ferry"><title>Ferry sails again</title>
<link>https://harbour.example/ferry</link><dc:date>2025-02-05T13:00:00+01:00</dc:date>
</item></rdf:RDF>"""
ATOM_10 = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title>
<link href="https://harbour.example/"/><entry><title>Ferry sails again</title>
<id>tag:harbour.example,2025:1</id><link href="https://harbour.example/ferry"/>
<updated>2025-02-05T12:00:00Z</updated></entry></feed>"""
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#">
<title>Harbour Post</title>
<link rel="alternate" type="text/html" href="https://harbour.example/"/>
<entry><title>Ferry sails again</title><id>tag:harbour.example,2025:1</id>
<link rel="alternate" type="text/html" href="https://harbour.example/ferry"/>
<issued>2025-02-05T12:00:00Z</issued></entry></feed>"""
CDF = """<CHANNEL HREF="https://harbour.example/"><TITLE>Harbour Post</TITLE>
<ITEM HREF="https://harbour.example/ferry" LASTMOD="2025-02-05T12:00Z">
<TITLE>Ferry sails again</TITLE></ITEM></CHANNEL>"""
JSON_11 = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Post",
        "home_page_url": "https://harbour.example/",
        "items": [
            {
                "id": "1",
                "url": "https://harbour.example/ferry",
                "title": "Ferry sails again",
                "content_text": "It was mended.",
                "date_published": "2025-02-05T12:00:00Z",
            }
        ],
    }
)
RSS_IN_JSON = json.dumps(
    {
        "rss": {
            "version": "2.0",
            "channel": {
                "title": "Harbour Post",
                "link": "https://harbour.example/",
                "item": {
                    "title": "Ferry sails again",
                    "link": "https://harbour.example/ferry",
                    "guid": {"#value": "x1", "isPermaLink": "false"},
                    "pubDate": "Wed, 05 Feb 2025 12:00:00 GMT",
                },
            },
        }
    }
)
DIALECTS = {
    "rss-2.0": RSS_20,
    "rss-0.91": RSS_091,
    "rss-1.0": RSS_10,
    "atom-1.0": ATOM_10,
    "atom-0.3": ATOM_03,
    "cdf": CDF,
    "json-feed": JSON_11,
    "rss-in-json": RSS_IN_JSON,
}


def reason(body: bytes, content_type: str | None = None) -> str:
    """Why `parse` refuses a body."""
    with pytest.raises(FeedError) as caught:
        parse(body, URL, content_type)
    assert caught.value.subject == URL
    return caught.value.reason


class TestDialects:
    @pytest.mark.parametrize("source", DIALECTS.values(), ids=DIALECTS.keys())
    def test_each_gives_the_same_entry(self, source: str) -> None:
        """Title, link and site come out of every dialect alike."""
        feed = parse(source.encode(), URL)

        assert (feed.title, feed.site_url) == (
            "Harbour Post",
            "https://harbour.example/",
        )
        assert [(e.title, e.url) for e in feed.entries] == [
            ("Ferry sails again", "https://harbour.example/ferry")
        ]
        assert feed.entries[0].guid

    @pytest.mark.parametrize(
        "source",
        [s for name, s in DIALECTS.items() if name != "rss-0.91"],
        ids=[name for name in DIALECTS if name != "rss-0.91"],
    )
    def test_each_gives_the_same_time(self, source: str) -> None:
        """Whatever element holds it, an entry's time is its `published`, in UTC."""
        assert parse(source.encode(), URL).entries[0].published == NOON

    def test_feed_without_entries(self) -> None:
        """A feed that has nothing yet is a feed."""
        feed = parse(b"<rss><channel><title>Quiet</title></channel></rss>", URL)

        assert (feed.title, feed.entries) == ("Quiet", ())

    def test_where_the_feed_lives_and_its_language(self) -> None:
        """`rel=self`, `home_page_url` and the language are told, absolute."""
        source = ATOM_10.replace(
            "<title>", '<link rel="self" href="/feed.xml"/><title xml:lang="de">', 1
        ).replace("<feed ", '<feed xml:lang="de-AT" ')
        feed = parse(source.encode(), URL)

        assert (feed.url, feed.language) == ("https://relay.example/feed.xml", "de-AT")
        assert feed.entries[0].language == "de-AT"

    def test_hints(self) -> None:
        """ttl, update period, skipped hours and days are read; nonsense is not."""
        channel = """<ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod>
        <sy:updateFrequency>24</sy:updateFrequency><skipHours><hour>1</hour>
        <hour>24</hour><hour>x</hour></skipHours><skipDays><day>Sunday</day>
        <day>Someday</day></skipDays>"""
        namespace = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
        source = RSS_20.replace("<title>", f"{channel}<title>", 1)
        feed = parse(source.replace("<rss", f"<rss {namespace}").encode(), URL)

        assert feed.hints == Hints(
            timedelta(minutes=90), frozenset({0, 1}), frozenset({6})
        )


class TestWhatIsNoFeed:
    @pytest.mark.parametrize(
        ("body", "said"),
        [
            (b"", "the answer is empty"),
            (b" \r\n\t", "the answer is empty"),
            (b"\0\0\0", "the answer is empty"),
            (b"hello", "the answer is neither a feed nor a web page"),
            (b"\x89PNG\r\n\x1a\n\0\0", "the answer is neither a feed nor a web page"),
            (b"<!DOCTYPE html><title>x</title>", "the address gives a web page"),
            (b"<?xml version='1.0'?><html><p/></html>", "the address gives a web page"),
            (b"<div>Not found</div>", "the address gives a web page"),
            (b"<html><pre><rss version=2.0></pre>", "the address gives a web page"),
            (b"<opml><body/></opml>", "import it instead"),
            (b"<?xml version='1.0'?><urlset/>", "the address gives a site map"),
            (b"<?xml version='1.0'?><svg/>", "XML (<svg>), but no feed"),
            (b"<rdf:RDF xmlns:rdf='u'><x/></rdf:RDF>", "XML, but no feed"),
            (b'{"a": 1}', "JSON, but no feed"),
            (b"[1, 2]", "JSON, but no feed"),
            (b'{"items": "none"}', "JSON, but no feed"),
            (b'{"rss": {"channel": 1}}', "JSON, but no feed"),
            (b'{"a": ', "JSON that is damaged"),
            (b'{"items":' + b"[" * 100_000, "JSON that is damaged"),
            (b"<rss>" + b" " * (10 * 1024 * 1024), "larger than 10 MiB"),
        ],
        ids=[
            *("empty", "blank", "nul", "text", "picture", "page", "xhtml", "fragment"),
            "page-about-feeds",
            *("opml", "site-map", "svg", "foreign-rdf", "object", "list", "items"),
            *("no-channel", "cut-json", "deep-json", "too-large"),
        ],
    )
    def test_is_refused_in_one_sentence(self, body: bytes, said: str) -> None:
        """The reason tells a person what the address gave instead."""
        assert said in reason(body)

    def test_the_error_names_the_address(self) -> None:
        """One line: the address, and why."""
        with pytest.raises(FeedError) as caught:
            parse(b"", URL)

        assert str(caught.value) == f"{URL}: the answer is empty"


class TestDamage:
    def test_warnings_before_the_feed(self) -> None:
        """What a script prints above the feed does not hide it."""
        body = f"<br />\n<b>Warning</b>: mind the gap\n{RSS_20}".encode()

        assert len(parse(body, URL).entries) == 1

    def test_cut_in_the_middle(self) -> None:
        """A feed that was cut gives the entries that came."""
        body = RSS_20.partition("</item>")[0].encode()

        assert parse(body, URL).entries[0].title == "Ferry sails again"

    def test_json_cut_in_the_middle(self) -> None:
        """Of a JSON Feed that was cut the whole items count."""
        body = JSON_11[:-2] + ', {"id": "2", "title": "Half a'

        assert [e.guid for e in parse(body.encode(), URL).entries] == ["1"]

    def test_rss_in_json_cut_in_the_middle(self) -> None:
        """So do those of RSS written as JSON."""
        body = '{"rss": {"channel": {"title": "T", "item": [{"guid": "1"}, {"gui'

        assert [e.guid for e in parse(body.encode(), URL).entries] == ["1"]

    def test_line_ends_in_json_texts(self) -> None:
        """A line end that JSON forbids within a text is read."""
        body = JSON_11.replace("Ferry sails", "Ferry\n\tsails").encode()

        assert parse(body, URL).entries[0].title == "Ferry sails again"

    def test_bare_ampersand(self) -> None:
        """An ampersand that nobody escaped costs nothing."""
        body = RSS_20.replace("Ferry sails", "Salt & tar").encode()

        assert parse(body, URL).entries[0].title == "Salt & tar again"

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("caf&eacute;", "café"),
            ("a&#11;b&#x0;c", "abc"),
            ("&#xD83D;&#xDE00;", "😀"),
            ("&#xD83D;x", "x"),
            ("a\x0bb\x08c", "abc"),
            ("&#99999999999;x", "x"),
        ],
        ids=["entity", "controls", "pair", "half-pair", "raw", "no-code-point"],
    )
    def test_characters_that_are_no_xml(self, written: str, read: str) -> None:
        """What XML forbids is read or dropped, and the feed stays whole."""
        body = RSS_20.replace("Ferry sails again", f"{written}!").encode()
        feed = parse(body, URL)

        assert feed.entries[0].title == f"{read}!"
        assert feed.entries[0].published == NOON

    def test_a_pair_of_no_digits(self) -> None:
        """What only looks like the halves of a pair is no reference."""
        body = RSS_20.replace("Ferry sails again", "a&#xD8zz;&#xDCzz;b").encode()

        assert len(parse(body, URL).entries) == len(parse(RSS_20.encode(), URL).entries)

    def test_own_short_entity(self) -> None:
        """A feed's own short entities are known, those of files are not read."""
        declared = '<!DOCTYPE rss [<!ENTITY co "Harbour"><!ENTITY f SYSTEM "x.txt">]>'
        body = declared + RSS_20.replace("Ferry", "&co; ferry")

        assert parse(body.encode(), URL).entries[0].title == "Harbour ferry sails again"


class TestCharset:
    TEXT = RSS_20.replace("Ferry sails again", "Fähre nach Łódź")
    LATIN = RSS_20.replace("Ferry sails again", "Fähre – “bald”")

    @pytest.mark.parametrize(
        ("codec", "declared", "content_type"),
        [
            ("utf-8", "utf-8", None),
            ("utf-8", "iso-8859-1", None),
            ("utf-8", None, "text/xml; charset=iso-8859-1"),
            ("utf-8-sig", None, None),
            ("utf-16", None, None),
            ("utf-16-le", None, None),
            ("utf-16-be", None, "text/xml; charset=utf-8"),
            ("utf-32", None, None),
            ("iso-8859-2", "iso-8859-2", None),
            ("iso-8859-2", None, 'application/xml; charset="ISO-8859-2"'),
            ("iso-8859-2", "iso-8859-2", "text/xml; charset=iso-8859-1"),
            ("iso-8859-2", "utf-8", "text/xml; charset=iso-8859-2"),
        ],
    )
    def test_is_found(
        self, codec: str, declared: str | None, content_type: str | None
    ) -> None:
        """The text is read right whoever is wrong: the header or the declaration."""
        xml = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
        body = (xml + self.TEXT).encode(codec)

        assert parse(body, URL, content_type).entries[0].title == "Fähre nach Łódź"

    @pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "no-such", "punycode"])
    def test_windows_1252_under_another_name(self, declared: str) -> None:
        """The commonest lie of all is read as what it is."""
        xml = f'<?xml version="1.0" encoding="{declared}"?>'
        body = (xml + self.LATIN).encode("cp1252")

        assert parse(body, URL).entries[0].title == "Fähre – “bald”"

    @pytest.mark.parametrize(
        ("codec", "title"),
        [
            ("shift_jis", "渡し船が再開"),
            ("gb2312", "渡轮恢复"),
            ("euc-kr", "연락선 재개"),
            ("koi8-r", "Паром снова ходит"),
            ("iso-2022-jp", "渡し船が再開"),
        ],
    )
    def test_other_scripts(self, codec: str, title: str) -> None:
        """A declared charset of another script is honoured."""
        xml = f'<?xml version="1.0" encoding="{codec}"?>'
        body = (xml + RSS_20.replace("Ferry sails again", title)).encode(codec)

        assert parse(body, URL).entries[0].title == title

    def test_a_few_bytes_of_another(self) -> None:
        """UTF-8 in which one entry is Windows-1252 loses neither."""
        body = self.TEXT.encode().replace(b"mended", b"na\xefve")
        entry = parse(body, URL).entries[0]

        assert entry.title == "Fähre nach Łódź"
        assert entry.summary == "It was naïve."


class TestHostileFeeds:
    def test_thousands_of_attributes(self) -> None:
        """feedparser is quadratic in them: such a feed is refused unread."""
        many = " ".join(f'a{n}="1"' for n in range(20_000))

        assert "20,000 attributes" in reason(f"<rss><channel {many}/></rss>".encode())

    def test_thousands_of_attributes_and_damage(self) -> None:
        """The parser for damaged feeds has the same bound."""
        many = " ".join(f'a{n}="1"' for n in range(20_000))
        body = f"<rss><channel><b & ><item {many}/></channel></rss>".encode()

        assert "attributes" in reason(body)

    def test_hundreds_of_namespaces(self) -> None:
        """Each element would be looked up in all of them."""
        many = " ".join(f'xmlns:n{n}="u:{n}"' for n in range(1_000))

        assert "namespaces" in reason(f"<rss {many}><channel/></rss>".encode())

    def test_entity_bomb(self) -> None:
        """Entities of entities are not declared, so nothing grows."""
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>'
        body = bomb + RSS_20.replace("It was mended.", "&l9;")

        assert len(parse(body.encode(), URL).entries[0].summary) < 100

    def test_nested_without_end(self) -> None:
        """Tens of thousands of open elements are no stack overflow."""
        feed = parse(b"<rss><channel><title>Deep</title>" + b"<a>" * 20_000, URL)

        assert (feed.title, feed.entries) == ("Deep", ())

    def test_elements_without_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Reading ends after so many elements; what came before them stays."""
        monkeypatch.setattr("reader.feeds.guarded.ELEMENTS", 100)
        monkeypatch.setattr("reader.feeds.quick.ELEMENTS", 100)
        body = RSS_20.replace("</channel>", "<a/>" * 200 + "<item/></channel>")

        assert len(parse(body.encode(), URL).entries) == 1

    def test_bases_upon_bases(self) -> None:
        """`xml:base` in `xml:base` does not grow beyond what a URL may have."""
        feed = b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/b/">'
        nested = b'<x xml:base="abcdefgh/">' * 1_000
        entry = b'<entry><link href="y"/></entry>' + b"</x>" * 1_000 + b"</feed>"
        (found,) = parse(feed + nested + entry, URL).entries

        assert found.url.startswith("https://relay.example/b/abcdefgh/abcdefgh/")
        assert found.url.endswith("/abcdefgh/y")
        assert len(found.url) < 3_000

    def test_many_categories(self) -> None:
        """Only as many categories are kept as anybody reads."""
        tags = "".join(f"<category>c{n}</category>" for n in range(5_000))
        body = RSS_20.replace("<guid>", f"{tags}<guid>").encode()

        assert len(parse(body, URL).entries[0].categories) == 64

    def test_entries_of_one_poll(self) -> None:
        """Of very many entries the 5,000 newest are kept, newest first."""
        items = [
            f"<item><guid>g{n}</guid><pubDate>{2000 + n // 300}-01-01</pubDate></item>"
            for n in range(6_000)
        ]
        body = f"<rss><channel><title>Old</title>{''.join(items)}</channel></rss>"
        found = parse(body.encode(), URL).entries

        assert len(found) == 5_000
        assert found[0].guid == "g5700"
        assert found[-1].published == datetime(2003, 1, 1, tzinfo=UTC)


class TestNoIo:
    @pytest.mark.parametrize(
        "body",
        [
            b"/etc/passwd",
            b"http://127.0.0.1:9/feed",
            b"feed://127.0.0.1:9/feed",
            b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel/></rss>',
            b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            b"<rss><channel><title>&x;</title></channel></rss>",
        ],
        ids=["path", "url", "feed-url", "dtd", "file-entity"],
    )
    def test_opens_nothing(self, body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        """Bytes that look like a path or a URL are bytes: no file, no socket."""
        parse(RSS_20.encode(), URL)  # so that every module is imported
        opened: list[Any] = []

        def spy(*args: Any, **_: Any) -> Any:
            opened.append(args)
            raise OSError("opened")

        monkeypatch.setattr(builtins, "open", spy)
        monkeypatch.setattr(io, "open", spy)
        monkeypatch.setattr(socket.socket, "connect", spy)
        monkeypatch.setattr(socket, "getaddrinfo", spy)
        try:
            feed = parse(body, URL)
        except FeedError:
            feed = None

        assert opened == []
        assert feed is None or "root:" not in feed.title
