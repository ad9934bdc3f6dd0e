"""A small web for the end-to-end tests: a relay of stubs, and who published first.

The seed's form in all its variants, in words of the test's own.
"""

import json
from dataclasses import dataclass
from html import escape

from tests.e2e.proxy import Answer

TITLE = "Lighthouse lends its lamp room to a choir"
FIRST = "The lamp at Varden is dark on Tuesdays, and then the choir moves in."
LAST = "The keeper asks only that nobody sings while a ship is passing the point."
BODY = (
    FIRST,
    "Twenty-two singers climb the hundred and nine steps with their music in a basket.",
    "The room is round, nine metres across, and holds a note for almost four seconds.",
    "Marit Osland, who leads the choir, found the echo by accident during a storm.",
    "Concerts are free, but the staircase admits one listener for each singer.",
    LAST,
)
PUBLISHER = "Varden Post"
HOME = "https://www.varden-post.example/"
ORIGINAL = f"{HOME}culture/lamp-room-choir"
RELAY = "https://relay.example"
XML = (("content-type", "application/rss+xml; charset=utf-8"), ("etag", '"v1"'))
NAMED = (
    "<p>This post was originally published on {name}</p>"
    "<p>You will shortly be re-directed to the publisher's website</p>"
)
LINKED = f'<a href="{ORIGINAL}">{PUBLISHER}</a>'
HOME_LINK = f'<a href="{HOME}">{PUBLISHER}</a>'


@dataclass(frozen=True)
class Case:
    """An entry of the relay's feed, the pages behind it, and what must come out."""

    name: str
    link: str
    pages: dict[str, Answer]
    description: str = "A stub."
    extra: str = ""
    original: str | None = ORIGINAL
    title: str = ""


def page(text: str, status: int = 200) -> Answer:
    """An HTML page."""
    return Answer(f"<!doctype html>{text}".encode(), status)


def stub(name: str, *, head: str = "", tail: str = "") -> Answer:
    """The relay's page: announcement, the copied text with a teaser in it, a footer."""
    half = "".join(f"<p>{escape(line)}</p>" for line in BODY[:3])
    rest = "".join(f"<p>{escape(line)}</p>" for line in BODY[3:])
    teaser = (
        f'<div class="teaser"><p>Read more</p><a href="{HOME}harbour/ice">'
        f"<span>{PUBLISHER}</span> Harbour ice arrives two weeks early</a></div>"
    )
    return page(
        f'<html lang="en"><head><title>{TITLE} – Relay</title>{head}</head><body>'
        f'<header><a href="/">Relay</a></header><article><h1>{TITLE}</h1>'
        f"{NAMED.format(name=name)}{half}{teaser}{rest}"
        '<footer>Categorised as <a href="/category/news">News</a></footer></article>'
        f"{tail}</body></html>"
    )


def publisher_page() -> Answer:
    """The original, with what publishers declare about an article."""
    declared = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2026-02-03T09:00:00Z",
        "author": [{"@type": "Person", "name": "Marit Osland"}],
        "publisher": {"@type": "Organization", "name": PUBLISHER},
    }
    text = "".join(f"<p>{escape(line)}</p>" for line in BODY)
    return page(
        f'<html lang="en"><head><title>{TITLE} | {PUBLISHER}</title>'
        f'<link rel="canonical" href="{ORIGINAL}">'
        f'<script type="application/ld+json">{json.dumps(declared)}</script></head>'
        f'<body><nav><a href="/">{PUBLISHER}</a></nav><article><h1>{TITLE}</h1>{text}'
        "</article><footer>All rights reserved</footer></body></html>"
    )


def timer(script: str) -> str:
    """A script that moves the reader on after five seconds."""
    return f"<script>setTimeout(function () {{ {script} }}, 5000);</script>"


def refresh(target: str) -> str:
    """A meta refresh after eight seconds."""
    return f'<meta http-equiv="refresh" content="8; url={target}">'


