"""Who plays in the demo world, read from its files: sites, articles, feeds, odd pages.

It never makes a page or a feed of them; `pages` and `syndicate` do that.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template
from typing import Any, Literal

NOW = datetime(2026, 3, 4, 14, 28, tzinfo=UTC)
"""When the demo takes place: its clock stands."""

ZONE = UTC
"""The zone in which its times are shown."""

FOLDER = files("reader") / "demo" / "world"
"""Where the world's files lie, inside the package."""

Carries = Literal["whole", "announcement", "text", "summary", "nothing"]
Format = Literal["rss", "atom", "json"]


@dataclass(frozen=True, slots=True)
class Site:
    """Somebody who publishes: a host, a name and the furniture of the pages."""

    id: str
    name: str
    language: str = "en"
    charset: str = "utf-8"
    template: str = "article.html"
    nav: tuple[str, ...] = ()
    about: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """The address of the front page."""
        return f"https://{self.id}.example/"

    def at(self, path: str) -> str:
        """The whole address of a path on this site."""
        return path if "://" in path else self.home.rstrip("/") + path


@dataclass(frozen=True, slots=True)
class Article:
    """A text as its publisher wrote it: paragraphs, or HTML where it begins with `<`.

    `free` is the number of words that non-subscribers get to see, None for all.
    """

    id: str
    site: str
    path: str
    title: str
    published: datetime
    blocks: tuple[str, ...]
    authors: tuple[str, ...] = ()
    standfirst: str = ""
    section: str = ""
    image: str = ""
    alt: str = ""
    caption: str = ""
    amp: str = ""
    free: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed, the page behind it, and what the reader should make of it.

    With `article` it is that article, the site's own or somebody else's; `blocks` and
    `count` say which of its paragraphs are carried. A `path` gives it a page on the
    feed's own site; `link` is the item's link where that is another address. `kind`
    names the sort of trail, `status`, `url`, `publisher` and `via` are its end.
    """

    article: str = ""
    title: str = ""
    path: str = ""
    link: str = ""
    guid: str = ""
    published: datetime | None = None
    listed: datetime | None = None
    authors: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    count: int | None = None
    announce: tuple[str, ...] = ()
    below: bool = False
    teaser: tuple[str, ...] = ()
    category: str = ""
    head: str = ""
    tail: str = ""
    carries: Carries = "whole"
    links: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    external: str = ""
    kind: str = "own text"
    status: str = "original"
    url: str = ""
    publisher: str = ""
    via: tuple[str, ...] = ()
    problem: str = ""
    read: bool = False
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Serial:
    """A feed as its site serves it; `gone` is when its address began to answer 404."""

    site: str
    path: str
    format: Format
    items: tuple[Item, ...]
    title: str = ""
    category: str = ""
    gone: datetime | None = None


@dataclass(frozen=True, slots=True)
class Special:
    """An answer that is no article: a redirect, a wall, a page with a text of its own.

    With `needs_cookie` the page sends everybody who comes without it back to itself,
    with the cookie. `body` is HTML; `hangs` says that no answer ever comes.
    """

    url: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    needs_cookie: str = ""
    hangs: bool = False
    elapsed: float | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, by name."""

    sites: Mapping[str, Site]
    articles: Mapping[str, Article]
    serials: tuple[Serial, ...]
    specials: tuple[Special, ...]

    def of(self, site: str) -> tuple[Article, ...]:
        """The articles that a site published, newest first."""
        own = (article for article in self.articles.values() if article.site == site)
        return tuple(sorted(own, key=lambda article: article.published, reverse=True))


@cache
def cast() -> Cast:
    """The world's files, read once."""
    sites = tomllib.loads(_text(FOLDER / "sites.toml"))
    articles = map(_article, _named(FOLDER / "articles", ".txt"))
    specials = tomllib.loads(_text(FOLDER / "pages.toml"))["page"]
    return Cast(
        {name: Site(name, **_frozen(site)) for name, site in sites.items()},
        {article.id: article for article in articles},
        tuple(map(_serial, _named(FOLDER / "feeds", ".toml"))),
        tuple(Special(**special) for special in specials),
    )


@cache
def template(name: str) -> Template:
    """One of the world's page templates."""
    return Template(_text(FOLDER / "templates" / name))


def blocks(text: str) -> tuple[str, ...]:
    """A text's paragraphs: what blank lines part, but for those inside `<pre>`."""
    parts = re.split(r"\n\n+(?!(?:(?!<pre)[\s\S])*</pre>)", text.strip())
    return tuple(part if part.startswith("<") else _joined(part) for part in parts)


def _joined(paragraph: str) -> str:
    return paragraph.replace("\n", " ")


def _article(name_and_text: tuple[str, str]) -> Article:
    name, text = name_and_text
    _, head, body = text.split("+++\n", 2)
    return Article(name, blocks=blocks(body), **_frozen(tomllib.loads(head)))


def _serial(name_and_text: tuple[str, str]) -> Serial:
    table = tomllib.loads(name_and_text[1])
    items = tuple(Item(**_item(item)) for item in table.pop("item"))
    return Serial(items=items, **table)


def _item(table: dict[str, Any]) -> dict[str, Any]:
    text = table.pop("text", "")
    carried = {"blocks": blocks(text)} if text else {}
    return _frozen(table) | carried


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in table.items()
    }


def _named(folder: Traversable, ending: str) -> Iterable[tuple[str, str]]:
    found = sorted(
        (f for f in folder.iterdir() if f.name.endswith(ending)), key=lambda f: f.name
    )
    return ((f.name.removesuffix(ending), _text(f)) for f in found)


def _text(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")
