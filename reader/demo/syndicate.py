"""The world's feeds as bytes: RSS 2.0, Atom 1.0 and JSON Feed 1.1.

Strings in, bytes out; what an item leads to stands in `pages`.
"""

import json
import re
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from html import escape, unescape

from reader.demo.cast import Article, Cast, Format, Item, Serial, Site
from reader.demo.pages import carried, categorised, html_block, stub_body, title_of

_RSS_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)
# How each of an item's further addresses is written in RSS; `{}` is the address.
_RSS_LINKS = {
    "orig-link": "<feedburner:origLink>{}</feedburner:origLink>",
    "dc-source": "<dc:source>{}</dc:source>",
    "via": '<atom:link rel="via" href="{}"/>',
    "canonical": '<atom:link rel="canonical" href="{}"/>',
}


def document(serial: Serial, cast: Cast, now: datetime) -> bytes:
    """A feed as it stood at `now`: what was listed by then, newest first."""
    listed = [item for item in serial.items if listed_at(item, cast) <= now]
    listed.sort(key=lambda item: published_at(item, cast), reverse=True)
    return _WRITERS[serial.format](serial, tuple(listed), cast).encode()


def published_at(item: Item, cast: Cast) -> datetime:
    """When an item says that it was published: its own time, else its article's."""
    return item.published or cast.articles[item.article].published


def listed_at(item: Item, cast: Cast) -> datetime:
    """When an item came into its feed."""
    return item.listed or published_at(item, cast)


def link_of(item: Item, serial: Serial, cast: Cast) -> str:
    """An item's link: the given one, its page on the feed's site, or its article's."""
    if item.link:
        return item.link
    if item.path:
        return cast.sites[serial.site].at(item.path)
    article = cast.articles[item.article]
    return cast.sites[article.site].at(article.path)


def content_of(item: Item, serial: Serial, cast: Cast) -> str:
    """The HTML that the feed itself carries of an item."""
    told = "\n".join(f"<p>{line}</p>" for line in item.announce)
    text = carried(item, cast)
    footer = categorised(item, serial)
    match item.carries:
        case "whole":
            return stub_body(item, cast) + (f"\n<p>{footer}</p>" if footer else "")
        case "announcement":
            return told
        case "text":
            return "\n".join(map(html_block, text))
        case "summary":
            return html_block(text[0]) if text else ""
        case "nothing":
            return ""


def _authors(item: Item, serial: Serial, cast: Cast) -> tuple[str, ...]:
    article = _own_article(item, serial, cast)
    return item.authors or (article.authors if article else ())


def _own_article(item: Item, serial: Serial, cast: Cast) -> Article | None:
    article = cast.articles.get(item.article)
    return article if article and article.site == serial.site else None


def _rss(serial: Serial, items: tuple[Item, ...], cast: Cast) -> str:
    site = cast.sites[serial.site]
    rows = "\n".join(_rss_item(item, serial, cast) for item in items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {_RSS_NAMESPACES}>'
        f"<channel>\n<title>{escape(serial.title or site.name)}</title>\n"
        f"<link>{site.home}</link>\n<description>{escape(site.about)}</description>\n"
        f"<language>{site.language}</language>\n"
        f'<atom:link rel="self" href="{site.at(serial.path)}"/>\n'
        f"{rows}\n</channel></rss>\n"
    )


def _rss_item(item: Item, serial: Serial, cast: Cast) -> str:
    link = link_of(item, serial, cast)
    guid = item.guid or f"{_number(item, serial)} at {serial.site}.example"
    content = content_of(item, serial, cast)
    names = _authors(item, serial, cast)
    extras = [_RSS_LINKS[rel].format(escape(url)) for rel, url in item.links.items()]
    if item.source:
        extras.append(_rss_source(cast, item.source))
    if content and item.carries == "whole":
        extras.append(f"<content:encoded><![CDATA[{content}]]></content:encoded>")
    summary = _plain(content)[:280] if item.carries == "whole" else content
    return (
        f"<item><title>{escape(title_of(item, cast))}</title>"
        f"<link>{escape(link)}</link>"
        f'<guid isPermaLink="false">{escape(guid)}</guid>'
        f"<pubDate>{format_datetime(published_at(item, cast))}</pubDate>"
        + "".join(f"<dc:creator>{escape(name)}</dc:creator>" for name in names)
        + f"<description>{escape(summary)}</description>{''.join(extras)}</item>"
    )


