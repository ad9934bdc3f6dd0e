"""Feeds that are well-formed and odd in every other way, by the thousand."""

import re
from typing import Protocol, TypeVar
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

from tests.unit.feeds.oddities import NAMESPACES

T = TypeVar("T")


class Draw(Protocol):
    """Hypothesis's way to a value of a strategy."""

    def __call__(self, strategy: st.SearchStrategy[T]) -> T:
        """A value of `strategy`."""


LEAVES = [
    *("title", "description", "summary", "content", "link", "guid", "id", "pubDate"),
    *("published", "updated", "modified", "created", "author", "managingEditor"),
    *("category", "keywords", "comments", "source", "language", "ttl", "rights"),
    *("subtitle", "tagline", "generator", "webMaster", "copyright", "url", "icon"),
    *("a:link", "a:id", "a:updated", "a:author", "a:title", "content:encoded"),
    *("dc:creator", "dc:date", "dc:subject", "dc:title", "dc:description"),
    *("dc:source", "dc:language", "dc:publisher", "dc:contributor", "dc:rights"),
    *("dcterms:created", "dcterms:modified", "dcterms:issued", "dcterms:source"),
    *("feedburner:origLink", "feedburner:browserFriendly", "feedburner:info"),
    *("itunes:author", "itunes:summary", "itunes:subtitle", "itunes:keywords"),
    *("itunes:explicit", "itunes:image", "itunes:category", "itunes:title"),
    *("media:content", "media:thumbnail", "media:title", "media:description"),
    *("media:keywords", "media:category", "media:text", "media:credit"),
    *("media:rating", "media:player", "enclosure", "slash:comments", "tags"),
    *("sy:updatePeriod", "sy:updateFrequency", "own:thing", "pheedo:origLink"),
    *("georss:point", "thing", "image", "skipHours", "TITLE", "lastmod"),
]
ODD = ["abstract", "where", "fullitem", "thing", "thing", "own:b", "own:b", "pheedo:c"]
CHANNELS = sorted({*LEAVES} - {"content", "content:encoded", "summary", "source"})
WRAPPERS = [
    *("media:group", "media:content", "author", "a:author", "contributor", "source"),
    *("image", "textInput", "own:thing", "thing", "itunes:owner", "itunes:category"),
]
PERSONS = ["author", "a:author", "contributor", "itunes:owner"]
IN_PERSONS = ["name", "email", "uri", "url", "a:name", "own:thing", "itunes:name"]
TEXTS = [
    *("", " ", "Ferry", "Ferry & storm", "  two  words ", "Häfen", "\xc3\xa9t\xc3\xa9"),
    *("caf\xe9", "a\x93b\x94", "「港」", "🚢", "<p>Ferry <b>sails</b></p>", "AT&amp;T"),
    *("a &lt; b", "&eacute;", "<i>", "x</b>", "one,two, one", "true", "5", "hourly"),
    *(
        "https://harbour.example/a",
        "/b?x=1&y=2",
        "c d",
        "http://[",
        "mailto:a@b.example",
    ),
    *("https://sea.example/a?b=1&amp;c=2#d", "?p=12", "https://harbour.example/?p=12"),
    *("http:////x.example/y", "HTTPS://Sea.example:443/", "//sea.example/z", "#top"),
    *("Wed, 05 Feb 2025 12:00:00 GMT", "2025-02-05T12:00:00Z", "5. Feb. 2025"),
    *("2025-02-05T13:00:00+01:00", "2025-02-30T12:00:00Z", "ann@sea.example (Ann)"),
    *("Ann <ann@sea.example>", "y" * 250, "line\nline\n\nblock", "\tx\t", "yes"),
]
VALUES = {
    "type": ["html", "text", "xhtml", "text/html", "text/plain", "HTML", "video/mp4"],
    "rel": ["alternate", "self", "via", "related", "enclosure", "replies", "canonical"],
    "isPermaLink": ["true", "false", " TRUE ", ""],
    "xml:lang": ["de", "pt_BR", ""],
    "lang": ["fr"],
    "length": ["12", "x", ""],
    "text": ["Sea", ""],
    "term": ["Sea", ""],
    "scheme": ["https://sea.example/"],
    "domain": ["d"],
    "label": ["The sea", ""],
    "medium": ["audio"],
    "title": ["A title"],
    "href": TEXTS,
    "url": TEXTS,
    "src": ["/out-of-line"],
    "own:a": ["x"],
}


