"""Feeds with one oddity each: which of them are ours to read, which feedparser's."""

NAMESPACES = {
    "": ("http://www.w3.org/2005/Atom",),
    "a": ("http://www.w3.org/2005/Atom",),
    "content": ("http://purl.org/rss/1.0/modules/content/",),
    "dc": ("http://purl.org/dc/elements/1.1/",),
    "dcterms": ("http://purl.org/dc/terms/",),
    "feedburner": ("http://rssnamespace.org/feedburner/ext/1.0",),
    "georss": ("http://www.georss.org/georss",),
    "itunes": ("http://www.itunes.com/dtds/podcast-1.0.dtd",),
    "media": ("http://search.yahoo.com/mrss/", "http://www.rssboard.org/media-rss"),
    "slash": ("http://purl.org/rss/1.0/modules/slash/",),
    "sy": ("http://purl.org/rss/1.0/modules/syndication/",),
    "own": ("https://harbour.example/ns#",),
    "pheedo": ("http://www.pheedo.com/namespace/pheedo",),
}
"""Each prefix as it stands in the tables below, and what it is declared as."""

DECLARED = "".join(f' xmlns:{p}="{u[0]}"' for p, u in NAMESPACES.items() if p)
DIV = '<div xmlns="http://www.w3.org/1999/xhtml">'
ITEMS = {
    "two-titles": "<title>A</title><title>B</title>",
    "empty-title-first": "<title/><title>B</title>",
    "dc-title": "<dc:title>A</dc:title><title>B</title>",
    "title-behind-source": "<title>A</title><source>S</source><title>B</title>",
    "title-deeper": "<own:x><dc:title>A</dc:title></own:x><title>B</title>",
    "title-in-wrapper": "<own:x><title>A</title><link>/w</link></own:x>"
    "<title>B</title>",
    "media-title": "<media:group><media:title>A</media:title></media:group>",
    "upper-case": "<TITLE>A</TITLE><PubDate>2025-02-05</PubDate>",
    "misread-utf-8": "<title>caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d</title>",
    "misread-1252": "<title>\x93a\x94 \x81 &#151;</title>",
    "two-descriptions": "<description>A</description>"
    "<description>&lt;p&gt;B</description>",
    "three-descriptions": "<description>A</description><description>B</description>"
    "<description>C</description>",
    "guessed-html": "<description>A</description>"
    "<description>a&amp;eacute;</description>",
    "guessed-text": "<description>A</description><description>x&amp;y;</description>",
    "summary-of-rss": "<summary>&lt;b&gt;x&lt;/b&gt;</summary><content>y</content>",
    "content-first": "<content:encoded>A</content:encoded><description>B</description>",
    "same-as-content": "<description>A</description>"
    "<content:encoded>A</content:encoded>",
    "content-in-item": '<content type="html" xml:lang="pt_BR" src="/s">A</content>',
    "content-twice": "<content:encoded>A</content:encoded><content>B</content>",
    "dc-description": "<dc:description>A</dc:description><description>B</description>",
    "media-text": '<media:text>A</media:text><media:text type="plain">B</media:text>',
    "media-text-alone": "<media:text x='y'>A</media:text><media:text>B</media:text>",
    "media-description": "<media:content url='/v.mp4' type='video/mp4' fileSize='7'>"
    "<media:description>A</media:description></media:content>"
    "<media:description>B</media:description>",
    "itunes-summary": "<itunes:summary>A</itunes:summary>",
    "escaped-link": "<link>https://harbour.example/?a=1&amp;amp;b=2&amp;c;=3</link>",
    "empty-link": "<link/><guid>https://harbour.example/g</guid>",
    "atom-link": "<a:link href='/x'/><link>/y</link><a:link rel='VIA' href='/z'/>",
    "link-by-url": "<link url='/u' uri='/v' href='/w'/><link url='' href='/x'/>",
    "two-guids": "<guid isPermaLink=' FALSE '>a</guid><guid>https://x.example/b</guid>",
    "plain-guid": "<guid>17</guid>",
    "numbered-guid": "<guid isPermaLink=''>https://harbour.example/?p=7</guid>",
    "atom-id": "<a:id>https://harbour.example/i</a:id>",
    "dates": "<pubDate>x</pubDate><dc:date>2025-02-05</dc:date><a:updated/>",
    "last-date": "<pubDate>2025-02-05</pubDate><a:published>2025-02-06</a:published>",
    "author-after-text": "<author>A</author><author>"
    "<email>b@c.example</email></author>",
    "author-and-empty": "<author>A</author><author/>",
    "authors-own-text": "<author>A<name>B</name>C</author>",
    "authors-title": "<author><name>B</name><title>Dr.</title><own:x/></author>",
    "author-in-wrapper": "<author>A</author><own:x><author>B</author></own:x>",
    "long-author": f"<author>{'Ann Bo ' * 60}</author>",
    "long-name": f"<author><name>{'Ann Bo ' * 60}</name></author>",
    "contributor": "<contributor><name>A</name></contributor>"
    "<dc:contributor>B</dc:contributor>",
    "tags": "<category>A</category><category domain='d'>A</category>"
    "<category term='' label='L'>B</category><category>A</category><category/>",
    "keywords": "<itunes:keywords>a, b,,a</itunes:keywords>"
    "<media:keywords>c</media:keywords>"
    "<tags>d,e</tags><dc:subject>f</dc:subject><media:category>g</media:category>",
    "itunes-category": "<itunes:category text='A'/>"
    "<itunes:category text='A'>B</itunes:category>",
    "many-tags": "".join(f"<category>{n}</category>" for n in range(100)),
    "rss-source": "<source url='/s'> A <!-- x --> B </source>",
    "atom-source": "<source><id>https://s.example/</id><title>S</title>"
    "<author><name>A</name>"
    "<uri>https://a.example/</uri></author><link rel='self' href='/f'/></source>",
    "source-text": "<source><title>S</title>T</source><source/>",
    "own-addresses": "<feedburner:origLink>/f</feedburner:origLink>"
    "<pheedo:origLink>/p</pheedo:origLink><dc:source>D</dc:source>"
    "<dcterms:source x='1'>E"
    "</dcterms:source><comments> /c </comments>",
    "comments-twice": "<comments>/a</comments><own:x><comments>/b</comments></own:x>",
    "enclosures": "<enclosure url='/a.mp3' length='9' type='AUDIO/mpeg'/>"
    "<enclosure url='' href='/b'/><media:content medium='audio' url='/c'/>",
    "image": "<image><url>/i</url><title>A</title><link>/j</link></image>"
    "<title>B</title>",
    "markup": f'<description type="xhtml">{DIV}<b>x</b></div></description>',
    "attributes-in-cases": "<link HREF='/x' Rel='Via'/>"
    "<guid ISPERMALINK='false'>a</guid>",
}
ENTRIES = {
    "xhtml": f'<content type="xhtml">\n {DIV}<p class="a">x &amp;'
    " <br/>y</p></div> </content>",
    "xhtml-two-divs": f'<content type="xhtml">{DIV}a</div>{DIV}b</div></content>',
    "xhtml-text-before": f'<content type="xhtml">t {DIV}a</div></content>',
    "xhtml-div-in-div": f'<summary type="xhtml">{DIV}<div>a</div></div></summary>',
    "xhtml-title": f'<title type="xhtml">{DIV}A &lt; <i>B</i></div></title>',
    "xhtml-of-text": '<content type="xhtml">a &amp; b &lt;</content>',
    "xhtml-attributes": f'<content type="xhtml">{DIV}<a Rel="Me" Type="Text/X" '
    'xml:lang="DE" title="&quot;&lt;\'">a</a></div></content>',
    "html": '<title type="HTML">a &lt;b&gt;c</title>'
    '<summary type="text">x &lt; y</summary>',
    "plain-looks-like-html": "<summary>&lt;p&gt;a&lt;/p&gt;</summary>",
    "empty-address": '<link href=""/><link rel="related"/>',
    "broken-address": '<link href="http://["/><link href="/y"/>',
    "base-on-text": '<content type="html"'
    ' xml:base="https://x.example/">a</content><link href="z"/>',
    "out-of-line": '<content type="text/html" src="/s"/>',
    "links": '<link href="a"/><link rel="self" href="b"/>'
    '<link rel="enclosure" href="c" '
    'length="3" title="C"/><link rel="replies" type="text/html" href="d"/>',
}
MANY_ATTRIBUTES = " ".join(f"a{n}='x'" for n in range(101))
HALF = " ".join(f"xmlns:p{n}='a:{n}'" for n in range(99))
OTHER_HALF = " ".join(f"xmlns:q{n}='b:{n}'" for n in range(199))
UNUSUAL = {
    "no-feed": "<html/>",
    "broken": "<rss><channel>",
    "entity": "<rss><channel><title>&eacute;</title></channel></rss>",
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "atom-0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>',
    "no-namespace": "<feed/>",
    "two-channels": "<rss><channel/><channel/></rss>",
    "items-beside": "<rss><channel/><item/></rss>",
    "another-rss": '<rss xmlns="http://purl.org/rss/1.0/"><channel/></rss>',
    "base": '<rss xml:base="https://x.example/"><channel/></rss>',
    "base-on-link": '<feed xmlns="http://www.w3.org/2005/Atom">'
    '<link xml:base="/x"/></feed>',
    "plain-base": "<rss><channel><item BASE='/x'/></channel></rss>",
    "cdf-item": "<rss><channel><item href='/x'/></channel></rss>",
    "attributes": f"<rss><channel {MANY_ATTRIBUTES}/></rss>",
    "default-namespace": "<rss><channel><x xmlns='https://x.example/'/>"
    "</channel></rss>",
    "two-meanings": "<rss><channel><q:x xmlns:q='a:a'/>"
    "<q:x xmlns:q='a:b'/></channel></rss>",
    "namespaces": f"<rss {HALF}><channel {OTHER_HALF}/></rss>",
}
UNUSUAL_ITEMS = {
    "markup-in-text": "<description><p>x</p></description>",
    "base64": "<content type='image/png'>AAAA</content>",
    "mode": "<content mode='escaped'>x</content>",
    "xml-content": "<content type='application/xml'>x</content>",
    "not-all-xhtml": f"<content type='xhtml'>{DIV}<svg xmlns='a:b'/></div></content>",
    "body-in-xhtml": f"<content type='xhtml'>{DIV}<body/></div></content>",
    "deep-xhtml": f"<content type='xhtml'>{DIV * 300}{'</div>' * 300}</content>",
    "foreign-attribute": f"<content type='xhtml'>{DIV}<p own:a='x'/></div></content>",
    "own-attribute": "<link a:href='/x'/>",
    "item-in-item": "<own:x><item/></own:x>",
    "owner": "<itunes:owner><itunes:name>A</itunes:name></itunes:owner>",
    "reserved": "<links>x</links>",
    "person": "<author><own:x a='1'>B</own:x></author>",
    "source-in-source": "<source><source/></source>",
    "source-content": "<source><content>x</content></source>",
    "source-link": "<source><a:link href='/x'>x</a:link></source>",
    "source-text": "<source><own:x a='1'>x</own:x></source>",
    "keywords": "<itunes:keywords x='1'>a</itunes:keywords>",
    "slashes": "<link>http:///x.example/</link>",
    "geometry": "<georss:where/>",
    "image": "<image><media:content/></image>",
}