def _rss_source(cast: Cast, site_id: str) -> str:
    site = cast.sites[site_id]
    return f'<source url="{_feed_of(site, cast)}">{escape(site.name)}</source>'


def _atom(serial: Serial, items: tuple[Item, ...], cast: Cast) -> str:
    site = cast.sites[serial.site]
    rows = "\n".join(_atom_entry(item, serial, cast) for item in items)
    updated = _iso(max(published_at(item, cast) for item in items))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.language}">\n'
        f"<title>{escape(serial.title or site.name)}</title>\n<id>{site.home}</id>\n"
        f'<link rel="self" href="{site.at(serial.path)}"/>\n'
        f'<link rel="alternate" href="{site.home}"/>\n<updated>{updated}</updated>\n'
        f"{rows}\n</feed>\n"
    )


def _atom_entry(item: Item, serial: Serial, cast: Cast) -> str:
    link = link_of(item, serial, cast)
    when = _iso(published_at(item, cast))
    number = _number(item, serial)
    names = _authors(item, serial, cast)
    source = _atom_source(cast, item.source) if item.source else ""
    return (
        f"<entry><title>{escape(title_of(item, cast))}</title>"
        f"<id>tag:{serial.site}.example,2026:{number}</id>"
        f'<link rel="alternate" href="{escape(link)}"/>'
        + "".join(
            f'<link rel="{rel}" href="{escape(url)}"/>'
            for rel, url in item.links.items()
        )
        + f"<published>{when}</published><updated>{when}</updated>"
        + "".join(f"<author><name>{escape(name)}</name></author>" for name in names)
        + f'<content type="html">{escape(content_of(item, serial, cast))}</content>'
        f"{source}</entry>"
    )


def _atom_source(cast: Cast, site_id: str) -> str:
    site = cast.sites[site_id]
    return (
        f"<source><id>{site.home}</id><title>{escape(site.name)}</title>"
        f'<link rel="alternate" href="{site.home}"/>'
        f'<link rel="self" href="{_feed_of(site, cast)}"/></source>'
    )


def _json(serial: Serial, items: tuple[Item, ...], cast: Cast) -> str:
    site = cast.sites[serial.site]
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": serial.title or site.name,
        "home_page_url": site.home,
        "feed_url": site.at(serial.path),
        "language": site.language,
        "items": [_json_item(item, serial, cast) for item in items],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _json_item(item: Item, serial: Serial, cast: Cast) -> dict[str, object]:
    told: dict[str, object] = {
        "id": f"{serial.site}-{_number(item, serial)}",
        "url": link_of(item, serial, cast),
        "title": title_of(item, cast),
        "date_published": _iso(published_at(item, cast)),
        "authors": [{"name": name} for name in _authors(item, serial, cast)],
        "content_html": content_of(item, serial, cast),
    }
    return told | ({"external_url": item.external} if item.external else {})


def _feed_of(site: Site, cast: Cast) -> str:
    paths = (serial.path for serial in cast.serials if serial.site == site.id)
    return site.at(next(paths, "/feed"))


def _number(item: Item, serial: Serial) -> int:
    """A number that stays an item's own, counted from the oldest."""
    return 4000 + len(serial.items) - serial.items.index(item)


def _plain(html: str) -> str:
    return unescape(" ".join(re.sub("<[^>]+>", " ", html).split()))


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


_WRITERS: dict[Format, Callable[[Serial, tuple[Item, ...], Cast], str]] = {
    "rss": _rss,
    "atom": _atom,
    "json": _json,
}