@st.composite
def attributes(draw: Draw) -> str:
    """A few attributes, right or wrong where they stand."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=3, unique=True))
    pairs = [(name, draw(st.sampled_from(VALUES[name]))) for name in names]
    return "".join(f" {name}={quoteattr(value)}" for name, value in pairs)


@st.composite
def written(draw: Draw) -> str:
    """A text as XML may have it: escaped, in CDATA, with comments between."""
    text = draw(st.sampled_from(TEXTS))
    plain, half = escape(text), len(text) // 2
    cdata = f"<![CDATA[{text}]]>"
    mixed = f"{escape(text[:half])}<!-- <b> --><![CDATA[{text[half:]}]]><?x y?>"
    numbered = "".join(f"&#{ord(c)};" for c in text)
    return draw(st.sampled_from([plain, plain, cdata, cdata, mixed, numbered]))


@st.composite
def leaves(draw: Draw, names: list[str] = LEAVES) -> str:
    """An element with a text, or empty, or closed at once."""
    name = draw(st.sampled_from(names))
    given = draw(st.just("") | st.just("") | attributes())
    text = draw(written())
    whole = f"<{name}{given}>{text}</{name}>"
    return draw(st.sampled_from([whole, whole, whole, f"<{name}{given}/>"]))


@st.composite
def wrapped(draw: Draw) -> str:
    """An element with others in it, one level or two."""
    name = draw(st.sampled_from(WRAPPERS))
    inner = leaves(IN_PERSONS) if name in PERSONS else leaves()
    if name in ("source", "image", "textInput"):
        inner = leaves(
            ["title", "link", "id", "url", "author", "description", "updated"]
        )
    inside = draw(st.lists(inner, max_size=3).map("\n".join))
    given = draw(st.sampled_from(["", "", draw(attributes())]))
    deep = f"<own:deep>{inside}</own:deep>"
    inside = draw(st.sampled_from([inside, inside, inside, deep]))
    return f"<{name}{given}>{inside}</{name}>"


@st.composite
def xhtml(draw: Draw) -> str:
    """Markup nested in a text, as Atom has it."""
    name = draw(st.sampled_from(["title", "summary", "content", "content", "rights"]))
    text = draw(written())
    body = draw(
        st.sampled_from(
            [
                f'<p class="a&amp;b" title="&quot;">{text}<br/></p><img src="x.png"/>',
                f"{text} <a rel='NoFollow' href='?a&amp;b'>b</a> tail",
                f"<div>{text}</div>",
                "",
                draw(
                    st.sampled_from(["", "<svg/>", "<body/>", "<summary>s</summary>"])
                ),
            ]
        )
    )
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>'
    bare = draw(st.sampled_from([div, div, f"<div>{body}</div>", body]))
    named = '<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>p</h:p></h:div>'
    inside = draw(st.sampled_from([div, div, f"\n {div}\n", div + div, bare, named]))
    return f'<{name} type="xhtml" xml:lang="en">{inside}</{name}>'


@st.composite
def people(draw: Draw) -> str:
    """Atom's authors and RSS's, as they are nearly always."""
    return draw(
        st.sampled_from(
            [
                "<author><name>Ann</name><email>a@sea.example</email></author>",
                "<author><uri>https://sea.example/</uri><name>Bo</name></author>",
                "<author>c@sea.example (Cy)</author>",
                "<dc:creator>Di</dc:creator>",
                "<author/>",
                "<source url='https://sea.example/feed'>Sea</source>",
                "<source><id>https://sea.example/</id><title>Sea</title>"
                "<author><name>Ed</name><uri>https://ed.example/</uri></author>"
                "<link rel='self' href='https://sea.example/feed'/></source>",
            ]
        )
    )


def children(names: list[str] = LEAVES) -> st.SearchStrategy[str]:
    """What stands in a feed or an item."""
    usual = leaves(names)
    return usual | usual | usual | wrapped() | people() | xhtml() | leaves(ODD)


@st.composite
def feeds(draw: Draw) -> str:
    """A feed that is well-formed, and odd in every other way."""
    atom = draw(st.booleans())
    item = "entry" if atom else "item"
    items = draw(st.lists(st.lists(children(), max_size=7).map("".join), max_size=3))
    above, below = (
        draw(st.lists(leaves(CHANNELS), max_size=4).map("".join)) for _ in "ab"
    )
    inside = "".join(f"<{item}>{one}</{item}>\n" for one in items)
    given = draw(attributes())
    uris = {p: draw(st.sampled_from(uri)) for p, uri in NAMESPACES.items() if p or atom}
    declared = "".join(f' xmlns{":" * bool(p)}{p}="{u}"' for p, u in uris.items())
    inside = f"{above}{inside}{below}"
    if not atom:
        return f"<rss version='2.0'{declared}{given}><channel>{inside}</channel></rss>"
    return f"<feed{declared}{given}>{inside}</feed>"


@st.composite
def renamed(draw: Draw) -> str:
    """A feed with a prefix that is not the usual one, or swapped with another's."""
    feed = draw(feeds())
    old, other = draw(st.permutations(sorted({*NAMESPACES} - {""})))[:2]
    swaps = [(old, "Q"), (other, old), ("Q", other)]
    for before, after in draw(st.sampled_from([swaps[:1], swaps[:2], swaps])):
        feed = re.sub(rf"(</?|xmlns:| ){before}([:=])", rf"\g<1>{after}\g<2>", feed)
    return feed
