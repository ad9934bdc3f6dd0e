"""The world's texts as the pages of its sites: publishers, republishers, front pages.

Strings in, bytes out; which address a page stands at is decided in `answers`.
"""

import json
import re
from datetime import datetime
from html import escape
from urllib.parse import quote

from reader.demo.cast import Article, Cast, Format, Item, Serial, Site, template

WORDS = {
    "by": "By",
    "related": "More from us",
    "share": "Share",
    "newsletter": "Our letter, every Friday",
    "imprint": "About",
    "privacy": "Privacy",
    "cookies": "We keep one cookie, to remember that you have read this sentence.",
    "wall": "To read on you need a subscription.",
}
"""What a page says around its article; a site may say it in its own language."""

FEED_TYPES: dict[Format, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
"""What the three kinds of feed are called in headers and on pages."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_RTL = ("ar", "he", "fa")


def publisher_page(article: Article, cast: Cast) -> bytes:
    """The page of an article on its own site, with all that stands round it."""
    site = cast.sites[article.site]
    told = _story(article, site) | {"others": _list(cast, article)}
    return _filled(site.template, site, cast, told)


def amp_page(article: Article, cast: Cast) -> bytes:
    """The same article for telephones, which names the other page its canonical."""
    site = cast.sites[article.site]
    return _filled("amp.html", site, cast, _story(article, site))


def republisher_page(item: Item, serial: Serial, cast: Cast) -> bytes:
    """The page of a feed's item on the feed's own site, made from somebody's text."""
    site = cast.sites[serial.site]
    published = item.published or cast.articles[item.article].published
    footer = categorised(item, serial)
    return _filled(
        "stub.html",
        site,
        cast,
        {
            "title": escape(title_of(item, cast)),
            "iso": _iso(published),
            "date": _date(published),
            "head": item.head,
            "tail": item.tail,
            "body": stub_body(item, cast),
            "footer": footer,
            "others": _neighbours(item, serial, cast),
        },
    )


def home_page(site: Site, cast: Cast) -> bytes:
    """A site's front page: its headlines and where its feed is."""
    stories = "\n".join(
        f'<section class="teaser"><h2><a href="{escape(article.path)}">'
        f"{escape(article.title)}</a></h2><p>{article.standfirst}</p></section>"
        for article in cast.of(site.id)
    )
    return _filled("home.html", site, cast, {"others": stories})


def missing_page(site: Site, cast: Cast) -> bytes:
    """What a site answers for an address that it does not have."""
    return _filled("missing.html", site, cast, {})


def title_of(item: Item, cast: Cast) -> str:
    """An item's headline: its own, else that of its article."""
    return item.title or cast.articles[item.article].title


def carried(item: Item, cast: Cast) -> tuple[str, ...]:
    """The paragraphs that an item carries, its own or its article's first ones."""
    if item.blocks or not item.article:
        return item.blocks
    article = cast.articles[item.article]
    own = (f"<p><em>{article.standfirst}</em></p>",) if article.standfirst else ()
    return (*own, *article.blocks)[: item.count]


def stub_body(item: Item, cast: Cast) -> str:
    """The text of an item's page: the announcement and as much as was taken over."""
    told = [f"<p>{line}</p>" for line in item.announce]
    text = list(map(html_block, carried(item, cast)))
    if item.teaser:
        text.insert(min(3, len(text)), _teaser(*item.teaser))
    return "\n".join([*text, *told] if item.below else [*told, *text])


def categorised(item: Item, serial: Serial) -> str:
    """The line with which a theme closes an item; empty where it has none."""
    name = item.category or serial.category
    path = f"/category/{quote(name.lower())}/"
    link = f'<a href="{path}" rel="category tag">{escape(name)}</a>'
    return f'<span class="cat-links">Categorised as {link}</span>' if name else ""


def html_block(block: str) -> str:
    """A block as HTML: a paragraph, unless it is HTML already."""
    return block if block.startswith("<") else f"<p>{block}</p>"


def _teaser(publisher: str, title: str, href: str) -> str:
    return (
        '<div class="read-more"><p>Read more</p>'
        f'<a href="{escape(href)}"><span>{escape(publisher)}</span> '
        f"{escape(title)}</a></div>"
    )


def _filled(name: str, site: Site, cast: Cast, values: dict[str, str]) -> bytes:
    furniture = WORDS | dict(site.words)
    furniture |= {
        "language": site.language,
        "direction": "rtl" if site.language in _RTL else "ltr",
        "charset": site.charset,
        "site": escape(site.name),
        "about": escape(site.about),
        "nav": "".join(
            f'<li><a href="/section/{n}">{escape(label)}</a></li>'
            for n, label in enumerate(site.nav)
        ),
        "alternate": _alternate(site, cast),
        "head": "",
    }
    text = template(name).substitute(furniture | values)
    return text.encode(site.charset, errors="xmlcharrefreplace")


def _story(article: Article, site: Site) -> dict[str, str]:
    url = site.at(article.path)
    author = escape(" & ".join(article.authors))
    standfirst = f'<p class="standfirst"><em>{article.standfirst}</em></p>'
    return {
        "title": escape(article.title),
        "url": url,
        "quoted": quote(url, safe=""),
        "canonical": article.path,
        "description": re.sub("<[^>]+>", "", article.standfirst),
        "section": escape(article.section or (site.nav[0] if site.nav else "")),
        "standfirst": standfirst if article.standfirst else "",
        "author": author,
        "byline": f"{site.words.get('by', WORDS['by'])} {author} ·" if author else "",
        "iso": _iso(article.published),
        "date": _date(article.published),
        "figure": _figure(article),
        "body": "\n".join(map(html_block, _shown(article))),
        "wall": _wall(article, site),
        "json_ld": json.dumps(_json_ld(article, site), ensure_ascii=False),
        "og_image": f'<meta property="og:image" content="{site.at(article.image)}">'
        if article.image
        else "",
    }


def _list(cast: Cast, but: Article) -> str:
    found = [article for article in cast.of(but.site) if article is not but]
    return "".join(_link(article.path, article.title) for article in found[:4])


def _neighbours(item: Item, serial: Serial, cast: Cast) -> str:
    """The posts before and after, as a blog's theme links them."""
    own = [other for other in serial.items if other.path]
    at = own.index(item)
    return "".join(
        _link(other.path, title_of(other, cast))
        for other in (*own[max(at - 1, 0) : at], *own[at + 1 : at + 2])
    )


def _link(path: str, title: str) -> str:
    return f'<li><a href="{escape(path)}">{escape(title)}</a></li>'


def _alternate(site: Site, cast: Cast) -> str:
    return "".join(
        f'<link rel="alternate" type="{FEED_TYPES[serial.format]}"'
        f' title="{escape(site.name)}" href="{serial.path}">'
        for serial in cast.serials
        if serial.site == site.id
    )


def _figure(article: Article) -> str:
    caption = escape(article.caption)
    return (
        f'<figure><img src="{article.image}" alt="{escape(article.alt)}">'
        f"<figcaption>{caption}</figcaption></figure>"
        if article.image
        else ""
    )


def _shown(article: Article) -> tuple[str, ...]:
    """The blocks that everybody gets to see: all, or the first `free` words."""
    if article.free is None:
        return article.blocks
    words = " ".join(article.blocks).split()
    return (" ".join(words[: article.free]) + " …",)


def _wall(article: Article, site: Site) -> str:
    words = WORDS | dict(site.words)
    offer = f'<p>{words["wall"]}</p><a href="/subscribe">{site.name}</a>'
    return f'<div class="paywall">{offer}</div>' if article.free is not None else ""


def _json_ld(article: Article, site: Site) -> dict[str, object]:
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": _iso(article.published),
        "inLanguage": site.language,
        "mainEntityOfPage": site.at(article.path),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": site.name},
    }
    if article.image:
        told["image"] = site.at(article.image)
    if article.free is not None:
        told["isAccessibleForFree"] = False
        part = {"@type": "WebPageElement", "isAccessibleForFree": False}
        told["hasPart"] = part | {"cssSelector": ".paywall"}
    return told


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _date(moment: datetime) -> str:
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment:%Y, %H:%M}"