def seed_cases(base: str) -> list[Case]:
    """The seed in every variant, on pages below `base`."""

    def case(name: str, answer: Answer, **more: str) -> Case:
        link = f"{base}/{name.replace(' ', '-')}"
        return Case(name, link, {link: answer}, **more)

    second = "https://second.example/lamp-room"
    moving, replacing = f"location.href='{ORIGINAL}'", "window.location.replace(to)"
    described = NAMED.format(name=LINKED)
    chain = case("stub of a stub", stub(f'<a href="{second}">Second Hand</a>'))
    chain.pages[second] = stub(LINKED)
    return [
        case("link", stub(LINKED)),
        case("link and script", stub(LINKED, tail=timer(moving))),
        case("meta refresh", stub(PUBLISHER, head=refresh(ORIGINAL))),
        case(
            "script through a variable",
            stub(HOME_LINK, tail=timer(f"var to='{ORIGINAL}';{replacing}")),
        ),
        case("home link", stub(HOME_LINK), title=TITLE),
        case("name alone", stub(PUBLISHER), title=TITLE),
        case("page gone", page("<h1>Gone</h1>", 404), description=described),
        chain,
    ]


def other_cases() -> list[Case]:
    """A chain of redirects, a wrapper, a feed's own word, and a trap."""
    start, middle = "http://short.example/a", "https://middle.example/b"
    moved = {
        start: Answer(status=301, headers=(("location", middle),)),
        middle: Answer(
            status=302, headers=(("location", f"{ORIGINAL}?utm_source=relay"),)
        ),
    }
    wrapped = ORIGINAL.replace(":", "%3A").replace("/", "%2F")
    quoted = f"{RELAY}/quoted"
    prose = "".join(f"<p>{escape(line)}</p>" for line in BODY[:3])
    quoting = page(
        f"<html><head><title>How relays work</title></head><body><article><h1>How "
        f"relays work</h1>{prose}<p>Such a page says “This post was originally "
        f"published on {LINKED}” and moves on.</p>{prose}</article></body></html>"
    )
    return [
        Case("http chain", start, moved),
        Case("wrapper", f"https://www.google.com/url?sa=t&url={wrapped}&ct=ga", {}),
        Case(
            "origLink",
            f"{RELAY}/tracked",
            {f"{RELAY}/tracked": page(f"<article>{prose}</article>")},
            extra=f"<feedburner:origLink>{ORIGINAL}</feedburner:origLink>",
        ),
        Case("quoted", quoted, {quoted: quoting}, original=quoted),
    ]


def hostile_cases(port: int) -> list[Case]:
    """Stubs that point where nobody may be taken."""
    targets = (
        "javascript:alert(1)",
        f"http://127.0.0.1:{port}/",
        "http://169.254.169.254/latest/",
        f"http://[::ffff:127.0.0.1]:{port}/",
    )
    cases = []
    for number, target in enumerate(targets):
        link = f"{RELAY}/hostile-{number}"
        name = f'<a href="{target}">Somewhere</a>'
        pages = {link: stub(name, head=refresh(target))}
        cases.append(Case(f"hostile {number}", link, pages, original=None))
    return cases


def feed(title: str, home: str, cases: list[Case]) -> bytes:
    """The relay's feed, RSS 2.0."""
    items = "".join(
        f"<item><title>{escape(case.title or case.name)}</title>"
        f"<link>{escape(case.link)}</link>"
        f"<guid isPermaLink='false'>{case.name}</guid>"
        "<pubDate>Wed, 04 Feb 2026 10:00:00 GMT</pubDate>"
        f"<description>{escape(case.description)}</description>{case.extra}</item>"
        for case in cases
    )
    burner = "http://rssnamespace.org/feedburner/ext/1.0"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        f'xmlns:feedburner="{burner}"><channel><title>{title}</title>'
        f"<link>{home}</link><description>News</description>{items}</channel></rss>"
    ).encode()


def publisher_site() -> dict[str, Answer]:
    """The publisher: home page, feed, article."""
    found = Case("a", ORIGINAL, {}, title=TITLE)
    other = Case("b", f"{HOME}harbour/ice", {}, title="Harbour ice arrives early")
    declared = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    return {
        HOME: page(f"<html><head><title>{PUBLISHER}</title>{declared}</head></html>"),
        f"{HOME}feed.xml": Answer(feed(PUBLISHER, HOME, [other, found]), headers=XML),
        ORIGINAL: publisher_page(),
        f"{ORIGINAL}?utm_source=relay": publisher_page(),
    }


def relay_site(base: str, cases: list[Case]) -> dict[str, Answer]:
    """A relay at `base`: its home page, which declares its feed, and every stub."""
    declared = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    answers = {
        f"{base}/": page(f"<html><head><title>Relay</title>{declared}</head></html>"),
        f"{base}/feed": Answer(feed("Relay", f"{base}/", cases), headers=XML),
    }
    for case in cases:
        answers |= case.pages
    return answers
